//! The client: one verb, and the life of a call on one screen.

use crate::error::Earlier;
use crate::exchange::{Answer, Attempt, Outcome, exchange};
use crate::limit::{Budget, Full, Reservation};
use crate::reading::Reading;
use crate::reply::{order_count, used_weight};
use crate::retry::{Fate, Verdict, fate, verdict};
use crate::settings::Transport;
use crate::sign::seal;
use crate::{Call, ClientBuilder, Credentials, Error, ErrorKind, Meta, RawCall, Reply};
use bytes::Bytes;
use papi_types::{Access, Clock, Cost, DecodeError, Effect, Endpoint, Invalid, Method, Query, Timestamp};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

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

#[derive(Debug)]
struct Shared {
    transport: Transport,
    credentials: Option<Credentials>,
    budget: Budget,
    reading: Reading,
    clock: Arc<dyn Clock>,
}

/// A request ready to be sent: checked or not, what goes over the wire and what the policies need to know.
struct Prepared<'a> {
    method: Method,
    path: &'a str,
    access: Access,
    effect: Effect,
    cost: Cost,
    query: Query,
}

impl<'a> Prepared<'a> {
    fn of(request: &'a dyn Endpoint) -> Self {
        let info = request.info();
        let mut query = Query::new();
        request.encode(&mut query);
        Self {
            method: info.method,
            path: info.path,
            access: info.access,
            effect: info.effect,
            cost: request.cost(),
            query,
        }
    }

    fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

impl Client {
    /// A client to be set up.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    pub(crate) fn new(
        transport: Transport,
        credentials: Option<Credentials>,
        budget: Budget,
        reading: Reading,
        clock: Arc<dyn Clock>,
        call: Call,
    ) -> Self {
        Self { shared: Arc::new(Shared { transport, credentials, budget, reading, clock }), call }
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

    /// The present moment in exchange time.
    pub fn now(&self) -> Timestamp {
        self.shared.clock.now()
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

    /// Sends a call without a type. The reply's body comes as it is.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send); nothing is checked and nothing decoded.
    pub async fn send_raw(&self, call: &RawCall) -> Result<Reply<Bytes>, Error> {
        let prepared = Prepared {
            method: call.method,
            path: &call.path,
            access: call.access,
            effect: call.effect,
            cost: call.cost,
            query: call.query.clone(),
        };
        self.run(&prepared, &|body| Ok(Bytes::copy_from_slice(body))).await
    }

    /// The life of a call: limit, sign, exchange, verdict, read.
    async fn run<T>(
        &self,
        prepared: &Prepared<'_>,
        read: &(dyn Fn(&[u8]) -> Result<T, DecodeError> + Sync),
    ) -> Result<Reply<T>, Error> {
        let blame = |error: Error, attempts| error.of_call(prepared.name(), prepared.effect, attempts);
        let credentials = self.credentials_for(prepared.access).map_err(|error| blame(error, 0))?;
        let deadline = after(self.call.deadline);
        let mut attempt = 1;
        // Whether an earlier attempt may have acted: then no later failure proves that nothing happened.
        let mut perhaps = Earlier::Nothing;
        loop {
            let reservation = self
                .wait_for_budget(prepared, deadline)
                .await
                .map_err(|error| blame(error.after(perhaps), attempt - 1))?;
            let sent_at = self.now();
            let query = match credentials.filter(|_| prepared.access.is_signed()) {
                Some(credentials) => seal(&prepared.query, credentials, self.call.recv_window, sent_at),
                None => prepared.query.as_str().to_owned(),
            };
            let outcome = exchange(
                &self.shared.transport,
                &Attempt {
                    method: prepared.method,
                    path: prepared.path,
                    query: &query,
                    key: credentials.map(Credentials::key),
                    timeout: self.call.attempt_timeout.min(left(deadline)),
                },
            )
            .await;
            drop(reservation);
            let fate = fate(&outcome);
            let closed_until = self.observe(&outcome, fate);
            match verdict(prepared.effect, fate, attempt, self.call.attempts) {
                Verdict::Again(pause) if pause.max(self.until(closed_until)) < left(deadline) => {
                    if fate == Fate::Unknown && prepared.effect != Effect::Read {
                        perhaps = Earlier::MayHaveActed;
                    }
                    tokio::time::sleep(pause).await;
                }
                _ => {
                    let meta = |answer: &Answer| Meta {
                        status: answer.status.as_u16(),
                        used_weight: used_weight(&answer.headers),
                        order_count: order_count(&answer.headers),
                        attempts: attempt,
                        sent_at,
                    };
                    return conclude(prepared.effect, fate, outcome, closed_until, meta, read)
                        .map_err(|error| blame(error.after(perhaps), attempt));
                }
            }
            attempt += 1;
        }
    }

    /// How long the exchange stays closed.
    fn until(&self, closed_until: Option<Timestamp>) -> Duration {
        closed_until.map_or(Duration::ZERO, |until| until.since(self.now()))
    }

    fn credentials_for(&self, access: Access) -> Result<Option<&Credentials>, Error> {
        match &self.shared.credentials {
            _ if !access.needs_key() => Ok(None),
            Some(credentials) => Ok(Some(credentials)),
            None => Err(Error::invalid(
                "this call needs an API key: give the client credentials, or set BINANCE_API_KEY and BINANCE_API_SECRET",
            )),
        }
    }

    /// Waits for room in the budget, no longer than the deadline. A call that acts on every arrival waits no longer
    /// than its recv window either: an order that is late is worse than one that is refused.
    async fn wait_for_budget(&self, prepared: &Prepared<'_>, deadline: Instant) -> Result<Reservation, Error> {
        let patience = match prepared.effect {
            Effect::Once => deadline.min(after(self.call.recv_window)),
            Effect::Read | Effect::Idempotent => deadline,
        };
        loop {
            let (pause, until) = match self.shared.budget.reserve(prepared.cost) {
                Ok(reservation) => return Ok(reservation),
                Err(Full::Never) => {
                    let (cost, limits) = (prepared.cost, self.shared.budget.limits());
                    return Err(Error::invalid(format!(
                        "one call costs a weight of {} and {} orders, more than the limits of {} and {}",
                        cost.weight, cost.orders, limits.weight, limits.orders
                    )));
                }
                Err(Full::Until(until)) => (until.since(self.now()), Some(until)),
                Err(Full::CallsUnderWay) => (Duration::from_millis(50), None),
            };
            if pause > left(patience) {
                return Err(Error::budget("the budget for this minute is used up", until));
            }
            tokio::time::sleep(pause.max(Duration::from_millis(1))).await;
        }
    }

    /// Adopts what the exchange says about the budget. Answers until when it is closed, if it is.
    fn observe(&self, outcome: &Outcome, fate: Fate) -> Option<Timestamp> {
        let Outcome::Answered(answer) = outcome else { return None };
        let (weight, orders) = (used_weight(&answer.headers), order_count(&answer.headers));
        self.shared.budget.observe(Cost::new(weight.unwrap_or_default(), orders.unwrap_or_default()));
        if fate != Fate::Throttled {
            return None;
        }
        let until = crate::limit::closed_until(answer, self.now(), self.shared.budget.limits().window);
        self.shared.budget.block(until);
        Some(until)
    }
}

/// Turns the last outcome into a reply or an error that names the phase.
fn conclude<T>(
    effect: Effect,
    fate: Fate,
    outcome: Outcome,
    closed_until: Option<Timestamp>,
    meta: impl FnOnce(&Answer) -> Meta,
    read: &(dyn Fn(&[u8]) -> Result<T, DecodeError> + Sync),
) -> Result<Reply<T>, Error> {
    let answer = match outcome {
        Outcome::NeverSent(error) => return Err(Error::not_sent(error)),
        Outcome::Lost(error) => return Err(Error::lost(error)),
        Outcome::Answered(answer) => answer,
    };
    match fate {
        Fate::Done => match read(&answer.body) {
            Ok(data) => Ok(Reply { data, meta: meta(&answer) }),
            Err(error) if effect == Effect::Once => Err(Error::unreadable(ErrorKind::Unknown, answer, error)),
            Err(error) => Err(Error::unreadable(ErrorKind::Decode, answer, error)),
        },
        Fate::Throttled => Err(Error::answered(ErrorKind::Throttled, answer, closed_until)),
        Fate::Failed | Fate::TurnedAway => Err(Error::answered(ErrorKind::Rejected, answer, None)),
        Fate::NeverSent | Fate::Unknown => Err(Error::answered(ErrorKind::Unknown, answer, None)),
    }
}

/// The instant this long from now; a wait without end is one of a year.
fn after(wait: Duration) -> Instant {
    const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);
    Instant::now() + wait.min(YEAR)
}

fn left(deadline: Instant) -> Duration {
    deadline.saturating_duration_since(Instant::now())
}

fn broken(request: &dyn Endpoint, invalid: Invalid) -> Error {
    let info = request.info();
    Error::rules(invalid).of_call(format!("{} {}", info.method, info.path), info.effect, 0)
}
