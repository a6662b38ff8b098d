//! `papi report` as a program: the figures and pictures of a fixed history, from files in each format and from an account; and
//! bad input, of which nothing is written.

mod common;

use common::exchange::{Exchange, days_before, folder, text, yesterday};
use common::{Run, command, finish, papi, papi_as};
use papi_sandbox::rows::{GivenRows, Product};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET, Sandbox};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The files of a short history that was made up.
const HISTORY: [&str; 3] = ["um-force-orders.csv", "cm-force-orders.csv", "margin-force-orders.csv"];

fn fixed(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixed_history").join(name)
}

/// The report of the fixed history, with its income and mark prices.
fn report_of_history(options: &[&str]) -> Run {
    let files = HISTORY.map(fixed);
    let (income, marks) = (fixed("income.csv"), fixed("marks.csv"));
    let mut args = vec!["report", "--income", text(&income), "--marks", text(&marks)];
    args.extend(files.iter().map(|file| text(file)));
    args.extend(options);
    papi(&args).expect(0, &[])
}

/// A report as JSON without what it says of its inputs.
fn figures(args: &[&str]) -> serde_json::Value {
    let run = papi(&[&["report", "--format", "json"], args].concat()).expect(0, &[]);
    let mut report: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    report.as_object_mut().expect("an object").remove("sources");
    report
}

/// Returns a report without the version of `papi`, which changes with each release.
fn without_version(report: &str) -> String {
    report.replace(env!("CARGO_PKG_VERSION"), "[version]")
}

#[test]
fn the_figures_of_a_fixed_history_stay_as_they_are() {
    insta::assert_snapshot!("figures", without_version(&report_of_history(&["--format", "json"]).stdout));
}

#[test]
fn the_markdown_of_a_fixed_history_stays_as_it_is() {
    insta::assert_snapshot!("markdown", without_version(&report_of_history(&["--tz", "Asia/Tokyo"]).stdout));
}

#[test]
fn the_pictures_of_a_fixed_history_stay_as_they_are() {
    let page = report_of_history(&["--format", "html"]).stdout;
    let pictures: Vec<_> = page.split("<svg xmlns").skip(1).filter_map(|rest| rest.split("</figure>").next()).collect();
    assert!(pictures.len() >= 7, "{}", pictures.len());
    let pictures = pictures.iter().filter_map(|rest| rest.split("<details").next());
    let pictures: String = pictures.map(|picture| format!("<svg xmlns{picture}\n\n")).collect();
    insta::assert_snapshot!("pictures", pictures.replace("><", ">\n<"));
}

#[test]
fn a_page_has_no_script_and_loads_nothing_whatever_a_symbol_is_called() {
    let page = report_of_history(&["--format", "html"]).stdout;
    assert!(page.contains("&lt;script&gt;alert(1)"), "the symbol is there as a text");
    assert!(!page.contains("<script") && !page.contains("javascript:"), "no script");
    let addresses: Vec<_> = page.match_indices("http").map(|(place, _)| &page[place..place + 26]).collect();
    assert!(addresses.iter().all(|address| *address == "http://www.w3.org/2000/svg"), "{addresses:?}");
    assert!(!page.contains("src=") && !page.contains("href=") && !page.contains("url("), "nothing is loaded");
    let markdown = report_of_history(&[]).stdout;
    assert!(markdown.contains("&lt;script&gt;") && !markdown.contains("<script"), "{markdown}");
}

#[test]
fn without_income_it_is_not_given_and_never_nothing() {
    let um = fixed(HISTORY[0]);
    let run = papi(&["report", text(&um)]).expect(0, &[]);
    assert!(run.stdout.contains("Realised profit and loss: not given"), "{}", run.stdout);
    assert!(run.stdout.contains("coverage unknown"), "{}", run.stdout);
    let report = figures(&[text(&um)]);
    assert!(report["reconciliation"].is_null() && report["against_mark"].is_null());
}

/// Exports the closes and income of the sandbox into a folder, under the names that the script knows.
fn exported(exchange: &Exchange, folder: &Path, days: i64) {
    let to = yesterday();
    let from = days_before(&to, days);
    let datasets = [
        ("um-force-orders", "um.csv"),
        ("cm-force-orders", "cm.csv"),
        ("margin-force-orders", "margin.csv"),
        ("um-income-history", "income.csv"),
    ];
    for (dataset, name) in datasets {
        let out = folder.join(name);
        finish(exchange.export(dataset, &["--from", &from, "--to", &to, "--out", text(&out)])).expect(0, &[]);
    }
}

/// Computes the figures with Python, where there is one.
fn computed_again(folder: &Path) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/report_figures.py");
    match Command::new("python3").args([text(&script), text(folder)]).env("PYTHONDONTWRITEBYTECODE", "1").output() {
        Err(error) => eprintln!("skipped, there is no Python: {error}"),
        Ok(output) => assert!(output.status.success(), "{output:?}"),
    }
}

#[test]
fn another_program_computes_the_same_figures_of_the_sandbox() {
    let (exchange, folder) = (Exchange::start(), folder());
    exported(&exchange, folder.path(), 60);
    let [um, cm, margin, income, out] =
        ["um.csv", "cm.csv", "margin.csv", "income.csv", "report.json"].map(|name| folder.path().join(name));
    let files = [text(&um), text(&cm), text(&margin), "--income", text(&income), "--out", text(&out)];
    papi(&[&["report"], &files[..]].concat()).expect(0, &[]);
    computed_again(folder.path());
    let report: serde_json::Value = serde_json::from_slice(&fs::read(&out).expect("there")).expect("JSON");
    assert_eq!(report["coverage"], "proven", "each file has its folder beside it");
}

#[test]
fn another_program_computes_the_same_figures_of_the_fixed_history() {
    let folder = folder();
    for (name, copy) in HISTORY.into_iter().chain(["income.csv"]).zip(["um.csv", "cm.csv", "margin.csv", "income.csv"])
    {
        fs::copy(fixed(name), folder.path().join(copy)).expect("copied");
    }
    let out = folder.path().join("report.json");
    report_of_history(&["--out", text(&out)]);
    computed_again(folder.path());
}

#[test]
fn each_format_of_an_export_gives_the_same_figures_and_rows_of_two_files_count_once() {
    let (exchange, folder, to) = (Exchange::start(), folder(), yesterday());
    let out = |name: &str| folder.path().join(name);
    let from = days_before(&to, 40);
    let export = |name: &str, from: &str, to: &str| {
        finish(exchange.export("um-force-orders", &["--from", from, "--to", to, "--out", text(&out(name))]))
            .expect(0, &[]);
    };
    for name in ["all.csv", "all.jsonl", "all.parquet"] {
        export(name, &from, &to);
    }
    let all = figures(&[text(&out("all.csv"))]);
    assert_eq!(all["coverage"], "proven");
    assert_eq!(all, figures(&[text(&out("all.jsonl"))]));
    assert_eq!(all, figures(&[text(&out("all.parquet"))]));
    export("old.csv", &from, &days_before(&to, 15));
    export("new.parquet", &days_before(&to, 20), &to);
    assert_eq!(all, figures(&[text(&out("new.parquet")), text(&out("old.csv"))]), "they overlap by five days");
    let twice = papi(&["report", text(&out("all.csv")), text(&out("all.jsonl")), "--format", "json"]).expect(0, &[]);
    let twice: serde_json::Value = serde_json::from_str(&twice.stdout).expect("JSON");
    assert_eq!((&twice["totals"], &twice["sources"][1]["repeated"]), (&all["totals"], &all["totals"]["closes"]));
    export("late.csv", &days_before(&to, 10), &to);
    let gap = figures(&[text(&out("old.csv")), text(&out("late.csv"))]);
    assert_eq!(
        (&gap["coverage"], &gap["gaps"][0]["what"]),
        (&"incomplete".into(), &"between".into()),
        "{}",
        gap["gaps"]
    );
}

#[test]
fn two_runs_over_the_same_files_give_the_same_bytes_wherever_they_are() {
    let folder = folder();
    let elsewhere = folder.path().join("elsewhere");
    fs::create_dir(&elsewhere).expect("a folder");
    for name in HISTORY {
        fs::copy(fixed(name), elsewhere.join(name)).expect("copied");
    }
    for format in ["html", "md", "json"] {
        let here: Vec<_> = HISTORY.map(fixed).to_vec();
        let there: Vec<_> = HISTORY.map(|name| elsewhere.join(name)).to_vec();
        let report = |files: &[PathBuf], zone: &str| {
            let mut run = command(&["report", "--format", format]);
            run.args(files).env("TZ", zone);
            finish(run).expect(0, &[]).stdout
        };
        assert_eq!(report(&here, "UTC"), report(&there, "Asia/Tokyo"), "{format}");
    }
}

#[test]
fn the_account_is_asked_when_no_file_is_named() {
    let folder = folder();
    let out = folder.path().join("report.html");
    papi(&["--sandbox", "report", "--from", "20d", "--out", text(&out)])
        .expect(0, &["um-force-orders", "cm-income-history"]);
    let page = fs::read_to_string(&out).expect("there");
    assert!(page.starts_with("<!DOCTYPE html>\n<!-- papi report -->\n"));
    assert!(page.contains("proven complete") && page.contains("demo account"), "{}", &page[..2_000]);
    let run = papi(&["--sandbox", "report", "--from", "20d"]).expect(0, &[]);
    assert!(run.stdout.starts_with("<!-- papi report -->\n# Forced closes\n"), "{}", run.stdout);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_account_without_a_forced_close_has_a_report_that_says_so() {
    let none = [Product::Um, Product::Cm, Product::Margin];
    let given_rows = none.into_iter().fold(GivenRows::new(), |rows, product| rows.force_orders(product, []));
    let exchange = Sandbox::builder().given_rows(given_rows).start().await.expect("a sandbox");
    let folder = folder();
    for format in ["html", "md", "json"] {
        let out = folder.path().join(format!("report.{format}"));
        let args = ["--base-url", exchange.base_url(), "report", "--from", "5d", "--out", text(&out)];
        papi_as(DEMO_KEY, DEMO_SECRET, &args).expect(0, &[]);
        let report = fs::read_to_string(&out).expect("there");
        assert!(report.contains("proven"), "{report}");
    }
    let markdown = fs::read_to_string(folder.path().join("report.md")).expect("there");
    assert!(markdown.contains("0 forced closes from ") && markdown.contains("none found"), "{markdown}");
}

/// One liquidation after another, so that every page, table and picture has much to leave out.
fn many_rows(rows: i64) -> String {
    let mut text = fs::read_to_string(fixed(HISTORY[0])).expect("there").lines().next().expect("a header").to_owned();
    text.push('\n');
    for row in 0..rows {
        let (symbol, time) = (row * 7 % 150, 1_700_000_000_000 + row * 601_000);
        let kind = if row % 3 == 0 { "adl_autoclose".to_owned() } else { format!("autoclose-{row}") };
        let (price, quantity) = (row % 900 + 100, row % 77 + 1);
        writeln!(
            text,
            "{row},S{symbol:03}USDT,FILLED,{kind},{price},{price}.25,{quantity}.001,{quantity}.001,{}.12345678,IOC,LIMIT,false,SELL,BOTH,LIMIT,{time},,{time},,",
            price * quantity
        )
        .expect("written");
    }
    text
}

#[test]
fn a_page_of_a_hundred_thousand_rows_is_small() {
    let folder = folder();
    let (rows, out) = (folder.path().join("many.csv"), folder.path().join("many.html"));
    fs::write(&rows, many_rows(100_000)).expect("written");
    papi(&["report", text(&rows), "--out", text(&out)]).expect(0, &[]);
    let size = fs::metadata(&out).expect("there").len();
    println!("{size} bytes");
    assert!(size < 2_000_000, "{size} bytes");
    assert!(fs::read_to_string(&out).expect("there").contains("100,000"));
}

#[test]
fn only_a_report_is_replaced() {
    let folder = folder();
    let (um, out) = (fixed(HISTORY[0]), folder.path().join("report.html"));
    fs::write(&out, "<!DOCTYPE html>\n<p>mine").expect("written");
    let args = ["report", text(&um), "--out", text(&out)];
    papi(&args).expect(2, &["is no report: it is not replaced", "hint: "]);
    assert_eq!(fs::read_to_string(&out).expect("there"), "<!DOCTYPE html>\n<p>mine");
    for format in ["json", "md", "html"] {
        let other = folder.path().join(format!("other.{format}"));
        papi(&["report", text(&um), "--out", text(&other)]).expect(0, &[]);
        papi(&["report", text(&um), "--format", "html", "--out", text(&other)]).expect(0, &[]);
    }
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 4, "no draft is left");
}

/// Everything that may be wrong with the input, by what is said of it.
#[test]
fn bad_input_is_told_in_one_message_and_nothing_is_written() {
    let (exchange, folder, to) = (Exchange::start(), folder(), yesterday());
    let from = days_before(&to, 30);
    let file = |name: &str| folder.path().join(name);
    for (dataset, name) in
        [("um-force-orders", "um.csv"), ("um-force-orders", "um.parquet"), ("um-trades", "trades.csv")]
    {
        let out = file(name);
        let range = ["--from", &from, "--to", &to, "--symbol", "BTCUSDT", "--out", text(&out)];
        finish(exchange.export(dataset, &range)).expect(0, &[]);
    }
    // Rows that are the same every day.
    let um = fs::read_to_string(fixed(HISTORY[0])).expect("there");
    let (header, first) = (um.lines().next().expect("a header"), um.lines().nth(1).expect("a row"));
    let parquet = fs::read(file("um.parquet")).expect("there");
    let made: [(&str, Vec<u8>); 11] = [
        ("empty.csv", Vec::new()),
        ("header.csv", format!("{header}\n").into()),
        ("lacks.csv", format!("{}\n", header.replace("cumQuote,", "")).into()),
        ("short.csv", format!("{header}\n{}\n", &first[..first.len() / 2]).into()),
        ("text.csv", format!("{header}\n{}\n", first.replacen("FILLED,", "FILLED,\"", 1)).into()),
        ("price.csv", format!("{header}\n{}\n", first.replacen(",IOC", "x,IOC", 1)).into()),
        (
            "twice.csv",
            format!("{header}\n{first}\n{}\n", first.replace(",SELL,", ",HOLD,").replace(",BUY,", ",HOLD,")).into(),
        ),
        ("cut.parquet", parquet[..parquet.len() - 100].to_vec()),
        ("half.jsonl", b"{\"orderId\":1,".to_vec()),
        ("book.xlsx", b"PK\x03\x04 and so on".to_vec()),
        ("marks.csv", b"symbol,time,price\nBTCUSDT,yesterday,1\n".to_vec()),
    ];
    for (name, content) in &made {
        fs::write(file(name), content).expect("written");
    }
    fs::create_dir(file("changed.csv.papi")).expect("a folder");
    fs::copy(file("um.csv.papi").join("journal.json"), file("changed.csv.papi").join("journal.json")).expect("copied");
    let exported = fs::read_to_string(file("um.csv")).expect("there");
    fs::write(file("changed.csv"), exported.replacen("FILLED", "filled", 1)).expect("written");
    fs::copy(file("um.csv"), file("damaged.csv")).expect("copied");
    fs::create_dir(file("damaged.csv.papi")).expect("a folder");
    fs::write(file("damaged.csv.papi").join("journal.json"), "{}").expect("written");
    let out = file("report.html");
    let lines: &[&[&str]] = &[
        &["nowhere.csv"],
        &["."],
        &["empty.csv"],
        &["header.csv"],
        &["trades.csv"],
        &["lacks.csv"],
        &["short.csv"],
        &["text.csv"],
        &["price.csv"],
        &["twice.csv"],
        &["cut.parquet"],
        &["half.jsonl"],
        &["book.xlsx"],
        &["changed.csv"],
        &["damaged.csv"],
        &["um.csv", "--income", "um.csv"],
        &["um.csv", "--income", "nowhere.csv"],
        &["um.csv", "--marks", "um.csv"],
        &["um.csv", "--marks", "marks.csv"],
        &["um.csv", "--tz", "Mars/Olympus"],
        &["um.csv", "--cluster", "soon"],
        &["um.csv", "--from", "90d"],
        &["um.csv", "--format", "csv"],
        &["um.csv", "--sandbox"],
        &["--income", "um.csv"],
    ];
    let mut told = String::new();
    for line in lines {
        let mut run = command(&[&["report", "--out", "report.html"], *line].concat());
        run.current_dir(folder.path());
        let run = finish(run);
        assert!(!out.exists() && run.stdout.is_empty(), "{line:?}: {run:?}");
        assert!(!run.stderr.contains("panicked"), "{run:?}");
        let code = run.code.expect("an exit code");
        let stderr = run.stderr.lines().take_while(|line| !line.starts_with("Usage")).collect::<Vec<_>>().join("\n");
        write!(told, "$ papi report {}\n{}\n[{code}]\n\n", line.join(" "), stderr.trim_end()).expect("written");
    }
    insta::assert_snapshot!("bad_input", told);
}

#[test]
fn files_of_two_exchanges_are_two_accounts() {
    let (exchange, folder, to) = (Exchange::start(), folder(), yesterday());
    let (here, there) = (folder.path().join("here.csv"), folder.path().join("there.csv"));
    let from = days_before(&to, 10);
    let export = ["um-force-orders", "--from", &from, "--to", &to, "--out"];
    finish(exchange.export(export[0], &[&export[1..], &[text(&here)]].concat())).expect(0, &[]);
    papi(&[&["--sandbox", "export"], &export[..], &[text(&there)]].concat()).expect(0, &[]);
    let run = papi(&["report", text(&here), text(&there)]);
    run.expect(2, &["these are two accounts", "hint: a report is about one account"]);
}
