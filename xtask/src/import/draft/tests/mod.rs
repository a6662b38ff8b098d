//! Drafts of all calls whose facts are known are accepted by the checks of codegen, with specs beside them and without.

use super::{Dictionary, Names, draft, piece};
use crate::import::facts::json::read::all;
use crate::problem::Problems;
use crate::spec::Specs;
use std::path::Path;

const TODAY: &str = "2026-11-01";

/// The specs of this repository.
fn specs() -> Specs {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    Specs::read(&root, &mut Problems::default()).expect("specs")
}

/// Drafts all calls, each beside the ones before it, and returns what the checks say of them.
fn refused(mut specs: Specs) -> Vec<String> {
    let mut names = Names::default();
    let mut refused = Vec::new();
    for (file, _, facts) in all() {
        let one = draft(&facts, &mut names, TODAY, Dictionary::of(&specs));
        if let Some(at) = piece::errors(&one.text, &one.path, TODAY, &specs).first() {
            let (before, after) = one.text.split_at(*at);
            refused.push(format!(
                "{file}: line {}: {}",
                before.lines().count(),
                after.lines().next().unwrap_or_default()
            ));
        }
        specs = specs.with(&one.path, one.text, &mut Problems::default()).0;
    }
    refused
}

#[test]
fn each_call_is_drafted_over_its_spec() {
    assert_eq!(refused(specs()), Vec::<String>::new());
}

#[test]
fn each_call_is_drafted_into_an_empty_tree() {
    assert_eq!(refused(Specs::default()), Vec::<String>::new());
}

#[test]
fn each_call_is_drafted_as_if_it_were_new() {
    let specs = specs();
    let mut wrong = Vec::new();
    for (file, _, facts) in all() {
        let mut others = specs.clone();
        others.endpoints.retain(|known| {
            known.call.as_ref().is_none_or(|call| (call.method, call.path) != (facts.method, &facts.path))
        });
        let one = draft(&facts, &mut Names::default(), TODAY, Dictionary::of(&others));
        if let Some(at) = piece::errors(&one.text, &one.path, TODAY, &others).first() {
            let (before, after) = one.text.split_at(*at);
            wrong.push(format!(
                "{file}: line {}: {}",
                before.lines().count(),
                after.lines().next().unwrap_or_default()
            ));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// The draft of a page beside the specs of this repository.
fn drafted(rows: &str, notes: &str) -> String {
    let page = format!(
        "# Query Example Orders(USER_DATA)\n\n## HTTP Request\n\nGET `/papi/v1/um/exampleOrders`\n\n## Request Weight\n\n\
         **3**\n\n## Request Parameters\n\n| Name | Type | Mandatory | Description |\n| --- | --- | --- | --- |\n{rows}\n\n\
         {notes}\n\n## Response Example\n\n```json\n[{{ \"orderId\": 7, \"side\": \"BUY\", \"gain\": \"\" }}, {{ \"orderId\": 8, \
         \"side\": \"SELL\", \"gain\": \"0.5\", \"ended\": null }}]\n```\n"
    );
    let pages = crate::import::page::read("page.md", page.as_bytes()).expect("a page");
    let reading = crate::import::reading::read(&pages).expect("a call").remove(0);
    let specs = specs();
    draft(&reading.facts, &mut Names::default(), TODAY, Dictionary::of(&specs)).text
}

#[test]
fn what_does_not_fit_is_told_and_nothing_is_lost() {
    let rows = "| symbol | STRING | YES | |\n| pair | STRING | NO | |\n| side | ENUM | NO | `BUY`, `HOLD` |\n\
        | kind | ENUM | NO | `ALPHA`, `BETA` |\n| limit | INT | YES | Default 30; max 60 |\n| timestamp | LONG | YES | |";
    let notes = "> * Either symbol or pair must be sent.\n> * Nobody knows why.";
    let draft = drafted(rows, notes);
    for told in [
        "# TODO: a sentence says, and the table does not fit: at least one: [symbol, pair]",
        "# TODO: `Side` of types.yaml has no HOLD; add it, and list it here.",
        "side: { type: Side, words: [BUY], ",
        "# TODO: a choice of ALPHA, BETA: declare its words in types.yaml.",
        "kind: { type: String, ",
        "# TODO: the page calls it mandatory and gives a default: 30.",
        "limit: { type: u32, required: true, max: 60, ",
        "\"TODO: Nobody knows why\"",
    ] {
        assert!(draft.contains(told), "{told}\n{draft}");
    }
    assert!(!draft.contains("constraints:") && !draft.contains("timestamp"), "{draft}");
}

#[test]
fn fields_have_types_by_name_and_value_and_are_optional_with_evidence() {
    let draft = drafted("| symbol | STRING | NO | |", "");
    for told in [
        "orderId: { type: OrderId, doc:",
        "side: { type: Side, doc:",
        "gain: { type: Decimal, optional: Empty in a documented reply., doc:",
        "ended: { type: String, optional: Absent from some documented replies., doc:",
        "reply: [ExampleOrder]",
        "name: ExampleOrders",
    ] {
        assert!(draft.contains(told), "{told}\n{draft}");
    }
}
