//! Stops the compilation of an endpoint whose annotations name a parameter that does not exist.

use crate::ParamInfo;

/// Stops compilation when one of the names is no parameter.
///
/// # Panics
///
/// When a name is unknown; the message holds it.
#[track_caller]
pub const fn require_known(names: &[&str], params: &[ParamInfo]) {
    let mut index = 0;
    while index < names.len() {
        if !is_param(names[index], params) {
            fail("there is no parameter `", names[index], "`");
        }
        index += 1;
    }
}

const fn is_param(name: &str, params: &[ParamInfo]) -> bool {
    let mut index = 0;
    while index < params.len() {
        if is_same(name, params[index].name) {
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

/// Panics with a name in the message; `format!` cannot be used while compiling.
#[track_caller]
pub(crate) const fn fail(before: &str, name: &str, after: &str) -> ! {
    let mut text = [b' '; 160];
    let mut length = 0;
    let parts = [before, name, after];
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
        Err(_) => panic!("{}", name),
    }
}
