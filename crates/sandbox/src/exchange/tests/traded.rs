//! What can be done with orders once they are placed, for each kind of order.

use super::*;

/// A kind of order: where it is placed, asked for while it is open and afterwards, listed; and the names of its number and its client id.
struct TradedKind {
    place: &'static str,
    terms: &'static str,
    client_id: &'static str,
    one: &'static str,
    ended: &'static str,
    asked_client_id: &'static str,
    open: &'static str,
    all: &'static str,
    cancel_all: &'static str,
    number: &'static str,
    status: &'static str,
}

const PLAIN: &str = "side=BUY&type=LIMIT&quantity=0.10&price=60000.50&timeInForce=GTC";

const KINDS: [TradedKind; 5] = [
    TradedKind {
        place: UM_ORDER,
        terms: PLAIN,
        client_id: "newClientOrderId",
        one: UM_ORDER,
        ended: UM_ORDER,
        asked_client_id: "origClientOrderId",
        open: "/papi/v1/um/openOrders",
        all: "/papi/v1/um/allOrders",
        cancel_all: "/papi/v1/um/allOpenOrders",
        number: "orderId",
        status: "status",
    },
    TradedKind {
        place: "/papi/v1/cm/order",
        terms: PLAIN,
        client_id: "newClientOrderId",
        one: "/papi/v1/cm/order",
        ended: "/papi/v1/cm/order",
        asked_client_id: "origClientOrderId",
        open: "/papi/v1/cm/openOrders",
        all: "/papi/v1/cm/allOrders",
        cancel_all: "/papi/v1/cm/allOpenOrders",
        number: "orderId",
        status: "status",
    },
    TradedKind {
        place: "/papi/v1/margin/order",
        terms: PLAIN,
        client_id: "newClientOrderId",
        one: "/papi/v1/margin/order",
        ended: "/papi/v1/margin/order",
        asked_client_id: "origClientOrderId",
        open: "/papi/v1/margin/openOrders",
        all: "/papi/v1/margin/allOrders",
        cancel_all: "/papi/v1/margin/allOpenOrders",
        number: "orderId",
        status: "status",
    },
    TradedKind {
        place: "/papi/v1/um/algo/order",
        terms: "algoType=CONDITIONAL&side=BUY&type=STOP&quantity=0.10&price=60000.50&triggerPrice=61000",
        client_id: "clientAlgoId",
        one: "/papi/v1/um/algo/algoOrder",
        ended: "/papi/v1/um/algo/algoOrder",
        asked_client_id: "clientAlgoId",
        open: "/papi/v1/um/algo/openAlgoOrders",
        all: "/papi/v1/um/algo/allAlgoOrders",
        cancel_all: "/papi/v1/um/algo/allOpenOrders",
        number: "algoId",
        status: "algoStatus",
    },
    TradedKind {
        place: "/papi/v1/cm/conditional/order",
        terms: "side=BUY&strategyType=STOP&quantity=0.10&price=60000.50&stopPrice=61000",
        client_id: "newClientStrategyId",
        one: "/papi/v1/cm/conditional/openOrder",
        ended: "/papi/v1/cm/conditional/orderHistory",
        asked_client_id: "newClientStrategyId",
        open: "/papi/v1/cm/conditional/openOrders",
        all: "/papi/v1/cm/conditional/allOrders",
        cancel_all: "/papi/v1/cm/conditional/allOpenOrders",
        number: "strategyId",
        status: "strategyStatus",
    },
];

fn done(exchange: &mut Exchange, method: &str, path: &str, params: &str) -> Value {
    let answer = ask(exchange, method, path, params);
    assert_fits(method, path, &answer);
    body(&answer)
}

fn symbol(kind: &TradedKind) -> &'static str {
    match kind.place {
        path if path.contains("/algo/") => "",
        path if path.contains("/cm/") => "symbol=BTCUSD_PERP&",
        _ => "symbol=BTCUSDT&",
    }
}

#[test]
fn orders_are_found_listed_and_cancelled() {
    for kind in KINDS {
        let mut exchange = exchange(Limits::default());
        let about = if kind.place.contains("/cm/") { "symbol=BTCUSD_PERP" } else { "symbol=BTCUSDT" };
        let by_symbol = symbol(&kind);
        let order = |name: &str| format!("{about}&{}&{}={name}", kind.terms, kind.client_id);
        let first = done(&mut exchange, "POST", kind.place, &order("one"));
        done(&mut exchange, "POST", kind.place, &order("two"));
        let refused = ask(&mut exchange, "POST", kind.place, &order("two"));
        assert_refused(&refused, 400, -4116, "ClientOrderId is duplicated.");

        let number = first[kind.number].as_i64().unwrap();
        let by_number = format!("{by_symbol}{}={number}", kind.number);
        let by_name = format!("{by_symbol}{}=one", kind.asked_client_id);
        let found = done(&mut exchange, "GET", kind.one, &by_number);
        assert_eq!(found, done(&mut exchange, "GET", kind.one, &by_name), "{}", kind.place);
        assert_eq!((&found[kind.status], &found["price"]), (&"NEW".into(), &"60000.50".into()), "{found}");

        let count = |list: &Value| list.as_array().unwrap().len();
        assert_eq!(count(&done(&mut exchange, "GET", kind.open, about)), 2, "{}", kind.place);
        let other = if kind.place.contains("/cm/") { "symbol=ETHUSD_PERP" } else { "symbol=ETHUSDT" };
        assert_eq!(count(&done(&mut exchange, "GET", kind.open, other)), 0, "{}", kind.place);
        let cancelled = done(&mut exchange, "DELETE", kind.place, &by_name);
        if kind.status != "algoStatus" {
            assert_eq!(cancelled[kind.status], "CANCELED", "{cancelled}");
        }
        assert_eq!(done(&mut exchange, "GET", kind.ended, &by_name)[kind.status], "CANCELED");
        assert_refused(&ask(&mut exchange, "DELETE", kind.place, &by_name), 400, -2011, "CANCEL_REJECTED");
        let unknown = format!("{by_symbol}{}=none", kind.asked_client_id);
        assert_refused(&ask(&mut exchange, "GET", kind.one, &unknown), 400, -2013, "Order does not exist.");
        assert_eq!(count(&done(&mut exchange, "GET", kind.open, about)), 1, "{}", kind.place);

        let all = done(&mut exchange, "GET", kind.all, about);
        assert_eq!((count(&all), &all[0][kind.status]), (2, &"CANCELED".into()), "{all}");
        assert_eq!(count(&done(&mut exchange, "GET", kind.all, &format!("{about}&limit=1"))), 1);
        let after = format!("{about}&{}={}", kind.number, number + 1);
        let rest = done(&mut exchange, "GET", kind.all, &after);
        assert_eq!(
            (count(&rest), &rest[0][kind.client_id.replace("newClientOrderId", "clientOrderId")]),
            (1, &"two".into())
        );
        let before = format!("{about}&startTime={}&endTime={}", NOW - 7_200_000, NOW - 1);
        assert_eq!(count(&done(&mut exchange, "GET", kind.all, &before)), 0, "{}", kind.place);

        done(&mut exchange, "DELETE", kind.cancel_all, about);
        assert_eq!(count(&done(&mut exchange, "GET", kind.open, about)), 0, "{}", kind.place);
        assert_eq!((exchange.account.orders.executions()["one"], exchange.account.orders.executions()["two"]), (1, 1));
    }
}

#[test]
fn only_open_orders_are_open() {
    for (place, open, terms) in [
        (UM_ORDER, "/papi/v1/um/openOrder", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&newClientOrderId=x"),
        (
            "/papi/v1/cm/order",
            "/papi/v1/cm/openOrder",
            "symbol=BTCUSD_PERP&side=BUY&type=MARKET&quantity=1&newClientOrderId=x",
        ),
    ] {
        let mut exchange = exchange(Limits::default());
        let about = &terms[..terms.find('&').unwrap()];
        done(&mut exchange, "POST", place, terms);
        let asked = format!("{about}&origClientOrderId=x");
        assert_eq!(done(&mut exchange, "GET", place, &asked)["status"], "FILLED");
        assert_refused(&ask(&mut exchange, "GET", open, &asked), 400, -2013, "Order does not exist.");
        let terms = format!("{about}&{PLAIN}&newClientOrderId=x");
        done(&mut exchange, "POST", place, &terms);
        done(&mut exchange, "GET", open, &asked);
    }
}

#[test]
fn amendments_change_an_order_and_are_listed() {
    for (path, list, about) in [
        (UM_ORDER, "/papi/v1/um/orderAmendment", "symbol=BTCUSDT"),
        ("/papi/v1/cm/order", "/papi/v1/cm/orderAmendment", "symbol=BTCUSD_PERP"),
    ] {
        let mut exchange = exchange(Limits::default());
        done(&mut exchange, "POST", path, &format!("{about}&{PLAIN}&newClientOrderId=x"));
        let asked = format!("{about}&origClientOrderId=x");
        let amended = done(&mut exchange, "PUT", path, &format!("{asked}&side=BUY&quantity=2&price=59000&modifyId=9"));
        assert_eq!(
            (&amended["price"], &amended["origQty"], &amended["modifyId"]),
            (&"59000".into(), &"2".into(), &9.into())
        );
        let matched = done(&mut exchange, "PUT", path, &format!("{asked}&side=BUY&quantity=3&priceMatch=QUEUE"));
        assert!(matched.get("modifyId").is_none(), "{matched}");
        assert_eq!(done(&mut exchange, "GET", path, &asked)["origQty"], "3");
        let rows = done(&mut exchange, "GET", list, &asked);
        assert_eq!(rows.as_array().map(Vec::len), Some(2));
        assert_eq!(rows[0]["amendment"]["price"], serde_json::json!({ "before": "60000.50", "after": "59000" }));
        assert_eq!((&rows[1]["amendment"]["count"], &rows[0]["amendment"]["modifyId"]), (&2.into(), &9.into()));
        let none = format!("{about}&origClientOrderId=y&side=BUY&quantity=2&price=59000");
        assert_refused(&ask(&mut exchange, "PUT", path, &none), 400, -2013, "Order does not exist.");
    }
}

#[test]
fn margin_orders_tell_as_much_as_was_asked_for() {
    const PATH: &str = "/papi/v1/margin/order";
    let market = "symbol=BTCUSDT&side=SELL&type=MARKET&quantity=0.5";
    let mut exchange = exchange(Limits::default());
    let full = done(&mut exchange, "POST", PATH, market);
    assert_eq!((&full["status"], &full["fills"][0]["qty"]), (&"FILLED".into(), &"0.5".into()), "{full}");
    assert!(full.get("marginBuyBorrowAmount").is_none());
    let ack = done(&mut exchange, "POST", PATH, &format!("{market}&newOrderRespType=ACK"));
    assert_eq!(ack.as_object().unwrap().len(), 4, "{ack}");
    let result = done(&mut exchange, "POST", PATH, &format!("{market}&newOrderRespType=RESULT"));
    assert!(result.get("fills").is_none() && result["executedQty"] == "0.5", "{result}");
    let by_value = "symbol=BTCUSDT&side=BUY&type=MARKET&quoteOrderQty=34000";
    assert_eq!(done(&mut exchange, "POST", PATH, by_value)["executedQty"], "0.5");
}

#[test]
fn the_orders_of_a_list_live_and_end_together() {
    const OCO: &str = "/papi/v1/margin/order/oco";
    const LIST: &str = "/papi/v1/margin/orderList";
    let terms = "symbol=BTCUSDT&side=SELL&quantity=0.5&price=70000&stopPrice=60000";
    let mut exchange = exchange(Limits::default());
    let placed = done(&mut exchange, "POST", OCO, &format!("{terms}&listClientOrderId=a&limitClientOrderId=b"));
    assert_eq!(
        (&placed["orderReports"][1]["clientOrderId"], &placed["orderReports"][0]["type"]),
        (&"b".into(), &"STOP_LOSS".into())
    );
    let again = ask(&mut exchange, "POST", OCO, &format!("{terms}&listClientOrderId=a"));
    assert_refused(&again, 400, -4116, "ClientOrderId is duplicated.");
    let second = done(&mut exchange, "POST", OCO, &format!("{terms}&stopLimitPrice=59000&stopLimitTimeInForce=GTC"));
    assert_eq!(second["orderReports"][0]["type"], "STOP_LOSS_LIMIT");

    assert_eq!(
        done(&mut exchange, "GET", "/papi/v1/margin/openOrders", "symbol=BTCUSDT").as_array().map(Vec::len),
        Some(4)
    );
    assert_eq!(done(&mut exchange, "GET", "/papi/v1/margin/openOrderList", "").as_array().map(Vec::len), Some(2));
    done(&mut exchange, "DELETE", "/papi/v1/margin/order", "symbol=BTCUSDT&origClientOrderId=b");
    assert_eq!(done(&mut exchange, "GET", LIST, "origClientOrderId=a")["listOrderStatus"], "ALL_DONE");
    let asked = format!("symbol=BTCUSDT&orderListId={}", second["orderListId"]);
    let cancelled = done(&mut exchange, "DELETE", LIST, &asked);
    assert_eq!(
        (&cancelled["orderReports"][0]["status"], &cancelled["listStatusType"]),
        (&"CANCELED".into(), &"ALL_DONE".into())
    );
    assert_eq!(cancelled["orders"], second["orders"]);
    assert_refused(&ask(&mut exchange, "DELETE", LIST, &asked), 400, -2011, "CANCEL_REJECTED");
    assert_refused(&ask(&mut exchange, "GET", LIST, "orderListId=9"), 400, -2013, "Order does not exist.");
    assert_eq!(done(&mut exchange, "GET", "/papi/v1/margin/allOrderList", "").as_array().map(Vec::len), Some(2));

    done(&mut exchange, "POST", OCO, terms);
    done(&mut exchange, "POST", "/papi/v1/margin/order", &format!("symbol=BTCUSDT&{PLAIN}"));
    let all = done(&mut exchange, "DELETE", "/papi/v1/margin/allOpenOrders", "symbol=BTCUSDT");
    assert_eq!(all.as_array().map(Vec::len), Some(2));
    assert_eq!((&all[0]["status"], &all[1]["contingencyType"]), (&"CANCELED".into(), &"OCO".into()), "{all}");
    assert_eq!(
        done(&mut exchange, "DELETE", "/papi/v1/margin/allOpenOrders", "symbol=BTCUSDT").as_array().map(Vec::len),
        Some(0)
    );
}
