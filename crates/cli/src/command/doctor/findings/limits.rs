//! Finds how much of the weight limit is used, and until when the exchange is closed.

use super::super::facts::{Facts, Skip, Step, Weight};
use super::finding::{Check, Finding, Verdict};
use binance_papi::Timestamp;

/// Finds how much of the weight limit is used.
pub(super) fn weight(facts: &Facts) -> Finding {
    let Weight { used, limit } = facts.weight;
    let Some(used) = used else {
        return match (&facts.ping, &facts.access) {
            (Step::Done(()), _) => {
                Finding::new(Check::Weight, Verdict::Skipped, "The answers do not tell how much weight is used.")
            }
            (_, Step::Skipped(skip)) => Finding::skipped(Check::Weight, *skip),
            _ => Finding::skipped(Check::Weight, Skip::HostFailed),
        };
    };
    let told = format!("{used} of {limit} used in this minute, by all programs at this address together.");
    if u64::from(used) * 100 <= u64::from(limit) * 80 {
        return Finding::ok(Check::Weight, told);
    }
    Finding::warning(Check::Weight, format!("{told} Past the limit calls fail."))
        .next("Look for the program that asks so much: a history that is read in a loop, most often.")
        .next(format!("Leave room for others: `papi --weight-limit {}`, or `Limits` of the library.", limit / 2))
}

pub(super) fn throttled(problem: impl FnOnce(String) -> Finding, until: Option<Timestamp>, now: Timestamp) -> Finding {
    problem(format!("Too much was asked from this address. The exchange is closed to it {}.", term(until, now)))
        .next("Wait until then; asking on leads to a ban.")
        .next("Then let all programs at this address together use less: `papi --weight-limit N`, or `Limits` of the library.")
}

pub(super) fn banned(problem: impl FnOnce(String) -> Finding, until: Option<Timestamp>, now: Timestamp) -> Finding {
    problem(format!("The exchange has banned this address (HTTP 418), {}.", term(until, now)))
        .next("Stop all programs at this address until then: to ask on makes the ban longer.")
        .next("Look for the one that goes on after HTTP 429; this client waits by itself.")
}

fn term(until: Option<Timestamp>, now: Timestamp) -> String {
    let Some(until) = until else { return "for some minutes".to_owned() };
    let text = until.to_string();
    // To the second.
    let moment = text.split_once('.').map_or(text.as_str(), |(seconds, _)| seconds).replace('T', " ");
    match until.since(now).as_secs() {
        seconds @ 0..=119 => format!("until {moment} UTC, in {seconds} s"),
        seconds => format!("until {moment} UTC, in {} min", seconds.div_ceil(60)),
    }
}
