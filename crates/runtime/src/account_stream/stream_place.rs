//! Where the stream is, and what a connection to it needs: the address, TLS, the proxy.

use super::connection_budget::ConnectionBudget;
use super::listen_key::ListenKey;
#[cfg(papi_simulation)]
use super::simulated::StreamNetwork;
use crate::error::Error;
use crate::transport::{PRODUCTION_STREAM_URL, UrlRule, checked_url, is_loopback};
use reqwest::Url;
use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret as _, SecretString};
use std::fmt;
use std::sync::Arc;

/// The path before `/ws/<listenKey>` on servers other than production.
const PATH: &str = "/pm";

/// Where the account's stream is.
pub(crate) struct StreamPlace {
    pub(super) base: Url,
    pub(super) user_agent: HeaderValue,
    /// None for loopback.
    pub(super) proxy: Option<SecretString>,
    pub(super) tls: Arc<rustls::ClientConfig>,
    pub(super) budget: ConnectionBudget,
    #[cfg(papi_simulation)]
    pub(super) network: Option<StreamNetwork>,
}

impl StreamPlace {
    /// Without an address of its own it is beside the calls: on the production host for production's calls, else on their
    /// own host and port.
    pub(crate) fn new(
        url: Option<&str>,
        (calls, is_production): (&str, bool),
        user_agent: HeaderValue,
        proxy: Option<&SecretString>,
        tls: rustls::ClientConfig,
    ) -> Result<Self, Error> {
        let base = match url {
            Some(url) => stream_url(url)?,
            None if is_production => stream_url(PRODUCTION_STREAM_URL)?,
            None => beside(calls)?,
        };
        Ok(Self {
            user_agent,
            proxy: proxy.filter(|_| !is_loopback(&base)).cloned(),
            tls: Arc::new(tls),
            budget: ConnectionBudget::default(),
            base,
            #[cfg(papi_simulation)]
            network: None,
        })
    }

    /// Connects by a function instead of sockets, when there is one.
    #[cfg(papi_simulation)]
    pub(crate) fn simulated(self, network: Option<StreamNetwork>) -> Self {
        Self { network, ..self }
    }

    /// Returns the address without the key.
    pub(crate) fn url(&self) -> &str {
        self.base.as_str().trim_end_matches('/')
    }

    pub(super) fn host(&self) -> &str {
        self.base.host_str().unwrap_or_default()
    }

    pub(super) fn port(&self) -> u16 {
        self.base.port().unwrap_or(if self.is_encrypted() { 443 } else { 80 })
    }

    pub(super) fn is_encrypted(&self) -> bool {
        self.base.scheme() == "wss"
    }

    /// Returns the path of the stream with this key, which is a secret.
    pub(super) fn path(&self, key: &ListenKey) -> SecretString {
        let before = self.base.path().trim_end_matches('/');
        let key = papi_types::percent_encode(key.expose());
        SecretString::from(format!("{before}/ws/{key}"))
    }
}

impl fmt::Debug for StreamPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamPlace")
            .field("url", &self.url())
            .field("is_behind_proxy", &self.proxy.as_ref().is_some_and(|proxy| !proxy.expose_secret().is_empty()))
            .finish_non_exhaustive()
    }
}

const STREAM_URL: UrlRule = UrlRule {
    name: "stream URL",
    example: PRODUCTION_STREAM_URL,
    encrypted_scheme: "wss",
    plain_scheme: ("ws", "plain ws"),
};

/// An address that a stream may be at: encrypted, or this machine.
fn stream_url(text: &str) -> Result<Url, Error> {
    checked_url(text, &STREAM_URL)
}

/// The address on the host of the calls.
fn beside(calls: &str) -> Result<Url, Error> {
    let mut url = match calls.split_once("://") {
        Some(("https", rest)) => stream_url(&format!("wss://{rest}"))?,
        Some((_, rest)) => stream_url(&format!("ws://{rest}"))?,
        None => stream_url(calls)?,
    };
    url.set_path(PATH);
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_ws_goes_to_loopback_only() {
        for fine in [PRODUCTION_STREAM_URL, "ws://127.0.0.1:8080/pm", "ws://[::1]:1", "ws://localhost:3/any/path"] {
            assert!(stream_url(fine).is_ok(), "{fine}");
        }
        let refused = [
            "ws://fstream.binance.com/pm",
            "ws://10.0.0.1",
            "ws://localhost.example.com",
            "https://fstream.binance.com/pm",
            "fstream.binance.com",
            "",
            "wss://user:secret@fstream.binance.com",
            "wss://fstream.binance.com/pm?key=a",
        ];
        for bad in refused {
            let error = stream_url(bad).expect_err(bad);
            assert!(error.is_invalid() && !error.to_string().contains("secret"), "{bad}: {error}");
        }
    }

    #[test]
    fn a_stream_is_beside_its_calls_and_its_key_does_not_print() {
        let place = |url, calls| {
            let tls = crate::connection::tls(&[]).expect("TLS");
            StreamPlace::new(url, calls, HeaderValue::from_static("me/1"), None, tls).expect("a place")
        };
        let production = place(None, ("https://papi.binance.com", true));
        assert_eq!(production.url(), "wss://fstream.binance.com/pm");
        let elsewhere = place(None, ("http://127.0.0.1:8080/behind/this", false));
        assert_eq!(elsewhere.url(), "ws://127.0.0.1:8080/pm");
        assert_eq!(place(None, ("https://example.com:8443", false)).url(), "wss://example.com:8443/pm");
        let own = place(Some("ws://localhost:9/"), ("https://papi.binance.com", true));
        let path = own.path(&ListenKey::new("the-key"));
        assert_eq!(path.expose_secret(), "/ws/the-key");
        assert!(!format!("{own:?}{path:?}{:?}", ListenKey::new("the-key")).contains("the-key"));
    }
}
