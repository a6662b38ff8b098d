//! One forced close, as all parts of the account tell it.

use super::amount::{Amount, TooLarge};
use super::unit::Unit;
use binance_papi::{CloseKind, Decimal};
use serde::Serialize;
use std::sync::Arc;

/// A part of the account that has forced closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Part {
    Um,
    Cm,
    Margin,
}

impl Part {
    pub(crate) const ALL: [Self; 3] = [Self::Um, Self::Cm, Self::Margin];

    /// Returns the part whose forced closes are in a dataset.
    pub(crate) fn of_dataset(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.dataset() == name)
    }

    pub(crate) fn dataset(self) -> &'static str {
        match self {
            Self::Um => "um-force-orders",
            Self::Cm => "cm-force-orders",
            Self::Margin => "margin-force-orders",
        }
    }

    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Um => "USD\u{24c8}-M futures",
            Self::Cm => "COIN-M futures",
            Self::Margin => "Margin",
        }
    }
}

/// Why a position was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    Liquidation,
    Adl,
    Settlement,
    Delivery,
    /// The client order id begins in no known way.
    Unknown,
    /// Rows of margin do not tell.
    NotStated,
}

impl Kind {
    pub(crate) fn of_client_id(id: Option<&str>) -> Self {
        match id.map(CloseKind::of_text) {
            None => Self::NotStated,
            Some(CloseKind::Liquidation) => Self::Liquidation,
            Some(CloseKind::Adl) => Self::Adl,
            Some(CloseKind::Settlement) => Self::Settlement,
            Some(CloseKind::Delivery) => Self::Delivery,
            Some(_) => Self::Unknown,
        }
    }

    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Liquidation => "Liquidation",
            Self::Adl => "ADL",
            Self::Settlement => "Settlement",
            Self::Delivery => "Delivery",
            Self::Unknown => "Unknown",
            Self::NotStated => "Not stated (margin)",
        }
    }
}

/// What quantity and value of a symbol are counted in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Units {
    pub(crate) quantity: Unit,
    pub(crate) value: Unit,
}

impl Units {
    /// Returns the units of a symbol in a part of the account. `pair` is what COIN-M rows say beside the symbol.
    pub(crate) fn of(part: Part, symbol: &str, pair: Option<&str>) -> Self {
        let (quantity, value) = match part {
            Part::Cm => Unit::of_coin_symbol(symbol, pair),
            Part::Um | Part::Margin => Unit::of_symbol(symbol),
        };
        Self { quantity, value }
    }
}

/// A forced close.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Close {
    pub(crate) part: Part,
    pub(crate) symbol: Arc<str>,
    pub(crate) order_id: i64,
    pub(crate) kind: Kind,
    /// `BUY` or `SELL`, or a word that is new.
    pub(crate) side: Arc<str>,
    /// The limit price; none where there is no limit.
    pub(crate) limit: Option<Decimal>,
    /// The average price of the fills; none when nothing was filled.
    pub(crate) average: Option<Decimal>,
    pub(crate) executed: Decimal,
    /// The value of the fills as the exchange tells it; none where it does not.
    pub(crate) told_value: Option<Decimal>,
    /// What quantity and value are counted in; rows of one symbol share it.
    pub(crate) units: Arc<Units>,
    /// When it was placed. For margin, when it last changed.
    pub(crate) time: i64,
    /// When it last changed.
    pub(crate) updated: i64,
}

impl Close {
    /// Returns the value of the fills: what the exchange tells, else average price times quantity. A COIN-M value follows from
    /// the contract size, which rows do not have: there it is none when the exchange does not tell it.
    pub(crate) fn value(&self) -> Result<Option<Amount>, TooLarge> {
        match (self.told_value, self.part) {
            (Some(told), _) => Ok(Some(told.into())),
            (None, Part::Cm) => Ok(None),
            (None, _) => {
                let price = self.average.map_or(Amount::ZERO, Amount::from);
                price.times(self.executed.into()).map(Some)
            }
        }
    }

    /// Returns what decides its place among others.
    pub(crate) fn place(&self) -> (i64, Part, &str, i64) {
        (self.time, self.part, &self.symbol, self.order_id)
    }

    /// Returns whether another reading of the order can be of the same account: what never changes is the same. The time of
    /// a margin row moves.
    pub(crate) fn agrees_with(&self, other: &Self) -> bool {
        let same = (self.side == other.side, self.kind == other.kind, self.limit == other.limit);
        same == (true, true, true) && (self.part == Part::Margin || self.time == other.time)
    }
}
