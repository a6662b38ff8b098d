//! Every documented reply reads into its type, and what is printed from the typed value equals it, digit for digit.

use papi_types::ENDPOINTS;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// A reply in which the differences that `spec/WIRE.md` tolerates do not show: a number equals the text of the same
/// digits, and `null`, `""` and `"null"` equal absence.
#[derive(Debug, PartialEq, Eq)]
enum Normal {
    Text(String),
    List(Vec<Normal>),
    Object(BTreeMap<String, Normal>),
}

fn normal(json: &str) -> Option<Normal> {
    match json.trim_start().as_bytes()[0] {
        b'{' => {
            let fields: BTreeMap<String, Box<RawValue>> = serde_json::from_str(json).expect("an object");
            let fields = fields.into_iter().filter_map(|(name, value)| Some((name, normal(value.get())?)));
            Some(Normal::Object(fields.collect()))
        }
        b'[' => {
            let list: Vec<Box<RawValue>> = serde_json::from_str(json).expect("a list");
            Some(Normal::List(list.iter().filter_map(|value| normal(value.get())).collect()))
        }
        b'"' => {
            let text: String = serde_json::from_str(json).expect("a text");
            (!text.is_empty() && text != "null").then_some(Normal::Text(text))
        }
        _ => (json.trim() != "null").then(|| Normal::Text(json.trim().to_owned())),
    }
}

#[test]
fn documented_replies_print_back_equal() {
    for info in ENDPOINTS {
        for example in info.examples {
            let printed = (info.reprint)(example.as_bytes());
            let printed = printed.unwrap_or_else(|error| panic!("{}: {error}", info.type_path()));
            assert_eq!(normal(&printed), normal(example), "{}", info.type_path());
            // Printed once, it is in the one form: printing again changes nothing.
            assert_eq!((info.reprint)(printed.as_bytes()).expect("reads again"), printed, "{}", info.type_path());
        }
    }
}

#[test]
fn a_word_that_nobody_knows_is_kept() {
    for info in ENDPOINTS {
        for example in info.examples {
            let changed = example.replace("\"FILLED\"", "\"HALF_FILLED\"").replace("\"SELL\"", "\"SELL_SHORT\"");
            let printed = (info.reprint)(changed.as_bytes());
            let printed = printed.unwrap_or_else(|error| panic!("{}: {error}", info.type_path()));
            assert_eq!(normal(&printed), normal(&changed), "{}", info.type_path());
        }
    }
}
