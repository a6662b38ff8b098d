//! What an endpoint is: the trait of every request, and its description as data.

use crate::{
    Access, Cost, DecodeError, Drift, Effect, Field, Form, Group, Invalid, Method, Paging, ParamInfo, Query, Route,
    Rule, SettleCall, Span, Timestamp, Value, Weight, Wire, check,
};
use std::fmt;

/// A request to the exchange: a plain value that describes itself and never sends itself.
///
/// Implemented by `#[endpoint]`. The provided methods are all there is to know about a request, so that client,
/// sandbox and command line cannot disagree; the trait can be used as `dyn Endpoint`.
pub trait Endpoint: fmt::Debug + Send + Sync {
    /// What the exchange answers.
    type Reply: Wire + Send + 'static
    where
        Self: Sized;

    /// The description of the endpoint.
    fn info(&self) -> &'static EndpointInfo;

    /// Visits each parameter that is sent, in declaration order.
    fn each<'a>(&'a self, visit: &mut dyn FnMut(&'static ParamInfo, Value<'a>));

    /// Applies the endpoint's rules. `now` is exchange time; rules about the past and the future are relative to it.
    fn check(&self, now: Timestamp) -> Result<(), Invalid> {
        let mut sent = Vec::new();
        self.each(&mut |param, value| sent.push((param, value)));
        check::check(self.info(), &sent, now)
    }

    /// Appends the parameters to a query.
    fn encode(&self, query: &mut Query) {
        self.each(&mut |param, value| query.push(param.name, value));
    }

    /// The client ids of this very request: each parameter that carries one, with the caller's id or none.
    fn client_ids(&self) -> Vec<(&'static str, Option<String>)> {
        let mut ids: Vec<_> = self.info().client_ids.iter().map(|name| (*name, None)).collect();
        self.each(&mut |param, value| {
            if let Some((_, id)) = ids.iter_mut().find(|(name, _)| *name == param.name) {
                *id = Some(value.to_string());
            }
        });
        ids
    }

    /// What this very request costs.
    fn cost(&self) -> Cost {
        let mut sent = Vec::new();
        self.each(&mut |param, _| sent.push(param.name));
        let info = self.info();
        Cost::new(info.weight.of(|name| sent.contains(&name)), info.order_cost)
    }
}

/// A request whose reply is a part of a longer list: its spec says how the rows are walked.
///
/// Implemented by `#[endpoint]` where there is `#[paging]`.
pub trait Paged: Endpoint {
    /// One row of the list.
    type Row: Wire + Send + 'static;
}

/// The description of an endpoint: everything its spec says, as data.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct EndpointInfo {
    /// The name of the request type, such as `ForceOrders`; unique within its group.
    pub name: &'static str,
    /// The part of the account it is about.
    pub group: Group,
    /// The HTTP method.
    pub method: Method,
    /// The path from the root, such as `/papi/v1/um/forceOrders`.
    pub path: &'static str,
    /// What it is for, in a sentence.
    pub doc: &'static str,
    /// The address of the vendor's page.
    pub page: &'static str,
    /// The day the page was last compared with this description, as `YYYY-MM-DD`.
    pub checked: &'static str,
    /// Which credentials it takes.
    pub access: Access,
    /// What happens when it arrives twice.
    pub effect: Effect,
    /// Its request weight.
    pub weight: Weight,
    /// How many orders it counts as.
    pub order_cost: u32,
    /// Caps on the number of calls, beyond weight and orders.
    pub caps: &'static [CallCap],
    /// Its parameters in the order in which they are sent. The runtime's own (`recvWindow`, `timestamp`, `signature`)
    /// are not among them.
    pub params: &'static [ParamInfo],
    /// The rules between its parameters.
    pub rules: &'static [Rule],
    /// How its rows are walked, for a list that comes in parts.
    pub paging: Option<Paging>,
    /// The parameters that carry client ids.
    pub client_ids: &'static [&'static str],
    /// What to ask, in order, when no answer arrived; empty when nothing can be asked about one call.
    pub settle: &'static [SettleCall],
    /// The call that shows people what it did, where `settle` is empty.
    pub shown_by: Option<Route>,
    /// Set when the exchange no longer offers it.
    pub retired: Option<Retired>,
    /// What a reply looks like when it is printed.
    pub reply: Form,
    /// Documented replies, as JSON.
    pub examples: &'static [&'static str],
    /// Reads name and value pairs into the request.
    pub parse: ParseRequest,
    /// Reads a reply into its type and prints it back as JSON.
    pub reprint: ReprintReply,
    /// Reads a reply into its type and finds what this version does not know in it.
    pub find_drift: FindDrift,
}

/// Reads name and value pairs into a request of which only the endpoint knows the type.
pub type ParseRequest = fn(&[(&str, &str)]) -> Result<Box<dyn Endpoint>, Invalid>;

/// Reads a reply into its type and prints it back as JSON.
pub type ReprintReply = fn(&[u8]) -> Result<String, DecodeError>;

/// Reads a reply into its type and finds the fields and words that this version does not know.
pub type FindDrift = fn(&[u8]) -> Result<Vec<Drift>, DecodeError>;

impl EndpointInfo {
    /// What a request with a mistake in its annotations points to; it does not compile, so nobody sees this.
    #[doc(hidden)]
    pub const __BROKEN: &'static Self =
        &Self::__new("", Group::Market, Method::Get, "/", (|_| unreachable!(), |_| unreachable!(), |_| unreachable!()));

    #[doc(hidden)]
    pub const fn __new(
        name: &'static str,
        group: Group,
        method: Method,
        path: &'static str,
        (parse, reprint, find_drift): (ParseRequest, ReprintReply, FindDrift),
    ) -> Self {
        Self {
            name,
            group,
            method,
            path,
            doc: "",
            page: "",
            checked: "",
            access: Access::None,
            effect: Effect::Once,
            weight: Weight::Fixed(1),
            order_cost: 0,
            caps: &[],
            params: &[],
            rules: &[],
            paging: None,
            client_ids: &[],
            settle: &[],
            shown_by: None,
            retired: None,
            reply: Form::Other,
            examples: &[],
            parse,
            reprint,
            find_drift,
        }
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __docs(mut self, doc: &'static str, page: &'static str, checked: &'static str) -> Self {
        self.doc = doc;
        self.page = page;
        self.checked = checked;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __nature(mut self, access: Access, effect: Effect, weight: Weight) -> Self {
        self.access = access;
        self.effect = effect;
        self.weight = weight;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __params(mut self, params: &'static [ParamInfo], rules: &'static [Rule]) -> Self {
        self.params = params;
        self.rules = rules;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __order_cost(mut self, orders: u32) -> Self {
        self.order_cost = orders;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __caps(mut self, caps: &'static [CallCap]) -> Self {
        self.caps = caps;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __client_ids(mut self, params: &'static [&'static str]) -> Self {
        self.client_ids = params;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __settle(mut self, settle: &'static [SettleCall]) -> Self {
        self.settle = settle;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __shown_by(mut self, method: Method, path: &'static str) -> Self {
        self.shown_by = Some(Route { method, path });
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __retired(mut self, retired: Retired) -> Self {
        self.retired = Some(retired);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __paging(mut self, paging: Paging) -> Self {
        self.paging = Some(paging);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __reply(mut self, reply: Form) -> Self {
        self.reply = reply;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __examples(mut self, examples: &'static [&'static str]) -> Self {
        self.examples = examples;
        self
    }

    /// The description of a parameter.
    pub fn param(&self, name: &str) -> Option<&'static ParamInfo> {
        self.params.iter().find(|param| param.name == name)
    }

    /// The fields of one row, for a list that comes in parts; in the order in which they are printed.
    pub fn row_fields(&self) -> Option<&'static [Field]> {
        let list = match self.paging?.rows {
            Some(field) => self.reply.field(field)?,
            None => self.reply,
        };
        match list {
            Form::List(Form::Object(fields)) => Some(fields),
            _ => None,
        }
    }

    /// The group and name as one path, such as `um::ForceOrders`.
    pub fn type_path(&self) -> String {
        format!("{}::{}", self.group, self.name)
    }
}

/// A cap on how often an endpoint may be called.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CallCap {
    /// How many calls.
    pub calls: u32,
    /// In how long.
    pub per: Span,
}

/// A call that has no type any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetiredCall {
    /// The HTTP method.
    pub method: Method,
    /// The path from the root.
    pub path: &'static str,
    /// Since when it is gone, and what replaces it.
    pub retired: Retired,
}

/// When the exchange took a call away, and what replaces it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retired {
    /// The day it went, as `YYYY-MM-DD`.
    pub since: &'static str,
    /// What to call instead.
    pub instead: &'static str,
}
