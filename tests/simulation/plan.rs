//! What a seed decides of a run before it begins: how bad the network is, how the clocks are off, who does what.

use crate::record::Act;
use crate::seed::{Rng, Seed};
use binance_papi::Call;
use papi_sandbox::{Metering, RowOrder, Selection};
use std::time::Duration;

/// Chances of what befalls a message, in thousandths.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Weather {
    pub(crate) never_sent: u64,
    pub(crate) lost_before: u64,
    pub(crate) lost_after: u64,
    pub(crate) cut: u64,
    pub(crate) garbage: u64,
    /// An answer that the exchange documents for its own trouble, executed or not.
    pub(crate) trouble: u64,
    pub(crate) throttled: u64,
    pub(crate) late: u64,
    pub(crate) duplicated: u64,
    /// The order is there, and for some seconds no query finds it.
    pub(crate) hidden: u64,
    /// A query is answered from a copy that does not have the order yet.
    pub(crate) lagging: u64,
    /// The disk of the intents is full, after a part of what is written.
    pub(crate) disk_full: u64,
    /// Forcing it fails.
    pub(crate) disk_fails: u64,
}

/// Whether answers say how much of the limits is used: where they do not, only the client's own count keeps to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Usage {
    Told,
    Untold,
}

/// How processes know after a death what they have sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Memory {
    /// By records of their own.
    Notebook,
    /// By the client's intents, of calls that act on every arrival.
    IntentsOfOnce,
    /// By those of all calls that act.
    IntentsOfAll,
}

impl Memory {
    /// Whether the client keeps the intent of such a call.
    pub(crate) fn keeps_intent_of(self, act: &Act) -> bool {
        match (self, act) {
            (Self::Notebook, _) | (Self::IntentsOfOnce, Act::Cancel { .. }) => false,
            (Self::IntentsOfOnce | Self::IntentsOfAll, _) => true,
        }
    }
}

/// The plan of a run.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) weather: Weather,
    pub(crate) weight: u32,
    pub(crate) orders: u32,
    pub(crate) window: Duration,
    pub(crate) metering: Metering,
    pub(crate) processes: u64,
    pub(crate) orders_each: u64,
    pub(crate) reads_each: u64,
    pub(crate) deaths: u64,
    pub(crate) call: Call,
    /// How far this machine's clock and the exchange's are off at first, in milliseconds.
    pub(crate) host_ahead: i64,
    pub(crate) exchange_ahead: i64,
    pub(crate) drift: i64,
    pub(crate) clock_jumps: u64,
    /// How much weight others at the same address use at a time, in thousandths of the limit.
    pub(crate) others: u64,
    pub(crate) bans: u64,
    pub(crate) history_rows: u64,
    pub(crate) selection: Option<Selection>,
    pub(crate) row_order: Option<RowOrder>,
    pub(crate) memory: Memory,
    pub(crate) usage: Usage,
}

impl Plan {
    pub(crate) fn of(seed: Seed) -> Self {
        let mut rng = seed.stream("plan", 0);
        let history_rows = if rng.per_mille(200) { rng.between(1, 400) } else { 0 };
        // A history needs room for its heavy questions.
        let weight = if history_rows > 0 { rng.between(300, 900) } else { rng.between(20, 200) };
        let attempt_timeout = rng.millis(1_000, 10_000);
        let mut intents = seed.stream("intents", 0);
        Self {
            weather: Weather { disk_full: disk(&mut intents), disk_fails: disk(&mut intents), ..weather(&mut rng) },
            weight: u32::try_from(weight).unwrap_or(u32::MAX),
            orders: u32::try_from(rng.between(3, 40)).unwrap_or(u32::MAX),
            window: rng.pick(&[Duration::from_secs(60), Duration::from_secs(60), Duration::from_secs(10)]),
            metering: rng.pick(&[Metering::Aligned, Metering::Rolling]),
            processes: rng.between(1, 3),
            orders_each: rng.between(1, 6),
            reads_each: if rng.per_mille(500) { rng.between(1, 40) } else { 0 },
            deaths: if rng.per_mille(400) { rng.between(1, 3) } else { 0 },
            call: Call {
                attempts: u32::try_from(rng.between(1, 4)).unwrap_or(1),
                attempt_timeout,
                deadline: rng.millis(20_000, 90_000),
                ..Call::default()
            },
            host_ahead: if rng.per_mille(300) { rng.between_signed(-30_000, 30_000) } else { 0 },
            exchange_ahead: if rng.per_mille(300) { rng.between_signed(-5_000, 5_000) } else { 0 },
            drift: if rng.per_mille(200) { rng.between_signed(-200, 200) } else { 0 },
            clock_jumps: if rng.per_mille(200) { rng.between(1, 2) } else { 0 },
            others: if rng.per_mille(300) { rng.between(10, 300) } else { 0 },
            bans: u64::from(rng.per_mille(100)),
            history_rows,
            selection: rng.pick(&[None, Some(Selection::Earliest), Some(Selection::Latest)]),
            row_order: rng.pick(&[
                None,
                Some(RowOrder::Ascending),
                Some(RowOrder::Descending),
                Some(RowOrder::Shuffled),
            ]),
            usage: seed.stream("usage", 0).pick(&[Usage::Told, Usage::Told, Usage::Untold]),
            memory: intents.pick(&[Memory::Notebook, Memory::IntentsOfOnce, Memory::IntentsOfAll]),
        }
    }
}

impl Plan {
    /// Returns what a reader of a timeline has to know of it, a line each.
    pub(crate) fn told(&self) -> Vec<String> {
        let Self { processes, orders_each, reads_each, deaths, call, weather, .. } = self;
        let memory = match self.memory {
            Memory::Notebook => "notes of its own",
            Memory::IntentsOfOnce => "the client's intents, but for cancels",
            Memory::IntentsOfAll => "the client's intents",
        };
        let usage = match self.usage {
            Usage::Told => "tell",
            Usage::Untold => "do not tell",
        };
        let windows = match self.metering {
            Metering::Aligned => "side by side from 1970 on",
            Metering::Rolling => "back from each moment",
        };
        let fewer = orders_each / 2;
        let mut lines = vec![
            format!(
                "processes: {processes}; two traders in each, with {orders_each} and {fewer} orders, and {reads_each} reads"
            ),
            format!("deaths of each process: {deaths}; after one it knows what it has sent by {memory}"),
            format!(
                "limits: {} of weight and {} orders in {} s, counted {windows}; answers {usage} what is used",
                self.weight,
                self.orders,
                self.window.as_secs()
            ),
            format!(
                "calls: {} attempts of {} ms each, within {} ms",
                call.attempts,
                call.attempt_timeout.as_millis(),
                call.deadline.as_millis()
            ),
        ];
        if self.history_rows > 0 {
            let rows = self.history_rows;
            let selection = self.selection.map_or("documented".to_owned(), |it| format!("{it:?}").to_lowercase());
            let order = self.row_order.map_or("documented".to_owned(), |it| format!("{it:?}").to_lowercase());
            lines.push(format!(
                "history: at least {rows} rows; a full page has the {selection} ones, its order is {order}"
            ));
        }
        let clocks = (self.host_ahead, self.exchange_ahead, self.drift);
        if clocks != (0, 0, 0) {
            let (host, exchange, drift) = clocks;
            lines.push(format!(
                "clocks: this machine's is {host} ms ahead, the exchange's {exchange} ms and {drift} millionths faster"
            ));
        }
        let troubles = weather.troubles();
        lines.push(match troubles.as_slice() {
            [] => "the network and the disk are calm".to_owned(),
            troubles => format!("of a thousand messages or writings: {}", troubles.join(", ")),
        });
        lines
    }
}

impl Weather {
    /// Returns what happens at all, and how often.
    fn troubles(&self) -> Vec<String> {
        let all = [
            (self.never_sent, "never leave"),
            (self.lost_before, "are lost on their way"),
            (self.lost_after, "lose their answer"),
            (self.cut, "have their answer cut"),
            (self.garbage, "get rubbish for an answer"),
            (self.trouble, "meet trouble of the exchange"),
            (self.throttled, "are throttled for no reason"),
            (self.late, "are late"),
            (self.duplicated, "arrive twice"),
            (self.hidden, "place an order that cannot be found for a while"),
            (self.lagging, "ask a copy that lags"),
            (self.disk_full, "find the disk full"),
            (self.disk_fails, "cannot be forced to the disk"),
        ];
        all.iter().filter(|(chance, _)| *chance > 0).map(|(chance, what)| format!("{chance} {what}")).collect()
    }
}

/// Returns how often a disk fails: in most runs never.
fn disk(rng: &mut Rng) -> u64 {
    if rng.per_mille(150) { rng.pick(&[10, 50, 200]) } else { 0 }
}

/// Most runs have a few kinds of trouble, so that one kind does not hide another; some have none.
fn weather(rng: &mut Rng) -> Weather {
    let mut weather = Weather::default();
    let kinds = [
        &mut weather.never_sent,
        &mut weather.lost_before,
        &mut weather.lost_after,
        &mut weather.cut,
        &mut weather.garbage,
        &mut weather.trouble,
        &mut weather.throttled,
        &mut weather.late,
        &mut weather.duplicated,
        &mut weather.hidden,
        &mut weather.lagging,
    ];
    let share = rng.pick(&[0, 150, 300, 600]);
    for kind in kinds {
        if rng.per_mille(share) {
            *kind = rng.pick(&[10, 50, 100, 250]);
        }
    }
    weather
}
