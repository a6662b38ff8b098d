//! What a raw request is about, before it is checked: its endpoint, if there is one, and its parameters.

use crate::faults::Subject;
use crate::params::Params;
use crate::raw_request::{RawRequest, TIME_PATH};
use crate::request::endpoint;
use papi_types::EndpointInfo;
use std::collections::BTreeSet;

/// The weight of an unknown path, which the exchange does not document.
const UNKNOWN_PATH_WEIGHT: u32 = 1;

/// The parameters that name an order or a list by its client id, where it is placed and where it is asked for.
const CLIENT_IDS: [&str; 7] = [
    "newClientOrderId",
    "origClientOrderId",
    "clientAlgoId",
    "newClientStrategyId",
    "listClientOrderId",
    "limitClientOrderId",
    "stopClientOrderId",
];

/// A raw request with what it is about.
pub(crate) struct Call<'a> {
    pub(crate) raw: &'a RawRequest,
    pub(crate) info: Option<&'static EndpointInfo>,
    pub(crate) params: Params,
}

impl<'a> Call<'a> {
    pub(crate) fn of(raw: &'a RawRequest) -> Self {
        Self { raw, info: endpoint(raw.method.parse().ok(), &raw.path), params: Params::split(&raw.query, raw.form()) }
    }

    /// Returns whether it asks for the exchange's clock.
    pub(crate) fn is_for_time(&self) -> bool {
        self.raw.path == TIME_PATH
    }

    /// Returns its weight; none when it does not count against the limits.
    pub(crate) fn weight(&self) -> Option<u32> {
        let of = |info: &'static EndpointInfo| info.weight.of(|name| self.params.get(name).is_some());
        (!self.is_for_time()).then(|| self.info.map_or(UNKNOWN_PATH_WEIGHT, of))
    }

    /// Returns the parts that decide which faults it meets.
    pub(crate) fn subject(&self) -> Subject<'_> {
        Subject {
            method: &self.raw.method,
            path: &self.raw.path,
            client_ids: CLIENT_IDS.iter().filter_map(|name| self.params.get(name)).collect(),
            only_by_path: self.is_for_time(),
        }
    }

    /// Returns the client ids of the orders and lists that the request would place.
    pub(crate) fn client_ids(&self) -> BTreeSet<&str> {
        let names = self.info.map_or(&[][..], |info| info.client_ids);
        names.iter().filter_map(|name| self.params.get(name)).collect()
    }
}
