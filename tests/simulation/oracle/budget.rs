//! The limits: no window of their length, wherever it begins, sees more weight or orders of our clients than is allowed, and
//! nobody sends while the exchange has told this address to stay away.

use crate::clocks::Steady;
use crate::plan::Plan;
use crate::record::{Arrival, Closing, Copy, Record};
use crate::world::process_name;

pub(super) fn broken(record: &Record, plan: &Plan) -> Vec<String> {
    let window = u64::try_from(plan.window.as_millis()).unwrap_or(u64::MAX);
    let too_much = |what, limit: u32, amount: fn(&Arrival) -> u64| {
        over(record, window, limit.into(), amount).map(|(from, used)| {
            let seconds = plan.window.as_secs();
            format!("{used} of {what} arrived in the {seconds} s from {from} ms on, and the limit is {limit}")
        })
    };
    let weight = too_much("weight", plan.weight, |arrival| arrival.weight);
    let orders = too_much("orders", plan.orders, |arrival| arrival.orders);
    weight
        .into_iter()
        .chain(orders)
        .chain(record.closings.iter().filter_map(|closing| ignored(record, closing)))
        .collect()
}

/// Returns the first window that sees more than the limit.
///
/// A copy that the network made is not the client's, and neither is what arrives when its sender has long given it up: that may
/// be at any time. A clock that is set forward takes part of a window away from everybody who reads it, so windows begin anew
/// there.
fn over(record: &Record, window: Steady, limit: u64, amount: fn(&Arrival) -> u64) -> Option<(Steady, u64)> {
    let mut begun: Vec<(Steady, u64)> = Vec::new();
    let forward =
        |from: Steady, to: Steady| record.host_jumps.iter().any(|(at, millis)| *millis > 0 && (from..=to).contains(at));
    let is_own = |arrival: &&Arrival| arrival.copy == Copy::Original && arrival.at <= arrival.sent_at + arrival.timeout;
    for arrival in record.arrivals.iter().filter(is_own) {
        begun.retain(|(at, _)| at + window > arrival.at && !forward(*at, arrival.at));
        if forward(arrival.sent_at, arrival.at) {
            continue;
        }
        begun.push((arrival.at, amount(arrival)));
        let used = begun.iter().map(|(_, amount)| amount).sum();
        if used > limit {
            return Some((begun.first().map_or(0, |(at, _)| *at), used));
        }
    }
    None
}

/// Returns who sent although it was told to stay away.
fn ignored(record: &Record, closing: &Closing) -> Option<String> {
    let end = closing.at + closing.length;
    if record.host_jumps.iter().any(|(at, millis)| *millis > 0 && (closing.at..=end).contains(at)) {
        return None;
    }
    let mut departures = record.departures.iter().filter(|departure| !departure.path.ends_with("/time"));
    let early = departures.find(|departure| departure.at > closing.at && departure.at < end)?;
    Some(format!(
        "{} sent {} at {} ms, though the exchange said at {} ms to stay away for {} ms",
        process_name(early.life),
        early.path,
        early.at,
        closing.at,
        closing.length
    ))
}
