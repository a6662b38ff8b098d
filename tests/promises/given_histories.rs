//! A walk gives back exactly the rows of a past that is known beforehand, however the exchange picks and orders its pages;
//! and of a millisecond that no filter splits it says so.

use binance_papi::history::{Period, SpanIssueKind};
use binance_papi::{Call, Client, Clock, Credentials, Limits, Timestamp, um};
use papi_sandbox::rows::{GivenRows, Product};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET, Fault, FaultKind, RowOrder, Sandbox, Selection};
use papi_tests::NOON;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

const PATH: &str = "/papi/v1/um/forceOrders";
const DAY: i64 = 86_400_000;
const WEEK: i64 = 7 * DAY;
const BEGIN: i64 = NOON.as_millis() - 89 * DAY;

/// Times of all kinds that are known to lose rows elsewhere, filled up with scattered ones to a number.
fn times(count: usize) -> Vec<i64> {
    let mut times = Vec::new();
    // 250 rows in an hour.
    times.extend((0..250).map(|row| BEGIN + 3 * DAY + row * 14_400));
    // 99, 100 and 101 rows in a window; the second and third weeks are quiet otherwise.
    for (week, rows) in [(2, 99), (3, 100), (4, 101)] {
        times.extend((0..rows).map(|row| BEGIN + week * WEEK + DAY + row * 600_000));
    }
    // 40 rows in one millisecond.
    times.extend(std::iter::repeat_n(BEGIN + 5 * WEEK + 1_234, 40));
    // On every edge of a window, and beside it.
    times.extend((0..=12).flat_map(|week| [-1, 0, 1].map(|beside| BEGIN + week * WEEK + beside)));
    times.retain(|time| *time >= BEGIN);
    // The rest lies in the last weeks, in no order: a generator with the period of its modulus.
    let span = 5 * WEEK;
    let mut state: i64 = 88_172_645;
    while times.len() < count {
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
        times.push(BEGIN + 7 * WEEK + state % span);
    }
    times
}

/// The one clock of all tests here.
fn clock() -> Arc<SinceNoon> {
    static CLOCK: LazyLock<Arc<SinceNoon>> = LazyLock::new(|| Arc::new(SinceNoon(Instant::now())));
    CLOCK.clone()
}

/// A clock that begins at noon and goes on by itself: what was closed for a second opens again.
#[derive(Debug)]
struct SinceNoon(Instant);

impl Clock for SinceNoon {
    fn now(&self) -> Timestamp {
        NOON.plus(self.0.elapsed())
    }
}

fn sandbox_with(given_rows: GivenRows) -> papi_sandbox::SandboxBuilder {
    let limits = papi_sandbox::Limits { weight: u32::MAX, ..papi_sandbox::Limits::default() };
    Sandbox::builder().clock(clock()).limits(limits).given_rows(given_rows)
}

fn client(sandbox: &Sandbox) -> Client {
    let limits = Limits { weight: u32::MAX, order_share: Some(0), ..Limits::default() };
    let credentials = Credentials::new(DEMO_KEY, DEMO_SECRET).expect("plain text");
    let call = Call { attempt_timeout: Duration::from_secs(3), ..Call::default() };
    let builder = Client::builder().base_url(sandbox.base_url()).clock(clock()).defaults(call);
    builder.credentials(credentials).limits(limits).trust_clock().build().expect("a client")
}

fn period() -> Period {
    Period::between(Timestamp::from_millis(BEGIN), NOON)
}

/// The texts of all rows of the past, and of all rows that were walked, both in order.
async fn both(sandbox: &Sandbox) -> (Vec<String>, Vec<String>) {
    let client = client(sandbox);
    let mut batches = client.history(&um::ForceOrders::new(), period()).expect("a history").into_batches();
    let mut walked = Vec::new();
    while let Some(batch) = batches.next().await {
        walked.extend(batch.expect("a batch").rows.iter().map(|row| row.raw().to_owned()));
    }
    assert!(batches.report().is_proven(), "{:?}", batches.report());
    let mut given: Vec<String> = sandbox.given_rows().rows_of(PATH).collect();
    given.sort();
    walked.sort();
    (given, walked)
}

#[tokio::test]
async fn a_thousand_rows_however_pages_are_picked_and_ordered() {
    for selection in [Selection::Earliest, Selection::Latest] {
        for order in [RowOrder::Ascending, RowOrder::Descending, RowOrder::Shuffled] {
            let given_rows = GivenRows::new().force_orders(Product::Um, times(1_000));
            let sandbox =
                sandbox_with(given_rows).selection(selection).row_order(order).start().await.expect("a sandbox");
            let (given, walked) = both(&sandbox).await;
            assert!(given.len() >= 1_000);
            assert_eq!(given, walked, "{selection:?} {order:?}");
        }
    }
}

#[tokio::test]
async fn ten_thousand_rows() {
    let given_rows = GivenRows::new().force_orders(Product::Um, times(10_000));
    let builder = sandbox_with(given_rows).selection(Selection::Earliest).row_order(RowOrder::Shuffled);
    let (given, walked) = both(&builder.start().await.expect("a sandbox")).await;
    assert_eq!(given.len(), 10_000);
    assert_eq!(given, walked);
}

#[tokio::test]
async fn a_hundred_thousand_rows() {
    let given_rows = GivenRows::new().force_orders(Product::Um, times(100_000));
    let builder = sandbox_with(given_rows).selection(Selection::Latest).row_order(RowOrder::Shuffled);
    let (given, walked) = both(&builder.start().await.expect("a sandbox")).await;
    assert_eq!(given.len(), 100_000);
    assert_eq!(given, walked);
}

#[tokio::test]
async fn a_millisecond_that_no_filter_splits_is_named_and_the_rest_is_complete() {
    let crowded = BEGIN + 40 * DAY;
    // Four symbols and two kinds: more than eight pages of a hundred cannot be told apart.
    let rows = times(1_000).into_iter().chain(std::iter::repeat_n(crowded, 3_000));
    let sandbox = sandbox_with(GivenRows::new().force_orders(Product::Um, rows)).start().await.expect("a sandbox");
    let mut batches = client(&sandbox).history(&um::ForceOrders::new(), period()).expect("a history").into_batches();
    let mut elsewhere = 0;
    while let Some(batch) = batches.next().await {
        let rows = batch.expect("a batch").rows;
        elsewhere += rows.iter().filter(|row| row.time() != Some(Timestamp::from_millis(crowded))).count();
    }
    let report = batches.report();
    let named: Vec<_> = report.incomplete.iter().map(|issue| (issue.from.as_millis(), issue.to.as_millis())).collect();
    assert_eq!(named, [(crowded, crowded)], "{report:?}");
    assert!(!report.is_complete() && report.incomplete.iter().all(|issue| issue.kind == SpanIssueKind::Incomplete));
    let given = sandbox.given_rows().rows_of(PATH).count();
    assert_eq!(elsewhere, given - 3_000);
}

#[tokio::test]
async fn faults_on_the_way_change_nothing() {
    let given_rows = || GivenRows::new().force_orders(Product::Um, times(2_000));
    let kinds = FaultKind::all().filter(|kind| {
        // These last for minutes, close the port or are about another call; they have tests of their own.
        !matches!(
            kind,
            FaultKind::Refuse
                | FaultKind::Answer
                | FaultKind::NoListenKey
                | FaultKind::LateReveal
                | FaultKind::TooManyRequests429Bare
                | FaultKind::TooManyRequests400
                | FaultKind::Banned418Bare
        )
    });
    let faults = kinds.map(|kind| Fault::new(kind).percent(5).retry_after(1).holding(Duration::from_secs(2)));
    let calm = both(&sandbox_with(given_rows()).start().await.expect("a sandbox")).await;
    let stormy = sandbox_with(given_rows()).faults(faults).start().await.expect("a sandbox");
    assert_eq!(both(&stormy).await, calm);
    assert_eq!(calm.0, calm.1);
}
