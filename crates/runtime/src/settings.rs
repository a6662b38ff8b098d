//! How a client is set up: its address, credentials, limits, clock and certificates.

#[cfg(feature = "account-stream")]
use crate::account_stream::StreamPlace;
use crate::call::Call;
use crate::client::Client;
use crate::clock::ExchangeClock;
use crate::connection::{Connection, tls};
use crate::credentials::Credentials;
use crate::environment::required;
use crate::error::Error;
use crate::hook::Hook;
use crate::intents::{IntentLog, IntentSettings, KeptCalls};
use crate::notice::Notice;
use crate::rate_limit::{Account, LedgerStore, LedgerSurroundings, Limits, OpenLedger, RateLimiter};
use crate::reading::{DriftRule, Reading};
use crate::shared::Shared;
#[cfg(papi_simulation)]
use crate::simulation::Network;
#[cfg(all(papi_simulation, feature = "account-stream"))]
use crate::simulation::StreamNetwork;
use crate::tokio_runtime::FitRuntime;
use crate::transport::{PRODUCTION_TIME_URL, PRODUCTION_URL, Transport, USER_AGENT, base_url, is_loopback, user_agent};
use papi_types::error::{BadRow, Drift};
use papi_types::{Clock, SystemClock};
use reqwest::Url;
use reqwest::header::HeaderValue;
use secrecy::SecretString;
use std::path::PathBuf;
use std::sync::Arc;

/// The path of the time on servers other than production.
const TIME_PATH: &str = "/fapi/v1/time";

/// Sets up a [`Client`]. Everything has a default; without credentials only calls that need none work.
#[derive(Debug, Clone)]
#[must_use]
pub struct ClientBuilder {
    reading: Reading,
    base_url: String,
    user_agent: String,
    credentials: Option<Credentials>,
    limits: Limits,
    shared_ledger: Option<LedgerStore>,
    intents: IntentSettings,
    call: Call,
    clock: Arc<dyn Clock>,
    time: TimeSource,
    on_notice: Hook<Notice>,
    /// May hold a password.
    proxy: Option<SecretString>,
    root_certificates: Vec<Vec<u8>>,
    largest_reply: usize,
    #[cfg(papi_simulation)]
    network: Option<Network>,
    #[cfg(all(papi_simulation, feature = "account-stream"))]
    stream_network: Option<StreamNetwork>,
    #[cfg(feature = "account-stream")]
    stream_url: Option<String>,
}

/// The default of [`ClientBuilder::largest_reply`]. The largest documented replies are some megabytes.
const LARGEST_REPLY: usize = 64 << 20;

/// The source of the exchange's time.
#[derive(Debug, Clone)]
enum TimeSource {
    /// [`PRODUCTION_TIME_URL`] for production, else the server itself: no other server is asked than the caller named.
    Usual,
    Url(String),
    ThisMachine,
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            reading: Reading::default(),
            base_url: PRODUCTION_URL.to_owned(),
            user_agent: USER_AGENT.to_owned(),
            credentials: None,
            limits: Limits::default(),
            shared_ledger: None,
            intents: IntentSettings::default(),
            call: Call::default(),
            clock: Arc::new(SystemClock),
            time: TimeSource::Usual,
            on_notice: Hook::default(),
            proxy: None,
            root_certificates: Vec::new(),
            largest_reply: LARGEST_REPLY,
            #[cfg(papi_simulation)]
            network: None,
            #[cfg(all(papi_simulation, feature = "account-stream"))]
            stream_network: None,
            #[cfg(feature = "account-stream")]
            stream_url: None,
        }
    }
}

impl Client {
    /// Returns a client of the exchange itself for the credentials in the environment, with defaults for everything else.
    /// [`Credentials::from_env`] says which variables are read. Only credentials come from the environment: another address
    /// is given to [`builder`](Self::builder), and `PAPI_BASE_URL` is for the command line alone.
    ///
    /// # Errors
    ///
    /// Invalid when no key is set, or as for [`Credentials::from_env`].
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().credentials(required(Credentials::from_env()?)?).build()
    }

    /// Returns a builder, to set a client up with.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }
}

impl ClientBuilder {
    /// Sets where to send. Default [`PRODUCTION_URL`]. Plain `http://` is accepted for loopback addresses only.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// Sets the `User-Agent` of each request, such as `my-bot/1.0`: ASCII on one line. Default `binance-papi/` and the
    /// version of this library. The exchange does not ask for it.
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.user_agent = name.into();
        self
    }

    /// Sets the API key and what signs for it.
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = Some(credentials);
        self
    }

    /// Sets what the exchange allows. Lower it when others share this machine's IP address.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Shares the budget with all clients that name the same [`LedgerStore`]: a path is a file, for the processes of this
    /// machine; `LedgerStore::redis` is a server, for many hosts. Default: each client has its own.
    ///
    /// Clients of one address share weight, and what a throttling answer says; each account has its own orders. Give all of
    /// them the same [`limits`](Self::limits), because each keeps to its own. What a process reserved and then ended is
    /// free again a window after its attempt would have timed out.
    ///
    /// A ledger that cannot be used when the client is built is an error of [`build`](Self::build). One that fails later
    /// costs the sharing: [`on_notice`](Self::on_notice) hears of it, and the client goes on by itself, as its store says.
    pub fn shared_ledger(mut self, store: impl Into<LedgerStore>) -> Self {
        self.shared_ledger = Some(store.into());
        self
    }

    /// Keeps the intents of calls that act in a file, so that none is forgotten when the process ends between sending and
    /// reading. Default: none are kept.
    ///
    /// Before a call with effect `once` leaves, its method, path, parameters, account and timestamp are written to the file
    /// and forced to the disk, and so is each further attempt; calls that begin at the same time share that. What became of
    /// it is added after the answer. When the intent cannot be made durable the call does not leave: the error is
    /// [`NotSent`](crate::ErrorKind::NotSent). After a restart, [`Client::unsettled`] lists the calls without an end, and
    /// [`Client::settle_all`] asks for them.
    ///
    /// The file is made when it is not there; its folder is not. It belongs to one client and its clones: a second one, of
    /// this process or another, is refused and told whose it is; a file beside it, with `.lock` behind its name, says so and
    /// stays. Only its owner can read it (rights 0600; wider ones are taken away). It holds no key, no secret and no
    /// signature, but a part of a hash of the API key. Each line is JSON with a checksum. A line that was not finished is cut
    /// off, a damaged one stays, and [`on_notice`](Self::on_notice) hears of both when the client is built. When it has grown beyond
    /// 4 MiB, it is written anew with what has no end.
    ///
    /// An order waits for the disk once, and those that begin meanwhile wait together; everything else about its intent is two short
    /// writes and a change of threads. `cargo run --release -p binance-papi --example durable_intents -- FOLDER 2000` measures all of it on the
    /// disk of a folder; one in memory, such as `/dev/shm`, shows it without the waiting. What the disk takes comes off the recv
    /// window: the timestamp that is sent is the one in the file.
    ///
    /// Give it a disk of this machine. A call that is settled by other means than those of this client keeps its intent until
    /// [`Client::forget`].
    pub fn intents(mut self, path: impl Into<PathBuf>) -> Self {
        self.intents.path = Some(path.into());
        self
    }

    /// Keeps the intents of calls that may be repeated as well, such as cancels. Default: only of those that act on every
    /// arrival. Without [`intents`](Self::intents) it does nothing.
    pub fn intents_of_idempotent_calls(mut self) -> Self {
        self.intents.kept = KeptCalls::All;
        self
    }

    /// Sets the options of all calls of the client. [`Client::with`] gives a client with others, for some calls.
    ///
    /// ```
    /// use binance_papi::{Call, Client};
    ///
    /// # fn main() -> Result<(), binance_papi::Error> {
    /// // No call is sent twice, and none may be received later than a second after it was stamped.
    /// let strict = Call { attempts: 1, recv_window: std::time::Duration::from_secs(1), ..Call::default() };
    /// let client = Client::builder().defaults(strict).build()?;
    /// # Ok(()) }
    /// ```
    pub fn defaults(mut self, call: Call) -> Self {
        self.call = call;
        self
    }

    /// Sets where the present moment comes from. Default this machine's clock.
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// Sets the address that tells the exchange's time, as `{"serverTime": 1792000000000}`. Default [`PRODUCTION_TIME_URL`]; with another
    /// base URL `/fapi/v1/time` of that server. When no server answers, this machine's clock counts, and
    /// [`on_notice`](Self::on_notice) hears of it once.
    pub fn time_url(mut self, url: impl Into<String>) -> Self {
        self.time = TimeSource::Url(url.into());
        self
    }

    /// Trusts this machine's clock, or the one given to [`clock`](Self::clock): no server is asked for the time.
    pub fn trust_clock(mut self) -> Self {
        self.time = TimeSource::ThisMachine;
        self
    }

    /// Sets a function that is told of each [`Notice`]: a call waits for budget or is sent again, the time
    /// is not known. With the cargo feature `tracing` the same become events.
    pub fn on_notice(mut self, tell: impl Fn(&Notice) + Send + Sync + 'static) -> Self {
        self.on_notice = Hook::new(tell);
        self
    }

    /// Sets a proxy for everything but loopback, such as `http://10.0.0.1:3128`. Default none; the environment is not
    /// asked.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = Some(SecretString::from(url.into()));
        self
    }

    /// Trusts further root certificates, in PEM. The usual roots are built in.
    pub fn root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.root_certificates.push(pem.into());
        self
    }

    /// Sets how many bytes the body of an answer may have. Default 64 MiB, many times the largest documented reply. An
    /// answer that is longer is not read to its end, and counts as one whose connection broke: see
    /// [`ErrorKind::Unknown`](crate::ErrorKind::Unknown).
    pub fn largest_reply(mut self, bytes: usize) -> Self {
        self.largest_reply = bytes;
        self
    }

    /// Sets where the stream of the account's events is: `/ws/` and the listen key follow. Default
    /// [`PRODUCTION_STREAM_URL`](crate::PRODUCTION_STREAM_URL) with production's base URL, else `/pm` on the host and port of
    /// the base URL. Plain `ws://` is accepted for loopback addresses only.
    #[cfg(feature = "account-stream")]
    pub fn stream_url(mut self, url: impl Into<String>) -> Self {
        self.stream_url = Some(url.into());
        self
    }

    /// Gives the good rows of a list that has bad ones, and reports those to `report`. Without it, a bad row makes the
    /// call an error that still holds everything: see [`Error::good_rows`] and [`Error::bad_rows`].
    pub fn lenient(mut self, report: impl Fn(&BadRow) + Send + Sync + 'static) -> Self {
        self.reading.on_bad_row = Hook::new(report);
        self
    }

    /// Reports fields and words of replies that this version does not know. It does not fail the call;
    /// [`refuse_drift`](Self::refuse_drift) does.
    pub fn on_drift(mut self, report: impl Fn(&Drift) + Send + Sync + 'static) -> Self {
        self.reading.on_drift = Hook::new(report);
        self
    }

    /// Makes fields and words of replies that this version does not know an error, as a reply that cannot be read is.
    /// This does not apply to calls with effect `once`: their reply says that they were executed, even when something in it
    /// is new.
    pub fn refuse_drift(mut self) -> Self {
        self.reading.drift = DriftRule::Refuse;
        self
    }

    /// Sends everything through a simulated network instead of HTTP.
    #[cfg(papi_simulation)]
    pub fn simulated(mut self, network: Network) -> Self {
        self.network = Some(network);
        self
    }

    /// Connects streams by a function instead of sockets.
    #[cfg(all(papi_simulation, feature = "account-stream"))]
    pub fn simulated_stream(mut self, network: StreamNetwork) -> Self {
        self.stream_network = Some(network);
        self
    }

    /// Returns the client.
    ///
    /// # Errors
    ///
    /// Invalid when an address, the user agent, a proxy, a certificate, a shared ledger or the file of the intents cannot be
    /// used.
    pub fn build(self) -> Result<Client, Error> {
        let (base, user_agent) = (base_url(&self.base_url)?, user_agent(&self.user_agent)?);
        let tls = tls(&self.root_certificates)?;
        let connection = self.connection(&base, &user_agent, &tls)?;
        let account = self.credentials.as_ref().map_or(Account::NONE, Credentials::account);
        let around = LedgerSurroundings {
            limits: self.limits,
            account,
            clock: self.clock.clone(),
            tls: &tls,
            on_notice: self.on_notice.clone(),
        };
        let ledger = OpenLedger::open(self.shared_ledger, around)?;
        let key = self.credentials.as_ref().map(|credentials| &credentials.key);
        let transport = Transport::new(base, user_agent.clone(), key, connection, self.largest_reply);
        #[cfg(feature = "account-stream")]
        let stream_place = StreamPlace::new(
            self.stream_url.as_deref(),
            (transport.base_url(), transport.is_production()?),
            user_agent,
            self.proxy.as_ref(),
            tls,
        )?;
        #[cfg(all(papi_simulation, feature = "account-stream"))]
        let stream_place = stream_place.simulated(self.stream_network);
        let time_url = match &self.time {
            TimeSource::Usual if transport.is_production()? => Some(base_url(PRODUCTION_TIME_URL)?),
            TimeSource::Usual => Some(transport.url(TIME_PATH, "")),
            TimeSource::Url(url) => Some(base_url(url)?),
            TimeSource::ThisMachine => None,
        };
        let intents = IntentLog::open(self.intents, account, transport.host())?.map(|(log, findings)| {
            for finding in findings {
                self.on_notice.notify(&Notice::Intents { path: log.path().display().to_string(), finding });
            }
            log
        });
        let shared = Shared {
            transport,
            intents,
            credentials: self.credentials,
            limiter: RateLimiter::new(self.limits, account, self.clock.clone(), ledger),
            reading: self.reading,
            clock: ExchangeClock::new(self.clock, time_url),
            on_notice: self.on_notice,
            fit_runtime: FitRuntime::default(),
            #[cfg(feature = "account-stream")]
            stream_place,
        };
        Ok(Client::new(shared, self.call))
    }

    fn connection(
        &self,
        base: &Url,
        user_agent: &HeaderValue,
        tls: &rustls::ClientConfig,
    ) -> Result<Connection, Error> {
        #[cfg(papi_simulation)]
        if let Some(network) = &self.network {
            return Ok(Connection::Simulated(network.clone()));
        }
        // A proxy is for everything but loopback.
        let proxy = self.proxy.as_ref().filter(|_| !is_loopback(base));
        Connection::http(user_agent.clone(), proxy, tls)
    }
}
