//! A running sandbox and how to start one.

use crate::account::PlacedOrder;
use crate::auth::{Credentials, DEMO_KEY, DEMO_SECRET};
use crate::exchange::Exchange;
use crate::faults::Fault;
use crate::meter::{Limits, Usage};
use crate::pages::{Pages, RowOrder, Selection};
use crate::public_key::PublicKey;
use crate::raw_request::STREAM_PATH;
use crate::request_log::RequestLog;
use crate::rows::{GivenRows, GivenRowsError, SeededRows};
use crate::scenario::Scenario;
use crate::serve::{Port, Shared, StreamTiming, Streams, serve};
use papi_types::{Clock, SystemClock};
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// A loopback exchange. It stops when it is dropped.
#[derive(Debug)]
pub struct Sandbox {
    addr: SocketAddr,
    base_url: String,
    shared: Arc<Shared>,
    stop: watch::Sender<()>,
    server: JoinHandle<()>,
}

impl Sandbox {
    /// Returns the settings to start one with.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::default()
    }

    /// Returns where it listens, as the base of request URLs: `http://127.0.0.1:40123`.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Returns the address on which it listens.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Returns the forced closes of its account, to compare with what a client was served.
    pub fn seeded_rows(&self) -> SeededRows {
        self.shared.exchange().account.seeded_rows
    }

    /// Returns the requests that came so far.
    pub fn requests(&self) -> RequestLog {
        self.shared.exchange().requests.clone()
    }

    /// Returns the orders that it accepted, oldest first.
    pub fn orders(&self) -> Vec<PlacedOrder> {
        self.shared.exchange().account.orders.accepted()
    }

    /// Returns how many orders it accepted under each client id.
    pub fn executions(&self) -> BTreeMap<String, u64> {
        self.shared.exchange().account.orders.executions()
    }

    /// Returns the base of the user data stream's URLs, to which `/<listenKey>` is added:
    /// `ws://127.0.0.1:40123/pm/ws`.
    pub fn stream_url(&self) -> String {
        format!("ws://{}{STREAM_PATH}", self.addr)
    }

    /// Returns the events that happened so far, oldest first, whether a connection was there to hear them or not; the
    /// latest 20,000.
    pub fn events(&self) -> Vec<String> {
        self.shared.exchange().told().map(str::to_owned).collect()
    }

    /// Returns how many connections of the stream are open, without those that a fault left half open.
    pub fn streams(&self) -> usize {
        self.shared.streams.count()
    }

    /// Tells a text as an event to all connections of the stream whose key is active, at once. It need not be JSON.
    pub fn emit(&self, event: impl Into<String>) {
        self.shared.emit(event.into());
    }

    /// Returns whether the day that it plays was told to its end; also when it plays none.
    pub fn is_day_over(&self) -> bool {
        self.shared.exchange().is_day_over()
    }

    /// Returns how far its limits were used.
    pub fn usage(&self) -> Usage {
        self.shared.exchange().meter.usage
    }

    /// Injects a fault, which acts from now on. When the call returns, a port that is to be closed is closed.
    pub fn inject(&self, fault: Fault) {
        self.shared.inject(fault);
    }

    /// Removes all faults that are still to come, and accepts connections again. Orders that are hidden and connections
    /// that are held by now stay so until their time.
    pub fn clear_faults(&self) {
        self.shared.clear_faults();
    }

    /// Returns the rows that it was given, with all that have appeared since.
    pub fn given_rows(&self) -> GivenRows {
        self.shared.exchange().account.given_rows.clone()
    }

    /// Gives histories other rows from now on; those that `rows` does not name stay as they are.
    pub fn set_given_rows(&self, rows: GivenRows) {
        self.shared.exchange().account.given_rows.replace(rows);
    }

    /// Adds a row to a history that was given, behind the others of its millisecond.
    ///
    /// # Errors
    ///
    /// When the history was not given, or the row has no time.
    pub fn add_row(&self, path: &str, row: impl Into<String>) -> Result<(), GivenRowsError> {
        self.shared.exchange().account.given_rows.add(path, 0, row.into())
    }

    /// Waits until it stops by itself, which it does only when its runtime does.
    pub async fn wait(&mut self) {
        // A task that has been waited for must not be waited for again.
        if !self.server.is_finished() {
            let _ = (&mut self.server).await;
        }
    }

    /// Closes the port and all connections, and waits until that is done.
    pub async fn shutdown(mut self) {
        self.stop.send_replace(());
        self.wait().await;
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // Its connections belong to the task and end with it.
        self.server.abort();
    }
}

/// The settings of a sandbox. Each has a default that suits tests.
#[derive(Debug)]
#[must_use]
pub struct SandboxBuilder {
    addr: SocketAddr,
    seed: u64,
    given_rows: GivenRows,
    selection: Option<Selection>,
    row_order: Option<RowOrder>,
    clock: Arc<dyn Clock>,
    skew: i64,
    limits: Limits,
    scenario: Option<Scenario>,
    event_delay: Option<Duration>,
    stream_timing: StreamTiming,
    day_within: Option<Duration>,
    faults: Vec<Fault>,
    /// None when the key has the wrong format.
    credentials: Option<Credentials>,
    public_key: Option<Result<PublicKey, StartError>>,
}

impl Default for SandboxBuilder {
    fn default() -> Self {
        Self {
            addr: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            seed: 1,
            given_rows: GivenRows::new(),
            selection: None,
            row_order: None,
            clock: Arc::new(SystemClock),
            skew: 0,
            limits: Limits::default(),
            scenario: None,
            event_delay: None,
            stream_timing: StreamTiming::default(),
            day_within: None,
            faults: Vec::new(),
            credentials: Credentials::new(DEMO_KEY, DEMO_SECRET),
            public_key: None,
        }
    }
}

impl SandboxBuilder {
    /// Sets the address to listen on; it must be a loopback address. The default is a free port of 127.0.0.1.
    pub fn addr(mut self, addr: SocketAddr) -> Self {
        self.addr = addr;
        self
    }

    /// Sets the seed of the account's rows, and of the chance of faults. The default is 1.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Gives rows to histories. The default is none: all rows follow from the seed.
    pub fn given_rows(mut self, rows: GivenRows) -> Self {
        self.given_rows = rows;
        self
    }

    /// Sets which rows a full page holds. By default the first ones after the start of the search where it has one,
    /// otherwise the latest; and with numbered pages the latest on the first page.
    pub fn selection(mut self, selection: Selection) -> Self {
        self.selection = Some(selection);
        self
    }

    /// Sets the order of the rows on a page. By default oldest first; newest first with numbered pages.
    pub fn row_order(mut self, order: RowOrder) -> Self {
        self.row_order = Some(order);
        self
    }

    /// Sets the exchange's clock. The default is that of this machine.
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// Sets how many milliseconds the exchange's clock, `/fapi/v1/time` included, is ahead of the clock given; behind
    /// it when negative. The default is 0.
    pub fn skew(mut self, millis: i64) -> Self {
        self.skew = millis;
        self
    }

    /// Sets the limits of weight and orders, and their windows of time. The default is what the exchange documents.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Sets how long the events of a call wait for its answer to leave first, in real time. The default is 10
    /// milliseconds.
    pub fn event_delay(mut self, delay: Duration) -> Self {
        self.event_delay = Some(delay);
        self
    }

    /// Sets how the connections of the stream are pinged and cut. The default is 3 minutes, 10 minutes and 24 hours.
    pub fn stream_timing(mut self, timing: StreamTiming) -> Self {
        self.stream_timing = timing;
        self
    }

    /// Plays a whole day of the account's history on the stream, once the first connection is open, and within this time
    /// of the exchange's clock. The default is to play none.
    ///
    /// It is the latest day with a cluster of liquidations and auto-deleveraging, so it follows from the seed and the
    /// date, and histories show the same forced closes. The account trades around it, its risk rises before the cluster,
    /// and in the middle of that all connections are cut and the next attempt to open one fails: a client has a gap
    /// there. Events have the times of that day.
    pub fn play_day(mut self, within: Duration) -> Self {
        self.day_within = Some(within);
        self
    }

    /// Sets the situation it is in. The default is none: nothing fails.
    pub fn scenario(mut self, scenario: Scenario) -> Self {
        self.scenario = Some(scenario);
        self
    }

    /// Adds faults to those that were given before. Where several faults match a request, the first one acts.
    pub fn faults(mut self, faults: impl IntoIterator<Item = Fault>) -> Self {
        self.faults.extend(faults);
        self
    }

    /// Sets the only key that is accepted, and its secret. The default is [`DEMO_KEY`] with [`DEMO_SECRET`].
    pub fn credentials(mut self, key: &str, secret: &str) -> Self {
        self.credentials = Credentials::new(key, secret);
        self
    }

    /// Sets the RSA or Ed25519 public key, PEM or DER, that verifies signatures; the secret is not used then. There is
    /// none by default.
    pub fn public_key(mut self, key: impl Into<Vec<u8>>) -> Self {
        self.public_key = Some(PublicKey::read(&key.into()).ok_or(StartError::PublicKey));
        self
    }

    /// Starts to listen.
    pub async fn start(self) -> Result<Sandbox, StartError> {
        // It accepts a demo key and keeps nothing, so other machines must not be able to reach it.
        if !self.addr.ip().to_canonical().is_loopback() {
            return Err(StartError::NotLoopback(self.addr));
        }
        let public_key = self.public_key.transpose()?;
        let mut credentials = self.credentials.ok_or(StartError::KeyFormat)?;
        credentials.public_key = public_key;
        let port = Port::open(self.addr).await.map_err(|source| StartError::Bind { addr: self.addr, source })?;
        let addr = port.addr();

        let mut exchange = Exchange::new(credentials, self.limits, self.seed);
        exchange.account.given_rows = self.given_rows;
        exchange.account.pages = Pages::new(self.seed, self.selection, self.row_order);
        exchange.event_delay = self.event_delay.unwrap_or(exchange.event_delay);
        let skew = self.skew.saturating_add(self.scenario.map_or(0, Scenario::skew));
        let shared = Arc::new(Shared::new(exchange, self.clock, skew, port, Streams::new(self.stream_timing)));
        if let Some(scenario) = self.scenario {
            shared.exchange().enter(scenario, shared.now());
        }
        if let Some(within) = self.day_within {
            shared.exchange().play_day(within, shared.now());
        }
        self.faults.into_iter().for_each(|fault| shared.inject(fault));
        let (stop, stopped) = watch::channel(());
        let server = tokio::spawn(serve(Arc::clone(&shared), stopped));
        Ok(Sandbox { addr, base_url: format!("http://{addr}"), shared, stop, server })
    }
}

/// Why a sandbox did not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The address can be reached from other machines.
    NotLoopback(SocketAddr),
    /// The API key is not one that any request could use.
    KeyFormat,
    /// The public key is no RSA or Ed25519 key, PEM or DER.
    PublicKey,
    /// The address cannot be listened on.
    Bind {
        /// The address.
        addr: SocketAddr,
        /// What the operating system says.
        source: io::Error,
    },
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotLoopback(addr) => {
                write!(f, "the sandbox listens on loopback addresses only, such as 127.0.0.1, and {addr} is not one")
            }
            Self::KeyFormat => f.write_str("the sandbox's API key must be 64 letters and digits"),
            Self::PublicKey => {
                f.write_str("the sandbox's public key must be an RSA or Ed25519 `PUBLIC KEY` in PEM or DER form")
            }
            Self::Bind { addr, .. } => write!(f, "the sandbox cannot listen on {addr}"),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Bind { source, .. } => Some(source),
            Self::NotLoopback(_) | Self::KeyFormat | Self::PublicKey => None,
        }
    }
}
