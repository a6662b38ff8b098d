//! What the exchange answers: a function of its state, the request and the present moment. No socket, no clock.

use crate::account::Account;
use crate::answer::{Answer, ORDER_COUNT, USED_WEIGHT};
use crate::control;
use crate::faults::{Fault, FaultKind, Faults, Subject};
use crate::gate::{self, Credentials};
use crate::journal::Requests;
use crate::meter::{Limits, Meter};
use crate::params::Params;
use crate::past;
use crate::refusal::{REJECTED_KEY_OF, Refusal};
use crate::routes::{self, Request};
use crate::rules;
use crate::scenario::{Scenario, Standing};
use papi_types::{Access, Effect, EndpointInfo, Timestamp};
use serde_json::json;
use std::collections::BTreeSet;
use std::time::Duration;

/// The clock of the exchange. It lives on the USDⓈ-M host, so it costs nothing here and is served even to the banned.
pub(crate) const TIME_PATH: &str = "/fapi/v1/time";

/// Where all callers of a sandbox are.
const CALLER: &str = "127.0.0.1";

/// The header by which a request asks for a fault.
pub(crate) const FAULT_HEADER: &str = "x-sandbox-fault";

/// What an unknown path weighs; the exchange does not say.
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

/// A request as it came from the wire, in parts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) body: String,
    pub(crate) key: Option<String>,
    /// A fault that the request itself asks for.
    pub(crate) fault: Option<String>,
}

impl Asked {
    /// The parameters in the body. Reads have theirs in the query, and nobody looks at the body.
    pub(crate) fn form(&self) -> &str {
        if self.method == "GET" { "" } else { &self.body }
    }
}

/// All that the exchange knows.
#[derive(Debug)]
pub(crate) struct Exchange {
    credentials: Credentials,
    pub(crate) meter: Meter,
    pub(crate) account: Account,
    pub(crate) requests: Requests,
    pub(crate) faults: Faults,
    refusing: Refusing,
    standing: Standing,
}

/// Whether connections are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refusing {
    No,
    Until(Timestamp),
    UntilCleared,
}

impl Exchange {
    pub(crate) fn new(credentials: Credentials, limits: Limits, seed: u64) -> Self {
        Self {
            credentials,
            meter: Meter::new(limits),
            account: Account::new(seed),
            requests: Requests::default(),
            faults: Faults::new(seed),
            refusing: Refusing::No,
            standing: Standing::Good,
        }
    }

    /// Puts it into a situation, from now on.
    pub(crate) fn enter(&mut self, scenario: Scenario, now: Timestamp) {
        self.standing = scenario.standing();
        self.meter.share(scenario.weight_of_others());
        self.meter.ban(now.plus(Duration::from_secs(60 * scenario.ban_minutes())));
        for fault in scenario.faults() {
            self.faults.add(fault);
        }
    }

    /// Lets something go wrong.
    pub(crate) fn inject(&mut self, fault: Fault, now: Timestamp) {
        if fault.kind() == FaultKind::Refuse {
            self.refusing = fault.span().map_or(Refusing::UntilCleared, |span| Refusing::Until(now.plus(span)));
        } else {
            self.faults.add(fault);
        }
    }

    /// Lets nothing go wrong any more.
    pub(crate) fn clear_faults(&mut self) {
        self.faults.clear();
        self.refusing = Refusing::No;
    }

    /// Whether connections are refused now.
    pub(crate) fn is_refusing(&self, now: Timestamp) -> bool {
        match self.refusing {
            Refusing::No => false,
            Refusing::Until(end) => now < end,
            Refusing::UntilCleared => true,
        }
    }

    /// Whether the connection is reset before the body of a request is read, of which only the head is known.
    pub(crate) fn resets_unread(&mut self, head: &Asked) -> bool {
        let call = Call::of(head);
        let is_meant = |kind| kind == FaultKind::ResetBeforeRead;
        let by_itself = head.fault.as_ref().is_some_and(|text| text.trim() == FaultKind::ResetBeforeRead.name());
        let resets = !control::is_control(&head.path)
            && (by_itself || {
                let met = self.faults.meet(&call.subject(head), is_meant);
                met.and_then(|met| self.faults.take(met)).is_some()
            });
        if resets {
            self.note(head, &call);
        }
        resets
    }

    /// Answers one request and remembers it.
    pub(crate) fn answer(&mut self, asked: &Asked, now: Timestamp) -> Answer {
        if control::is_control(&asked.path) {
            return control::answer(self, asked, now);
        }
        let own_fault = match asked.fault.as_ref().map(|text| text.parse::<Fault>()).transpose() {
            Ok(fault) => fault,
            Err(error) => return control::complaint(400, &format!("{FAULT_HEADER}: {error}")),
        };
        let call = Call::of(asked);
        self.note(asked, &call);
        let answer = self.weighed(asked, &call, own_fault, now);
        self.meter.usage.note_status(answer.status);
        answer
    }

    fn note(&mut self, asked: &Asked, call: &Call) {
        if asked.path == TIME_PATH {
            self.requests.note_path(asked);
        } else {
            self.requests.note(asked, call.client_ids());
        }
    }

    /// Weighs a request, and lets go wrong what is to go wrong with it.
    fn weighed(&mut self, asked: &Asked, call: &Call, own: Option<Fault>, now: Timestamp) -> Answer {
        let subject = call.subject(asked);
        let own = own.filter(|fault| fault.is_about(&subject));
        // Whatever goes wrong before the body is read has had its chance.
        let met = match own {
            Some(_) => None,
            None => self.faults.meet(&subject, |kind| kind != FaultKind::ResetBeforeRead),
        };
        let kind = own.as_ref().map(Fault::kind).or_else(|| self.faults.kind(met?));
        let charged = match call.weight(&asked.path) {
            Some(weight) if kind.is_none_or(FaultKind::is_weighed) => self.meter.charge(weight, now),
            _ => Ok(()),
        };
        // The limits stand before everything else; a fault that they forestall is still to come.
        let mut answer = match charged {
            Err(refusal) => Answer::refused(&refusal),
            Ok(()) => match own.or_else(|| self.faults.take(met?)) {
                Some(fault) => self.spoiled(&fault, asked, call, now),
                None => self.served(asked, call, now),
            },
        };
        if !kind.is_some_and(FaultKind::is_from_gateway) {
            // First, so that an answer of one's own choosing can say something else.
            answer.headers.insert(0, (USED_WEIGHT.into(), self.meter.weight_used(now).to_string()));
        }
        answer
    }

    /// The answer to a request that something goes wrong with.
    fn spoiled(&mut self, fault: &Fault, asked: &Asked, call: &Call, now: Timestamp) -> Answer {
        if fault.kind() == FaultKind::Refuse {
            self.inject(fault.clone(), now);
            return self.served(asked, call, now);
        }
        let served = fault.acts_before().then(|| {
            let before = self.account.orders.count();
            let answer = self.served(asked, call, now);
            if let Some(span) = fault.hides_for() {
                self.account.orders.hide_since(before, now.plus(span));
            }
            answer
        });
        fault.spoil(served, &asked.path, now)
    }

    fn served(&mut self, asked: &Asked, call: &Call, now: Timestamp) -> Answer {
        if asked.path == TIME_PATH {
            return Answer::ok(json!({ "serverTime": now.as_millis() }).to_string());
        }
        self.executed(asked, call, now).unwrap_or_else(|refusal| Answer::refused(&refusal))
    }

    fn check_standing(&self, access: Access) -> Result<(), Refusal> {
        let is_refused = match self.standing {
            Standing::Good => false,
            Standing::ReadOnly => matches!(access, Access::Trade | Access::Margin),
            Standing::Refused => access.needs_key(),
        };
        if is_refused { Err(REJECTED_KEY_OF.with(&[CALLER])) } else { Ok(()) }
    }

    fn executed(&mut self, asked: &Asked, call: &Call, now: Timestamp) -> Result<Answer, Refusal> {
        let Call { info: Some(info), params } = call else { return Ok(Answer::not_found(&asked.path)) };
        self.check_standing(info.access)?;
        gate::admit(info.access, asked, params, &self.credentials, now)?;
        rules::check(info, params, now)?;
        let orders = match info.order_cost {
            0 => None,
            cost => Some(self.meter.charge_orders(cost, now)?),
        };
        let request = Request { info, params: params.own() };
        let is_given = self.account.past.has(info.method, info.path);
        let handler = if is_given { past::answer } else { routes::handler(info) };
        let body = handler(&request, &mut self.account, now);
        if body.is_ok() && info.effect != Effect::Read {
            self.requests.note_executed(asked);
        }
        let answer = body.map_or_else(|refusal| Answer::refused(&refusal), Answer::ok);
        Ok(match orders {
            Some(orders) => answer.with(ORDER_COUNT, orders.to_string()),
            None => answer,
        })
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

    /// What it weighs; nothing when it is not weighed at all.
    fn weight(&self, path: &str) -> Option<u32> {
        let of = |info: &'static EndpointInfo| info.weight.of(|name| self.params.get(name).is_some());
        (path != TIME_PATH).then(|| self.info.map_or(UNKNOWN_PATH_WEIGHT, of))
    }

    /// What a fault looks at.
    fn subject<'a>(&'a self, asked: &'a Asked) -> Subject<'a> {
        Subject {
            method: &asked.method,
            path: &asked.path,
            client_ids: CLIENT_IDS.iter().filter_map(|name| self.params.get(name)).collect(),
            is_spared: asked.path == TIME_PATH,
        }
    }

    /// The client ids that the request would place something under.
    fn client_ids(&self) -> BTreeSet<&str> {
        let names = self.info.map_or(&[][..], |info| info.client_ids);
        names.iter().filter_map(|name| self.params.get(name)).collect()
    }
}

#[cfg(test)]
mod tests;
