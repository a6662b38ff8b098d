//! A request that has passed all checks, as handlers see it: its endpoint and its parameters.

use crate::refusal::{Refusal, UNKNOWN};
use papi_types::json::Json;
use papi_types::spec::Condition;
use papi_types::{EndpointInfo, Method, Timestamp};

/// A valid request on its way to a handler.
#[derive(Debug)]
pub(crate) struct Request<'a> {
    pub(crate) info: &'static EndpointInfo,
    /// The endpoint's own parameters, decoded.
    pub(crate) params: Vec<(&'a str, &'a str)>,
}

/// Returns the endpoint with this method and path, unless the exchange took it away.
pub(crate) fn endpoint(method: Option<Method>, path: &str) -> Option<&'static EndpointInfo> {
    papi_types::ENDPOINTS
        .iter()
        .copied()
        .find(|info| Some(info.method) == method && info.path == path && info.retired.is_none())
}

impl Request<'_> {
    /// Returns the text of a parameter that was sent.
    pub(crate) fn sent(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(each, _)| *each == name).map(|(_, value)| *value)
    }

    /// Returns the text of a parameter, or the documented default.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.sent(name).or_else(|| self.info.param(name).and_then(|param| param.default))
    }

    /// Returns whether a condition of a rule is true of this request.
    pub(crate) fn meets(&self, condition: &Condition) -> bool {
        condition.holds_for(self.sent(condition.param))
    }

    /// Returns the documented reply; where a page shows several, the first is the newest.
    pub(crate) fn example(&self) -> Result<Json, Refusal> {
        self.info.examples.first().and_then(|example| Json::parse(example).ok()).ok_or_else(|| UNKNOWN.plain())
    }

    /// Returns the whole number in a parameter, or the documented default.
    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        self.text(name)?.parse().ok()
    }

    /// Returns the instant in a parameter, or the documented default.
    pub(crate) fn time(&self, name: &str) -> Option<Timestamp> {
        self.number(name).map(Timestamp::from_millis)
    }
}
