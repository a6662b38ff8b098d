//! A call that acts is written down before it leaves: whenever the process ends, the next one knows of each order, and finds
//! out what became of it.

use crate::secrets::assert_nothing_secret;
use binance_papi::intents::{self, Finding, IntentEnd, SettledIntent, WhyNotAsked};
use binance_papi::{
    Call, Client, ClientBuilder, Credentials, Effect, ErrorKind, Method, Notice, Patience, Price, Quantity, RawCall,
    Settlement, Side, TimeInForce, margin, um,
};
use papi_sandbox::{Acts, DEMO_KEY, DEMO_SECRET, Fault, FaultKind, Sandbox};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::TcpListener;

/// A sandbox on this machine's clock, and a place for a file.
struct Desk {
    sandbox: Sandbox,
    folder: tempfile::TempDir,
}

impl Desk {
    async fn with(faults: impl IntoIterator<Item = Fault>) -> Self {
        let sandbox = Sandbox::builder().faults(faults).start().await.expect("a free port");
        Self { sandbox, folder: tempfile::tempdir().expect("a folder") }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("intents")
    }

    fn builder(&self) -> ClientBuilder {
        builder(self.sandbox.base_url(), &self.path())
    }

    fn client(&self) -> Client {
        self.builder().build().expect("a client")
    }

    fn text(&self) -> String {
        std::fs::read_to_string(self.path()).expect("a file")
    }
}

fn builder(base_url: &str, path: &Path) -> ClientBuilder {
    let call = Call {
        recv_window: Duration::from_millis(300),
        attempt_timeout: Duration::from_secs(2),
        deadline: Duration::from_secs(20),
        ..Call::default()
    };
    let credentials = Credentials::new(DEMO_KEY, DEMO_SECRET).expect("plain text");
    Client::builder().base_url(base_url).credentials(credentials).defaults(call).trust_clock().intents(path)
}

fn patience() -> Patience {
    Patience { margin: Duration::from_millis(200), pause: Duration::from_millis(20), ..Patience::default() }
}

fn order(id: &str) -> um::NewOrder {
    let quantity: Quantity = "0.01".parse().expect("a decimal");
    let price: Price = "1000".parse().expect("a decimal");
    um::NewOrder::limit("BTCUSDT", Side::Buy, quantity, price, TimeInForce::Gtc).new_client_order_id(id)
}

fn borrow() -> margin::Borrow {
    margin::Borrow::new("USDT", "1".parse::<Quantity>().expect("a decimal"))
}

fn ids(client: &Client) -> Vec<String> {
    let unsettled = client.unsettled();
    unsettled.iter().map(|intent| intent.client_order_id().expect("an order").to_string()).collect()
}

fn settlements(settled: &[SettledIntent]) -> Vec<&str> {
    let name = |settled: &SettledIntent| match &settled.end {
        IntentEnd::Settled(Settlement::Accepted(_)) => "accepted",
        IntentEnd::Settled(Settlement::Absent) => "absent",
        _ => "other",
    };
    settled.iter().map(name).collect()
}

#[tokio::test]
async fn what_the_last_process_did_not_hear_of_is_settled_by_the_next() {
    let lost = |id, acts| Fault::new(FaultKind::ResetAfterRead).method("POST").client_order_id(id).acts(acts);
    let desk = Desk::with([lost("executed", Acts::Before), lost("lost", Acts::Never)]).await;
    let client = desk.client();
    for id in ["executed", "answered", "lost"] {
        let result = client.send(&order(id)).await;
        assert_eq!(result.is_err_and(|error| error.is_unknown()), id != "answered");
    }
    assert_eq!(ids(&client), ["executed", "lost"]);
    drop(client);

    let client = desk.client();
    assert_eq!(ids(&client), ["executed", "lost"]);
    assert_eq!(ids(&client.with(Call::default())), ["executed", "lost"], "clones share them");
    let settled = client.settle_all(patience()).await.expect("the exchange answers");
    assert_eq!(settlements(&settled), ["accepted", "absent"]);
    assert_eq!((ids(&client).len(), client.settle_all(patience()).await.expect("nothing to ask").len()), (0, 0));
    drop(client);

    assert_eq!(ids(&desk.client()).len(), 0);
    assert_eq!(intents::read(desk.path()).expect("a file").intents.len(), 0);
    assert_eq!(desk.sandbox.executions().len(), 2);
}

#[tokio::test]
async fn the_intent_is_in_the_file_when_the_request_arrives() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("intents");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let client =
        builder(&format!("http://{}", listener.local_addr().expect("bound")), &path).build().expect("a client");
    let sending = tokio::spawn({
        let client = client.clone();
        async move { client.send(&order("mine")).await }
    });
    let (_socket, _) = listener.accept().await.expect("a connection");
    let listed = intents::read(&path).expect("reading needs no owner").intents;
    let [intent] = &listed[..] else { panic!("{listed:?}") };
    assert_eq!((intent.number(), intent.call().as_str()), (1, "POST /papi/v1/um/order"));
    assert_eq!(intent.client_order_id().expect("an order"), "mine");
    assert_eq!((intent.sent_at().len(), intent.recv_window()), (1, Duration::from_millis(300)));
    assert!(client.unsettled().is_empty(), "it is being sent");
    sending.abort();
    assert!(sending.await.is_err());
    assert_eq!(ids(&client), ["mine"], "nobody sends it any more");
}

#[tokio::test]
async fn each_attempt_is_written_down_and_the_last_one_counts() {
    let refused = Fault::new(FaultKind::OutsideRecvWindow).method("POST");
    let lost = Fault::new(FaultKind::Lost).method("POST");
    let desk = Desk::with([refused, lost]).await;
    let sandbox = &desk.sandbox;
    let client = desk.builder().time_url(format!("{}/fapi/v1/time", sandbox.base_url())).build().expect("a client");
    let error = client.send(&order("mine")).await.expect_err("the second answer is lost");
    let pending = error.pending().expect("an order can be settled");
    let unsettled = client.unsettled();
    let [intent] = &unsettled[..] else { panic!("{unsettled:?}") };
    assert_eq!((error.attempts(), intent.sent_at().len()), (2, 2));
    assert_eq!(intent.sent_at().last(), Some(&pending.sent_at()));
    let requests = sandbox.requests();
    let sent = requests.seen().filter(|seen| seen.query().contains("newClientOrderId=mine"));
    for (seen, stamp) in sent.zip(intent.sent_at()) {
        assert!(seen.query().contains(&format!("timestamp={}&", stamp.as_millis())), "{stamp}");
    }
    // What is asked for by the error's own account of it is the same call.
    assert!(matches!(client.settle(pending, patience()).await, Ok(Settlement::Accepted(_))));
    assert!(client.unsettled().is_empty());
}

#[tokio::test]
async fn every_answer_that_tells_what_became_of_a_call_ends_its_intent() {
    let desk = Desk::with([]).await;
    let client = desk.client();
    client.send(&order("one")).await.expect("an order");
    assert!(client.send(&order("one")).await.expect_err("the id is taken").is_rejected());
    desk.sandbox.inject(Fault::new(FaultKind::BadJson).method("POST").acts(Acts::Before));
    assert!(client.send(&order("two")).await.expect_err("half of the reply").is_unknown());
    desk.sandbox.inject(Fault::new(FaultKind::TooManyRequests429).method("POST"));
    assert!(client.send(&order("three")).await.expect_err("too much").is_throttled());
    assert!(client.send(&order("four")).await.expect_err("still closed").is_throttled());
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    desk.sandbox.inject(Fault::new(FaultKind::Refuse));
    let impatient = client.with(Call { attempts: 1, ..Call::default() });
    assert!(impatient.send(&order("five")).await.expect_err("no connection").is_not_sent());
    assert_eq!(ids(&client), ["two"]);
    let ends: Vec<_> =
        journal(&desk.text()).into_iter().map(|(id, ends)| format!("{id}: {}", ends.join(", "))).collect();
    // The fourth had no budget, so it was not going to leave.
    assert_eq!(ends, ["five: not_sent", "one: accepted, refused", "three: refused", "two: "]);
}

#[tokio::test]
async fn reads_are_not_written_down_and_calls_that_may_be_repeated_only_on_request() {
    let desk = Desk::with([]).await;
    let client = desk.client();
    client.send(&um::ForceOrders::new()).await.expect("rows");
    client.send(&um::CancelAllOrders::new("BTCUSDT")).await.expect("nothing to cancel");
    assert_eq!(desk.text(), "", "nothing is written before something has to be");
    drop(client);
    let client = desk.builder().intents_of_idempotent_calls().build().expect("a client");
    client.send(&um::ForceOrders::new()).await.expect("rows");
    client.send(&um::CancelAllOrders::new("BTCUSDT")).await.expect("nothing to cancel");
    assert_eq!(desk.text().matches("\"DELETE\"").count(), 1);
    assert!(!desk.text().contains("\"GET\""));
}

#[tokio::test]
async fn what_nothing_can_be_asked_about_is_listed_and_not_settled() {
    let desk = Desk::with([Fault::new(FaultKind::Html502).always()]).await;
    let client = desk.client();
    assert!(client.send(&borrow()).await.expect_err("no answer").is_unknown());
    let raw = RawCall::new(Method::Post, "/papi/v1/um/order").param("newClientOrderId", "raw").effect(Effect::Once);
    assert!(client.send_raw(&raw).await.expect_err("no answer").is_unknown());
    drop(client);
    let client = desk.client();
    let before = desk.sandbox.requests().total();
    let settled = client.settle_all(patience()).await.expect("nothing is asked");
    let why = |settled: &SettledIntent| match settled.end {
        IntentEnd::NotAsked(why) => Some((why, settled.intent.shown_by())),
        _ => None,
    };
    let loans = Some("GET /papi/v1/margin/marginLoan".to_owned());
    assert_eq!(
        settled.iter().filter_map(why).collect::<Vec<_>>(),
        [(WhyNotAsked::NothingAnswers, loans), (WhyNotAsked::NoType, None)]
    );
    assert_eq!(desk.sandbox.requests().total(), before);
    assert_eq!(client.unsettled().len(), 2);
    // Somebody has looked at the account.
    for intent in client.unsettled() {
        client.forget(&intent).await.expect("room");
        assert!(client.forget(&intent).await.expect_err("it is forgotten").is_invalid());
    }
    drop(client);
    assert!(desk.client().unsettled().is_empty());
    assert_eq!(desk.text().matches("\"forgotten\"").count(), 2);
}

#[tokio::test]
async fn intents_of_another_key_are_listed_and_not_asked_for() {
    let desk = Desk::with([Fault::new(FaultKind::Lost).method("POST")]).await;
    desk.client().send(&order("mine")).await.expect_err("the answer is lost");
    let other = Credentials::new("B".repeat(64), DEMO_SECRET).expect("plain text");
    let client = desk.builder().credentials(other.clone()).build().expect("a client");
    let before = desk.sandbox.requests().total();
    let settled = client.settle_all(patience()).await.expect("nothing is asked");
    assert!(matches!(settled[..], [SettledIntent { end: IntentEnd::NotAsked(WhyNotAsked::OtherAccount), .. }]));
    assert!(!settled[0].intent.is_of(&other));
    assert_eq!((client.unsettled().len(), desk.sandbox.requests().total()), (1, before));
    drop(client);
    let client = desk.client();
    assert_eq!(settlements(&client.settle_all(patience()).await.expect("an answer")), ["accepted"]);
}

#[tokio::test]
async fn a_client_without_intents_has_none() {
    let desk = Desk::with([]).await;
    let client = Client::builder().base_url(desk.sandbox.base_url()).build().expect("a client");
    assert!(client.unsettled().is_empty());
    let error = client.settle_all(patience()).await.expect_err("no file");
    assert!(error.is_invalid() && error.to_string().contains("ClientBuilder::intents"), "{error}");
}

#[tokio::test]
async fn a_file_that_cannot_be_used_is_an_error_when_the_client_is_built() {
    let desk = Desk::with([]).await;
    let other = desk.folder.path().join("notes.txt");
    std::fs::write(&other, "buy milk\n").expect("room");
    let _owner = desk.client();
    let missing = desk.folder.path().join("missing/intents");
    let reasons = [
        (desk.path(), format!("it belongs to another client of this process ({})", std::process::id())),
        (other, "it holds something else than intents".to_owned()),
        (desk.folder.path().to_owned(), "it is not a file".to_owned()),
        (missing, "its folder does not exist".to_owned()),
    ];
    for (path, reason) in reasons {
        let error = builder(desk.sandbox.base_url(), &path).build().expect_err("no file of intents");
        assert_eq!(error.kind(), ErrorKind::Invalid);
        let text = error.to_string();
        assert!(text.contains("the file of intents") && text.contains(&reason), "{text}");
    }
}

#[tokio::test]
async fn a_torn_end_and_damage_are_said_and_cost_nothing_else() {
    let desk = Desk::with([Fault::new(FaultKind::Lost).method("POST").times(3)]).await;
    let client = desk.client();
    for id in ["first", "second", "third"] {
        client.send(&order(id)).await.expect_err("the answer is lost");
    }
    drop(client);
    let damaged = desk.text().replace("newClientOrderId=second", "newClientOrderId=sec*nd");
    std::fs::write(desk.path(), format!("{damaged}{}", &damaged[..50])).expect("room");
    let notices = Arc::new(Mutex::new(Vec::new()));
    let told = notices.clone();
    let tell = move |notice: &Notice| told.lock().unwrap_or_else(PoisonError::into_inner).push(notice.clone());
    let client = desk.builder().on_notice(tell).build().expect("a client");
    let findings: Vec<_> = notices
        .lock()
        .expect("no panic")
        .iter()
        .map(|notice| match notice {
            Notice::Intents { finding, .. } => {
                assert!(notice.to_string().contains(&finding.to_string()));
                finding.clone()
            }
            other => panic!("{other}"),
        })
        .collect();
    assert!(
        matches!(&findings[..], [Finding::TornTail { .. }, Finding::Damaged { lines: 1, text }] if text.contains("sec*nd")),
        "{findings:?}"
    );
    assert_eq!(settlements(&client.settle_all(patience()).await.expect("answers")), ["accepted", "accepted"]);
    assert!(desk.text().starts_with(&damaged), "what is damaged stays");
}

#[tokio::test]
async fn nothing_secret_is_in_the_file_or_in_what_is_listed() {
    let desk = Desk::with([Fault::new(FaultKind::Lost).method("POST").always()]).await;
    let client = desk.client();
    client.send(&order("mine")).await.expect_err("the answer is lost");
    client.send(&borrow()).await.expect_err("the answer is lost");
    let shown = format!("{:?}{:#?}{client:?}{:?}", client.unsettled(), intents::read(desk.path()), desk.builder());
    let settled = client.settle_all(patience()).await.expect("answers");
    assert_nothing_secret(&format!("{shown}{settled:?}"), &desk.sandbox);
    let lock = std::fs::read_to_string(desk.folder.path().join("intents.lock")).expect("a file");
    assert_nothing_secret(&format!("{}{lock}", desk.text()), &desk.sandbox);
    assert!(desk.text().contains("newClientOrderId=mine"), "the test looks at the file");
    let secret = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ab";
    let error = desk.builder().intents(secret).build().expect_err("no path");
    assert!(!format!("{error}{error:?}").contains(secret), "{error}");
}

/// The ends of each client order id, as they stand in a file. Read without the library, line by line.
fn journal(text: &str) -> BTreeMap<String, Vec<String>> {
    let (mut ends, mut ids) = (BTreeMap::<String, Vec<String>>::new(), BTreeMap::new());
    for line in text.lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let record = &line["record"];
        if let Some(query) = record["intent"]["query"].as_str() {
            let id = query.rsplit_once("newClientOrderId=").expect("an order").1.to_owned();
            ends.entry(id.clone()).or_default();
            ids.insert(record["intent"]["number"].as_u64(), id);
        }
        if let Some(how) = record["end"]["how"].as_str() {
            let id = &ids[&record["end"]["number"].as_u64()];
            ends.entry(id.clone()).or_default().push(how.to_owned());
        }
    }
    ends
}

fn sender(base_url: &str, folder: &Path, first: u64, last: u64) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sends_durable_orders"));
    command.arg(base_url).arg(folder).arg(first.to_string()).arg(last.to_string());
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_process_is_refused_and_told_whose_the_file_is() {
    let desk = Desk::with([]).await;
    let _owner = desk.client();
    let refused = run(sender(desk.sandbox.base_url(), desk.folder.path(), 1, 1)).await;
    let text = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(text.contains(&format!("it belongs to process {}", std::process::id())), "{text}");
    assert_eq!(desk.sandbox.requests().total(), 0);
}

/// A disk that takes nothing more, for this process: what is there can be listed and asked for, and nothing is sent.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn on_a_full_disk_what_is_there_is_settled_and_nothing_leaves() {
    let desk = Desk::with([Fault::new(FaultKind::Lost).method("POST").client_order_id("mine")]).await;
    desk.client().send(&order("mine")).await.expect_err("the answer is lost");
    let (base_url, folder) = (desk.sandbox.base_url(), desk.folder.path());
    std::os::unix::fs::symlink("/dev/null", folder.join("started")).expect("a link");
    let mut full = Command::new("sh");
    // No file may grow, and that is an error of writing instead of the end of the process.
    full.args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\""]);
    let program = env!("CARGO_BIN_EXE_sends_durable_orders");
    full.args([program, base_url, &folder.display().to_string(), "0", "0"]);
    let output = run(full).await;
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{text}");
    assert!(text.contains("not sent: its intent cannot be written to"), "{text}");
    let requests = desk.sandbox.requests();
    assert!(requests.seen().any(|seen| seen.query().contains("origClientOrderId=mine")), "it was asked for");
    let executions = desk.sandbox.executions();
    assert_eq!(executions.into_keys().collect::<Vec<_>>(), ["mine"]);
}

async fn run(mut command: Command) -> Output {
    tokio::task::spawn_blocking(move || command.output().expect("it starts")).await.expect("no panic")
}

/// The number of deaths, and of orders, of each row of processes; there are [`ROWS`] rows at the same time.
const KILLS: u64 = 25;
const ORDERS: u64 = 125;
const ROWS: u64 = 8;

/// What can go wrong with an order or with asking for it.
fn weather() -> Vec<Fault> {
    use FaultKind as K;
    let kinds = [
        K::ResetBeforeRead,
        K::ResetAfterRead,
        K::Lost,
        K::CutBody,
        K::BadJson,
        K::Html502,
        K::UnknownError503,
        K::Unavailable503,
        K::Timeout408,
        K::OutsideRecvWindow,
        K::LateReveal,
        K::StallBeforeHeaders,
    ];
    let faults = kinds.into_iter().flat_map(|kind| {
        let fault =
            Fault::new(kind).percent(3).holding(Duration::from_secs(2)).reveal_after(Duration::from_millis(100));
        let proves = [K::Unavailable503, K::OutsideRecvWindow, K::ResetBeforeRead].contains(&kind);
        match kind {
            K::LateReveal | K::Lost => vec![fault.method("POST")],
            K::StallBeforeHeaders => vec![fault.percent(1).method("POST").acts(Acts::Before)],
            _ if proves => vec![fault.acts(Acts::Never)],
            _ => vec![fault.clone().acts(Acts::Never), fault.method("POST").acts(Acts::Before)],
        }
    });
    faults.collect()
}

/// A process that is gone when this is dropped.
struct Life(Child);

impl Life {
    fn kill(&mut self) {
        // SIGKILL where there are signals.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Life {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The first order of a row that no process has begun with.
fn next_order(folder: &Path, first: u64) -> u64 {
    let text = std::fs::read_to_string(folder.join("started")).unwrap_or_default();
    text.lines().filter_map(|line| line.parse().ok()).max().map_or(first, |last: u64| last + 1)
}

/// Numbers without order that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// Starts a process again and again and kills it in the middle of its orders; then lets one come to its end.
async fn lives(base_url: String, folder: PathBuf, row: u64) -> u64 {
    let (first, last) = (row * ORDERS, (row + 1) * ORDERS - 1);
    let (mut dice, mut next, mut kills) = (Dice(row), first, 0);
    while kills < KILLS {
        let mut process = sender(&base_url, &folder, next, last);
        let mut life = Life(process.stderr(Stdio::null()).spawn().expect("it starts"));
        // It is killed after about its part of the orders, in some moment of the next one; now and then while it only asks.
        let due = next + dice.below((last + 1 - next).div_ceil(KILLS - kills) + 1);
        let mut patience = 1_000;
        while next_order(&folder, first) < due && patience > 0 {
            tokio::time::sleep(Duration::from_millis(3)).await;
            patience -= 1;
        }
        let further = if dice.below(8) == 0 { dice.below(600) } else { dice.below(30) };
        tokio::time::sleep(Duration::from_millis(further)).await;
        life.kill();
        kills += 1;
        next = next_order(&folder, first);
    }
    let output = run(sender(&base_url, &folder, next, last)).await;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    kills
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_deaths_among_a_thousand_orders_leave_none_unknown() {
    let limits = papi_sandbox::Limits { weight: 100_000_000, orders: 100_000_000, ..papi_sandbox::Limits::default() };
    let sandbox = Sandbox::builder().limits(limits).faults(weather()).start().await.expect("a free port");
    let folder = tempfile::tempdir().expect("a folder");
    let rows: Vec<_> = (0..ROWS)
        .map(|row| {
            let own = folder.path().join(row.to_string());
            std::fs::create_dir(&own).expect("room");
            (own.clone(), tokio::spawn(lives(sandbox.base_url().to_owned(), own, row)))
        })
        .collect();
    let (mut kills, mut counts, mut known) = (0, BTreeMap::<String, u64>::new(), BTreeMap::new());
    for (own, row) in rows {
        kills += row.await.expect("no panic");
        known.extend(journal(&std::fs::read_to_string(own.join("intents")).expect("a file")));
        assert!(intents::read(own.join("intents")).expect("a file").intents.is_empty());
    }
    let executions = sandbox.executions();
    for number in 0..ROWS * ORDERS {
        let id = format!("order-{number}");
        let executed = executions.get(&id).copied().unwrap_or(0);
        assert!(executed <= 1, "{id} was executed {executed} times");
        // Without an intent it did not leave.
        let end = match known.get(&id).map(Vec::as_slice) {
            None => "no intent",
            Some([end]) => end,
            Some(ends) => panic!("{id} has the ends {ends:?}"),
        };
        let is_accepted = ["accepted", "settled_accepted"].contains(&end);
        assert_eq!(executed == 1, is_accepted, "{id} was executed {executed} times and its end is {end}");
        *counts.entry(end.to_owned()).or_default() += 1;
    }
    println!("{kills} deaths: {counts:?}");
    assert_eq!(kills, ROWS * KILLS);
    // The deaths are worth something only if all of it happens.
    for end in ["accepted", "settled_accepted", "settled_absent"] {
        assert!(counts.get(end).is_some_and(|count| *count > 50), "{counts:?}");
    }
}
