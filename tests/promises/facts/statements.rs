//! What the pages say in prose, in English and in Chinese, and what the specs make of it.

use super::difference::NOTHING;
use super::read::in_order;
use super::{CALL, Sheets};
use binance_papi::spec::{EvidenceRule, Requirement, Retention};
use binance_papi::{ENDPOINTS, EndpointInfo};
use std::collections::BTreeMap;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/facts/statements.json");

/// What the pages say of one aspect of a call or parameter.
pub(super) struct Statement {
    call: String,
    item: String,
    aspect: String,
    english: Option<String>,
    chinese: String,
}

pub(super) fn all() -> Vec<Statement> {
    let json = std::fs::read_to_string(FILE).expect("the statements");
    let rows: Vec<BTreeMap<String, String>> = serde_json::from_str(&json).expect("a list of statements");
    let statement = |row: BTreeMap<String, String>| Statement {
        call: row["call"].clone(),
        item: row["item"].clone(),
        aspect: row["aspect"].clone(),
        english: row.get("english").cloned(),
        chinese: row["chinese"].clone(),
    };
    rows.into_iter().map(statement).collect()
}

impl Statement {
    /// Adds what the pages say to the facts, in place of what one of them says, and what the spec says to the specs.
    pub(super) fn add_to(&self, facts: &mut Sheets, ours: &mut Sheets) {
        let english = self.english.as_deref().unwrap_or(NOTHING);
        let said = if english == self.chinese { english.to_owned() } else { format!("{english} or {}", self.chinese) };
        let replaced = of_item(facts, &self.call, &self.item).insert(self.aspect.clone(), said);
        assert!(replaced.is_none_or(|replaced| replaced == english), "{} {}: not the fact", self.call, self.item);
        if self.item == CALL {
            let info = ENDPOINTS.iter().find(|info| format!("{} {}", info.method, info.path) == self.call);
            let ours = of_item(ours, &self.call, CALL);
            ours.extend(in_spec(info.expect("a call"), &self.aspect).map(|said| (self.aspect.clone(), said)));
        }
    }
}

fn of_item<'a>(sheets: &'a mut Sheets, call: &str, item: &str) -> &'a mut BTreeMap<String, String> {
    let sheet = sheets.get_mut(call).unwrap_or_else(|| panic!("no call {call}"));
    sheet.get_mut(item).unwrap_or_else(|| panic!("{call} has no {item}"))
}

/// What a spec says of an aspect of its call, where its language can.
fn in_spec(info: &EndpointInfo, aspect: &str) -> Option<String> {
    match aspect {
        "at most one" => info.constraints.iter().find_map(|one| match one.requirement {
            Requirement::AtMostOne(params) => Some(in_order(params.iter().copied())),
            _ => None,
        }),
        "keeps" => keeps(info),
        _ => None,
    }
}

/// For how long whoever settles a lost call believes that what this call does not find is not there.
fn keeps(info: &EndpointInfo) -> Option<String> {
    let questions = ENDPOINTS.iter().flat_map(|lost| lost.settle);
    let mut of_call = questions.filter(|asked| (asked.route.method, asked.route.path) == (info.method, info.path));
    of_call.find_map(|question| match question.shows {
        EvidenceRule::Found { keeps: Retention::For(span) } => Some(span.to_string()),
        _ => None,
    })
}
