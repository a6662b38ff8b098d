//! What stands in the file of intents, and when: the line before the call, its attempts, its end, and nothing secret.

use super::{Desk, borrow, builder, ends_in, ids, order, patience};
use crate::secrets::assert_nothing_secret;
use binance_papi::intents;
use binance_papi::{Call, Settlement, um};
use papi_sandbox::{Acts, Fault, FaultKind};
use std::time::Duration;
use tokio::net::TcpListener;

#[tokio::test]
async fn the_intent_is_in_the_file_when_the_request_arrives() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("intents");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let client =
        builder(&format!("http://{}", listener.local_addr().expect("bound")), &path).build().expect("a client");
    let sending = tokio::spawn({
        let client = client.clone();
        async move { client.send(&order("mine")).await }
    });
    let (_socket, _) = listener.accept().await.expect("a connection");
    let listed = intents::read(&path).expect("reading needs no owner").intents;
    let [intent] = &listed[..] else { panic!("{listed:?}") };
    assert_eq!((intent.number(), intent.call().as_str()), (1, "POST /papi/v1/um/order"));
    assert_eq!(intent.client_order_id().expect("an order"), "mine");
    assert_eq!((intent.sent_at().len(), intent.recv_window()), (1, Duration::from_millis(300)));
    assert!(client.unsettled().is_empty(), "it is being sent");
    sending.abort();
    assert!(sending.await.is_err());
    assert_eq!(ids(&client), ["mine"], "nobody sends it any more");
}

#[tokio::test]
async fn each_attempt_is_written_down_and_the_last_one_counts() {
    let refused = Fault::new(FaultKind::OutsideRecvWindow).method("POST");
    let lost = Fault::new(FaultKind::Lost).method("POST");
    let desk = Desk::with([refused, lost]).await;
    let sandbox = &desk.sandbox;
    let client = desk.builder().time_url(format!("{}/fapi/v1/time", sandbox.base_url())).build().expect("a client");
    let error = client.send(&order("mine")).await.expect_err("the second answer is lost");
    let pending = error.pending().expect("an order can be settled");
    let unsettled = client.unsettled();
    let [intent] = &unsettled[..] else { panic!("{unsettled:?}") };
    assert_eq!((error.attempts(), intent.sent_at().len()), (2, 2));
    assert_eq!(intent.sent_at().last(), Some(&pending.sent_at()));
    let requests = sandbox.requests();
    let sent = requests.seen().filter(|seen| seen.query().contains("newClientOrderId=mine"));
    for (seen, stamp) in sent.zip(intent.sent_at()) {
        assert!(seen.query().contains(&format!("timestamp={}&", stamp.as_millis())), "{stamp}");
    }
    // What is asked for by the error's own account of it is the same call.
    assert!(matches!(client.settle(pending, patience()).await, Ok(Settlement::Accepted(_))));
    assert!(client.unsettled().is_empty());
}

#[tokio::test]
async fn every_answer_that_tells_what_became_of_a_call_ends_its_intent() {
    let desk = Desk::with([]).await;
    let client = desk.client();
    client.send(&order("one")).await.expect("an order");
    assert!(client.send(&order("one")).await.expect_err("the id is taken").is_rejected());
    desk.sandbox.inject(Fault::new(FaultKind::BadJson).method("POST").acts(Acts::Before));
    assert!(client.send(&order("two")).await.expect_err("half of the reply").is_unknown());
    desk.sandbox.inject(Fault::new(FaultKind::TooManyRequests429).method("POST"));
    assert!(client.send(&order("three")).await.expect_err("too much").is_throttled());
    assert!(client.send(&order("four")).await.expect_err("still closed").is_throttled());
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    desk.sandbox.inject(Fault::new(FaultKind::Refuse));
    let impatient = client.with(Call { attempts: 1, ..Call::default() });
    assert!(impatient.send(&order("five")).await.expect_err("no connection").is_not_sent());
    assert_eq!(ids(&client), ["two"]);
    let ends: Vec<_> =
        ends_in(&desk.text()).into_iter().map(|(id, ends)| format!("{id}: {}", ends.join(", "))).collect();
    // The fourth had no budget, so it was not going to leave.
    assert_eq!(ends, ["five: not_sent", "one: accepted, refused", "three: refused", "two: "]);
}

#[tokio::test]
async fn reads_are_not_written_down_and_calls_that_may_be_repeated_only_on_request() {
    let desk = Desk::with([]).await;
    let client = desk.client();
    client.send(&um::ForceOrders::new()).await.expect("rows");
    client.send(&um::CancelAllOrders::new("BTCUSDT")).await.expect("nothing to cancel");
    assert_eq!(desk.text(), "", "nothing is written before something has to be");
    drop(client);
    let client = desk.builder().intents_of_idempotent_calls().build().expect("a client");
    client.send(&um::ForceOrders::new()).await.expect("rows");
    client.send(&um::CancelAllOrders::new("BTCUSDT")).await.expect("nothing to cancel");
    assert_eq!(desk.text().matches("\"DELETE\"").count(), 1);
    assert!(!desk.text().contains("\"GET\""));
}

#[tokio::test]
async fn nothing_secret_is_in_the_file_or_in_what_is_listed() {
    let desk = Desk::with([Fault::new(FaultKind::Lost).method("POST").always()]).await;
    let client = desk.client();
    client.send(&order("mine")).await.expect_err("the answer is lost");
    client.send(&borrow()).await.expect_err("the answer is lost");
    let shown = format!("{:?}{:#?}{client:?}{:?}", client.unsettled(), intents::read(desk.path()), desk.builder());
    let settled = client.settle_all(patience()).await.expect("answers");
    assert_nothing_secret(&format!("{shown}{settled:?}"), &desk.sandbox);
    let lock = std::fs::read_to_string(desk.folder.path().join("intents.lock")).expect("a file");
    assert_nothing_secret(&format!("{}{lock}", desk.text()), &desk.sandbox);
    assert!(desk.text().contains("newClientOrderId=mine"), "the test looks at the file");
    let secret = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ab";
    let error = desk.builder().intents(secret).build().expect_err("no path");
    assert!(!format!("{error}{error:?}").contains(secret), "{error}");
}
