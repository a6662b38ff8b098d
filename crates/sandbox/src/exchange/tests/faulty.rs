//! Something goes wrong: whether the exchange acted, what it counted, and what it then says about the order.

use super::*;
use crate::answer::Delivery;
use crate::faults::{Acts, CannedAnswer};
use crate::raw_request::{Hearing, STREAM_PATH};

const PLACE: &str = "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=1&timeInForce=GTC&newClientOrderId=a";
const ASK: &str = "symbol=BTCUSDT&origClientOrderId=a";

fn faulty(fault: Fault) -> Exchange {
    let mut exchange = exchange(Limits::default());
    exchange.inject(fault, Timestamp::from_millis(NOW));
    exchange
}

/// A request so many milliseconds later.
fn later(exchange: &mut Exchange, millis: i64, path: &str, params: &str) -> Answer {
    let now = NOW + millis;
    let separator = if params.is_empty() { "" } else { "&" };
    let payload = format!("{params}{separator}timestamp={now}");
    let query = format!("{payload}&signature={}", signature(&payload));
    exchange.answer(&RawRequest { query, ..signed("GET", path, "") }, Timestamp::from_millis(now))
}

#[test]
fn a_lost_order_is_executed_and_its_answer_is_not() {
    let mut exchange = faulty(Fault::new(FaultKind::Lost).method("POST"));
    assert_eq!(ask(&mut exchange, "POST", UM_ORDER, PLACE).delivery, Delivery::Reset);
    assert_eq!((exchange.requests.of_client_id("a"), exchange.account.orders.executions()["a"]), (1, 1));
    assert_eq!(exchange.requests.executed("POST", UM_ORDER), 1);
    assert_eq!(ask(&mut exchange, "GET", UM_ORDER, ASK).status, 200);
}

#[test]
fn every_kind_acts_before_only_if_it_should() {
    let is_met = |kind: &FaultKind| *kind != FaultKind::Refuse && !kind.is_of_stream();
    for kind in FaultKind::all().filter(is_met) {
        for acts in [None, Some(Acts::Before), Some(Acts::Never)] {
            let fault = Fault::new(kind);
            let mut exchange = faulty(acts.map_or(fault.clone(), |acts| fault.acts(acts)));
            let spoils = matches!(
                kind,
                FaultKind::Lost
                    | FaultKind::LateReveal
                    | FaultKind::StallAfterHeaders
                    | FaultKind::StallMidBody
                    | FaultKind::CutBody
                    | FaultKind::BadJson
            );
            // What is done to the events leaves the request alone.
            let spares = matches!(kind, FaultKind::EventsFirst | FaultKind::EventsLate | FaultKind::EventCut);
            let never =
                matches!(kind, FaultKind::OutsideRecvWindow | FaultKind::ResetBeforeRead | FaultKind::NoListenKey);
            let expected = match acts {
                _ if spares => true,
                None => spoils,
                Some(acts) => acts == Acts::Before && !never,
            };
            let raw = signed("POST", UM_ORDER, PLACE);
            if !exchange.resets_unread(&raw) {
                exchange.answer(&raw, Timestamp::from_millis(NOW));
            }
            assert_eq!(exchange.requests.of_client_id("a"), 1, "{kind:?}");
            assert_eq!(!exchange.account.orders.executions().is_empty(), expected, "{kind:?} {acts:?}");
            assert_eq!(exchange.faults.list().count(), 0, "{kind:?} is used up");
        }
    }
}

#[test]
fn what_the_exchange_does_not_look_at_weighs_nothing() {
    for (kind, weight) in [
        (FaultKind::ResetBeforeRead, 0),
        (FaultKind::Unavailable503, 0),
        (FaultKind::Throttled503, 0),
        (FaultKind::UnknownError503, 1),
        (FaultKind::ResetAfterRead, 1),
        (FaultKind::Lost, 1),
        (FaultKind::Html404, 1),
    ] {
        let mut exchange = faulty(Fault::new(kind));
        let raw = signed("GET", "/papi/v1/ping", "");
        if !exchange.resets_unread(&raw) {
            let answer = exchange.answer(&raw, Timestamp::from_millis(NOW));
            let told = header(&answer, USED_WEIGHT).map(str::to_owned);
            assert_eq!(told, (kind != FaultKind::Html404).then(|| weight.to_string()), "{kind:?}");
        }
        assert_eq!(exchange.meter.usage.total_weight, weight, "{kind:?}");
        assert_eq!(exchange.requests.total(), 1, "{kind:?}");
    }
}

#[test]
fn the_limits_stand_before_faults() {
    let mut exchange = exchange(Limits { weight: 0, ..Limits::default() });
    exchange.inject(Fault::new(FaultKind::Lost), Timestamp::from_millis(NOW));
    assert_eq!(ask(&mut exchange, "POST", UM_ORDER, PLACE).status, 429);
    assert_eq!(exchange.faults.list().count(), 1, "still to come");
    assert!(exchange.account.orders.accepted().is_empty());
}

#[test]
fn answers_that_slow_down_are_counted_whoever_gives_them() {
    let mut exchange = faulty(Fault::new(FaultKind::TooManyRequests429));
    exchange.inject(Fault::new(FaultKind::Banned418Bare).times(2), Timestamp::from_millis(NOW));
    let statuses: Vec<_> = (0..4).map(|_| ask(&mut exchange, "GET", "/papi/v1/ping", "").status).collect();
    assert_eq!(statuses, [429, 418, 418, 200]);
    assert_eq!((exchange.meter.usage.throttled, exchange.meter.usage.banned), (1, 2));
}

#[test]
fn the_clock_is_spared_unless_it_is_meant() {
    let mut exchange = faulty(Fault::new(FaultKind::Html404).always());
    assert_eq!(ask(&mut exchange, "GET", "/fapi/v1/time", "").status, 200);
    exchange.inject(Fault::new(FaultKind::Html502).path("/fapi/v1/time"), Timestamp::from_millis(NOW));
    assert_eq!(ask(&mut exchange, "GET", "/fapi/v1/time", "").status, 502);
    assert_eq!((exchange.meter.usage.total_weight, exchange.requests.total()), (0, 0));
}

#[test]
fn an_answer_may_be_anything() {
    let canned = CannedAnswer::text(451, "<p>no</p>").header("X-One", "1");
    let answer = ask(&mut faulty(Fault::answering(canned)), "GET", "/papi/v1/ping", "");
    assert_eq!((answer.status, answer.body.as_str()), (451, "<p>no</p>"));
    assert_eq!((header(&answer, "x-one"), header(&answer, "content-type")), (Some("1"), Some("text/html")));
    let canned = CannedAnswer::text(200, "{}").header("x-mbx-used-weight-1m", "5999");
    let answer = ask(&mut faulty(Fault::answering(canned)), "GET", "/papi/v1/ping", "");
    assert_eq!(answer.headers.last(), Some(&(USED_WEIGHT.into(), "5999".into())), "the last of a name counts");
    let canned = CannedAnswer::refusal(400, 51_169, "No.");
    assert_refused(&ask(&mut faulty(Fault::answering(canned)), "GET", "/papi/v1/ping", ""), 400, 51_169, "No.");
}

#[test]
fn a_request_may_ask_for_its_fault() {
    let mut exchange = exchange(Limits::default());
    let mut with = |fault: &str| {
        let raw = RawRequest { fault: Some(fault.into()), ..signed("GET", "/papi/v1/ping", "") };
        (exchange.resets_unread(&raw), exchange.answer(&raw, Timestamp::from_millis(NOW)))
    };
    assert_eq!(with("html-502").1.status, 502);
    assert!(with("reset-before-read").0);
    assert_eq!(with(r#"{"fault": "429", "retry_after": 9}"#).1.status, 429);
    assert_eq!(with(r#"{"fault": "429", "method": "POST"}"#).1.status, 200, "it is not about this request");
    assert_eq!(with(r#"{"fault": "refuse", "for_ms": 1}"#).1.status, 200, "answered, and then nobody is");
    let (_, wrong) = with("teapot");
    assert_eq!(wrong.status, 400);
    assert!(wrong.body.contains("x-sandbox-fault: no fault is named"), "{}", wrong.body);
    assert!(exchange.is_refusing(Timestamp::from_millis(NOW)));
}

#[test]
fn no_request_meets_the_fault_of_the_stream_that_it_asks_for() {
    for kind in FaultKind::all().filter(|kind| kind.is_of_stream()) {
        let mut exchange = exchange(Limits::default());
        let asking = |raw: RawRequest| RawRequest { fault: Some(kind.name().into()), ..raw };
        let answer = exchange.answer(&asking(signed("POST", UM_ORDER, PLACE)), Timestamp::from_millis(NOW));
        assert_eq!((answer.status, body(&answer)["clientOrderId"].as_str()), (200, Some("a")), "{kind:?}");
        assert_eq!(exchange.account.orders.executions()["a"], 1, "{kind:?}");
        let opening = asking(RawRequest { path: "/pm/stream".into(), ..RawRequest::default() });
        let refused = exchange.refuses_stream(&opening, &Hearing::Combined, Timestamp::from_millis(NOW));
        assert_eq!(refused, None, "{kind:?}");
    }
}

#[test]
fn the_opening_of_a_stream_meets_no_fault_of_orders_and_events_and_gets_no_order() {
    for kind in FaultKind::all().filter(|kind| !kind.is_of_stream() && *kind != FaultKind::Refuse) {
        let mut exchange = faulty(Fault::new(kind).path(STREAM_PATH));
        let opening = RawRequest { path: "/pm/stream".into(), ..RawRequest::default() };
        let refused = exchange.refuses_stream(&opening, &Hearing::Combined, Timestamp::from_millis(NOW));
        assert_eq!(refused.is_some(), kind.meets_opening(), "{kind:?}");
        // Where nothing is chosen, any other answer is one that says nothing.
        let is_of_order = refused.is_some_and(|answer| answer.body.contains("orderId"));
        assert!(!is_of_order || kind == FaultKind::Answer, "{kind:?}");
    }
}

/// A path with what is sent there.
type Route = (&'static str, &'static str);

/// Where an order or a list is placed, with which terms, and where it is asked for and listed.
const PLACES: [(&str, &str, &[Route]); 6] = [
    (
        UM_ORDER,
        PLACE,
        &[
            (UM_ORDER, ASK),
            ("/papi/v1/um/openOrder", ASK),
            ("/papi/v1/um/openOrders", ""),
            ("/papi/v1/um/allOrders", "symbol=BTCUSDT"),
        ],
    ),
    (
        "/papi/v1/cm/order",
        "symbol=BTCUSD_PERP&side=BUY&type=LIMIT&quantity=1&price=1&timeInForce=GTC&newClientOrderId=a",
        &[
            ("/papi/v1/cm/order", "symbol=BTCUSD_PERP&origClientOrderId=a"),
            ("/papi/v1/cm/openOrders", ""),
            ("/papi/v1/cm/allOrders", "symbol=BTCUSD_PERP"),
        ],
    ),
    (
        "/papi/v1/margin/order",
        PLACE,
        &[
            ("/papi/v1/margin/order", ASK),
            ("/papi/v1/margin/openOrders", "symbol=BTCUSDT"),
            ("/papi/v1/margin/allOrders", "symbol=BTCUSDT"),
        ],
    ),
    (
        "/papi/v1/um/algo/order",
        "algoType=CONDITIONAL&symbol=BTCUSDT&side=BUY&type=STOP_MARKET&quantity=1&triggerPrice=2&clientAlgoId=a",
        &[
            ("/papi/v1/um/algo/algoOrder", "clientAlgoId=a"),
            ("/papi/v1/um/algo/openAlgoOrders", ""),
            ("/papi/v1/um/algo/allAlgoOrders", "symbol=BTCUSDT"),
        ],
    ),
    (
        "/papi/v1/cm/conditional/order",
        "symbol=BTCUSD_PERP&side=BUY&strategyType=STOP_MARKET&quantity=1&stopPrice=2&newClientStrategyId=a",
        &[
            ("/papi/v1/cm/conditional/openOrder", "symbol=BTCUSD_PERP&newClientStrategyId=a"),
            ("/papi/v1/cm/conditional/openOrders", ""),
            ("/papi/v1/cm/conditional/allOrders", ""),
        ],
    ),
    (
        "/papi/v1/margin/order/oco",
        "symbol=BTCUSDT&side=SELL&quantity=1&price=3&stopPrice=2&listClientOrderId=a",
        &[
            ("/papi/v1/margin/orderList", "origClientOrderId=a"),
            ("/papi/v1/margin/openOrderList", ""),
            ("/papi/v1/margin/allOrderList", ""),
            ("/papi/v1/margin/openOrders", "symbol=BTCUSDT"),
        ],
    ),
];

#[test]
fn a_late_order_is_absent_until_its_time_and_then_there() {
    let span = Duration::from_secs(3);
    for (place, terms, questions) in PLACES {
        for kind in [FaultKind::LateReveal, FaultKind::Lost] {
            let mut exchange = faulty(Fault::new(kind).path(place).reveal_after(span));
            ask(&mut exchange, "POST", place, terms);
            assert!(!exchange.account.orders.accepted().is_empty(), "{place}");
            for (path, params) in questions {
                let before = later(&mut exchange, 2_999, path, params);
                let is_absent = before.body == "[]" || body(&before)["code"] == -2013;
                assert!(is_absent, "{path}: {}", before.body);
                let after = later(&mut exchange, 3_000, path, params);
                assert_eq!(after.status, 200, "{path}: {}", after.body);
                assert_ne!(after.body, "[]", "{path}");
            }
        }
    }
}

#[test]
fn a_late_order_can_be_cancelled_and_has_its_name() {
    let mut exchange = faulty(Fault::new(FaultKind::LateReveal).reveal_after(Duration::from_secs(3)));
    assert_eq!(ask(&mut exchange, "POST", UM_ORDER, PLACE).status, 200);
    assert_refused(&ask(&mut exchange, "POST", UM_ORDER, PLACE), 400, -4116, "ClientOrderId is duplicated.");
    assert_eq!(ask(&mut exchange, "DELETE", UM_ORDER, ASK).status, 200);
}

#[test]
fn connections_are_refused_for_a_while_or_until_that_is_over() {
    let refuse = Fault::new(FaultKind::Refuse);
    let at = |millis| Timestamp::from_millis(NOW + millis);
    let exchange = faulty(refuse.clone().lasting(Duration::from_millis(50)));
    assert_eq!([0, 49, 50].map(|millis| exchange.is_refusing(at(millis))), [true, true, false]);
    let mut exchange = faulty(refuse);
    assert!(exchange.is_refusing(at(DAY)));
    exchange.clear_faults();
    assert!(!exchange.is_refusing(at(0)));
}
