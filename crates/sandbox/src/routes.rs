//! Which code answers which call: one table, with two mechanisms for all calls it leaves out.

use crate::account::Account;
use crate::json::Json;
use crate::refusal::{Refusal, UNKNOWN};
use crate::{force_orders, orders, reads, records, stream, switches};
use papi_types::{Condition, EndpointInfo, Method, Timestamp};
use serde::Serialize;

/// A request that has passed gate and rules, on its way to a handler.
#[derive(Debug)]
pub(crate) struct Request<'a> {
    pub(crate) info: &'static EndpointInfo,
    /// The endpoint's own parameters, decoded.
    pub(crate) params: Vec<(&'a str, &'a str)>,
}

/// Answers a valid request with the text of a reply.
pub(crate) type Handler = fn(&Request<'_>, &mut Account, Timestamp) -> Result<String, Refusal>;

const HANDLERS: &[(Method, &str, Handler)] = &[
    (Method::Get, "/papi/v1/um/forceOrders", force_orders::um),
    (Method::Get, "/papi/v1/cm/forceOrders", force_orders::cm),
    (Method::Get, "/papi/v1/margin/forceOrders", force_orders::margin),
    (Method::Post, "/papi/v1/um/order", orders::place),
    (Method::Post, "/papi/v1/cm/order", orders::place),
    (Method::Post, "/papi/v1/margin/order", orders::place),
    (Method::Post, "/papi/v1/um/algo/order", orders::place),
    (Method::Post, "/papi/v1/cm/conditional/order", orders::place),
    (Method::Get, "/papi/v1/um/order", orders::one),
    (Method::Get, "/papi/v1/cm/order", orders::one),
    (Method::Get, "/papi/v1/margin/order", orders::one),
    (Method::Get, "/papi/v1/um/algo/algoOrder", orders::one),
    (Method::Get, "/papi/v1/cm/conditional/orderHistory", orders::one),
    (Method::Get, "/papi/v1/um/openOrder", orders::one_open),
    (Method::Get, "/papi/v1/cm/openOrder", orders::one_open),
    (Method::Get, "/papi/v1/cm/conditional/openOrder", orders::one_open),
    (Method::Get, "/papi/v1/um/openOrders", orders::all_open),
    (Method::Get, "/papi/v1/cm/openOrders", orders::all_open),
    (Method::Get, "/papi/v1/margin/openOrders", orders::all_open),
    (Method::Get, "/papi/v1/um/algo/openAlgoOrders", orders::all_open),
    (Method::Get, "/papi/v1/cm/conditional/openOrders", orders::all_open),
    (Method::Get, "/papi/v1/um/allOrders", orders::all),
    (Method::Get, "/papi/v1/cm/allOrders", orders::all),
    (Method::Get, "/papi/v1/margin/allOrders", orders::all),
    (Method::Get, "/papi/v1/um/algo/allAlgoOrders", orders::all),
    (Method::Get, "/papi/v1/cm/conditional/allOrders", orders::all),
    (Method::Put, "/papi/v1/um/order", orders::amend),
    (Method::Put, "/papi/v1/cm/order", orders::amend),
    (Method::Get, "/papi/v1/um/orderAmendment", orders::amendments),
    (Method::Get, "/papi/v1/cm/orderAmendment", orders::amendments),
    (Method::Delete, "/papi/v1/um/order", orders::cancel),
    (Method::Delete, "/papi/v1/cm/order", orders::cancel),
    (Method::Delete, "/papi/v1/margin/order", orders::cancel),
    (Method::Delete, "/papi/v1/um/algo/order", orders::cancel),
    (Method::Delete, "/papi/v1/cm/conditional/order", orders::cancel),
    (Method::Delete, "/papi/v1/um/allOpenOrders", orders::cancel_all),
    (Method::Delete, "/papi/v1/cm/allOpenOrders", orders::cancel_all),
    (Method::Delete, "/papi/v1/um/algo/allOpenOrders", orders::cancel_all),
    (Method::Delete, "/papi/v1/cm/conditional/allOpenOrders", orders::cancel_all),
    (Method::Delete, "/papi/v1/margin/allOpenOrders", orders::oco::cancel_all),
    (Method::Post, "/papi/v1/margin/order/oco", orders::oco::place),
    (Method::Get, "/papi/v1/margin/orderList", orders::oco::one),
    (Method::Get, "/papi/v1/margin/openOrderList", orders::oco::all_open),
    (Method::Get, "/papi/v1/margin/allOrderList", orders::oco::all),
    (Method::Delete, "/papi/v1/margin/orderList", orders::oco::cancel),
    (Method::Post, "/papi/v1/um/positionSide/dual", switches::set),
    (Method::Post, "/papi/v1/cm/positionSide/dual", switches::set),
    (Method::Post, "/papi/v1/um/leverage", switches::set),
    (Method::Post, "/papi/v1/cm/leverage", switches::set),
    (Method::Post, "/papi/v1/um/feeBurn", switches::set),
    (Method::Post, "/papi/v1/repay-futures-switch", switches::set),
    (Method::Post, "/papi/v1/listenKey", stream::open),
    (Method::Put, "/papi/v1/listenKey", stream::keep),
    (Method::Delete, "/papi/v1/listenKey", stream::close),
];

/// The endpoint with this method and path, unless the exchange took it away.
pub(crate) fn endpoint(method: Option<Method>, path: &str) -> Option<&'static EndpointInfo> {
    papi_types::ENDPOINTS
        .iter()
        .copied()
        .find(|info| Some(info.method) == method && info.path == path && info.retired.is_none())
}

/// The code that answers an endpoint: its own, that of all histories, or that of everything else.
pub(crate) fn handler(info: &EndpointInfo) -> Handler {
    let own = HANDLERS.iter().find(|(method, path, _)| *method == info.method && *path == info.path);
    match own {
        Some((_, _, handler)) => *handler,
        None if info.paging.is_some() => records::walk,
        None => reads::documented,
    }
}

/// Whether an endpoint is a history without code of its own.
pub(crate) fn is_record(info: &EndpointInfo) -> bool {
    let has_code = HANDLERS.iter().any(|(method, path, _)| *method == info.method && *path == info.path);
    info.paging.is_some() && !has_code
}

/// The text of a reply.
pub(crate) fn json(reply: &impl Serialize) -> Result<String, Refusal> {
    serde_json::to_string(reply).map_err(|_| UNKNOWN.plain())
}

impl Request<'_> {
    /// The text of a parameter that was sent.
    pub(crate) fn sent(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(each, _)| *each == name).map(|(_, value)| *value)
    }

    /// The text of a parameter, or the documented default.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.sent(name).or_else(|| self.info.param(name).and_then(|param| param.default))
    }

    /// Whether a condition of a rule is true of this request.
    pub(crate) fn meets(&self, condition: &Condition) -> bool {
        condition.holds_for(self.sent(condition.param))
    }

    /// The documented reply; where a page shows several, the first is the newest.
    pub(crate) fn example(&self) -> Result<Json, Refusal> {
        self.info.examples.first().and_then(|example| Json::parse(example)).ok_or_else(|| UNKNOWN.plain())
    }

    /// A whole number, or the documented default.
    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        self.text(name)?.parse().ok()
    }

    /// An instant.
    pub(crate) fn time(&self, name: &str) -> Option<Timestamp> {
        self.number(name).map(Timestamp::from_millis)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_handler_belongs_to_an_endpoint() {
        for (method, path, _) in HANDLERS {
            assert!(endpoint(Some(*method), path).is_some(), "{method} {path}");
        }
    }
}
