//! Which code answers which call: one table, with the documented example as the answer of everything it leaves out.

use crate::account::Account;
use crate::refusal::{Refusal, UNKNOWN};
use crate::{force_orders, orders};
use papi_types::{EndpointInfo, Method, Timestamp};
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
    (Method::Post, "/papi/v1/um/order", orders::place_um),
];

/// The endpoint with this method and path, unless the exchange took it away.
pub(crate) fn endpoint(method: Option<Method>, path: &str) -> Option<&'static EndpointInfo> {
    papi_types::ENDPOINTS
        .iter()
        .copied()
        .find(|info| Some(info.method) == method && info.path == path && info.retired.is_none())
}

/// The code that answers an endpoint.
pub(crate) fn handler(info: &EndpointInfo) -> Handler {
    HANDLERS
        .iter()
        .find(|(method, path, _)| *method == info.method && *path == info.path)
        .map_or(documented_example, |(_, _, handler)| *handler)
}

fn documented_example(request: &Request<'_>, _: &mut Account, _: Timestamp) -> Result<String, Refusal> {
    request.info.examples.first().map(|example| (*example).to_owned()).ok_or_else(|| UNKNOWN.plain())
}

/// The text of a reply.
pub(crate) fn json(reply: &impl Serialize) -> Result<String, Refusal> {
    serde_json::to_string(reply).map_err(|_| UNKNOWN.plain())
}

impl Request<'_> {
    /// The text of a parameter, or the documented default.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        let sent = self.params.iter().find(|(each, _)| *each == name).map(|(_, value)| *value);
        sent.or_else(|| self.info.param(name).and_then(|param| param.default))
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
