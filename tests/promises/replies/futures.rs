//! What the wire does in replies about USDⓈ-M and COIN-M futures.

use super::Reply;

const UM_ORDER: &str = "GET /papi/v1/um/order";
const CM_OPEN_ORDER: &str = "GET /papi/v1/cm/openOrder";
const UM_ACCOUNT: &str = "GET /papi/v1/um/account";
const CM_ACCOUNT: &str = "GET /papi/v1/cm/account";
const POSITION_RISKS: [&str; 2] = ["GET /papi/v1/um/positionRisk", "GET /papi/v1/cm/positionRisk"];
const INCOMES: [&str; 2] = ["GET /papi/v1/um/income", "GET /papi/v1/cm/income"];
const ADL_QUANTILES: [&str; 2] = ["GET /papi/v1/um/adlQuantile", "GET /papi/v1/cm/adlQuantile"];
const CONDITIONAL_LISTS: [&str; 2] =
    ["GET /papi/v1/cm/conditional/allOrders", "GET /papi/v1/cm/conditional/openOrders"];
const CANCEL_ALL_CONDITIONAL: &str = "DELETE /papi/v1/cm/conditional/allOpenOrders";

#[test]
fn the_number_of_an_income_row_is_a_text_or_a_number() {
    for call in INCOMES {
        for id in ["\"9689322392\"", "9689322392", "9007199254740993"] {
            Reply::to(call).with("[].tranId", id).reads();
        }
    }
}

#[test]
fn an_income_row_is_of_no_symbol_and_no_trade() {
    for call in INCOMES {
        Reply::to(call).with("[].symbol", "\"\"").with("[].tradeId", "\"\"").with("[].info", "\"\"").reads();
    }
}

#[test]
fn income_is_of_a_kind_that_cannot_be_asked_for() {
    for kind in ["\"AUTO_EXCHANGE\"", "\"A_KIND_OF_TOMORROW\""] {
        Reply::to(INCOMES[0]).with("[].incomeType", kind).reads();
    }
}

#[test]
fn an_asset_is_a_single_letter() {
    Reply::to(INCOMES[0]).with("[].asset", "\"U\"").reads();
}

#[test]
fn an_acknowledgement_has_its_code_as_text() {
    Reply::new(CANCEL_ALL_CONDITIONAL, r#"{"code":"200","msg":"The operation of cancel all is done."}"#).reads();
    Reply::new(CANCEL_ALL_CONDITIONAL, r#"{"code":200,"msg":"The operation of cancel all is done."}"#).reads();
}

#[test]
fn an_open_cm_order_is_an_object_or_a_list_of_one() {
    let order = r#"{"avgPrice":"0.00","clientOrderId":"abc","cumBase":"0","executedQty":"0","orderId":1917641,
        "origQty":"0.40","origType":"LIMIT","price":"0","reduceOnly":false,"side":"BUY","positionSide":"SHORT",
        "status":"NEW","symbol":"BTCUSD_200925","pair":"BTCUSD","time":1579276756075,"timeInForce":"GTC",
        "type":"LIMIT","updateTime":1579276756075}"#;
    Reply::new(CM_OPEN_ORDER, order).reads();
    Reply::new(CM_OPEN_ORDER, &format!("[{order}]")).reads();
}

#[test]
fn orders_have_no_average_price_and_no_value() {
    for (value, calls) in [("cumQuote", "um"), ("cumBase", "cm")] {
        for method in ["POST", "PUT", "DELETE"] {
            let reply = Reply::to(&format!("{method} /papi/v1/{calls}/order"));
            reply.reads();
            reply.with("avgPrice", "\"0.00\"").with(value, "\"0\"").reads();
        }
        Reply::to(&format!("GET /papi/v1/{calls}/order")).without("avgPrice").without(value).reads();
    }
}

#[test]
fn a_filled_order_has_an_average_price_of_0() {
    for price in ["\"0\"", "\"0.00\"", "\"0.00000\"", "0"] {
        Reply::to(UM_ORDER).with("status", "\"FILLED\"").with("avgPrice", price).reads();
    }
}

#[test]
fn an_order_that_cannot_be_filled_is_error_5021_or_expired() {
    let call = "POST /papi/v1/um/order";
    Reply::new(call, r#"{"code":-5021,"msg":"Due to the order could not be filled immediately."}"#).is_refused();
    Reply::to(call).with("status", "\"EXPIRED\"").with("timeInForce", "\"IOC\"").reads();
}

#[test]
fn words_of_events_stand_in_orders() {
    let reply = Reply::to(UM_ORDER).with("selfTradePreventionMode", "\"EXPIRE_NONE\"");
    reply.with("priceMatch", "\"PM_NONE\"").reads();
}

#[test]
fn cm_orders_say_where_their_price_comes_from() {
    for method in ["POST", "PUT", "GET"] {
        Reply::to(&format!("{method} /papi/v1/cm/order")).with("priceMatch", "\"NONE\"").reads();
    }
    Reply::to("GET /papi/v1/cm/conditional/orderHistory").with("priceMatch", "\"NONE\"").reads();
}

#[test]
fn an_amendment_has_the_number_of_its_caller() {
    for group in ["um", "cm"] {
        for id in ["9007199254740993", "\"7\""] {
            Reply::to(&format!("PUT /papi/v1/{group}/order")).with("modifyId", id).reads();
            Reply::to(&format!("GET /papi/v1/{group}/orderAmendment")).with("[].amendment.modifyId", id).reads();
        }
    }
}

#[test]
fn ids_are_above_2_to_the_53() {
    for id in ["4611875134427365377", "4611875134427365000", "9007199254740993"] {
        Reply::to("DELETE /papi/v1/um/order").with("orderId", id).reads();
        Reply::to("DELETE /papi/v1/cm/order").with("orderId", id).reads();
    }
}

#[test]
fn a_conditional_order_is_cancelled_with_two_l() {
    for call in CONDITIONAL_LISTS {
        Reply::to(call).with("[].strategyStatus", "\"CANCELLED\"").reads();
        Reply::to(call).with("[].strategyStatus", "\"CANCELED\"").reads();
    }
}

#[test]
fn a_conditional_order_that_waits_has_zeros_or_null_or_nothing() {
    for call in CONDITIONAL_LISTS {
        for waiting in ["0", "null"] {
            Reply::to(call).with("[].orderId", waiting).with("[].triggerTime", waiting).reads();
        }
        Reply::to(call).with("[].status", "null").with("[].type", "null").reads();
        let reply = ["orderId", "triggerTime", "status", "type"].iter().fold(Reply::to(call), |reply, field| {
            let path = format!("[].{field}");
            reply.with(&path, "null").without(&path)
        });
        reply.reads();
    }
}

#[test]
fn a_conditional_order_that_follows_no_market_has_null_or_nothing() {
    for call in CONDITIONAL_LISTS {
        let reply = Reply::to(call).with("[].activatePrice", "null").with("[].priceRate", "null");
        reply.reads();
        reply.without("[].activatePrice").without("[].priceRate").reads();
    }
}

#[test]
fn a_conditional_order_tells_its_working_type() {
    for call in CONDITIONAL_LISTS {
        Reply::to(call).with("[].workingType", "\"CONTRACT_PRICE\"").with("[].priceProtect", "false").reads();
    }
}

#[test]
fn an_algo_order_that_waits_has_empty_texts() {
    let call = "GET /papi/v1/um/algo/algoOrder";
    let reply = Reply::to(call).with("actualOrderId", "\"\"").with("actualPrice", "\"0.00000\"");
    reply.with("triggerTime", "0").with("goodTillDate", "0").reads();
    Reply::to(call).with("actualOrderId", "\"9007199254740993\"").reads();
}

#[test]
fn an_algo_order_has_the_fields_of_old() {
    let reply = Reply::to("GET /papi/v1/um/algo/algoOrder").with("icebergQuantity", "null");
    let reply = reply.with("tpTriggerPrice", "\"0.000\"").with("tpPrice", "\"0.000\"").with("tpOrderType", "\"\"");
    reply.with("slTriggerPrice", "\"0.000\"").with("slPrice", "\"0.000\"").reads();
}

#[test]
fn positions_have_a_break_even_price_and_a_value() {
    for call in POSITION_RISKS {
        Reply::to(call).with("[].breakEvenPrice", "\"22185.2001\"").reads();
    }
    let price = "positions[].breakEvenPrice";
    Reply::to(UM_ACCOUNT).with(price, "\"0.0\"").with("positions[].notional", "\"86.98650000\"").reads();
    Reply::to(CM_ACCOUNT).with(price, "\"0.0\"").with("positions[].notionalValue", "\"0.00084827\"").reads();
}

#[test]
fn the_leverage_of_a_position_is_0() {
    for leverage in ["\"0\"", "0", "\"150\""] {
        for call in POSITION_RISKS {
            Reply::to(call).with("[].leverage", leverage).reads();
        }
        for call in [UM_ACCOUNT, CM_ACCOUNT] {
            Reply::to(call).with("positions[].leverage", leverage).reads();
        }
    }
}

#[test]
fn a_position_was_last_changed_at_0() {
    for time in ["0", "\"0\""] {
        for call in POSITION_RISKS {
            Reply::to(call).with("[].updateTime", time).reads();
        }
        for call in [UM_ACCOUNT, CM_ACCOUNT, "GET /papi/v2/um/account"] {
            Reply::to(call).with("positions[].updateTime", time).with("assets[].updateTime", time).reads();
        }
    }
}

#[test]
fn hedge_mode_has_a_row_both_as_well() {
    for side in ["\"BOTH\"", "\"LONG\"", "\"SHORT\""] {
        Reply::to(POSITION_RISKS[0]).with("[].positionSide", side).reads();
    }
}

#[test]
fn an_account_without_positions_has_empty_lists() {
    for call in [UM_ACCOUNT, CM_ACCOUNT, "GET /papi/v2/um/account"] {
        Reply::new(call, r#"{"assets":[],"positions":[]}"#).reads();
    }
}

#[test]
fn an_account_has_its_self_trade_group() {
    Reply::to(UM_ACCOUNT).with("tradeGroupId", "-1").reads();
}

#[test]
fn places_in_the_queue_are_four_and_each_may_be_absent() {
    for call in ADL_QUANTILES {
        for places in [r#"{"LONG":3,"SHORT":3,"HEDGE":0}"#, r#"{"LONG":1,"SHORT":2,"BOTH":0}"#, r#"{"BOTH":4}"#, "{}"] {
            Reply::to(call).with("[].adlQuantile", places).reads();
        }
    }
}

#[test]
fn brackets_have_a_coefficient() {
    for group in ["um", "cm"] {
        let call = format!("GET /papi/v1/{group}/leverageBracket");
        Reply::to(&call).with("[].notionalCoef", "\"1.50\"").reads();
    }
}

#[test]
fn bare_decimals_keep_their_digits() {
    let call = "GET /papi/v1/um/leverageBracket";
    Reply::to(call).with("[].brackets[].maintMarginRatio", "0.0065000000000000001").reads();
}

#[test]
fn whether_margin_is_added_is_a_text_or_a_boolean() {
    for added in ["\"false\"", "false", "\"true\"", "true"] {
        Reply::to("GET /papi/v1/um/symbolConfig").with("[].isAutoAddMargin", added).reads();
    }
}

#[test]
fn a_fee_has_either_sign() {
    for group in ["um", "cm"] {
        for fee in ["\"0.01\"", "\"-0.01\""] {
            Reply::to(&format!("GET /papi/v1/{group}/userTrades")).with("[].commission", fee).reads();
        }
    }
}

#[test]
fn a_download_has_no_second_link() {
    for kind in ["order", "trade", "income"] {
        let call = format!("GET /papi/v1/um/{kind}/asyn/id");
        for absent in ["null", "\"null\"", "\"\""] {
            Reply::to(&call).with("s3Link", absent).with("isExpired", absent).with("url", absent).reads();
        }
        Reply::to(&call).with("s3Link", "\"https://example.com/file\"").with("isExpired", "false").reads();
        Reply::to(&call).with("isExpired", "\"true\"").with("expirationTimestamp", "-1").reads();
    }
}
