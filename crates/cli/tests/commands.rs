//! The commands around the calls: help, the endpoint table, and the sandbox as a program.

mod common;

use common::{command, papi, papi_as};
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader};

fn endpoints(filter: &str) -> Vec<Value> {
    let run = papi(&["endpoints", filter, "--format", "json"]).expect(0, &[]);
    serde_json::from_str(&run.stdout).expect("an array")
}

#[test]
fn without_arguments_there_is_help() {
    assert!(papi(&[]).stderr.contains("Usage: papi"));
    let help = papi(&["--help"]).expect(0, &[]).stdout;
    for text in
        ["Examples:", "papi um force-orders", "Exit codes:", "  7  ", "BINANCE_API_KEY", "--sandbox", "--format"]
    {
        assert!(help.contains(text), "{text} is missing in {help}");
    }
}

#[test]
fn the_help_of_a_command_tells_everything_about_its_endpoint() {
    let help = papi(&["um", "force-orders", "--help"]).expect(0, &[]).stdout;
    for text in [
        "Liquidation and ADL orders",
        "GET /papi/v1/um/forceOrders",
        "weight 20 with symbol, 50 otherwise",
        "effect read",
        "not older than 90 days",
        "https://developers.binance.com/",
        "--start-time <TIME>",
        "`90d`",
        "LIQUIDATION, ADL",
        "1 to 100",
    ] {
        assert!(help.contains(text), "{text} is missing in {help}");
    }
}

#[test]
fn the_table_says_everything_as_json() {
    let found = endpoints("um/forceOrders");
    let [info] = found.as_slice() else { panic!("{found:?}") };
    let keys: Vec<_> = info.as_object().expect("an object").keys().map(String::as_str).collect();
    let mut expected =
        ["method", "path", "name", "access", "effect", "weight", "order_cost", "params", "constraints", "retired"];
    expected.sort_unstable();
    assert_eq!(keys, expected);
    assert_eq!(info["name"], "um::ForceOrders");
    assert_eq!(info["weight"], json!({"with": {"symbol": 20}, "otherwise": 50}));
    assert_eq!(info["retired"], Value::Null);
    let limit = info["params"].as_array().expect("a list").iter().find(|param| param["name"] == "limit");
    assert_eq!(
        limit,
        Some(
            &json!({"name": "limit", "type": "u32", "required": false, "default": 50, "min": 1, "max": 100, "enum": null})
        )
    );
    assert!(
        info["constraints"][0].as_str().is_some_and(|constraint| constraint.contains("startTime not after endTime"))
    );
    assert_eq!(endpoints("POST /papi/v1/um/order")[0]["weight"], 1);
}

#[test]
fn the_table_for_people_has_the_commands() {
    let all = papi(&["endpoints", "--format", "table"]).expect(0, &[]).stdout;
    let header: Vec<_> = all.lines().next().unwrap_or_default().split_whitespace().collect();
    assert_eq!(header, ["method", "path", "command", "effect", "weight", "doc"]);
    assert_eq!(all.lines().count(), endpoints("").len() + 1);
    let some = papi(&["endpoints", "margin", "--format", "table"]).expect(0, &[]).stdout;
    assert!(some.contains("margin force-orders") && !some.contains("um new-order"), "{some}");
    papi(&["endpoints", "no such thing", "--format", "table"]).expect(0, &["no rows"]);
}

#[test]
fn every_command_of_the_table_exists() {
    let all = papi(&["endpoints", "--format", "table"]).expect(0, &[]).stdout;
    for line in all.lines().skip(1).filter(|line| !line.contains("Retired since")) {
        let words: Vec<_> = line.split_whitespace().skip(2).take(2).collect();
        papi(&[&words[..], &["--help"]].concat()).expect(0, &[]);
    }
}

#[test]
fn the_sandbox_stays_on_this_machine() {
    for public in ["0.0.0.0", "192.0.2.1", "::"] {
        let run = papi(&["sandbox", "--addr", public]).expect(2, &["loopback addresses only"]);
        assert_eq!(run.stdout, "");
    }
}

#[cfg(unix)]
#[test]
fn the_sandbox_prints_what_a_client_needs_and_ends_with_ctrl_c() {
    let mut sandbox = command(&["sandbox", "--seed", "7"]).spawn().expect("the program starts");
    let mut lines = BufReader::new(sandbox.stdout.take().expect("piped")).lines().map_while(Result::ok);
    let mut exported = |name: &str| {
        let line = lines.next().expect("a line");
        line.strip_prefix(&format!("export {name}=")).expect(name).to_owned()
    };
    let url = exported("PAPI_BASE_URL");
    let (key, secret) = (exported("BINANCE_API_KEY"), exported("BINANCE_API_SECRET"));
    assert!(url.starts_with("http://127.0.0.1:"), "{url}");

    let line = ["um", "force-orders", "--limit", "2", "--base-url", &url];
    let first = papi_as(&key, &secret, &line).expect(0, &[]).stdout;
    assert_ne!(first, papi(&["um", "force-orders", "--limit", "2", "--sandbox"]).expect(0, &[]).stdout);

    let id = sandbox.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().expect("kill").success());
    assert_eq!(sandbox.wait().expect("it ends").code(), Some(0));
}
