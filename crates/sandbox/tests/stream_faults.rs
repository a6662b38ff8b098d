//! Faults of the user data stream over real sockets: what a client sees of each.

#![allow(clippy::unwrap_used)]

mod support;

use futures_util::{SinkExt as _, StreamExt as _};
use papi_sandbox::{CannedAnswer, Fault, FaultKind};
use papi_types::Clock as _;
use serde_json::Value;
use std::time::Duration;
use support::account::{Account, key_call, post_key};
use support::{PATIENCE, Stream, Until, assert_silent, connect, next_text, request, send, signed, talk};
use tokio::io::AsyncReadExt as _;
use tokio_tungstenite::tungstenite::{Error, Message};

const UM_ORDER: &str = "/papi/v1/um/order";

fn order(client_id: &str) -> String {
    format!("symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=2&price=1&timeInForce=GTC&newClientOrderId={client_id}")
}

async fn account(fault: Fault) -> Account {
    let account = Account::open().await;
    account.sandbox.inject(fault);
    account
}

async fn next_event(stream: &mut Stream) -> Value {
    serde_json::from_str(&next_text(stream).await.expect("an event")).unwrap()
}

/// Which comes first: the answer to an order, or its event. When both are there, what is expected later is looked at
/// first.
async fn first_of_order(mut account: Account, expected: &'static str) -> &'static str {
    let target = signed(UM_ORDER, &order("a"), account.clock.now());
    let answer = send(account.sandbox.addr(), "POST", &target, "");
    let event = next_text(&mut account.stream);
    tokio::pin!(answer, event);
    let first = if expected == "answer" {
        tokio::select! { biased; _ = &mut answer => "answer", _ = &mut event => "event" }
    } else {
        tokio::select! { biased; _ = &mut event => "event", _ = &mut answer => "answer" }
    };
    if first == "answer" {
        event.await.expect("the event");
    } else {
        assert_eq!(answer.await.status, 200);
    }
    first
}

#[tokio::test]
async fn events_come_behind_the_answer_or_before_it() {
    assert_eq!(first_of_order(Account::open().await, "answer").await, "answer");
    let first = Fault::new(FaultKind::EventsFirst).path(UM_ORDER);
    assert_eq!(first_of_order(account(first).await, "event").await, "event");
}

#[tokio::test]
async fn late_events_keep_those_behind_them_waiting() {
    let late = Fault::new(FaultKind::EventsLate).after(Duration::from_millis(200));
    let mut account = account(late).await;
    account.call("POST", UM_ORDER, &order("a")).await;
    account.call("POST", UM_ORDER, &order("b")).await;
    account.sandbox.emit(r#"{"e":"riskLevelChange"}"#);
    assert_silent(&mut account.stream).await;
    for client_id in ["a", "b"] {
        assert_eq!(next_event(&mut account.stream).await["o"]["c"], client_id);
    }
    assert_eq!(next_event(&mut account.stream).await["e"], "riskLevelChange");
}

#[tokio::test]
async fn a_lost_order_is_told_all_the_same() {
    let mut account = account(Fault::new(FaultKind::Lost).method("POST")).await;
    let target = signed(UM_ORDER, &order("a"), account.clock.now());
    let (answer, _) = talk(account.sandbox.addr(), &request("POST", &target, "", ""), Until::End).await;
    assert!(answer.is_none());
    assert_eq!(next_event(&mut account.stream).await["o"]["c"], "a");
}

#[tokio::test]
async fn an_event_may_be_cut_in_the_middle() {
    let mut account = account(Fault::new(FaultKind::EventCut).path(UM_ORDER)).await;
    account.call("POST", UM_ORDER, &order("a")).await;
    let end = tokio::time::timeout(PATIENCE, account.stream.next()).await.unwrap();
    assert!(matches!(end, Some(Err(Error::Protocol(_) | Error::Io(_)))), "{end:?}");
    let mut again = connect(account.sandbox.addr(), &account.key).await.unwrap();
    account.call("POST", UM_ORDER, &order("b")).await;
    assert_eq!(next_event(&mut again).await["o"]["c"], "b");
}

#[tokio::test]
async fn a_half_open_connection_neither_ends_nor_answers() {
    let mut account = account(Fault::new(FaultKind::HalfOpen)).await;
    while account.sandbox.streams() > 0 {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    account.call("POST", UM_ORDER, &order("a")).await;
    account.stream.send(Message::Ping("there?".into())).await.unwrap();
    assert_silent(&mut account.stream).await;
    let mut byte = [0];
    let read = account.stream.get_mut().read(&mut byte);
    assert!(tokio::time::timeout(Duration::from_millis(50), read).await.is_err(), "no end arrives either");
    let mut again = connect(account.sandbox.addr(), &account.key).await.unwrap();
    account.sandbox.emit("{}");
    assert_eq!(next_text(&mut again).await.as_deref(), Some("{}"));
}

#[tokio::test]
async fn connections_are_cut_after_a_time_as_often_as_told() {
    let mut account = account(Fault::new(FaultKind::StreamCut).after(Duration::from_secs(600)).times(2)).await;
    for _ in 0..2 {
        account.clock.advance(599_999);
        account.events(1, "POST", "/papi/v1/um/leverage", "symbol=BTCUSDT&leverage=5").await;
        account.clock.advance(1);
        while next_text(&mut account.stream).await.is_some() {}
        account.stream = connect(account.sandbox.addr(), &account.key).await.unwrap();
    }
    account.clock.advance(600_000);
    account.sandbox.emit("{}");
    while next_text(&mut account.stream).await.unwrap() != "{}" {}
}

#[tokio::test]
async fn a_shutdown_is_told_before_it_comes() {
    let mut account = account(Fault::new(FaultKind::ServerShutdown).holding(Duration::from_millis(100))).await;
    assert_eq!(next_event(&mut account.stream).await["e"], "serverShutdown");
    // Until then the stream works, beside a connection that is opened in time.
    let mut next = connect(account.sandbox.addr(), &account.key).await.unwrap();
    account.sandbox.emit("{}");
    assert_eq!(next_text(&mut account.stream).await.as_deref(), Some("{}"));
    assert_eq!(next_text(&mut next).await.as_deref(), Some("{}"));
    assert_eq!(next_text(&mut account.stream).await, None);
}

#[tokio::test]
async fn unknown_and_malformed_events_come_among_the_others() {
    let mut account = account(Fault::new(FaultKind::UnknownEvent)).await;
    assert_eq!(next_event(&mut account.stream).await["e"], "SANDBOX_NEWS");
    account.sandbox.inject(Fault::new(FaultKind::MalformedEvent));
    let half = next_text(&mut account.stream).await.unwrap();
    assert!(half.starts_with(r#"{"e":"#) && serde_json::from_str::<Value>(&half).is_err(), "{half}");
    account.events(1, "POST", UM_ORDER, &order("a")).await;
}

#[tokio::test]
async fn ten_thousand_events_come_at_once_and_in_order() {
    let mut account = account(Fault::new(FaultKind::EventBurst)).await;
    for number in 1..=10_000 {
        assert_eq!(next_event(&mut account.stream).await["U"], number);
    }
    account.sandbox.inject(Fault::new(FaultKind::EventBurst).count(2));
    for number in 1..=2 {
        assert_eq!(next_event(&mut account.stream).await["U"], number);
    }
    assert_silent(&mut account.stream).await;
}

#[tokio::test]
async fn a_key_expires_with_a_word_two_or_none() {
    use FaultKind as K;
    for (kind, told) in [(K::KeyExpires, 1), (K::KeyExpiresTwice, 2), (K::KeyExpiresSilently, 0), (K::KeyDeleted, 0)] {
        let mut account = account(Fault::new(kind).after(Duration::from_secs(60))).await;
        assert_silent(&mut account.stream).await;
        account.clock.advance(60_000);
        for _ in 0..told {
            assert_eq!(next_event(&mut account.stream).await["e"], "listenKeyExpired", "{kind:?}");
        }
        while connect(account.sandbox.addr(), &account.key).await.is_ok() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        account.events(0, "POST", UM_ORDER, &order("a")).await;
        let refused = key_call(&account.sandbox, "PUT").await;
        assert!(refused.body.contains("-1125"), "{kind:?}: {}", refused.body);
        assert_eq!(account.sandbox.streams(), 1, "{kind:?}: the connection stays");
        assert_ne!(post_key(&account.sandbox).await, account.key, "{kind:?}");
    }
}

#[tokio::test]
async fn keeping_a_key_alive_may_fail_while_the_key_lives() {
    let refusal = Fault::new(FaultKind::NoListenKey).method("PUT").path("/papi/v1/listenKey");
    let mut account = account(refusal).await;
    let refused = key_call(&account.sandbox, "PUT").await;
    assert!(refused.status == 400 && refused.body.contains("-1125"), "{}", refused.body);
    let stall = Fault::new(FaultKind::StallBeforeHeaders).method("PUT").path("/papi/v1/listenKey");
    account.sandbox.inject(stall);
    let (answer, _) = talk(account.sandbox.addr(), &request("PUT", "/papi/v1/listenKey", "", ""), Until::Nothing).await;
    assert!(answer.is_none());
    account.events(1, "POST", UM_ORDER, &order("a")).await;
    assert_eq!(key_call(&account.sandbox, "PUT").await.status, 200);
}

#[tokio::test]
async fn opening_a_connection_meets_faults_that_name_the_stream() {
    let account = account(Fault::new(FaultKind::Html502).path("/pm/ws")).await;
    let addr = account.sandbox.addr();
    assert_eq!(connect(addr, &account.key).await.unwrap_err(), 502);
    account.sandbox.inject(Fault::answering(CannedAnswer::text(429, "")).path("/pm/ws"));
    assert_eq!(connect(addr, &account.key).await.unwrap_err(), 429);
    account.sandbox.inject(Fault::new(FaultKind::StallBeforeHeaders).path("/pm/ws"));
    let opening = tokio::time::timeout(Duration::from_millis(100), connect(addr, &account.key)).await;
    assert!(opening.is_err(), "accepted, and no handshake is answered");
    account.sandbox.inject(Fault::new(FaultKind::Html502));
    connect(addr, &account.key).await.expect("one that names no path is for calls");
    assert_eq!(send(addr, "GET", "/papi/v1/ping", "").await.status, 502);
}
