//! The exchange's address, and what goes to it with every call.

use crate::connection::Connection;
use crate::error::Error;
use papi_types::Access;
use reqwest::Url;
use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};

/// The exchange itself.
pub const PRODUCTION_URL: &str = "https://papi.binance.com";

/// Where the exchange's account streams are; `/ws/` and the listen key follow.
#[cfg(feature = "account-stream")]
pub const PRODUCTION_STREAM_URL: &str = "wss://fstream.binance.com/pm";

/// The address that tells the exchange's time: Portfolio Margin has no such call, the futures host has.
pub const PRODUCTION_TIME_URL: &str = "https://fapi.binance.com/fapi/v1/time";

/// What the exchange is told of who calls, unless the user says otherwise.
pub(crate) const USER_AGENT: &str = concat!("binance-papi/", env!("CARGO_PKG_VERSION"));

/// The exchange's address and the connection to it.
#[derive(Debug, Clone)]
pub(crate) struct Transport {
    pub(crate) connection: Connection,
    /// How many bytes the body of an answer may have.
    pub(crate) largest_reply: usize,
    base: Url,
    /// The headers of calls without and with the API key, made once. The host is among them: the HTTP client would print
    /// it from the address of each call.
    headers: HeaderMap,
    headers_with_key: HeaderMap,
}

impl Transport {
    pub(crate) fn new(
        base: Url,
        user_agent: HeaderValue,
        key: Option<&HeaderValue>,
        connection: Connection,
        largest_reply: usize,
    ) -> Self {
        let mut headers = HeaderMap::with_capacity(4);
        headers.extend([
            (header::ACCEPT, HeaderValue::from_static("*/*")),
            // The HTTP client has it as well, for the proxy.
            (header::USER_AGENT, user_agent),
        ]);
        headers.extend(host(&base).map(|host| (header::HOST, host)));
        let mut headers_with_key = headers.clone();
        headers_with_key.extend(key.map(|key| (HeaderName::from_static("x-mbx-apikey"), key.clone())));
        Self { connection, largest_reply, base, headers, headers_with_key }
    }

    /// Returns the headers of a call to the exchange.
    pub(crate) fn headers(&self, access: Access) -> &HeaderMap {
        if access.needs_key() { &self.headers_with_key } else { &self.headers }
    }

    pub(crate) fn url(&self, path: &str, query: &str) -> Url {
        address(&self.base, path, query)
    }

    pub(crate) fn host(&self) -> &str {
        self.base.host_str().unwrap_or_default()
    }

    pub(crate) fn base_url(&self) -> &str {
        self.base.as_str().trim_end_matches('/')
    }

    pub(crate) fn is_loopback(&self) -> bool {
        is_loopback(&self.base)
    }

    pub(crate) fn is_production(&self) -> Result<bool, Error> {
        Ok(self.base == base_url(PRODUCTION_URL)?)
    }
}

/// A user agent that can be sent.
pub(crate) fn user_agent(text: &str) -> Result<HeaderValue, Error> {
    HeaderValue::from_str(text).ok().filter(|_| text.is_ascii()).ok_or_else(|| {
        Error::invalid("the user agent cannot be sent: use ASCII characters on one line, such as my-bot/1.0")
    })
}

/// The host of the exchange as a header names it, with its port unless that is the usual one.
fn host(base: &Url) -> Option<HeaderValue> {
    let host = base.host_str()?;
    let text = base.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    HeaderValue::try_from(text).ok()
}

/// The address of a call. The query is put in as it is: what was signed is what is sent.
fn address(base: &Url, path: &str, query: &str) -> Url {
    let mut url = base.clone();
    match base.path().trim_end_matches('/') {
        "" => url.set_path(path),
        before => url.set_path(&format!("{before}{path}")),
    }
    url.set_query((!query.is_empty()).then_some(query));
    url
}

/// What an address has to be: encrypted, or this machine.
#[derive(Debug)]
pub(crate) struct UrlRule {
    /// What messages call it.
    pub(crate) name: &'static str,
    pub(crate) example: &'static str,
    pub(crate) encrypted_scheme: &'static str,
    /// For loopback addresses only, with its name in messages.
    pub(crate) plain_scheme: (&'static str, &'static str),
}

const BASE_URL: UrlRule = UrlRule {
    name: "base URL",
    example: PRODUCTION_URL,
    encrypted_scheme: "https",
    plain_scheme: ("http", "plain HTTP"),
};

/// An address that requests may go to: HTTPS, or this machine.
pub(crate) fn base_url(text: &str) -> Result<Url, Error> {
    checked_url(text, &BASE_URL)
}

/// An address that keeps a rule. What stands in one that does not is not repeated: it may be a password in the wrong place.
pub(crate) fn checked_url(text: &str, rule: &UrlRule) -> Result<Url, Error> {
    let UrlRule { name, example, encrypted_scheme, plain_scheme: (plain_scheme, plain) } = rule;
    let url =
        Url::parse(text).map_err(|error| Error::setting(format!("the {name} is not one, such as {example}"), error))?;
    if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() {
        return Err(Error::invalid(format!("the {name} must have no user, query or fragment")));
    }
    let scheme = url.scheme();
    if scheme == *encrypted_scheme || (scheme == *plain_scheme && is_loopback(&url)) {
        return Ok(url);
    }
    Err(Error::invalid(if scheme == *plain_scheme {
        format!("the {name} is {plain}, which is accepted for loopback addresses only; use {encrypted_scheme}")
    } else {
        format!("the {name} must start with {encrypted_scheme}://, or {plain_scheme}:// for loopback addresses")
    }))
}

pub(crate) fn is_loopback(url: &Url) -> bool {
    let Some(host) = url.host_str() else { return false };
    host == "localhost" || bare_host(host).parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Returns a host without the brackets that an address of IPv6 has in a URL.
pub(crate) fn bare_host(host: &str) -> &str {
    host.trim_start_matches('[').trim_end_matches(']')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_goes_to_loopback_only() {
        for fine in ["https://papi.binance.com", "http://127.0.0.1:8080", "http://[::1]:1/", "http://localhost:3"] {
            assert!(base_url(fine).is_ok(), "{fine}");
        }
        let refused = [
            "http://papi.binance.com",
            "http://10.0.0.1",
            "http://localhost.example.com",
            "http://127.0.0.1.example.com",
            "ftp://127.0.0.1",
            "papi.binance.com",
            "",
            "https://user:secret@papi.binance.com",
            "https://papi.binance.com?a=b",
        ];
        for bad in refused {
            assert!(base_url(bad).is_err_and(|error| error.is_invalid()), "{bad}");
        }
    }

    #[test]
    fn the_host_has_its_port_unless_that_is_the_usual_one() {
        let host = |base| host(&base_url(base).expect("an address"));
        assert_eq!(host("https://papi.binance.com").expect("a host"), "papi.binance.com");
        assert_eq!(host("https://papi.binance.com:443/").expect("a host"), "papi.binance.com");
        assert_eq!(host("https://papi.binance.com:8443/").expect("a host"), "papi.binance.com:8443");
        assert_eq!(host("http://[::1]:80/").expect("a host"), "[::1]");
        assert_eq!(host("http://[::1]:9/").expect("a host"), "[::1]:9");
    }

    #[test]
    fn an_address_takes_the_query_as_it_is() {
        let base = base_url("http://127.0.0.1:9/").expect("an address");
        let query = "symbol=%E5%B8%81%20a%2Bb~-._&signature=ab%2B%2F%3D";
        assert_eq!(
            address(&base, "/papi/v1/um/order", query).as_str(),
            format!("http://127.0.0.1:9/papi/v1/um/order?{query}")
        );
        assert_eq!(address(&base, "/papi/v1/ping", "").as_str(), "http://127.0.0.1:9/papi/v1/ping");
        let base = base_url("http://127.0.0.1:9/behind/this/").expect("an address");
        assert_eq!(address(&base, "/papi/v1/ping", "").as_str(), "http://127.0.0.1:9/behind/this/papi/v1/ping");
    }
}
