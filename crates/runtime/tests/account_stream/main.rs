//! The account's stream over real sockets, against an exchange on this machine.

mod proxied;
mod refusals;
mod server;
#[path = "../support/mod.rs"]
mod support;

use papi_runtime::account_stream::{GapReason, StreamItem, StreamOptions};
use papi_types::Timestamp;
use server::{Act, Server, event, next, next_number, until};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio_tungstenite::tungstenite::Message;

fn millis(count: u64) -> Duration {
    Duration::from_millis(count)
}

#[tokio::test]
async fn events_come_in_order_and_pings_of_the_exchange_are_answered() {
    let server = Server::start().await;
    let mut stream = server.open(StreamOptions::default()).await.expect("a stream");
    server.act(Act::Send(Message::Ping(vec![1].into())));
    for number in 1..=100 {
        server.send(event(number));
    }
    for number in 1..=100 {
        assert_eq!(next_number(&mut stream).await, number);
    }
    until("a pong", || server.pongs.load(Ordering::SeqCst) == 1).await;
    assert_eq!(*server.asked_for.lock().expect("lines"), [format!("GET /pm/ws/{} HTTP/1.1", server::KEY)]);
}

#[tokio::test]
async fn a_cut_in_the_middle_of_a_frame_is_a_gap_until_the_stream_is_back() {
    let server = Server::start().await;
    let mut stream = server.open(StreamOptions::default()).await.expect("a stream");
    server.send(event(1));
    assert_eq!(next_number(&mut stream).await, 1);
    server.act(Act::CutAfter(b"\x81\x7e\x01\x00{\"e\":".to_vec()));
    let StreamItem::Gap { from, to: None, reason } = next(&mut stream).await else { panic!("no gap") };
    assert_eq!(reason, GapReason::Disconnected);
    let StreamItem::Resumed { at } = next(&mut stream).await else { panic!("it is not back") };
    assert!(from < at);
    server.send(event(2));
    assert_eq!(next_number(&mut stream).await, 2);
}

#[tokio::test]
async fn a_connection_that_falls_silent_is_found_and_replaced() {
    let server = Server::start().await;
    let options = StreamOptions { ping_every: millis(100), ..StreamOptions::default() };
    let mut stream = server.open(options).await.expect("a stream");
    server.act(Act::FallSilent);
    let silent = next(&mut stream).await;
    assert!(matches!(silent, StreamItem::Gap { to: None, reason: GapReason::Silent, .. }), "{silent:?}");
    assert!(matches!(next(&mut stream).await, StreamItem::Resumed { .. }));
    server.send(event(1));
    assert_eq!(next_number(&mut stream).await, 1);
}

#[tokio::test]
async fn a_connection_is_replaced_without_a_gap_and_each_event_comes_once() {
    let server = Server::start().await;
    let options = StreamOptions { rotate_every: millis(200), overlap: millis(100), ..StreamOptions::default() };
    let mut stream = server.open(options).await.expect("a stream");
    let sending = server.clone();
    tokio::spawn(async move {
        for number in 1.. {
            sending.send(event(number));
            tokio::time::sleep(millis(3)).await;
        }
    });
    let mut expected = next_number(&mut stream).await;
    while server.closed.load(Ordering::SeqCst) < 3 {
        expected += 1;
        assert_eq!(next_number(&mut stream).await, expected);
    }
}

#[tokio::test]
async fn what_is_no_event_is_handed_out_and_the_stream_goes_on() {
    let server = Server::start().await;
    let mut stream = server.open(StreamOptions::default()).await.expect("a stream");
    server.send("{");
    server.send(r#"{"e":"balanceUpdate"}"#);
    server.act(Act::Send(Message::binary(vec![0xff, 0xfe])));
    server.send(r#"{"e":"somethingNew","E":7}"#);
    for expected in ["{", r#"{"e":"balanceUpdate"}"#, "\u{fffd}\u{fffd}"] {
        let StreamItem::Malformed { raw, .. } = next(&mut stream).await else { panic!("it is an event") };
        assert_eq!(raw, expected);
    }
    assert_eq!(next_number(&mut stream).await, 7);
    // A text that is no UTF-8 ends the connection, as the protocol has it.
    server.act(Act::Raw(vec![0x81, 0x02, 0xff, 0xfe]));
    assert!(matches!(next(&mut stream).await, StreamItem::Gap { reason: GapReason::Disconnected, .. }));
    assert!(matches!(next(&mut stream).await, StreamItem::Resumed { .. }));
}

#[tokio::test]
async fn what_is_new_in_an_event_is_reported() {
    let server = Server::start().await;
    let (report, mut reported) = tokio::sync::mpsc::unbounded_channel();
    let tell = move |drift: &papi_types::error::Drift| report.send(drift.path.clone()).expect("a listener");
    let client = server.builder().on_drift(tell).build().expect("a client");
    let mut stream = client.account_stream().open().await.expect("a stream");
    server.send(event(1).replace('{', r#"{"new":5,"#));
    assert_eq!(next_number(&mut stream).await, 1);
    assert_eq!(reported.recv().await.as_deref(), Some("new"));
}

#[tokio::test]
async fn a_burst_beyond_the_queue_is_a_gap_in_its_place() {
    let server = Server::start().await;
    let options = StreamOptions { queue_items: 1_000, ..StreamOptions::default() };
    let mut stream = server.open(options).await.expect("a stream");
    for number in 1..=10_000 {
        server.send(event(number));
    }
    // The end of the burst has been read when this connection is gone.
    server.act(Act::CutAfter(Vec::new()));
    until("a second connection", || server.connected.load(Ordering::SeqCst) == 2).await;
    for number in 1..=1_000 {
        assert_eq!(next_number(&mut stream).await, number);
    }
    let gap = next(&mut stream).await;
    let StreamItem::Gap { reason: GapReason::Lagging { dropped }, .. } = gap else { panic!("no gap: {gap:?}") };
    assert!(dropped >= 9_000, "{dropped}");
    server.send(event(20_000));
    loop {
        match next(&mut stream).await {
            // The return may be said after the gap, or be part of what was dropped.
            StreamItem::Resumed { .. } => {}
            StreamItem::Event(event) => break assert_eq!(event.event_time(), Some(Timestamp::from_millis(20_000))),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_key_that_expired_is_replaced_at_once() {
    let server = Server::start().await;
    let mut stream = server.open(StreamOptions::default()).await.expect("a stream");
    server.answers().open.1 = r#"{"listenKey":"another"}"#.to_owned();
    for _ in 0..2 {
        server.send(r#"{"e":"listenKeyExpired","E":1}"#);
    }
    assert_eq!(next_number(&mut stream).await, 1);
    let gap = next(&mut stream).await;
    assert!(matches!(gap, StreamItem::Gap { to: None, reason: GapReason::KeyExpired, .. }), "{gap:?}");
    assert!(matches!(next(&mut stream).await, StreamItem::Resumed { .. }));
    assert_eq!(server.asked_for.lock().expect("lines")[1], "GET /pm/ws/another HTTP/1.1");
}

#[tokio::test]
async fn a_key_that_is_gone_is_found_when_it_is_kept_alive() {
    let server = Server::start().await;
    let options = StreamOptions { keep_every: millis(200), ..StreamOptions::default() };
    let mut stream = server.open(options).await.expect("a stream");
    server.answers().keep = (400, r#"{"code":-1125,"msg":"This listenKey does not exist."}"#.to_owned());
    let gap = next(&mut stream).await;
    assert!(matches!(gap, StreamItem::Gap { to: None, reason: GapReason::KeyExpired, .. }), "{gap:?}");
    assert!(matches!(next(&mut stream).await, StreamItem::Resumed { .. }));
}

#[tokio::test]
async fn credentials_that_are_refused_again_and_again_end_the_stream() {
    let server = Server::start().await;
    let options = StreamOptions { keep_every: millis(100), ..StreamOptions::default() };
    let mut stream = server.open(options).await.expect("a stream");
    server.answers().keep =
        (401, r#"{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action."}"#.to_owned());
    let StreamItem::Gap { to: None, .. } = next(&mut stream).await else { panic!("nothing says what may be missing") };
    let StreamItem::Ended { error } = next(&mut stream).await else { panic!("it goes on") };
    assert_eq!(error.code(), Some(papi_types::ErrorCode::REJECTED_MBX_KEY));
    assert!(stream.next().await.is_none());
    until("the connection is closed", || server.closed.load(Ordering::SeqCst) == 1).await;
}

#[tokio::test]
async fn dropping_the_stream_ends_its_task_and_closes_its_connections() {
    let server = Server::start().await;
    let alive = Arc::new(AtomicU32::new(0));
    // The client, and what its notices hold, live as long as the task.
    let held = alive.clone();
    let client = server.builder().on_notice(move |_| held.store(1, Ordering::SeqCst)).build().expect("a client");
    let stream = client.account_stream().open().await.expect("a stream");
    drop((client, stream));
    until("the connection is closed", || server.closed.load(Ordering::SeqCst) == 1).await;
    until("the task has ended", || Arc::strong_count(&alive) == 1).await;
    assert_eq!(server.deleted.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn closing_for_all_deletes_the_key_and_ends_the_stream() {
    let server = Server::start().await;
    let stream = server.open(StreamOptions::default()).await.expect("a stream");
    stream.close_for_all().await.expect("it is closed");
    assert_eq!(server.deleted.load(Ordering::SeqCst), 1);
    until("the connection is closed", || server.closed.load(Ordering::SeqCst) == 1).await;
}

#[test]
fn a_runtime_that_is_shut_down_ends_the_stream() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let first = runtime();
    let mut stream = first.block_on(async {
        let server = Server::start().await;
        server.open(StreamOptions::default()).await.expect("a stream")
    });
    drop(first);
    let ended = runtime().block_on(next(&mut stream));
    assert!(matches!(ended, StreamItem::Ended { .. }), "{ended:?}");
}
