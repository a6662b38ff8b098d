//! The differences that are a rule: each call of a kind has them, so no spec repeats them. What is not exactly so is a difference.

use super::difference::{Difference, LISTED, NOTHING};
use binance_papi::spec::Kind;
use binance_papi::{ENDPOINTS, EndpointInfo};

/// What pages list for every signed call, and the client adds by itself: a setting of the client, and the exchange's time.
const ADDED: [&str; 2] = ["recvWindow", "timestamp"];

/// Returns whether a difference is a rule.
pub(super) fn is_usual(difference: &Difference) -> bool {
    let info = ENDPOINTS.iter().find(|info| call(info) == difference.of);
    info.is_some_and(|info| rules(info).contains(difference)) || is_own_field(difference)
}

fn rules(info: &EndpointInfo) -> Vec<Difference> {
    let difference = |subject: String, facts: &str, ours: &str| Difference {
        of: call(info),
        subject,
        facts: facts.to_owned(),
        ours: ours.to_owned(),
    };
    let mut rules = Vec::new();
    if info.access.is_signed() {
        rules.extend(ADDED.map(|name| difference(name.to_owned(), LISTED, NOTHING)));
    }
    // No page says it, and fewer than one row is no rows.
    let cap = info.paging.and_then(|paging| paging.cap);
    rules.extend(cap.map(|cap| difference(format!("{cap} min"), NOTHING, "1")));
    // No page says it, and no page gives an amount of zero or less a meaning.
    let amounts = info.params.iter().filter(|param| param.kind == Kind::Decimal);
    rules.extend(amounts.map(|param| difference(format!("{} min", param.name), NOTHING, "> 0")));
    rules
}

/// Shapes are shared, so a reply may have fields that only its siblings document. They are optional, for the documented replies
/// of the call lack them and are read.
fn is_own_field(difference: &Difference) -> bool {
    difference.subject.starts_with("reply ")
        && (difference.facts.as_str(), difference.ours.as_str()) == (NOTHING, LISTED)
}

fn call(info: &EndpointInfo) -> String {
    format!("{} {}", info.method, info.path)
}

#[test]
fn every_signed_call_differs_by_what_the_client_adds_and_no_other_call_does() {
    let found = super::found();
    for info in ENDPOINTS {
        for name in ADDED {
            let added = found.iter().any(|one| one.of == call(info) && one.subject == name);
            assert_eq!(added, info.access.is_signed(), "{} {name}", call(info));
        }
    }
}
