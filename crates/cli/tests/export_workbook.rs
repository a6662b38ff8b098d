//! `papi export` to a workbook: another program reads what the CSV file says, and the files of the export hold together as
//! with every format.

mod common;

use common::exchange::{Exchange, days_before, folder, text, yesterday};
use common::read_back::read_back;
use common::{Canned, command, finish, papi, papi_with_key};
use std::fs;
use std::path::Path;

/// Ids and amounts that a workbook would round, and a text that it would compute.
const ROW: &str = r#"{"orderId":9007199254740993,"symbol":"BTCUSDT","status":"FILLED","clientOrderId":"=1+1",
"price":"0","avgPrice":"10913.21000","origQty":"1234567890.12345678","executedQty":"-0.00000001","cumQuote":"65.47926",
"timeInForce":"IOC","type":"LIMIT","reduceOnly":false,"closePosition":true,"side":"SELL","positionSide":"BOTH",
"stopPrice":"0.000","workingType":"CONTRACT_PRICE","origType":"LIMIT","time":TIME,"updateTime":0}"#;

#[test]
fn another_program_reads_every_digit_and_no_formula() {
    let (folder, to) = (folder(), yesterday());
    let from = days_before(&to, 1);
    let midday: jiff::Timestamp = format!("{from}T12:34:56.789Z").parse().expect("a moment");
    let rows = format!("[{}]", ROW.replace("TIME", &midday.as_millisecond().to_string()).replace('\n', ""));
    let server = Canned::answering("200 OK", &rows);
    for format in ["csv", "xlsx"] {
        let out = folder.path().join(format!("out.{format}"));
        let range = ["--from", &from, "--to", &to, "--out", text(&out)];
        papi_with_key(&[&["--base-url", &server.url, "export", "um-force-orders"], &range[..]].concat())
            .expect(0, &["1 row, 1 new"]);
    }
    let csv = fs::read_to_string(folder.path().join("out.csv")).expect("there");
    assert!(csv.contains("9007199254740993") && csv.contains("=1+1") && csv.contains("1234567890.12345678"));
    read_back("read_back_xlsx.py", "openpyxl", folder.path());
}

#[test]
fn a_workbook_is_sealed_and_grows_like_every_other_output() {
    let (exchange, folder, to) = (Exchange::start(), folder(), yesterday());
    let (out, anew) = (folder.path().join("out.xlsx"), folder.path().join("anew.xlsx"));
    let from = days_before(&to, 40);
    let run = |to: &str, out: &Path| {
        finish(exchange.export("um-force-orders", &["--from", &from, "--to", to, "--out", text(out)]))
    };
    run(&days_before(&to, 10), &out).expect(0, &[]);
    run(&to, &out).expect(0, &[]);
    run(&to, &anew).expect(0, &[]);
    assert_eq!(fs::read(&out).expect("there"), fs::read(&anew).expect("there"), "the same rows are the same bytes");
    run(&to, &folder.path().join("out.csv")).expect(0, &[]);
    read_back("read_back_xlsx.py", "openpyxl", folder.path());
    papi(&["export", "--verify", text(&out)]).expect(0, &["is whole"]);
    fs::write(&out, "damaged").expect("written");
    papi(&["export", "--verify", text(&out)]).expect(1, &["out.xlsx is damaged"]);
}

#[test]
fn a_workbook_goes_to_a_pipe_and_no_call_prints_one() {
    let mut run =
        command(&["--sandbox", "--format", "xlsx", "export", "um-force-orders", "--from", "8d", "--out", "-"]);
    run.env("TZ", "Asia/Tokyo");
    let output = run.output().expect("the program starts");
    assert!(output.status.success() && output.stdout.starts_with(b"PK"), "{output:?}");
    papi(&["um", "force-orders", "--sandbox", "--format", "xlsx"]).expect(2, &["`papi export` writes"]);
}
