//! What the exchange answers and tells: a function of its state, the request and the present moment. No socket, no clock.

mod day;
mod stream;

use crate::account::Account;
use crate::answer::{Answer, ORDER_COUNT, USED_WEIGHT};
use crate::auth::{self, Credentials};
use crate::call::Call;
use crate::faults::{Fault, FaultKind, Faults};
use crate::known_symbols;
use crate::meter::{Limits, Meter};
use crate::outgoing::Outgoing;
use crate::raw_request::{FAULT_HEADER, RawRequest};
use crate::refusal::{REJECTED_KEY_OF, Refusal};
use crate::request::Request;
use crate::request_log::RequestLog;
use crate::routes;
use crate::rules;
use crate::scenario::Scenario;
use day::Day;
use papi_types::{Effect, Timestamp};
use serde_json::json;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

/// How long the events of a call wait where nobody chooses: longer than an answer takes.
const EVENT_DELAY: Duration = Duration::from_millis(10);

/// Where all callers of a sandbox are.
const CALLER: &str = "127.0.0.1";

/// The state of the exchange.
#[derive(Debug)]
pub(crate) struct Exchange {
    credentials: Credentials,
    pub(crate) meter: Meter,
    pub(crate) account: Account,
    pub(crate) requests: RequestLog,
    pub(crate) faults: Faults,
    /// Until when connections are refused.
    refused_until: Option<Timestamp>,
    scenario: Option<Scenario>,
    /// How long the events of a call wait, so that its answer arrives first.
    pub(crate) event_delay: Duration,
    outgoing: Vec<Outgoing>,
    told: VecDeque<Arc<str>>,
    day: Option<Day>,
}

impl Exchange {
    pub(crate) fn new(credentials: Credentials, limits: Limits, seed: u64) -> Self {
        Self {
            credentials,
            meter: Meter::new(limits),
            account: Account::new(seed),
            requests: RequestLog::default(),
            faults: Faults::new(seed),
            refused_until: None,
            scenario: None,
            event_delay: EVENT_DELAY,
            outgoing: Vec::new(),
            told: VecDeque::new(),
            day: None,
        }
    }

    /// Enters a situation, from now on.
    pub(crate) fn enter(&mut self, scenario: Scenario, now: Timestamp) {
        self.scenario = Some(scenario);
        scenario.begin(&mut self.faults, &mut self.meter, now);
    }

    /// Injects a fault.
    pub(crate) fn inject(&mut self, fault: Fault, now: Timestamp) {
        if fault.kind() == FaultKind::Refuse {
            self.refused_until = Some(now.plus(fault.span.unwrap_or(Duration::MAX)));
        } else {
            self.faults.add(fault);
        }
    }

    /// Removes all faults.
    pub(crate) fn clear_faults(&mut self) {
        self.faults.clear();
        self.refused_until = None;
    }

    /// Returns whether connections are refused now.
    pub(crate) fn is_refusing(&self, now: Timestamp) -> bool {
        self.refused_until.is_some_and(|end| now < end)
    }

    /// Returns whether the connection is reset before the body of a request is read. Only its head is known by then.
    pub(crate) fn resets_unread(&mut self, head: &RawRequest) -> bool {
        let call = Call::of(head);
        let is_meant = |kind| kind == FaultKind::ResetBeforeRead;
        let by_itself = head.fault.as_ref().is_some_and(|text| text.trim() == FaultKind::ResetBeforeRead.name());
        let resets = by_itself || {
            let found = self.faults.find(&call.subject(), is_meant);
            found.and_then(|found| self.faults.take(found)).is_some()
        };
        if resets {
            self.note(&call);
        }
        resets
    }

    /// Answers one request and remembers it.
    pub(crate) fn answer(&mut self, raw: &RawRequest, now: Timestamp) -> Answer {
        let own_fault = match own_fault(raw) {
            Ok(fault) => fault,
            Err(refused) => return refused,
        };
        let call = Call::of(raw);
        self.note(&call);
        // A call never meets a key that is over.
        self.expire_key(now);
        let answer = self.charged(&call, own_fault, now);
        self.tell(now, self.event_delay);
        self.meter.usage.note_status(answer.status);
        answer
    }

    fn note(&mut self, call: &Call<'_>) {
        if call.is_for_time() {
            self.requests.note_path(&call.raw.method, &call.raw.path);
        } else {
            self.requests.note(call.raw, call.client_ids());
        }
    }

    /// Charges the weight of a request, and answers it or lets it meet its fault.
    fn charged(&mut self, call: &Call<'_>, own: Option<Fault>, now: Timestamp) -> Answer {
        let subject = call.subject();
        let own = own.filter(|fault| fault.is_about(&subject));
        // Faults that act before the body is read were looked for when only the head was there.
        let found = match own {
            Some(_) => None,
            None => self.faults.find(&subject, |kind| kind != FaultKind::ResetBeforeRead),
        };
        let kind = own.as_ref().map(Fault::kind).or(found.map(|(_, kind)| kind));
        let charged = match call.weight() {
            Some(weight) if kind.is_none_or(FaultKind::is_weighed) => self.meter.charge(weight, now),
            _ => Ok(()),
        };
        // The limits come before everything else; a fault that no request met because of them is still to come.
        let mut answer = match charged {
            Err(refusal) => Answer::refused(&refusal),
            Ok(()) => match own.or_else(|| self.faults.take(found?)) {
                Some(fault) => self.with_fault(&fault, call, now),
                None => self.served(call, now),
            },
        };
        if !kind.is_some_and(FaultKind::is_from_gateway) {
            // First, so that the headers of a chosen answer can replace it.
            answer.headers.insert(0, (USED_WEIGHT.into(), self.meter.weight_used(now).to_string()));
        }
        answer
    }

    /// Returns the answer to a request that meets a fault.
    fn with_fault(&mut self, fault: &Fault, call: &Call<'_>, now: Timestamp) -> Answer {
        if fault.kind() == FaultKind::Refuse {
            self.inject(fault.clone(), now);
            return self.served(call, now);
        }
        if fault.kind().is_of_events() {
            let answer = self.served(call, now);
            return self.with_events(fault, answer, now);
        }
        let served = fault.acts_before().then(|| {
            let before = self.account.orders.count();
            let answer = self.served(call, now);
            if let Some(span) = fault.reveal_after {
                self.account.orders.hide_since(before, now.plus(span));
            }
            answer
        });
        fault.apply(served, &call.raw.path, now)
    }

    fn served(&mut self, call: &Call<'_>, now: Timestamp) -> Answer {
        if call.is_for_time() {
            return Answer::ok(json!({ "serverTime": now.as_millis() }).to_string());
        }
        self.executed(call, now).unwrap_or_else(|refusal| Answer::refused(&refusal))
    }

    fn executed(&mut self, call: &Call<'_>, now: Timestamp) -> Result<Answer, Refusal> {
        let Call { raw, info: Some(info), params } = call else { return Ok(Answer::not_found(&call.raw.path)) };
        if self.scenario.is_some_and(|scenario| scenario.refuses(info.access)) {
            return Err(REJECTED_KEY_OF.with(&[CALLER]));
        }
        auth::check(info.access, raw, params, &self.credentials, now)?;
        rules::check(info, params, now)?;
        let request = Request { info, params: params.own() };
        known_symbols::check(&request, &mut self.account)?;
        let orders = match info.order_cost {
            0 => None,
            cost => Some(self.meter.charge_orders(cost, now)?),
        };
        let is_given = self.account.given_rows.has(info.method, info.path);
        let handler = if is_given { routes::given_handler(info) } else { routes::handler(info) };
        let body = handler(&request, &mut self.account, now);
        if body.is_ok() && info.effect != Effect::Read {
            self.requests.note_executed(raw);
        }
        let answer = body.map_or_else(|refusal| Answer::refused(&refusal), Answer::ok);
        Ok(match orders {
            Some(orders) => answer.with(ORDER_COUNT, orders.to_string()),
            None => answer,
        })
    }
}

/// Returns the fault that a request asks for itself, or the answer to one that names no fault.
fn own_fault(raw: &RawRequest) -> Result<Option<Fault>, Answer> {
    let fault = raw.fault.as_ref().map(|text| text.parse()).transpose();
    fault.map_err(|error| Answer::not_understood(400, &format!("{FAULT_HEADER}: {error}")))
}

#[cfg(test)]
mod tests;
