//! Concludes from the facts: one finding per check, problems first. Pure: `gather` asks and `report` prints.

mod access;
mod clock;
mod finding;
mod host;
mod intents;
mod key;
mod ledger;
mod limits;
mod profile;
mod stream;
#[cfg(test)]
mod tests;

use super::facts::Facts;
pub(super) use finding::{Finding, Verdict};

/// Draws the conclusions. Problems come first, then warnings, and within those what others depend on.
pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    let mut findings = vec![host::host(facts)];
    findings.extend(host::proxy(facts));
    findings.extend(profile::profile(facts));
    findings.push(key::key(facts));
    findings.push(clock::clock(facts));
    findings.push(access::access(facts));
    findings.push(access::account(facts));
    findings.push(stream::stream(facts));
    findings.push(limits::weight(facts));
    findings.extend(ledger::ledger(facts));
    findings.extend(intents::intents(facts));
    findings.sort_by_key(|finding| finding.verdict.rank());
    findings
}
