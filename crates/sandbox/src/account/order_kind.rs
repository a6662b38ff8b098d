//! The kinds of orders that the exchange keeps apart, and the names that each has for number, client id and status.

use papi_types::spec::Span;
use papi_types::{EndpointInfo, Group};

/// The kinds of orders that the exchange keeps apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OrderKind {
    /// Orders for USDⓈ-M contracts.
    Um,
    /// Orders for COIN-M contracts.
    Cm,
    /// Cross margin orders, those of OCO lists among them.
    Margin,
    /// Algo orders for USDⓈ-M contracts.
    Algo,
    /// Conditional orders for COIN-M contracts.
    Conditional,
}

/// The wire names of a kind of order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Names {
    /// The exchange's number of an order, as a parameter and a field.
    pub(crate) number: &'static str,
    /// The client id, as a field.
    pub(crate) client_id: &'static str,
    /// The client id, as a parameter where the order is placed.
    pub(crate) new_client_id: &'static str,
    /// The client id, as a parameter where the order is asked for.
    pub(crate) asked_client_id: &'static str,
    pub(crate) status: &'static str,
    /// When it was placed.
    pub(crate) placed: &'static str,
}

const PLAIN: Names = Names {
    number: "orderId",
    client_id: "clientOrderId",
    new_client_id: "newClientOrderId",
    asked_client_id: "origClientOrderId",
    status: "status",
    placed: "time",
};

const ALGO: Names = Names {
    number: "algoId",
    client_id: "clientAlgoId",
    new_client_id: "clientAlgoId",
    asked_client_id: "clientAlgoId",
    status: "algoStatus",
    placed: "createTime",
};

const CONDITIONAL: Names = Names {
    number: "strategyId",
    client_id: "newClientStrategyId",
    new_client_id: "newClientStrategyId",
    asked_client_id: "newClientStrategyId",
    status: "strategyStatus",
    placed: "bookTime",
};

impl OrderKind {
    /// Returns the kind of order that a call is about.
    pub(crate) fn of(info: &EndpointInfo) -> Self {
        match info.group {
            _ if info.path.contains("/algo/") => Self::Algo,
            _ if info.path.contains("/conditional/") => Self::Conditional,
            Group::Cm => Self::Cm,
            Group::Margin => Self::Margin,
            _ => Self::Um,
        }
    }

    pub(crate) const fn names(self) -> &'static Names {
        match self {
            Self::Um | Self::Cm | Self::Margin => &PLAIN,
            Self::Algo => &ALGO,
            Self::Conditional => &CONDITIONAL,
        }
    }

    /// Returns how long a query finds an order that ended without a fill, where a page states it.
    pub(crate) const fn found_unfilled(self) -> Option<Span> {
        match self {
            Self::Um | Self::Cm | Self::Algo | Self::Conditional => Some(papi_types::spec::days(3)),
            Self::Margin => None,
        }
    }

    /// Returns how long lists have an order that ended without a fill, where a page states it.
    pub(crate) const fn listed_unfilled(self) -> Option<Span> {
        match self {
            Self::Um | Self::Cm | Self::Conditional => self.found_unfilled(),
            Self::Algo | Self::Margin => None,
        }
    }

    /// Returns how long a query finds any order, where a page states it.
    pub(crate) const fn found(self) -> Option<Span> {
        match self {
            Self::Algo => Some(papi_types::spec::days(90)),
            Self::Um | Self::Cm | Self::Conditional | Self::Margin => None,
        }
    }

    /// Returns whether client ids are unique within a symbol only. Algo orders are asked for without their symbol.
    pub(crate) const fn is_named_by_symbol(self) -> bool {
        !matches!(self, Self::Algo)
    }
}
