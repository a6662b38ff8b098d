//! The trait of every request, and the description of its endpoint as data.

use crate::error::find_drift;
use crate::error::{DecodeError, Drift, Invalid};
use crate::spec::{
    CallCap, Condition, Constraint, Field, Paging, ParamInfo, Question, RemovedParam, Requirement, Retired, Route,
    Schema, Value, Weight, Window,
};
use crate::{Access, Cost, Effect, Group, Method, Query, Timestamp, Wire};
use papi_spec::violations;
use std::fmt;

/// A request to the exchange: a plain value that describes itself and never sends itself.
///
/// `#[endpoint]` implements it. Client, sandbox and command line know a request only by these methods, so that they cannot
/// disagree. The trait can be used as `dyn Endpoint`.
pub trait Endpoint: fmt::Debug + Send + Sync {
    /// The type of the exchange's answer.
    type Reply: Wire + Send + 'static
    where
        Self: Sized;

    /// Returns the description of the endpoint.
    fn info(&self) -> &'static EndpointInfo;

    /// Visits each parameter that is sent, in declaration order.
    fn each<'a>(&'a self, visit: &mut dyn FnMut(&'static ParamInfo, Value<'a>));

    /// Applies the endpoint's constraints. `now` is exchange time; constraints on the past and the future are relative to it.
    fn check(&self, now: Timestamp) -> Result<(), Invalid> {
        check(self.info(), &|visit| self.each(visit), now)
    }

    /// Appends the parameters to a query.
    fn encode(&self, query: &mut Query) {
        self.each(&mut |param, value| query.push(param.name, value));
    }

    /// Returns each parameter of this request that carries a client id, with the caller's id if there is one.
    fn client_ids(&self) -> Vec<(&'static str, Option<String>)> {
        client_ids(self.info(), &|visit| self.each(visit))
    }

    /// Returns what this request costs.
    fn cost(&self) -> Cost {
        cost(self.info(), &|visit| self.each(visit))
    }
}

/// [`Endpoint::each`] of some request. What the provided methods do with it exists once and not for each request: it is much to
/// compile.
type Each<'f, 'a> = &'f dyn Fn(&mut dyn FnMut(&'static ParamInfo, Value<'a>));

fn check(info: &EndpointInfo, each: Each<'_, '_>, now: Timestamp) -> Result<(), Invalid> {
    let mut sent = Vec::with_capacity(info.params.len());
    each(&mut |param, value| sent.push((param, value)));
    let violations = violations(info.constraints, &sent, now);
    if violations.is_empty() { Ok(()) } else { Err(Invalid::new(info.doc_url, violations)) }
}

fn client_ids(info: &EndpointInfo, each: Each<'_, '_>) -> Vec<(&'static str, Option<String>)> {
    let mut ids: Vec<_> = info.client_ids.iter().map(|name| (*name, None)).collect();
    each(&mut |param, value| {
        if let Some((_, id)) = ids.iter_mut().find(|(name, _)| *name == param.name) {
            *id = Some(value.to_string());
        }
    });
    ids
}

fn cost(info: &EndpointInfo, each: Each<'_, '_>) -> Cost {
    let is_sent = |name: &str| {
        let mut found = false;
        each(&mut |param, _| found |= param.name == name);
        found
    };
    Cost::new(info.weight.of(is_sent), info.order_cost)
}

/// A request whose reply is a part of a longer list. Its spec says how the rows are walked.
///
/// `#[endpoint]` implements it for every endpoint with `paging`.
pub trait Paged: Endpoint {
    /// One row of the list.
    type Row: Wire + Send + 'static;
}

/// The description of an endpoint: everything its spec says, as data.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
#[must_use]
pub struct EndpointInfo {
    /// The name of the request type, such as `ForceOrders`; unique within its group.
    pub name: &'static str,
    /// The part of the account it is about.
    pub group: Group,
    /// The HTTP method.
    pub method: Method,
    /// The path from the root, such as `/papi/v1/um/forceOrders`.
    pub path: &'static str,
    /// The purpose of the endpoint, in a sentence.
    pub doc: &'static str,
    /// The address of the vendor's page.
    pub doc_url: &'static str,
    /// The day the page was last compared with this description, as `YYYY-MM-DD`.
    pub verified_on: &'static str,
    /// Which credentials it takes.
    pub access: Access,
    /// What happens when it arrives twice.
    pub effect: Effect,
    /// Its request weight.
    pub weight: Weight,
    /// The number of orders that it counts as.
    pub order_cost: u32,
    /// Caps on the number of calls, beyond weight and orders.
    pub caps: &'static [CallCap],
    /// Its parameters in the order in which they are sent. The runtime's own (`recvWindow`, `timestamp`, `signature`)
    /// are not among them.
    pub params: &'static [ParamInfo],
    /// The parameters that the exchange took away. They are refused and never sent.
    pub removed: &'static [RemovedParam],
    /// The constraints between its parameters.
    pub constraints: &'static [Constraint],
    /// How its rows are walked, when the reply is a list that comes in parts.
    pub paging: Option<Paging>,
    /// The parameters that carry client ids.
    pub client_ids: &'static [&'static str],
    /// The questions to ask, in order, when no answer arrived; empty when no question tells about one call.
    pub settle: &'static [Question],
    /// The call that shows a person what happened, when `settle` is empty.
    pub shown_by: Option<Route>,
    /// When the exchange took it away, if it did.
    pub retired: Option<Retired>,
    /// What a reply looks like when it is printed.
    pub reply: Schema,
    /// Documented replies, as JSON.
    pub examples: &'static [&'static str],
    /// Reads name and value pairs into the request.
    pub parse: ParseRequest,
    /// Reads a reply into its type and prints it back as JSON.
    pub reprint: ReprintReply,
    /// Reads one row of a list that comes in parts into its type, and prints it back as JSON.
    pub reprint_row: Option<ReprintReply>,
}

/// Reads name and value pairs into a request whose type only the endpoint knows.
pub type ParseRequest = fn(&[(&str, &str)]) -> Result<Box<dyn Endpoint>, Invalid>;

/// Reads a reply into its type and prints it back as JSON.
pub type ReprintReply = fn(&[u8]) -> Result<String, DecodeError>;

/// The methods that `#[endpoint]` calls: each argument of the annotation is a call of the method of its name. None of them
/// fails; what they were given is judged afterwards, while compiling, each argument at its own place.
impl EndpointInfo {
    /// Starts the description of an endpoint with what the macro knows about the request and its reply.
    pub const fn new(
        name: &'static str,
        doc: &'static str,
        params: &'static [ParamInfo],
        reply: Schema,
        parse: ParseRequest,
        reprint: ReprintReply,
    ) -> Self {
        Self {
            name,
            group: Group::Market,
            method: Method::Get,
            path: "/",
            doc,
            doc_url: "",
            verified_on: "",
            access: Access::None,
            effect: Effect::Once,
            weight: Weight::Fixed(1),
            order_cost: 0,
            caps: &[],
            params,
            removed: &[],
            constraints: &[],
            paging: None,
            client_ids: &[],
            settle: &[],
            shown_by: None,
            retired: None,
            reply,
            examples: &[],
            parse,
            reprint,
            reprint_row: None,
        }
    }

    /// The description of a request with a mistake in its annotations. Such a request does not compile, so it is never seen.
    #[doc(hidden)]
    pub const __BROKEN: &'static Self = &Self::new("", "", &[], Schema::Text, |_| unreachable!(), |_| unreachable!());

    /// Says which part of the account it is about.
    pub const fn group(self, group: Group) -> Self {
        Self { group, ..self }
    }

    /// Says the method and the path: `GET /papi/v1/um/forceOrders`.
    pub const fn call(self, call: &'static str) -> Self {
        let Route { method, path } = Route::or_empty(call);
        Self { method, path, ..self }
    }

    /// Says which credentials it takes.
    pub const fn access(self, access: Access) -> Self {
        Self { access, ..self }
    }

    /// Says what happens when it arrives twice.
    pub const fn effect(self, effect: Effect) -> Self {
        Self { effect, ..self }
    }

    /// Says what it weighs: `1`, or `Weight::with(&[("symbol", 20)]).otherwise(50)`.
    pub const fn weight(self, weight: Weight) -> Self {
        Self { weight, ..self }
    }

    /// Says how many orders it counts as.
    pub const fn orders(self, orders: u32) -> Self {
        Self { order_cost: orders, ..self }
    }

    /// Says which further caps there are on the number of calls.
    pub const fn caps(self, caps: &'static [CallCap]) -> Self {
        Self { caps, ..self }
    }

    /// Says the address of the vendor's page.
    pub const fn doc_url(self, address: &'static str) -> Self {
        Self { doc_url: address, ..self }
    }

    /// Says on which day the page was last compared with this description, as `YYYY-MM-DD`.
    pub const fn verified_on(self, day: &'static str) -> Self {
        Self { verified_on: day, ..self }
    }

    /// Says which parameters carry client ids. The one that settles a lost call comes first.
    pub const fn client_ids(self, params: &'static [&'static str]) -> Self {
        Self { client_ids: params, ..self }
    }

    /// Says what to ask, in order, when no answer arrived.
    pub const fn settle(self, questions: &'static [Question]) -> Self {
        Self { settle: questions, ..self }
    }

    /// Says which call shows a person what happened, when no question tells about one call alone.
    pub const fn shown_by(self, call: &'static str) -> Self {
        Self { shown_by: Some(Route::or_empty(call)), ..self }
    }

    /// Says when the exchange took it away, and what replaces it.
    pub const fn retired(self, retired: Retired) -> Self {
        Self { retired: Some(retired), ..self }
    }

    /// Says which parameters the exchange took away.
    pub const fn removed(self, removed: &'static [RemovedParam]) -> Self {
        Self { removed, ..self }
    }

    /// Says what its parameters must satisfy together.
    pub const fn constraints(self, constraints: &'static [Constraint]) -> Self {
        Self { constraints, ..self }
    }

    /// Says how the rows of a list that comes in parts are walked.
    pub const fn paging(self, paging: Paging) -> Self {
        Self { paging: Some(paging), ..self }
    }

    #[doc(hidden)]
    pub const fn __row(self, reprint: ReprintReply) -> Self {
        Self { reprint_row: Some(reprint), ..self }
    }

    #[doc(hidden)]
    pub const fn __examples(self, examples: &'static [&'static str]) -> Self {
        Self { examples, ..self }
    }
}

impl EndpointInfo {
    /// Returns the description of a call; none when this version does not have it, or its cargo feature is off.
    pub fn of(route: Route) -> Option<&'static Self> {
        crate::ENDPOINTS.iter().copied().find(|info| info.method == route.method && info.path == route.path)
    }

    /// Returns the description of a parameter.
    pub fn param(&self, name: &str) -> Option<&'static ParamInfo> {
        self.params.iter().find(|param| param.name == name)
    }

    /// Returns the fields of one row of a list that comes in parts, in the order in which they are printed.
    pub fn row_fields(&self) -> Option<&'static [Field]> {
        let list = match self.paging?.rows {
            Some(field) => self.reply.field(field)?,
            None => self.reply,
        };
        match list {
            Schema::List(Schema::Object(fields)) => Some(fields),
            _ => None,
        }
    }

    /// Reads a reply and returns what it has that this version does not know.
    ///
    /// # Errors
    ///
    /// When the reply cannot be read.
    pub fn find_drift(&self, body: &[u8]) -> Result<Vec<Drift>, DecodeError> {
        (self.reprint)(body).map(|_| find_drift(body, &self.reply))
    }

    /// Returns the ranges of time that its parameters give, each with the conditions under which its limits apply.
    pub fn windows(&self) -> impl Iterator<Item = (&'static [Condition], Window)> {
        self.constraints.iter().filter_map(|constraint| match constraint.requirement {
            Requirement::Window(window) => Some((constraint.when, window)),
            _ => None,
        })
    }

    /// Returns the group and name as one path, such as `um::ForceOrders`.
    pub fn type_path(&self) -> String {
        format!("{}::{}", self.group, self.name)
    }
}

/// A call that has no type any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetiredCall {
    /// The HTTP method.
    pub method: Method,
    /// The path from the root.
    pub path: &'static str,
    /// When it was taken away, and which call replaces it.
    pub retired: Retired,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ENDPOINTS, um};

    #[test]
    fn every_list_that_comes_in_parts_has_rows_with_the_fields_that_its_paging_names() {
        for info in ENDPOINTS.iter().filter(|info| info.paging.is_some()) {
            let (paging, row) = (info.paging.expect("filtered"), info.row_fields().unwrap_or_default());
            for name in paging.key.iter().chain(&paging.time) {
                assert!(row.iter().any(|field| field.name == *name), "{}: no field {name}", info.type_path());
            }
            if let Some(time) = paging.time {
                assert_eq!(Schema::Object(row).field(time), Some(Schema::Time), "{}: {time}", info.type_path());
            }
        }
    }

    #[test]
    fn fields_stand_in_their_order_and_optional_ones_look_like_their_value() {
        let row = um::AllOrders::INFO.row_fields().expect("rows");
        let schema = |name: &str| Schema::Object(row).field(name);
        assert_eq!(row[0], Field { name: "orderId", schema: Schema::Integer });
        assert_eq!(schema("avgPrice"), Some(Schema::Decimal));
        assert_eq!(schema("reduceOnly"), Some(Schema::Bool));
        assert_eq!(schema("type"), Some(Schema::Word(crate::OrderType::WORDS)));
        assert_eq!(schema("clientOrderId"), Some(Schema::Text));
        assert_eq!(schema("nothing"), None);
    }
}
