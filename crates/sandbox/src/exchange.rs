//! What the exchange answers: a function of its state, the request and the present moment. No socket, no clock.

use crate::account::Account;
use crate::gate::{self, Credentials};
use crate::journal::Requests;
use crate::meter::{Limits, Meter};
use crate::params::Params;
use crate::refusal::Refusal;
use crate::routes::{self, Request};
use crate::rules;
use papi_types::{Effect, EndpointInfo, Timestamp};
use serde_json::json;
use std::collections::BTreeSet;

/// The clock of the exchange. It lives on the USDⓈ-M host, so it costs nothing here and is served even to the banned.
const TIME_PATH: &str = "/fapi/v1/time";

/// What an unknown path weighs; the exchange does not say.
const UNKNOWN_PATH_WEIGHT: u32 = 1;

const NOT_FOUND: u16 = 404;

pub(crate) const USED_WEIGHT: &str = "x-mbx-used-weight-1m";
pub(crate) const ORDER_COUNT: &str = "x-mbx-order-count-1m";
pub(crate) const RETRY_AFTER: &str = "retry-after";

/// A request as it came from the wire, in parts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) body: String,
    pub(crate) key: Option<String>,
}

impl Asked {
    /// The parameters in the body. Reads have theirs in the query, and nobody looks at the body.
    pub(crate) fn form(&self) -> &str {
        if self.method == "GET" { "" } else { &self.body }
    }
}

/// What goes back over the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: String,
}

/// All that the exchange knows.
#[derive(Debug)]
pub(crate) struct Exchange {
    credentials: Credentials,
    pub(crate) meter: Meter,
    pub(crate) account: Account,
    pub(crate) requests: Requests,
}

impl Exchange {
    pub(crate) fn new(credentials: Credentials, limits: Limits, seed: u64) -> Self {
        Self { credentials, meter: Meter::new(limits), account: Account::new(seed), requests: Requests::default() }
    }

    /// Answers one request and remembers it.
    pub(crate) fn answer(&mut self, asked: &Asked, now: Timestamp) -> Answer {
        let mut answer = if asked.path == TIME_PATH {
            self.requests.note_path(asked);
            Answer::ok(json!({ "serverTime": now.as_millis() }).to_string())
        } else {
            let call = Call::of(asked);
            self.requests.note(asked, call.client_ids());
            self.metered(asked, &call, now).unwrap_or_else(|refusal| Answer::refused(&refusal))
        };
        self.meter.usage.note_status(answer.status);
        answer.headers.push((USED_WEIGHT, self.meter.weight_used(now).to_string()));
        answer
    }

    fn metered(&mut self, asked: &Asked, call: &Call, now: Timestamp) -> Result<Answer, Refusal> {
        self.meter.charge(call.weight(), now)?;
        let Call { info: Some(info), params } = call else { return Ok(Answer::not_found(&asked.path)) };

        gate::admit(info.access, asked, params, &self.credentials, now)?;
        rules::check(info, params, now)?;
        let mut headers = Vec::new();
        if info.order_cost > 0 {
            let orders = self.meter.charge_orders(info.order_cost, now)?;
            headers.push((ORDER_COUNT, orders.to_string()));
        }
        let request = Request { info, params: params.own() };
        let body = routes::handler(info)(&request, &mut self.account, now);
        if body.is_ok() && info.effect != Effect::Read {
            self.requests.note_executed(asked);
        }
        let mut answer = body.map_or_else(|refusal| Answer::refused(&refusal), Answer::ok);
        answer.headers.append(&mut headers);
        Ok(answer)
    }
}

/// What a request is about: its endpoint, if there is one, and its parameters.
struct Call {
    info: Option<&'static EndpointInfo>,
    params: Params,
}

impl Call {
    fn of(asked: &Asked) -> Self {
        Self {
            info: routes::endpoint(asked.method.parse().ok(), &asked.path),
            params: Params::split(&asked.query, asked.form()),
        }
    }

    fn weight(&self) -> u32 {
        self.info.map_or(UNKNOWN_PATH_WEIGHT, |info| info.weight.of(|name| self.params.get(name).is_some()))
    }

    /// The client ids that the request would place something under.
    fn client_ids(&self) -> BTreeSet<&str> {
        let names = self.info.map_or(&[][..], |info| info.client_ids);
        names.iter().filter_map(|name| self.params.get(name)).collect()
    }
}

impl Answer {
    fn ok(body: String) -> Self {
        Self { status: 200, headers: Vec::new(), body }
    }

    fn refused(refusal: &Refusal) -> Self {
        let retry_after = refusal.retry_after.map(|seconds| (RETRY_AFTER, seconds.to_string()));
        Self {
            status: refusal.status,
            headers: retry_after.into_iter().collect(),
            body: json!({ "code": refusal.code, "msg": refusal.message }).to_string(),
        }
    }

    /// An unknown path has no documented body. This one has neither `code` nor `msg`, because the exchange's own
    /// error codes are about calls that exist.
    fn not_found(path: &str) -> Self {
        let body = json!({ "status": NOT_FOUND, "error": "Not Found", "path": path }).to_string();
        Self { status: NOT_FOUND, headers: Vec::new(), body }
    }
}

#[cfg(test)]
mod tests;
