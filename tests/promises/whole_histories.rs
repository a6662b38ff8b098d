//! A walked history is the account's whole past, whichever list it is and however its pages come.

use binance_papi::history::{History, Identity, Period, RawRow, SpanIssueKind};
use binance_papi::{Client, Credentials, ENDPOINTS, EndpointInfo, Group, Limits, cm, margin, um};
use papi_sandbox::rows::Product;
use papi_sandbox::{DEMO_KEY, DEMO_SECRET};
use papi_tests::{NOON, World};
use std::collections::BTreeSet;
use std::time::Duration;

const DAYS: Duration = Duration::from_secs(86_400);

/// A sandbox and a client that nobody makes wait.
async fn unlimited() -> (World, Client) {
    let limits = papi_sandbox::Limits { weight: 1_000_000, ..papi_sandbox::Limits::default() };
    let world = World::with_limits(limits).await;
    let client = Client::builder()
        .base_url(world.sandbox.base_url())
        .clock(world.clock.clone())
        .limits(Limits { weight: 1_000_000, ..Limits::default() })
        .credentials(Credentials::new(DEMO_KEY, DEMO_SECRET).expect("plain text"))
        .build();
    (world, client.expect("a client"))
}

/// Orders by symbol and number.
type Orders = Vec<(String, i64)>;

fn seeded(world: &World, product: Product, from: Period) -> Orders {
    let rows = world.sandbox.seeded_rows().between(product, from.begin(NOON), NOON);
    let mut orders: Orders = rows.iter().map(|row| (row.symbol.to_owned(), row.order_id)).collect();
    orders.sort();
    orders
}

async fn walked<T: binance_papi::Wire>(history: &mut History<T>, order: impl Fn(T) -> (String, i64)) -> Orders {
    let mut orders = Orders::new();
    while let Some(row) = history.next().await {
        orders.push(order(row.expect("a good row")));
    }
    orders.sort();
    orders
}

#[tokio::test]
async fn all_force_orders_of_um_and_cm_come_once() {
    let (world, client) = unlimited().await;
    let period = Period::last(89 * DAYS);
    let mut history = client.history(&um::ForceOrders::new(), period).expect("a history");
    let orders = walked(&mut history, |row| (row.symbol.to_string(), row.order_id.get())).await;
    assert_eq!(orders, seeded(&world, Product::Um, period));
    assert!(orders.len() > 1_000 && history.report().is_proven());
    assert!(history.report().weight < 3_000, "{:?}", history.report());

    let mut history = client.history(&cm::ForceOrders::new(), period).expect("a history");
    let orders = walked(&mut history, |row| (row.symbol.to_string(), row.order_id.get())).await;
    assert_eq!(orders, seeded(&world, Product::Cm, period));
    assert!(history.report().is_proven());
}

#[tokio::test]
async fn all_force_orders_of_margin_come_once_page_by_page() {
    let (world, client) = unlimited().await;
    let period = Period::last(89 * DAYS);
    let mut history = client.history(&margin::ForceOrders::new(), period).expect("a history");
    let orders = walked(&mut history, |row| (row.symbol.to_string(), row.order_id.get())).await;
    assert_eq!(orders, seeded(&world, Product::Margin, period));
    assert!(orders.len() > 100 && history.report().is_proven());
    let pinned = |query: &str| query.contains("startTime=") && query.contains("endTime=");
    assert!(world.sandbox.requests().seen().all(|seen| !seen.path().contains("forceOrders") || pinned(seen.query())));
}

/// What the endpoint insists on.
fn needed(info: &EndpointInfo) -> Vec<(&'static str, &'static str)> {
    let symbol = match info.group {
        Group::Cm => "BTCUSD_PERP",
        Group::Margin => "BNBBTC",
        _ => "BTCUSDT",
    };
    let is_either = info.group == Group::Cm && ["Trades", "AllOrders"].contains(&info.name);
    let required = |name: &str| info.param(name).is_some_and(|param| param.required);
    let mut needed = Vec::new();
    if required("symbol") || is_either {
        needed.push(("symbol", symbol));
    }
    if required("asset") {
        needed.push(("asset", "USDT"));
    }
    if required("startTime") {
        // The period counts.
        needed.extend([("startTime", "0"), ("endTime", "0")]);
    }
    needed
}

async fn identities(mut history: History<RawRow>) -> (Vec<Identity>, usize) {
    let mut identities = Vec::new();
    while let Some(row) = history.next().await {
        let row = row.expect("a row");
        assert!(row.json().is_ok(), "{}", row.raw());
        identities.push(row.identity().clone());
    }
    let report = history.report();
    let issues = [&report.unproven, &report.incomplete, &report.lost].map(Vec::len);
    assert!(report.noted.iter().all(|issue| issue.kind == SpanIssueKind::Lost));
    (identities, issues.iter().sum())
}

#[tokio::test]
async fn every_list_that_comes_in_parts_can_be_walked() {
    let (_world, client) = unlimited().await;
    let mut walked = BTreeSet::new();
    // Amendments are those of one order, and there is none.
    for info in ENDPOINTS.iter().filter(|info| info.paging.is_some() && info.name != "Amendments") {
        let request = (info.parse)(&needed(info)).expect("a request");
        let history = |days: u32| client.history_dyn(&*request, Period::last(days * DAYS)).expect("a history");
        let (all, issues) = identities(history(60)).await;
        assert!(all.is_sorted() && all.windows(2).all(|pair| pair[0] != pair[1]), "{}", info.type_path());
        assert_eq!(issues, 0, "{}", info.type_path());
        let (half, _) = identities(history(30).concurrency(1)).await;
        assert!(all.ends_with(&half), "{}", info.type_path());
        if !half.is_empty() && half.len() < all.len() {
            walked.insert(info.type_path());
        }
    }
    assert!(walked.len() >= 10, "{walked:?}");
}
