//! Rows that a test gives to a sandbox, when it starts and while it runs.

#![allow(clippy::unwrap_used)]

mod support;

use papi_sandbox::rows::{ForceOrder, GivenRows, Product};
use papi_sandbox::{Limits, RowOrder, Sandbox, Selection};
use papi_types::{Clock as _, Timestamp};
use std::sync::Arc;
use support::{HandClock, send, signed};

const NOW: i64 = 1_790_000_012_345;
const UM_FORCE_ORDERS: &str = "/papi/v1/um/forceOrders";

#[tokio::test]
async fn given_rows_are_served_and_can_change() {
    let clock = Arc::new(HandClock::at(NOW));
    let sandbox = Sandbox::builder()
        .clock(clock.clone())
        .given_rows(GivenRows::new().force_orders(Product::Um, [NOW - 3, NOW - 2, NOW - 1]))
        .selection(Selection::Latest)
        .row_order(RowOrder::Descending)
        .limits(Limits { weight: u32::MAX, ..Limits::default() })
        .start()
        .await
        .unwrap();
    let ask = async || {
        let params = format!("startTime={}&limit=2", NOW - 10);
        send(sandbox.addr(), "GET", &signed(UM_FORCE_ORDERS, &params, clock.now()), "").await.body
    };
    let order = |index, time| ForceOrder::numbered(Product::Um, index, Timestamp::from_millis(time));
    assert_eq!(ask().await, format!("[{},{}]", order(2, NOW - 1).json(), order(1, NOW - 2).json()));

    let mut added = order(3, NOW);
    added.symbol = "OTHERUSDT";
    sandbox.add_row(UM_FORCE_ORDERS, added.json()).unwrap();
    assert_eq!(ask().await, format!("[{},{}]", added.json(), order(2, NOW - 1).json()));
    assert_eq!(sandbox.given_rows().rows_of(UM_FORCE_ORDERS).count(), 4);

    sandbox.set_given_rows(GivenRows::new().force_orders(Product::Um, [NOW]));
    assert_eq!(ask().await, format!("[{}]", order(0, NOW).json()));
    assert_eq!(sandbox.requests().count("GET", UM_FORCE_ORDERS), 3);
}
