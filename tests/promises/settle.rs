//! What the exchange answers to the questions about a lost call is judged right: of each kind of call, one that was
//! executed and one that was not.

use Outcome::{Absent, Accepted, StillUnknown};
use binance_papi::{Client, EndpointInfo, Error, Patience, Pending, Settlement, account, cm, margin, um};
use papi_tests::{NOON, World};
use std::time::Duration;

type Step<'a> = (&'static EndpointInfo, &'a [(&'a str, &'a str)]);

async fn send(client: &Client, (info, pairs): Step<'_>) -> Result<String, Error> {
    let request = (info.parse)(pairs).unwrap_or_else(|invalid| panic!("{}: {invalid}", info.type_path()));
    client.send_dyn(request.as_ref()).await.map(|reply| reply.data)
}

/// What asking comes to, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Accepted,
    Absent,
    StillUnknown,
}

/// Asks long after the call can have been taken.
async fn settle(world: &World, client: &Client, (info, pairs): Step<'_>) -> Outcome {
    let pending = Pending::from_params(info, pairs, NOON, Duration::from_secs(5)).expect("its parameters");
    world.clock.advance(Duration::from_secs(30));
    let quick = Duration::from_millis(1);
    let patience = Patience { deadline: Duration::from_secs(2), pause: quick, ..Patience::default() };
    match client.settle(&pending, patience).await.unwrap_or_else(|error| panic!("{}: {error}", info.type_path())) {
        Settlement::Accepted(_) => Accepted,
        Settlement::Absent => Absent,
        _ => StillUnknown,
    }
}

/// What is seen of the last step: before it is executed, and after.
async fn seen(steps: &[Step<'_>]) -> [Outcome; 2] {
    let world = World::new().await;
    let client = world.client();
    let (lost, first) = steps.split_last().expect("a step");
    for step in first {
        send(&client, *step).await.unwrap_or_else(|error| panic!("{}: {error}", step.0.type_path()));
    }
    let before = settle(&world, &client, *lost).await;
    send(&client, *lost).await.unwrap_or_else(|error| panic!("{}: {error}", lost.0.type_path()));
    [before, settle(&world, &client, *lost).await]
}

const UM: &[(&str, &str)] = &[
    ("symbol", "BTCUSDT"),
    ("side", "BUY"),
    ("type", "LIMIT"),
    ("timeInForce", "GTC"),
    ("quantity", "0.010"),
    ("price", "20000.10"),
    ("newClientOrderId", "a"),
];
const CM: &[(&str, &str)] = &[
    ("symbol", "BTCUSD_PERP"),
    ("side", "BUY"),
    ("type", "LIMIT"),
    ("timeInForce", "GTC"),
    ("quantity", "1"),
    ("price", "20000.1"),
    ("newClientOrderId", "a"),
];
const OCO: &[(&str, &str)] = &[
    ("symbol", "BTCUSDT"),
    ("side", "SELL"),
    ("quantity", "1"),
    ("price", "90000"),
    ("stopPrice", "20000"),
    ("stopLimitPrice", "19999"),
    ("stopLimitTimeInForce", "GTC"),
    ("listClientOrderId", "l"),
];
const ALGO: &[(&str, &str)] = &[
    ("algoType", "CONDITIONAL"),
    ("symbol", "BTCUSDT"),
    ("side", "SELL"),
    ("type", "STOP_MARKET"),
    ("quantity", "0.010"),
    ("triggerPrice", "20000.10"),
    ("clientAlgoId", "a"),
];
const CONDITIONAL: &[(&str, &str)] = &[
    ("symbol", "BTCUSD_PERP"),
    ("side", "SELL"),
    ("strategyType", "STOP_MARKET"),
    ("quantity", "1"),
    ("stopPrice", "20000.1"),
    ("newClientStrategyId", "a"),
];
const BY_NAME: &[(&str, &str)] = &[("symbol", "BTCUSDT"), ("origClientOrderId", "a")];
const CM_BY_NAME: &[(&str, &str)] = &[("symbol", "BTCUSD_PERP"), ("origClientOrderId", "a")];
const STRATEGY: &[(&str, &str)] = &[("symbol", "BTCUSD_PERP"), ("newClientStrategyId", "a")];
const LIST: &[(&str, &str)] = &[("symbol", "BTCUSDT"), ("listClientOrderId", "l")];
const SYMBOL: &[(&str, &str)] = &[("symbol", "BTCUSDT")];
const CM_SYMBOL: &[(&str, &str)] = &[("symbol", "BTCUSD_PERP")];

#[tokio::test]
async fn an_order_is_there_once_it_was_placed() {
    for step in [
        (um::NewOrder::INFO, UM),
        (cm::NewOrder::INFO, CM),
        (margin::NewOrder::INFO, UM),
        (margin::NewOco::INFO, OCO),
        (um::NewAlgoOrder::INFO, ALGO),
        (cm::NewConditionalOrder::INFO, CONDITIONAL),
    ] {
        assert_eq!(seen(&[step]).await, [Absent, Accepted], "{}", step.0.type_path());
    }
}

#[tokio::test]
async fn a_cancel_shows_in_what_it_cancelled() {
    for [placed, cancelled] in [
        [(um::NewOrder::INFO, UM), (um::CancelOrder::INFO, BY_NAME)],
        [(cm::NewOrder::INFO, CM), (cm::CancelOrder::INFO, CM_BY_NAME)],
        [(margin::NewOrder::INFO, UM), (margin::CancelOrder::INFO, BY_NAME)],
        [(margin::NewOco::INFO, OCO), (margin::CancelOrderList::INFO, LIST)],
        [(um::NewAlgoOrder::INFO, ALGO), (um::CancelAlgoOrder::INFO, &[("clientAlgoId", "a")])],
        [(cm::NewConditionalOrder::INFO, CONDITIONAL), (cm::CancelConditionalOrder::INFO, STRATEGY)],
        [(um::NewOrder::INFO, UM), (um::CancelAllOrders::INFO, SYMBOL)],
        [(cm::NewOrder::INFO, CM), (cm::CancelAllOrders::INFO, CM_SYMBOL)],
        [(margin::NewOco::INFO, OCO), (margin::CancelAllOrders::INFO, SYMBOL)],
        [(um::NewAlgoOrder::INFO, ALGO), (um::CancelAllAlgoOrders::INFO, SYMBOL)],
        [(cm::NewConditionalOrder::INFO, CONDITIONAL), (cm::CancelAllConditionalOrders::INFO, CM_SYMBOL)],
    ] {
        assert_eq!(seen(&[placed, cancelled]).await, [Absent, Accepted], "{}", cancelled.0.type_path());
    }
}

#[tokio::test]
async fn an_amendment_shows_in_the_order() {
    let amendment = [
        ("origClientOrderId", "a"),
        ("symbol", "BTCUSDT"),
        ("side", "BUY"),
        ("quantity", "0.02"),
        ("price", "20000.1"),
    ];
    let steps = [(um::NewOrder::INFO, UM), (um::AmendOrder::INFO, &amendment[..])];
    assert_eq!(seen(&steps).await, [Absent, Accepted]);
    let cancelled = [steps[0], (um::CancelOrder::INFO, BY_NAME)];
    let world = World::new().await;
    for step in cancelled {
        send(&world.client(), step).await.expect("is done");
    }
    assert_eq!(
        settle(&world, &world.client(), steps[1]).await,
        StillUnknown,
        "it may have been cancelled by the amendment"
    );
}

#[tokio::test]
async fn a_cancel_of_a_filled_order_comes_too_late() {
    let world = World::new().await;
    let filled =
        [("symbol", "BTCUSDT"), ("side", "BUY"), ("type", "MARKET"), ("quantity", "1"), ("newClientOrderId", "a")];
    send(&world.client(), (um::NewOrder::INFO, &filled)).await.expect("placed");
    assert_eq!(settle(&world, &world.client(), (um::CancelOrder::INFO, BY_NAME)).await, Absent);
}

#[tokio::test]
async fn a_setting_is_read_back() {
    for (info, param) in [
        (um::SetPositionMode::INFO, "dualSidePosition"),
        (um::SetFeeBurn::INFO, "feeBurn"),
        (account::SetFuturesAutoRepay::INFO, "autoRepay"),
    ] {
        let pairs = |on| [(param, on)];
        let (on, off) = (pairs("true"), pairs("false"));
        assert_eq!(seen(&[(info, &on), (info, &off)]).await, [Absent, Accepted], "{}", info.type_path());
    }
    let leverage = |leverage| [("symbol", "BTCUSDT"), ("leverage", leverage)];
    let steps = [leverage("5"), leverage("7")];
    let steps = [(um::SetLeverage::INFO, &steps[0][..]), (um::SetLeverage::INFO, &steps[1][..])];
    assert_eq!(seen(&steps).await, [Absent, Accepted]);
}
