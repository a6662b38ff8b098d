//! Calls that act are written down before they leave: what the next run makes of those that have no known end.

#![cfg(unix)]

mod common;

use common::{Run, command, finish};
use papi_sandbox::{Acts, DEMO_KEY, DEMO_SECRET, Fault, FaultKind, Sandbox};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;
use tempfile::TempDir;

/// A sandbox on this machine's clock, and a place for a file of intents.
struct Desk {
    sandbox: Sandbox,
    folder: TempDir,
}

impl Desk {
    async fn with(faults: impl IntoIterator<Item = Fault>) -> Self {
        let sandbox = Sandbox::builder().faults(faults).start().await.expect("a free port");
        Self { sandbox, folder: common::exchange::folder() }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("desk.intents")
    }

    fn file(&self) -> String {
        self.path().to_str().expect("text").to_owned()
    }

    fn text(&self) -> String {
        fs::read_to_string(self.path()).expect("a file")
    }

    /// The program with key, address and file.
    fn papi(&self, args: &[&str]) -> Command {
        let mut papi = command(args);
        papi.env("BINANCE_API_KEY", DEMO_KEY).env("BINANCE_API_SECRET", DEMO_SECRET);
        papi.env("PAPI_BASE_URL", self.sandbox.base_url()).env("PAPI_INTENTS", self.path());
        papi
    }

    fn run(&self, args: &[&str]) -> Run {
        finish(self.papi(args))
    }

    fn order(&self, id: &str) -> Command {
        let line =
            ["um", "new-order", "--symbol", "BTCUSDT", "--side", "BUY", "--type", "LIMIT", "--quantity", "0.010"];
        let more = ["--price", "20000", "--time-in-force", "GTC", "--recv-window", "2000", "--new-client-order-id", id];
        self.papi(&[&line[..], &more].concat())
    }

    fn borrow(&self) -> Run {
        self.run(&["margin", "borrow", "--asset", "USDT", "--amount", "1"])
    }

    /// The intents without an end, read without key and address.
    fn listed(&self) -> Vec<Value> {
        let list = finish(command(&["intents", "list", "--intents", &self.file()])).expect(0, &[]);
        serde_json::from_str(&list.stdout).expect("a list")
    }

    fn listed_ids(&self) -> Vec<String> {
        let id = |row: &Value| row["clientOrderId"].as_str().unwrap_or("none").to_owned();
        self.listed().iter().map(id).collect()
    }

    /// Starts an order whose answer the exchange keeps back, and waits until it is executed there.
    fn order_under_way(&self, id: &str) -> Child {
        let child = self.order(id).spawn().expect("it starts");
        while !self.sandbox.executions().contains_key(id) {
            thread::sleep(Duration::from_millis(5));
        }
        child
    }
}

fn stalled(id: &str) -> Fault {
    let fault = Fault::new(FaultKind::StallBeforeHeaders).method("POST").client_order_id(id);
    fault.acts(Acts::Before).holding(Duration::from_secs(60))
}

/// Takes the process away without a word, as a machine that goes dark.
fn kill(mut child: Child) {
    child.kill().expect("SIGKILL");
    child.wait().expect("it ends");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn orders_without_an_answer_are_listed_settled_and_then_gone() {
    let lost = |id, acts| Fault::new(FaultKind::ResetAfterRead).method("POST").client_order_id(id).acts(acts);
    let desk = Desk::with([lost("executed", Acts::Before), lost("lost", Acts::Never)]).await;
    let command = format!("papi intents settle --intents {} --base-url {}", desk.file(), desk.sandbox.base_url());
    for id in ["executed", "lost"] {
        let said = ["outcome unknown", &format!("its intent stands in {}", desk.file()), &command];
        finish(desk.order(id)).expect(6, &said);
    }
    finish(desk.order("answered")).expect(0, &[]);
    assert_eq!(desk.listed_ids(), ["executed", "lost"]);
    let [first, _] = &desk.listed()[..] else { panic!("two") };
    assert_eq!((&first["number"], &first["call"]), (&1.into(), &"POST /papi/v1/um/order".into()));
    assert_eq!((&first["params"]["quantity"], &first["whyNotAsked"]), (&"0.010".into(), &Value::Null));
    let table = desk.run(&["intents", "list", "--format", "wide"]).expect(0, &[]).stdout;
    assert!(table.contains("newClientOrderId=executed") && table.contains("papi intents settle"), "{table}");

    // The printed command, word for word.
    let words: Vec<_> = command.split(' ').skip(1).collect();
    let settled = desk.run(&[&words[..], &["--margin", "0"]].concat()).expect(8, &["not executed", "1 call"]);
    let settled: Vec<Value> = serde_json::from_str(&settled.stdout).expect("a list");
    let outcomes: Vec<_> = settled.iter().map(|row| (row["clientOrderId"].as_str(), row["outcome"].as_str())).collect();
    assert_eq!(outcomes, [(Some("executed"), Some("accepted")), (Some("lost"), Some("absent"))]);
    assert_eq!(settled[0]["found"]["clientOrderId"], "executed");
    assert!(desk.listed().is_empty());
    desk.run(&["intents", "settle"]).expect(0, &["every call in", "has its end"]);
    assert!(desk.sandbox.executions().into_iter().eq([("answered".to_owned(), 1), ("executed".to_owned(), 1)]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_order_whose_process_was_killed_is_settled_by_the_next_run() {
    let desk = Desk::with([stalled("mine")]).await;
    kill(desk.order_under_way("mine"));
    assert_eq!(desk.listed_ids(), ["mine"]);
    let doctor = desk.run(&["doctor", "--format", "json"]).expect(0, &[]);
    let report: Value = serde_json::from_str(&doctor.stdout).expect("JSON");
    assert_eq!(report["unsettledCalls"], 1);
    let finding = report["findings"].as_array().expect("a list").iter().find(|finding| finding["check"] == "intents");
    let finding = finding.expect("it is told").to_string();
    assert!(finding.contains("1 call in") && finding.contains("papi intents settle --intents"), "{finding}");
    let settled = desk.run(&["intents", "settle", "--format", "wide"]).expect(0, &["asking what became of 1 call"]);
    assert!(settled.stdout.contains("accepted") && settled.stdout.contains("status NEW"), "{settled:?}");
    assert!(desk.listed().is_empty());
    assert_eq!(desk.sandbox.executions()["mine"], 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_second_process_is_refused_with_the_pid_and_may_read() {
    let desk = Desk::with([stalled("first")]).await;
    let owner = desk.order_under_way("first");
    let of_owner = format!("belongs to process {}", owner.id());
    finish(desk.order("second")).expect(2, &[&of_owner, "end that first"]);
    desk.run(&["intents", "settle"]).expect(2, &[&of_owner]);
    desk.run(&["intents", "forget", "1", "--yes"]).expect(2, &[&of_owner]);
    let list = desk.run(&["intents", "list"]).expect(0, &[&of_owner, "is sending at this moment"]);
    assert!(list.stdout.contains("first"), "{list:?}");
    let doctor = desk.run(&["doctor"]).expect(0, &[]).stdout;
    assert!(doctor.contains(&format!("process {}", owner.id())), "{doctor}");
    // What reads does not need the file, and neither does asking for one call.
    desk.run(&["um", "force-orders"]).expect(0, &[]);
    let settle = ["settle", "first", "POST", "um/order", "symbol=BTCUSDT", "--sent-at", "0s"];
    desk.run(&settle).expect(0, &[&of_owner, "not written down"]);
    kill(owner);
    finish(desk.order("second")).expect(0, &[]);
    assert_eq!(desk.sandbox.executions().len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn settling_one_call_by_hand_gives_its_intent_the_end() {
    let lost = Fault::new(FaultKind::Lost).method("POST");
    let desk = Desk::with([lost.clone().client_order_id("mine"), lost.client_order_id("other")]).await;
    for id in ["mine", "other"] {
        finish(desk.order(id)).expect(6, &[]);
    }
    desk.run(&["settle", "mine", "POST", "um/order", "symbol=BTCUSDT", "--sent-at", "0s"]).expect(0, &[]);
    assert_eq!(desk.listed_ids(), ["other"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_nothing_can_be_asked_about_is_listed_until_it_is_forgotten() {
    let desk = Desk::with([Fault::new(FaultKind::Lost).method("POST").always()]).await;
    let call = "GET /papi/v1/margin/marginLoan";
    desk.borrow().expect(6, &[call, "shows it if it was executed", "papi intents forget NUMBER --intents"]);
    desk.run(&["call", "POST", "um/something", "--raw"]).expect(6, &["papi intents forget NUMBER"]);
    let [loan, raw] = &desk.listed()[..] else { panic!("two") };
    assert_eq!(loan["shownBy"], call);
    assert!(raw["whyNotAsked"].as_str().expect("a reason").contains("without a type"), "{raw}");
    let table = desk.run(&["intents", "list", "--format", "wide"]).expect(0, &[]).stdout;
    assert!(table.contains(&format!("{call} shows it")) && table.contains("look at the account"), "{table}");
    let settled = desk.run(&["intents", "settle"]).expect(6, &["still unknown: 2 calls", "papi intents forget NUMBER"]);
    assert!(settled.stdout.contains(call), "{settled:?}");
    // Another key has not sent it.
    let mut other = desk.papi(&["intents", "settle", "--format", "wide"]);
    let other = finish({
        other.env("BINANCE_API_KEY", common::SOME_KEY);
        other
    });
    assert!(other.expect(6, &[]).stdout.contains("another API key"));

    let shown = ["1: POST /papi/v1/marginLoan at", "asset=USDT amount=1", call];
    desk.run(&["intents", "forget", "1"]).expect(2, &[&shown[..], &["nobody has agreed", "--yes"]].concat());
    desk.run(&["intents", "forget", "1", "7", "--yes"]).expect(2, &["no call 7 without an end", "intents list"]);
    assert_eq!(desk.listed().len(), 2);
    let mut forget = command(&["intents", "forget", "1", "1", "--yes", "--intents", &desk.file()]);
    forget.env("PAPI_BASE_URL", "http://127.0.0.1:1");
    finish(forget).expect(0, &[&shown[..], &["forgotten: 1 call"]].concat());
    assert_eq!(desk.listed().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_order_that_cannot_be_written_down_does_not_leave() {
    let desk = Desk::with([]).await;
    // No file may grow, and that is an error of writing instead of the end of the process.
    let script = "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\"";
    let order = desk.order("mine");
    let mut shell = Command::new("sh");
    shell.args(["-c", script]).arg(order.get_program()).args(order.get_args());
    for (name, value) in order.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    shell.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    finish(shell).expect(3, &["not sent: its intent cannot be written to", &desk.file(), "make room"]);
    assert_eq!(desk.sandbox.executions().len(), 0);
    let help = finish(command(&["--help"])).stdout;
    assert!(help.contains("3  not sent: no connection to the exchange, or its intent could not be written"), "{help}");
    // Where there is room again it leaves.
    finish(desk.order("mine")).expect(0, &[]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_file_that_cannot_be_used_is_told_and_nothing_leaves() {
    let desk = Desk::with([]).await;
    let notes = desk.folder.path().join("notes.txt");
    fs::write(&notes, "buy milk\n").expect("room");
    let text = |path: PathBuf| path.to_str().expect("text").to_owned();
    let missing_folder = text(desk.folder.path().join("missing/intents"));
    let folder = text(desk.folder.path().to_owned());
    let rows = [
        (text(notes.clone()), "it holds something else than intents", "it holds something else than intents"),
        (folder, "it is not a file", "it is not a file"),
        ("/dev/full".to_owned(), "it is not a file", "it is not a file"),
        (missing_folder, "its folder does not exist", "No such file"),
    ];
    for (file, of_order, of_list) in &rows {
        let mut order = desk.order("mine");
        order.args(["--intents", file]);
        finish(order).expect(2, &["the file of intents", file, of_order]);
        for line in [&["intents", "list"][..], &["intents", "settle"], &["intents", "forget", "1"]] {
            desk.run(&[line, &["--intents", file]].concat()).expect(2, &["the file of intents", file, of_list]);
        }
        let doctor = desk.run(&["doctor", "--intents", file]).expect(2, &[]).stdout;
        assert!(doctor.contains("problem  intents"), "{doctor}");
    }
    desk.run(&["intents", "list"]).expect(2, &["No such file", "the first call that acts makes it"]);
    assert!(desk.run(&["doctor"]).expect(0, &[]).stdout.contains("is not there yet"));
    assert!(!desk.path().exists(), "looking makes no file");
    let mut doctor = desk.papi(&["doctor", "--intents", "new.intents"]);
    doctor.current_dir(desk.folder.path());
    assert!(finish(doctor).expect(0, &[]).stdout.contains("the file that is named is not there yet"));
    finish(command(&["intents", "list"])).expect(2, &["no file of intents is named", "--intents FILE", "PAPI_INTENTS"]);
    assert_eq!(fs::read_to_string(notes).expect("it is left as it is"), "buy milk\n");
    assert_eq!(desk.sandbox.executions().len(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn damage_is_said_and_the_rest_is_listed_and_settled() {
    let desk = Desk::with([Fault::new(FaultKind::Lost).method("POST").path("/papi/v1/um/order").always()]).await;
    for id in ["first", "second", "third"] {
        finish(desk.order(id)).expect(6, &[]);
    }
    fs::write(desk.path(), desk.text().replace("newClientOrderId=second", "newClientOrderId=sec*nd")).expect("room");
    let said = ["1 damaged line cannot be read", "sec*nd"];
    desk.run(&["intents", "list"]).expect(0, &said);
    assert_eq!(desk.listed_ids(), ["first", "third"]);
    let doctor = desk.run(&["doctor"]).expect(0, &[]).stdout;
    let doctor = doctor.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(doctor.contains("2 calls in") && doctor.contains("1 damaged line cannot be read"), "{doctor}");
    desk.run(&["intents", "settle"]).expect(0, &said);
    desk.run(&["intents", "settle"]).expect(0, &said);
    assert!(desk.listed().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn neither_the_file_nor_what_is_printed_holds_a_secret() {
    let desk = Desk::with([Fault::new(FaultKind::Lost).method("POST").always()]).await;
    let mut printed = String::new();
    let mut add = |run: Run| printed.extend([run.stdout, run.stderr]);
    add(finish(desk.order("mine")));
    add(desk.borrow());
    add(desk.run(&["intents", "list"]));
    add(desk.run(&["doctor"]));
    add(desk.run(&["intents", "forget", "2"]));
    add(desk.run(&["intents", "settle"]));
    assert!(desk.text().contains("newClientOrderId=mine"), "the test looks at the file");
    let lock = fs::read_to_string(desk.folder.path().join("desk.intents.lock")).expect("a file");
    let all = format!("{printed}{}{lock}", desk.text());
    let requests = desk.sandbox.requests();
    let signatures = requests.seen().filter_map(|seen| seen.query().split_once("signature=").map(|(_, rest)| rest));
    let signatures: Vec<_> = signatures.filter(|signature| !signature.is_empty()).collect();
    assert!(signatures.len() >= 2, "calls were signed");
    for secret in [DEMO_KEY, DEMO_SECRET, "signature="].into_iter().chain(signatures) {
        assert!(!all.contains(secret), "{all}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_profile_names_the_file_and_the_sandbox_leaves_it_alone() {
    let desk = Desk::with([Fault::new(FaultKind::Lost).method("POST")]).await;
    let config = desk.folder.path().join("config.toml");
    let base_url = desk.sandbox.base_url();
    fs::write(&config, format!("[profile.main]\nbase_url = \"{base_url}\"\nintents = \"desk.intents\"\n"))
        .expect("room");
    let of_profile = |mut order: Command, more: &[&str]| {
        order.env_remove("PAPI_INTENTS").env_remove("PAPI_BASE_URL").env("PAPI_CONFIG", &config);
        order.args(["--profile", "main"]).args(more);
        finish(order)
    };
    of_profile(desk.order("demo"), &["--sandbox"]).expect(0, &[]);
    assert!(!desk.path().exists(), "the demo account has no part in it");
    of_profile(desk.order("mine"), &[]).expect(6, &["its intent stands in", "--profile main"]);
    assert_eq!(desk.listed_ids(), ["mine"]);
    of_profile(desk.papi(&["intents", "settle"]), &[]).expect(0, &[]);
    assert!(desk.listed().is_empty());
    // With a file of its own it is tried out.
    let demo = desk.folder.path().join("demo.intents");
    of_profile(desk.order("demo"), &["--sandbox", "--intents", demo.to_str().expect("text")]).expect(0, &[]);
    assert!(fs::read_to_string(demo).expect("a file").contains("newClientOrderId=demo"));
}
