//! Compares what two sheets say.

use super::{CALL, Sheet, Sheets};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Stands for what one side does not say.
pub(super) const NOTHING: &str = "nothing";

/// Stands for something that one side has, and of which nothing else is said.
pub(super) const LISTED: &str = "listed";

/// One thing on which facts and specs differ.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Difference {
    /// The call, or the event.
    pub(super) of: String,
    /// Such as `price required`.
    pub(super) subject: String,
    pub(super) facts: String,
    pub(super) ours: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} | {} | {} | {}", self.of, self.subject, self.facts, self.ours)
    }
}

/// All differences of the calls and events that there are facts about.
pub(super) fn differences(facts: &Sheets, ours: &Sheets) -> BTreeSet<Difference> {
    let all = both(facts, ours).flat_map(|(call, facts, ours)| match (facts, ours) {
        (Some(facts), Some(ours)) => of_sheet(call, facts, ours),
        (Some(_), None) => vec![one_sided(call, CALL, true)],
        (None, _) => Vec::new(),
    });
    all.collect()
}

fn of_sheet(call: &str, facts: &Sheet, ours: &Sheet) -> Vec<Difference> {
    let items = both(facts, ours).flat_map(|(item, facts, ours)| match (facts, ours) {
        (Some(facts), Some(ours)) => of_item(call, item, facts, ours),
        _ => vec![one_sided(call, item, facts.is_some())],
    });
    items.collect()
}

fn of_item(
    call: &str,
    item: &str,
    facts: &BTreeMap<String, String>,
    ours: &BTreeMap<String, String>,
) -> Vec<Difference> {
    let said = |value: Option<&String>| value.map_or(NOTHING, String::as_str).to_owned();
    let differing = both(facts, ours).filter(|(_, facts, ours)| facts != ours);
    let differences = differing.map(|(aspect, facts, ours)| Difference {
        of: call.to_owned(),
        subject: if item == CALL { aspect.to_owned() } else { format!("{item} {aspect}") },
        facts: said(facts),
        ours: said(ours),
    });
    differences.collect()
}

fn one_sided(call: &str, subject: &str, in_facts: bool) -> Difference {
    let (facts, ours) = if in_facts { (LISTED, NOTHING) } else { (NOTHING, LISTED) };
    Difference { of: call.to_owned(), subject: subject.to_owned(), facts: facts.to_owned(), ours: ours.to_owned() }
}

fn both<'a, T>(
    facts: &'a BTreeMap<String, T>,
    ours: &'a BTreeMap<String, T>,
) -> impl Iterator<Item = (&'a str, Option<&'a T>, Option<&'a T>)> {
    let names: BTreeSet<&String> = facts.keys().chain(ours.keys()).collect();
    names.into_iter().map(|name| (name.as_str(), facts.get(name), ours.get(name)))
}

#[test]
fn a_call_without_facts_is_no_difference_and_facts_without_a_call_are() {
    let said = Sheets::from([("1".to_owned(), Sheet::new())]);
    assert_eq!(differences(&Sheets::new(), &said), BTreeSet::new());
    assert_eq!(differences(&said, &Sheets::new()), BTreeSet::from([one_sided("1", CALL, true)]));
}

#[test]
fn what_one_side_does_not_say_is_a_difference() {
    let sheets = |call: &[(&str, &str)], items: &[&str]| {
        let said = |(aspect, value): &(&str, &str)| ((*aspect).to_owned(), (*value).to_owned());
        let call = (CALL.to_owned(), call.iter().map(said).collect());
        let items = items.iter().map(|item| ((*item).to_owned(), BTreeMap::new()));
        Sheets::from([("1".to_owned(), items.chain([call]).collect())])
    };
    let printed = |facts: &Sheets, ours: &Sheets| {
        differences(facts, ours).iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    };
    let one = sheets(&[("access", "TRADE"), ("orders", "1")], &["symbol"]);
    assert_eq!(printed(&one, &one), "");
    assert_eq!(printed(&one, &sheets(&[("access", "TRADE")], &["symbol"])), "1 | orders | 1 | nothing");
    assert_eq!(printed(&sheets(&[("orders", "0")], &[]), &sheets(&[("orders", "1")], &[])), "1 | orders | 0 | 1");
    let none = sheets(&[("access", "TRADE"), ("orders", "1")], &[]);
    assert_eq!(printed(&one, &none), "1 | symbol | listed | nothing");
    assert_eq!(printed(&none, &one), "1 | symbol | nothing | listed");
}
