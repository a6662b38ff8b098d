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
    let mut expected = [
        "method",
        "path",
        "group",
        "name",
        "command",
        "doc",
        "doc_url",
        "access",
        "effect",
        "weight",
        "order_cost",
        "dataset",
        "params",
        "constraints",
        "retired",
    ];
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
    assert_eq!(header, ["method", "path", "command", "effect", "weight", "dataset", "doc"]);
    assert_eq!(all.lines().count(), endpoints("").len() + 1);
    let some = papi(&["endpoints", "margin", "--format", "table"]).expect(0, &[]).stdout;
    assert!(some.contains("margin force-orders") && !some.contains("um new-order"), "{some}");
}

#[test]
fn a_pipe_gets_all_that_the_table_shows() {
    let in_pipe = papi(&["endpoints", "um/forceOrders"]).expect(0, &[]).stdout;
    let rows: Vec<Value> = serde_json::from_str(&in_pipe).expect("an array");
    assert_eq!((rows[0]["group"].as_str(), rows[0]["command"].as_str()), (Some("um"), Some("um force-orders")));
    assert_eq!(rows[0]["dataset"], "um-force-orders");
    assert_eq!(rows[0]["doc"], "Liquidation and ADL orders of the account's USDⓈ-M positions.");
    assert_eq!(endpoints("POST /papi/v1/um/order")[0]["dataset"], Value::Null);
    let lines = papi(&["endpoints", "um/forceOrders", "--format", "jsonl"]).expect(0, &[]).stdout;
    let line: Value = serde_json::from_str(lines.trim_end()).expect("one object on one line");
    assert_eq!(line, rows[0]);
}

#[test]
fn a_query_without_a_match_says_so_with_the_nearest() {
    for format in ["table", "json", "jsonl", "csv"] {
        let run = papi(&["endpoints", "force-ordrs", "--format", format]);
        let said = ["no endpoint has \"force-ordrs\"", "did you mean \"force-orders\"?", "`papi endpoints` lists all"];
        assert_eq!(run.expect(1, &said).stdout, "");
    }
    let run = papi(&["endpoints", "no such thing"]).expect(1, &["no endpoint has \"no such thing\""]);
    assert!(!run.stderr.contains("did you mean"), "{}", run.stderr);
}

#[test]
fn the_best_suggestion_comes_first() {
    papi(&["um", "force-ordrs"]).expect(2, &["subcommands exist: 'force-orders', "]);
    papi(&["um", "acount"]).expect(2, &["subcommands exist: 'account', "]);
    papi(&["call", "GET", "um/forceOrdrs"])
        .expect(2, &["hint: did you mean GET /papi/v1/um/forceOrders?\nhint: `papi"]);
}

#[test]
fn help_offers_no_single_call_as_an_export_and_says_what_a_page_is() {
    let help = papi(&["--help"]).expect(0, &[]).stdout;
    assert!(!help.contains(" > "), "{help}");
    let page = papi(&["um", "force-orders", "--help"]).expect(0, &[]).stdout;
    assert!(page.contains("papi export um-force-orders --from 90d --out um-force-orders.csv"), "{page}");
    let whole = papi(&["account", "balance", "--help"]).expect(0, &[]).stdout;
    assert!(!whole.contains("papi export account") && !whole.contains("one page"), "{whole}");
}

#[test]
fn what_help_calls_the_first_of_the_last_days_is_what_the_demo_account_answers() {
    let help = papi(&["--help"]).expect(0, &[]).stdout;
    let (_, example) =
        help.split_once("papi um force-orders --symbol BTCUSDT --limit 5 --sandbox").expect("the example");
    assert!(example.trim_start().starts_with("the first 5 of a demo account's last 7 days"), "{example}");
    let rows = |args: &[&str]| -> Vec<Value> {
        let line = ["um", "force-orders", "--symbol", "BTCUSDT", "--sandbox"];
        let run = papi(&[&line[..], args].concat()).expect(0, &[]);
        serde_json::from_str(&run.stdout).expect("an array")
    };
    let (first, all) = (rows(&["--limit", "5"]), rows(&["--limit", "100"]));
    let id = |row: &Value| row["orderId"].as_i64();
    assert!(all.len() > 5 && first.iter().map(id).eq(all[..5].iter().map(id)));
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
