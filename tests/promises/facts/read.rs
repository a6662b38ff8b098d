//! Reads the files of facts, and says of each call what the vendor's pages say.

use super::rules::Rule;
use super::{CALL, Sheet, Sheets};
use binance_papi::spec::Span;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

pub(super) const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/facts");

/// The facts of one call.
pub(crate) struct Facts {
    /// Method and path.
    pub(crate) call: String,
    /// Rules over several parameters.
    pub(super) rules: Vec<Rule>,
    /// The fields of its reply.
    pub(super) fields: Vec<FieldFacts>,
    /// Documented replies, as JSON with the digits of the page.
    pub(crate) examples: Vec<String>,
    access: String,
    orders: u32,
    caps: Vec<Cap>,
    weight: BTreeMap<String, u32>,
    params: Vec<Object>,
}

/// How often a call may come.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cap {
    calls: u32,
    per: String,
}

/// The facts of one field of a reply or an event.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldFacts {
    /// Such as `a.B[].wb`.
    pub(super) path: String,
    pub(super) r#type: String,
    #[serde(default)]
    pub(super) words: Vec<String>,
    /// Whether the page, or something observed, leaves it out.
    #[serde(default)]
    pub(super) optional: bool,
}

impl FieldFacts {
    /// Returns what the facts say of it.
    pub(super) fn said(&self) -> BTreeMap<String, String> {
        let mut said = BTreeMap::from([("type".to_owned(), self.r#type.clone())]);
        if !self.words.is_empty() {
            said.insert("words".to_owned(), in_order(self.words.iter().map(String::as_str)));
        }
        if self.optional {
            said.insert("optional".to_owned(), "yes".to_owned());
        }
        said
    }
}

impl Facts {
    /// Returns whether a parameter must be sent.
    pub(super) fn requires(&self, name: &str) -> bool {
        self.param(name).is_some_and(|param| param.contains_key("required"))
    }

    /// Returns the words of a parameter; none when they are not known.
    pub(super) fn words_of(&self, name: &str) -> Vec<String> {
        let words = self.param(name).and_then(|param| param.get("words"));
        words.map(|words| serde_json::from_str(words.get()).expect("words")).unwrap_or_default()
    }

    fn param(&self, name: &str) -> Option<&Object> {
        self.params.iter().find(|param| text(param["name"].get()) == name)
    }
}

type Object = BTreeMap<String, Box<RawValue>>;

/// The facts of every call that the exchange offers.
pub(crate) fn all() -> Vec<Facts> {
    let groups = entries(Path::new(FOLDER));
    let mut files: Vec<_> = groups
        .iter()
        .filter(|path| path.is_dir() && !path.ends_with("events"))
        .flat_map(|group| entries(group))
        .collect();
    files.sort();
    let read = |file: &PathBuf| {
        let json = fs::read_to_string(file).expect("a file of facts");
        facts(&json).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    };
    files.iter().map(read).collect()
}

/// What the facts say of all calls, those that are gone included.
pub(super) fn sheets() -> Sheets {
    let mut sheets: Sheets = all().into_iter().map(|facts| (facts.call.clone(), sheet(&facts))).collect();
    let retired = fs::read_to_string(Path::new(FOLDER).join("retired.json")).expect("the calls that are gone");
    let retired: Vec<BTreeMap<String, String>> = serde_json::from_str(&retired).expect("a list of calls");
    for call in retired {
        let said = BTreeMap::from([("retired".to_owned(), call["since"].clone())]);
        sheets.insert(format!("{} {}", call["method"], call["path"]), Sheet::from([(CALL.to_owned(), said)]));
    }
    sheets
}

pub(super) fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).expect("a folder of facts").map(|entry| entry.expect("an entry").path()).collect()
}

fn facts(json: &str) -> Result<Facts, serde_json::Error> {
    let object: Object = serde_json::from_str(json)?;
    let raw = |name: &str| object.get(name).map_or("null", |value| value.get());
    let examples: Vec<Box<RawValue>> = serde_json::from_str(raw("examples"))?;
    let caps: Option<_> = serde_json::from_str(raw("caps"))?;
    let rules: Option<_> = serde_json::from_str(raw("rules"))?;
    let fields: Option<_> = serde_json::from_str(raw("fields"))?;
    let access: Option<String> = serde_json::from_str(raw("access"))?;
    let orders: Option<u32> = serde_json::from_str(raw("orders"))?;
    let weight: Option<_> = serde_json::from_str(raw("weight"))?;
    let params: Option<_> = serde_json::from_str(raw("params"))?;
    // A title without a word is that of a call that needs no key, and few pages say that a call is no order.
    Ok(Facts {
        call: format!("{} {}", text(raw("method")), text(raw("path"))),
        access: access.unwrap_or_else(|| "NONE".to_owned()),
        orders: orders.unwrap_or_default(),
        weight: weight.unwrap_or_default(),
        params: params.unwrap_or_default(),
        caps: caps.unwrap_or_default(),
        rules: rules.unwrap_or_default(),
        fields: fields.unwrap_or_default(),
        examples: examples.iter().map(|example| example.get().to_owned()).collect(),
    })
}

fn text(json: &str) -> String {
    serde_json::from_str(json).expect("a text")
}

fn sheet(facts: &Facts) -> Sheet {
    let weights = facts.weight.iter().map(|(when, weight)| (format!("weight {when}"), weight.to_string()));
    let call = [("access".to_owned(), facts.access.clone()), ("orders".to_owned(), facts.orders.to_string())];
    let caps = facts.caps.iter().map(|cap| {
        let per: Span = cap.per.parse().expect("a length of time");
        (format!("cap per {per:#}"), cap.calls.to_string())
    });
    let mut sheet = Sheet::from([(CALL.to_owned(), weights.chain(call).chain(caps).collect())]);
    sheet.extend(facts.params.iter().map(|fields| (text(fields["name"].get()), param(fields))));
    sheet.extend(facts.fields.iter().map(|field| (format!("reply {}", field.path), field.said())));
    sheet.extend((1..=facts.examples.len()).map(|number| (format!("example {number}"), BTreeMap::new())));
    sheet
}

fn param(fields: &Object) -> BTreeMap<String, String> {
    let said = |name: &str| fields.get(name).map(|value| text(value.get()));
    let words: Vec<String> =
        fields.get("words").map(|words| serde_json::from_str(words.get()).expect("words")).unwrap_or_default();
    let kind = kind(&said("type").expect("a type"), &words);
    let mut param: BTreeMap<_, _> =
        ["default", "min", "max"].iter().filter_map(|name| Some(((*name).to_owned(), said(name)?))).collect();
    param.insert("type".to_owned(), kind.to_owned());
    if fields.contains_key("required") {
        param.insert("required".to_owned(), "yes".to_owned());
    }
    if !words.is_empty() && kind != "true|false" {
        param.insert("words".to_owned(), in_order(words.iter().map(String::as_str)));
    }
    if let Some((chars, length)) = said("pattern").as_deref().and_then(class_and_length) {
        param.insert("chars".to_owned(), chars);
        param.insert("length".to_owned(), length);
    }
    param
}

/// The kind of a parameter. The pages call words and what is true or false a text as often as not, and have two names
/// for whole numbers, which may be times as well.
fn kind(page: &str, words: &[String]) -> &'static str {
    match page {
        "STRING" if words == ["true", "false"] => "true|false",
        "STRING" if words.is_empty() => "text",
        "STRING" | "ENUM" => "word",
        "INT" | "LONG" => "integer",
        "DECIMAL" => "decimal",
        "BOOLEAN" => "true|false",
        other => panic!("no page says {other}"),
    }
}

/// The two halves of a pattern such as `^[a-z\.]{1,32}$`: `a-z.` and `1..32`.
fn class_and_length(pattern: &str) -> Option<(String, String)> {
    let (class, length) = pattern.strip_prefix("^[")?.strip_suffix("}$")?.split_once("]{")?;
    Some((class.replace('\\', ""), length.replace(',', "..")))
}

/// Words as one text that does not depend on their order.
pub(super) fn in_order<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut words: Vec<_> = words.collect();
    words.sort_unstable();
    words.join(" ")
}
