//! A force order call gives exactly the account's rows, typed, for each product.

use binance_papi::{Timestamp, cm, margin, um};
use papi_sandbox::rows::Product;
use papi_tests::{NOON, World};

const DAY: i64 = 86_400_000;

fn ago(days: i64) -> Timestamp {
    Timestamp::from_millis(NOON.as_millis() - days * DAY)
}

#[tokio::test]
async fn um_rows_of_a_symbol_are_those_of_the_account() {
    let world = World::new().await;
    let request = um::ForceOrders::new().symbol("BTCUSDT").limit(100);
    let reply = world.client().send(&request).await.expect("rows");
    let seeded = world.sandbox.seeded_rows().between(Product::Um, ago(7), NOON);
    let expected: Vec<_> = seeded.iter().filter(|row| row.symbol == "BTCUSDT").map(|row| row.order_id).collect();
    let received: Vec<_> = reply.data.iter().map(|order| order.order_id.get()).collect();
    assert!(!received.is_empty() && received.len() < 100);
    assert_eq!(received, expected);
    assert!(reply.data.iter().all(|order| order.symbol == "BTCUSDT" && order.side.is_known()));
    assert_eq!(reply.meta.used_weight, Some(20));
}

#[tokio::test]
async fn a_kind_selects_liquidations_or_deleveragings() {
    let world = World::new().await;
    let all = um::ForceOrders::new().start_time(ago(30)).end_time(ago(24)).limit(100);
    for (kind, prefix) in [("LIQUIDATION", "autoclose-"), ("ADL", "adl_autoclose")] {
        let orders = world.client().send(&all.clone().auto_close_type(kind)).await.expect("rows").data;
        assert!(orders.iter().all(|order| order.client_order_id.as_str().starts_with(prefix)), "{kind}");
    }
}

#[tokio::test]
async fn cm_rows_have_their_pair_and_margin_rows_their_pages() {
    let world = World::new().await;
    let mut pairs = 0;
    for week in 0..12 {
        let request = cm::ForceOrders::new().start_time(ago(7 * week + 7)).end_time(ago(7 * week)).limit(100);
        let orders = world.client().send(&request).await.expect("rows").data;
        pairs += orders.iter().filter(|order| order.symbol.as_str().starts_with(order.pair.as_str())).count();
    }
    assert!(pairs > 0);
    let page = |number| margin::ForceOrders::new().start_time(ago(89)).current(number).size(7);
    let client = world.client();
    let first = client.send(&page(1)).await.expect("a page").data;
    let second = client.send(&page(2)).await.expect("a page").data;
    assert_eq!((first.rows.len(), second.rows.len()), (7, 7));
    assert_eq!(first.total, second.total);
    assert!(first.rows.iter().all(|row| !second.rows.contains(row)));
    assert!(first.rows.first().map(|row| row.updated_time) >= second.rows.first().map(|row| row.updated_time));
}

#[tokio::test]
async fn a_symbol_outside_ascii_is_encoded_once() {
    let world = World::new().await;
    let mut rows = 0;
    for week in 0..12 {
        let window = um::ForceOrders::new().start_time(ago(7 * week + 7)).end_time(ago(7 * week)).limit(100);
        rows += world.client().send(&window.symbol("币安人生USDT")).await.expect("rows").data.len();
    }
    assert!(rows > 0);
    assert!(
        world
            .sandbox
            .requests()
            .seen()
            .all(|seen| seen.query().contains("symbol=%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT"))
    );
}
