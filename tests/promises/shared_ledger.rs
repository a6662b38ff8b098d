//! Processes that share a ledger keep to one limit together, and use nearly all of it, whatever becomes of one of them.

use crate::processes::Processes;
use binance_papi::{Call, Client, Clock as _, Credentials, ErrorKind, Limits, Quantity, Side, market, um};
use papi_sandbox::{DEMO_SECRET, Metering, Sandbox};
use papi_tests::World;
use std::path::Path;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;

const WEIGHT: u32 = 600;
const WINDOW: Duration = Duration::from_secs(6);

fn spending(count: usize, base_url: &str, ledger: &Path) -> Processes {
    let ledger = ledger.to_str().expect("text");
    let (weight, window) = (WEIGHT.to_string(), WINDOW.as_secs().to_string());
    let arguments = [base_url, ledger, &weight, &window, "0"].map(ToOwned::to_owned);
    Processes::start((0..count).map(|_| arguments.clone()))
}

/// The part of the limit that is used while so many windows pass.
async fn use_during(sandbox: &Sandbox, windows: f64) -> f64 {
    let (start, before) = (Instant::now(), sandbox.usage().total_weight);
    tokio::time::sleep(WINDOW.mul_f64(windows)).await;
    let used = u32::try_from(sandbox.usage().total_weight - before).expect("not that much");
    f64::from(used) / f64::from(WEIGHT) / start.elapsed().div_duration_f64(WINDOW)
}

async fn eight_processes_share(metering: Metering) {
    let limits = papi_sandbox::Limits { weight: WEIGHT, window: WINDOW, metering, ..papi_sandbox::Limits::default() };
    let sandbox = Sandbox::builder().limits(limits).start().await.expect("a free port");
    let folder = tempfile::tempdir().expect("a folder");
    let mut processes = spending(8, sandbox.base_url(), &folder.path().join("ledger"));
    // They start at different moments, and spread their demand over the first window.
    tokio::time::sleep(WINDOW.mul_f64(1.25)).await;
    let together = use_during(&sandbox, 2.0).await;
    let mut while_dying = Vec::new();
    for _ in 0..4 {
        processes.kill_one();
        while_dying.push(use_during(&sandbox, 0.25).await);
    }
    let while_dying = while_dying.iter().sum::<f64>() / 4.0;
    let usage = sandbox.usage();
    assert!(processes.all_run(), "one was not answered as it should be, {usage:?}");
    assert!(usage.peak_weight <= WEIGHT && usage.throttled == 0, "{usage:?}");
    assert!(together >= 0.95 && while_dying >= 0.95, "{together} and {while_dying} of the limit were used, {usage:?}");
}

#[tokio::test]
async fn eight_processes_keep_to_one_aligned_limit_and_use_it() {
    eight_processes_share(Metering::Aligned).await;
}

#[tokio::test]
async fn eight_processes_keep_to_one_rolling_limit_and_use_it() {
    eight_processes_share(Metering::Rolling).await;
}

/// Weight for one heavy request and no more.
const ONE: Limits = Limits { weight: 50, orders: 1, window: Duration::from_secs(60), order_share: Some(0) };

fn client(world: &World, ledger: &Path, limits: Limits) -> Client {
    client_as(papi_sandbox::DEMO_KEY, world, ledger, limits)
}

fn client_as(key: &str, world: &World, ledger: &Path, limits: Limits) -> Client {
    let call = Call { deadline: Duration::from_secs(1), ..Call::default() };
    let builder = Client::builder().base_url(world.sandbox.base_url()).clock(world.clock.clone()).defaults(call);
    let credentials = Credentials::new(key, DEMO_SECRET).expect("plain text");
    builder.credentials(credentials).limits(limits).shared_ledger(ledger).build().expect("a client")
}

#[tokio::test]
async fn a_process_that_is_killed_in_the_middle_of_its_calls_loses_their_leases_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("ledger");
    let silent = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let mut processes = spending(1, &format!("http://{}", silent.local_addr().expect("bound")), &ledger);
    let mut sockets = Vec::new();
    // Two calls of weight 5 and one of weight 1.
    while sockets.len() < 3 {
        sockets.push(silent.accept().await.expect("a connection"));
    }
    processes.kill_one();

    let sandbox = Sandbox::builder().start().await.expect("a free port");
    let client = |weight| {
        let limits = Limits { weight, window: WINDOW, order_share: Some(0), ..Limits::default() };
        let call = Call { deadline: Duration::from_secs(1), ..Call::default() };
        let builder = Client::builder().base_url(sandbox.base_url()).defaults(call);
        builder.limits(limits).shared_ledger(&ledger).build().expect("a client")
    };
    let error = client(11).send(&market::Ping::new()).await.expect_err("11 of 11 are under way");
    // An attempt may take two seconds, and a lease has a margin of one.
    let longest = Duration::from_secs(3) + WINDOW;
    let until = error.retry_after().expect("a time");
    assert!(error.is_throttled() && until.since(client(11).now()) <= longest, "{error} {until}");
    client(12).send(&market::Ping::new()).await.expect("11 of 12");
}

#[tokio::test]
async fn accounts_of_one_machine_share_weight_but_not_orders() {
    let (world, folder) = (World::new().await, tempfile::tempdir().expect("a folder"));
    let ledger = folder.path().join("ledger");
    let other_key = "A".repeat(64);
    let builder = Sandbox::builder().clock(world.clock.clone()).credentials(&other_key, DEMO_SECRET);
    let other = World { sandbox: builder.start().await.expect("a free port"), clock: world.clock.clone() };
    let order = um::NewOrder::market("BTCUSDT", Side::Buy, "1".parse::<Quantity>().expect("a number"));

    client(&world, &ledger, ONE).send(&order).await.expect("one order of one");
    let error = client(&world, &ledger, ONE).send(&order).await.expect_err("two orders of one");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Throttled, 0), "{error}");
    let other = client_as(&other_key, &other, &ledger, ONE);
    other.send(&order).await.expect("another account");
    let error = other.send(&um::ForceOrders::new()).await.expect_err("a weight of 2 and 50 of 50");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Throttled, 0), "{error}");
    let bytes = std::fs::read(&ledger).expect("a ledger");
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.starts_with("papi-ledger ") && !text.contains(&other_key) && !text.contains(papi_sandbox::DEMO_KEY));
}

#[tokio::test]
async fn a_door_that_is_closed_to_one_is_closed_to_all() {
    let limits = papi_sandbox::Limits { weight: 10, ..papi_sandbox::Limits::default() };
    let (world, folder) = (World::with_limits(limits).await, tempfile::tempdir().expect("a folder"));
    let ledger = folder.path().join("ledger");
    let refused = client(&world, &ledger, Limits::default()).send(&um::ForceOrders::new()).await;
    assert_eq!(refused.expect_err("50 of 10").status(), Some(429));
    let error = client(&world, &ledger, Limits::default()).send(&market::Ping::new()).await.expect_err("closed");
    assert_eq!((error.kind(), error.attempts(), world.sandbox.requests().total()), (ErrorKind::Throttled, 0, 1));
    assert!(error.retry_after().is_some_and(|until| until > world.clock.now()), "{error}");
}

#[tokio::test]
async fn a_ledger_that_fails_later_costs_only_the_sharing() {
    let (world, folder) = (World::new().await, tempfile::tempdir().expect("a folder"));
    let ledger = folder.path().join("ledger");
    let client = client(&world, &ledger, ONE);
    std::fs::remove_file(&ledger).expect("a ledger");
    std::fs::create_dir(&ledger).expect("room on the disk");
    client.send(&um::ForceOrders::new()).await.expect("50 of 50");
    assert!(client.send(&market::Ping::new()).await.expect_err("51 of 50").is_throttled());
}

#[tokio::test]
async fn a_ledger_that_cannot_be_used_when_the_client_is_built_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    for path in [folder.path(), &folder.path().join("missing/ledger")] {
        let error = Client::builder().shared_ledger(path).build().expect_err("no ledger");
        assert!(error.is_invalid() && error.to_string().contains("the shared ledger"), "{error}");
    }
}
