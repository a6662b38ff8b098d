//! Checks every name, type, constraint and example of all specs before anything is generated.

mod constraint;
mod constructor;
mod example;
mod fields;
mod naming;
mod paging;
mod param;
mod retired;
mod settle;
mod types;

use crate::problem::{At, Problems};
use crate::spec::{Endpoint, Param, Specs, Vocabulary};
use papi_spec::Route;

/// Notes everything that is wrong.
pub(crate) fn check(specs: &Specs, problems: &mut Problems) {
    naming::check(specs, problems);
    types::check(specs, problems);
    for endpoint in &specs.endpoints {
        let scope = Scope { specs, endpoint, vocabulary: Vocabulary::of(&specs.shared, endpoint) };
        param::check(&scope, problems);
        constructor::check(&scope, problems);
        constraint::check(&scope, problems);
        paging::check(&scope, problems);
        settle::check(&scope, problems);
    }
    retired::check(specs, problems);
    example::check(specs, problems);
}

/// Returns the endpoint of a call; a call without a spec is a problem. `meant` selects the calls that are suggested.
fn described<'s>(
    call: &At<Route>,
    specs: &'s Specs,
    meant: fn(&Endpoint) -> bool,
    problems: &mut Problems,
) -> Option<&'s Endpoint> {
    let of = |endpoint: &Endpoint| endpoint.call.as_ref().map(|call| call.value);
    let found = specs.endpoints.iter().find(|endpoint| of(endpoint) == Some(call.value));
    if found.is_none() {
        let known = specs.endpoints.iter().filter(|endpoint| meant(endpoint)).filter_map(of);
        let (written, known) = (call.value.to_string(), known.map(|call| call.to_string()).collect::<Vec<_>>());
        let title = format!("no spec describes `{written}`");
        problems.at(call.place, title).suggest(&written, known.iter().map(String::as_str));
    }
    found
}

/// One endpoint, and the names that it can use.
struct Scope<'s> {
    specs: &'s Specs,
    endpoint: &'s Endpoint,
    vocabulary: Vocabulary<'s>,
}

impl<'s> Scope<'s> {
    /// Returns the parameter of this name; its absence is a problem. `by` says what names it.
    fn param(&self, name: &At<String>, by: &str, problems: &mut Problems) -> Option<&'s Param> {
        if name.is_empty() {
            return None;
        }
        let params = &self.endpoint.params;
        let found = params.iter().find(|param| *param.wire == **name);
        if found.is_none() {
            let known = params.iter().map(|param| param.wire.as_str());
            problems
                .at(name.place, format!("{by} names the parameter `{}`, which does not exist", **name))
                .help(format!("the parameters are: {}", known.clone().collect::<Vec<_>>().join(", ")))
                .suggest(name, known);
        }
        found
    }
}
