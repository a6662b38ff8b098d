//! What the specs say of each call and event is what the vendor's pages say, except for what `differs` of the spec says, each with its
//! reason, and for what is a rule.
//! The error codes are those of the pages without exception.

mod codes;
mod difference;
mod differs;
mod events;
mod fields;
mod ours;
pub(crate) mod read;
mod readings;
mod rules;
mod statements;
mod usual;
mod words;

use difference::{Difference, differences};
use differs::Said;
use std::collections::BTreeMap;
use std::io::Write as _;

/// What is said of all calls, by method and path, and of all events, by name.
type Sheets = BTreeMap<String, Sheet>;

/// What is said of one call: of the call itself, of each parameter, each word of its replies, each example. Each of
/// those items has aspects with a value.
type Sheet = BTreeMap<String, BTreeMap<String, String>>;

/// The item that is the call itself.
const CALL: &str = "call";

fn found() -> Vec<Difference> {
    let (facts, ours) = both_sheets();
    differences(&facts, &ours).into_iter().collect()
}

fn both_sheets() -> (Sheets, Sheets) {
    let (mut facts, mut ours) = (read::sheets(), ours::sheets());
    facts.extend(events::in_facts());
    ours.extend(events::in_specs());
    rules::add_to(&mut facts, &mut ours);
    for statement in statements::all() {
        statement.add_to(&mut facts, &mut ours);
    }
    (facts, ours)
}

#[test]
fn every_difference_is_said_in_its_spec() {
    let said = Said::read();
    let found = found();
    let unsaid = found.iter().filter(|one| !usual::is_usual(one) && !said.says(one));
    let unsaid: Vec<String> = unsaid.map(|one| said.to_add(one)).collect();
    assert!(unsaid.is_empty(), "a spec differs from its facts; say why in its `differs`:\n{}", unsaid.join("\n"));
}

#[test]
fn every_difference_that_a_spec_says_exists() {
    let (said, found) = (Said::read(), found());
    let gone: Vec<String> = said.without(&found).collect();
    assert!(
        gone.is_empty(),
        "in `differs`, but the facts do not say this, or the spec says it too:\n{}",
        gone.join("\n")
    );
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
