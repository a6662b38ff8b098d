//! The blocking client does what the async one does, and can be built, used and dropped anywhere: outside of tokio, inside
//! of a runtime of either kind, and on many threads at once.

use binance_papi::history::{Period, RowError};
use binance_papi::intents::IntentEnd;
use binance_papi::{
    Call, Client as AsyncClient, ClientBuilder, ClientOrderId, Credentials, Error, Limits, Method, Patience, Quantity,
    RawCall, Settlement, Side, blocking, um,
};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET, Fault, FaultKind, Sandbox, SandboxBuilder};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

/// So much weight that nothing here waits for a minute to pass.
const PLENTY: u32 = 1_000_000;
const NINETY_DAYS: Duration = Duration::from_secs(90 * 86_400);

/// A sandbox with a thread of its own, because those who call it block theirs.
struct Exchange {
    sandbox: Sandbox,
    _runtime: Runtime,
}

impl Exchange {
    fn new() -> Self {
        Self::of(Sandbox::builder())
    }

    fn of(builder: SandboxBuilder) -> Self {
        let builder = builder.limits(papi_sandbox::Limits { weight: PLENTY, ..Default::default() });
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        Self { sandbox: runtime.block_on(builder.start()).expect("a free port"), _runtime: runtime }
    }

    fn builder(&self) -> ClientBuilder {
        let credentials = Credentials::new(DEMO_KEY, DEMO_SECRET).expect("plain text");
        let limits = Limits { weight: PLENTY, ..Limits::default() };
        AsyncClient::builder().base_url(self.sandbox.base_url()).credentials(credentials).limits(limits)
    }

    fn client(&self) -> blocking::Client {
        self.builder().build_blocking().expect("a client")
    }
}

fn order(id: &ClientOrderId) -> um::NewOrder {
    let quantity: Quantity = "0.01".parse().expect("a decimal");
    um::NewOrder::market("BTCUSDT", Side::Buy, quantity).new_client_order_id(id)
}

#[test]
fn every_verb_waits_for_its_result() {
    let exchange = Exchange::of(Sandbox::builder().faults([Fault::new(FaultKind::Lost).method("POST")]));
    let client = exchange.client();
    assert_eq!(client.base_url(), exchange.sandbox.base_url());
    assert_eq!(client.clock_offset(), None);
    assert_eq!(client.sync_clock().expect("the time").probes, 5);
    assert!(client.clock_offset().is_some());

    let request = um::ForceOrders::new().symbol("BTCUSDT");
    let rows = client.send(&request).expect("rows").data;
    assert_eq!(client.send_unchecked(&request).expect("rows").data, rows);
    assert!(client.send_dyn(&request).expect("rows").data.starts_with("[{"));
    let raw = RawCall::new(Method::Get, "/papi/v1/um/forceOrders").param("symbol", "BTCUSDT");
    assert!(client.send_raw(&raw).expect("rows").data.starts_with(b"[{"));
    let refused = client.send(&um::ForceOrders::new().limit(0)).expect_err("a broken rule");
    assert!(refused.is_invalid(), "{refused}");
    let never = client.with(Call { attempts: 1, deadline: Duration::ZERO, ..Call::default() });
    assert!(never.send(&request).is_err(), "no time is left");

    let id = ClientOrderId::generate();
    let lost = client.send(&order(&id)).expect_err("the answer is lost");
    let pending = lost.pending().expect("what to ask with");
    let settlement = client.settle(pending, Patience::default()).expect("an answer");
    assert!(matches!(settlement, Settlement::Accepted(_)), "{settlement:?}");
    assert_eq!(exchange.sandbox.executions()[id.as_str()], 1);
}

#[test]
fn what_the_last_client_did_not_hear_of_is_settled_by_the_next() {
    let exchange = Exchange::of(Sandbox::builder().faults([Fault::new(FaultKind::Lost).method("POST").times(2)]));
    let folder = tempfile::tempdir().expect("a folder");
    let client = || exchange.builder().intents(folder.path().join("intents")).build_blocking().expect("a client");
    let before = client();
    for id in ["one", "two"] {
        before.send(&order(&ClientOrderId::new(id))).expect_err("the answer is lost");
    }
    drop(before);
    let after = client();
    let [one, _] = &after.unsettled()[..] else { panic!("{:?}", after.unsettled()) };
    after.forget(one).expect("room");
    let settled = after.settle_all(Patience::default()).expect("an answer");
    let [two] = &settled[..] else { panic!("{settled:?}") };
    assert!(matches!(two.end, IntentEnd::Settled(Settlement::Accepted(_))), "{two:?}");
    assert!(after.unsettled().is_empty());
}

#[test]
fn a_history_is_an_iterator_with_a_report_at_its_end() {
    let exchange = Exchange::new();
    let client = exchange.client();
    let request = um::ForceOrders::new();
    let mut history = client.history(&request, Period::last(NINETY_DAYS)).expect("a history");
    history = history.set_up(|history| history.concurrency(1).allow_lost());
    assert_eq!(history.plan().windows, 13);
    let rows: Vec<_> = history.by_ref().collect::<Result<_, RowError>>().expect("rows");
    assert!(!rows.is_empty() && history.next().is_none());
    let report = history.report();
    assert_eq!((report.rows, report.is_complete()), (rows.len() as u64, true));

    let untyped = client.history_dyn(&request, Period::last(NINETY_DAYS)).expect("a history");
    assert_eq!(untyped.count(), rows.len());
    let mut batches = client.history(&request, Period::last(NINETY_DAYS)).expect("a history").into_batches();
    let counted: usize = batches.by_ref().map(|batch| batch.expect("a batch").rows.len()).sum();
    assert_eq!((counted, batches.report().is_complete()), (rows.len(), true));
}

/// Builds a client, uses a clone of it, walks a history of hundreds of requests, and drops it.
fn live(exchange: &Exchange) {
    let client = exchange.client();
    let clone = client.clone();
    drop(client);
    assert!(!clone.send(&um::ForceOrders::new().symbol("BTCUSDT")).expect("rows").data.is_empty());
    let day = Period::last(Duration::from_secs(86_400));
    for _ in 0..150 {
        let walked = clone.history(&um::ForceOrders::new().symbol("BTCUSDT"), day).expect("a history");
        assert!(walked.into_batches().all(|batch| batch.is_ok()));
    }
}

#[test]
fn it_lives_inside_of_a_runtime_of_either_kind_and_outside() {
    let exchange = Arc::new(Exchange::new());
    live(&exchange);
    let runtimes = [
        Builder::new_current_thread().enable_all().build().expect("a runtime"),
        Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime"),
        // Nothing of the runtime around it is used.
        Builder::new_current_thread().build().expect("a runtime"),
    ];
    for runtime in runtimes {
        runtime.block_on(async { live(&exchange) });
        let exchange = exchange.clone();
        let task = runtime.spawn(async move { live(&exchange) });
        runtime.block_on(task).expect("no panic");
    }
}

#[test]
fn many_threads_share_one_client() {
    let exchange = Exchange::new();
    let client = exchange.client();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            let client = client.clone();
            scope.spawn(move || {
                for _ in 0..5 {
                    client.send(&order(&ClientOrderId::generate())).expect("an order");
                }
            });
        }
    });
    assert_eq!(exchange.sandbox.orders().len(), 40);
}

#[test]
fn a_hook_on_its_own_thread_is_told_so_instead_of_waiting_for_itself() {
    let exchange = Exchange::of(Sandbox::builder().faults([Fault::new(FaultKind::Unavailable503)]));
    let (client, errors) = (Arc::new(OnceLock::<blocking::Client>::new()), Arc::new(Mutex::new(Vec::<Error>::new())));
    let (inner, heard) = (client.clone(), errors.clone());
    let builder = exchange.builder().on_notice(move |_| {
        let client = inner.get().expect("it is set before anything is sent");
        let mut history = client.history(&um::ForceOrders::new(), Period::last(NINETY_DAYS)).expect("a history");
        let Some(Err(RowError::Ended(walked))) = history.next() else { panic!("the walk waits for itself") };
        assert!(history.next().is_none());
        let sent = client.send(&um::ForceOrders::new()).expect_err("the call waits for itself");
        heard.lock().expect("no panic").extend([sent, walked]);
    });
    client.set(builder.build_blocking().expect("a client")).expect("set once");
    let request = um::ForceOrders::new().symbol("BTCUSDT");
    let period = Period::last(Duration::from_secs(86_400));
    assert!(client.get().expect("set").history(&request, period).expect("a history").all(|row| row.is_ok()));
    let errors = errors.lock().expect("no panic");
    assert!(errors.len() == 2 && errors.iter().all(Error::is_invalid), "{errors:?}");
    assert!(errors[0].to_string().contains("own thread"), "{errors:?}");
}
