//! `papi export` as a program: complete files in every format, through deaths and under any time zone; and what is not its
//! own stays as it is.

mod common;

use common::exchange::{Exchange, days_before, folder, text, yesterday};
use common::read_back::read_back;
use common::{Run, end_of, finish, papi, papi_as};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

fn csv(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).expect("CSV");
    let header = reader.headers().expect("a header").clone();
    let named = |record: csv::StringRecord| {
        header.iter().map(ToOwned::to_owned).zip(record.iter().map(ToOwned::to_owned)).collect()
    };
    reader.records().map(|record| named(record.expect("a record"))).collect()
}

#[test]
fn all_formats_hold_the_same_rows_in_order_and_each_once() {
    let (exchange, folder, to) = (Exchange::start(), folder(), yesterday());
    let out = |format: &str| folder.path().join(format!("out.{format}"));
    let from = days_before(&to, 60);
    for format in ["csv", "jsonl", "parquet"] {
        let run = exchange.export("um-force-orders", &["--from", &from, "--to", &to, "--out", text(&out(format))]);
        finish(run).expect(0, &["um-force-orders, ", "(UTC, the end excluded)", " windows, ", "liquidation BTCUSDT"]);
    }
    let rows = csv(&out("csv"));
    assert!(rows.len() > 100);
    let key = |row: &BTreeMap<String, String>| {
        (row["time"].parse::<i64>().expect("a time"), row["symbol"].clone(), row["orderId"].clone())
    };
    let mut keys: Vec<_> = rows.iter().map(key).collect();
    assert!(keys.is_sorted_by_key(|(time, _, _)| *time));
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), rows.len());
    let jsonl = fs::read_to_string(out("jsonl")).expect("JSON lines");
    assert_eq!(jsonl.lines().count(), rows.len());
    for (line, row) in jsonl.lines().zip(&rows) {
        let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).expect("an object");
        for (name, value) in object {
            let value = match value {
                serde_json::Value::Null => String::new(),
                serde_json::Value::String(text) => text,
                other => other.to_string(),
            };
            assert_eq!(value, row[&name], "{name}");
        }
    }
    let parquet = fs::read(out("parquet")).expect("Parquet");
    assert!(parquet.starts_with(b"PAR1") && parquet.ends_with(b"PAR1"));
}

#[test]
fn an_export_that_is_killed_again_and_again_ends_with_the_same_bytes() {
    let (exchange, folder, to) = (Exchange::start(), folder(), yesterday());
    // The range is the same whenever a run begins.
    let from = days_before(&to, 80);
    let run = |name: &str| {
        let out = folder.path().join(name);
        exchange.export("um-force-orders", &["--from", &from, "--to", &to, "--concurrency", "1", "--out", text(&out)])
    };
    let whole = folder.path().join("whole.csv");
    finish(run("whole.csv")).expect(0, &[]);
    let mut killed = 0;
    for broken in ["first.csv", "second.csv", "third.csv", "fourth.csv", "fifth.csv"] {
        let out = folder.path().join(broken);
        for round in 0..10_u64 {
            let mut child = run(broken).spawn().expect("the program starts");
            // At any point of a run, by the noise of the machine.
            thread::sleep(Duration::from_millis(15 + (killed * 37 + round * 53) % 160));
            killed += u64::from(child.try_wait().expect("a child").is_none());
            child.kill().expect("a child");
            end_of(child);
            // A reader sees nothing, or all of it.
            assert!(!out.exists() || fs::read(&out).expect("there") == fs::read(&whole).expect("there"), "{round}");
        }
        finish(run(broken)).expect(0, &[]);
        assert_eq!(fs::read(&out).expect("there"), fs::read(&whole).expect("there"));
    }
    assert!(killed > 10, "{killed} of 50 runs were killed");
}

#[test]
fn the_time_zone_of_the_machine_has_no_say() {
    let (exchange, folder, to) = (Exchange::start(), folder(), yesterday());
    let mut outputs = Vec::new();
    for (index, zone) in ["UTC", "Asia/Tokyo", "America/St_Johns"].into_iter().enumerate() {
        let out: PathBuf = folder.path().join(format!("{index}.csv"));
        let mut run =
            exchange.export("cm-force-orders", &["--from", &days_before(&to, 20), "--to", &to, "--out", text(&out)]);
        run.env("TZ", zone);
        finish(run).expect(0, &[]);
        outputs.push(fs::read(&out).expect("there"));
    }
    assert!(outputs[0].len() > 1_000);
    assert!(outputs.iter().all(|output| *output == outputs[0]));
}

#[test]
fn a_later_run_adds_what_is_new_and_says_nothing_is_missing() {
    let (exchange, folder) = (Exchange::start(), folder());
    let (out, anew, to) = (folder.path().join("out.csv"), folder.path().join("anew.csv"), yesterday());
    let from = days_before(&to, 50);
    let middle = days_before(&to, 10);
    let run = |to: &str, out: &Path| {
        finish(exchange.export("um-force-orders", &["--from", &from, "--to", to, "--out", text(out)]))
    };
    run(&middle, &out).expect(0, &[]);
    run(&to, &out).expect(0, &[]);
    run(&to, &anew).expect(0, &[]);
    assert_eq!(fs::read(&out).expect("there"), fs::read(&anew).expect("there"));
    run(&to, &out).expect(0, &["all of the range was exported before", "0 requests"]);
}

#[test]
fn stdout_has_the_rows_and_keeps_nothing() {
    let (exchange, folder, to) = (Exchange::start(), folder(), yesterday());
    let out = folder.path().join("out.csv");
    let from = days_before(&to, 20);
    let args = |out: &str| ["--from", &from, "--to", &to, "--out", out].map(ToOwned::to_owned);
    let file = args(text(&out));
    finish(exchange.export("um-force-orders", &file.each_ref().map(String::as_str))).expect(0, &[]);
    let piped = args("-");
    let mut run = exchange.export("um-force-orders", &piped.each_ref().map(String::as_str));
    run.current_dir(folder.path());
    let run = finish(run).expect(0, &[]);
    assert_eq!(run.stdout, fs::read_to_string(&out).expect("there"));
    assert!(!folder.path().join("-.papi").exists());
}

fn sandboxed(args: &[&str]) -> Run {
    papi(&[&["--sandbox", "export"], args].concat())
}

#[test]
fn what_is_not_its_own_stays_as_it_is() {
    let (exchange, folder) = (Exchange::start(), folder());
    let out = folder.path().join("out.csv");
    finish(exchange.export("um-force-orders", &["--from", "8d", "--out", text(&out)])).expect(0, &[]);
    let before = fs::read(&out).expect("there");
    let said = "is an export of something else";
    finish(exchange.export("cm-force-orders", &["--out", text(&out)]))
        .expect(2, &[said, "its dataset is um-force-orders"]);
    finish(exchange.export("um-force-orders", &["--symbol", "BTCUSDT", "--out", text(&out)]))
        .expect(2, &[said, "symbol=BTCUSDT"]);
    finish(exchange.export("um-force-orders", &["--raw", "--out", text(&out)])).expect(2, &[said, "columns"]);
    sandboxed(&["um-force-orders", "--out", text(&out)]).expect(2, &[said, "its exchange is"]);
    let another = "another-key-of-the-right-form-that-nobody-has-aaaaaaaaaaaaaaaaaa";
    papi_as(another, DEMO_SECRET, &["--base-url", &exchange.url, "export", "um-force-orders", "--out", text(&out)])
        .expect(2, &["another API key", "--same-account"]);
    assert_eq!(fs::read(&out).expect("there"), before);
    let journal = fs::read_to_string(folder.path().join("out.csv.papi/journal.json")).expect("there");
    assert!(!journal.contains(DEMO_KEY) && !journal.contains(another));

    let mine = folder.path().join("mine.csv");
    fs::write(&mine, "mine").expect("written");
    sandboxed(&["um-force-orders", "--out", text(&mine)]).expect(2, &["is no export that could be continued"]);
    assert_eq!(fs::read(&mine).expect("there"), b"mine");
    sandboxed(&["um-force-orders", "--format", "csv", "--out", text(folder.path())]).expect(2, &["is a folder"]);
    sandboxed(&["um-force-orders", "--out", text(&out.join("in-a-file.csv"))])
        .expect(1, &["must exist and be writable"]);
    sandboxed(&["um-force-orders", "--out", "/dev/full", "--format", "csv"]).expect(2, &["is no export"]);
}

#[test]
fn a_plan_sends_nothing_and_writes_nothing() {
    let folder = folder();
    let out = folder.path().join("out.csv");
    let run = sandboxed(&["um-force-orders", "--from", "90d", "--dry-run", "--out", text(&out)]);
    run.expect(0, &["at least 13 windows, 13 requests, weight 650", "nothing was sent"]);
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
}

#[test]
fn every_dataset_is_exported_by_its_description_alone() {
    let (exchange, folder) = (Exchange::start(), folder());
    for (dataset, args) in [
        ("margin-force-orders", &["--from", "30d"][..]),
        ("um-income-history", &["--from", "7d"]),
        ("cm-income-history", &["--from", "7d"]),
        ("um-trades", &["--from", "2d", "--symbol", "BTCUSDT"]),
        ("um-all-orders", &["--from", "2d", "--symbol", "BTCUSDT"]),
        ("margin-interest-history", &["--from", "7d"]),
        ("margin-loans", &["--from", "7d", "--param", "asset=BTC"]),
        ("account-negative-balance-exchanges", &["--from", "7d"]),
    ] {
        let out = folder.path().join(format!("{dataset}.csv"));
        let run = finish(exchange.export(dataset, &[args, &["--out", text(&out)]].concat()));
        assert!(matches!(run.code, Some(0)), "{dataset}: {run:#?}");
        assert!(fs::read_to_string(&out).expect("there").contains(','), "{dataset}");
    }
    sandboxed(&["um-force-order", "--out", "x.csv"]).expect(2, &["did you mean um-force-orders?"]);
    sandboxed(&["um-trades", "--out", text(&folder.path().join("t.csv"))]).expect(2, &["symbol"]);
    sandboxed(&["um-force-orders", "--out", "x.xls"]).expect(2, &["does not tell a format", ".xlsx"]);
}

#[test]
fn another_program_reads_the_same_from_all_formats() {
    let (exchange, folder, to) = (Exchange::start(), folder(), yesterday());
    let from = days_before(&to, 60);
    for format in ["csv", "jsonl", "parquet"] {
        let out = folder.path().join(format!("out.{format}"));
        finish(exchange.export("um-force-orders", &["--raw", "--from", &from, "--to", &to, "--out", text(&out)]))
            .expect(0, &[]);
    }
    read_back("read_back.py", "duckdb", folder.path());
}
