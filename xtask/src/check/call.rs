//! Checks that path, access and counts of a call go with its group and with what it does.

use super::Scope;
use crate::problem::{At, Problems};
use papi_spec::{Access, Effect, Group, Route};

/// What every path of Portfolio Margin begins with, before the number of the version.
const ROOT: &str = "/papi/v";

pub(super) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    let endpoint = scope.endpoint;
    if let Some(call) = &endpoint.call
        && check_path(call, problems)
    {
        check_group(call, endpoint.file.group, problems);
    }
    let reads = endpoint.effect == Effect::Read;
    if let Some(orders) = endpoint.orders.as_ref().filter(|orders| orders.value > 0) {
        if reads {
            problems
                .at(orders.place, "a read does not count against the order limit")
                .help("remove `orders`, or state the effect of the call");
        } else if !matches!(endpoint.access.value, Access::Trade | Access::Margin) {
            let title = format!("an order cannot be placed with access {}", endpoint.access.as_str());
            problems.at(endpoint.access.place, title).help("orders need TRADE, or MARGIN");
        }
    } else if !reads && endpoint.access.value == Access::None {
        problems
            .at(endpoint.access.place, "a call that changes something cannot have access NONE")
            .help("the page names the access beside its title: TRADE, USER_DATA, USER_STREAM or MARGIN");
    }
}

/// Notes a path that Portfolio Margin cannot have. Returns whether there is nothing to note.
pub(super) fn check_path(call: &At<Route>, problems: &mut Problems) -> bool {
    let path = call.path;
    let after = path.strip_prefix(ROOT).and_then(|rest| rest.split_once('/'));
    let Some((_, rest)) = after.filter(|(version, _)| version.parse::<u8>().is_ok()) else {
        let title = format!("`{path}` is not a path of Portfolio Margin");
        problems.at(call.place, title).help("its paths begin with `/papi/v1/` or `/papi/v2/`");
        return false;
    };
    if rest.split('/').any(str::is_empty) {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let title = format!("`{path}` has an empty part");
        problems.at(call.place, title).help(format!("did you mean `/{}`?", parts.join("/")));
        return false;
    }
    true
}

/// A path that names a part of the account belongs into its folder; a path that names none is free.
fn check_group(call: &At<Route>, folder: Group, problems: &mut Problems) {
    let named = call
        .path
        .split('/')
        .nth(3)
        .and_then(|part| [Group::Um, Group::Cm, Group::Margin].into_iter().find(|group| group.as_str() == part));
    if let Some(named) = named.filter(|named| *named != folder) {
        let title = format!(
            "`{}` is a path of `{}`, and this file is in `spec/{}`",
            call.path,
            named.as_str(),
            folder.as_str()
        );
        problems.at(call.place, title).help(format!("move the file to `spec/{}`, or correct the path", named.as_str()));
    }
}
