//! Calls that are gone: none of them may have a spec, and what replaces them must.

use crate::problem::Problems;
use crate::spec::Specs;

pub(super) fn check(specs: &Specs, problems: &mut Problems) {
    let calls: Vec<_> = specs.endpoints.iter().filter_map(|endpoint| endpoint.call.as_ref()).collect();
    for gone in &specs.retired {
        if calls.iter().any(|call| call.value == gone.call.value) {
            let title = format!("`{}` is retired and has a spec", gone.call.value);
            problems.at(gone.call.place, title).help("while it still answers, its spec says `retired:`");
        }
    }
    let of_specs = specs.endpoints.iter().filter_map(|endpoint| endpoint.retired.as_ref());
    for retired in specs.retired.iter().map(|gone| &gone.retired).chain(of_specs) {
        let Some(instead) = retired.instead.as_ref() else { continue };
        if !calls.iter().any(|call| call.value == instead.value) {
            let (call, known) = (instead.value.to_string(), calls.iter().map(|call| call.value.to_string()));
            let known: Vec<String> = known.collect();
            let title = format!("no spec describes `{call}`");
            problems.at(instead.place, title).suggest(&call, known.iter().map(String::as_str));
        }
    }
}
