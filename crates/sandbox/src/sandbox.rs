//! A running sandbox and how to start one.

use crate::exchange::Exchange;
use crate::faults::Fault;
use crate::gate::{Credentials, DEMO_KEY, DEMO_SECRET};
use crate::history::History;
use crate::journal::Requests;
use crate::meter::{Limits, Usage};
use crate::orders::PlacedOrder;
use crate::pages::{Pages, RowOrder, Selection};
use crate::past::{Past, PastError};
use crate::public_key::PublicKey;
use crate::scenario::Scenario;
use crate::serve::{Door, Shared, serve};
use papi_types::{Clock, SystemClock};
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// A loopback exchange. It stops when it is dropped.
#[derive(Debug)]
pub struct Sandbox {
    addr: SocketAddr,
    base_url: String,
    seed: u64,
    shared: Arc<Shared>,
    stop: watch::Sender<()>,
    server: JoinHandle<()>,
}

impl Sandbox {
    /// Settings to start one with.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::default()
    }

    /// Where it listens, as the base of request URLs: `http://127.0.0.1:40123`.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// The history of its account, to compare with what a client was served.
    pub fn history(&self) -> History {
        History::new(self.seed)
    }

    /// What it was asked so far.
    pub fn requests(&self) -> Requests {
        self.shared.exchange().requests.clone()
    }

    /// The orders it accepted, oldest first.
    pub fn orders(&self) -> Vec<PlacedOrder> {
        self.shared.exchange().account.orders.accepted()
    }

    /// How many orders it accepted under each client id.
    pub fn executions(&self) -> BTreeMap<String, u64> {
        self.shared.exchange().account.orders.executions().clone()
    }

    /// How far its limits were used.
    pub fn usage(&self) -> Usage {
        self.shared.exchange().meter.usage
    }

    /// Lets something go wrong from now on. When it returns, the fault is there: a port that is to be closed is closed.
    pub fn inject(&self, fault: Fault) {
        self.shared.inject(fault);
    }

    /// Lets nothing go wrong any more: faults that are still to come are forgotten, and connections accepted. What is
    /// hidden or held by now stays so until its time.
    pub fn clear_faults(&self) {
        self.shared.clear_faults();
    }

    /// The past it was given, with all rows that have appeared since.
    pub fn past(&self) -> Past {
        self.shared.exchange().account.past.clone()
    }

    /// Gives histories other rows from now on; those that `past` says nothing about stay as they are.
    pub fn set_past(&self, past: Past) {
        self.shared.exchange().account.past.replace(past);
    }

    /// Adds a row to a history that was given, behind the others of its millisecond.
    ///
    /// # Errors
    ///
    /// When the history was not given, or the row has no time.
    pub fn add_row(&self, path: &str, row: impl Into<String>) -> Result<(), PastError> {
        self.shared.exchange().account.past.add(path, 0, row.into())
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

/// What a sandbox is like. Every setting has a default that suits tests.
#[must_use]
pub struct SandboxBuilder {
    addr: SocketAddr,
    seed: u64,
    past: Past,
    selection: Option<Selection>,
    row_order: Option<RowOrder>,
    clock: Arc<dyn Clock>,
    skew: i64,
    limits: Limits,
    scenario: Option<Scenario>,
    faults: Vec<Fault>,
    key: String,
    secret: String,
    public_key: Option<Vec<u8>>,
}

impl Default for SandboxBuilder {
    fn default() -> Self {
        Self {
            addr: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            seed: 1,
            past: Past::new(),
            selection: None,
            row_order: None,
            clock: Arc::new(SystemClock),
            skew: 0,
            limits: Limits::default(),
            scenario: None,
            faults: Vec::new(),
            key: DEMO_KEY.to_owned(),
            secret: DEMO_SECRET.to_owned(),
            public_key: None,
        }
    }
}

impl SandboxBuilder {
    /// The address to listen on; must be a loopback address. The default is a free port of 127.0.0.1.
    pub fn addr(mut self, addr: SocketAddr) -> Self {
        self.addr = addr;
        self
    }

    /// The seed of the account's history, and of the chance of faults. The default is 1.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Histories with rows of one's own. The default is none: all of the past follows from the seed.
    pub fn past(mut self, past: Past) -> Self {
        self.past = past;
        self
    }

    /// Which rows a full page holds. By default the first ones after the start of the search where it has one, otherwise
    /// the latest; and with numbered pages the latest on the first page.
    pub fn selection(mut self, selection: Selection) -> Self {
        self.selection = Some(selection);
        self
    }

    /// In which order the rows of a page stand. By default oldest first; newest first with numbered pages.
    pub fn row_order(mut self, order: RowOrder) -> Self {
        self.row_order = Some(order);
        self
    }

    /// The exchange's clock. The default is that of this machine.
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// How many milliseconds the exchange's clock, `/fapi/v1/time` included, is ahead of the clock given; behind it when
    /// negative. The default is 0.
    pub fn skew(mut self, millis: i64) -> Self {
        self.skew = millis;
        self
    }

    /// How much is let through, and in which windows of time. The default is what the exchange documents.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The situation it is in. The default is none: all is well.
    pub fn scenario(mut self, scenario: Scenario) -> Self {
        self.scenario = Some(scenario);
        self
    }

    /// What goes wrong, in addition to what was given before. Where several faults meet a request, the first one counts.
    pub fn faults(mut self, faults: impl IntoIterator<Item = Fault>) -> Self {
        self.faults.extend(faults);
        self
    }

    /// The only key that is accepted, and its secret. The default is [`DEMO_KEY`] with [`DEMO_SECRET`].
    pub fn credentials(mut self, key: &str, secret: &str) -> Self {
        key.clone_into(&mut self.key);
        secret.clone_into(&mut self.secret);
        self
    }

    /// The RSA or Ed25519 public key, PEM or DER, that verifies signatures; the secret is not used then. There is none by
    /// default.
    pub fn public_key(mut self, key: impl Into<Vec<u8>>) -> Self {
        self.public_key = Some(key.into());
        self
    }

    /// Starts to listen.
    pub async fn start(self) -> Result<Sandbox, StartError> {
        // It checks a demo key and forgets everything: nothing that others should be able to reach.
        if !self.addr.ip().to_canonical().is_loopback() {
            return Err(StartError::NotLoopback(self.addr));
        }
        let credentials = match self.public_key {
            Some(key) => Credentials::verified_by(&self.key, PublicKey::read(&key).ok_or(StartError::PublicKey)?),
            None => Credentials::new(&self.key, &self.secret),
        };
        let credentials = credentials.ok_or(StartError::KeyFormat)?;
        let door = Door::open_at(self.addr).await.map_err(|source| StartError::Bind { addr: self.addr, source })?;
        let addr = door.addr();

        let mut exchange = Exchange::new(credentials, self.limits, self.seed);
        exchange.account.past = self.past;
        exchange.account.pages = Pages::new(self.seed, self.selection, self.row_order);
        let skew = self.skew.saturating_add(self.scenario.map_or(0, Scenario::skew));
        let shared = Arc::new(Shared::new(exchange, self.clock, skew, door));
        if let Some(scenario) = self.scenario {
            shared.enter(scenario);
        }
        self.faults.into_iter().for_each(|fault| shared.inject(fault));
        let (stop, stopped) = watch::channel(());
        let server = tokio::spawn(serve(Arc::clone(&shared), stopped));
        Ok(Sandbox { addr, base_url: format!("http://{addr}"), seed: self.seed, shared, stop, server })
    }
}

impl fmt::Debug for SandboxBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxBuilder")
            .field("addr", &self.addr)
            .field("seed", &self.seed)
            .field("past", &self.past)
            .field("selection", &self.selection)
            .field("row_order", &self.row_order)
            .field("clock", &self.clock)
            .field("skew", &self.skew)
            .field("limits", &self.limits)
            .field("scenario", &self.scenario)
            .field("faults", &self.faults)
            .finish_non_exhaustive()
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
