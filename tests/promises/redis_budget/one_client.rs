//! What a client promises about a ledger on Redis, one situation after the other. Only acts are sent: a ledger that is new
//! leaves them the order share.

use super::server::{Keeps, Server};
use binance_papi::{
    Call, Client, ClientBuilder, Credentials, Error, LedgerStatus, LedgerStore, Limits, Notice, Quantity, Side, market,
    um,
};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET, Fault, FaultKind, Sandbox};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// Acts may use ten of it.
const LIMITS: Limits = Limits { weight: 110, orders: 80, window: Duration::from_secs(60), order_share: Some(10) };

/// What a client has told so far.
#[derive(Clone, Default)]
struct Notices(Arc<Mutex<Vec<Notice>>>);

impl Notices {
    fn count(&self, is_wanted: impl Fn(&Notice) -> bool) -> usize {
        self.0.lock().expect("not poisoned").iter().filter(|notice| is_wanted(notice)).count()
    }

    /// Waits until one is told.
    async fn hear(&self, is_wanted: impl Fn(&Notice) -> bool) {
        until("a notice", || self.count(&is_wanted) > 0).await;
    }
}

async fn until(what: &str, is_so: impl Fn() -> bool) {
    let patience = Instant::now() + Duration::from_secs(20);
    while !is_so() {
        assert!(Instant::now() < patience, "waited in vain for {what}");
        sleep(Duration::from_millis(10)).await;
    }
}

struct Desk {
    server: Server,
    sandbox: Sandbox,
}

impl Desk {
    async fn start(keeps: Keeps) -> Option<Self> {
        let server = Server::start(keeps)?;
        Some(Self { server, sandbox: Sandbox::builder().start().await.expect("a free port") })
    }

    fn builder(&self, store: &LedgerStore, limits: Limits) -> (ClientBuilder, Notices) {
        let notices = Notices::default();
        let told = notices.clone();
        let call = Call { deadline: Duration::from_secs(1), attempts: 1, ..Call::default() };
        let builder = Client::builder().base_url(self.sandbox.base_url()).trust_clock().limits(limits).defaults(call);
        let credentials = Credentials::new(DEMO_KEY, DEMO_SECRET).expect("plain text");
        let builder = builder.credentials(credentials).shared_ledger(store.clone());
        (builder.on_notice(move |notice| told.0.lock().expect("not poisoned").push(notice.clone())), notices)
    }

    fn client(&self, exit: &str, host: &str, limits: Limits) -> (Client, Notices) {
        let store = LedgerStore::redis(&self.server.url(exit, host)).expect("an address");
        let (builder, notices) = self.builder(&store, limits);
        (builder.build().expect("a client"), notices)
    }
}

async fn order(client: &Client) -> Result<(), Error> {
    client
        .send(&um::NewOrder::market("BTCUSDT", Side::Buy, "0.01".parse::<Quantity>().expect("a number")))
        .await
        .map(drop)
}

async fn status(client: &Client) -> LedgerStatus {
    client.ledger_status().await.expect("it answers").expect("it is on a server")
}

/// Sends orders until there is no room, and returns how many went.
async fn orders_until_refused(client: &Client) -> u32 {
    for sent in 0..200 {
        if let Err(error) = order(client).await {
            assert!(error.is_throttled() && error.attempts() == 0, "{error}");
            return sent;
        }
    }
    200
}

fn is_away(notice: &Notice) -> bool {
    matches!(notice, Notice::LedgerAway { .. })
}

#[tokio::test]
async fn hosts_of_one_exit_share_weight_and_those_of_another_do_not() {
    let Some(desk) = Desk::start(Keeps::Nothing).await else { return };
    let ((here, _), (there, _)) = (desk.client("nat", "a", LIMITS), desk.client("nat", "b", LIMITS));
    order(&here).await.expect("one of ten");
    assert_eq!(orders_until_refused(&there).await, 9, "the order share is shared");
    assert!(order(&here).await.expect_err("none is left").is_throttled());
    let (elsewhere, _) = desk.client("other-nat", "c", LIMITS);
    assert_eq!(orders_until_refused(&elsewhere).await, 10);
    let LedgerStatus { exit, weight, .. } = status(&here).await;
    let weight = weight.expect("it is used");
    assert_eq!((&*exit, weight.used, weight.reads, weight.leases), ("nat", 110, 100, 0));
    assert_eq!(weight.hosts, ["a", "b"]);
}

#[tokio::test]
async fn orders_are_those_of_an_account_whatever_its_exits() {
    let Some(desk) = Desk::start(Keeps::Nothing).await else { return };
    let limits = Limits { orders: 3, ..LIMITS };
    let ((here, _), (there, _)) = (desk.client("nat", "a", limits), desk.client("other-nat", "b", limits));
    order(&here).await.expect("one of three");
    assert_eq!(orders_until_refused(&there).await, 2);
    let orders = status(&here).await.orders.expect("some were sent");
    assert_eq!((orders.used, orders.hosts), (3, vec!["a".to_owned(), "b".to_owned()]));
    let store = LedgerStore::redis(&desk.server.url("nat", "a")).expect("an address");
    let other = Credentials::new("A".repeat(64), DEMO_SECRET).expect("plain text");
    let (builder, _) = desk.builder(&store, limits);
    let error = order(&builder.credentials(other).build().expect("a client"))
        .await
        .expect_err("the exchange knows no such key");
    assert_eq!(error.attempts(), 1, "another account has orders of its own: {error}");
    assert!(!desk.server.command("KEYS *").contains(DEMO_KEY));
}

#[tokio::test]
async fn a_ledger_that_is_new_or_was_emptied_lets_reads_wait_and_orders_go() {
    let Some(desk) = Desk::start(Keeps::Nothing).await else { return };
    let (client, notices) = desk.client("nat", "a", LIMITS);
    for emptied in 0..2 {
        let error = client.send(&market::Ping::new()).await.expect_err("reads have used all that they may");
        assert!(error.is_throttled() && error.attempts() == 0, "{error}");
        order(&client).await.expect("the order share");
        assert_eq!(notices.count(|notice| matches!(notice, Notice::LedgerInDoubt { .. })), emptied + 1);
        assert_eq!(desk.server.command("FLUSHALL"), "+OK");
    }
    assert_eq!(notices.count(is_away), 0);
}

#[tokio::test]
async fn a_password_is_asked_for_and_never_printed() {
    let Some(desk) = Desk::start(Keeps::Nothing).await else { return };
    assert_eq!(desk.server.command("CONFIG SET requirepass hunter2"), "+OK");
    let url = desk.server.url("nat", "a");
    let with_password = |password: &str| LedgerStore::redis(&url.replace("redis://", &format!("redis://:{password}@")));
    let right = with_password("hunter2").expect("an address");
    let mut printed = format!("{right:?}");
    for store in
        [LedgerStore::redis(&url), with_password("hunter2x"), LedgerStore::redis_with_password(&url, "xhunter2")]
    {
        let (builder, _) = desk.builder(&store.expect("an address"), LIMITS);
        let error = builder.build().expect_err("another password");
        printed += &format!("{error} {error:?} {:?}", std::error::Error::source(&error).map(ToString::to_string));
        assert!(error.is_invalid() && printed.contains("password") && printed.contains("127.0.0.1"), "{error}");
    }
    for store in [right, LedgerStore::redis_with_password(&url, "hunter2").expect("an address")] {
        let (builder, notices) = desk.builder(&store, LIMITS);
        let client = builder.build().expect("the right password");
        order(&client).await.expect("an order");
        printed += &format!("{client:?} {:?}", notices.0.lock().expect("not poisoned"));
        printed += &format!("{:?}", status(&client).await);
    }
    assert!(!printed.contains("hunter2"), "{printed}");
}

#[tokio::test]
async fn what_is_no_ledger_is_left_as_it_is() {
    let Some(desk) = Desk::start(Keeps::Nothing).await else { return };
    let store = LedgerStore::redis(&desk.server.url("nat", "a")).expect("an address");
    let (builder, notices) = desk.builder(&store, LIMITS);
    let client = builder.clone().build().expect("there is room");
    for (command, kind) in [("LPUSH papi:{budget}:exit:nat x", "+list"), ("SET papi:{budget}:exit:nat x", "+string")] {
        desk.server.command("FLUSHALL");
        desk.server.command(command);
        let error = builder.clone().build().expect_err("no ledger");
        assert!(error.is_invalid() && error.to_string().contains("holds something else"), "{error}");
        order(&client).await.expect("it goes on alone");
        assert_eq!(desk.server.command("TYPE papi:{budget}:exit:nat"), kind);
    }
    assert_eq!(notices.count(is_away), 1);
}

#[tokio::test]
async fn away_from_its_server_a_client_keeps_to_its_share_and_comes_back() {
    let Some(mut desk) = Desk::start(Keeps::Nothing).await else { return };
    // Shares of one client of two hosts: half of 80 orders, which is 40.
    let limits = Limits { weight: 1_000, order_share: Some(900), ..LIMITS };
    let ((client, notices), (other, _)) = (desk.client("nat", "a", limits), desk.client("nat", "b", limits));
    order(&other).await.expect("an order");
    order(&client).await.expect("an order");
    desk.server.kill();
    assert_eq!(orders_until_refused(&client).await, 39, "forty with the one that was sent before");
    let told = |notice: &Notice| matches!(notice, Notice::LedgerAway { part: 2, .. });
    assert_eq!((notices.count(told), notices.count(is_away)), (1, 1));
    let cancel = um::CancelOrder::new("BTCUSDT").order_id(1);
    for _ in 0..100 {
        let error = client.send(&cancel).await.expect_err("there is no such order");
        assert_eq!(error.attempts(), 1, "a cancel passes: {error}");
    }
    assert!(
        Client::builder()
            .shared_ledger(LedgerStore::redis(&desk.server.url("nat", "a")).expect("an address"))
            .build()
            .is_err()
    );
    desk.server.revive();
    notices.hear(|notice| matches!(notice, Notice::LedgerBack { .. })).await;
    let (orders, weight) = (status(&client).await.orders.expect("told"), status(&client).await.weight.expect("told"));
    assert_eq!((orders.used, weight.used - weight.reads), (39, 139), "what was sent while it was away");
    order(&other).await.expect("the other one finds it by itself");
}

#[tokio::test]
async fn a_client_that_never_learned_of_others_takes_an_eighth() {
    let Some(mut desk) = Desk::start(Keeps::Nothing).await else { return };
    let limits = Limits { weight: 1_000, order_share: Some(900), ..LIMITS };
    let (client, notices) = desk.client("nat", "a", limits);
    desk.server.kill();
    assert_eq!(orders_until_refused(&client).await, 10, "an eighth of 80");
    assert_eq!(notices.count(|notice| matches!(notice, Notice::LedgerAway { part: 8, .. })), 1);
}

#[tokio::test]
async fn an_exchange_that_is_closed_to_one_is_closed_to_all_of_its_exit() {
    let Some(desk) = Desk::start(Keeps::Nothing).await else { return };
    let ((here, _), (there, _)) = (desk.client("nat", "a", LIMITS), desk.client("nat", "b", LIMITS));
    desk.sandbox.inject(Fault::new(FaultKind::TooManyRequests429).retry_after(100));
    assert_eq!(order(&here).await.expect_err("too much").status(), Some(429));
    for client in [&there, &here] {
        let error = order(client).await.expect_err("closed");
        assert!(error.is_throttled() && error.attempts() == 0, "{error}");
    }
    let left = status(&there).await.closed_for;
    assert!(left > Duration::from_secs(60) && left <= Duration::from_secs(100), "{left:?}");
    let (elsewhere, _) = desk.client("other-nat", "c", LIMITS);
    order(&elsewhere).await.expect("it is open to another address");
    assert_eq!(desk.server.command("FLUSHALL"), "+OK");
    assert!(order(&here).await.expect_err("who was told still knows").attempts() == 0);
}

#[tokio::test]
async fn what_something_else_uses_at_the_address_is_told() {
    let Some(desk) = Desk::start(Keeps::Nothing).await else { return };
    let (client, notices) = desk.client("nat", "a", LIMITS);
    order(&client).await.expect("an order");
    let alone = Client::builder().base_url(desk.sandbox.base_url()).trust_clock();
    let credentials = Credentials::new(DEMO_KEY, DEMO_SECRET).expect("plain text");
    let alone = alone.credentials(credentials).build().expect("a client");
    for _ in 0..3 {
        alone.send(&um::ForceOrders::new()).await.expect("50 of weight");
    }
    assert_eq!(notices.count(|notice| matches!(notice, Notice::UsedByOthers { .. })), 0);
    order(&client).await.expect("an order");
    // 152 were counted, and 102 are known: 100 of doubt and two orders.
    notices.hear(|notice| matches!(notice, Notice::UsedByOthers { weight: 50, .. })).await;
}

#[tokio::test]
async fn without_an_exit_weight_is_not_shared_and_that_is_said() {
    let Some(desk) = Desk::start(Keeps::Nothing).await else { return };
    let url = desk.server.url("nat", "own-host").replace("exit=nat&", "");
    let (builder, notices) = desk.builder(&LedgerStore::redis(&url).expect("an address"), LIMITS);
    let client = builder.build().expect("a client");
    assert_eq!(notices.count(|notice| matches!(notice, Notice::WeightNotShared { host } if host == "own-host")), 1);
    let status = status(&client).await;
    assert!(status.is_exit_of_this_host && status.exit == "own-host", "{status:?}");
    assert!(status.version.starts_with("Redis ") || status.version.starts_with("Valkey "), "{status:?}");
}

#[tokio::test]
async fn a_call_is_two_commands_and_scripts_are_loaded_again_when_they_are_gone() {
    let Some(desk) = Desk::start(Keeps::Nothing).await else { return };
    let (client, notices) = desk.client("nat", "a", LIMITS);
    order(&client).await.expect("an order");
    let calls = |name: &str| desk.server.number("INFO commandstats", &format!("cmdstat_{name}:calls="));
    until("the first call to be told", || calls("evalsha") >= 3).await;
    assert_eq!(desk.server.command("CONFIG RESETSTAT"), "+OK");
    for _ in 0..5 {
        order(&client).await.expect("an order");
    }
    until("all calls to be told", || calls("evalsha") >= 10).await;
    assert_eq!((calls("evalsha"), calls("script|load"), calls("eval")), (10, 0, 0));
    assert_eq!(desk.server.command("SCRIPT FLUSH"), "+OK");
    order(&client).await.expect("an order");
    until("the scripts to be loaded", || calls("script|load") >= 4).await;
    assert_eq!(notices.count(is_away), 0);
}

#[tokio::test]
async fn a_socket_and_tls_lead_to_the_same_ledger() {
    let Some(desk) = Desk::start(Keeps::Nothing).await else { return };
    let certificate = include_bytes!("certificate.pem");
    for url in [desk.server.url("nat", "a"), desk.server.socket_url("nat"), desk.server.encrypted_url("nat")] {
        let (builder, _) = desk.builder(&LedgerStore::redis(&url).expect("an address"), LIMITS);
        let client = builder.root_certificates(certificate).build().expect(&url);
        order(&client).await.expect("an order");
    }
    let (client, _) = desk.client("nat", "a", LIMITS);
    let weight = status(&client).await.weight.expect("used");
    assert_eq!(weight.used - weight.reads, 3);
    let untrusted = LedgerStore::redis(&desk.server.encrypted_url("nat")).expect("an address");
    let error = desk.builder(&untrusted, LIMITS).0.build().expect_err("an unknown certificate");
    assert!(error.is_invalid() && error.to_string().contains("cannot be reached"), "{error}");
}

#[tokio::test]
async fn a_server_that_began_anew_voids_what_was_reserved_before_and_keeps_its_cost() {
    let Some(mut desk) = Desk::start(Keeps::Log).await else { return };
    let store = LedgerStore::redis(&desk.server.url("nat", "a")).expect("an address");
    let patient = Call { attempts: 1, ..Call::default() };
    let client = desk.builder(&store, LIMITS).0.defaults(patient).build().expect("a client");
    order(&client).await.expect("an order");
    desk.sandbox.inject(Fault::new(FaultKind::StallBeforeHeaders).holding(Duration::from_secs(4)));
    let stalled = {
        let client = client.clone();
        tokio::spawn(async move { order(&client).await.expect_err("no answer") })
    };
    while status(&client).await.weight.expect("used").leases == 0 {
        sleep(Duration::from_millis(10)).await;
    }
    // The log is forced to the disk once a second.
    sleep(Duration::from_millis(1_500)).await;
    desk.server.kill();
    desk.server.revive();
    // The client sees that its connection is gone.
    sleep(Duration::from_millis(100)).await;
    order(&client).await.expect("an order: it connects anew");
    let weight = status(&client).await.weight.expect("kept");
    assert_eq!((weight.used - weight.reads, weight.leases), (3, 1), "two orders, and the one under way");
    assert!(stalled.await.expect("no panic").attempts() == 1);
    let told = || async { status(&client).await.weight.expect("kept") };
    let patience = Instant::now() + Duration::from_secs(10);
    while told().await.used - told().await.reads < 4 {
        assert!(Instant::now() < patience, "the cost was not told");
        sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(told().await.leases, 1, "its lease is of an epoch before, and ends by itself");
}

#[tokio::test]
async fn a_process_that_ends_after_its_call_has_told_it() {
    let Some(desk) = Desk::start(Keeps::Nothing).await else { return };
    let (client, _) = desk.client("nat", "a", LIMITS);
    let (builder, _) = desk.builder(&LedgerStore::redis(&desk.server.url("nat", "b")).expect("an address"), LIMITS);
    let short = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let client = builder.build().expect("a client");
        runtime.block_on(order(&client)).expect("an order");
    });
    until("the thread", || short.is_finished()).await;
    let patience = Instant::now() + Duration::from_secs(2);
    while status(&client).await.weight.expect("used").leases > 0 {
        assert!(Instant::now() < patience, "the call counts as under way");
        sleep(Duration::from_millis(10)).await;
    }
}

#[test]
fn an_address_in_the_place_of_a_path_is_refused() {
    let error = Client::builder().shared_ledger("redis://:hunter2@localhost").build().expect_err("no path");
    assert!(error.is_invalid() && error.to_string().contains("LedgerStore::redis"), "{error}");
    assert!(!error.to_string().contains("hunter2"), "{error}");
}
