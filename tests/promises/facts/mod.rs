//! What the specs say of each call and event is what the vendor's pages say, except for listed differences, each with its reason.
//! The error codes are those of the pages without exception.

mod codes;
mod difference;
mod events;
mod ours;
pub(crate) mod read;
mod readings;
mod statements;
mod words;

use difference::{Difference, differences, listed};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;

/// What is said of all calls, by method and path, and of all events, by name.
type Sheets = BTreeMap<String, Sheet>;

/// What is said of one call: of the call itself, of each parameter, each word of its replies, each example. Each of
/// those items has aspects with a value.
type Sheet = BTreeMap<String, BTreeMap<String, String>>;

/// The item that is the call itself.
const CALL: &str = "call";

const LIST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/facts/differences.txt");

fn found() -> BTreeSet<Difference> {
    let (facts, ours) = both_sheets();
    differences(&facts, &ours)
}

fn both_sheets() -> (Sheets, Sheets) {
    let (mut facts, mut ours) = (read::sheets(), ours::sheets());
    facts.extend(events::in_facts());
    ours.extend(events::in_specs());
    for statement in statements::all() {
        statement.add_to(&mut facts, &mut ours);
    }
    (facts, ours)
}

fn in_list() -> BTreeMap<Difference, String> {
    listed(&std::fs::read_to_string(LIST).expect("the list of differences")).unwrap_or_else(|line| panic!("{line}"))
}

#[test]
fn every_difference_is_listed() {
    let listed = in_list();
    let missing: Vec<_> =
        found().iter().filter(|one| !listed.contains_key(one)).map(|one| format!("{one} | why?")).collect();
    assert!(missing.is_empty(), "not in facts/differences.txt, each with its reason:\n{}", missing.join("\n"));
}

#[test]
fn every_listed_difference_exists() {
    let found = found();
    let gone: Vec<_> = in_list().into_keys().filter(|one| !found.contains(one)).map(|one| one.to_string()).collect();
    assert!(gone.is_empty(), "in facts/differences.txt, but there is no such difference:\n{}", gone.join("\n"));
}

/// A call without facts is told past the capture of the test's output, so that it is read where the test passes.
#[test]
fn facts_have_a_spec_and_specs_without_facts_are_named() {
    let (facts, ours) = both_sheets();
    let without = |sheets: &Sheets, others: &Sheets| -> Vec<String> {
        sheets.keys().filter(|call| !others.contains_key(*call)).cloned().collect()
    };
    for call in without(&ours, &facts) {
        let _ = writeln!(std::io::stderr(), "no facts about {call}: CONTRIBUTING.md says how to add them");
    }
    let unspecified = without(&facts, &ours);
    assert!(unspecified.is_empty(), "facts about calls without a spec:\n{}", unspecified.join("\n"));
    assert!(!facts.is_empty());
}
