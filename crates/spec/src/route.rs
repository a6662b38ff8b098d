//! Calls as specs name them, by a method and a path, and calls that the exchange took away.

use crate::Method;
use std::fmt;

/// A call as the wire names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Route {
    /// The HTTP method.
    pub method: Method,
    /// The path from the root.
    pub path: &'static str,
}

impl Route {
    /// Reads `GET /papi/v1/um/forceOrders`.
    ///
    /// # Panics
    ///
    /// When the text is not a method and a path. In an annotation this stops compilation.
    #[track_caller]
    pub const fn new(call: &'static str) -> Self {
        let route = Self::or_empty(call);
        route.require_sound();
        route
    }

    /// Reads `GET /papi/v1/um/forceOrders`. A text that is no method and path has an empty path.
    pub const fn or_empty(call: &'static str) -> Self {
        let mut index = 0;
        while index < Method::ALL.len() {
            let method = Method::ALL[index];
            if let Some(path) = path_after(method, call) {
                return Self { method, path };
            }
            index += 1;
        }
        Self { method: Method::Get, path: "" }
    }
}

/// Returns what follows a method and a space, when it is a path.
const fn path_after(method: Method, call: &str) -> Option<&str> {
    let name = method.as_str().as_bytes();
    let text = call.as_bytes();
    if text.len() < name.len() + 3 || text[name.len()] != b' ' || text[name.len() + 1] != b'/' {
        return None;
    }
    let mut at = 0;
    while at < text.len() {
        let fits = if at < name.len() {
            text[at] == name[at]
        } else {
            at == name.len() || text[at].is_ascii_alphanumeric() || matches!(text[at], b'/' | b'-' | b'_' | b'.')
        };
        if !fits {
            return None;
        }
        at += 1;
    }
    Some(call.split_at(name.len() + 1).1)
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// When the exchange took a call away, and what replaces it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct Retired {
    /// The day on which it was taken away, as `YYYY-MM-DD`.
    pub since: &'static str,
    /// The call that replaces it.
    pub instead: &'static str,
}

impl Retired {
    /// Says on which day the call was taken away, as `YYYY-MM-DD`.
    pub const fn since(day: &'static str) -> Self {
        Self { since: day, instead: "" }
    }

    /// Says which call replaces it.
    pub const fn instead(self, call: &'static str) -> Self {
        Self { instead: call, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_a_method_and_a_path() {
        const ORDER: Route = Route::new("POST /papi/v1/um/order");
        assert_eq!((ORDER.method, ORDER.path), (Method::Post, "/papi/v1/um/order"));
        for bad in
            ["", "GET", "GET ", "GET papi", "GTE /papi", "/papi/v1", "GET  /papi", "GET /a?b=1", "POSTS /papi", "GET /"]
        {
            assert!(std::panic::catch_unwind(|| Route::new(bad)).is_err(), "{bad:?}");
        }
    }
}
