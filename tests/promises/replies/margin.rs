//! What the wire does in replies about cross margin.

use super::Reply;

const NEW_ORDER: &str = "POST /papi/v1/margin/order";
const NEW_OCO: &str = "POST /papi/v1/margin/order/oco";
const ORDER: &str = "GET /papi/v1/margin/order";
const CANCEL_ALL: &str = "DELETE /papi/v1/margin/allOpenOrders";
const MAX_BORROWABLE: &str = "GET /papi/v1/margin/maxBorrowable";
const INTEREST: &str = "GET /papi/v1/margin/marginInterestHistory";

#[test]
fn what_can_be_borrowed_is_a_number_or_a_text() {
    Reply::new(MAX_BORROWABLE, r#"{"amount":"1.69248805","borrowLimit":"60"}"#).reads();
    Reply::new(MAX_BORROWABLE, r#"{"amount":1.69248805,"borrowLimit":60}"#).reads();
    Reply::new(MAX_BORROWABLE, r#"{"amount":0,"borrowLimit":"60.00"}"#).reads();
}

#[test]
fn nothing_to_borrow_is_error_51061_and_no_amount() {
    Reply::new(MAX_BORROWABLE, r#"{"code":51061,"msg":"There is no inventory to lend."}"#).is_refused();
}

#[test]
fn what_an_order_borrowed_is_a_number_or_a_text() {
    for call in [NEW_ORDER, NEW_OCO] {
        for amount in ["5", "\"5\"", "0.10", "\"0.10\""] {
            Reply::to(call).with("marginBuyBorrowAmount", amount).reads();
        }
        Reply::to(call).without("marginBuyBorrowAmount").without("marginBuyBorrowAsset").reads();
    }
}

#[test]
fn an_acknowledged_order_has_no_fills_and_says_which_order_gives_way() {
    let ack = r#"{"symbol":"BTCUSDT","orderId":28,"clientOrderId":"a","transactTime":1507725176595,"fills":[],
        "selfTradePreventionMode":"NONE"}"#;
    Reply::new(NEW_ORDER, ack).reads();
    Reply::new(NEW_ORDER, ack).without("fills").without("selfTradePreventionMode").reads();
}

#[test]
fn a_stopped_match_is_null_a_number_or_the_text_null() {
    for (call, row) in
        [(ORDER, ""), ("GET /papi/v1/margin/openOrders", "[]."), ("GET /papi/v1/margin/allOrders", "[].")]
    {
        let (id, quantity) = (format!("{row}preventedMatchId"), format!("{row}preventedQuantity"));
        Reply::to(call).with(&id, "null").with(&quantity, "null").reads();
        Reply::to(call).with(&id, "\"null\"").with(&quantity, "\"null\"").reads();
        Reply::to(call).with(&id, "9007199254740993").with(&quantity, "\"1.250\"").reads();
        Reply::to(call).with(&id, "\"12\"").with(&quantity, "\"1.250\"").reads();
        Reply::to(call).without(&id).without(&quantity).reads();
    }
}

#[test]
fn ids_are_above_2_to_the_53() {
    Reply::to(ORDER).with("orderId", "4611875134427365377").reads();
    Reply::to(INTEREST).with("rows[].txId", "1352286576452864727").reads();
    Reply::to(INTEREST).with("rows[].txId", "1352286576452864800").reads();
}

#[test]
fn a_cancel_all_mixes_orders_and_order_lists() {
    let order = r#"{"symbol":"BTCUSDT","origClientOrderId":"a","orderId":11,"orderListId":-1,"clientOrderId":"b",
        "price":"0.089853","origQty":"0.178622","executedQty":"0.000000","cummulativeQuoteQty":"0.000000",
        "status":"CANCELED","timeInForce":"GTC","type":"LIMIT","side":"BUY"}"#;
    let list = format!(
        r#"{{"orderListId":1929,"contingencyType":"OCO","listStatusType":"ALL_DONE","listOrderStatus":"ALL_DONE",
        "listClientOrderId":"c","transactionTime":1585230948299,"symbol":"BTCUSDT",
        "orders":[{{"symbol":"BTCUSDT","orderId":11,"clientOrderId":"a"}}],"orderReports":[{order}]}}"#
    );
    for replies in [format!("[{order},{list}]"), format!("[{list},{order},{list}]"), "[]".to_owned()] {
        Reply::new(CANCEL_ALL, &replies).reads();
    }
}

#[test]
fn order_lists_say_which_order_gives_way() {
    let field = "selfTradePreventionMode";
    for call in ["DELETE /papi/v1/margin/order", "DELETE /papi/v1/margin/orderList", "GET /papi/v1/margin/orderList"] {
        Reply::to(call).with(field, "\"EXPIRE_MAKER\"").reads();
    }
    for call in [CANCEL_ALL, "GET /papi/v1/margin/allOrderList", "GET /papi/v1/margin/openOrderList"] {
        Reply::to(call).with(&format!("[].{field}"), "\"EXPIRE_MAKER\"").reads();
    }
    Reply::to("DELETE /papi/v1/margin/orderList").with(&format!("orderReports[].{field}"), "\"NONE\"").reads();
}

#[test]
fn a_trade_has_its_value_in_the_quote_asset() {
    Reply::to("GET /papi/v1/margin/myTrades").with("[].quoteQty", "\"0.06000000\"").reads();
}

#[test]
fn the_value_of_an_old_order_is_below_0() {
    Reply::to(ORDER).with("cummulativeQuoteQty", "\"-1\"").reads();
}
