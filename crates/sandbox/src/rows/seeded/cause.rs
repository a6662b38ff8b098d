//! Why positions are closed. In replies only the client order ids of futures show it.

use super::product::{DATED, Product};

/// Why the exchange closed a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// Liquidation.
    Liquidation,
    /// Auto-deleveraging.
    Adl,
    /// The contract was settled.
    Settlement,
    /// The contract was delivered; dated COIN-M contracts only.
    Delivery,
}

impl Cause {
    const ALL: [Self; 4] = [Self::Liquidation, Self::Adl, Self::Settlement, Self::Delivery];

    /// Returns what the client order ids of such orders begin with.
    pub(super) const fn client_id_prefix(self) -> &'static str {
        match self {
            Self::Liquidation => "autoclose-",
            Self::Adl => "adl_autoclose",
            Self::Settlement => "settlement_autoclose-",
            Self::Delivery => "delivery_autoclose-",
        }
    }

    /// Returns the cause that a client order id begins with.
    pub(crate) fn from_client_id(client_order_id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| client_order_id.starts_with(cause.client_id_prefix()))
    }

    /// Returns the cause of an order in a list. The causes of a product take turns; margin orders have one cause, and
    /// only a dated contract is delivered.
    pub(super) fn of_turn(product: Product, instrument: usize, turn: usize) -> Self {
        let causes = match product {
            Product::Um => &Self::ALL[..3],
            Product::Cm if instrument == DATED => &Self::ALL,
            Product::Cm => &Self::ALL[..3],
            Product::Margin => &Self::ALL[..1],
        };
        causes[turn % causes.len()]
    }
}
