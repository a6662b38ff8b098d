//! The user data stream over real sockets: what acting calls cause, in which order, and who hears it.

#![allow(clippy::unwrap_used)]

mod support;

use futures_util::SinkExt as _;
use papi_sandbox::{Sandbox, StreamTiming};
use serde_json::Value;
use std::time::Duration;
use support::account::{Account, NOW, key_call, post_key};
use support::{assert_silent, connect, connect_to, next_text, send};
use tokio_tungstenite::tungstenite::Message;

const HOUR: i64 = 3_600_000;

/// Events in short: name, kind of execution and status, as far as they have them.
fn short(events: &[Value]) -> Vec<String> {
    let words = |event: &Value| {
        let order = event.get("o").filter(|order| order.is_object()).unwrap_or(event);
        let words = [&event["e"], &order["x"], &order["X"], &event["so"]["os"], &event["t"]];
        words.iter().filter_map(|word| word.as_str()).collect::<Vec<_>>().join(" ")
    };
    events.iter().map(words).collect()
}

const LIMIT: &str = "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=2&price=1&timeInForce=GTC&newClientOrderId=a";
const MARKET: &str = "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.5&newClientOrderId=b";
const UM_ORDER: &str = "/papi/v1/um/order";

#[tokio::test]
async fn a_futures_fill_comes_behind_what_it_did_to_the_account() {
    let mut account = Account::open().await;
    let events = account.events(3, "POST", UM_ORDER, MARKET).await;
    assert_eq!(short(&events), ["ORDER_TRADE_UPDATE NEW NEW", "ACCOUNT_UPDATE", "ORDER_TRADE_UPDATE TRADE FILLED"]);
    let (update, fill) = (&events[1]["a"], &events[2]["o"]);
    assert_eq!((&update["P"][0]["pa"], &update["P"][0]["ep"]), (&"0.5".into(), &"68000".into()));
    assert_eq!(update["P"][0]["bep"], 68_000, "a number, not a text");
    assert_eq!((&update["B"][0]["a"], &update["B"][0]["wb"]), (&"USDT".into(), &"0".into()));
    assert_eq!(
        (&fill["c"], &fill["l"], &fill["L"], &fill["rp"]),
        (&"b".into(), &"0.5".into(), &"68000".into(), &"0".into())
    );
    assert_eq!(fill["i"], account.sandbox.orders()[0].order_id);
    assert!(fill["t"].as_i64().unwrap() > 0);
    for event in &events {
        assert_eq!((&event["fs"], &event["E"], &event["T"]), (&"UM".into(), &NOW.into(), &NOW.into()));
        assert!(event["o"].get("ot").is_none(), "Portfolio Margin has none: {event}");
    }
}

#[tokio::test]
async fn the_life_of_an_order_is_told() {
    for (group, symbol, unit) in [("um", "BTCUSDT", "UM"), ("cm", "BTCUSD_PERP", "CM")] {
        let mut account = Account::open().await;
        let path = format!("/papi/v1/{group}/order");
        let place = LIMIT.replace("BTCUSDT", symbol);
        let mut events = account.events(1, "POST", &path, &place).await;
        let amend = format!("symbol={symbol}&side=BUY&quantity=3&price=2&origClientOrderId=a");
        events.extend(account.events(1, "PUT", &path, &amend).await);
        let cancel = format!("symbol={symbol}&origClientOrderId=a");
        events.extend(account.events(1, "DELETE", &path, &cancel).await);
        assert_eq!(
            short(&events),
            ["ORDER_TRADE_UPDATE NEW NEW", "ORDER_TRADE_UPDATE AMENDMENT NEW", "ORDER_TRADE_UPDATE CANCELED CANCELED"]
        );
        assert_eq!((&events[1]["o"]["q"], &events[1]["o"]["p"]), (&"3".into(), &"2".into()));
        assert!(events.iter().all(|event| event["fs"] == unit));
        let never = place.replace("GTC", "IOC");
        let events = account.events(2, "POST", &path, &never).await;
        assert_eq!(short(&events), ["ORDER_TRADE_UPDATE NEW NEW", "ORDER_TRADE_UPDATE EXPIRED EXPIRED"]);
    }
}

#[tokio::test]
async fn all_that_is_cancelled_is_told() {
    let mut account = Account::open().await;
    account.events(1, "POST", UM_ORDER, LIMIT).await;
    account.events(1, "POST", UM_ORDER, &LIMIT.replace("=a", "=c")).await;
    let events = account.events(2, "DELETE", "/papi/v1/um/allOpenOrders", "symbol=BTCUSDT").await;
    assert_eq!([&events[0]["o"]["c"], &events[1]["o"]["c"]], ["a", "c"]);
    assert_eq!(short(&events), ["ORDER_TRADE_UPDATE CANCELED CANCELED"; 2]);
}

#[tokio::test]
async fn leverage_and_conditional_orders_are_told_and_algo_orders_are_not() {
    let mut account = Account::open().await;
    let events = account.events(1, "POST", "/papi/v1/um/leverage", "symbol=ETHUSDT&leverage=7").await;
    assert_eq!(
        (&events[0]["e"], &events[0]["ac"]["s"], &events[0]["ac"]["l"]),
        (&"ACCOUNT_CONFIG_UPDATE".into(), &"ETHUSDT".into(), &7.into())
    );
    let strategy = "symbol=BTCUSD_PERP&side=BUY&strategyType=STOP_MARKET&quantity=1&stopPrice=2&newClientStrategyId=s";
    let path = "/papi/v1/cm/conditional/order";
    let mut events = account.events(1, "POST", path, strategy).await;
    events.extend(account.events(1, "DELETE", path, "symbol=BTCUSD_PERP&newClientStrategyId=s").await);
    assert_eq!(short(&events), ["CONDITIONAL_ORDER_TRADE_UPDATE NEW", "CONDITIONAL_ORDER_TRADE_UPDATE CANCELED"]);
    assert_eq!(events[0]["so"]["sp"], "2");
    let algo = "algoType=CONDITIONAL&symbol=BTCUSDT&side=BUY&type=STOP_MARKET&quantity=1&triggerPrice=2&clientAlgoId=g";
    account.events(0, "POST", "/papi/v1/um/algo/order", algo).await;
    account.events(0, "DELETE", "/papi/v1/um/algo/order", "clientAlgoId=g").await;
}

#[tokio::test]
async fn margin_orders_and_lists_are_told_with_the_balances_they_move() {
    let mut account = Account::open().await;
    let path = "/papi/v1/margin/order";
    let events = account.events(2, "POST", path, LIMIT).await;
    assert_eq!(short(&events), ["executionReport NEW NEW", "outboundAccountPosition"]);
    let usdt = |event: &Value| event["B"].as_array().unwrap().iter().find(|row| row["a"] == "USDT").unwrap().clone();
    assert_eq!((usdt(&events[1])["f"].as_str(), usdt(&events[1])["l"].as_str()), (Some("9998"), Some("2")));
    let events = account.events(2, "DELETE", path, "symbol=BTCUSDT&origClientOrderId=a").await;
    assert_eq!(short(&events), ["executionReport CANCELED CANCELED", "outboundAccountPosition"]);
    assert_eq!(events[0]["C"], "a", "the cancelled order; the cancellation has a name of its own");
    assert_eq!((usdt(&events[1])["f"].as_str(), usdt(&events[1])["l"].as_str()), (Some("10000"), Some("0")));
    let events = account.events(3, "POST", path, &MARKET.replace("0.5", "0.01")).await;
    assert_eq!(short(&events), ["executionReport NEW NEW", "executionReport TRADE FILLED", "outboundAccountPosition"]);
    assert_eq!((&events[1]["l"], &events[1]["L"], &events[1]["Y"]), (&"0.01".into(), &"68000".into(), &"680".into()));
    assert_eq!(usdt(&events[2])["f"], "9320");

    let list = "symbol=BTCUSDT&side=SELL&quantity=1&price=3&stopPrice=2&listClientOrderId=o";
    let events = account.events(4, "POST", "/papi/v1/margin/order/oco", list).await;
    let list_number = events[0]["g"].as_i64().unwrap();
    assert!(list_number > 0 && events[2]["g"] == list_number);
    let cancel = "symbol=BTCUSDT&listClientOrderId=o";
    let events = account.events(4, "DELETE", "/papi/v1/margin/orderList", cancel).await;
    assert_eq!(short(&events)[0], "executionReport CANCELED CANCELED");
    assert_eq!(short(&events)[2], "executionReport CANCELED CANCELED");
}

#[tokio::test]
async fn loans_and_repayments_are_told() {
    let mut account = Account::open().await;
    let mut events = account.events(3, "POST", "/papi/v1/marginLoan", "asset=BTC&amount=2.5").await;
    events.extend(account.events(3, "POST", "/papi/v1/repayLoan", "asset=BTC&amount=1").await);
    let names: Vec<_> = events.iter().map(|event| event["e"].as_str().unwrap()).collect();
    assert_eq!(names, ["liabilityChange", "balanceUpdate", "outboundAccountPosition"].repeat(2));
    assert_eq!((&events[0]["t"], &events[0]["p"], &events[0]["l"]), (&"BORROW".into(), &"2.5".into(), &"2.5".into()));
    assert_eq!((&events[3]["p"], &events[3]["l"], &events[4]["d"]), (&"1".into(), &"1.5".into(), &"-1".into()));
    assert_eq!(events[5]["B"][0]["f"], "10001.5");
}

#[tokio::test]
async fn all_connections_of_the_account_hear_the_same() {
    let mut account = Account::open().await;
    let mut other = connect(account.sandbox.addr(), &account.key).await.unwrap();
    account.call("POST", UM_ORDER, MARKET).await;
    account.sandbox.emit(r#"{"e":"riskLevelChange","s":"MARGIN_CALL"}"#);
    for _ in 0..4 {
        assert_eq!(next_text(&mut account.stream).await, next_text(&mut other).await);
    }
    assert_eq!(account.sandbox.events().len(), 4);
    assert_eq!(account.sandbox.streams(), 2);
}

#[tokio::test]
async fn events_can_be_told_over_http() {
    let mut account = Account::open().await;
    let addr = account.sandbox.addr();
    let list = r#"[{"e":"openOrderLoss","O":[]},{"e":"riskLevelChange"}]"#;
    let told = send(addr, "POST", "/sandbox/events", list).await;
    assert_eq!((told.status, told.body.as_str()), (200, list));
    send(addr, "POST", "/sandbox/events", "{\"e\":").await;
    for expected in [r#"{"e":"openOrderLoss","O":[]}"#, r#"{"e":"riskLevelChange"}"#, "{\"e\":"] {
        assert_eq!(next_text(&mut account.stream).await.as_deref(), Some(expected));
    }
    let told = send(addr, "GET", "/sandbox/events", "").await;
    assert!(told.body.ends_with(r#""{\"e\":"]"#), "{}", told.body);
    assert_eq!(send(addr, "DELETE", "/sandbox/events", "").await.status, 405);
}

#[tokio::test]
async fn a_key_lives_an_hour_from_its_last_extension() {
    let day = Duration::from_secs(24 * 3_600);
    let without_pings = StreamTiming { ping_every: day, ..StreamTiming::default() };
    let mut account = Account::with(Sandbox::builder().stream_timing(without_pings)).await;
    for _ in 0..3 {
        account.clock.advance(HOUR - 1);
        assert_eq!(key_call(&account.sandbox, "PUT").await.status, 200);
    }
    account.clock.advance(HOUR - 1);
    assert_eq!(post_key(&account.sandbox).await, account.key, "the active key, extended");
    account.clock.advance(HOUR - 1);
    account.events(1, "POST", UM_ORDER, LIMIT).await;
    account.clock.advance(1);
    let told: Value = serde_json::from_str(&next_text(&mut account.stream).await.unwrap()).unwrap();
    assert_eq!(told, serde_json::json!({"e": "listenKeyExpired", "E": NOW + 5 * HOUR - 4}));
    // The connection stays and is silent.
    account.events(0, "POST", UM_ORDER, &LIMIT.replace("=a", "=c")).await;
    let late = key_call(&account.sandbox, "PUT").await;
    assert!(late.status == 400 && late.body.contains("-1125"), "{}", late.body);
    assert_eq!(connect(account.sandbox.addr(), &account.key).await.unwrap_err(), 401);

    let key = post_key(&account.sandbox).await;
    assert_ne!(key, account.key);
    let mut renewed = connect(account.sandbox.addr(), &key).await.unwrap();
    account.events(0, "POST", UM_ORDER, &LIMIT.replace("=a", "=d")).await;
    assert!(next_text(&mut renewed).await.unwrap().contains(r#""c":"d""#));
}

#[tokio::test]
async fn a_deleted_key_silences_all_connections_and_closes_none() {
    let mut account = Account::open().await;
    let mut other = connect(account.sandbox.addr(), &account.key).await.unwrap();
    assert_eq!(key_call(&account.sandbox, "DELETE").await.status, 200);
    account.events(0, "POST", UM_ORDER, LIMIT).await;
    assert_silent(&mut other).await;
    assert_eq!(account.sandbox.streams(), 2);
    assert_eq!(account.sandbox.events().len(), 1, "it happened, and nobody heard it");
}

#[tokio::test]
async fn a_wrong_key_and_a_plain_request_are_refused() {
    let account = Account::open().await;
    let addr = account.sandbox.addr();
    assert_eq!(connect(addr, "nobody").await.unwrap_err(), 401);
    assert_eq!(send(addr, "GET", &format!("/pm/ws/{}", account.key), "").await.status, 400);
    assert_eq!(send(addr, "GET", "/pm/ws", "").await.status, 404);
    assert_eq!(account.sandbox.requests().count("GET", "/pm/ws"), 3, "the first, the wrong key and none");
}

#[tokio::test]
async fn a_connection_may_subscribe_to_its_key_by_message() {
    let account = Account::open().await;
    let mut combined = connect_to(account.sandbox.addr(), "/pm/stream").await.unwrap();
    account.sandbox.emit("{}");
    assert_silent(&mut combined).await;
    let key = &account.key;
    for (method, result) in
        [("SUBSCRIBE", Value::Null), ("LIST_SUBSCRIPTIONS", serde_json::json!([key])), ("UNSUBSCRIBE", Value::Null)]
    {
        let asked = serde_json::json!({ "method": method, "params": [key], "id": "a1" });
        combined.send(Message::text(asked.to_string())).await.unwrap();
        let answer: Value = serde_json::from_str(&next_text(&mut combined).await.unwrap()).unwrap();
        assert_eq!(answer, serde_json::json!({ "result": result, "id": "a1" }), "{method}");
        account.sandbox.emit(r#"{"e":"x"}"#);
        if method == "UNSUBSCRIBE" {
            assert_silent(&mut combined).await;
        } else {
            let told = next_text(&mut combined).await.unwrap();
            assert_eq!(told, format!(r#"{{"stream":"{key}","data":{{"e":"x"}}}}"#));
        }
    }
    combined.send(Message::text("what?")).await.unwrap();
    assert!(next_text(&mut combined).await.unwrap().contains("error"));
    assert!(connect_to(account.sandbox.addr(), &format!("/ws/{key}")).await.is_ok(), "the shorter root");
}

/// Waits until as many connections are open.
async fn until_open(sandbox: &Sandbox, count: usize) {
    for _ in 0..2_000 {
        if sandbox.streams() == count {
            return;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    panic!("{} connections are open", sandbox.streams());
}

mod by_the_clock {
    use super::*;
    use futures_util::StreamExt as _;

    #[tokio::test]
    async fn the_server_pings_and_keeps_a_client_that_answers() {
        let mut account = Account::open().await;
        for _ in 0..5 {
            account.clock.advance(3 * 60_000);
            let ping = tokio::time::timeout(support::PATIENCE, account.stream.next()).await.unwrap();
            assert!(matches!(ping, Some(Ok(Message::Ping(_)))), "{ping:?}");
            // The library answers when it writes next.
            account.stream.flush().await.unwrap();
            assert_silent(&mut account.stream).await;
        }
        account.events(1, "POST", UM_ORDER, LIMIT).await;
    }

    #[tokio::test]
    async fn a_client_without_pongs_is_cut() {
        let account = Account::open().await;
        account.clock.advance(3 * 60_000);
        // Nobody reads here, so nobody answers.
        tokio::time::sleep(Duration::from_millis(50)).await;
        account.clock.advance(10 * 60_000 - 1);
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert_eq!(account.sandbox.streams(), 1);
        account.clock.advance(1);
        until_open(&account.sandbox, 0).await;
    }

    #[tokio::test]
    async fn pings_of_the_client_are_answered_and_its_pongs_are_welcome() {
        let mut account = Account::open().await;
        account.stream.send(Message::Pong("unasked".into())).await.unwrap();
        account.stream.send(Message::Ping("asked".into())).await.unwrap();
        let pong = tokio::time::timeout(support::PATIENCE, account.stream.next()).await.unwrap();
        assert_eq!(pong.unwrap().unwrap(), Message::Pong("asked".into()));
    }

    #[tokio::test]
    async fn a_connection_lives_a_day() {
        let mut account = Account::open().await;
        account.clock.advance(24 * HOUR - 1);
        let _ = key_call(&account.sandbox, "PUT").await;
        assert_eq!(account.sandbox.streams(), 1);
        account.clock.advance(1);
        while next_text(&mut account.stream).await.is_some() {}
        until_open(&account.sandbox, 0).await;
    }

    #[tokio::test]
    async fn the_times_can_be_chosen() {
        let minute = Duration::from_secs(60);
        let timing = StreamTiming { ping_every: minute, pong_within: minute, life: 60 * minute };
        let account = Account::with(Sandbox::builder().stream_timing(timing)).await;
        account.clock.advance(60_000);
        tokio::time::sleep(Duration::from_millis(50)).await;
        account.clock.advance(60_000);
        until_open(&account.sandbox, 0).await;
    }
}

#[tokio::test]
async fn a_client_that_does_not_read_is_cut() {
    let mut account = Account::open().await;
    let slow = connect(account.sandbox.addr(), &account.key).await.unwrap();
    let long = format!(r#"{{"e":"balanceUpdate","a":"{}"}}"#, "x".repeat(2_000));
    // More than the queue and the buffers of both sockets hold; the other client reads all the time.
    for _ in 0..400 {
        for _ in 0..100 {
            account.sandbox.emit(&*long);
        }
        for _ in 0..100 {
            assert_eq!(next_text(&mut account.stream).await.as_ref(), Some(&long));
        }
    }
    until_open(&account.sandbox, 1).await;
    drop(slow);
}

#[tokio::test]
async fn the_end_of_the_sandbox_ends_all_connections() {
    let mut account = Account::open().await;
    let mut other = connect(account.sandbox.addr(), &account.key).await.unwrap();
    drop(account.sandbox);
    assert_eq!(next_text(&mut account.stream).await, None);
    assert_eq!(next_text(&mut other).await, None);
}

#[tokio::test]
async fn a_day_is_played_with_its_forced_closes_and_a_gap() {
    let day = Duration::from_secs(86_400);
    let mut account = Account::with(Sandbox::builder().seed(3).play_day(day)).await;
    let mut told = Vec::new();
    while !account.sandbox.is_day_over() {
        account.clock.advance(HOUR / 2);
        let _ = key_call(&account.sandbox, "PUT").await;
        // A mark: all before it happened before.
        account.sandbox.emit(r#"{"e":"mark"}"#);
        loop {
            match next_text(&mut account.stream).await {
                Some(mark) if mark == r#"{"e":"mark"}"# => break,
                Some(event) => told.push(event),
                None => {
                    assert_eq!(connect(account.sandbox.addr(), &account.key).await.unwrap_err(), 502);
                    account.stream = connect(account.sandbox.addr(), &account.key).await.unwrap();
                    break;
                }
            }
        }
    }
    let happened = account.sandbox.events().into_iter().filter(|event| event != r#"{"e":"mark"}"#);
    let happened: Vec<String> = happened.collect();
    assert!(told.len() < happened.len(), "some were lost in the gap");
    let names = |name: &str| told.iter().filter(|event| event.contains(name)).count();
    for name in [
        "LIQUIDATION",
        "adl_autoclose",
        "ACCOUNT_UPDATE",
        "riskLevelChange",
        "liabilityChange",
        "executionReport",
        "day-",
    ] {
        assert!(names(name) > 0, "{name}");
    }
    // The histories have the same forced closes.
    let is_liquidation = |event: &&String| event.is_ascii() && event.contains(r#""c":"autoclose-"#);
    let liquidation = happened.iter().find(is_liquidation).unwrap();
    let order: Value = serde_json::from_str(liquidation).unwrap();
    let at = order["T"].as_i64().unwrap();
    let params = format!("symbol={}&startTime={at}&endTime={at}", order["o"]["s"].as_str().unwrap());
    let path = format!("/papi/v1/{}/forceOrders", order["fs"].as_str().unwrap().to_lowercase());
    let rows = account.call("GET", &path, &params).await;
    assert!(rows.body.contains(&format!(r#""clientOrderId":{}"#, order["o"]["c"])), "{}", rows.body);
}
