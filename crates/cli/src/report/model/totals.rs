//! What several closes come to.

use super::amount::{Amount, TooLarge};
use super::close::{Close, Kind};
use super::unit::Sums;
use serde::Serialize;
use std::collections::BTreeMap;

/// What several closes come to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Totals {
    pub(crate) closes: u64,
    /// How many are of each kind.
    pub(crate) by_kind: BTreeMap<Kind, u64>,
    /// What was filled.
    pub(crate) quantity: Sums,
    /// The value of the fills: for USDⓈ-M and margin in the quote asset, for COIN-M in the coin.
    pub(crate) notional: Sums,
    /// The part of the value that ADL closed.
    pub(crate) adl_notional: Sums,
    /// Closes whose value the rows do not tell.
    pub(crate) without_notional: u64,
}

impl Totals {
    pub(crate) fn add(&mut self, close: &Close) -> Result<(), TooLarge> {
        let units = &*close.units;
        self.closes += 1;
        *self.by_kind.entry(close.kind).or_default() += 1;
        self.quantity.add(&units.quantity, close.executed.into())?;
        match close.value()? {
            Some(value) => {
                self.notional.add(&units.value, value)?;
                let adl = if close.kind == Kind::Adl { value } else { Amount::ZERO };
                self.adl_notional.add(&units.value, adl)?;
            }
            None => self.without_notional += 1,
        }
        Ok(())
    }

    pub(crate) fn of_kind(&self, kind: Kind) -> u64 {
        self.by_kind.get(&kind).copied().unwrap_or(0)
    }

    /// Returns the share of closes that are ADL.
    pub(crate) fn adl_share(&self) -> Share {
        Share::of(self.of_kind(Kind::Adl), self.closes)
    }
}

/// A share in tenths of a percent, rounded to the nearest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Share(u64);

impl Share {
    pub(crate) fn of(part: u64, whole: u64) -> Self {
        Self((part * 2_000 + whole).checked_div(whole * 2).unwrap_or(0))
    }
}

impl std::fmt::Display for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{} %", self.0 / 10, self.0 % 10)
    }
}

/// Totals of the closes that have something in common, by what that is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Group<K> {
    #[serde(flatten)]
    pub(crate) key: K,
    #[serde(flatten)]
    pub(crate) totals: Totals,
}

/// Groups closes by a key, in the order of the keys.
pub(crate) fn grouped<'a, K: Ord>(
    closes: impl IntoIterator<Item = &'a Close>,
    key: impl Fn(&Close) -> K,
) -> Result<Vec<Group<K>>, TooLarge> {
    let mut groups: BTreeMap<K, Totals> = BTreeMap::new();
    for close in closes {
        groups.entry(key(close)).or_default().add(close)?;
    }
    Ok(groups.into_iter().map(|(key, totals)| Group { key, totals }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_to_the_nearest_tenth() {
        assert_eq!(Share::of(1, 3).to_string(), "33.3 %");
        assert_eq!(Share::of(2, 3).to_string(), "66.7 %");
        assert_eq!(Share::of(0, 0).to_string(), "0.0 %");
    }
}
