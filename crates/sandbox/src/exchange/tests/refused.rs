//! What the exchange refuses, and in which words.

use super::*;
use papi_types::Group;

#[test]
fn an_unknown_path_is_not_found() {
    let answer = get("/papi/v1/um/nothing", "");
    assert_eq!(answer.status, 404);
    assert!(body(&answer).get("code").is_none());
    assert_eq!(ask(&mut exchange(Limits::default()), "DELETE", UM_FORCE_ORDERS, "").status, 404);
    assert_eq!(ask(&mut exchange(Limits::default()), "PATCH", UM_FORCE_ORDERS, "").status, 404);
}

#[test]
fn parameters_are_refused_in_the_words_of_the_exchange() {
    let (reversed_from, reversed_to) = (NOW - DAY, NOW - 2 * DAY);
    let (long_from, old_from) = (NOW - 8 * DAY, NOW - 90 * DAY - 1);
    for (params, code, message) in [
        ("limit=5&limit=6".to_owned(), -1101, "Duplicate values for a parameter detected."),
        (
            "limit=5&colour=red".to_owned(),
            -1104,
            "Not all sent parameters were read; read '3' parameter(s) but was sent '4'.",
        ),
        ("symbol=".to_owned(), -1105, "Parameter 'symbol' was empty."),
        ("limit".to_owned(), -1105, "Parameter 'limit' was empty."),
        ("limit=101".to_owned(), -1130, "Data sent for parameter 'limit' is not valid."),
        ("limit=0".to_owned(), -1130, "Data sent for parameter 'limit' is not valid."),
        ("limit=many".to_owned(), -1130, "Data sent for parameter 'limit' is not valid."),
        ("startTime=yesterday".to_owned(), -1130, "Data sent for parameter 'startTime' is not valid."),
        ("autoCloseType=MERCY".to_owned(), -1130, "Data sent for parameter 'autoCloseType' is not valid."),
        ("symbol=%FF".to_owned(), -1100, "Illegal characters found in a parameter."),
        (format!("startTime={reversed_from}&endTime={reversed_to}"), -1023, "Start time is greater than end time."),
        (format!("startTime={long_from}&endTime={NOW}"), -1127, "More than 168 hours between startTime and endTime."),
        (format!("startTime={old_from}"), -4165, "Maximum time interval is 90 days"),
        (format!("endTime={old_from}"), -4165, "Maximum time interval is 90 days"),
    ] {
        assert_refused(&get(UM_FORCE_ORDERS, &params), 400, code, message);
    }
    let size = get(MARGIN_FORCE_ORDERS, "size=200");
    assert_refused(&size, 400, -1102, "Mandatory parameter 'size' was not sent, was empty/null, or malformed.");
}

#[test]
fn orders_are_refused_in_the_words_of_the_exchange() {
    let mandatory = |name: &str| format!("Mandatory parameter '{name}' was not sent, was empty/null, or malformed.");
    let market = "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1";
    let limit = "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1";
    for (params, code, message) in [
        (String::new(), -1102, mandatory("symbol")),
        ("symbol=&side=BUY&type=MARKET&quantity=1".to_owned(), -1102, mandatory("symbol")),
        ("symbol=BTCUSDT&type=MARKET&quantity=1".to_owned(), -1102, mandatory("side")),
        ("symbol=BTCUSDT&side=BUY&type=MARKET".to_owned(), -1102, mandatory("quantity")),
        (format!("{limit}&price=1"), -1102, mandatory("timeInForce")),
        (format!("{market}&side=SELL"), -1101, "Duplicate values for a parameter detected.".to_owned()),
        ("symbol=BTCUSDT&side=HOLD&type=MARKET&quantity=1".to_owned(), -1117, "Invalid side.".to_owned()),
        ("symbol=BTCUSDT&side=BUY&type=STOP&quantity=1".to_owned(), -1116, "Invalid orderType.".to_owned()),
        (format!("{limit}&price=1&timeInForce=DAY"), -1115, "Invalid timeInForce.".to_owned()),
        (format!("{market}&newOrderRespType=FULL"), -1136, "Invalid newOrderRespType.".to_owned()),
        (format!("{market}&positionSide=UP"), -4060, "Invalid position side.".to_owned()),
        (
            format!("{market}&selfTradePreventionMode=NONE"),
            -1130,
            "Data sent for parameter 'selfTradePreventionMode' is not valid.".to_owned(),
        ),
        (format!("{market}&reduceOnly=yes"), -1130, "Data sent for parameter 'reduceOnly' is not valid.".to_owned()),
        (format!("{market}&priceMatch=QUEUE"), -1106, "Parameter 'priceMatch' sent when not required.".to_owned()),
        (
            format!("{market}&positionSide=LONG&reduceOnly=true"),
            -1106,
            "Parameter 'reduceOnly' sent when not required.".to_owned(),
        ),
        (
            format!("{limit}&timeInForce=GTC"),
            -1102,
            "Param 'price' or 'priceMatch' must be sent, but both were empty/null!".to_owned(),
        ),
        (
            format!("{limit}&timeInForce=GTC&price=1&priceMatch=QUEUE"),
            -1128,
            "Combination of optional parameters invalid.".to_owned(),
        ),
        (format!("{limit}&timeInForce=GTD&price=1"), -1102, mandatory("goodTillDate")),
        (
            format!("{limit}&timeInForce=GTD&price=1&goodTillDate={}", NOW + 600_000),
            -1130,
            "Data sent for parameter 'goodTillDate' is not valid.".to_owned(),
        ),
        (format!("{market}&newClientOrderId={}", "a".repeat(33)), -4015, "Client order id is not valid.".to_owned()),
        (
            format!("{market}&newClientOrderId={}", "a".repeat(37)),
            -4015,
            "Client order id length should not be more than 36 chars".to_owned(),
        ),
        (
            format!("{market}&newClientOrderId=a%20b"),
            -1100,
            "Illegal characters found in parameter 'newClientOrderId'; legal range is '^[.A-Z:/a-z0-9_-]{1,32}$'."
                .to_owned(),
        ),
    ] {
        let mut exchange = exchange(Limits::default());
        assert_refused(&ask(&mut exchange, "POST", UM_ORDER, &params), 400, code, &message);
        assert!(exchange.account.orders.accepted().is_empty(), "{params}");
    }
}

#[test]
fn gates_stand_before_parameters() {
    let mut exchange = exchange(Limits::default());
    let mut refused = |raw: &RawRequest, status, code| {
        let answer = exchange.answer(raw, Timestamp::from_millis(NOW));
        assert_eq!((answer.status, &body(&answer)["code"]), (status, &Value::from(code)), "{raw:?}");
    };
    let good = signed("GET", UM_FORCE_ORDERS, "limit=0");
    refused(&RawRequest { key: None, ..good.clone() }, 401, -2014);
    refused(&RawRequest { key: Some("a".repeat(64)), ..good.clone() }, 401, -2015);
    refused(&RawRequest { query: good.query.replace("limit=0", "limit=5"), ..good.clone() }, 400, -1022);
    refused(&RawRequest { query: "limit=0".into(), ..good.clone() }, 400, -1102);
    refused(&good, 400, -1130);
}

#[test]
fn every_request_is_weighed_and_too_many_are_turned_away() {
    let mut exchange = exchange(Limits { weight: 90, ..Limits::default() });
    let mut used = |params: &str| {
        let answer = ask(&mut exchange, "GET", UM_FORCE_ORDERS, params);
        let used = header(&answer, USED_WEIGHT).map(str::to_owned);
        (answer.status, used.unwrap(), header(&answer, RETRY_AFTER).map(str::to_owned))
    };
    assert_eq!(used("symbol=BTCUSDT"), (200, "20".into(), None));
    assert_eq!(used("limit=0"), (400, "70".into(), None));
    assert_eq!(used("symbol=ETHUSDT"), (200, "90".into(), None));
    let (status, _, wait) = used("symbol=ETHUSDT");
    let to_the_minute = (60_000 - NOW % 60_000 + 999) / 1_000;
    assert_eq!((status, wait), (429, Some(to_the_minute.to_string())));
    for _ in 0..9 {
        assert_eq!(used("").0, 429);
    }
    let (status, _, wait) = used("");
    assert_eq!((status, wait.as_deref()), (418, Some("120")));
}

#[test]
fn each_part_of_the_account_refuses_the_symbols_of_the_others() {
    let known = |group| match group {
        Group::Um => "SOLUSDT",
        Group::Cm => "ETHUSD_PERP",
        _ => "BNBBTC",
    };
    let with_symbol = papi_types::ENDPOINTS.iter().filter(|info| info.param("symbol").is_some());
    let mut refused = 0;
    for info in with_symbol {
        for symbol in ["NOSUCHUSDT", "solusdt", "SOLUSDT", "ETHUSD_PERP", "BNBBTC"] {
            let params = every::smallest_with(info, "symbol", symbol);
            let answer = ask(&mut exchange(Limits::default()), info.method.as_str(), info.path, &params);
            if symbol == known(info.group) {
                assert_ne!(body(&answer)["code"], -1121, "{} {params}", info.type_path());
            } else {
                assert_refused(&answer, 400, -1121, "Invalid symbol.");
                refused += 1;
            }
        }
    }
    assert!(refused > 100, "{refused}");
}

#[test]
fn a_pair_without_contracts_is_refused() {
    for path in ["/papi/v1/cm/openOrders", "/papi/v1/cm/userTrades"] {
        assert_eq!(get(path, "pair=ETHUSD").status, 200, "{path}");
        assert_refused(&get(path, "pair=NOSUCHUSD"), 400, -4144, "Invalid pair");
    }
}

#[test]
fn an_order_for_an_unknown_symbol_is_neither_placed_nor_counted() {
    let mut exchange = exchange(Limits::default());
    let order = "symbol=NOSUCHUSDT&side=BUY&type=MARKET&quantity=1";
    let answer = ask(&mut exchange, "POST", UM_ORDER, order);
    assert_refused(&answer, 400, -1121, "Invalid symbol.");
    assert!(answer.headers.iter().all(|(name, _)| name != ORDER_COUNT), "{answer:?}");
    assert_eq!(exchange.account.orders.count(), 0);
}
