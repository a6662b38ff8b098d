//! Stops the compilation of an endpoint whose annotations contradict themselves or name what does not exist. The generator
//! reports the same of a spec, with its place.
//!
//! The constructors of the vocabulary never fail, so that a description with a mistake can be used everywhere, and the mistake
//! is one message, at the annotation that makes it.

mod constraint;
mod cost;
mod paging;
mod param;
mod question;
mod route;

pub use route::require_date;

use crate::{Kind, ParamInfo};

/// Stops compilation when one of the names is no parameter, stands twice, or when there is none. `what` says who names them.
///
/// # Panics
///
/// When that is so; the message holds the name.
#[track_caller]
pub const fn require_known(what: &str, names: &[&str], params: &[ParamInfo]) {
    if names.is_empty() {
        fail(&["`", what, "` names nothing"]);
    }
    let mut index = 0;
    while index < names.len() {
        known(names[index], params);
        require_once(names, index);
        index += 1;
    }
}

/// Returns the parameter of this name.
#[track_caller]
pub(crate) const fn known<'p>(name: &str, params: &'p [ParamInfo]) -> &'p ParamInfo {
    let mut index = 0;
    while index < params.len() {
        if is_same(name, params[index].name) {
            return &params[index];
        }
        index += 1;
    }
    fail(&["there is no parameter `", name, "`"])
}

/// Stops compilation when a name stood before in its list.
#[track_caller]
pub(crate) const fn require_once(names: &[&str], index: usize) {
    if contains(names.split_at(index).0, names[index]) {
        fail(&["`", names[index], "` is listed twice"]);
    }
}

/// Stops compilation when a parameter is no time.
#[track_caller]
pub(crate) const fn require_time(name: &str, params: &[ParamInfo]) {
    if !matches!(known(name, params).kind, Kind::Time) {
        fail(&["`", name, "` is not a time"]);
    }
}

/// Stops compilation when a parameter is no text.
///
/// # Panics
///
/// When that is so; the message holds the name.
#[track_caller]
pub const fn require_text(name: &str, params: &[ParamInfo]) {
    if !matches!(known(name, params).kind, Kind::Text) {
        fail(&["`", name, "` is not a text"]);
    }
}

pub(crate) const fn contains(texts: &[&str], text: &str) -> bool {
    let mut index = 0;
    while index < texts.len() {
        if is_same(texts[index], text) {
            return true;
        }
        index += 1;
    }
    false
}

/// Compares two texts; `==` cannot be used while compiling.
pub(crate) const fn is_same(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() != right.len() {
        return false;
    }
    let mut at = 0;
    while at < left.len() {
        if left[at] != right[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// Panics with the parts of a message; `format!` cannot be used while compiling.
#[track_caller]
pub(crate) const fn fail(parts: &[&str]) -> ! {
    let mut text = [b' '; 240];
    let mut length = 0;
    let mut part = 0;
    while part < parts.len() {
        let bytes = parts[part].as_bytes();
        let mut at = 0;
        while at < bytes.len() && length < text.len() {
            text[length] = bytes[at];
            length += 1;
            at += 1;
        }
        part += 1;
    }
    match std::str::from_utf8(text.split_at(length).0) {
        Ok(text) => panic!("{}", text),
        // Cut within a character.
        Err(_) => panic!("{}", parts[0]),
    }
}
