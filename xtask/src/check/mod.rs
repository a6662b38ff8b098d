//! Judges what the specs say: every name, type, rule and example, of all files, before anything is made of them.

mod example;
mod fields;
mod form;
mod naming;
mod paging;
mod param;
mod retired;
mod rule;
mod settle;
mod types;

use crate::problem::{At, Problems};
use crate::spec::{Endpoint, Param, Specs, Vocabulary};

/// Notes everything that is wrong.
pub(crate) fn check(specs: &Specs, problems: &mut Problems) {
    naming::check(specs, problems);
    types::check(specs, problems);
    for endpoint in &specs.endpoints {
        let scope = Scope { specs, endpoint, vocabulary: Vocabulary::of(&specs.shared, endpoint) };
        param::check(&scope, problems);
        form::check(&scope, problems);
        rule::check(&scope, problems);
        paging::check(&scope, problems);
        settle::check(&scope, problems);
    }
    retired::check(specs, problems);
    example::check(specs, problems);
}

/// One endpoint, and what its names can mean.
struct Scope<'s> {
    specs: &'s Specs,
    endpoint: &'s Endpoint,
    vocabulary: Vocabulary<'s>,
}

impl<'s> Scope<'s> {
    /// The parameter somebody names; when there is none, that is a problem.
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
