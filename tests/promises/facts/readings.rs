//! What is made of what only one language of the pages says, or what the two disagree on.

use binance_papi::{ClientStrategyId, Endpoint, Patience, Pending, Settlement, cm, um};
use papi_sandbox::Sandbox;
use papi_sandbox::rows::GivenRows;
use papi_tests::{HandClock, NOON, World};
use std::time::Duration;

const DAY: Duration = Duration::from_hours(24);

const CONDITIONAL: [(&str, &str); 6] = [
    ("symbol", "BTCUSD_PERP"),
    ("side", "SELL"),
    ("strategyType", "STOP_MARKET"),
    ("quantity", "1"),
    ("stopPrice", "20000.1"),
    ("newClientStrategyId", "a"),
];

#[test]
fn positions_are_not_asked_for_by_margin_asset_and_pair() {
    let (by_asset, by_pair) = (cm::PositionRisk::new().margin_asset("BTC"), cm::PositionRisk::new().pair("BTCUSD"));
    let refused = by_asset.clone().pair("BTCUSD").check(NOON).expect_err("both");
    assert!(refused.to_string().contains("`marginAsset`"), "{refused}");
    assert_eq!((by_asset.check(NOON), by_pair.check(NOON)), (Ok(()), Ok(())));
}

/// Asks for a conditional order that was never placed, some days later.
async fn settled_after(days: u32) -> Settlement {
    let world = World::new().await;
    let pending = Pending::from_params(cm::NewConditionalOrder::INFO, &CONDITIONAL, NOON, Duration::from_secs(5));
    world.clock.advance(DAY * days);
    let patience =
        Patience { deadline: Duration::from_secs(2), pause: Duration::from_millis(1), ..Patience::default() };
    world.client().settle(&pending.expect("its parameters"), patience).await.expect("asked")
}

#[tokio::test]
async fn a_conditional_order_that_is_not_found_was_placed_for_all_we_know_after_three_days() {
    assert!(matches!(settled_after(2).await, Settlement::Absent));
    let late = settled_after(4).await;
    assert!(!matches!(late, Settlement::Absent | Settlement::Accepted(_)), "{late:?}");
}

#[test]
fn a_strategy_id_may_be_as_long_as_either_page_allows_and_is_made_as_short_as_both_do() {
    let place = |id: &str| {
        let pairs: Vec<_> = CONDITIONAL[..5].iter().copied().chain([("newClientStrategyId", id)]).collect();
        (cm::NewConditionalOrder::INFO.parse)(&pairs).expect("parameters").check(NOON)
    };
    assert_eq!((place(&"a".repeat(32)), place(&"a".repeat(36))), (Ok(()), Ok(())));
    assert!(place(&"a".repeat(37)).is_err());
    assert!(ClientStrategyId::generate().as_str().len() <= 32);
}

#[tokio::test]
async fn fifty_fills_come_to_whoever_names_no_limit() {
    let fill = |number: i64| {
        let time = NOON.as_millis() - number;
        format!(
            r#"{{"symbol":"BTCUSDT","id":{number},"orderId":7,"side":"SELL","price":"1","qty":"1","realizedPnl":"0",
            "quoteQty":"1","commission":"0","commissionAsset":"USDT","time":{time},"buyer":false,"maker":false,
            "positionSide":"BOTH"}}"#
        )
    };
    let rows = GivenRows::new().rows("/papi/v1/um/userTrades", (1..=60).map(fill)).expect("a path and rows");
    let clock = HandClock::at(NOON);
    let sandbox = Sandbox::builder().clock(clock.clone()).given_rows(rows).start().await.expect("a sandbox");
    let world = World { sandbox, clock };
    let client = world.client();
    let fills = async |request: um::Trades| client.send(&request).await.expect("fills").data.len();
    assert_eq!(fills(um::Trades::new("BTCUSDT")).await, 50);
    assert_eq!(fills(um::Trades::new("BTCUSDT").limit(1000)).await, 60);
}
