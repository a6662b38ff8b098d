//! What the next process knows of the calls of the last one, and what it asks about them.

use super::{Desk, borrow, ids, order, patience, settlements};
use binance_papi::intents::{self, IntentEnd, SettledIntent, WhyNotAsked};
use binance_papi::{Call, Client, Credentials, Effect, Method, RawCall};
use papi_sandbox::{Acts, DEMO_SECRET, Fault, FaultKind};

#[tokio::test]
async fn what_the_last_process_did_not_hear_of_is_settled_by_the_next() {
    let lost = |id, acts| Fault::new(FaultKind::ResetAfterRead).method("POST").client_order_id(id).acts(acts);
    let desk = Desk::with([lost("executed", Acts::Before), lost("lost", Acts::Never)]).await;
    let client = desk.client();
    for id in ["executed", "answered", "lost"] {
        let result = client.send(&order(id)).await;
        assert_eq!(result.is_err_and(|error| error.is_unknown()), id != "answered");
    }
    assert_eq!(ids(&client), ["executed", "lost"]);
    drop(client);

    let client = desk.client();
    assert_eq!(ids(&client), ["executed", "lost"]);
    assert_eq!(ids(&client.with(Call::default())), ["executed", "lost"], "clones share them");
    let settled = client.settle_all(patience()).await.expect("the exchange answers");
    assert_eq!(settlements(&settled), ["accepted", "absent"]);
    assert_eq!((ids(&client).len(), client.settle_all(patience()).await.expect("nothing to ask").len()), (0, 0));
    drop(client);

    assert_eq!(ids(&desk.client()).len(), 0);
    assert_eq!(intents::read(desk.path()).expect("a file").intents.len(), 0);
    assert_eq!(desk.sandbox.executions().len(), 2);
}

#[tokio::test]
async fn what_nothing_can_be_asked_about_is_listed_and_not_settled() {
    let desk = Desk::with([Fault::new(FaultKind::Html502).always()]).await;
    let client = desk.client();
    assert!(client.send(&borrow()).await.expect_err("no answer").is_unknown());
    let raw = RawCall::new(Method::Post, "/papi/v1/um/order").param("newClientOrderId", "raw").effect(Effect::Once);
    assert!(client.send_raw(&raw).await.expect_err("no answer").is_unknown());
    drop(client);
    let client = desk.client();
    let before = desk.sandbox.requests().total();
    let settled = client.settle_all(patience()).await.expect("nothing is asked");
    let why = |settled: &SettledIntent| match settled.end {
        IntentEnd::NotAsked(why) => Some((why, settled.intent.shown_by())),
        _ => None,
    };
    let loans = Some("GET /papi/v1/margin/marginLoan".to_owned());
    assert_eq!(
        settled.iter().filter_map(why).collect::<Vec<_>>(),
        [(WhyNotAsked::NothingAnswers, loans), (WhyNotAsked::NoType, None)]
    );
    assert_eq!(desk.sandbox.requests().total(), before);
    assert_eq!(client.unsettled().len(), 2);
    // Somebody has looked at the account.
    for intent in client.unsettled() {
        client.forget(&intent).await.expect("room");
        assert!(client.forget(&intent).await.expect_err("it is forgotten").is_invalid());
    }
    drop(client);
    assert!(desk.client().unsettled().is_empty());
    assert_eq!(desk.text().matches("\"forgotten\"").count(), 2);
}

#[tokio::test]
async fn intents_of_another_key_are_listed_and_not_asked_for() {
    let desk = Desk::with([Fault::new(FaultKind::Lost).method("POST")]).await;
    desk.client().send(&order("mine")).await.expect_err("the answer is lost");
    let other = Credentials::new("B".repeat(64), DEMO_SECRET).expect("plain text");
    let client = desk.builder().credentials(other.clone()).build().expect("a client");
    let before = desk.sandbox.requests().total();
    let settled = client.settle_all(patience()).await.expect("nothing is asked");
    assert!(matches!(settled[..], [SettledIntent { end: IntentEnd::NotAsked(WhyNotAsked::OtherAccount), .. }]));
    assert!(!settled[0].intent.is_of(&other));
    assert_eq!((client.unsettled().len(), desk.sandbox.requests().total()), (1, before));
    drop(client);
    let client = desk.client();
    assert_eq!(settlements(&client.settle_all(patience()).await.expect("an answer")), ["accepted"]);
}

#[tokio::test]
async fn a_client_without_intents_has_none() {
    let desk = Desk::with([]).await;
    let client = Client::builder().base_url(desk.sandbox.base_url()).build().expect("a client");
    assert!(client.unsettled().is_empty());
    let error = client.settle_all(patience()).await.expect_err("no file");
    assert!(error.is_invalid() && error.to_string().contains("ClientBuilder::intents"), "{error}");
}
