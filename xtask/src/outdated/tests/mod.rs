//! What `outdated` tells of pages that say what the specs say, and of pages that differ in one thing.

mod drafts;
mod mutation;
mod pages;

use super::compare::{FieldTypes, Languages, Told, ToldCall, compare};
use super::finding::Finding;
use super::render::line;
use crate::import::facts::json::read::all;
use crate::import::facts::{CallFacts, Conflict, Note, Place};
use crate::problem::Problems;
use crate::spec::Specs;
use std::path::Path;

/// The specs of the workspace.
fn specs() -> Specs {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut problems = Problems::default();
    let specs = Specs::read(&root, &mut problems).expect("the specs");
    assert_eq!(problems.errors(), 0);
    specs
}

/// The facts of all calls, as pages would tell them.
fn facts() -> Vec<CallFacts> {
    all().into_iter().map(|(_, _, facts)| facts).collect()
}

/// What pages in both languages say, whose sentences were all understood.
fn in_both_languages(facts: CallFacts) -> ToldCall {
    ToldCall { facts, file: "page.md".to_owned(), languages: Languages::Both, types: FieldTypes::Form }
}

fn found(facts: &CallFacts, specs: &Specs) -> Vec<Finding> {
    compare(&Told { calls: vec![in_both_languages(facts.clone())], ..Told::default() }, specs)
}

fn lines(findings: &[Finding], specs: &Specs) -> String {
    findings.iter().map(|finding| line(finding, &specs.sources)).collect::<Vec<_>>().join("\n")
}

#[test]
fn pages_that_say_what_the_specs_say_are_no_line_at_all() {
    let specs = specs();
    let told: Vec<String> = facts().iter().map(|facts| lines(&found(facts, &specs), &specs)).collect();
    assert_eq!(told.concat(), "");
}

#[test]
fn what_one_language_does_not_say_is_no_difference() {
    let specs = specs();
    let is_it = |facts: &CallFacts| facts.path == "/papi/v1/um/userTrades";
    let mut silent = facts().into_iter().find(is_it).expect("its facts");
    silent.rules.clear();
    let both = in_both_languages(silent.clone());
    let in_one = ToldCall { languages: Languages::One, ..in_both_languages(silent.clone()) };
    silent.notes.push(Note {
        of_param: None,
        text: "Who knows.".to_owned(),
        place: Place { file: "page.md".to_owned(), line: 5 },
    });
    let not_understood = in_both_languages(silent);
    let counts = [both, in_one, not_understood]
        .map(|call| compare(&Told { calls: vec![call], ..Told::default() }, &specs).len());
    assert_eq!(counts, [4, 0, 0], "two rules, the longest range and the default");
}

#[test]
fn pages_that_disagree_are_told_unless_the_spec_says_it() {
    let specs = specs();
    let at = |line| Place { file: "page.md".to_owned(), line };
    let told = |path: &str, other: &str| {
        let mut facts = facts().into_iter().find(|facts| facts.path == path).expect("its facts");
        let kept = ("500".to_owned(), at(3));
        facts.conflicts =
            vec![Conflict { subject: "default of limit".to_owned(), kept, other: (other.to_owned(), at(9)) }];
        lines(&found(&facts, &specs), &specs)
    };
    assert_eq!(told("/papi/v1/um/userTrades", "50"), "");
    let disagree = told("/papi/v1/margin/allOrderList", "50");
    assert!(
        disagree.contains("the pages disagree on the default of limit: 500 (page.md:3), 50 (page.md:9)"),
        "{disagree}"
    );
    assert_eq!(disagree.lines().count(), 1);
}
