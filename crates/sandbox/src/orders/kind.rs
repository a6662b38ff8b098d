//! The kinds of orders that have a book of their own, and what each calls the number, the name and the status of an
//! order.

use papi_types::{EndpointInfo, Group, Span};

/// The books of the exchange.
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
pub(super) struct Names {
    /// Exchange's number, as a parameter and a field.
    pub(super) number: &'static str,
    /// The caller's name for it, as a field.
    pub(super) client_id: &'static str,
    /// The caller's name for it where it is placed.
    pub(super) new_client_id: &'static str,
    /// The caller's name for it where it is asked for.
    pub(super) asked_client_id: &'static str,
    pub(super) status: &'static str,
    /// When it was placed.
    pub(super) placed: &'static str,
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
    /// The book that a call is about.
    pub(super) fn of(info: &EndpointInfo) -> Self {
        match info.group {
            _ if info.path.contains("/algo/") => Self::Algo,
            _ if info.path.contains("/conditional/") => Self::Conditional,
            Group::Cm => Self::Cm,
            Group::Margin => Self::Margin,
            _ => Self::Um,
        }
    }

    pub(super) const fn names(self) -> &'static Names {
        match self {
            Self::Um | Self::Cm | Self::Margin => &PLAIN,
            Self::Algo => &ALGO,
            Self::Conditional => &CONDITIONAL,
        }
    }

    /// How long an order that ended without a fill is found when it is asked for, where a page says so.
    pub(super) const fn found_unfilled(self) -> Option<Span> {
        match self {
            Self::Um | Self::Cm | Self::Algo => Some(papi_types::spec::days(3)),
            Self::Conditional => Some(papi_types::spec::days(7)),
            Self::Margin => None,
        }
    }

    /// How long an order that ended without a fill is listed, where a page says so.
    pub(super) const fn listed_unfilled(self) -> Option<Span> {
        match self {
            Self::Cm | Self::Conditional => self.found_unfilled(),
            Self::Um | Self::Algo | Self::Margin => None,
        }
    }

    /// How long any order is found when it is asked for, where a page says so.
    pub(super) const fn found(self) -> Option<Span> {
        match self {
            Self::Algo => Some(papi_types::spec::days(90)),
            Self::Um | Self::Cm | Self::Conditional | Self::Margin => None,
        }
    }

    /// Whether names are unique within a symbol only. Algo orders are asked for without their symbol.
    pub(super) const fn is_named_by_symbol(self) -> bool {
        !matches!(self, Self::Algo)
    }
}
