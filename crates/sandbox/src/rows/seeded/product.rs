//! The parts of an account that have forced closes, and what is traded there.

use crate::instruments::{Instrument, instruments};
use papi_types::{EndpointInfo, Group, cm, margin, um};

/// The index of the instrument that has rows in every week: BTCUSDT among the UM contracts.
pub(super) const WEEKLY: usize = 0;

/// The index of the COIN-M contract that is delivered.
pub(super) const DATED: usize = 2;

/// A part of an account that has forced closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Product {
    /// USDⓈ-M futures.
    Um,
    /// COIN-M futures.
    Cm,
    /// Cross margin.
    Margin,
}

impl Product {
    /// Returns the path of the call that lists its forced closes.
    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::Um => um::ForceOrders::INFO.path,
            Self::Cm => cm::ForceOrders::INFO.path,
            Self::Margin => margin::ForceOrders::INFO.path,
        }
    }

    /// Returns the part of the account whose income a call lists; none for other calls.
    pub(crate) fn with_income(info: &EndpointInfo) -> Option<Self> {
        [(um::IncomeHistory::INFO, Self::Um), (cm::IncomeHistory::INFO, Self::Cm)]
            .into_iter()
            .find_map(|(income, product)| (income.path == info.path).then_some(product))
    }

    /// Returns the number of the product, which seeds its random numbers.
    pub(super) const fn number(self) -> i64 {
        self as i64 + 1
    }

    /// Returns the instruments whose positions are closed.
    pub(super) fn instruments(self) -> &'static [Instrument] {
        match self {
            Self::Um => instruments(Group::Um),
            Self::Cm => instruments(Group::Cm),
            // Each symbol once.
            Self::Margin => &instruments(Group::Margin)[..3],
        }
    }
}
