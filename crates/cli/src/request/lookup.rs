//! From the words of a command line to an endpoint: by method and path, with parameters as NAME=VALUE.

use crate::failure::Failure;
use binance_papi::spec::{Retired, nearest};
use binance_papi::{EndpointInfo, Method, RETIRED, percent_encode};

/// The table of endpoints.
pub(crate) type Endpoints = &'static [&'static EndpointInfo];

/// Reads `NAME=VALUE`.
pub(crate) fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("a parameter is given as NAME=VALUE".to_owned()),
    }
}

/// Returns the endpoint with this method and path, or why there is none.
pub(crate) fn find(method: Method, path: &str, endpoints: Endpoints) -> Result<&'static EndpointInfo, Failure> {
    let info = endpoints.iter().copied().find(|info| info.method == method && info.path == path);
    info.ok_or_else(|| unknown(method, path, endpoints))
}

/// Where most paths begin.
const BASE: &str = "/papi/v1/";

/// Returns the path from the root. Refuses a path that would be changed in an address.
pub(crate) fn full_path(given: &str) -> Result<String, Failure> {
    let path = match given {
        _ if given.starts_with('/') => given.to_owned(),
        _ if given.starts_with("papi/") => format!("/{given}"),
        _ if given.starts_with("v1/") || given.starts_with("v2/") => format!("/papi/{given}"),
        _ => format!("{BASE}{given}"),
    };
    let is_plain = |segment: &str| percent_encode(segment) == segment && !matches!(segment, "" | "." | "..");
    if path.split('/').skip(1).all(is_plain) {
        return Ok(path);
    }
    let hint = given.contains('?').then(|| "parameters follow the path, as in symbol=BTCUSDT".to_owned());
    Err(Failure::bad_input(format!("not sent: {given:?} is not a path such as um/forceOrders")).hints(hint))
}

fn unknown(method: Method, path: &str, endpoints: Endpoints) -> Failure {
    if let Some(call) = RETIRED.iter().find(|call| call.method == method && call.path == path) {
        let Retired { since, instead } = call.retired;
        return Failure::bad_input(format!("not sent: the exchange took {method} {path} away on {since}"))
            .hint(format!("call {instead} instead"));
    }
    let same_path: Vec<_> =
        endpoints.iter().filter(|info| info.path == path).map(|info| info.method.as_str()).collect();
    let text = if same_path.is_empty() {
        format!("not sent: {method} {path} is not an endpoint that this version knows")
    } else {
        format!("not sent: {path} takes {}, not {method}", same_path.join(" and "))
    };
    // What all paths share makes none of them similar.
    let end = |path: &'static str| path.trim_start_matches(BASE);
    let near = nearest(path.trim_start_matches(BASE), endpoints.iter().map(|info| end(info.path)));
    let near = near.filter(|_| same_path.is_empty());
    let near = near.and_then(|path| {
        let of_path = || endpoints.iter().filter(|info| end(info.path) == path);
        of_path().find(|info| info.method == method).or_else(|| of_path().next())
    });
    Failure::bad_input(text)
        .hints(near.map(|info| format!("did you mean {} {}?", info.method, info.path)))
        .hint("`papi endpoints` lists what there is; --raw sends a path without a type")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_completed_and_never_changed() {
        for (given, full) in [
            ("um/forceOrders", "/papi/v1/um/forceOrders"),
            ("papi/v1/um/forceOrders", "/papi/v1/um/forceOrders"),
            ("/papi/v1/um/forceOrders", "/papi/v1/um/forceOrders"),
            ("v2/um/account", "/papi/v2/um/account"),
            ("/fapi/v1/time", "/fapi/v1/time"),
        ] {
            assert_eq!(full_path(given).expect("a path"), full);
        }
        for bad in
            ["", "/", "um/../margin", "um//x", "um/x?a=1", "um/x#a", "um/x y", "um/%41", "https://host/x", "um/x/"]
        {
            assert!(full_path(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_pair_splits_at_the_first_equals_sign() {
        assert_eq!(pair("a=b=c"), Ok(("a".to_owned(), "b=c".to_owned())));
        assert_eq!(pair("a="), Ok(("a".to_owned(), String::new())));
        assert!(pair("a").is_err() && pair("=b").is_err());
    }
}
