//! How long orders are found that ended without a fill.

use super::*;

/// A kind of order: where it is placed with which terms, cancelled, asked for and listed.
struct ForgottenKind {
    place: (&'static str, &'static str),
    cancel: &'static str,
    named: &'static str,
    one: &'static str,
    listed: &'static str,
    list: &'static str,
    /// Days that one is found, and listed.
    kept: [i64; 2],
}

const LIMIT: &str = "side=BUY&type=LIMIT&quantity=1&price=1&timeInForce=GTC&newClientOrderId=a";
const BTC: &str = "symbol=BTCUSDT";
const BTC_PERP: &str = "symbol=BTCUSD_PERP";

const KINDS: [ForgottenKind; 5] = [
    ForgottenKind {
        place: (UM_ORDER, LIMIT),
        cancel: UM_ORDER,
        named: "symbol=BTCUSDT&origClientOrderId=a",
        one: UM_ORDER,
        listed: BTC,
        list: "/papi/v1/um/allOrders",
        kept: [3, 3],
    },
    ForgottenKind {
        place: ("/papi/v1/cm/order", LIMIT),
        cancel: "/papi/v1/cm/order",
        named: "symbol=BTCUSD_PERP&origClientOrderId=a",
        one: "/papi/v1/cm/order",
        listed: BTC_PERP,
        list: "/papi/v1/cm/allOrders",
        kept: [3, 3],
    },
    ForgottenKind {
        place: ("/papi/v1/margin/order", LIMIT),
        cancel: "/papi/v1/margin/order",
        named: "symbol=BTCUSDT&origClientOrderId=a",
        one: "/papi/v1/margin/order",
        listed: BTC,
        list: "/papi/v1/margin/allOrders",
        kept: [400, 90],
    },
    ForgottenKind {
        place: (
            "/papi/v1/um/algo/order",
            "algoType=CONDITIONAL&side=BUY&type=STOP_MARKET&quantity=1&triggerPrice=2&clientAlgoId=a",
        ),
        cancel: "/papi/v1/um/algo/order",
        named: "clientAlgoId=a",
        one: "/papi/v1/um/algo/algoOrder",
        listed: BTC,
        list: "/papi/v1/um/algo/allAlgoOrders",
        kept: [3, 90],
    },
    ForgottenKind {
        place: (
            "/papi/v1/cm/conditional/order",
            "side=BUY&strategyType=STOP_MARKET&quantity=1&stopPrice=2&newClientStrategyId=a",
        ),
        cancel: "/papi/v1/cm/conditional/order",
        named: "symbol=BTCUSD_PERP&newClientStrategyId=a",
        one: "/papi/v1/cm/conditional/orderHistory",
        listed: BTC_PERP,
        list: "/papi/v1/cm/conditional/allOrders",
        kept: [3, 3],
    },
];

/// Asks at another time than [`NOW`].
fn ask_at(exchange: &mut Exchange, now: i64, method: &str, path: &str, params: &str) -> Answer {
    let payload = format!("{params}&timestamp={now}");
    let query = format!("{payload}&signature={}", signature(&payload));
    exchange.answer(&RawRequest { query, ..signed(method, path, "") }, Timestamp::from_millis(now))
}

#[test]
fn an_order_that_ended_without_a_fill_is_found_for_some_days() {
    for kind in KINDS {
        let mut exchange = exchange(Limits::default());
        let (place, terms) = kind.place;
        assert_eq!(ask(&mut exchange, "POST", place, &format!("{}&{terms}", kind.listed)).status, 200, "{place}");
        // Cancelled late, which counts for nothing.
        let cancelled = ask_at(&mut exchange, NOW + DAY, "DELETE", kind.cancel, kind.named);
        assert_eq!(cancelled.status, 200, "{place}: {}", cancelled.body);
        let [found, listed] = kind.kept;
        let mut one = |age: i64| ask_at(&mut exchange, NOW + age, "GET", kind.one, kind.named);
        assert_eq!(one(found * DAY).status, 200, "{place}");
        if found < 365 {
            assert_refused(&one(found * DAY + 1), 400, -2013, "Order does not exist.");
        }
        let mut rows = |age: i64| {
            let (from, to) = (NOW - DAY / 2, NOW + DAY / 2);
            let window = format!("{}&startTime={from}&endTime={to}", kind.listed);
            let answer = ask_at(&mut exchange, NOW + age, "GET", kind.list, &window);
            body(&answer).as_array().map(Vec::len)
        };
        if listed < 90 {
            assert_eq!([rows(listed * DAY), rows(listed * DAY + 1)], [Some(1), Some(0)], "{place}");
        } else {
            assert_eq!(rows(80 * DAY), Some(1), "{place}");
        }
    }
}

#[test]
fn an_order_that_was_filled_or_is_open_is_found_for_longer() {
    let mut exchange = exchange(Limits::default());
    ask(&mut exchange, "POST", UM_ORDER, "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&newClientOrderId=a");
    ask(
        &mut exchange,
        "POST",
        UM_ORDER,
        "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=1&timeInForce=GTC&newClientOrderId=b",
    );
    for name in ["a", "b"] {
        let asked = format!("symbol=BTCUSDT&origClientOrderId={name}");
        assert_eq!(ask_at(&mut exchange, NOW + 80 * DAY, "GET", UM_ORDER, &asked).status, 200, "{name}");
    }
}

#[test]
fn a_conditional_order_that_waits_is_open_and_not_history() {
    let mut exchange = exchange(Limits::default());
    let terms = "symbol=BTCUSD_PERP&side=BUY&strategyType=STOP_MARKET&quantity=1&stopPrice=2&newClientStrategyId=a";
    let named = "symbol=BTCUSD_PERP&newClientStrategyId=a";
    ask(&mut exchange, "POST", "/papi/v1/cm/conditional/order", terms);
    let mut found = |path: &str| ask(&mut exchange, "GET", path, named).status;
    let (open, history) = ("/papi/v1/cm/conditional/openOrder", "/papi/v1/cm/conditional/orderHistory");
    assert_eq!((found(open), found(history)), (200, 400));
    assert_eq!(ask(&mut exchange, "DELETE", "/papi/v1/cm/conditional/order", named).status, 200);
    let mut found = |path: &str| ask(&mut exchange, "GET", path, named).status;
    assert_eq!((found(open), found(history)), (400, 200));
}
