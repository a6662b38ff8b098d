//! Compares the specs of events with what the vendor's pages say of them, and with what was observed.

use super::read::{FOLDER, entries, in_order};
use super::{Sheet, Sheets};
use crate::replies::strict;
use binance_papi::spec::Schema;
use binance_papi::{EVENTS, EventInfo};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The facts of one event.
#[derive(Deserialize)]
struct Facts {
    event: String,
    fields: Vec<FieldFacts>,
    /// Documented events, then observed ones.
    examples: Vec<Box<RawValue>>,
}

/// The facts of one field.
#[derive(Deserialize)]
struct FieldFacts {
    /// Such as `a.B[].wb`.
    path: String,
    r#type: String,
    #[serde(default)]
    words: Vec<String>,
    /// Whether the page, or an observed event, leaves it out.
    #[serde(default)]
    optional: bool,
}

fn all() -> Vec<Facts> {
    let mut files = entries(&Path::new(FOLDER).join("events"));
    files.sort();
    let read = |file: PathBuf| {
        let json = fs::read_to_string(&file).expect("a file of facts");
        serde_json::from_str(&json).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    };
    files.into_iter().map(read).collect()
}

/// What the facts say of all events.
pub(super) fn in_facts() -> Sheets {
    all().iter().map(|facts| (subject(&facts.event), sheet(facts))).collect()
}

/// What the specs say of all events, in the same form.
pub(super) fn in_specs() -> Sheets {
    let facts: BTreeMap<String, Facts> = all().into_iter().map(|facts| (facts.event.clone(), facts)).collect();
    EVENTS.iter().map(|info| (subject(info.event), our_sheet(info, facts.get(info.event)))).collect()
}

fn subject(event: &str) -> String {
    format!("event {event}")
}

fn sheet(facts: &Facts) -> Sheet {
    let field = |field: &FieldFacts| {
        let mut said = BTreeMap::from([("type".to_owned(), field.r#type.clone())]);
        if !field.words.is_empty() {
            said.insert("words".to_owned(), in_order(field.words.iter().map(String::as_str)));
        }
        if field.optional {
            said.insert("optional".to_owned(), "yes".to_owned());
        }
        (field.path.clone(), said)
    };
    let examples = (1..=facts.examples.len()).map(|number| (format!("example {number}"), BTreeMap::new()));
    facts.fields.iter().map(field).chain(examples).collect()
}

fn our_sheet(info: &EventInfo, facts: Option<&Facts>) -> Sheet {
    let mut sheet = Sheet::new();
    add_fields(info.schema, "", &mut sheet);
    let Some(facts) = facts else { return sheet };
    for field in &facts.fields {
        let Some(said) = sheet.get_mut(&field.path) else { continue };
        // Who leaves out more than the facts know of is read as well; a type may know words that this event does not have.
        if field.optional && reads_without(info, facts, &field.path) {
            said.insert("optional".to_owned(), "yes".to_owned());
        }
        if let Some(known) = said.get_mut("words") {
            let listed: Vec<&str> = known.split(' ').collect();
            *known = in_order(field.words.iter().map(String::as_str).filter(|word| listed.contains(word)));
        }
    }
    let ours: Vec<String> = info.examples.iter().map(|example| strict(example)).collect();
    let theirs: Vec<String> = facts.examples.iter().map(|example| strict(example.get())).collect();
    let shared = theirs.iter().enumerate().filter(|(_, example)| ours.contains(example));
    sheet.extend(shared.map(|(index, _)| (format!("example {}", index + 1), BTreeMap::new())));
    let own = ours.iter().filter(|example| !theirs.contains(example)).enumerate();
    sheet.extend(own.map(|(index, _)| (format!("own example {}", index + 1), BTreeMap::new())));
    sheet
}

/// Adds all fields of an object with their paths.
fn add_fields(schema: Schema, before: &str, sheet: &mut Sheet) {
    let Schema::Object(fields) = schema else { return };
    for field in fields {
        let path = format!("{before}{}", field.name);
        let (kind, inside) = match field.schema {
            Schema::Text => ("text", None),
            Schema::Word(_) => ("word", None),
            Schema::Decimal => ("decimal", None),
            Schema::Time => ("time", None),
            Schema::Integer => ("integer", None),
            Schema::Bool => ("bool", None),
            Schema::List(row) => ("list", Some((*row, format!("{path}[].")))),
            object @ Schema::Object(_) => ("object", Some((object, format!("{path}.")))),
            other => panic!("no fact has {other:?}"),
        };
        let mut said = BTreeMap::from([("type".to_owned(), kind.to_owned())]);
        if let Schema::Word(words) = field.schema {
            said.insert("words".to_owned(), in_order(words.iter().copied()));
        }
        sheet.insert(path, said);
        if let Some((schema, before)) = inside {
            add_fields(schema, &before, sheet);
        }
    }
}

/// Returns whether the event reads when a field is left out, in each example that has it or lacks it.
fn reads_without(info: &EventInfo, facts: &Facts, path: &str) -> bool {
    let steps: Vec<&str> = path.split('.').map(|step| step.trim_end_matches("[]")).collect();
    facts.examples.iter().all(|example| {
        let mut event: serde_json::Value = serde_json::from_str(example.get()).expect("an example");
        remove(&mut event, &steps);
        (info.reprint)(event.to_string().as_bytes()).is_ok()
    })
}

fn remove(value: &mut serde_json::Value, steps: &[&str]) {
    match (value, steps) {
        (serde_json::Value::Array(elements), _) => elements.iter_mut().for_each(|element| remove(element, steps)),
        (serde_json::Value::Object(fields), [last]) => _ = fields.remove(*last),
        (serde_json::Value::Object(fields), [field, rest @ ..]) => {
            if let Some(value) = fields.get_mut(*field) {
                remove(value, rest);
            }
        }
        _ => {}
    }
}

#[test]
fn the_facts_tell_of_206_fields_of_12_events() {
    let facts = all();
    assert_eq!((facts.len(), facts.iter().map(|facts| facts.fields.len()).sum::<usize>()), (12, 206));
}
