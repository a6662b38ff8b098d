//! Each call that acts is executed at most once, and what the client said of it is what happened.

use crate::claim::{Claim, Verdict};
use crate::record::{Act, Copy, Record};
use papi_sandbox::PlacedOrder;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn broken(record: &Record, claims: &[Claim], attempts: u32, orders: &[PlacedOrder]) -> Vec<String> {
    let executed = record.arrivals.iter().filter(|arrival| arrival.executed && arrival.copy == Copy::Original);
    let acts: BTreeSet<&Act> = executed.filter_map(|arrival| arrival.act.as_ref()).collect();
    let twice = acts.into_iter().filter_map(|act| {
        let times = record.executions(act);
        (times > 1).then(|| format!("`{act}` was executed {times} times"))
    });
    twice
        .chain(too_often(record, attempts))
        .chain(claims.iter().filter_map(|claim| contradiction(record, claim)))
        .chain(claims.iter().filter_map(|claim| wrong_number(orders, claim)))
        .collect()
}

/// Returns the calls that were sent more often than their options allow.
fn too_often(record: &Record, attempts: u32) -> Vec<String> {
    let mut sent: BTreeMap<&Act, u32> = BTreeMap::new();
    for act in record.departures.iter().filter_map(|departure| departure.act.as_ref()) {
        *sent.entry(act).or_default() += 1;
    }
    let too_often = sent.into_iter().filter(|(_, times)| *times > attempts);
    too_often.map(|(act, times)| format!("`{act}` was sent {times} times, and {attempts} are allowed")).collect()
}

/// Returns how a claim contradicts the record, which by now is that of the whole run.
fn contradiction(record: &Record, claim: &Claim) -> Option<String> {
    let times = record.executions(&claim.act);
    let Claim { at, act, words, .. } = claim;
    let was_executed = match claim.verdict {
        Verdict::Executed | Verdict::SettledAccepted => true,
        Verdict::NotExecuted | Verdict::SettledAbsent => false,
        Verdict::Unknown | Verdict::StillUnknown => return None,
    };
    if was_executed == (times > 0) {
        return None;
    }
    let (said, but) = if was_executed { ("was", "was not") } else { ("was not", "was") };
    let how = match claim.verdict {
        Verdict::SettledAccepted | Verdict::SettledAbsent => "asked about it, the client said",
        _ => "the client said",
    };
    Some(format!("{how} at {at} ms that `{act}` {said} executed ({words}), and it {but}"))
}

/// Returns how the number of an order that a client told is not the exchange's.
fn wrong_number(orders: &[PlacedOrder], claim: &Claim) -> Option<String> {
    let (number, Act::Place { id } | Act::Amend { id, .. } | Act::Cancel { id }) = (claim.number?, &claim.act);
    let is_right = orders.iter().any(|order| order.client_order_id == *id && order.order_id == number);
    (!is_right).then(|| format!("the client said that {id} has the number {number}, and it has not"))
}
