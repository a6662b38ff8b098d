//! No call whose intent is kept leaves before that is on the disk, and none that left is forgotten.

use crate::claim::{Claim, Verdict};
use crate::clocks::Steady;
use crate::record::{Act, IntentOnDisk, Record, param};
use crate::world::process_name;
use papi_runtime::simulation::SentRequest;
use serde_json::Value;
use std::collections::BTreeSet;

pub(super) fn broken(record: &Record, claims: &[Claim], calm_at: Steady) -> Vec<String> {
    let left_too_early = record.departures.iter().filter(|departure| departure.intent == IntentOnDisk::Missing);
    let left_too_early = left_too_early.filter_map(|departure| {
        let (act, who) = (departure.act.as_ref()?, process_name(departure.life));
        Some(format!("{who} sent `{act}` at {} ms, and its intent was not on the disk", departure.at))
    });
    let kept = record.departures.iter().filter(|departure| departure.intent != IntentOnDisk::NotKept);
    let kept: BTreeSet<&Act> = kept.filter_map(|departure| departure.act.as_ref()).collect();
    let is_remembered = |act: &Act| claims.iter().any(|claim| claim.act == *act && is_an_end(claim, calm_at));
    let forgotten = kept.into_iter().filter(|act| !is_remembered(act));
    let forgotten = forgotten.map(|act| format!("`{act}` was sent and is forgotten: nobody says what became of it"));
    left_too_early.chain(forgotten).collect()
}

/// Whether what became of a call is known, or is still said to be unknown in the end.
fn is_an_end(claim: &Claim, calm_at: Steady) -> bool {
    match claim.verdict {
        Verdict::Unknown => false,
        Verdict::StillUnknown => claim.at >= calm_at,
        Verdict::Executed | Verdict::NotExecuted | Verdict::SettledAccepted | Verdict::SettledAbsent => true,
    }
}

/// Whether the durable part of a file of intents holds what is being sent, with its timestamp.
pub(crate) fn is_on_disk(durable: &[u8], request: &SentRequest) -> bool {
    let stamp = param(&request.query, "timestamp").and_then(|stamp| stamp.parse::<i64>().ok());
    let mut numbers = BTreeSet::new();
    for line in durable.split_inclusive(|byte| *byte == b'\n') {
        let Ok(line) = serde_json::from_slice::<Value>(line) else { continue };
        let (intent, attempt) = (&line["record"]["intent"], &line["record"]["attempt"]);
        let is_it = intent["method"] == request.method.as_str()
            && intent["path"] == request.path
            && intent["query"].as_str().is_some_and(|query| request.query.starts_with(query));
        if is_it {
            numbers.extend(intent["number"].as_u64());
        }
        let stamps = intent["sent_at"].as_array().filter(|_| is_it);
        let is_stamped = |at: &Value| stamp.is_some() && at.as_i64() == stamp;
        let is_attempt = attempt["number"].as_u64().is_some_and(|number| numbers.contains(&number));
        if stamps.is_some_and(|stamps| stamps.iter().any(is_stamped)) || (is_attempt && is_stamped(&attempt["sent_at"]))
        {
            return true;
        }
    }
    false
}
