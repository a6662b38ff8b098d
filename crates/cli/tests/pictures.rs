//! What a terminal shows: tables and records as pictures of 80 and of 200 columns, and the progress of an export on one line.

mod common;

use binance_papi::{EndpointInfo, cm, um};
use common::{command, end_of};
use std::io::Write as _;
use std::process::{Command, Stdio};

const ROWS: u16 = 80;

fn terminal_of(rows: u16, columns: u16) -> vt100::Parser {
    let size = |count| std::num::NonZero::new(count).expect("not zero");
    vt100::Parser::new(size(rows), size(columns), 0)
}

/// The screen of a terminal after some output. No line may have been broken by the terminal.
fn screen(columns: u16, output: &str) -> String {
    let mut terminal = terminal_of(ROWS, columns);
    terminal.process(output.replace('\n', "\r\n").as_bytes());
    let screen = terminal.screen();
    assert!((0..ROWS).all(|row| !screen.row_wrapped(row)), "a line is wider than {columns}: {output}");
    screen.contents()
}

/// What `papi decode` prints of a reply on that many columns.
fn printed(info: &EndpointInfo, reply: &str, columns: u16, args: &[&str], colour: &str) -> String {
    let method = info.method.to_string();
    let mut papi = command(&[&["decode", &method, info.path][..], args].concat());
    papi.env("COLUMNS", columns.to_string()).env(colour, "1");
    let mut child = papi.stdin(Stdio::piped()).spawn().expect("the program starts");
    child.stdin.take().expect("piped").write_all(reply.as_bytes()).expect("written");
    end_of(child).expect(0, &[]).stdout
}

/// The pictures of a reply on both terminals, below each other.
fn pictures(info: &EndpointInfo, reply: &str, args: &[&str]) -> String {
    let mut pictures = String::new();
    for columns in [80, 200] {
        let output = printed(info, reply, columns, args, "NO_COLOR");
        assert_eq!(output, printed(info, reply, columns, args, "CLICOLOR_FORCE"), "data has no colours");
        assert!(!output.contains('{') && !output.contains('"'), "JSON in a cell: {output}");
        pictures.push_str(&format!("== {columns} columns\n{}\n", screen(columns, &output)));
    }
    pictures
}

/// Two force orders with long numbers.
fn force_orders() -> String {
    let row = um::ForceOrders::INFO.examples[0].trim_matches(['[', ']']).to_owned();
    let other = row.replace("6071832819", "9007199254740993").replace("10.91321", "109132100000.12345678");
    format!("[{row},{other}]")
}

#[test]
fn a_list_is_a_table_where_it_has_room_and_records_where_it_has_not() {
    insta::assert_snapshot!("force_orders", pictures(um::ForceOrders::INFO, &force_orders(), &["--format", "table"]));
    let trades = um::Trades::INFO;
    insta::assert_snapshot!("trades", pictures(trades, trades.examples[0], &["--format", "table"]));
    let chosen = ["--format", "table", "--columns", "time,symbol,side,executedQty,avgPrice"];
    insta::assert_snapshot!("force_orders_chosen", pictures(um::ForceOrders::INFO, &force_orders(), &chosen));
}

#[test]
fn records_are_records_on_any_terminal() {
    insta::assert_snapshot!("records", pictures(um::ForceOrders::INFO, &force_orders(), &["--format", "records"]));
}

#[test]
fn what_is_nested_is_a_table_or_records_of_its_own() {
    let table = ["--format", "table"];
    insta::assert_snapshot!("account", pictures(um::Account::INFO, um::Account::INFO.examples[0], &table));
    let brackets = um::LeverageBrackets::INFO;
    insta::assert_snapshot!("leverage_brackets", pictures(brackets, brackets.examples[0], &table));
    insta::assert_snapshot!("amendments", pictures(cm::Amendments::INFO, cm::Amendments::INFO.examples[0], &table));
}

#[test]
fn wide_is_a_line_for_each_row_and_raw_times_are_milliseconds() {
    let wide = printed(um::ForceOrders::INFO, &force_orders(), 80, &["--format", "wide"], "NO_COLOR");
    assert_eq!(wide.lines().count(), 3);
    assert!(wide.contains("2020-07-30T11:13:40.044Z"), "{wide}");
    let raw = printed(um::ForceOrders::INFO, &force_orders(), 80, &["--format", "wide", "--raw"], "NO_COLOR");
    assert!(raw.contains("1596107620044") && !raw.contains('Z'), "{raw}");
    let amendments = cm::Amendments::INFO;
    let nested = printed(amendments, amendments.examples[0], 80, &["--format", "wide"], "NO_COLOR");
    assert!(nested.lines().next().is_some_and(|header| header.contains("amendment.price.before")), "{nested}");
    for format in ["json", "jsonl", "csv"] {
        let data = printed(um::ForceOrders::INFO, &force_orders(), 80, &["--format", format], "NO_COLOR");
        assert!(data.contains("1596107620044"), "{data}");
    }
}

/// What a command writes on a terminal of its own; none where the program `script` cannot make one.
fn on_a_terminal(columns: u16, line: &str) -> Option<Vec<u8>> {
    let line = format!("stty cols {columns} rows 24; {line}");
    let mut script = Command::new("script");
    script.args(["-qefc", &line, "/dev/null"]).env_remove("COLUMNS").env("TERM", "xterm").stdin(Stdio::null());
    script.output().ok().filter(|output| output.status.success()).map(|output| output.stdout)
}

#[cfg(target_os = "linux")]
#[test]
fn the_terminal_itself_says_how_wide_it_is() {
    let papi = env!("CARGO_BIN_EXE_papi");
    let line = format!("{papi} um force-orders --symbol BTCUSDT --limit 2 --sandbox 2>/dev/null");
    let Some(narrow) = on_a_terminal(80, &line) else { return eprintln!("skipped: there is no program `script`") };
    let narrow = String::from_utf8_lossy(&narrow).into_owned();
    assert!(narrow.starts_with("-[ 1 of 2 ]") && !narrow.contains('\u{1b}'), "{narrow}");
    let wide = on_a_terminal(400, &line).expect("as before");
    assert!(String::from_utf8_lossy(&wide).starts_with("orderId  "));
}

#[cfg(target_os = "linux")]
#[test]
fn progress_is_one_line_that_is_gone_in_the_end() {
    for columns in [80, 200] {
        let papi = env!("CARGO_BIN_EXE_papi");
        let line = format!("{papi} --sandbox export um-force-orders --from 30d --out - --format csv >/dev/null");
        let Some(written) = on_a_terminal(columns, &line) else {
            return eprintln!("skipped: there is no program `script`");
        };
        let mut terminal = terminal_of(24, columns);
        let mut frames = 0;
        for frame in written.split_inclusive(|byte| *byte == b'\r') {
            terminal.process(frame);
            let screen = terminal.screen();
            let bars = screen.rows(0, columns).filter(|row| row.contains(['█', '░'])).count();
            assert!(bars <= 1, "the bar stands {bars} times: {}", screen.contents());
            frames += bars;
        }
        assert!(frames > 0, "no bar was shown: {}", String::from_utf8_lossy(&written));
        let left = terminal.screen().contents();
        assert!(!left.contains(['█', '░']), "{left}");
    }
}
