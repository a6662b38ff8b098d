//! `papi sandbox`: limits, clock, scenarios and faults as told on the command line.

mod common;

use common::{command, papi, papi_as};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::Child;

/// A sandbox that is a process of its own. It ends with the test.
struct Running {
    process: Child,
    host: String,
}

impl Running {
    fn start(args: &[&str]) -> Self {
        let mut process = command(&[&["sandbox"], args].concat()).spawn().expect("the program starts");
        let lines = BufReader::new(process.stdout.take().expect("piped")).lines();
        let first = lines.map_while(Result::ok).next().expect("a line");
        let host = first.strip_prefix("export PAPI_BASE_URL=http://").expect("an address").to_owned();
        Self { process, host }
    }

    /// The answer to a GET, headers included.
    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.host).expect("a connection");
        let request = format!("GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", self.host);
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn file(name: &str, text: &str) -> String {
    let path = format!("{}/{name}", env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(&path, text).expect("a file");
    path
}

#[test]
fn it_meters_as_told() {
    let rolling = ["--weight-limit", "2", "--order-limit", "1", "--window", "600", "--metering", "rolling"];
    let sandbox = Running::start(&rolling);
    let statuses: Vec<_> = (0..3).map(|_| sandbox.get("/papi/v1/ping")).collect();
    assert!(statuses[..2].iter().all(|answer| answer.starts_with("HTTP/1.1 200")), "{statuses:?}");
    assert!(statuses[2].starts_with("HTTP/1.1 429") && statuses[2].contains("retry-after: "), "{statuses:?}");
    papi(&["sandbox", "--window", "0"]).expect(2, &["--window"]);
}

#[test]
fn its_clock_may_be_wrong() {
    let time = |sandbox: &Running| -> i64 {
        let answer = sandbox.get("/fapi/v1/time");
        let (_, body) = answer.split_once("\r\n\r\n").expect("a body");
        body.trim_matches(|other: char| !other.is_ascii_digit()).parse().expect("milliseconds")
    };
    let day = 86_400_000;
    let ahead = time(&Running::start(&["--skew", "86400000"]));
    let behind = time(&Running::start(&["--skew", "-86400000"]));
    assert!((day..3 * day).contains(&(ahead - behind)), "{ahead} {behind}");
}

#[test]
fn it_is_in_the_scenario_that_was_named() {
    let answer = Running::start(&["--scenario", "test-host"]).get("/papi/v1/balance");
    assert!(answer.starts_with("HTTP/1.1 202") && answer.ends_with("\r\n\r\n"), "{answer}");
    papi(&["sandbox", "--scenario", "rain"]).expect(2, &["no-portfolio-margin", "near-weight-limit"]);
}

#[test]
fn it_plays_a_day_to_any_client() {
    let sandbox = Running::start(&["--play-day", "1s"]);
    let args =
        ["watch", "--base-url", &format!("http://{}", sandbox.host), "--events", "riskLevelChange", "--count", "3"];
    let run = papi_as(DEMO_KEY, DEMO_SECRET, &args).expect(0, &["3 events shown"]);
    for level in ["MARGIN_CALL", "REDUCE_ONLY", "FORCE_LIQUIDATION"] {
        assert!(run.stdout.contains(level), "{run:#?}");
    }
    papi(&["sandbox", "--play-day", "0s"]).expect(2, &["longer than nothing"]);
}

#[test]
fn it_fails_by_script() {
    let script =
        file("faults.json", r#"["html-502", {"fault": "bad-json", "path": "/papi/v1/ping", "times": "always"}]"#);
    let sandbox = Running::start(&["--faults", &script]);
    assert!(sandbox.get("/papi/v1/ping").starts_with("HTTP/1.1 502"));
    let listed = sandbox.get("/sandbox/faults");
    assert!(listed.ends_with(r#"[{"fault":"bad-json","path":"/papi/v1/ping","times":"always"}]"#), "{listed}");
}

#[test]
fn what_is_wrong_with_a_script_is_said() {
    for (name, text, said) in [
        ("syntax.json", "[\n", "EOF while parsing a list at line 2"),
        (
            "unknown.json",
            r#"["lost", "teapot"]"#,
            "fault 2 of the list: no fault is named \"teapot\"; there are refuse,",
        ),
        ("word.json", r#"{"fault": "429", "status": 1}"#, "`status` has no meaning for 429"),
    ] {
        let script = file(name, text);
        let run = papi(&["sandbox", "--faults", &script]).expect(2, &[name, said, "papi sandbox --help"]);
        assert_eq!(run.stdout, "");
    }
    papi(&["sandbox", "--faults", "no-such-file.json"]).expect(2, &["no-such-file.json"]);
}

#[test]
fn help_has_every_fault_and_an_example_that_works() {
    let help = papi(&["sandbox", "--help"]).expect(0, &[]).stdout;
    for kind in papi_sandbox::FaultKind::all() {
        assert!(help.contains(&format!("  {} ", kind.name())), "{kind:?}");
    }
    let (_, example) = help.split_once("Example of a script:\n").expect("an example");
    assert!(papi_sandbox::Fault::script(example).is_ok(), "{example}");
}
