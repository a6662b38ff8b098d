//! Reads the files of facts, and says of each call what the vendor's pages say.

use super::{CALL, Sheet, Sheets};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

pub(super) const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/facts");

/// The facts of one call.
pub(crate) struct Facts {
    /// Method and path.
    pub(crate) call: String,
    /// The words of its replies, by path of the field.
    pub(super) reply_words: BTreeMap<String, Vec<String>>,
    /// Documented replies, as JSON with the digits of the page.
    pub(crate) examples: Vec<String>,
    access: String,
    orders: u32,
    weight: BTreeMap<String, u32>,
    params: Vec<Object>,
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
    let reply_words: Option<_> = serde_json::from_str(raw("reply_words"))?;
    Ok(Facts {
        call: format!("{} {}", text(raw("method")), text(raw("path"))),
        access: text(raw("access")),
        orders: serde_json::from_str(raw("orders"))?,
        weight: serde_json::from_str(raw("weight"))?,
        params: serde_json::from_str(raw("params"))?,
        reply_words: reply_words.unwrap_or_default(),
        examples: examples.iter().map(|example| example.get().to_owned()).collect(),
    })
}

fn text(json: &str) -> String {
    serde_json::from_str(json).expect("a text")
}

fn sheet(facts: &Facts) -> Sheet {
    let weights = facts.weight.iter().map(|(when, weight)| (format!("weight {when}"), weight.to_string()));
    let call = [("access".to_owned(), facts.access.clone()), ("orders".to_owned(), facts.orders.to_string())];
    let mut sheet = Sheet::from([(CALL.to_owned(), weights.chain(call).collect())]);
    sheet.extend(facts.params.iter().map(|fields| (text(fields["name"].get()), param(fields))));
    sheet.extend(facts.reply_words.iter().map(|(path, words)| {
        (format!("reply {path}"), BTreeMap::from([("words".to_owned(), in_order(words.iter().map(String::as_str)))]))
    }));
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
