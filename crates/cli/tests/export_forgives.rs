//! `papi export` forgives: what was forgotten or mistaken at first binds nothing, every refusal names what helps, and what is
//! said of a run is true.

mod common;

use common::exchange::{Exchange, days_before, folder, text, yesterday};
use common::{Canned, Run, command, end_of, finish, papi, papi_as, papi_with_key};
use papi_sandbox::DEMO_SECRET;
use std::fs::{self, File};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

const NOBODY: &str = "another-key-of-the-right-form-that-nobody-has-aaaaaaaaaaaaaaaaaa";

#[test]
fn a_run_that_found_nothing_locks_nothing() {
    let (exchange, folder) = (Exchange::start(), folder());
    let out = folder.path().join("out.csv");
    let range = ["--from", "20d", "--out", text(&out)];
    // The wrong key, then a forgotten symbol, then an unknown one, then a dataset without rows, then another one.
    papi_as(
        NOBODY,
        DEMO_SECRET,
        &[&["--base-url", &exchange.url, "export", "um-trades", "--symbol", "A"], &range[..]].concat(),
    )
    .expect(4, &[]);
    finish(exchange.export("um-trades", &range)).expect(2, &["symbol"]);
    let unknown = ["--symbol", "NOSUCHUSDT"];
    finish(exchange.export("um-force-orders", &[&unknown[..], &range].concat())).expect(4, &["-1121"]);
    let empty = ["--symbol", "BTCUSDT"];
    finish(exchange.export("um-all-algo-orders", &[&empty[..], &range].concat())).expect(0, &["0 rows, 0 new"]);
    let empty = ["--symbol", "BTCUSD_PERP"];
    finish(exchange.export("cm-all-conditional-orders", &[&empty[..], &range].concat())).expect(0, &["0 rows, 0 new"]);
    let run = finish(exchange.export("um-force-orders", &range)).expect(0, &["liquidation BTCUSDT"]);
    assert!(!run.stderr.contains("interrupted") && !run.stderr.contains("exported before"), "{run:#?}");
    papi(&["export", "--verify", text(&out)]).expect(0, &["whole"]);
}

#[test]
fn what_is_asked_for_is_checked_before_anything_is_written() {
    let folder = folder();
    let out = folder.path().join("out.csv");
    papi(&["--sandbox", "export", "um-trades", "--out", text(&out)]).expect(2, &["symbol"]);
    papi(&["--sandbox", "export", "um-force-orders", "--param", "nothing=1", "--out", text(&out)])
        .expect(2, &["nothing"]);
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
}

#[test]
fn a_file_of_another_account_or_dataset_is_refused_with_the_command_that_helps() {
    let (exchange, folder) = (Exchange::start(), folder());
    let (out, free) = (folder.path().join("out.csv"), folder.path().join("out.2.csv"));
    let range = ["--from", "20d", "--out", text(&out)];
    finish(exchange.export("um-force-orders", &range)).expect(0, &[]);
    let base = format!("papi --base-url {} export", exchange.url);
    papi_as(NOBODY, DEMO_SECRET, &[&["--base-url", &exchange.url, "export", "um-force-orders"], &range[..]].concat())
        .expect(
            2,
            &[
                &format!("{base} um-force-orders --from 20d --same-account --out {}", out.display()),
                &format!("{base} um-force-orders --from 20d --out {}", free.display()),
            ],
        );
    let own = format!("{base} cm-force-orders --from 20d --out {}", free.display());
    let refused = finish(exchange.export("cm-force-orders", &range));
    refused.expect(2, &[&own, &format!("{base} um-force-orders --out {}", out.display())]);
    // It works as it stands.
    let words: Vec<&str> = own.split_whitespace().skip(1).collect();
    papi_as(papi_sandbox::DEMO_KEY, DEMO_SECRET, &words).expect(0, &["out.2.csv covers"]);
    let refused = finish(exchange.export("um-force-orders", &[&["--symbol", "BTCUSDT"], &range[..]].concat()));
    refused.expect(2, &["it was made without parameters, and symbol=BTCUSDT is asked for"]);
}

#[test]
fn the_ends_of_a_range_are_resolved_and_said_once() {
    let folder = folder();
    let out = folder.path().join("out.csv");
    let (begins, ends) = ("forgotten while it is walked", "it ends at the last whole minute");
    let run = papi(&["--sandbox", "export", "um-force-orders", "--out", text(&out)]).expect(0, &[begins, ends]);
    assert!(!run.stderr.contains("lost"), "{run:#?}");
    assert_eq!(run.stderr.matches(begins).count() + run.stderr.matches(ends).count(), 2, "{run:#?}");
    assert!(run.stderr.contains(":00.000Z (UTC, the end excluded)\n"), "{run:#?}");
    let to = yesterday();
    let (from, out) = (days_before(&to, 9), folder.path().join("past.csv"));
    let past = ["--from", &from, "--to", &to, "--out", text(&out)];
    let run = papi(&[&["--sandbox", "export", "um-force-orders"], &past[..]].concat()).expect(0, &[]);
    assert!(!run.stderr.contains(begins) && !run.stderr.contains(ends), "{run:#?}");
}

#[test]
fn a_run_with_another_range_says_what_is_covered_and_what_is_new() {
    let (exchange, folder, to) = (Exchange::start(), folder(), yesterday());
    let out = folder.path().join("q.csv");
    let (from, middle) = (days_before(&to, 30), days_before(&to, 10));
    let rows = || fs::read_to_string(&out).expect("there").lines().count() - 1;
    let run = |from: &str, to: &str| {
        finish(exchange.export("um-force-orders", &["--from", from, "--to", to, "--out", text(&out)]))
    };
    let said = |from: &str, to: &str, rows: usize, new: usize| {
        format!("q.csv covers {from} to {to}: {rows} rows, {new} new\n")
    };
    let first = run(&middle, &to);
    let fewer = rows();
    first.expect(0, &[&said(&middle, &to, fewer, fewer)]);
    let second = run(&from, &to);
    assert!(rows() > fewer);
    second.expect(0, &[&said(&from, &to, rows(), rows() - fewer)]);
    run(&middle, &to).expect(0, &[&said(&from, &to, rows(), 0)]);
}

#[test]
fn export_alone_lists_what_there_is() {
    let run = papi(&["export"]).expect(0, &[]);
    let list: Vec<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(&run.stdout).expect("a list");
    let of = |name: &str| list.iter().find(|row| row["dataset"] == name).expect("listed");
    assert_eq!(of("um-force-orders")["keeps"], "90 days");
    assert_eq!(of("um-force-orders")["needs"], "");
    assert_eq!(of("um-trades")["needs"], "--symbol");
    assert_eq!(of("margin-loans")["needs"], "--param asset=..");
    assert!(list.iter().all(|row| row["what"].as_str().is_some_and(|what| what.len() > 10)));
    let table = papi(&["export", "--format", "table"]).expect(0, &[]).stdout;
    assert!(table.starts_with("dataset ") && table.contains("\num-force-orders "), "{table}");
}

#[test]
fn what_is_missing_or_misspelt_is_answered_with_what_there_is() {
    let cases: &[(&[&str], &[&str])] = &[
        (&["export", "um-force-order"], &["did you mean um-force-orders?", "`papi export` alone lists"]),
        (&["export", "liquidations"], &["um-force-orders", "cm-force-orders", "margin-force-orders"]),
        (&["export", "forceOrders", "--out", "x.csv"], &["um-force-orders or "]),
        (&["export", "--out", "x.csv"], &["what to export is missing", "`papi export` alone lists"]),
        (&["export", "um-trades"], &["where to write is missing", "--out um-trades.csv"]),
        (&["force-orders"], &["unrecognized", "hint: `papi export ", "um-force-orders"]),
        (&["liquidations"], &["unrecognized", "hint: `papi export ", "um-force-orders"]),
        (&["um", "liquidations"], &["unrecognized", "hint: `papi export ", "um-force-orders"]),
        (&["income"], &["hint: `papi export ", "um-income-history"]),
        (
            &["--sandbox", "export", "um-force-orders", "--out", "x.csv", "--format", "parquet"],
            &["x.csv says csv", ".parquet"],
        ),
        (
            &["--sandbox", "export", "um-force-orders", "--out", "x.xlsx", "--format", "csv"],
            &["x.xlsx says xlsx", ".csv"],
        ),
    ];
    let folder = folder();
    for (args, said) in cases {
        let mut run = command(args);
        run.current_dir(folder.path());
        let run = finish(run).expect(2, said);
        assert_eq!(run.stdout, "", "{args:?}");
    }
    let unknown = papi(&["nothing-like-it"]).expect(2, &["unrecognized"]);
    assert!(!unknown.stderr.contains("papi export"), "{unknown:#?}");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
}

#[test]
fn lengths_have_weeks_and_fractions_and_seconds_are_no_time() {
    let plan = |args: &[&str]| papi(&[&["--sandbox", "export", "um-force-orders", "--dry-run"], args].concat());
    plan(&["--from", "2w", "--overlap", "1.5d"]).expect(0, &["at least 2 windows, 2 requests, weight 100"]);
    plan(&["--from", "1.5d"]).expect(0, &["at least 1 window, 1 request, weight 50"]);
    plan(&["--from", "1w", "--overlap", "soon"]).expect(2, &["must be a number and a unit"]);
    let meant = "did you mean 1790812800000 (2026-10-01T00:00:00.000Z)?";
    plan(&["--from", "1790812800"]).expect(2, &["--from must be milliseconds", meant]);
    plan(&["--to", "1790812800"]).expect(2, &["--to must be milliseconds", meant]);
    let call = ["call", "GET", "um/forceOrders", "--sandbox"];
    papi(&[&call[..], &["startTime=1790812800"]].concat()).expect(2, &["`startTime` must be milliseconds", meant]);
    papi(&[&call[..], &["startTime=1.5d"]].concat()).expect(0, &[]);
    let settle = ["settle", "ID", "POST", "um/order", "symbol=BTCUSDT", "--sandbox", "--sent-at", "1790812800"];
    papi(&settle).expect(2, &["--sent-at must be milliseconds", meant]);
}

#[test]
fn counts_are_singular_where_they_are_one() {
    let folder = folder();
    let out = folder.path().join("out.csv");
    let run = papi(&["--sandbox", "export", "um-force-orders", "--from", "1d", "--out", text(&out)]);
    run.expect(0, &["1 window, 0 cuts, 1 request, weight 50, 0 retries"]);
    papi(&["export", "--verify", text(&out)]).expect(0, &["0 in quarantine, 1 segment\n"]);
    let run = papi(&["--sandbox", "export", "um-force-orders", "--from", "1d", "--out", "-"]);
    assert!(run.expect(0, &[" on stdout\n"]).stderr.contains("rows of "));
}

/// Runs an export, and ends it with a signal when it has asked the exchange, which never answers.
#[cfg(unix)]
fn interrupted(signal: &str, out: &str) -> Run {
    let server = Canned::silent();
    let args = ["--base-url", &server.url, "export", "um-force-orders", "--from", "20d", "--out", out];
    let mut run = command(&args);
    run.env("BINANCE_API_KEY", common::SOME_KEY).env("BINANCE_API_SECRET", common::SOME_SECRET);
    let child = run.spawn().expect("the program starts");
    while server.requests() == 0 {
        thread::sleep(Duration::from_millis(5));
    }
    let sent = Command::new("kill").args([signal, &child.id().to_string()]).status().expect("a signal");
    assert!(sent.success());
    end_of(child)
}

#[test]
#[cfg(unix)]
fn an_interruption_says_how_to_go_on_and_binds_nothing() {
    let folder = folder();
    let out = folder.path().join("out.csv");
    let go_on = "interrupted; run the same command again to go on";
    interrupted("-INT", text(&out)).expect(130, &[go_on]);
    interrupted("-TERM", text(&out)).expect(143, &[go_on]);
    papi(&["--sandbox", "export", "um-force-orders", "--from", "20d", "--out", text(&out)]).expect(0, &["covers"]);
    let run = interrupted("-INT", "-").expect(130, &["error: interrupted\n"]);
    assert!(!run.stderr.contains("go on"), "nothing is kept: {run:#?}");
}

#[test]
fn a_closed_pipe_is_no_error_anywhere() {
    for args in [
        &["--sandbox", "export", "um-force-orders", "--from", "30d", "--out", "-"][..],
        &["--sandbox", "--format", "parquet", "export", "um-force-orders", "--from", "30d", "--out", "-"],
        &["--sandbox", "--format", "xlsx", "export", "um-force-orders", "--from", "30d", "--out", "-"],
        &["export"],
        &["endpoints"],
        &["endpoints", "--format", "csv"],
        &["--help"],
        &["export", "--help"],
        &["--version"],
        &["--sandbox", "um", "force-orders"],
        &["--sandbox", "doctor"],
        &["call", "GET", "um/forceOrders", "--dry-run"],
    ] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut run = command(args);
        run.stdout(Stdio::from(writer));
        let output = run.output().expect("the program starts");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {stderr}");
        assert!(!stderr.contains("error") && !stderr.contains("panicked"), "{args:?}: {stderr}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_behind_stdout_promises_nothing() {
    let mut run = command(&["--sandbox", "export", "um-force-orders", "--from", "30d", "--out", "-"]);
    run.stdout(Stdio::from(File::options().write(true).open("/dev/full").expect("there")));
    let output = run.output().expect("the program starts");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(stderr.contains("cannot write to stdout: No space left"), "{stderr}");
    assert!(stderr.contains("nothing is kept of an export to stdout"), "{stderr}");
    assert!(!stderr.contains("goes on") && !stderr.contains("again"), "{stderr}");
}

#[test]
fn many_calls_that_wait_for_the_same_say_it_once() {
    // The first answers close the exchange for a second, for all calls that are under way.
    let folder = folder();
    let faults = folder.path().join("faults.json");
    fs::write(&faults, r#"[{"fault": "503-unavailable", "times": 8}]"#).expect("written");
    let exchange = Exchange::with(&["--faults", text(&faults)]);
    let out = folder.path().join("out.csv");
    let run = finish(exchange.export("um-force-orders", &["--from", "60d", "--out", text(&out)])).expect(0, &[]);
    let repeats = run.stderr.matches("is sent again").count();
    assert!((1..=3).contains(&repeats), "{run:#?}");
}

#[test]
#[cfg(unix)]
fn on_a_terminal_one_line_changes_and_counts_the_pause() {
    let folder = folder();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/on_terminal.py");
    let mut run = Command::new("python3");
    // Some requests use up the weight of a minute.
    let export = ["--sandbox", "--weight-limit", "300", "export", "um-force-orders", "--out", "out.csv"];
    run.args([script, "100", "5", env!("CARGO_BIN_EXE_papi")]).args(export).current_dir(folder.path());
    let Ok(output) = run.output() else { return eprintln!("skipped, there is no Python") };
    assert!(output.status.success(), "{output:?}");
    let screen = String::from_utf8_lossy(&output.stdout);
    let waits = |line: &str| line.contains(" s for weight, ") && line.contains(" to go");
    let drawn: Vec<&str> = screen.split('\r').filter(|drawn| waits(drawn)).collect();
    assert!(drawn.len() > 2 && drawn.first() != drawn.last(), "{screen:?}");
    assert!(!drawn.iter().any(|drawn| drawn.contains('\n')), "it is one line: {screen:?}");
    assert!(!screen.contains("waits for budget"), "{screen:?}");
    assert!(screen.contains("interrupted; run the same command again to go on"), "{screen:?}");
}

#[test]
fn a_key_that_is_refused_is_told_once_and_nothing_is_said_to_be_kept() {
    let (exchange, folder) = (Exchange::start(), folder());
    let out = folder.path().join("out.csv");
    let run =
        papi_as(NOBODY, DEMO_SECRET, &["--base-url", &exchange.url, "export", "um-force-orders", "--out", text(&out)]);
    assert!(!run.expect(4, &[]).stderr.contains("is kept"));
    papi_with_key(&["--base-url", "http://127.0.0.1:1", "export", "um-force-orders", "--dry-run", "--out", text(&out)])
        .expect(0, &["nothing was sent"]);
}
