//! What a reply proves although it cannot be read whole: an order whose id is in it was accepted. And what proves nothing:
//! an answer that the exchange did not write.

mod support;

use papi_runtime::{Client, Error, ErrorKind, RawCall};
use papi_types::{ClientOrderId, Effect, EndpointInfo, Method, Quantity, Side, cm, margin, um};
use std::sync::atomic::Ordering;
use support::{http, server};

type Pairs<'a> = &'a [(&'a str, &'a str)];

const ID: &str = "desk-7";

fn market_order() -> um::NewOrder {
    let quantity: Quantity = "1".parse().expect("decimal");
    um::NewOrder::market("BTCUSDT", Side::Buy, quantity).new_client_order_id(ID)
}

/// Sends an order that is answered with success and this body.
async fn order_answered(body: &str) -> Error {
    let (client, seen) = server(&http("200 OK", "", body)).await;
    let error = client.send(&market_order()).await.expect_err("no whole reply");
    assert_eq!((error.attempts(), seen.load(Ordering::SeqCst)), (1, 1), "{error}");
    error
}

async fn send(client: &Client, info: &EndpointInfo, pairs: Pairs<'_>) -> Result<String, Error> {
    let request = (info.parse)(pairs).unwrap_or_else(|invalid| panic!("{}: {invalid}", info.type_path()));
    client.send_dyn(request.as_ref()).await.map(|reply| reply.data)
}

#[tokio::test]
async fn an_order_whose_id_can_be_read_is_accepted() {
    let whole = um::NewOrder::INFO.examples[0];
    for body in [r#"{"orderId":22542179}"#, r#"{"orderId":"22542179","status":7}"#, &whole.replace("\"10\"", "\"ten\"")]
    {
        let error = order_answered(body).await;
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
        let accepted = error.accepted().unwrap_or_else(|| panic!("accepted: {error}"));
        assert_eq!(accepted.id("orderId"), Some("22542179"));
        assert!(error.to_string().contains("it was accepted (orderId 22542179)"), "{error}");
        assert!(error.advice().is_some_and(|advice| advice.contains("do not send it again")), "{error}");
        assert!(error.pending().is_none() && error.body().is_some() && error.decode_error().is_some(), "{error}");
        assert_eq!(error.client_order_id().map(ClientOrderId::as_str), Some(ID));
    }
}

#[tokio::test]
async fn an_order_whose_client_id_is_ours_is_accepted() {
    let error = order_answered(r#"{"clientOrderId":"desk-7","orderId":null}"#).await;
    assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
    let ids: Vec<_> = error.accepted().expect("accepted").ids().collect();
    assert_eq!(ids, [("clientOrderId", ID)]);
}

#[tokio::test]
async fn without_an_id_of_it_an_order_is_unknown() {
    for body in [
        "{}",
        "[]",
        "7",
        r#"{"clientOrderId":"another"}"#,
        r#"{"orderId":0}"#,
        r#"{"orderId":-1}"#,
        r#"{"orderId":"none"}"#,
        r#"{"orderId":{"id":1}}"#,
        r#"{"status":"desk-7"}"#,
        r#"{"tradeId":5}"#,
        r#"{"orderId":22542179"#,
        r#"<p>{"orderId":22542179}"#,
    ] {
        let error = order_answered(body).await;
        assert_eq!(error.kind(), ErrorKind::Unknown, "{body}: {error}");
        assert!(error.accepted().is_none() && error.pending().is_some(), "{body}: {error}");
    }
}

#[tokio::test]
async fn every_kind_of_order_has_its_ids() {
    let um = [("symbol", "BTCUSDT"), ("side", "SELL")];
    let algo = [("algoType", "CONDITIONAL"), ("type", "STOP_MARKET"), ("quantity", "0.01"), ("triggerPrice", "20000")];
    let algo = [&um[..], &algo, &[("clientAlgoId", ID)]].concat();
    let cm = [("symbol", "BTCUSD_PERP"), ("side", "SELL")];
    let conditional = [("strategyType", "STOP_MARKET"), ("quantity", "1"), ("stopPrice", "20000.1")];
    let conditional = [&cm[..], &conditional, &[("newClientStrategyId", ID)]].concat();
    let prices = [("quantity", "1"), ("price", "90000"), ("stopPrice", "20000"), ("stopLimitPrice", "19999")];
    let oco = [("stopLimitTimeInForce", "GTC"), ("listClientOrderId", ID), ("stopClientOrderId", "stop-7")];
    let oco = [&um[..], &prices, &oco].concat();
    let amendment = [("orderId", "5"), ("quantity", "0.02"), ("price", "20000.1")];
    let amendment = [&um[..], &amendment].concat();
    let rows: [(&EndpointInfo, Pairs<'_>, &str, Pairs<'_>); 7] = [
        (um::NewAlgoOrder::INFO, &algo, r#"{"algoId":5}"#, &[("algoId", "5")]),
        (um::NewAlgoOrder::INFO, &algo, r#"{"clientAlgoId":"desk-7"}"#, &[("clientAlgoId", ID)]),
        (cm::NewConditionalOrder::INFO, &conditional, r#"{"strategyId":5}"#, &[("strategyId", "5")]),
        (
            cm::NewConditionalOrder::INFO,
            &conditional,
            r#"{"newClientStrategyId":"desk-7"}"#,
            &[("newClientStrategyId", ID)],
        ),
        (margin::NewOco::INFO, &oco, r#"{"orderListId":5,"orders":7}"#, &[("orderListId", "5")]),
        (
            margin::NewOco::INFO,
            &oco,
            r#"{"orders":[{"orderId":8,"clientOrderId":"limit"},{"clientOrderId":"stop-7"}]}"#,
            &[("orderId", "8"), ("clientOrderId", "stop-7")],
        ),
        (um::AmendOrder::INFO, &amendment, r#"{"orderId":5}"#, &[("orderId", "5")]),
    ];
    for (info, pairs, body, ids) in rows {
        let (client, _) = server(&http("200 OK", "", body)).await;
        let error = send(&client, info, pairs).await.expect_err("no whole reply");
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}: {error}");
        assert_eq!(error.accepted().expect("accepted").ids().collect::<Vec<_>>(), ids, "{body}");
    }
}

#[tokio::test]
async fn what_only_reads_was_never_accepted() {
    let (client, _) = server(&http("200 OK", "", r#"[{"orderId":5}]"#)).await;
    let error = client.send(&um::ForceOrders::new()).await.expect_err("no whole reply");
    assert_eq!((error.kind(), error.accepted().is_none()), (ErrorKind::Decode, true), "{error}");
}

#[tokio::test]
async fn an_answer_that_is_no_json_proves_nothing_of_an_idempotent_write() {
    let cancel = um::CancelOrder::new("BTCUSDT").orig_client_order_id(ID);
    for body in ["", " ", "<html>Please log in</html>", "OK, welcome", "{\"orderId\":1"] {
        let (client, seen) = server(&http("200 OK", "", body)).await;
        let error = client.send(&cancel).await.expect_err("no reply");
        assert_eq!((error.kind(), seen.load(Ordering::SeqCst)), (ErrorKind::Unknown, 2), "{body}: {error}");
        assert!(error.pending().is_some(), "{body}: {error}");
    }
    let (client, _) = server(&http("200 OK", "", "{}")).await;
    assert_eq!(client.send(&cancel).await.expect_err("no reply").kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn a_code_beside_a_whole_order_refuses_nothing() {
    for code in ["0", "-1", "\"0\"", "-2011"] {
        let beside = |example: &str| example.replacen('{', &format!("{{\"code\":{code},\"msg\":\"\","), 1);
        let (client, _) = server(&http("200 OK", "", &beside(um::NewOrder::INFO.examples[0]))).await;
        let order = client.send(&market_order()).await.unwrap_or_else(|error| panic!("{code}: {error}"));
        assert_eq!(order.data.order_id.get(), 22_542_179);
        let raw = RawCall::new(Method::Post, "/papi/v1/um/order");
        assert!(client.send_raw(&raw).await.is_ok(), "{code}");

        let (client, _) = server(&http("200 OK", "", &beside(um::CancelOrder::INFO.examples[0]))).await;
        let cancel = um::CancelOrder::new("BTCUSDT").orig_client_order_id(ID);
        assert!(client.send(&cancel).await.is_ok(), "{code}");

        let error = order_answered(&format!("{{\"orderId\":5,\"code\":{code}}}")).await;
        assert_eq!((error.kind(), error.accepted().is_some()), (ErrorKind::Decode, true), "{code}: {error}");
    }
}

#[tokio::test]
async fn a_code_beside_less_than_a_reply_is_judged_as_before() {
    let refused = r#"{"code":-2011,"msg":"Unknown order sent.","data":{}}"#;
    let error = order_answered(refused).await;
    assert_eq!((error.kind(), error.accepted().is_none()), (ErrorKind::Rejected, true), "{error}");
    let with_an_id = r#"{"code":-2011,"msg":"Unknown order sent.","orderId":5}"#;
    let (client, _) = server(&http("200 OK", "", with_an_id)).await;
    let cancel = um::CancelOrder::new("BTCUSDT").orig_client_order_id(ID);
    assert_eq!(client.send(&cancel).await.expect_err("refused").kind(), ErrorKind::Rejected);
    let raw = RawCall::new(Method::Delete, "/papi/v1/um/order").effect(Effect::Idempotent);
    assert_eq!(client.send_raw(&raw).await.expect_err("refused").kind(), ErrorKind::Rejected);
    // A refusal has another status; then nothing in it is a reply.
    let (client, _) = server(&http("400 Bad Request", "", with_an_id)).await;
    let error = client.send(&market_order()).await.expect_err("refused");
    assert_eq!((error.kind(), error.accepted().is_none()), (ErrorKind::Rejected, true), "{error}");
    let unknown = RawCall::new(Method::Post, "/papi/v1/new").effect(Effect::Once);
    let (client, _) = server(&http("200 OK", "", with_an_id)).await;
    assert_eq!(client.send_raw(&unknown).await.expect_err("refused").kind(), ErrorKind::Rejected);
}
