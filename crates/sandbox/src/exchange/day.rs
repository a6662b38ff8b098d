//! A day of the account's history, told again on the stream: its forced closes as the histories have them, with some
//! trading around them, warnings before the worst hour, and a connection that is cut in the middle of it.

use super::Exchange;
use crate::events;
use crate::faults::{Fault, FaultKind};
use crate::outgoing::{Audience, Frame};
use crate::raw_request::STREAM_PATH;
use crate::request::Request;
use crate::rng::Rng;
use crate::routes;
use crate::rows::{ForceOrder, Product, SeededRows};
use papi_types::{EndpointInfo, Timestamp, cm, margin, um};
use std::collections::VecDeque;
use std::time::Duration;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// So many forced closes within an hour are a cluster. Any seed has such a day in any six weeks.
const CLUSTER: usize = 40;

/// How far back a day with a cluster is looked for.
const DAYS_BACK: i64 = 60;

/// A day that is told, from when the first connection of the stream is open.
#[derive(Debug)]
pub(crate) struct Day {
    /// How long it takes, by the exchange's clock.
    within: Duration,
    begun: Option<Timestamp>,
    start: Timestamp,
    moments: VecDeque<Moment>,
}

/// Something that happens at a time of the day.
#[derive(Debug, Clone)]
struct Moment {
    at: Timestamp,
    what: What,
}

#[derive(Debug, Clone)]
enum What {
    /// The account calls.
    Call(&'static EndpointInfo, Vec<(&'static str, String)>),
    /// The exchange closes a position.
    Forced(Box<ForceOrder>),
    /// The risk of the account has this level, with this ratio.
    Risk(&'static str, &'static str),
    /// All connections of the stream end, and the next attempt to open one fails.
    Cut,
}

impl Day {
    /// Returns the latest whole day with a cluster of forced closes.
    pub(super) fn latest(rows: SeededRows, seed: u64, now: Timestamp, within: Duration) -> Self {
        let today = now.as_millis().div_euclid(DAY);
        let forced = |day: i64| {
            let (from, to) = (Timestamp::from_millis(day * DAY), Timestamp::from_millis((day + 1) * DAY - 1));
            let mut rows: Vec<_> =
                [Product::Um, Product::Cm].into_iter().flat_map(|product| rows.between(product, from, to)).collect();
            rows.sort_by_key(|row| row.time);
            rows
        };
        let days = (today - DAYS_BACK..today).rev().map(|day| (day, forced(day)));
        let found = days.into_iter().find_map(|(day, rows)| Some((day, cluster(&rows)?, rows)));
        let (day, first, rows) = found.unwrap_or_else(|| (today - 1, 0, forced(today - 1)));
        let start = day * DAY;
        let worst = rows.get(first).map_or(start, |row| row.time.as_millis());
        let mut moments = trading(&mut Rng::new(seed, &[day]), start);
        for (index, row) in rows.into_iter().enumerate() {
            let at = row.time;
            moments.push(Moment { at, what: What::Forced(Box::new(row)) });
            if index == first + CLUSTER / 2 {
                moments.push(Moment { at, what: What::Cut });
            }
        }
        for (before, level, ratio) in
            [(9 * MINUTE, "MARGIN_CALL", "1.48"), (4 * MINUTE, "REDUCE_ONLY", "1.17"), (1, "FORCE_LIQUIDATION", "1.04")]
        {
            moments.push(Moment { at: within_day(start, worst - before), what: What::Risk(level, ratio) });
        }
        // Stable: what happens in one millisecond keeps its order.
        moments.sort_by_key(|moment| moment.at);
        Self { within, begun: None, start: Timestamp::from_millis(start), moments: moments.into() }
    }

    pub(super) fn is_over(&self) -> bool {
        self.moments.is_empty()
    }

    /// Returns what has happened by now and was not returned before.
    fn happened(&mut self, now: Timestamp) -> Vec<Moment> {
        let begun = *self.begun.get_or_insert(now);
        let passed = i128::from(now.as_millis() - begun.as_millis()) * i128::from(DAY);
        let passed = passed / i128::try_from(self.within.as_millis()).unwrap_or(i128::MAX).max(1);
        let until = i128::from(self.start.as_millis()) + passed;
        let count = self.moments.partition_point(|moment| i128::from(moment.at.as_millis()) <= until);
        self.moments.drain(..count).collect()
    }
}

/// Returns an instant of the day that starts then.
fn within_day(start: i64, millis: i64) -> Timestamp {
    Timestamp::from_millis(millis.clamp(start, start + DAY - 1))
}

/// Returns the index of the row with which the first cluster of a day begins.
fn cluster(rows: &[ForceOrder]) -> Option<usize> {
    let times: Vec<i64> = rows.iter().map(|row| row.time.as_millis()).collect();
    times.windows(CLUSTER).position(|cluster| cluster[CLUSTER - 1] - cluster[0] < HOUR)
}

/// Returns what the account does by itself in a day.
fn trading(rng: &mut Rng, start: i64) -> Vec<Moment> {
    let mut moments = Vec::new();
    let mut call = |at: i64, info: &'static EndpointInfo, params: &[(&'static str, &str)]| {
        let params = params.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        moments.push(Moment { at: within_day(start, start + at), what: What::Call(info, params) });
    };
    call(3 * HOUR, margin::Borrow::INFO, &[("asset", "USDT"), ("amount", "2500")]);
    call(21 * HOUR, margin::Repay::INFO, &[("asset", "USDT"), ("amount", "2500")]);
    call(6 * HOUR, um::SetLeverage::INFO, &[("symbol", "ETHUSDT"), ("leverage", "10")]);
    let mut at = 0;
    for number in 1_i64.. {
        at += rng.between(15 * MINUTE, 55 * MINUTE);
        if at >= DAY {
            break;
        }
        let side = if rng.chance(50) { "BUY" } else { "SELL" };
        let name = format!("day-{number}");
        let market = |symbol, quantity: String| -> [(&str, String); 5] {
            [
                ("symbol", symbol),
                ("side", side.to_owned()),
                ("type", "MARKET".to_owned()),
                ("quantity", quantity),
                ("newClientOrderId", name.clone()),
            ]
        };
        let (info, params) = match rng.between(0, 10) {
            0..4 => (um::NewOrder::INFO, market("BTCUSDT".to_owned(), format!("0.{:03}", rng.between(1, 200)))),
            4..6 => (um::NewOrder::INFO, market("SOLUSDT".to_owned(), rng.between(1, 40).to_string())),
            6 => (cm::NewOrder::INFO, market("BTCUSD_PERP".to_owned(), rng.between(1, 20).to_string())),
            7 => (margin::NewOrder::INFO, market("BTCUSDT".to_owned(), format!("0.{:04}", rng.between(1, 90)))),
            _ => {
                let price = if side == "BUY" { "2950.00" } else { "3450.00" };
                let terms = [
                    ("symbol", "ETHUSDT"),
                    ("side", side),
                    ("type", "LIMIT"),
                    ("timeInForce", "GTC"),
                    ("quantity", "1.5"),
                    ("price", price),
                    ("newClientOrderId", &name),
                ];
                call(at, um::NewOrder::INFO, &terms);
                let ends = at + rng.between(MINUTE, 14 * MINUTE);
                call(ends, um::CancelOrder::INFO, &[("symbol", "ETHUSDT"), ("origClientOrderId", &name)]);
                continue;
            }
        };
        let params: Vec<_> = params.iter().map(|(param, value)| (*param, value.as_str())).collect();
        call(at, info, &params);
    }
    moments
}

impl Exchange {
    /// Tells a day of the account's history on the stream, once a connection of it is open.
    pub(crate) fn play_day(&mut self, within: Duration, now: Timestamp) {
        self.day = Some(Day::latest(self.account.seeded_rows, self.account.seed, now, within));
    }

    /// Returns whether the day was told to its end, or there is none.
    pub(crate) fn is_day_over(&self) -> bool {
        self.day.as_ref().is_none_or(Day::is_over)
    }

    /// Lets all happen that the day has had by now.
    pub(super) fn pass_day(&mut self, now: Timestamp) {
        let moments = self.day.as_mut().map(|day| day.happened(now)).unwrap_or_default();
        for Moment { at, what } in moments {
            match what {
                What::Call(info, params) => {
                    let params = params.iter().map(|(name, value)| (*name, value.as_str())).collect();
                    // One that is refused, as a cancellation of an order that a client cancelled before, is nothing to
                    // tell.
                    let _ = routes::handler(info)(&Request { info, params }, &mut self.account, at);
                }
                What::Forced(row) => events::forced(&row, &mut self.account),
                What::Risk(level, ratio) => self.account.untold.push(events::risk_level(level, ratio, at)),
                What::Cut => {
                    self.send(Audience::Everyone, Frame::Close, Duration::ZERO);
                    self.faults.add(Fault::new(FaultKind::Html502).path(STREAM_PATH));
                }
            }
            self.tell(now, Duration::ZERO);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::Cause;
    use std::collections::BTreeSet;

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_012_345);

    #[test]
    fn every_seed_has_a_day_with_a_cluster_of_both_kinds() {
        for seed in 0..50 {
            for weeks in 0..6 {
                let now = Timestamp::from_millis(NOW.as_millis() + weeks * 7 * DAY);
                let day = Day::latest(SeededRows::new(seed), seed, now, Duration::from_secs(60));
                let forced = day.moments.iter().filter_map(|moment| match &moment.what {
                    What::Forced(row) => Some(row.cause),
                    _ => None,
                });
                let causes: Vec<Cause> = forced.collect();
                assert!(causes.len() >= CLUSTER, "seed {seed}: {}", causes.len());
                let causes: BTreeSet<Cause> = causes.into_iter().collect();
                assert!(causes.contains(&Cause::Liquidation) && causes.contains(&Cause::Adl), "seed {seed}");
                assert!(day.moments.iter().is_sorted_by_key(|moment| moment.at));
                assert!(day.moments.iter().any(|moment| matches!(moment.what, What::Cut)));
            }
        }
    }

    #[test]
    fn a_day_passes_within_its_time() {
        let mut day = Day::latest(SeededRows::new(1), 1, NOW, Duration::from_secs(24));
        let all = day.moments.len();
        assert!(day.happened(NOW).len() < all / 10);
        let noon = day.start.plus(Duration::from_secs(12 * 3_600));
        let morning = day.happened(NOW.plus(Duration::from_secs(12)));
        assert!(morning.iter().all(|moment| moment.at <= noon));
        assert!(day.moments.iter().all(|moment| moment.at > noon));
        day.happened(NOW.plus(Duration::from_secs(24)));
        assert!(day.is_over());
    }
}
