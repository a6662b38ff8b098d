//! Which events were delivered already: two connections that overlap both bring them.

use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::time::Duration;

/// What makes an event the same as another: of its name, within this object of it, these fields. Two events that agree in
/// them say the same about the same order. Of all other events the whole text, with its event time, must be the same.
#[rustfmt::skip]
const KEYS: &[(&str, Option<&str>, &[&str])] = &[
    ("ORDER_TRADE_UPDATE", Some("o"), &["s", "i", "x", "X", "z", "t", "T", "q", "p"]),
    ("executionReport", None, &["s", "i", "x", "X", "z", "t", "T", "q", "p"]),
    ("CONDITIONAL_ORDER_TRADE_UPDATE", Some("so"), &["s", "si", "os", "ut", "i", "q", "p", "sp"]),
    ("ALGO_UPDATE", Some("ao"), &["s", "aid", "X", "ai", "aq", "q", "p", "tp"]),
];
/// Fields beside that object: the product, and the time of what happened.
const COMMON: &[&str] = &["fs", "T"];

/// How many events are remembered, and for how long.
const MOST: usize = 20_000;
const LONGEST: Duration = Duration::from_secs(10 * 60);

/// What tells an event from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fingerprint(u64);

/// Returns the fingerprint of an event of this name.
pub(super) fn fingerprint(name: &str, text: &str) -> Fingerprint {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    match stated_values(name, text) {
        Some(values) => values.hash(&mut hasher),
        None => text.hash(&mut hasher),
    }
    Fingerprint(hasher.finish())
}

type Object<'a> = BTreeMap<Cow<'a, str>, &'a RawValue>;

/// The values of the stated fields; none for other events, and for those without the symbol and the id, which come first.
fn stated_values<'a>(name: &str, text: &'a str) -> Option<Vec<Option<&'a str>>> {
    let (_, inner, fields) = KEYS.iter().find(|(stated, ..)| *stated == name)?;
    let outer: Object<'_> = serde_json::from_str(text).ok()?;
    let value = |object: &Object<'a>, field: &str| object.get(field).map(|value| value.get());
    let common: Vec<_> = COMMON.iter().map(|field| value(&outer, field)).collect();
    let inner = match inner {
        Some(inner) => serde_json::from_str(outer.get(*inner)?.get()).ok()?,
        None => outer,
    };
    let stated: Vec<_> = fields.iter().map(|field| value(&inner, field)).collect();
    stated.iter().take(2).all(Option::is_some).then(|| common.into_iter().chain(stated).collect())
}

/// The events that were delivered lately.
#[derive(Debug, Default)]
pub(super) struct Duplicates {
    known: BTreeSet<Fingerprint>,
    /// In the order of their delivery, which is at this steady time.
    order: VecDeque<(Fingerprint, Duration)>,
}

impl Duplicates {
    /// Notes an event. Returns whether it was not known.
    pub(super) fn note(&mut self, event: Fingerprint, now: Duration) -> bool {
        while let Some((oldest, noted)) = self.order.front().copied() {
            if self.order.len() < MOST && now.saturating_sub(noted) <= LONGEST {
                break;
            }
            self.order.pop_front();
            self.known.remove(&oldest);
        }
        let is_new = self.known.insert(event);
        if is_new {
            self.order.push_back((event, now));
        }
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_event_is_the_same_by_its_stated_fields_and_others_by_their_text() {
        let order = |filled: &str, event_time: u64| {
            format!(
                r#"{{"e":"ORDER_TRADE_UPDATE","fs":"UM","E":{event_time},"T":5,"o":{{"s":"BTCUSDT","i":7,"x":"TRADE","X":"FILLED","z":"{filled}","t":3,"T":5,"q":"2","p":"1"}}}}"#
            )
        };
        let of_order = |text: &str| fingerprint("ORDER_TRADE_UPDATE", text);
        assert_eq!(of_order(&order("1", 10)), of_order(&order("1", 11)));
        assert_ne!(of_order(&order("1", 10)), of_order(&order("2", 10)));
        let without_id = |time: u64| format!(r#"{{"event":{{"e":"executionReport","E":{time}}}}}"#);
        assert_ne!(fingerprint("executionReport", &without_id(1)), fingerprint("executionReport", &without_id(2)));
        let update = |event_time: u64| fingerprint("balanceUpdate", &format!(r#"{{"E":{event_time},"d":"1"}}"#));
        assert_eq!(update(1), update(1));
        assert_ne!(update(1), update(2));
    }

    #[test]
    fn what_is_remembered_is_bounded_in_number_and_age() {
        let mut duplicates = Duplicates::default();
        let second = Duration::from_secs(1);
        assert!(duplicates.note(Fingerprint(0), second));
        assert!(!duplicates.note(Fingerprint(0), second));
        assert!(duplicates.note(Fingerprint(0), LONGEST + 3 * second));
        for number in 1..100_000 {
            duplicates.note(Fingerprint(number), LONGEST + 4 * second);
            assert!(duplicates.order.len() <= MOST && duplicates.known.len() == duplicates.order.len());
        }
        assert!(!duplicates.note(Fingerprint(99_999 - 10_000), LONGEST + 4 * second));
    }
}
