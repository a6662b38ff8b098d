//! How a client is set up: where to, as whom, within which limits, trusting whom.

use crate::client::Shared;
use crate::clock::ExchangeClock;
use crate::limit::{Account, Books, Budget};
use crate::notice::Listener;
use crate::reading::{OnDrift, Reading, Report};
use crate::{Call, Client, Credentials, Error, Limits, Notice};
use papi_types::{BadRow, Clock, Drift, SystemClock};
use reqwest::Url;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use secrecy::{ExposeSecret as _, SecretString};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// The exchange itself.
pub const PRODUCTION_URL: &str = "https://papi.binance.com";

/// Who tells the time of the exchange: Portfolio Margin has no such call, the futures host has.
pub const PRODUCTION_TIME_URL: &str = "https://fapi.binance.com/fapi/v1/time";

/// The path of the time on other servers.
const TIME_PATH: &str = "/fapi/v1/time";

const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

/// Sets up a [`Client`]. Everything has a default; without credentials only calls that need none work.
#[derive(Debug, Clone)]
#[must_use]
pub struct ClientBuilder {
    reading: Reading,
    base_url: String,
    credentials: Option<Credentials>,
    limits: Limits,
    shared_ledger: Option<PathBuf>,
    call: Call,
    clock: Arc<dyn Clock>,
    time: TimeSource,
    listener: Listener,
    /// May hold a password.
    proxy: Option<SecretString>,
    root_certificates: Vec<Vec<u8>>,
}

/// Who is asked for the exchange's time.
#[derive(Debug, Clone)]
enum TimeSource {
    /// [`PRODUCTION_TIME_URL`] for production, else the server itself: nobody is asked whom the caller did not name.
    Usual,
    Url(String),
    ThisMachine,
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            reading: Reading::default(),
            base_url: PRODUCTION_URL.to_owned(),
            credentials: None,
            limits: Limits::default(),
            shared_ledger: None,
            call: Call::default(),
            clock: Arc::new(SystemClock),
            time: TimeSource::Usual,
            listener: Listener::default(),
            proxy: None,
            root_certificates: Vec::new(),
        }
    }
}

impl ClientBuilder {
    /// Where to send. Default [`PRODUCTION_URL`]. Plain `http://` is accepted for loopback addresses only.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// As whom to ask.
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = Some(credentials);
        self
    }

    /// What the exchange allows. Lower it when others share this machine's IP address.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Shares the budget with all processes of this machine that name the same file. Default: each client has its own.
    ///
    /// The file is made when it is not there; its folder is not. It holds weights, times and a hash of each API key,
    /// never a key. Clients of one address share weight, and a closed door; each account has its own orders. Give all of
    /// them the same [`limits`](Self::limits), because each keeps to its own. What a process reserved and then ended is
    /// free again a window after its attempt would have timed out. A file that cannot be used costs nothing but the
    /// sharing: the client keeps to its own budget from then on.
    ///
    /// Every process needs this machine's clock, and the file a disk of this machine. Deleting it is safe when nobody
    /// uses it.
    pub fn shared_ledger(mut self, path: impl Into<PathBuf>) -> Self {
        self.shared_ledger = Some(path.into());
        self
    }

    /// The options of calls that have none of their own.
    pub fn defaults(mut self, call: Call) -> Self {
        self.call = call;
        self
    }

    /// Where the present moment comes from. Default this machine's clock.
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// Who tells the exchange's time, as `{"serverTime": 1792000000000}`. Default [`PRODUCTION_TIME_URL`]; with another
    /// base URL `/fapi/v1/time` of that server. When nobody answers, this machine's clock counts, and
    /// [`on_notice`](Self::on_notice) hears of it once.
    pub fn time_url(mut self, url: impl Into<String>) -> Self {
        self.time = TimeSource::Url(url.into());
        self
    }

    /// Trusts this machine's clock, or the one given to [`clock`](Self::clock): nobody is asked for the time.
    pub fn trust_clock(mut self) -> Self {
        self.time = TimeSource::ThisMachine;
        self
    }

    /// Tells what is no error but worth knowing: a call waits for budget or is sent again, nobody tells the time.
    /// With the cargo feature `tracing` the same becomes events.
    pub fn on_notice(mut self, tell: impl Fn(&Notice) + Send + Sync + 'static) -> Self {
        self.listener = Listener::new(tell);
        self
    }

    /// A proxy for everything but loopback, such as `http://10.0.0.1:3128`. Default none; the environment is not asked.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = Some(SecretString::from(url.into()));
        self
    }

    /// Trusts further root certificates, in PEM. The usual roots are built in.
    pub fn root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.root_certificates.push(pem.into());
        self
    }

    /// Gives the good rows of a list that has bad ones, and reports those to `report`. Without it, a bad row makes the
    /// call an error that still holds everything: see [`Error::good_rows`] and [`Error::bad_rows`].
    pub fn lenient(mut self, report: impl Fn(&BadRow) + Send + Sync + 'static) -> Self {
        self.reading.on_bad_row = Some(Report(Arc::new(report)));
        self
    }

    /// Reports fields and words of replies that this version does not know. It does not fail the call;
    /// [`refuse_drift`](Self::refuse_drift) does.
    pub fn on_drift(mut self, report: impl Fn(&Drift) + Send + Sync + 'static) -> Self {
        self.reading.report_drift = Some(Report(Arc::new(report)));
        self
    }

    /// Makes fields and words of replies that this version does not know an error, as a reply that cannot be read is.
    /// Calls with effect `once` are spared: their reply says that they were executed, whatever else it says.
    pub fn refuse_drift(mut self) -> Self {
        self.reading.drift = OnDrift::Refuse;
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// Invalid when an address, a proxy or a certificate cannot be used.
    pub fn build(self) -> Result<Client, Error> {
        let base = base_url(&self.base_url)?;
        let mut http = reqwest::Client::builder()
            .tls_backend_preconfigured(self.tls()?)
            .connect_timeout(CONNECT_TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .user_agent(concat!("binance-papi/", env!("CARGO_PKG_VERSION")))
            .no_proxy();
        if let Some(proxy) = self.proxy.as_ref().filter(|_| !is_loopback(&base)) {
            let proxy = reqwest::Proxy::all(proxy.expose_secret())
                .map_err(|error| Error::setting("the proxy address is not one", error.without_url()))?;
            http = http.proxy(proxy);
        }
        let http =
            http.build().map_err(|error| Error::setting("the HTTP client cannot be set up", error.without_url()))?;
        let time_url = match &self.time {
            TimeSource::Usual if base == base_url(PRODUCTION_URL)? => Some(base_url(PRODUCTION_TIME_URL)?),
            TimeSource::Usual => Some(address(&base, TIME_PATH, "")),
            TimeSource::Url(url) => Some(base_url(url)?),
            TimeSource::ThisMachine => None,
        };
        let account = self.credentials.as_ref().map_or(Account::NOBODY, |credentials| Account::of(credentials.key()));
        let books = self.books();
        let shared = Shared {
            transport: Transport { http, base },
            credentials: self.credentials,
            budget: Budget::new(self.limits, account, self.clock.clone(), books),
            reading: self.reading,
            clock: ExchangeClock::new(self.clock, time_url),
            listener: self.listener,
        };
        Ok(Client::new(shared, self.call))
    }

    fn books(&self) -> Books {
        let listener = self.listener.clone();
        let on_degraded: Report<io::Error> = Report(Arc::new(move |error| {
            listener.tell(&Notice::LedgerUnavailable { reason: error.to_string() });
        }));
        match self.shared_ledger.clone() {
            Some(path) => Books::shared(path, self.clock.as_ref(), on_degraded),
            None => Books::own(self.clock.as_ref()),
        }
    }

    fn tls(&self) -> Result<rustls::ClientConfig, Error> {
        let mut roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        for pem in &self.root_certificates {
            let mut found = false;
            for certificate in CertificateDer::pem_slice_iter(pem) {
                let certificate =
                    certificate.map_err(|error| Error::setting("a root certificate is not PEM", error))?;
                roots.add(certificate).map_err(|error| Error::setting("a root certificate cannot be used", error))?;
                found = true;
            }
            if !found {
                return Err(Error::invalid("a root certificate is not PEM: it contains no certificate"));
            }
        }
        rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map(|config| config.with_root_certificates(roots).with_no_client_auth())
            .map_err(|error| Error::setting("TLS cannot be set up", error))
    }
}

/// Where to send, and with what.
#[derive(Debug, Clone)]
pub(crate) struct Transport {
    pub(crate) http: reqwest::Client,
    base: Url,
}

impl Transport {
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
}

/// The address of a call. The query is put in as it is: what was signed is what is sent.
fn address(base: &Url, path: &str, query: &str) -> Url {
    let mut url = base.clone();
    url.set_path(&format!("{}{path}", base.path().trim_end_matches('/')));
    url.set_query((!query.is_empty()).then_some(query));
    url
}

fn base_url(text: &str) -> Result<Url, Error> {
    let url = Url::parse(text)
        .map_err(|error| Error::setting(format!("the base URL is not one, such as {PRODUCTION_URL}"), error))?;
    if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() {
        return Err(Error::invalid("the base URL must have no user, query or fragment"));
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        "http" => Err(Error::invalid(format!(
            "the base URL to {} is plain HTTP, which is accepted for loopback addresses only; use https",
            url.host_str().unwrap_or_default()
        ))),
        other => Err(Error::invalid(format!("the base URL must start with https, not {other}"))),
    }
}

fn is_loopback(url: &Url) -> bool {
    let Some(host) = url.host_str() else { return false };
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
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
    fn an_address_takes_the_query_as_it_is() {
        let base = base_url("http://127.0.0.1:9/").expect("an address");
        let query = "symbol=%E5%B8%81%20a%2Bb~-._&signature=ab%2B%2F%3D";
        assert_eq!(
            address(&base, "/papi/v1/um/order", query).as_str(),
            format!("http://127.0.0.1:9/papi/v1/um/order?{query}")
        );
        assert_eq!(address(&base, "/papi/v1/ping", "").as_str(), "http://127.0.0.1:9/papi/v1/ping");
    }
}
