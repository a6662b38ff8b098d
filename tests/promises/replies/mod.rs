//! Every documented reply, and everything else that was seen on the wire, reads into its type; what is printed from the
//! typed value equals it, digit for digit.

mod account;
mod futures;
mod margin;
mod settings;

use crate::facts::read;
use binance_papi::{ENDPOINTS, EndpointInfo};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The text of a reply with its fields in order and nothing else changed.
pub(crate) fn strict(json: &str) -> String {
    in_order(json, &|scalar| Some(scalar.to_owned())).unwrap_or_default()
}

/// The text of a reply in which the differences that `spec/WIRE.md` tolerates do not show: a number equals the text of
/// the same digits, and `null`, `""` and `"null"` equal absence.
fn normal(json: &str) -> String {
    let scalar = |json: &str| {
        let text = if json.starts_with('"') { serde_json::from_str(json).expect("a text") } else { json.to_owned() };
        (!text.is_empty() && text != "null").then(|| format!("{text:?}"))
    };
    in_order(json, &scalar).unwrap_or_default()
}

fn in_order(json: &str, scalar: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let json = json.trim();
    match json.as_bytes().first() {
        Some(b'{') => {
            let fields: BTreeMap<String, Box<RawValue>> = serde_json::from_str(json).expect("an object");
            let fields = fields.iter().filter_map(|(name, value)| Some((name, in_order(value.get(), scalar)?)));
            let fields: Vec<_> = fields.map(|(name, value)| format!("{name:?}:{value}")).collect();
            Some(format!("{{{}}}", fields.join(",\n")))
        }
        Some(b'[') => {
            let list: Vec<Box<RawValue>> = serde_json::from_str(json).expect("a list");
            let list: Vec<_> = list.iter().map(|value| in_order(value.get(), scalar).unwrap_or_default()).collect();
            Some(format!("[{}]", list.join(",\n")))
        }
        _ => scalar(json),
    }
}

/// A documented reply to a call, which can be changed into what else the wire sends.
struct Reply {
    info: &'static EndpointInfo,
    json: String,
}

impl Reply {
    /// The first documented reply to a call such as `GET /papi/v1/account`.
    fn to(call: &str) -> Self {
        let facts = read::all().into_iter().find(|facts| facts.call == call).expect("a call of the facts");
        Self::new(call, &facts.examples[0])
    }

    fn new(call: &str, json: &str) -> Self {
        let info = ENDPOINTS.iter().find(|info| format!("{} {}", info.method, info.path) == call);
        Self { info: info.expect("a call of the specs"), json: json.to_owned() }
    }

    /// The reply with another value, given as JSON, in a field such as `positions[].leverage`, of all rows.
    fn with(self, path: &str, value: &str) -> Self {
        let steps: Vec<_> = path.split('.').map(|step| step.trim_end_matches("[]")).collect();
        Self { json: changed(&self.json, &steps, Some(value)), ..self }
    }

    /// The reply without a field.
    fn without(self, path: &str) -> Self {
        let steps: Vec<_> = path.split('.').map(|step| step.trim_end_matches("[]")).collect();
        Self { json: changed(&self.json, &steps, None), ..self }
    }

    fn printed(&self) -> String {
        (self.info.reprint)(self.json.as_bytes())
            .unwrap_or_else(|error| panic!("{} {}: {error}\n{}", self.info.method, self.info.path, self.json))
    }

    /// Asserts that the type holds all that the reply says.
    fn reads(&self) {
        let printed = self.printed();
        assert_eq!(normal(&printed), normal(&self.json), "{} {}", self.info.method, self.info.path);
        // Printed once, it is in the one form: printing again changes nothing.
        assert_eq!(Self { info: self.info, json: printed.clone() }.printed(), printed);
    }

    /// Asserts that it is no reply to this call.
    fn is_refused(&self) {
        let printed = (self.info.reprint)(self.json.as_bytes());
        assert!(printed.is_err(), "{} {}: {printed:?}", self.info.method, self.info.path);
    }
}

fn changed(json: &str, steps: &[&str], value: Option<&str>) -> String {
    if json.trim_start().starts_with('[') {
        let list: Vec<Box<RawValue>> = serde_json::from_str(json).expect("a list");
        let steps = if let ["", rest @ ..] = steps { rest } else { steps };
        let list: Vec<_> = list.iter().map(|element| changed(element.get(), steps, value)).collect();
        return format!("[{}]", list.join(","));
    }
    let fields: BTreeMap<String, Box<RawValue>> = serde_json::from_str(json).expect("an object");
    let mut fields: BTreeMap<_, _> =
        fields.iter().map(|(name, value)| (name.as_str(), value.get().to_owned())).collect();
    match (steps, value) {
        ([field], Some(value)) => {
            fields.insert(field, value.to_owned());
        }
        ([field], None) => assert!(fields.remove(field).is_some(), "no field {field}"),
        ([field, rest @ ..], _) => {
            let inner = fields.get_mut(field).expect("a field of the reply");
            *inner = changed(inner, rest, value);
        }
        ([], _) => panic!("no field is named"),
    }
    let fields: Vec<_> = fields.iter().map(|(name, value)| format!("{name:?}:{value}")).collect();
    format!("{{{}}}", fields.join(","))
}

/// Every documented reply, with its call.
fn documented() -> Vec<Reply> {
    let of_call =
        |facts: read::Facts| facts.examples.iter().map(|example| Reply::new(&facts.call, example)).collect::<Vec<_>>();
    read::all().into_iter().flat_map(of_call).collect()
}

#[test]
fn documented_replies_print_back_equal() {
    let replies = documented();
    assert!(!replies.is_empty());
    for reply in replies {
        reply.reads();
    }
}

#[test]
fn documented_replies_have_no_field_or_word_that_is_unknown() {
    for Reply { info, json } in documented() {
        let drift = info.find_drift(json.as_bytes()).expect("reads");
        assert!(drift.is_empty(), "{} {}: {drift:?}", info.method, info.path);
    }
}

#[test]
fn nothing_is_echoed() {
    for reply in documented() {
        let printed = reply.printed();
        let reply = reply.with("aFieldThatNobodyKnows", "\"echo\"");
        assert_eq!(reply.printed(), printed);
    }
}

#[test]
fn digits_and_absence_are_what_counts() {
    assert_eq!(normal(r#"{"b":[1.50,"x"],"a":null,"c":""}"#), normal(r#"{"a":"null","b":["1.50","x"]}"#));
    assert_ne!(normal("1.50"), normal("1.5"));
    assert_ne!(normal("9007199254740993"), normal("9007199254740992"));
    assert_ne!(normal(r#"{"a":"0"}"#), normal("{}"));
    assert_ne!(normal("[[]]"), normal("[]"));
    assert_ne!(strict("1"), strict("\"1\""));
}
