//! Orders: how they are answered, what becomes of them, and what is remembered.

use super::*;
use crate::account::PlacedOrder;

const LIMIT: &str = "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=0.010&price=60000.50";
const MARKET: &str = "symbol=BTCUSDT&side=SELL&type=MARKET&quantity=0.010";

/// Places an order, checks that the reply fits its type, and gives the reply with what the exchange remembers.
fn place(exchange: &mut Exchange, params: &str) -> (Value, PlacedOrder) {
    let answer = ask(exchange, "POST", UM_ORDER, params);
    assert_fits("POST", UM_ORDER, &answer);
    (body(&answer), exchange.account.orders.accepted().last().unwrap().clone())
}

fn status_of(params: &str) -> (Value, String) {
    let (reply, order) = place(&mut exchange(Limits::default()), params);
    (reply["status"].clone(), order.status)
}

#[test]
fn a_limit_order_is_answered_in_the_documented_shape() {
    let answer =
        ask(&mut exchange(Limits::default()), "POST", UM_ORDER, &format!("{LIMIT}&timeInForce=GTC&newClientOrderId=a"));
    let expected = concat!(
        r#"{"clientOrderId":"a","cumQty":"0","executedQty":"0","orderId":4611875134427365377,"origQty":"0.010","#,
        r#""price":"60000.50","reduceOnly":false,"side":"BUY","positionSide":"BOTH","status":"NEW","symbol":"BTCUSDT","#,
        r#""timeInForce":"GTC","type":"LIMIT","selfTradePreventionMode":"EXPIRE_MAKER","goodTillDate":0,"#,
        r#""updateTime":1790000012345,"priceMatch":"NONE"}"#,
    );
    assert_eq!(answer.body, expected);
    assert_eq!(header(&answer, ORDER_COUNT), Some("1"));
    assert_fits("POST", UM_ORDER, &answer);
}

#[test]
fn a_result_is_final_where_the_order_is() {
    assert_eq!(status_of(MARKET), ("NEW".into(), "FILLED".into()));
    assert_eq!(status_of(&format!("{MARKET}&newOrderRespType=RESULT")), ("FILLED".into(), "FILLED".into()));
    for (time_in_force, price, status) in [
        ("GTC", "1", "NEW"),
        ("GTX", "1", "NEW"),
        ("IOC", "1", "EXPIRED"),
        ("FOK", "1", "EXPIRED"),
        ("IOC", "90000", "FILLED"),
        ("FOK", "90000", "FILLED"),
    ] {
        let params = format!(
            "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=0.5&price={price}&timeInForce={time_in_force}&newOrderRespType=RESULT"
        );
        assert_eq!(status_of(&params), (status.into(), status.into()), "{params}");
    }
}

#[test]
fn what_was_filled_is_told_digit_for_digit() {
    let (reply, _) = place(&mut exchange(Limits::default()), &format!("{MARKET}&newOrderRespType=RESULT"));
    assert_eq!(
        (&reply["origQty"], &reply["executedQty"], &reply["cumQty"]),
        (&"0.010".into(), &"0.010".into(), &"0.010".into())
    );
    assert_eq!(reply["price"], "0");
}

#[test]
fn good_till_date_and_price_match_are_echoed() {
    let until = NOW + 700_000;
    let params = format!(
        "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&timeInForce=GTD&goodTillDate={until}&priceMatch=QUEUE_5"
    );
    let (reply, _) = place(&mut exchange(Limits::default()), &params);
    assert_eq!(reply["goodTillDate"], until / 1_000 * 1_000);
    assert_eq!((&reply["priceMatch"], &reply["price"]), (&"QUEUE_5".into(), &"68000.0".into()));
}

#[test]
fn a_client_id_is_refused_only_while_its_order_is_open() {
    let mut exchange = exchange(Limits::default());
    for _ in 0..2 {
        place(&mut exchange, &format!("{MARKET}&newClientOrderId=again"));
    }
    let open = format!("{LIMIT}&timeInForce=GTC&newClientOrderId=again");
    place(&mut exchange, &open);
    let refused = ask(&mut exchange, "POST", UM_ORDER, &open);
    assert_refused(&refused, 400, -4116, "ClientOrderId is duplicated.");
    // It reached the account, so it counts as an order.
    assert_eq!(header(&refused, ORDER_COUNT), Some("4"));
    assert_eq!(exchange.account.orders.executions()["again"], 3);
}

#[test]
fn orders_without_a_client_id_get_one_each() {
    let mut exchange = exchange(Limits::default());
    let first = place(&mut exchange, MARKET).1;
    let second = place(&mut exchange, MARKET).1;
    assert_ne!(first.client_order_id, second.client_order_id);
    assert!(first.order_id < second.order_id);
}

#[test]
fn the_order_limit_turns_orders_away_and_reads_not() {
    let mut exchange = exchange(Limits { orders: 1, ..Limits::default() });
    place(&mut exchange, MARKET);
    let refused = ask(&mut exchange, "POST", UM_ORDER, MARKET);
    assert_refused(&refused, 429, -1015, "Too many new orders; current limit is 1 orders per minute.");
    assert!(header(&refused, RETRY_AFTER).is_some());
    assert_eq!(exchange.account.orders.accepted().len(), 1);
    assert_eq!(ask(&mut exchange, "GET", UM_FORCE_ORDERS, "").status, 200);
}

#[test]
fn parameters_may_come_in_the_body_and_the_query_wins() {
    let mut exchange = exchange(Limits::default());
    let payload = format!("symbol=ETHUSDTsymbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&timestamp={NOW}");
    let raw = RawRequest {
        query: "symbol=ETHUSDT".into(),
        body: format!("{}&signature={}", &payload["symbol=ETHUSDT".len()..], signature(&payload)),
        ..signed("POST", UM_ORDER, "")
    };
    let answer = exchange.answer(&raw, Timestamp::from_millis(NOW));
    assert_eq!((answer.status, &body(&answer)["symbol"]), (200, &"ETHUSDT".into()), "{}", answer.body);
}
