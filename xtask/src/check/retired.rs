//! Calls that are gone: none of them may have a spec, and what replaces them must.

use crate::problem::Problems;
use crate::spec::Specs;

pub(super) fn check(specs: &Specs, problems: &mut Problems) {
    let calls: Vec<_> = specs.endpoints.iter().filter_map(|endpoint| endpoint.call.as_ref()).collect();
    for gone in &specs.retired {
        if calls.iter().any(|call| call.value == gone.call.value) {
            let title = format!("`{} {}` is retired and has a spec", gone.call.method, gone.call.path);
            problems.at(gone.call.place, title).help("while it still answers, its spec says `retired:`");
        }
    }
    let of_specs = specs.endpoints.iter().filter_map(|endpoint| endpoint.retired.as_ref());
    for retired in specs.retired.iter().map(|gone| &gone.retired).chain(of_specs) {
        let Some(instead) = retired.instead.as_ref() else { continue };
        if !calls.iter().any(|call| call.value == instead.value) {
            let words = |method: &str, path: &str| format!("{method} {path}");
            let known: Vec<String> = calls.iter().map(|call| words(call.method, &call.path)).collect();
            let title = format!("no spec describes `{}`", words(instead.method, &instead.path));
            problems
                .at(instead.place, title)
                .suggest(&words(instead.method, &instead.path), known.iter().map(String::as_str));
        }
    }
}
