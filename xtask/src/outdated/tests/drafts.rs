//! A spec that was drafted from a page says what the page says.

use super::pages::{calls, layout, reading_of};
use super::{facts, in_both_languages, lines, specs};
use crate::import::draft::{Dictionary, Names, draft};
use crate::import::facts::CallFacts;
use crate::outdated::compare::{Told, compare};
use crate::outdated::with_differences;
use crate::problem::Problems;

/// Drafts each call as if it were new, and returns what is told of its page, and the entries under `differs`.
fn told_of_drafts(all: Vec<CallFacts>) -> (String, Vec<String>) {
    let specs = specs();
    let mut told = String::new();
    let mut differing = Vec::new();
    for facts in all {
        let mut others = specs.clone();
        let is_it = |call: &papi_spec::Route| (call.method, call.path) == (facts.method, facts.path.as_str());
        others.endpoints.retain(|known| known.call.as_ref().is_none_or(|call| !is_it(call)));
        let mut one = draft(&facts, &mut Names::default(), "2026-11-01", Dictionary::of(&others));
        one.text = with_differences(&one, &facts, &others, "2026-11-01");
        let entries = one.text.lines().filter(|line| line.contains("TODO: say why"));
        differing.extend(entries.map(str::to_owned));
        let drafted = others.with(&one.path, one.text, &mut Problems::default()).0;
        let found = compare(&Told { calls: vec![in_both_languages(facts)], ..Told::default() }, &drafted);
        if !found.is_empty() {
            told.push_str(&format!("{}\n", lines(&found, &drafted)));
        }
    }
    (told, differing)
}

#[test]
fn a_draft_differs_in_nothing_from_its_page() {
    let (told, mut differing) = told_of_drafts(facts());
    assert_eq!(told, "");
    // A shared type may say more than an example shows; that is said as well.
    differing.retain(|entry| !entry.contains("reply "));
    // What is always sent has no default, and an amount is a decimal, whatever its page calls it.
    let entry = |of: &str, page: &str| {
        format!("  - {{ of: {of}, page: {page}, because: \"TODO: say why, or change the draft\", since: 2026-11-01 }}")
    };
    assert_eq!(differing, [entry("autoRepay default", "\"true\""), entry("amount type", "text")]);
}

#[test]
fn a_draft_of_a_page_in_any_layout_differs_in_nothing_from_it() {
    let readings = calls().iter().enumerate().map(|(number, call)| reading_of(call, layout(number)).facts).collect();
    let (told, differing) = told_of_drafts(readings);
    assert_eq!(told, "");
    // A type that a name tells better than a value: `leverage: "10"` looks like a decimal.
    assert!(differing.len() <= 20, "{}", differing.join("\n"));
}
