//! Replies, words and names in a user's own types: serde prints them into any format, and reads them from JSON in any way.

use papi_types::{ClientOrderId, OneOrMany, OrderId, Side, Symbol, account, margin, um};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Stored {
    note: String,
    order: um::ForceOrder,
    kinds: Vec<margin::Cancelled>,
    balance: OneOrMany<account::AssetBalance>,
    by_symbol: BTreeMap<Symbol, OrderId>,
    side: Option<Side>,
    id: ClientOrderId,
}

fn stored() -> Stored {
    Stored {
        note: "币".to_owned(),
        order: um::ForceOrder::example(),
        kinds: papi_types::decode(margin::CancelAllOrders::INFO.examples[0].as_bytes()).expect("documented"),
        balance: OneOrMany::One(account::AssetBalance::example()),
        by_symbol: BTreeMap::from([(Symbol::new("BTCUSDT"), OrderId::new(i64::MAX))]),
        side: Some(Side::from("SIDEWAYS")),
        id: ClientOrderId::new("a\"b"),
    }
}

#[test]
fn what_is_stored_as_json_reads_back_from_text_bytes_a_reader_and_a_value() {
    let text = serde_json::to_string(&stored()).expect("prints");
    assert_eq!(serde_json::from_str::<Stored>(&text).expect("reads"), stored());
    assert_eq!(serde_json::from_slice::<Stored>(text.as_bytes()).expect("reads"), stored());
    assert_eq!(serde_json::from_reader::<_, Stored>(text.as_bytes()).expect("reads"), stored());
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&text).expect("JSON"),
        serde_json::to_value(stored()).expect("prints")
    );
}

#[test]
fn serde_prints_what_the_library_prints() {
    let order = um::ForceOrder::example();
    assert_eq!(serde_json::to_string(&order).expect("prints"), papi_types::encode_json(&order));
    for (part, printed) in
        [("by_symbol", r#"{"BTCUSDT":9223372036854775807}"#), ("side", r#""SIDEWAYS""#), ("id", r#""a\"b""#)]
    {
        assert_eq!(serde_json::to_value(stored()).expect("prints")[part].to_string(), printed);
    }
}

#[test]
fn a_mistake_is_told_through_serde() {
    let text = serde_json::to_string(&stored()).expect("prints").replace("\"10871.09\"", "\"a lot\"");
    let error = serde_json::from_str::<Stored>(&text).expect_err("no number").to_string();
    assert!(error.contains("price: expected a decimal number, found \"a lot\""), "{error}");
    assert!(serde_json::from_str::<um::ForceOrder>("[1,2]").is_err(), "a list is no order");
}
