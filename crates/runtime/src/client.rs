//! The client: one verb, in four forms.

use crate::clock::{ExchangeClock, Probed};
use crate::history::{History, Period, RawRow, Setup};
use crate::limit::Budget;
use crate::notice::Listener;
use crate::prepared::Prepared;
use crate::reading::Reading;
use crate::settings::Transport;
use crate::story::Story;
use crate::{Call, ClientBuilder, ClockOffset, Credentials, Error, Notice, RawCall, Reply};
use bytes::Bytes;
use papi_types::{Endpoint, Invalid, Paged, Timestamp};
use std::sync::Arc;

/// A client of one exchange host, for one set of credentials. Cheap to clone; clones share connections and budget.
///
/// ```no_run
/// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
/// use binance_papi::{Client, Credentials, um};
///
/// let credentials = Credentials::from_env()?.ok_or("set BINANCE_API_KEY and BINANCE_API_SECRET")?;
/// let client = Client::builder().credentials(credentials).build()?;
/// let orders = client.send(&um::ForceOrders::new().symbol("BTCUSDT")).await?.data;
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
pub struct Client {
    shared: Arc<Shared>,
    call: Call,
}

/// What a client and its clones share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) transport: Transport,
    pub(crate) credentials: Option<Credentials>,
    pub(crate) budget: Budget,
    pub(crate) reading: Reading,
    pub(crate) clock: ExchangeClock,
    pub(crate) listener: Listener,
}

impl Client {
    /// A client to be set up.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    pub(crate) fn new(shared: Shared, call: Call) -> Self {
        Self { shared: Arc::new(shared), call }
    }

    /// The same client with other options for its calls: `client.with(Call { attempts: 1, ..Call::default() }).send(..)`.
    #[must_use]
    pub fn with(&self, call: Call) -> Self {
        Self { shared: self.shared.clone(), call }
    }

    /// The address requests go to, without a trailing slash.
    pub fn base_url(&self) -> &str {
        self.shared.transport.base_url()
    }

    /// The host requests go to.
    pub fn host(&self) -> &str {
        self.shared.transport.host()
    }

    /// Whether requests stay on this machine.
    pub fn is_loopback(&self) -> bool {
        self.shared.transport.is_loopback()
    }

    /// Where the exchange's time is asked for; none when this machine's clock is trusted.
    pub fn time_url(&self) -> Option<&str> {
        self.shared.clock.address()
    }

    /// The present moment in exchange time, as well as it is known: this machine's clock and the estimated offset.
    pub fn now(&self) -> Timestamp {
        self.shared.clock.now()
    }

    /// How far the exchange's clock is from this machine's; none before the first signed call or
    /// [`sync_clock`](Self::sync_clock), and none when nobody told the time.
    pub fn clock_offset(&self) -> Option<ClockOffset> {
        self.shared.clock.offset()
    }

    /// Asks the exchange for its time, some times over, and uses the median from now on.
    ///
    /// A client does this by itself before its first signed call, every ten minutes beside its calls, and when the
    /// exchange refuses a timestamp. Call it when the first order must not wait for it.
    ///
    /// # Errors
    ///
    /// Not sent when nobody tells the time, invalid when the client was told to trust this machine's clock.
    pub async fn sync_clock(&self) -> Result<ClockOffset, Error> {
        if self.time_url().is_none() {
            return Err(Error::invalid("this client trusts its machine's clock"));
        }
        match self.synchronise().await {
            Probed::Estimated(offset) => Ok(offset),
            Probed::Unreachable { reason } => Err(Error::no_time(&reason)),
        }
    }

    pub(crate) async fn synchronise(&self) -> Probed {
        let (clock, probed) = (&self.shared.clock, self.shared.clock.probe(&self.shared.transport.http).await);
        if let Probed::Unreachable { reason } = &probed
            && let Some(url) = clock.address()
            && clock.is_first_failure()
        {
            self.tell(&Notice::ClockUnreachable { url: url.to_owned(), reason: reason.clone() });
        }
        probed
    }

    pub(crate) fn tell(&self, notice: &Notice) {
        self.shared.listener.tell(notice);
    }

    pub(crate) fn call(&self) -> &Call {
        &self.call
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }

    /// Sends a request and reads its reply.
    ///
    /// # Errors
    ///
    /// See [`Error`] for what each kind means for what you do next.
    pub async fn send<E: Endpoint>(&self, request: &E) -> Result<Reply<E::Reply>, Error> {
        request.check(self.now()).map_err(|invalid| broken(request, invalid))?;
        self.send_unchecked(request).await
    }

    /// Sends a request whatever its rules say, for when the exchange has changed its mind since they were written.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send), except for broken rules.
    pub async fn send_unchecked<E: Endpoint>(&self, request: &E) -> Result<Reply<E::Reply>, Error> {
        self.run(&Prepared::of(request), &|body| self.shared.reading.typed(request, body)).await
    }

    /// Sends a request of a type that is only known at run time, such as one out of `ENDPOINTS`. The reply is read into
    /// its type and printed back as JSON.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub async fn send_dyn(&self, request: &dyn Endpoint) -> Result<Reply<String>, Error> {
        request.check(self.now()).map_err(|invalid| broken(request, invalid))?;
        self.run(&Prepared::of(request), &|body| self.shared.reading.json(request, body)).await
    }

    /// The whole history of a list within a period: every row once, in order of time. See [`crate::history`].
    ///
    /// # Errors
    ///
    /// Invalid when the request breaks a rule, or sets what the walk sets: the ends of the window, a page, a cap. Ends that
    /// the request cannot do without count for nothing. Nothing is sent before the history is polled.
    pub fn history<E: Paged>(&self, request: &E, period: Period) -> Result<History<E::Row>, Error> {
        Ok(History::typed(self, Setup::of(request, self.now())?, period))
    }

    /// The whole history of a list whose type is only known at run time, as the exchange wrote it.
    ///
    /// # Errors
    ///
    /// As [`history`](Self::history), and invalid for an endpoint that has no history.
    pub fn history_dyn(&self, request: &dyn Endpoint, period: Period) -> Result<History<RawRow>, Error> {
        Ok(History::raw(self, Setup::of(request, self.now())?, period))
    }

    /// Sends a call without a type. The reply's body comes as it is.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send); nothing is checked and nothing decoded.
    pub async fn send_raw(&self, call: &RawCall) -> Result<Reply<Bytes>, Error> {
        self.run(&Prepared::raw(call), &|body| Ok(Bytes::copy_from_slice(body))).await
    }
}

pub(crate) fn broken(request: &dyn Endpoint, invalid: Invalid) -> Error {
    Error::rules(invalid).of_call(Story::unsent(&Prepared::of(request)))
}
