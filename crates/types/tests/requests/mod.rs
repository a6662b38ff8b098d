//! Makes requests that satisfy the rules of an endpoint, from its description alone: what the tests send, and what they
//! break one rule at a time.

#![allow(dead_code, unused_imports, reason = "each test uses its share")]

mod search;
mod values;

pub(crate) use search::{
    Fixed, complete, complete_but, maximal_requests, minimal_requests, required_only, with_one_more,
};
pub(crate) use values::{edge_number, plain_value, values};

use papi_types::error::{Invalid, Violation};
use papi_types::{Endpoint, EndpointInfo, Timestamp};
use std::fmt;

/// A request as texts, in the order of the endpoint's parameters.
#[derive(Clone)]
pub(crate) struct Draft {
    pub(crate) info: &'static EndpointInfo,
    pairs: Vec<(&'static str, String)>,
}

/// A change of a draft: a parameter that is sent with a value, or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Edit {
    Send(&'static str, String),
    Omit(&'static str),
}

impl Edit {
    pub(crate) fn param(&self) -> &'static str {
        match self {
            Self::Send(name, _) | Self::Omit(name) => name,
        }
    }
}

impl fmt::Display for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Send(name, value) => write!(f, "{name}={value}"),
            Self::Omit(name) => write!(f, "no {name}"),
        }
    }
}

impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.info.type_path())?;
        f.debug_map().entries(self.pairs.iter().map(|(name, value)| (name, value))).finish()
    }
}

impl Draft {
    /// A request without parameters.
    pub(crate) fn empty(info: &'static EndpointInfo) -> Self {
        Self { info, pairs: Vec::new() }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(each, _)| *each == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.pairs.iter().map(|(name, _)| *name)
    }

    pub(crate) fn pairs(&self) -> Vec<(&str, &str)> {
        self.pairs.iter().map(|(name, value)| (*name, value.as_str())).collect()
    }

    /// The draft with one parameter changed.
    pub(crate) fn edited(&self, edit: &Edit) -> Self {
        let mut pairs = self.pairs.clone();
        pairs.retain(|(name, _)| *name != edit.param());
        if let Edit::Send(name, value) = edit {
            pairs.push((*name, value.clone()));
        }
        let place = |name: &str| self.info.params.iter().position(|param| param.name == name);
        pairs.sort_by_key(|(name, _)| place(name));
        Self { info: self.info, pairs }
    }

    /// The draft with several parameters changed.
    pub(crate) fn edited_by(&self, edits: &[Edit]) -> Self {
        edits.iter().fold(self.clone(), |draft, edit| draft.edited(edit))
    }

    /// The edits that give the parameters of `edits` the values they have here.
    pub(crate) fn inverse(&self, edits: &[Edit]) -> Vec<Edit> {
        let here = |name| self.get(name).map_or(Edit::Omit(name), |value| Edit::Send(name, value.to_owned()));
        edits.iter().map(|edit| here(edit.param())).collect()
    }

    pub(crate) fn parse(&self) -> Result<Box<dyn Endpoint>, Invalid> {
        (self.info.parse)(&self.pairs())
    }

    /// Everything that is wrong with it.
    pub(crate) fn faults(&self, now: Timestamp) -> Vec<Violation> {
        faults(self.info, &self.pairs(), now)
    }

    pub(crate) fn is_valid(&self, now: Timestamp) -> bool {
        self.faults(now).is_empty()
    }
}

/// Everything that is wrong with a request given by texts.
pub(crate) fn faults(info: &EndpointInfo, pairs: &[(&str, &str)], now: Timestamp) -> Vec<Violation> {
    let checked = (info.parse)(pairs).and_then(|request| request.check(now));
    checked.map_or_else(|invalid| invalid.violations().to_vec(), |()| Vec::new())
}
