//! Compares the specs of events with what the vendor's pages say of them, and with what was observed.

use super::read::{FOLDER, FieldFacts, entries, in_order};
use super::{Sheet, Sheets, fields};
use crate::replies::strict;
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
    let field = |field: &FieldFacts| (field.path.clone(), field.said());
    let examples = (1..=facts.examples.len()).map(|number| (format!("example {number}"), BTreeMap::new()));
    facts.fields.iter().map(field).chain(examples).collect()
}

fn our_sheet(info: &EventInfo, facts: Option<&Facts>) -> Sheet {
    let mut sheet = fields::in_schema(info.schema);
    let Some(facts) = facts else { return sheet };
    let examples: Vec<String> = facts.examples.iter().map(|example| example.get().to_owned()).collect();
    for field in &facts.fields {
        let Some(said) = sheet.get_mut(&field.path) else { continue };
        // Who leaves out more than the facts know of is read as well; a type may know words that this event does not have.
        if field.optional && fields::reads_without(&examples, &field.path, info.reprint) {
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

#[test]
fn the_facts_tell_of_206_fields_of_12_events() {
    let facts = all();
    assert_eq!((facts.len(), facts.iter().map(|facts| facts.fields.len()).sum::<usize>()), (12, 206));
}
