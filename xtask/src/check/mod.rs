//! Checks every name, type, constraint and example of all specs before anything is generated.

mod call;
mod constraint;
mod constructor;
mod contradiction;
mod date;
mod event;
mod example;
mod fields;
mod naming;
mod paging;
mod param;
mod retired;
mod settle;
mod types;
mod window;

use crate::problem::{At, Problems};
use crate::spec::{Endpoint, Param, Specs, Vocabulary};
use papi_spec::Route;

/// Notes everything that is wrong. `today` is a date.
pub(crate) fn check(specs: &Specs, today: &str, problems: &mut Problems) {
    // What could not be read may have used anything.
    if problems.errors() == 0 {
        types::check_unused(specs, problems);
    }
    naming::check(specs, problems);
    types::check(specs, problems);
    for endpoint in &specs.endpoints {
        let scope = Scope { specs, endpoint, vocabulary: Vocabulary::of(&specs.shared, &endpoint.types) };
        param::check(&scope, problems);
        constructor::check(&scope, problems);
        constraint::check(&scope, problems);
        contradiction::check(&scope, problems);
        call::check(&scope, problems);
        window::check(&scope, problems);
        paging::check(&scope, problems);
        settle::check(&scope, problems);
    }
    retired::check(specs, problems);
    date::check(specs, today, problems);
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
        if let Some(removed) = self.endpoint.removed.iter().find(|removed| *removed.wire == **name) {
            problems
                .at(name.place, format!("{by} names the parameter `{}`, which was taken away", **name))
                .help(format!("`{}` says `removed`, so it is not sent", *removed.wire));
        } else if found.is_none() {
            let known = params.iter().map(|param| param.wire.as_str());
            problems
                .at(name.place, format!("{by} names the parameter `{}`, which does not exist", **name))
                .help(format!("the parameters are: {}", known.clone().collect::<Vec<_>>().join(", ")))
                .suggest(name, known);
        }
        found
    }
}
