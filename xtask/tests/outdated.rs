//! What a person sees who holds saved pages against the specs: a line for each difference, no line when there is none.

#![cfg(feature = "import")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::process::Command;
use tempfile::TempDir;

const TYPES: &str = "\
words:
  Kind: { doc: Which kind., words: { ALPHA: The first., BETA: The second., GAMMA: The third. } }
";

const ORDERS: &str = "\
name: ExampleOrders
doc: Orders of an example.   # what stands here stays
source: { doc: trade/Query-Example-Orders, verified_on: 2026-10-23 }
differs:
  - { of: kind required, page: yes, because: A call without it was answered., since: 2026-10-23 }
call: GET /papi/v1/um/exampleOrders
access: USER_DATA
effect: read
weight: { with symbol: 3, otherwise: 7 }
params:
  symbol:    { type: Symbol, doc: The contract. }
  kind:      { type: Kind, words: [ALPHA, BETA], doc: Which kind. }
  startTime: { type: Timestamp, doc: First millisecond. }
  endTime:   { type: Timestamp, doc: Last millisecond. }
  limit:
    type: u32
    default: 30
    doc: Rows to return.
constraints:
  - window: { from: startTime, to: endTime, span: at most 7d }
reply: [ExampleOrder]
types:
  ExampleOrder:
    doc: An order.
    fields:
      exampleId: { type: i64, doc: Its number. }
      kind:      { type: Kind, doc: Its kind. }
examples:
  - [{ exampleId: 41, kind: ALPHA }]
";

const PLACE: &str = "\
name: NewExample
doc: Places an example.
source: { doc: trade/New-Example, verified_on: 2026-10-23 }
call: POST /papi/v1/um/exampleOrder
access: TRADE
effect: once
nothing_tells: It is an example.
weight: 1
orders: 1
reply: ExampleMade
types:
  ExampleMade: { doc: What was made., fields: { exampleId: { type: i64, doc: Its number. } } }
examples: [{ exampleId: 41 }]
";

const PAGE: &str = "\
# Query Example Orders(USER_DATA)

## API Description

Query example orders

## HTTP Request

GET `/papi/v1/um/exampleOrders`

## Request Weight

**3** with symbol, **7** without symbol

## Request Parameters

| Name | Type | Mandatory | Description |
| --- | --- | --- | --- |
| symbol | STRING | NO |  |
| kind | ENUM | YES | `ALPHA`, `BETA` |
| startTime | LONG | NO |  |
| endTime | LONG | NO |  |
| limit | INT | NO | Default 30 |
| recvWindow | LONG | NO | The value cannot be greater than 60000 |
| timestamp | LONG | YES |  |

> * The max interval between `startTime` and `endTime` is 7 days

## Response Example

```json
[{ \"exampleId\": 41, \"kind\": \"ALPHA\" }]
```
";

/// A workspace with two specs, and what is saved of the vendor.
struct Saved {
    folder: TempDir,
}

/// How a run ended.
struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Saved {
    fn with(files: &[(&str, &str)]) -> Self {
        let saved = Self { folder: tempfile::tempdir().unwrap() };
        let specs =
            [("spec/types.yaml", TYPES), ("spec/um/example_orders.yaml", ORDERS), ("spec/um/new_example.yaml", PLACE)];
        for (file, text) in specs.iter().chain(files) {
            let path = saved.folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        saved
    }

    fn outdated(&self, arguments: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.current_dir(&self.folder).arg("outdated").args(arguments).arg("--root").arg(self.folder.path());
        let output = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    fn orders(&self) -> String {
        fs::read_to_string(self.folder.path().join("spec/um/example_orders.yaml")).unwrap()
    }
}

/// The page with other texts in it.
fn page(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(PAGE.to_owned(), |page, (from, to)| {
        assert!(page.contains(from), "{from}");
        page.replacen(from, to, 1)
    })
}

/// Each kind of change that a page may have, once.
fn changed() -> String {
    page(&[
        ("**3** with symbol", "**4** with symbol"),
        ("| symbol | STRING |", "| symbols | STRING |"),
        ("`ALPHA`, `BETA`", "`ALPHA`, `BETA`, `GAMMA`"),
        ("| startTime | LONG |", "| startTime | STRING |"),
        ("| endTime | LONG | NO |", "| endTime | LONG | YES |"),
        ("Default 30", "Default 50; max 100"),
        ("is 7 days", "is 30 days"),
        ("\"kind\": \"ALPHA\"", "\"sort\": \"ALPHA\""),
    ])
}

#[test]
fn an_unchanged_page_is_no_line_at_all() {
    let run = Saved::with(&[("page.md", PAGE)]).outdated(&["page.md"]);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(0), "", ""));
}

#[test]
fn each_difference_is_a_line_with_its_place_and_what_to_write() {
    let run = Saved::with(&[("page.md", &changed())]).outdated(&["page.md"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), ""));
    insta::assert_snapshot!("as_text", run.stdout);
}

#[test]
fn programs_get_a_list() {
    let saved = Saved::with(&[("page.md", &page(&[("Default 30", "Default 50")])), ("same.md", PAGE)]);
    let run = saved.outdated(&["--format", "json", "page.md"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), ""));
    insta::assert_snapshot!("as_json", run.stdout);
    let same = saved.outdated(&["--format", "json", "same.md"]);
    assert_eq!((same.code, same.stdout.as_str()), (Some(0), "[]\n"));
}

#[test]
fn what_needs_no_thought_is_written_and_every_other_byte_stays() {
    let saved = Saved::with(&[("page.md", &changed())]);
    let run = saved.outdated(&["--apply", "page.md"]);
    let expected = ORDERS
        .replace("with symbol: 3", "with symbol: 4")
        .replace("[ALPHA, BETA]", "[ALPHA, BETA, GAMMA]")
        .replace("default: 30", "default: 50")
        .replace("    type: u32\n", "    type: u32\n    max: 100\n");
    assert_eq!(saved.orders(), expected);
    assert_eq!(run.code, Some(1), "the rest needs thought");
    assert_eq!(run.stderr.lines().count(), 4, "{}", run.stderr);
    assert!(run.stderr.lines().all(|line| line.starts_with("wrote spec/um/example_orders.yaml:")), "{}", run.stderr);
    assert_eq!(saved.outdated(&["page.md"]).stdout, run.stdout, "the same is left");
}

#[test]
fn after_everything_was_written_nothing_differs() {
    let text = page(&[("**7** without", "**9** without"), ("Default 30", "Default 31")]);
    let saved = Saved::with(&[("page.md", &text)]);
    let run = saved.outdated(&["--apply", "page.md"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""));
    assert_eq!(saved.orders(), ORDERS.replace("otherwise: 7", "otherwise: 9").replace("default: 30", "default: 31"));
}

#[test]
fn the_change_log_tells_of_calls_that_go_and_of_news() {
    let log = "\
# Change Log

## 2026-11-20

The following endpoints will be removed on **2026-12-01**:

* `POST /papi/v1/um/exampleOrder`

## 2026-11-10

* `GET /papi/v1/um/exampleOrders` will have another weight

## 2026-01-02

* `GET /papi/v1/um/exampleOrders` is new
";
    let saved = Saved::with(&[("log.md", log), ("page.md", &page(&[("**7** without", "**9** without")]))]);
    let run = saved.outdated(&["log.md"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), ""));
    insta::assert_snapshot!("change_log", run.stdout);
    // What the page says in full is not told a second time.
    let both = saved.outdated(&["page.md", "log.md"]);
    assert_eq!(both.stdout.lines().count(), 2, "{}", both.stdout);
}

#[test]
fn a_call_without_spec_and_one_that_no_list_has_are_told() {
    let operation = |description: &str| {
        format!("{{\"description\": \"{description}\", \"summary\": \"Example (USER_DATA)\", \"responses\": {{}}}}")
    };
    let document = format!(
        "{{\"openapi\": \"3.0.0\", \"info\": {{\"title\": \"x\", \"version\": \"1\"}}, \"paths\": {{\
         \"/papi/v1/um/exampleOrders\": {{\"get\": {}}}, \"/papi/v1/um/exampleFees\": {{\"get\": {}}}}}}}",
        operation("Query example orders"),
        operation("Query example fees")
    );
    let run = Saved::with(&[("openapi.json", &document)]).outdated(&["openapi.json"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), ""));
    insta::assert_snapshot!("calls", run.stdout);
}

#[test]
fn bad_input_ends_with_code_2() {
    let elsewhere = page(&[("/papi/v1/um/exampleOrders", "/fapi/v1/exampleOrders")]);
    let saved = Saved::with(&[("page.md", PAGE), ("codes.md", "# Error codes\n\nNone.\n"), ("fapi.md", &elsewhere)]);
    fs::write(saved.folder.path().join("gbk.md"), b"# \xc7\xeb\xc7\xf3\xc8\xa8\xd6\xd8\n").unwrap();
    for (file, reason) in [
        ("nowhere.md", "cannot read nowhere.md"),
        ("gbk.md", "gbk.md:1: the text is not UTF-8"),
        ("codes.md", "codes.md: no call here"),
        ("fapi.md", "fapi.md:"),
    ] {
        let run = saved.outdated(&[file]);
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{file}");
        assert!(run.stderr.starts_with(reason), "{}", run.stderr);
    }
    // Beside a page of a call, one about something else is no mistake.
    assert_eq!(saved.outdated(&["codes.md", "page.md"]).code, Some(0));
}
