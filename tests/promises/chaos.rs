//! A thousand runs of concurrent orders under random faults: whatever was executed is known in the end, nothing is executed
//! twice, and nothing that exists is called absent.

use binance_papi::{
    Call, Client, ClientOrderId, Credentials, Patience, Price, Quantity, Settlement, Side, TimeInForce, um,
};
use papi_sandbox::{Acts, DEMO_KEY, DEMO_SECRET, Fault, FaultKind, Sandbox};
use papi_tests::{HandClock, NOON};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

const RUNS: u64 = 1_000;
const AT_ONCE: usize = 48;
const ORDERS: u64 = 3;

/// How much exchange time may pass before an accepted order shows; below the margin that settling allows.
const LATE: Duration = Duration::from_secs(8);

/// One order's end, as its sender knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Accepted,
    SettledAccepted,
    SettledAbsent,
    StillUnknown,
    /// Refused, throttled or never sent: surely not executed.
    Refused,
}

fn client(sandbox: &Sandbox, clock: Arc<HandClock>) -> Client {
    let credentials = Credentials::new(DEMO_KEY, DEMO_SECRET).expect("plain text");
    let call =
        Call { deadline: Duration::from_secs(20), attempt_timeout: Duration::from_millis(700), ..Call::default() };
    let builder = Client::builder().base_url(sandbox.base_url()).credentials(credentials).clock(clock);
    builder.defaults(call).trust_clock().build().expect("a client")
}

fn order(id: &ClientOrderId) -> um::NewOrder {
    let quantity: Quantity = "0.01".parse().expect("a decimal");
    let price: Price = "1000".parse().expect("a decimal");
    um::NewOrder::limit("BTCUSDT", Side::Buy, quantity, price, TimeInForce::Gtc).new_client_order_id(id)
}

/// What can go wrong with an order or with asking for it, each with a chance that follows from the seed.
fn weather(seed: u64) -> Vec<Fault> {
    use FaultKind as K;
    let severity = u8::try_from(1 + seed % 5).expect("small");
    let kinds = [
        K::ResetBeforeRead,
        K::ResetAfterRead,
        K::Lost,
        K::CutBody,
        K::BadJson,
        K::Html502,
        K::Html504,
        K::Html404,
        K::Redirect,
        K::UnknownError503,
        K::Unavailable503,
        K::Throttled503,
        K::ThrottledOtherwise503,
        K::InternalError503,
        K::Unknown500,
        K::Timeout408,
        K::UnexpectedResponse,
        K::BackendTimeout,
        K::OutsideRecvWindow,
        K::LateReveal,
        K::StallBeforeHeaders,
    ];
    let faults = kinds.into_iter().flat_map(|kind| {
        let fault = Fault::new(kind).percent(severity).holding(Duration::from_secs(2));
        let proves = [K::Unavailable503, K::Throttled503, K::OutsideRecvWindow, K::ResetBeforeRead].contains(&kind);
        match kind {
            K::LateReveal => vec![fault.reveal_after(LATE).method("POST")],
            K::Lost => vec![fault.reveal_after(LATE).method("POST"), Fault::new(kind).percent(severity).method("POST")],
            // A stall costs real time: orders only.
            K::StallBeforeHeaders => vec![fault.percent(1).method("POST").acts(Acts::Before)],
            _ if proves => vec![fault.acts(Acts::Never)],
            _ => vec![fault.clone().acts(Acts::Never), fault.method("POST").acts(Acts::Before)],
        }
    });
    faults.collect()
}

async fn send_and_settle(client: Client, id: ClientOrderId, patience: Patience) -> End {
    let error = match client.send(&order(&id)).await {
        Ok(reply) => {
            assert_eq!(reply.meta.client_order_id.as_ref(), Some(&id));
            return End::Accepted;
        }
        Err(error) => error,
    };
    assert_eq!(error.client_order_id(), Some(&id));
    if !error.is_unknown() {
        return End::Refused;
    }
    let pending = error.pending().expect("an order can be settled");
    match client.settle(pending, patience).await.expect("asking is allowed") {
        Settlement::Accepted(found) => {
            let order: binance_papi::UmOrder = found.read().expect("an order");
            assert_eq!(order.client_order_id, id);
            End::SettledAccepted
        }
        Settlement::Absent => End::SettledAbsent,
        _ => End::StillUnknown,
    }
}

fn patience() -> Patience {
    Patience { deadline: Duration::from_secs(60), pause: Duration::from_millis(20), ..Patience::default() }
}

/// Lets exchange time pass quickly for as long as the work takes.
async fn with_time_passing<T>(clock: Arc<HandClock>, work: impl Future<Output = T>) -> T {
    let ticks = async {
        loop {
            tokio::time::sleep(Duration::from_millis(10)).await;
            clock.advance(Duration::from_millis(100));
        }
    };
    tokio::select! {
        done = work => done,
        () = ticks => unreachable!("it ticks for ever"),
    }
}

async fn run(seed: u64) -> Vec<End> {
    let clock = HandClock::at(NOON);
    let builder = Sandbox::builder().clock(clock.clone()).seed(seed).faults(weather(seed));
    let sandbox = builder.start().await.expect("a sandbox");
    let client = client(&sandbox, clock.clone());
    let ids: Vec<_> = (0..ORDERS).map(|number| ClientOrderId::from(format!("run-{seed}-order-{number}"))).collect();
    let orders: Vec<_> =
        ids.iter().map(|id| tokio::spawn(send_and_settle(client.clone(), id.clone(), patience()))).collect();
    let ends = with_time_passing(clock, async {
        let mut ends = Vec::new();
        for order in orders {
            ends.push(order.await.expect("no panic"));
        }
        ends
    })
    .await;
    let executions = sandbox.executions();
    for (id, end) in ids.iter().zip(&ends) {
        let executed = executions.get(id.as_str()).copied().unwrap_or(0);
        assert!(executed <= 1, "seed {seed}: {id} was executed {executed} times");
        let known = matches!(end, End::Accepted | End::SettledAccepted);
        assert_eq!(executed == 1, known, "seed {seed}: {id} was executed {executed} times and is {end:?}");
    }
    ends
}

#[tokio::test]
async fn a_thousand_runs_of_orders_under_random_faults() {
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    let runs: Vec<_> = (0..RUNS)
        .map(|seed| {
            let turns = turns.clone();
            tokio::spawn(async move {
                let _turn = turns.acquire_owned().await;
                run(seed).await
            })
        })
        .collect();
    let mut ends = Vec::new();
    for run in runs {
        ends.extend(run.await.expect("no panic"));
    }
    let count = |end| ends.iter().filter(|each| **each == end).count();
    for end in [End::Accepted, End::SettledAccepted, End::SettledAbsent, End::StillUnknown, End::Refused] {
        println!("{end:?}: {}", count(end));
    }
    // The runs are worth something only if all of it happens.
    assert!(count(End::Accepted) > 500 && count(End::SettledAccepted) > 200 && count(End::SettledAbsent) > 200);
    assert_eq!(count(End::StillUnknown), 0);
}

/// What the margin is for: an exchange that shows an order later than the margin allows is believed too early.
#[tokio::test]
async fn an_order_that_shows_later_than_the_margin_is_called_absent() {
    let hidden_for = Duration::from_secs(120);
    for (margin, expected) in [(10, End::SettledAbsent), (140, End::SettledAccepted)] {
        let clock = HandClock::at(NOON);
        let fault = Fault::new(FaultKind::Lost).method("POST").reveal_after(hidden_for);
        let sandbox = Sandbox::builder().clock(clock.clone()).faults([fault]).start().await.expect("a sandbox");
        let client = client(&sandbox, clock.clone());
        let patience = Patience { margin: Duration::from_secs(margin), ..patience() };
        let end = with_time_passing(clock, send_and_settle(client, ClientOrderId::generate(), patience)).await;
        assert_eq!(end, expected, "margin of {margin} s");
    }
}
