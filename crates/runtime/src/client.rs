//! The client: one verb, in four forms.

use crate::call::Call;
use crate::clock::ClockOffset;
use crate::error::Error;
use crate::prepared::Prepared;
#[cfg(feature = "redis")]
use crate::rate_limit::LedgerStatus;
use crate::raw::RawCall;
use crate::reply::Reply;
use crate::run::ReadBody;
use crate::shared::Shared;
use bytes::Bytes;
use papi_types::{Effect, Endpoint, Timestamp};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// A client of one exchange host, for one set of credentials. Cheap to clone; clones share connections and budget.
///
/// ```no_run
/// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
/// use binance_papi::{Client, um};
///
/// let client = Client::from_env()?;
/// let orders = client.send(&um::ForceOrders::new().symbol("BTCUSDT")).await?.data;
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Client {
    pub(crate) shared: Arc<Shared>,
    /// The options of its calls.
    pub(crate) call: Call,
}

impl Client {
    pub(crate) fn new(shared: Shared, call: Call) -> Self {
        Self { shared: Arc::new(shared), call }
    }

    /// Returns the same client with other options for its calls: `client.with(Call { attempts: 1, ..Call::default()
    /// }).send(..)`.
    #[must_use]
    pub fn with(&self, call: Call) -> Self {
        Self { shared: self.shared.clone(), call }
    }

    /// Returns the address requests go to, without a trailing slash.
    pub fn base_url(&self) -> &str {
        self.shared.transport.base_url()
    }

    /// Returns the host requests go to.
    pub fn host(&self) -> &str {
        self.shared.transport.host()
    }

    /// Returns whether requests stay on this machine.
    pub fn is_loopback(&self) -> bool {
        self.shared.transport.is_loopback()
    }

    /// Returns where the exchange's time is asked for; none when this machine's clock is trusted.
    pub fn time_url(&self) -> Option<&str> {
        self.shared.clock.url().map(reqwest::Url::as_str)
    }

    /// Returns the present moment in exchange time, as well as it is known: this machine's clock and the estimated
    /// offset.
    pub fn now(&self) -> Timestamp {
        self.shared.clock.now()
    }

    /// Returns how far the exchange's clock is from this machine's; none before the first signed call or
    /// [`sync_clock`](Self::sync_clock), and none when no server told the time.
    pub fn clock_offset(&self) -> Option<ClockOffset> {
        self.shared.clock.offset()
    }

    /// Looks at the shared ledger on a server; none when the client keeps its ledger elsewhere.
    ///
    /// # Errors
    ///
    /// Invalid when the server does not answer, with the reason.
    #[cfg(feature = "redis")]
    #[cfg_attr(docsrs, doc(cfg(feature = "redis")))]
    pub async fn ledger_status(&self) -> Result<Option<LedgerStatus>, Error> {
        self.shared.fit_runtime.require()?;
        self.shared.limiter.ledger_status().await
    }

    /// Asks the exchange for its time, some times over, and uses the median from now on.
    ///
    /// A client does this by itself before its first signed call, every ten minutes beside its calls, and when the
    /// exchange refuses a timestamp. Call it when the first order must not wait for it.
    ///
    /// # Errors
    ///
    /// Not sent when no server tells the time, invalid when the client was told to trust this machine's clock.
    pub async fn sync_clock(&self) -> Result<ClockOffset, Error> {
        if self.time_url().is_none() {
            return Err(Error::invalid("this client trusts its machine's clock"));
        }
        self.shared.fit_runtime.require()?;
        self.shared.synchronise().await.map_err(|reason| Error::no_time(&reason))
    }

    pub(crate) async fn run<T>(&self, prepared: &Prepared<'_>, read: ReadBody<'_, T>) -> Result<Reply<T>, Error> {
        self.shared.run(self.call, prepared, read).await
    }

    /// Applies the rules of a request.
    pub(crate) fn check(&self, request: &dyn Endpoint) -> Result<(), Error> {
        let broken = |invalid| Error::rules(invalid).of_call(&Prepared::of(request), &[], Duration::ZERO);
        request.check(self.now()).map_err(broken)
    }

    /// Sends a read on behalf of an order and returns its reply as JSON: it may use the weight that is kept for orders.
    pub(crate) async fn ask_urgently(&self, request: &dyn Endpoint) -> Result<String, Error> {
        let mut prepared = Prepared::of(request);
        prepared.spends_as = Effect::Idempotent;
        Ok(self.run(&prepared, &|body| self.shared.reading.json(request, body)).await?.data)
    }

    /// Sends a request and reads its reply.
    ///
    /// # Errors
    ///
    /// See [`Error`] for what each kind means for what you do next.
    pub async fn send<E: Endpoint>(&self, request: &E) -> Result<Reply<E::Reply>, Error> {
        self.check(request)?;
        self.send_unchecked(request).await
    }

    /// Sends a request without applying its rules, for when the exchange has changed its mind since they were written.
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
        self.check(request)?;
        self.send_dyn_unchecked(request).await
    }

    /// Sends a request of a type that is only known at run time without applying its rules.
    ///
    /// # Errors
    ///
    /// As [`send_unchecked`](Self::send_unchecked).
    pub async fn send_dyn_unchecked(&self, request: &dyn Endpoint) -> Result<Reply<String>, Error> {
        self.run(&Prepared::of(request), &|body| self.shared.reading.json(request, body)).await
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

/// A few lines, nothing of them secret: what tells clients apart.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Shared { transport, credentials, limiter, clock, .. } = &*self.shared;
        f.debug_struct("Client")
            .field("base_url", &transport.base_url())
            .field("credentials", &format_args!("{credentials:?}"))
            .field("limits", &format_args!("{:?}", limiter.limits()))
            .field("call", &format_args!("{:?}", self.call))
            .field("clock_offset", &format_args!("{:?}", clock.offset()))
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Credentials;

    #[test]
    fn debug_fits_a_few_lines_and_tells_clients_apart() {
        let credentials = Credentials::new("the-key", "the-secret").expect("plain text");
        let client = Client::builder().credentials(credentials).build().expect("a client");
        insta::assert_snapshot!(format!("{client:#?}"), @r#"
        Client {
            base_url: "https://papi.binance.com",
            credentials: Some(Credentials { key_type: Hmac, .. }),
            limits: Limits { weight: 6000, orders: 1200, window: 60s, order_share: None },
            call: Call { deadline: 90s, recv_window: 5s, attempts: 3, attempt_timeout: 10s },
            clock_offset: None,
            ..
        }
        "#);
    }
}
