//! Stops the compilation of an endpoint whose annotations contradict themselves or name what does not exist. There is a function
//! for each argument of `#[endpoint]` that can be wrong; the macro calls it at the place of the argument.

use crate::spec::{ParamInfo, Route, require_date, require_known, require_text};
use crate::{Access, Effect, EndpointInfo};

/// The names of parameters.
#[track_caller]
pub const fn params(info: &EndpointInfo) {
    ParamInfo::require_distinct(info.params);
}

/// What is said of one parameter.
#[track_caller]
pub const fn param(info: &EndpointInfo, index: usize) {
    info.params[index].require_sound();
}

/// A value that a constructor gives to a parameter.
#[track_caller]
pub const fn value(info: &EndpointInfo, index: usize, value: &str) {
    info.params[index].require_value(value);
}

#[track_caller]
pub const fn call(info: &EndpointInfo) {
    Route { method: info.method, path: info.path }.require_sound();
}

#[track_caller]
pub const fn weight(info: &EndpointInfo) {
    info.weight.require_sound(info.params);
}

#[track_caller]
pub const fn orders(info: &EndpointInfo) {
    if info.order_cost == 0 {
        return;
    }
    assert!(!matches!(info.effect, Effect::Read), "a read counts as no order");
    assert!(!matches!(info.access, Access::None | Access::UserStream), "an order takes key and signature");
}

#[track_caller]
pub const fn caps(info: &EndpointInfo) {
    let mut index = 0;
    while index < info.caps.len() {
        info.caps[index].require_sound();
        index += 1;
    }
}

#[track_caller]
pub const fn doc_url(info: &EndpointInfo) {
    let url = info.doc_url.as_bytes();
    let is_page = matches!(url, [b'h', b't', b't', b'p', b's', b':', b'/', b'/', _, ..]);
    assert!(is_page, "`doc_url` is the address of a page: it begins with https://");
    let mut at = 0;
    while at < url.len() {
        let fits = url[at].is_ascii_graphic() && !matches!(url[at], b'(' | b')' | b'<' | b'>');
        assert!(fits, "`doc_url` has a character that an address does not have");
        at += 1;
    }
}

#[track_caller]
pub const fn verified_on(info: &EndpointInfo) {
    require_date(info.verified_on);
}

#[track_caller]
pub const fn client_ids(info: &EndpointInfo) {
    require_known("client_ids", info.client_ids, info.params);
    let mut index = 0;
    while index < info.client_ids.len() {
        require_text(info.client_ids[index], info.params);
        index += 1;
    }
}

#[track_caller]
pub const fn settle(info: &EndpointInfo) {
    changes_something(info);
    assert!(!info.settle.is_empty(), "`settle` asks nothing");
    assert!(info.shown_by.is_none(), "`settle` and `shown_by` exclude each other: what can be asked need not be shown");
    let mut index = 0;
    while index < info.settle.len() {
        info.settle[index].require_sound(index, info.params);
        index += 1;
    }
}

#[track_caller]
pub const fn shown_by(info: &EndpointInfo) {
    if info.settle.is_empty() {
        changes_something(info);
    }
    if let Some(route) = info.shown_by {
        route.require_sound();
    }
}

#[track_caller]
const fn changes_something(info: &EndpointInfo) {
    let is_read = matches!(info.effect, Effect::Read);
    assert!(!is_read, "a read changes nothing, so there is nothing to find out about a lost one");
}

#[track_caller]
pub const fn retired(info: &EndpointInfo) {
    if let Some(retired) = info.retired {
        retired.require_sound();
    }
}

#[track_caller]
pub const fn constraints(info: &EndpointInfo) {
    let mut index = 0;
    while index < info.constraints.len() {
        info.constraints[index].require_sound(info.params);
        index += 1;
    }
}

#[track_caller]
pub const fn paging(info: &EndpointInfo) {
    if let Some(paging) = info.paging {
        paging.require_sound(info.params, &info.reply);
    }
}
