//! Reads the files of `tests/facts` back, strictly: a key that says nothing is an error.

use super::{AT_LEAST_ONE, AT_MOST_ONE, EXACTLY_ONE, FORBID, NEED, SENT, TOGETHER};
use crate::import::facts::{
    CallFacts, FieldFacts, Json, ParamFacts, Place, Rule, RuleKind, Strictness, WeightCase, WindowFacts,
};
use papi_spec::{Access, CallCap, Method, Span};
use serde::de::{Deserializer as _, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;
use std::path::Path;

type Entries = Vec<(String, Json)>;

/// Makes the rule about a group of parameters.
type OfGroup = fn(Vec<String>) -> RuleKind;

/// Reads all files of calls in `tests/facts`, each with its path and text.
pub(crate) fn all() -> Vec<(String, String, CallFacts)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/facts");
    let mut files = Vec::new();
    for group in papi_spec::Group::ALL {
        let folder = std::fs::read_dir(root.join(group.as_str())).expect("a folder of facts");
        files.extend(folder.map(|entry| entry.expect("an entry").path()));
    }
    files.sort();
    let read_file = |path: std::path::PathBuf| {
        let text = std::fs::read_to_string(&path).expect("a file of facts");
        let name = path.display().to_string();
        let facts = read(&name, &text).unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, text, facts)
    };
    files.into_iter().map(read_file).collect()
}

/// Reads the text of a file.
pub(crate) fn read(file: &str, text: &str) -> Result<CallFacts, String> {
    let mut keys = Keys::of(parse(text).map_err(|error| error.to_string())?)?;
    let place = Place { file: file.to_owned(), line: 0 };
    let method = keys.must("method", text_of)?;
    let access = keys.may("access", text_of)?;
    let facts = CallFacts {
        method: Method::ALL.into_iter().find(|known| known.as_str() == method).ok_or("an unknown method")?,
        path: keys.must("path", text_of)?,
        title: String::new(),
        doc: None,
        address: None,
        access: access.map(|word| known_access(&word)).transpose()?,
        is_deprecated: keys.may("deprecated", bool_of)?.unwrap_or(false),
        retired_on: keys.may("retired_on", text_of)?,
        weight: keys.may("weight", weight)?,
        orders: keys.may("orders", count)?,
        caps: keys.may("caps", |json| list(json, cap))?.unwrap_or_default(),
        params: keys.may("params", |json| list(json, param))?,
        rules: keys.may("rules", |json| list(json, |one| rule(one, &place)))?.unwrap_or_default(),
        fields: keys.may("fields", |json| list(json, field))?.unwrap_or_default(),
        remarks: Vec::new(),
        examples: keys.must("examples", |json| list(json, Ok))?,
        notes: Vec::new(),
        conflicts: Vec::new(),
        understood: 0,
    };
    keys.done()?;
    Ok(facts)
}

fn known_access(word: &str) -> Result<Access, String> {
    Access::ALL.into_iter().find(|known| known.as_str() == word).ok_or_else(|| format!("no access {word}"))
}

/// Reads JSON with its keys in order and its numbers as they are written.
pub(crate) fn parse(text: &str) -> Result<Json, serde_json::Error> {
    let text = text.trim();
    let inside = |raw: &RawValue| parse(raw.get());
    match text.as_bytes().first() {
        Some(b'{') => {
            let entries = serde_json::Deserializer::from_str(text).deserialize_map(InOrder)?;
            let entries = entries.into_iter().map(|(key, value)| Ok((key, inside(&value)?)));
            entries.collect::<Result<_, _>>().map(Json::Object)
        }
        Some(b'[') => {
            let elements: Vec<Box<RawValue>> = serde_json::from_str(text)?;
            elements.iter().map(|element| inside(element)).collect::<Result<_, _>>().map(Json::List)
        }
        Some(b'"') => serde_json::from_str(text).map(Json::Text),
        Some(b't' | b'f') => serde_json::from_str(text).map(Json::Bool),
        Some(b'n') => serde_json::from_str::<()>(text).map(|()| Json::Null),
        _ => serde_json::from_str::<serde_json::Number>(text).map(|_| Json::Number(text.to_owned())),
    }
}

struct InOrder;

impl<'de> Visitor<'de> for InOrder {
    type Value = Vec<(String, Box<RawValue>)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries: Self::Value = Vec::new();
        while let Some((key, value)) = map.next_entry::<String, Box<RawValue>>()? {
            if entries.iter().any(|(before, _)| *before == key) {
                return Err(A::Error::custom(format!("`{key}` stands twice")));
            }
            entries.push((key, value));
        }
        Ok(entries)
    }
}

/// The entries of an object that were not asked for yet.
struct Keys(Entries);

impl Keys {
    fn of(json: Json) -> Result<Self, String> {
        entries(json).map(Self)
    }

    fn may<T>(&mut self, key: &str, read: impl FnOnce(Json) -> Result<T, String>) -> Result<Option<T>, String> {
        let Some(index) = self.0.iter().position(|(name, _)| name == key) else { return Ok(None) };
        read(self.0.remove(index).1).map(Some).map_err(|error| format!("{key}: {error}"))
    }

    fn must<T>(&mut self, key: &str, read: impl FnOnce(Json) -> Result<T, String>) -> Result<T, String> {
        self.may(key, read)?.ok_or_else(|| format!("no `{key}`"))
    }

    fn done(self) -> Result<(), String> {
        self.0.first().map_or(Ok(()), |(key, _)| Err(format!("`{key}` says nothing")))
    }
}

fn entries(json: Json) -> Result<Entries, String> {
    let Json::Object(entries) = json else { return Err("not an object".to_owned()) };
    Ok(entries)
}

fn text_of(json: Json) -> Result<String, String> {
    let Json::Text(text) = json else { return Err("not a text".to_owned()) };
    Ok(text)
}

#[allow(clippy::needless_pass_by_value, reason = "all readers of a value take it")]
fn bool_of(json: Json) -> Result<bool, String> {
    let Json::Bool(on) = json else { return Err("neither true nor false".to_owned()) };
    Ok(on)
}

fn count(json: Json) -> Result<u32, String> {
    let Json::Number(number) = json else { return Err("not a number".to_owned()) };
    number.parse().map_err(|_| format!("{number} is no count"))
}

fn list<T>(json: Json, one: impl Fn(Json) -> Result<T, String>) -> Result<Vec<T>, String> {
    let Json::List(elements) = json else { return Err("not a list".to_owned()) };
    elements.into_iter().map(one).collect()
}

fn texts(json: Json) -> Result<Vec<String>, String> {
    list(json, text_of)
}

fn weight(json: Json) -> Result<Vec<WeightCase>, String> {
    let case = |(name, weight): (String, Json)| {
        let with = name.strip_prefix("with ").map(str::to_owned);
        if with.is_none() && name != "always" && !name.starts_with("without ") {
            return Err(format!("no case of a weight: {name}"));
        }
        Ok(WeightCase { with, weight: count(weight)? })
    };
    entries(json)?.into_iter().map(case).collect()
}

fn cap(json: Json) -> Result<CallCap, String> {
    let mut keys = Keys::of(json)?;
    let cap = CallCap { calls: keys.must("calls", count)?, per: keys.must("per", span)? };
    keys.done()?;
    Ok(cap)
}

fn param(json: Json) -> Result<ParamFacts, String> {
    let mut keys = Keys::of(json)?;
    let param = ParamFacts {
        name: keys.must("name", text_of)?,
        page_type: keys.must("type", text_of)?,
        required: keys.may("required", bool_of)?.unwrap_or(false),
        default: keys.may("default", text_of)?,
        min: keys.may("min", text_of)?,
        max: keys.may("max", text_of)?,
        pattern: keys.may("pattern", text_of)?,
        words: keys.may("words", texts)?,
        is_comma_list: keys.may("comma_list", bool_of)?.unwrap_or(false),
        doc: String::new(),
        line: 0,
    };
    keys.done()?;
    Ok(param)
}

fn rule(json: Json, place: &Place) -> Result<Rule, String> {
    let mut keys = Keys::of(json)?;
    let when = keys.may("when", conditions)?.unwrap_or_default();
    let mut found: Option<RuleKind> = None;
    let groups: [(&str, OfGroup); 6] = [
        (AT_LEAST_ONE, RuleKind::AtLeastOne),
        (EXACTLY_ONE, RuleKind::ExactlyOne),
        (AT_MOST_ONE, RuleKind::AtMostOne),
        (TOGETHER, RuleKind::Together),
        (NEED, RuleKind::Need),
        (FORBID, RuleKind::Forbid),
    ];
    for (key, kind) in groups {
        found = found.or(keys.may(key, texts)?.map(kind));
    }
    found = found.or(keys.may("only", only)?).or(keys.may("window", window)?);
    keys.done()?;
    Ok(Rule { when, requirement: found.ok_or("a rule without a requirement")?, place: place.clone() })
}

fn conditions(json: Json) -> Result<Vec<(String, Vec<String>)>, String> {
    let condition = |(param, values)| match values {
        Json::Text(text) if text == SENT => Ok((param, Vec::new())),
        values => Ok((param, texts(values)?)),
    };
    entries(json)?.into_iter().map(condition).collect()
}

fn only(json: Json) -> Result<RuleKind, String> {
    let (param, values) = entries(json)?.pop().ok_or("only of nothing")?;
    Ok(RuleKind::Only { param, values: texts(values)? })
}

fn window(json: Json) -> Result<RuleKind, String> {
    let mut keys = Keys::of(json)?;
    let window = WindowFacts {
        from: keys.must("from", text_of)?,
        to: keys.must("to", text_of)?,
        span: keys.may("span", limit)?,
        default: keys.may("default", span)?,
        default_from: keys.may("default from", span)?,
        default_to: keys.may("default to", span)?,
        history: keys.may("history", span)?,
        history_unless: keys.may("history unless", unless)?,
    };
    keys.done()?;
    Ok(RuleKind::Window(window))
}

fn span(json: Json) -> Result<Span, String> {
    Span::parse(&text_of(json)?).ok_or_else(|| Span::EXPECTED.to_owned())
}

fn unless(json: Json) -> Result<(String, String), String> {
    let (param, value) = entries(json)?.pop().ok_or("unless nothing")?;
    Ok((param, text_of(value)?))
}

fn limit(json: Json) -> Result<(Span, Strictness), String> {
    let text = text_of(json)?;
    let after = |word: &str| Span::parse(text.strip_prefix(word)?);
    let at_most = after("at most ").map(|span| (span, Strictness::AtMost));
    at_most.or_else(|| Some((after("under ")?, Strictness::Under))).ok_or_else(|| Span::EXPECTED.to_owned())
}

fn field(json: Json) -> Result<FieldFacts, String> {
    let mut keys = Keys::of(json)?;
    let optional = keys.may("optional", bool_of)?.unwrap_or(false);
    let field = FieldFacts {
        path: keys.must("path", text_of)?,
        doc: String::new(),
        page_type: keys.may("type", text_of)?,
        words: keys.may("words", texts)?,
        optional: optional.then(String::new),
    };
    keys.done()?;
    Ok(field)
}

#[test]
fn every_file_of_facts_is_read_and_written_as_it_stands() {
    let all = all();
    assert!(all.len() >= 102, "{}", all.len());
    for (name, text, facts) in all {
        assert_eq!(super::write(&facts), text, "{name}");
    }
}

#[test]
fn what_says_nothing_is_refused() {
    for (text, reason) in [
        (r#"{ "method": "GET", "path": "/a", "examples": [], "wieght": {} }"#, "`wieght` says nothing"),
        (
            r#"{ "method": "GET", "path": "/a", "path": "/b", "examples": [] }"#,
            "`path` stands twice at line 1 column 45",
        ),
        (r#"{ "method": "GET", "examples": [] }"#, "no `path`"),
        (
            r#"{ "method": "GET", "path": "/a", "examples": [], "weight": { "at times": 1 } }"#,
            "weight: no case of a weight: at times",
        ),
        (
            r#"{ "method": "GET", "path": "/a", "examples": [], "rules": [{ "when": {} }] }"#,
            "rules: a rule without a requirement",
        ),
    ] {
        assert_eq!(read("a.json", text).map(|_| ()), Err(reason.to_owned()));
    }
}
