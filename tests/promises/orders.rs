//! Orders: checked before they leave, sent once, remembered by the exchange, answered in their type.

use binance_papi::{
    ErrorCode, ErrorKind, NewOrderRespType, OrderStatus, Price, PriceMatch, Quantity, Side, TimeInForce, um,
};
use papi_tests::World;

fn limit_order() -> um::NewOrder {
    let (quantity, price): (Quantity, Price) =
        ("0.010".parse().expect("decimal"), "20000.10".parse().expect("decimal"));
    um::NewOrder::limit("BTCUSDT", Side::Buy, quantity, price, TimeInForce::Gtc)
}

#[tokio::test]
async fn an_order_is_placed_once_and_remembered() {
    let world = World::new().await;
    let reply = world.client().send(&limit_order().new_client_order_id("desk-1")).await.expect("placed");
    assert_eq!((reply.data.client_order_id.as_str(), reply.data.status), ("desk-1", OrderStatus::New));
    assert_eq!((reply.data.price.to_string(), reply.data.orig_qty.to_string()), ("20000.10".into(), "0.010".into()));
    assert_eq!((reply.meta.attempts, reply.meta.order_count), (1, Some(1)));
    assert_eq!(world.sandbox.executions().get("desk-1"), Some(&1));
    assert_eq!(world.sandbox.requests().count("POST", "/papi/v1/um/order"), 1);
}

#[tokio::test]
async fn a_limit_order_without_price_is_refused_before_sending() {
    let world = World::new().await;
    let mut order = limit_order();
    order.price = None;
    let error = world.client().send(&order).await.expect_err("no price");
    assert_eq!(error.kind(), ErrorKind::Invalid);
    let text = error.to_string();
    assert!(text.contains("one of `price` and `priceMatch` is required when type=LIMIT"), "{text}");
    assert!(text.contains("https://developers.binance.com/docs/derivatives/portfolio-margin/trade"), "{text}");
    assert_eq!(world.sandbox.requests().total(), 0);
    let matched = order.clone().price_match(PriceMatch::Opponent5);
    assert_eq!(world.client().send(&matched).await.expect("placed").data.price_match, Some(PriceMatch::Opponent5));
    let error = world.client().send_unchecked(&order).await.expect_err("the exchange has the same rule");
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::Rejected, Some(ErrorCode::MANDATORY_PARAM_EMPTY_OR_MALFORMED))
    );
}

#[tokio::test]
async fn a_market_order_with_result_is_answered_filled() {
    let world = World::new().await;
    let order = um::NewOrder::market("ETHUSDT", Side::Sell, "1.5".parse::<Quantity>().expect("decimal"));
    let placed = world.client().send(&order.new_order_resp_type(NewOrderRespType::Result)).await.expect("placed").data;
    assert_eq!((placed.status, placed.executed_qty.to_string()), (OrderStatus::Filled, "1.5".into()));
}

#[tokio::test]
async fn the_same_request_by_texts_gives_the_reply_as_json() {
    let world = World::new().await;
    let pairs =
        [("symbol", "BTCUSDT"), ("side", "BUY"), ("type", "MARKET"), ("quantity", "2"), ("newClientOrderId", "x")];
    let order = (um::NewOrder::INFO.parse)(&pairs).expect("reads");
    let json = world.client().send_dyn(order.as_ref()).await.expect("placed").data;
    let reply: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((&reply["clientOrderId"], &reply["origQty"]), (&"x".into(), &"2".into()));
}
