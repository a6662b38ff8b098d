//! Every endpoint answers a valid request, minimal or full, with something its reply type reads.

use super::*;
use papi_types::spec::{Bound, Constraint, Kind, Limit, ParamInfo, Requirement, State};
use papi_types::{Decimal, EndpointInfo, Group};

/// One open order of each kind, in this order, and an active stream: what there is to ask about.
const PRELUDE: [(&str, &str, &str); 7] = [
    ("POST", UM_ORDER, "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=1&timeInForce=GTC&newClientOrderId=desk"),
    (
        "POST",
        "/papi/v1/cm/order",
        "symbol=BTCUSD_PERP&side=BUY&type=LIMIT&quantity=1&price=1&timeInForce=GTC&newClientOrderId=desk",
    ),
    (
        "POST",
        "/papi/v1/margin/order",
        "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=1&timeInForce=GTC&newClientOrderId=desk",
    ),
    (
        "POST",
        "/papi/v1/um/algo/order",
        "algoType=CONDITIONAL&symbol=BTCUSDT&side=BUY&type=STOP_MARKET&quantity=1&triggerPrice=2&clientAlgoId=desk",
    ),
    (
        "POST",
        "/papi/v1/cm/conditional/order",
        "symbol=BTCUSD_PERP&side=BUY&strategyType=STOP_MARKET&quantity=1&stopPrice=2&newClientStrategyId=desk",
    ),
    (
        "POST",
        "/papi/v1/margin/order/oco",
        "symbol=BTCUSDT&side=SELL&quantity=1&price=3&stopPrice=2&listClientOrderId=desk-list",
    ),
    ("POST", "/papi/v1/listenKey", ""),
];

type Sent = Vec<(&'static str, String)>;

fn prepared(info: &EndpointInfo) -> Exchange {
    let mut exchange = exchange(Limits::default());
    // The position mode cannot be changed while there are orders, and no stream must be open to open one.
    if !info.path.ends_with("/positionSide/dual") {
        for (method, path, params) in PRELUDE {
            let answer = ask(&mut exchange, method, path, params);
            assert_fits(method, path, &answer);
        }
    }
    // Only what no longer waits is history.
    if info.path == "/papi/v1/cm/conditional/orderHistory" {
        let named = "symbol=BTCUSD_PERP&newClientStrategyId=desk";
        ask(&mut exchange, "DELETE", "/papi/v1/cm/conditional/order", named);
    }
    exchange
}

/// A value that a parameter may have, and that goes with the prelude.
fn sample(info: &EndpointInfo, param: &ParamInfo) -> String {
    let first_order = 4_611_875_134_427_365_377_i64;
    let places = info.method == papi_types::Method::Post;
    let (is_cm, is_margin) = (info.group == Group::Cm, info.group == Group::Margin);
    match param.name {
        "symbol" if is_cm => "BTCUSD_PERP".into(),
        "symbol" => "BTCUSDT".into(),
        "pair" => "BTCUSD".into(),
        "asset" | "marginAsset" => "USDT".into(),
        "orderId" => (first_order + i64::from(is_cm) + 2 * i64::from(is_margin)).to_string(),
        "algoId" => (first_order + 3).to_string(),
        "strategyId" => (first_order + 4).to_string(),
        "origClientOrderId" | "listClientOrderId" if info.path.ends_with("/orderList") => "desk-list".into(),
        "startTime" => (NOW - 3_600_000).to_string(),
        "goodTillDate" => (NOW + 700_000).to_string(),
        name if places && name.ends_with("Id") => format!("new-{name}"),
        _ => match param.kind {
            Kind::Word => param.words[0].into(),
            Kind::Integer | Kind::Decimal => match param.min {
                Some(Bound::Closed(Limit::Number(least))) if least > Decimal::ONE => least.to_string(),
                _ => "1".into(),
            },
            Kind::Time => NOW.to_string(),
            Kind::Bool => "true".into(),
            Kind::List => "BTC,BNB".into(),
            _ => "desk".into(),
        },
    }
}

fn applies(rule: &Constraint, sent: &Sent) -> bool {
    rule.when.iter().all(|condition| {
        let value = sent.iter().find(|(name, _)| *name == condition.param).map(|(_, value)| value.as_str());
        match condition.state {
            State::Present => value.is_some(),
            State::Absent => value.is_none(),
            State::OneOf(values) => value.is_some_and(|value| values.contains(&value)),
            _ => false,
        }
    })
}

/// Adds what is mandatory, and what the rules then demand, until nothing is missing.
fn completed(info: &EndpointInfo, mut sent: Sent) -> Sent {
    loop {
        let has = |name: &str| sent.iter().any(|(each, _)| *each == name);
        let mut wanted: Vec<&str> = info.params.iter().filter(|param| param.required).map(|param| param.name).collect();
        for rule in info.constraints.iter().filter(|rule| applies(rule, &sent)) {
            match rule.requirement {
                Requirement::Required(names) => wanted.extend(names),
                Requirement::Together(names) if names.iter().any(|name| has(name)) => wanted.extend(names),
                Requirement::AtLeastOne(names) | Requirement::ExactlyOne(names)
                    if !names.iter().any(|name| has(name)) =>
                {
                    wanted.extend(names.first());
                }
                _ => {}
            }
        }
        let Some(missing) = wanted.into_iter().find(|name| !has(name)) else { return sent };
        let param = info.param(missing).unwrap();
        sent.push((param.name, sample(info, param)));
    }
}

/// The smallest request with this value in a parameter, as a query.
pub(super) fn smallest_with(info: &EndpointInfo, name: &'static str, value: &str) -> String {
    query(&completed(info, vec![(name, value.to_owned())]))
}

fn query(sent: &Sent) -> String {
    let params: Vec<String> = sent.iter().map(|(name, value)| format!("{name}={value}")).collect();
    params.join("&")
}

fn is_valid(info: &EndpointInfo, sent: &Sent) -> bool {
    let pairs: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (*name, value.as_str())).collect();
    (info.parse)(&pairs).and_then(|request| request.check(Timestamp::from_millis(NOW))).is_ok()
}

/// Everything optional that may be sent along, in the order of the page.
fn filled(info: &EndpointInfo, mut sent: Sent) -> Sent {
    for param in info.params {
        if sent.iter().all(|(name, _)| *name != param.name) {
            let mut more = sent.clone();
            more.push((param.name, sample(info, param)));
            let more = completed(info, more);
            if is_valid(info, &more) {
                sent = more;
            }
        }
    }
    sent
}

#[track_caller]
fn assert_answers(info: &'static EndpointInfo, sent: &Sent) -> Value {
    assert!(is_valid(info, sent), "{}: {sent:?}", info.type_path());
    let answer = ask(&mut prepared(info), info.method.as_str(), info.path, &query(sent));
    assert_eq!(answer.status, 200, "{} {sent:?}: {}", info.type_path(), answer.body);
    let reprinted = (info.reprint)(answer.body.as_bytes());
    assert!(reprinted.is_ok(), "{} {sent:?}: {reprinted:?}: {}", info.type_path(), answer.body);
    let drift = info.find_drift(answer.body.as_bytes()).unwrap();
    assert!(drift.is_empty(), "{} {sent:?}: {drift:?}: {}", info.type_path(), answer.body);
    body(&answer)
}

#[test]
fn minimal_requests_are_answered_in_their_type() {
    assert!(!papi_types::ENDPOINTS.is_empty());
    for info in papi_types::ENDPOINTS {
        assert_answers(info, &completed(info, Sent::new()));
    }
}

#[test]
fn full_requests_are_answered_in_their_type() {
    for info in papi_types::ENDPOINTS {
        let sent = filled(info, completed(info, Sent::new()));
        assert_answers(info, &sent);
    }
}

#[test]
fn every_word_is_answered() {
    for info in papi_types::ENDPOINTS {
        for param in info.params.iter().filter(|param| param.kind == Kind::Word) {
            // Orders that wait for a price have a call of their own.
            let words = if info.path == UM_ORDER && param.name == "type" { &["LIMIT", "MARKET"] } else { param.words };
            for word in words {
                let sent = completed(info, vec![(param.name, (*word).to_owned())]);
                if is_valid(info, &sent) {
                    assert_answers(info, &sent);
                }
            }
        }
    }
}

#[test]
fn symbols_are_echoed_whatever_they_are_written_in() {
    for (path, params, pointer) in [
        ("/papi/v1/um/commissionRate", "symbol=%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT", "/symbol"),
        ("/papi/v1/um/positionRisk", "symbol=%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT", "/0/symbol"),
    ] {
        let answer = get(path, params);
        assert_fits("GET", path, &answer);
        assert_eq!(body(&answer).pointer(pointer), Some(&"币安人生USDT".into()), "{path}");
    }
    let status = body(&get("/papi/v1/um/apiTradingStatus", "symbol=ETHUSDT"));
    assert!(status["indicators"]["ETHUSDT"].is_array(), "{status}");
    let balance = body(&get("/papi/v1/balance", "asset=BNB"));
    assert_eq!((&balance["asset"], &balance["updateTime"]), (&"BNB".into(), &NOW.into()));
    assert_eq!(body(&get("/papi/v1/balance", ""))[0]["asset"], "USDT");
    assert_eq!(body(&get("/papi/v1/cm/positionRisk", "pair=ETHUSD"))[0]["symbol"], "ETHUSD_PERP");
}

#[test]
fn retired_calls_are_not_found() {
    for call in papi_types::RETIRED {
        let answer = ask(&mut exchange(Limits::default()), call.method.as_str(), call.path, "");
        assert_eq!(answer.status, 404, "{}", call.path);
    }
}
