//! Compares two sheets, and reads the list of deliberate differences.

use super::{CALL, Sheet, Sheets};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Stands for all calls that are signed, where a difference is the same for each.
const EVERY_SIGNED_CALL: &str = "*";

/// Stands for what one side does not say.
const NOTHING: &str = "-";

/// One thing on which facts and specs differ.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Difference {
    call: String,
    subject: String,
    facts: String,
    ours: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} | {} | {} | {}", self.call, self.subject, self.facts, self.ours)
    }
}

/// All differences of the calls that there are facts about; those that every signed call has are one.
pub(super) fn differences(facts: &Sheets, ours: &Sheets) -> BTreeSet<Difference> {
    let all = both(facts, ours).flat_map(|(call, facts, ours)| match (facts, ours) {
        (Some(facts), Some(ours)) => of_sheet(call, facts, ours),
        (Some(_), None) => vec![one_sided(call, CALL, true)],
        (None, _) => Vec::new(),
    });
    let signed = facts.iter().filter(|(_, sheet)| is_signed(sheet)).map(|(call, _)| call.clone()).collect();
    fold(all.collect(), &signed)
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
        call: call.to_owned(),
        subject: format!("{item} {aspect}"),
        facts: said(facts),
        ours: said(ours),
    });
    differences.collect()
}

fn one_sided(call: &str, subject: &str, in_facts: bool) -> Difference {
    let (facts, ours) = if in_facts { ("listed", NOTHING) } else { (NOTHING, "listed") };
    Difference { call: call.to_owned(), subject: subject.to_owned(), facts: facts.to_owned(), ours: ours.to_owned() }
}

fn both<'a, T>(
    facts: &'a BTreeMap<String, T>,
    ours: &'a BTreeMap<String, T>,
) -> impl Iterator<Item = (&'a str, Option<&'a T>, Option<&'a T>)> {
    let names: BTreeSet<&String> = facts.keys().chain(ours.keys()).collect();
    names.into_iter().map(|name| (name.as_str(), facts.get(name), ours.get(name)))
}

fn is_signed(sheet: &Sheet) -> bool {
    let access = sheet.get(CALL).and_then(|call| call.get("access"));
    access.is_some_and(|access| !matches!(access.as_str(), "NONE" | "USER_STREAM"))
}

fn fold(all: Vec<Difference>, signed: &BTreeSet<String>) -> BTreeSet<Difference> {
    let mut calls: BTreeMap<Difference, BTreeSet<String>> = BTreeMap::new();
    for Difference { call, subject, facts, ours } in all {
        let anywhere = Difference { call: EVERY_SIGNED_CALL.to_owned(), subject, facts, ours };
        calls.entry(anywhere).or_default().insert(call);
    }
    let folded = calls.into_iter().flat_map(|(difference, calls)| {
        if calls == *signed {
            return vec![difference];
        }
        calls.into_iter().map(|call| Difference { call, ..difference.clone() }).collect()
    });
    folded.collect()
}

/// Reads the list: `call | subject | what the facts say | what we say | reason` in each line, `#` before a remark.
pub(super) fn listed(list: &str) -> Result<BTreeMap<Difference, String>, String> {
    let mut listed = BTreeMap::new();
    for line in list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let &[call, subject, facts, ours, reason] = line.split(" | ").collect::<Vec<_>>().as_slice() else {
            return Err(format!("not five parts: {line}"));
        };
        let [call, subject, facts, ours] = [call, subject, facts, ours].map(str::to_owned);
        if reason.trim().is_empty() || reason == "why?" {
            return Err(format!("without a reason: {line}"));
        }
        if listed.insert(Difference { call, subject, facts, ours }, reason.to_owned()).is_some() {
            return Err(format!("listed twice: {line}"));
        }
    }
    Ok(listed)
}

#[test]
fn a_difference_of_every_signed_call_is_one() {
    let call = |access: &str| BTreeMap::from([("access".to_owned(), access.to_owned())]);
    let signed = Sheet::from([(CALL.to_owned(), call("TRADE"))]);
    let with_time = Sheet::from([(CALL.to_owned(), call("TRADE")), ("timestamp".to_owned(), BTreeMap::new())]);
    let open = Sheet::from([(CALL.to_owned(), call("NONE"))]);
    let sheets = |one: &Sheet, two: &Sheet| {
        Sheets::from([("1".to_owned(), one.clone()), ("2".to_owned(), two.clone()), ("3".to_owned(), open.clone())])
    };
    let printed = |facts: &Sheets, ours: &Sheets| {
        differences(facts, ours).iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    };
    let (all, some, none) = (sheets(&with_time, &with_time), sheets(&with_time, &signed), sheets(&signed, &signed));
    assert_eq!(printed(&all, &none), "* | timestamp | listed | -");
    assert_eq!(printed(&some, &none), "1 | timestamp | listed | -");
    assert_eq!(printed(&none, &some), "1 | timestamp | - | listed");
    assert_eq!(printed(&all, &all), "");
}

#[test]
fn a_call_without_facts_is_no_difference_and_facts_without_a_call_are() {
    let said = Sheets::from([("1".to_owned(), Sheet::new())]);
    assert_eq!(differences(&Sheets::new(), &said), BTreeSet::new());
    assert_eq!(differences(&said, &Sheets::new()), BTreeSet::from([one_sided("1", CALL, true)]));
}

#[test]
fn a_line_without_a_reason_is_refused() {
    for line in ["GET / | limit min | - | 1 | ", "GET / | limit min | - | 1 | why?", "GET / | limit min | - | 1"] {
        assert!(listed(line).is_err(), "{line}");
    }
    let line = "GET / | limit min | - | 1 | because";
    assert_eq!(listed(&format!("# remark\n\n{line}")).map(|listed| listed.len()), Ok(1));
    assert!(listed(&format!("{line}\n{line}")).is_err());
}
