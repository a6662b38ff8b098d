//! A ledger as bytes: words of eight bytes, little endian, a record of fixed length for each slot, call and place.

use super::calls_under_way::{CallsUnderWay, UnderWay};
use super::{QueuePlace, Spent, UsageLedger};
use crate::rate_limit::Account;
use crate::rate_limit::charge::{Charge, Priority, Tally};
use crate::rate_limit::cooldown::{Cooldown, UnsaidBan};
use papi_types::Timestamp;
use std::collections::VecDeque;
use std::time::Duration;

const WORD: usize = 8;
/// How many words the head has, and the record of a slot, a call and a place.
const HEAD: usize = 12;
const SLOT: usize = 4;
const CALL: usize = 6;
const PLACE: usize = 5;

impl UsageLedger {
    /// Returns how many bytes its records take.
    pub(in crate::rate_limit) fn records_length(&self) -> usize {
        let Self { under_way, spent, waiting, .. } = self;
        WORD * (HEAD + SLOT * spent.len() + CALL * under_way.iter().len() + PLACE * waiting.len())
    }

    /// Appends its records to bytes.
    pub(in crate::rate_limit) fn write_records(&self, bytes: &mut Vec<u8>) {
        // What is noted follows from the records.
        let Self { last_number, longest_window, cooldown, under_way, spent, noted: _, waiting } = self;
        let mut writer = Writer(bytes);
        writer.words([*last_number, longest_window.as_secs(), longest_window.subsec_nanos().into()]);
        writer.optional(cooldown.closed_until.map(|until| [millis(until)]));
        let ban_words = |ban: UnsaidBan| [millis(ban.until), ban.length.as_secs(), ban.length.subsec_nanos().into()];
        writer.optional(cooldown.unsaid_ban.map(ban_words));
        writer.words([spent.len() as u64, under_way.iter().len() as u64, waiting.len() as u64]);
        for row in spent {
            writer.record([millis(row.since)], row.charge);
        }
        for call in under_way.iter() {
            writer.record([call.number, millis(call.asked), millis(call.lease_end)], call.charge);
        }
        for place in waiting {
            writer.record([place.place, millis(place.kept_until)], place.charge);
        }
    }

    /// Reads a ledger; none when the bytes are not exactly one.
    pub(in crate::rate_limit) fn read_records(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader(bytes);
        let [last_number, seconds, nanos] = reader.words()?;
        let longest_window = duration(seconds, nanos)?;
        let closed_until = reader.optional::<1>()?.map(|[until]| time(until));
        let unsaid_ban = match reader.optional()? {
            Some([until, seconds, nanos]) => Some(UnsaidBan { until: time(until), length: duration(seconds, nanos)? }),
            None => None,
        };
        let [slots, calls, places] = reader.words()?;
        let (mut under_way, mut spent, mut waiting) = (CallsUnderWay::default(), VecDeque::new(), Vec::new());
        let mut noted = Tally::default();
        for _ in 0..slots {
            let ([since], charge) = reader.record()?;
            noted.add(charge);
            spent.push_back(Spent { since: time(since), charge });
        }
        let mut last = None;
        for _ in 0..calls {
            let ([number, asked, lease_end], charge) = reader.record()?;
            if last.replace(number).is_some_and(|last| number <= last) {
                return None;
            }
            noted.add(charge);
            under_way.add(UnderWay { number, charge, asked: time(asked), lease_end: time(lease_end) });
        }
        for _ in 0..places {
            let ([place, kept_until], charge) = reader.record()?;
            waiting.push(QueuePlace { place, charge, kept_until: time(kept_until) });
        }
        let cooldown = Cooldown { closed_until, unsaid_ban };
        let ledger = Self { last_number, longest_window, cooldown, under_way, spent, noted, waiting };
        reader.0.is_empty().then_some(ledger)
    }
}

/// Appends words to bytes.
struct Writer<'a>(&'a mut Vec<u8>);

impl Writer<'_> {
    fn words<const COUNT: usize>(&mut self, words: [u64; COUNT]) {
        self.0.extend_from_slice(words.map(u64::to_le_bytes).as_flattened());
    }

    /// Words that may be missing take their room all the same.
    fn optional<const COUNT: usize>(&mut self, words: Option<[u64; COUNT]>) {
        self.words([u64::from(words.is_some())]);
        self.words(words.unwrap_or([0; COUNT]));
    }

    /// A record: its own words, and those of its charge.
    fn record<const COUNT: usize>(&mut self, words: [u64; COUNT], charge: Charge) {
        let orders = match charge.priority {
            Priority::Read => 0,
            Priority::Act => ACT,
        } | u64::from(charge.orders);
        self.words(words);
        self.words([u64::from(charge.weight), orders, charge.account.0]);
    }
}

/// The bit beside the orders of a charge that tells an act from a read.
const ACT: u64 = 1 << 32;

/// Takes words from the beginning of bytes.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn words<const COUNT: usize>(&mut self) -> Option<[u64; COUNT]> {
        let mut words = [0; COUNT];
        for word in &mut words {
            let (first, rest) = self.0.split_first_chunk()?;
            *word = u64::from_le_bytes(*first);
            self.0 = rest;
        }
        Some(words)
    }

    #[expect(clippy::option_option, reason = "the bytes may end, and what they hold may be missing")]
    fn optional<const COUNT: usize>(&mut self) -> Option<Option<[u64; COUNT]>> {
        match (self.words()?, self.words()?) {
            ([0], words) => (words == [0; COUNT]).then_some(None),
            ([1], words) => Some(Some(words)),
            _ => None,
        }
    }

    fn record<const COUNT: usize>(&mut self) -> Option<([u64; COUNT], Charge)> {
        let words = self.words()?;
        let [weight, orders, account] = self.words()?;
        let priority = if orders & ACT == 0 { Priority::Read } else { Priority::Act };
        let (weight, orders) = (u32::try_from(weight).ok()?, u32::try_from(orders & !ACT).ok()?);
        Some((words, Charge { priority, weight, orders, account: Account(account) }))
    }
}

fn millis(time: Timestamp) -> u64 {
    time.as_millis().cast_unsigned()
}

fn time(millis: u64) -> Timestamp {
    Timestamp::from_millis(millis.cast_signed())
}

fn duration(seconds: u64, nanos: u64) -> Option<Duration> {
    let nanos = u32::try_from(nanos).ok().filter(|nanos| *nanos < 1_000_000_000)?;
    Some(Duration::new(seconds, nanos))
}
