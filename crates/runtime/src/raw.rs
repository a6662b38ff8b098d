//! Calls without a type: for an endpoint that this version does not know yet.

use papi_types::{Access, Cost, Effect, Method, Query};

/// A call given by method, path and texts. It is signed, budgeted and judged like any other; its parameters are not
/// checked and its reply is not read.
///
/// Unless told otherwise it is taken for one that acts on every arrival (`once`), needs key and signature, and weighs 1.
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct RawCall {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) query: Query,
    pub(crate) access: Access,
    pub(crate) effect: Effect,
    pub(crate) cost: Cost,
}

impl RawCall {
    /// Returns a call of a path such as `/papi/v1/um/forceOrders`.
    pub fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            query: Query::new(),
            access: Access::UserData,
            effect: Effect::Once,
            cost: Cost::new(1, 0),
        }
    }

    /// Appends a parameter.
    pub fn param(mut self, name: &str, value: &str) -> Self {
        self.query.push_display(name, value);
        self
    }

    /// Sets which credentials it takes. Default key and signature.
    pub fn access(mut self, access: Access) -> Self {
        self.access = access;
        self
    }

    /// Sets what happens when it arrives twice. Default `once`, the careful choice.
    pub fn effect(mut self, effect: Effect) -> Self {
        self.effect = effect;
        self
    }

    /// Sets what it costs. Default a weight of 1; the exchange's own count corrects the budget afterwards.
    pub fn cost(mut self, cost: Cost) -> Self {
        self.cost = cost;
        self
    }
}
