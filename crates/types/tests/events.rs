//! Events of the user data stream: documented and observed ones read and print back, others are told from malformed ones.

mod normal;

use normal::normal;
use papi_types::error::{DriftKind, find_drift};
use papi_types::events::{AccountUpdate, OrderTradeUpdate};
use papi_types::{
    AccountEvent, BusinessUnit, CloseKind, Decimal, EVENTS, EventInfo, ExecutionType, Timestamp, Wire, decode,
    encode_json,
};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// Events such as were observed, with other values.
const VARIED: &str = include_str!("events/varied.jsonl");

fn varied() -> impl Iterator<Item = &'static str> {
    VARIED.lines().filter(|line| !line.starts_with('#'))
}

/// All events that stand in files: documented, observed, varied.
fn all() -> impl Iterator<Item = &'static str> {
    EVENTS.iter().flat_map(|info| info.examples.iter().copied()).chain(varied())
}

fn read(json: &str) -> AccountEvent {
    decode(json.as_bytes()).unwrap_or_else(|error| panic!("{error}: {json}"))
}

fn refused(json: &str) -> String {
    decode::<AccountEvent>(json.as_bytes()).expect_err(json).to_string()
}

fn order(json: &str) -> OrderTradeUpdate {
    match read(json) {
        AccountEvent::OrderTradeUpdate(event) => event,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_event_has_a_documented_example_and_the_files_have_enough_of_them() {
    assert_eq!(EVENTS.len(), 12);
    assert!(EVENTS.iter().all(|info| !info.examples.is_empty()));
    assert!(all().count() >= 96, "{}", all().count());
    for info in EVENTS {
        assert!(varied().any(|json| read(json).name() == info.event), "none is {}", info.event);
    }
}

#[test]
fn events_print_back_equal() {
    for json in all() {
        let event = read(json);
        let printed = encode_json(&event);
        assert_eq!(normal(&printed), normal(json), "{json}");
        assert_eq!(encode_json(&read(&printed)), printed, "printed once, it is in the one form");
        let info = event.info().expect("known");
        assert_eq!((info.reprint)(json.as_bytes()).expect("reads"), printed);
        assert_eq!(info.find_drift(json.as_bytes()).expect("reads"), [], "{json}");
        assert_eq!(find_drift(json.as_bytes(), &AccountEvent::SCHEMA), []);
    }
}

#[test]
fn the_order_of_keys_does_not_matter() {
    for json in all() {
        let parts: BTreeMap<String, Box<RawValue>> = serde_json::from_str(json).expect("an object");
        let mut parts: Vec<_> = parts.into_iter().collect();
        for _ in 0..parts.len() {
            parts.rotate_left(1);
            let members: Vec<String> = parts.iter().map(|(name, value)| format!("\"{name}\" : {value}")).collect();
            let turned = format!(" {{ {} }}\n", members.join(" , "));
            assert_eq!(read(&turned), read(json), "{turned}");
        }
    }
}

#[test]
fn keys_that_differ_by_case_alone_are_two() {
    let event = order(EventInfo::of("ORDER_TRADE_UPDATE").expect("known").examples[1]);
    assert_eq!(event.event_time.as_millis() - event.transaction_time.as_millis(), 6);
    let filled = varied().map(read).find_map(|event| match event {
        AccountEvent::OrderTradeUpdate(event) if event.order.trade_id.get() == 67_880_589 => Some(event.order),
        _ => None,
    });
    let filled = filled.expect("it stands in the file");
    let printed = |number: Decimal| number.to_string();
    assert_eq!(printed(filled.last_filled_qty), "0.002");
    assert_eq!(printed(filled.last_filled_price), "63000.10");
    assert_eq!((filled.commission.map(printed), filled.is_maker), (Some("0.02520004".to_owned()), true));
}

#[test]
fn what_is_common_can_be_asked_of_any_event() {
    let event = read(EventInfo::of("ACCOUNT_UPDATE").expect("known").examples[1]);
    assert_eq!(event.name(), "ACCOUNT_UPDATE");
    assert_eq!(event.event_time(), Some(Timestamp::from_millis(1_727_308_800_841)));
    assert_eq!(event.transaction_time(), Some(Timestamp::from_millis(1_727_308_800_658)));
    assert_eq!(event.business_unit(), Some(&BusinessUnit::Um));
    // Its `T` is a number of a transaction.
    let loan = read(EventInfo::of("liabilityChange").expect("known").examples[0]);
    assert_eq!((loan.transaction_time(), loan.business_unit()), (None, None));
    assert!(EVENTS.iter().all(|info| read(info.examples[0]).event_time().is_some()));
}

#[test]
fn an_order_by_the_exchange_is_told_by_its_client_order_id() {
    let kinds = varied().map(read).filter_map(|event| match event {
        AccountEvent::OrderTradeUpdate(event) => Some((CloseKind::of(&event.order.client_order_id), event.order)),
        _ => None,
    });
    let closings: Vec<_> = kinds.filter(|(kind, _)| *kind != CloseKind::Unknown).collect();
    let of = |wanted: CloseKind| closings.iter().filter(|(kind, _)| *kind == wanted).count();
    assert_eq!((of(CloseKind::Liquidation), of(CloseKind::Adl), of(CloseKind::Settlement)), (3, 2, 1));
    assert!(closings.iter().any(|(_, order)| order.execution_type == ExecutionType::Calculated));
}

#[test]
fn numbers_are_read_digit_for_digit() {
    let json = r#"{"e":"ACCOUNT_UPDATE","E":"2","T":1,"fs":"UM","a":{"B":[{"a":"USDT","wb":0.00000000000000000001,"cw":1,"bc":-0}],"P":[],"m":"ORDER"}}"#;
    let AccountEvent::AccountUpdate(event) = read(json) else { panic!("another event") };
    assert_eq!(event.update.balances[0].wallet_balance.to_string(), "0.00000000000000000001");
    assert_eq!(event.event_time.as_millis(), 2);
    let ids = varied().filter(|json| json.contains("9007199254740993")).map(order);
    assert_eq!(ids.map(|event| event.order.order_id.to_string()).collect::<Vec<_>>(), ["9007199254740993"]);
}

#[test]
fn an_event_that_nobody_knows_is_kept_as_it_came() {
    let json = r#"{"E":1792000000001,"e":"uniMMRDrop","new":[1.50,{"a":"\u0041"}]}"#;
    let event = read(json);
    assert_eq!((event.name(), event.info().is_none()), ("uniMMRDrop", true));
    assert_eq!(event.event_time(), Some(Timestamp::from_millis(1_792_000_000_001)));
    assert_eq!(encode_json(&event), json);
    let drift = find_drift(json.as_bytes(), &AccountEvent::SCHEMA);
    let found: Vec<_> = drift.iter().map(|drift| (drift.kind, drift.path.as_str(), drift.value.as_str())).collect();
    assert_eq!(found, [(DriftKind::Word, "e", "\"uniMMRDrop\"")]);
    assert_eq!(read(r#"{"e":"serverShutdown"}"#).event_time(), None);
}

#[test]
fn an_event_may_be_wrapped() {
    let bare = EventInfo::of("listenKeyExpired").expect("known").examples[0];
    assert_eq!(read(&format!(r#"{{"subscriptionId":1,"event":{bare}}}"#)), read(bare));
    assert_eq!(read(r#"{"event":{"e":"serverShutdown","E":7}}"#).name(), "serverShutdown");
    assert!(refused(r#"{"event":{"event":{"e":"serverShutdown"}}}"#).contains("missing field `e`"));
    assert!(refused(r#"{"event":{"e":"listenKeyExpired"}}"#).starts_with("at event: missing field `E`"));
}

#[test]
fn unknown_fields_and_words_are_drift_and_no_mistake() {
    let known = EventInfo::of("ORDER_TRADE_UPDATE").expect("known").examples[1];
    let json = known.replace("\"UM\"", "\"PM\"").replace("\"x\":\"NEW\"", "\"x\":\"SPLIT\",\"ot\":\"LIMIT\"");
    let event = read(&json);
    assert!(!order(&json).order.execution_type.is_known());
    assert!(encode_json(&event).contains(r#""x":"SPLIT""#));
    let drift = event.info().expect("known").find_drift(json.as_bytes()).expect("reads");
    let found: Vec<String> = drift.iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [r#"unknown word at fs: "PM""#, r#"unknown word at o.x: "SPLIT""#, r#"unknown field at o.ot: "LIMIT""#]
    );
}

#[test]
fn a_malformed_event_says_where() {
    let known = EventInfo::of("ORDER_TRADE_UPDATE").expect("known").examples[1];
    let known_as = |from: &str, to: &str| refused(&known.replacen(from, to, 1));
    for (said, wanted) in [
        (refused("[1]"), "at .: invalid type: sequence, expected an object"),
        (refused("7"), "at .: invalid type: integer `7`, expected an object"),
        (refused(""), "at .: EOF while parsing"),
        (refused("{}"), "missing field `e`"),
        (refused(r#"{"E":1}"#), "missing field `e`"),
        (refused(r#"{"e":7,"E":1}"#), "at e: invalid type: integer `7`, expected a text"),
        (refused(r#"{"E":1,"e":null}"#), "at e: invalid type: null, expected a text"),
        (refused(r#"{"E":1,"e":{}}"#), "at e: invalid type: map, expected a text"),
        (refused(r#"{"e":"uniMMRDrop","x":"#), "EOF while parsing"),
        (refused(r#"{"e":"listenKeyExpired"}"#), "missing field `E`"),
        (refused(r#"{"e":"listenKeyExpired","E":1,"e":"listenKeyExpired"}"#), "duplicate field `e`"),
        (known_as("\"fs\":\"UM\"", "\"fs\":\"UM\",\"fs\":\"UM\""), "duplicate field `fs`"),
        (known_as("\"i\":8886774", "\"i\":8886774.5"), "at o.i: expected a 64-bit id"),
        (known_as("\"q\":\"0.010\"", "\"q\":\"much\""), "at o.q: expected a decimal number, found \"much\""),
        (known_as("\"X\":\"NEW\",", ""), "at o: missing field `X`"),
        (known_as("\"o\":{", "\"o\":[{"), "at o: invalid type: sequence, expected an object"),
        (refused(&format!("{known}{known}")), "trailing characters"),
    ] {
        assert!(said.contains(wanted), "{said}\n{wanted}");
    }
    assert!(decode::<AccountEvent>(b"{\"e\":\"\xff\"}").is_err());
    // A struct alone refuses another event.
    let other = decode::<AccountUpdate>(known.as_bytes()).expect_err("another event");
    let said = other.to_string();
    assert!(said.starts_with("at e: expected \"ACCOUNT_UPDATE\", found \"ORDER_TRADE_UPDATE\""), "{said}");
}

#[test]
fn no_cut_and_no_changed_byte_makes_another_event_of_it_or_a_panic() {
    for json in all() {
        for end in 0..json.len() {
            if json.is_char_boundary(end) {
                assert!(decode::<AccountEvent>(&json.as_bytes()[..end]).is_err(), "{}", &json[..end]);
            }
        }
        for at in (0..json.len()).step_by(3) {
            let mut bytes = json.as_bytes().to_vec();
            bytes[at] ^= 1;
            if let Ok(event) = decode::<AccountEvent>(&bytes) {
                let printed = encode_json(&event);
                assert_eq!(encode_json(&read(&printed)), printed);
            }
        }
    }
}

#[test]
fn the_good_rows_of_a_malformed_event_are_kept() {
    let known = EventInfo::of("ACCOUNT_UPDATE").expect("known").examples[0];
    let error = decode::<AccountEvent>(known.replace("6563.66500", "much").as_bytes()).expect_err("malformed");
    assert_eq!(error.path(), "a.P[1].ep");
    let Some(AccountEvent::AccountUpdate(event)) = error.good_rows() else { panic!("the rest is good") };
    assert_eq!(event.update.positions.map(|positions| positions.len()), Some(1));
}

#[test]
fn events_are_stored_and_read_back_by_serde() {
    for json in all().chain([r#"{"e":"uniMMRDrop","E":1,"x":[2,"3"]}"#]) {
        let event = read(json);
        let text = serde_json::to_string(&event).expect("prints");
        assert_eq!(normal(&text), normal(&encode_json(&event)), "{json}");
        assert_eq!(serde_json::from_str::<AccountEvent>(&text).expect("reads"), read(&text));
    }
}

#[test]
fn each_part_of_an_event_has_an_example() {
    assert_eq!(AccountUpdate::example().update.reason.as_str(), "ORDER");
    assert_eq!(OrderTradeUpdate::example().order.symbol.as_str(), "BTCUSDT");
}

#[test]
fn a_listen_key_does_not_print() {
    let key = "pqia91ma19a5s61cv6a81va65sdf19v8";
    let expired = format!(r#"{{"e":"listenKeyExpired","E":1,"listenKey":"{key}"}}"#);
    let AccountEvent::ListenKeyExpired(event) = read(&expired) else { panic!("{expired}") };
    assert_eq!(event.listen_key.as_ref().map(papi_types::ListenKey::as_str), Some(key));
    assert!(format!("{event:?}").contains("ListenKey(..)"), "{event:?}");
    let unknown = format!(r#"{{"e":"NEWS","E":1,"listenKey":"{key}","x":{{"listenKey":"{key}"}}}}"#);
    let cut = format!(r#"{{"e":"listenKeyExpired","E":{{"listenKey":"{key}"}}}}"#);
    let elsewhere = format!(
        r#"{{"e":"riskLevelChange","E":1,"u":"1","s":"MARGIN_CALL","listenKey":"{key}","x":{{"listenKey":"{key}"}}}}"#
    );
    let error = decode::<AccountEvent>(cut.as_bytes()).expect_err("no event");
    let drift = find_drift(elsewhere.as_bytes(), &AccountEvent::SCHEMA);
    assert_eq!(drift.len(), 2, "{drift:?}");
    let printed = format!("{event:?}{:?}{error}{error:?}{drift:?}", read(&unknown));
    assert!(!printed.contains(key), "{printed}");
}
