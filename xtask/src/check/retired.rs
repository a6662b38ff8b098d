//! Checks the calls that the exchange took away: they must not have a spec, and the calls that replace them must have one.

use super::{call, described};
use crate::problem::Problems;
use crate::spec::Specs;

pub(super) fn check(specs: &Specs, problems: &mut Problems) {
    let calls: Vec<_> = specs.endpoints.iter().filter_map(|endpoint| endpoint.call.as_ref()).collect();
    for gone in &specs.retired {
        call::check_path(&gone.call, problems);
        if calls.iter().any(|call| call.value == gone.call.value) {
            let title = format!("`{}` is retired and has a spec", gone.call.value);
            problems.at(gone.call.place, title).help("while it still answers, its spec says `retired:`");
        }
    }
    let of_specs = specs.endpoints.iter().filter_map(|endpoint| endpoint.retired.as_ref());
    for retired in specs.retired.iter().map(|gone| &gone.retired).chain(of_specs) {
        if let Some(instead) = &retired.instead {
            described(instead, specs, |_| true, problems);
        }
    }
}
