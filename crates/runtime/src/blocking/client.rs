//! The verbs of the client, each of which waits for its result.

use super::history::History;
use super::runtime_thread::RuntimeThread;
use crate::call::Call;
use crate::clock::ClockOffset;
use crate::error::Error;
use crate::history::{Period, RawRow};
use crate::intents::Intent;
use crate::pending::Pending;
use crate::raw::RawCall;
use crate::reply::Reply;
use crate::settings::ClientBuilder;
use crate::settle::{Patience, SettledIntent, Settlement};
use bytes::Bytes;
use papi_types::{Endpoint, Paged, Timestamp};
use std::fmt;
use std::sync::Arc;

/// A client of one exchange host, for one set of credentials, whose calls wait for their result. Cheap to clone; clones
/// share connections, budget and thread. See [the module](super).
#[derive(Clone)]
pub struct Client {
    client: crate::Client,
    thread: Arc<RuntimeThread>,
}

impl ClientBuilder {
    /// Returns a client whose calls wait for their result; see [`blocking`](crate::blocking).
    ///
    /// # Errors
    ///
    /// As [`build`](Self::build), and invalid when no thread can be started.
    pub fn build_blocking(self) -> Result<Client, Error> {
        Client::new(self.build()?)
    }
}

impl Client {
    /// The client must not have been used: connections belong to the runtime that has opened them.
    fn new(client: crate::Client) -> Result<Self, Error> {
        Ok(Self { client, thread: Arc::new(RuntimeThread::start()?) })
    }

    /// Returns a client of the exchange itself for the credentials in the environment. See
    /// [`Client::from_env`](crate::Client::from_env).
    ///
    /// # Errors
    ///
    /// As there, and invalid when no thread can be started.
    pub fn from_env() -> Result<Self, Error> {
        Self::new(crate::Client::from_env()?)
    }

    /// Returns a builder, to set a client up with. [`build_blocking`](ClientBuilder::build_blocking) ends it.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Returns the same client with other options for its calls.
    #[must_use]
    pub fn with(&self, call: Call) -> Self {
        Self { client: self.client.with(call), thread: self.thread.clone() }
    }

    /// Returns the address requests go to, without a trailing slash.
    pub fn base_url(&self) -> &str {
        self.client.base_url()
    }

    /// Returns the present moment in exchange time, as well as it is known.
    pub fn now(&self) -> Timestamp {
        self.client.now()
    }

    /// Returns how far the exchange's clock is from this machine's, once it is known.
    pub fn clock_offset(&self) -> Option<ClockOffset> {
        self.client.clock_offset()
    }

    /// Asks the exchange for its time. See [`Client::sync_clock`](crate::Client::sync_clock).
    ///
    /// # Errors
    ///
    /// As there.
    pub fn sync_clock(&self) -> Result<ClockOffset, Error> {
        self.thread.wait(self.client.sync_clock())?
    }

    /// See [`Client::ledger_status`](crate::Client::ledger_status).
    ///
    /// # Errors
    ///
    /// As there.
    #[cfg(feature = "redis")]
    #[cfg_attr(docsrs, doc(cfg(feature = "redis")))]
    pub fn ledger_status(&self) -> Result<Option<crate::LedgerStatus>, Error> {
        self.thread.wait(self.client.ledger_status())?
    }

    /// Sends a request and reads its reply.
    ///
    /// # Errors
    ///
    /// See [`Error`] for what each kind means for what you do next. Invalid also when a hook of this client, such as
    /// [`on_notice`](ClientBuilder::on_notice), sends with it from the client's own thread.
    pub fn send<E: Endpoint>(&self, request: &E) -> Result<Reply<E::Reply>, Error> {
        self.thread.wait(self.client.send(request))?
    }

    /// Sends a request without applying its rules. See [`Client::send_unchecked`](crate::Client::send_unchecked).
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send), except for broken rules.
    pub fn send_unchecked<E: Endpoint>(&self, request: &E) -> Result<Reply<E::Reply>, Error> {
        self.thread.wait(self.client.send_unchecked(request))?
    }

    /// Sends a request of a type that is only known at run time. See [`Client::send_dyn`](crate::Client::send_dyn).
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub fn send_dyn(&self, request: &dyn Endpoint) -> Result<Reply<String>, Error> {
        self.thread.wait(self.client.send_dyn(request))?
    }

    /// Sends a call without a type. See [`Client::send_raw`](crate::Client::send_raw).
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send); nothing is checked and nothing decoded.
    pub fn send_raw(&self, call: &RawCall) -> Result<Reply<Bytes>, Error> {
        self.thread.wait(self.client.send_raw(call))?
    }

    /// Asks the exchange what became of a call. See [`Client::settle`](crate::Client::settle).
    ///
    /// # Errors
    ///
    /// As there.
    pub fn settle(&self, pending: &Pending, patience: Patience) -> Result<Settlement, Error> {
        self.thread.wait(self.client.settle(pending, patience))?
    }

    /// Returns the calls that act and of which no end is known. See [`Client::unsettled`](crate::Client::unsettled).
    pub fn unsettled(&self) -> Vec<Intent> {
        self.client.unsettled()
    }

    /// Asks the exchange for each of the unsettled calls. See [`Client::settle_all`](crate::Client::settle_all).
    ///
    /// # Errors
    ///
    /// As there.
    pub fn settle_all(&self, patience: Patience) -> Result<Vec<SettledIntent>, Error> {
        self.thread.wait(self.client.settle_all(patience))?
    }

    /// Ends an intent that is to be asked for no more. See [`Client::forget`](crate::Client::forget).
    ///
    /// # Errors
    ///
    /// As there.
    pub fn forget(&self, intent: &Intent) -> Result<(), Error> {
        self.thread.wait(self.client.forget(intent))?
    }

    /// Returns the whole history of a list within a period, as an iterator over its rows. See
    /// [`Client::history`](crate::Client::history).
    ///
    /// # Errors
    ///
    /// As there.
    pub fn history<E: Paged>(&self, request: &E, period: Period) -> Result<History<E::Row>, Error> {
        Ok(History::new(self.client.history(request, period)?, self.thread.clone()))
    }

    /// Returns the whole history of a list whose type is only known at run time, as the exchange wrote it.
    ///
    /// # Errors
    ///
    /// As [`history`](Self::history), and invalid for an endpoint that has no history.
    pub fn history_dyn(&self, request: &dyn Endpoint, period: Period) -> Result<History<RawRow>, Error> {
        Ok(History::new(self.client.history_dyn(request, period)?, self.thread.clone()))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("blocking::")?;
        self.client.fmt(f)
    }
}
