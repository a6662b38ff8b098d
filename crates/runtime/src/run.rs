//! The life of a call on one screen: permit, intent, sign, exchange, classify, settle the permit, read, decide.

use crate::acceptance::Accepted;
use crate::answer::{Answer, Outcome};
use crate::call::Call;
use crate::credentials::Credentials;
use crate::deadline::{after, left};
use crate::error::{Error, ErrorKind, PriorAttempts};
use crate::exchange::{Attempt, exchange};
use crate::execution_status::{ExecutionStatus, classify};
use crate::intents::{EndOfIntent, UnderWay};
use crate::notice::Notice;
use crate::prepared::Prepared;
use crate::rate_limit::{Denied, Permit, PermitRequest, RateLimiter};
use crate::reply::{Meta, Reply};
use crate::retry::{ClockEstimate, Purpose, RetryDecision, SendProgress, cooldown_length, decide};
use crate::seal::seal;
use crate::shared::Shared;
use papi_types::error::DecodeError;
use papi_types::{Access, Cost, Effect, Timestamp};
use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// Reads the body of an answer.
pub(crate) type ReadBody<'a, T> = &'a (dyn Fn(&[u8]) -> Result<T, DecodeError> + Sync);

/// A call that is being sent.
struct Sending<'a> {
    shared: &'a Shared,
    prepared: &'a Prepared<'a>,
    call: Call,
    credentials: Option<&'a Credentials>,
    deadline: Instant,
    /// The timestamp of each attempt.
    sent_at: Vec<Timestamp>,
    /// The intent of a call that acts, where intents are kept.
    intent: Option<UnderWay>,
    clock_estimate: ClockEstimate,
    /// Whether an attempt before the last one may have acted: then no later failure proves that nothing happened.
    prior: PriorAttempts,
}

impl Shared {
    /// Sends a prepared call until there is a reply or an error that is worth handing out.
    pub(crate) async fn run<T>(
        self: &Arc<Self>,
        call: Call,
        prepared: &Prepared<'_>,
        read: ReadBody<'_, T>,
    ) -> Result<Reply<T>, Error> {
        let mut sending = Sending {
            shared: self,
            prepared,
            call,
            credentials: None,
            deadline: after(call.deadline),
            sent_at: Vec::new(),
            intent: None,
            clock_estimate: ClockEstimate::First,
            prior: PriorAttempts::DidNothing,
        };
        let ready = self.fit_runtime.require().and_then(|()| self.credentials_for(prepared.access));
        let result = match ready {
            Ok(credentials) => {
                if prepared.access.is_signed() {
                    self.know_the_time().await;
                }
                sending.credentials = credentials;
                sending.send(read).await
            }
            Err(error) => Err(error),
        };
        let result =
            result.map_err(|error| error.after(sending.prior).of_call(prepared, &sending.sent_at, call.recv_window));
        // Without an end, the intent stays for `settle_all`.
        if let (Some(intent), Some(how)) = (sending.intent, end_of(&result)) {
            intent.end(how, self.clock.now());
        }
        result
    }

    fn credentials_for(&self, access: Access) -> Result<Option<&Credentials>, Error> {
        match &self.credentials {
            _ if !access.needs_key() => Ok(None),
            Some(credentials) => Ok(Some(credentials)),
            None => Err(Error::invalid(
                "this call needs an API key: give the client credentials, or set BINANCE_API_KEY and BINANCE_API_SECRET",
            )),
        }
    }
}

/// What became of a call; none when only the exchange knows.
fn end_of<T>(result: &Result<Reply<T>, Error>) -> Option<EndOfIntent> {
    match result.as_ref().map_err(Error::kind) {
        Ok(_) | Err(ErrorKind::Decode) => Some(EndOfIntent::Accepted),
        Err(ErrorKind::Rejected | ErrorKind::Throttled) => Some(EndOfIntent::Refused),
        Err(ErrorKind::NotSent | ErrorKind::Invalid) => Some(EndOfIntent::NotSent),
        Err(ErrorKind::Unknown | ErrorKind::Incomplete) => None,
    }
}

impl<'a> Sending<'a> {
    async fn send<T>(&mut self, read: ReadBody<'_, T>) -> Result<Reply<T>, Error> {
        loop {
            let permit = self.wait_for_permit().await?;
            let stamp = self.shared.clock.now();
            if let Err(error) = self.make_intent_durable(stamp).await {
                let _ = permit.settle(Cost::default(), None).await;
                return Err(error);
            }
            let attempt = self.sign(stamp);
            let outcome = exchange(&self.shared.transport.connection, attempt).await;
            let status = classify(&outcome);
            let closed_until = self.settle_permit(permit, &outcome, status).await;
            let (status, result) = self.read(outcome, status, closed_until, read);
            let decision = decide(Purpose::Call(self.prepared.effect), status, &self.progress(closed_until));
            #[cfg(feature = "tracing")]
            crate::trace::attempt(self.prepared, self.made(), status, decision);
            let (error, pause) = match (result, decision) {
                (Ok(reply), _) => return Ok(reply),
                (Err(error), RetryDecision::Stop) => return Err(error),
                (Err(_), RetryDecision::Restamp) => {
                    self.clock_estimate = ClockEstimate::Renewed;
                    let _ = self.shared.synchronise().await;
                    continue;
                }
                (Err(error), RetryDecision::Again(pause)) => (error, pause),
            };
            let may_have_acted = matches!(status, ExecutionStatus::Unknown | ExecutionStatus::Garbled);
            if self.prepared.effect != Effect::Read && may_have_acted {
                self.prior = PriorAttempts::MayHaveActed;
            }
            let (call, reason) = (self.prepared.name(), error.to_string());
            self.shared.on_notice.notify(&Notice::Retrying { call, attempts: self.made(), reason, pause });
            tokio::time::sleep(pause).await;
        }
    }

    /// Waits until the limits have room, no longer than the deadline. A call that acts on every arrival waits no longer
    /// than its recv window either: an order that is late is worse than one that is refused.
    async fn wait_for_permit(&self) -> Result<Permit<'a>, Error> {
        let patience = match self.prepared.effect {
            Effect::Once => self.deadline.min(after(self.call.recv_window)),
            Effect::Read | Effect::Idempotent => self.deadline,
        };
        let limiter: &'a RateLimiter = &self.shared.limiter;
        let request = PermitRequest::new(self.prepared.spends_as, self.prepared.cost, self.call.attempt_timeout);
        let until = |wait| self.shared.clock.now().plus(wait);
        let on_wait = |pause| {
            let call = self.prepared.name();
            self.shared.on_notice.notify(&Notice::Waiting { call, until: until(pause), pause });
        };
        limiter.reserve(request, patience, &on_wait).await.map_err(|denied| match denied {
            Denied::Never => Error::invalid(limiter.too_much(&request)),
            Denied::Closed(wait) => Error::no_room("the exchange has closed itself to this address", until(wait)),
            Denied::UsedUp { wait, .. } => Error::no_room("the budget for this minute is used up", until(wait)),
        })
    }

    /// Makes the intent of the next attempt durable, where intents of such calls are kept. The timestamp in it is the one that
    /// is sent, though the disk takes some of the recv window: `settle` counts from it until when the call can be taken.
    async fn make_intent_durable(&mut self, stamp: Timestamp) -> Result<(), Error> {
        let Some(log) = self.shared.intents.as_ref().filter(|log| log.keeps(self.prepared.effect)) else {
            return Ok(());
        };
        let durable = if let Some(intent) = &self.intent {
            intent.again(stamp).await
        } else {
            let begun = log.begin(self.prepared, stamp, self.call.recv_window).await;
            begun.map(|intent| self.intent = Some(intent))
        };
        durable.map_err(|error| Error::not_recorded(log.path(), error))
    }

    /// Stamps and signs the next attempt.
    fn sign(&mut self, now: Timestamp) -> Attempt<'a> {
        let Self { shared, prepared, call, credentials, .. } = *self;
        self.sent_at.push(now);
        let query = match credentials.filter(|_| prepared.access.is_signed()) {
            Some(credentials) => seal(&prepared.query, credentials, call.recv_window, now).into(),
            None => Cow::Borrowed(prepared.query.as_str()),
        };
        Attempt {
            method: prepared.method,
            url: shared.transport.url(prepared.path, &query),
            headers: shared.transport.headers(prepared.access),
            timeout: call.attempt_timeout.min(left(self.deadline)),
            largest_body: shared.transport.largest_reply,
        }
    }

    /// Settles a permit by what the exchange says about the limits. Returns until when it is closed, if it is.
    async fn settle_permit(&self, permit: Permit<'_>, outcome: &Outcome, status: ExecutionStatus) -> Option<Timestamp> {
        let (used, cooldown) = match outcome {
            Outcome::Answered(answer) => {
                let (weight, orders) = (answer.usage.weight, answer.usage.orders);
                let cooldown =
                    (status == ExecutionStatus::Throttled).then(|| cooldown_length(answer, self.shared.clock.now()));
                (Cost::new(weight.unwrap_or_default(), orders.unwrap_or_default()), cooldown)
            }
            Outcome::NeverSent(_) | Outcome::Lost(_) => (Cost::default(), None),
        };
        let closed_for = permit.settle(used, cooldown).await?;
        Some(self.shared.clock.now().plus(closed_for))
    }

    /// Turns an outcome into what was asked for, or an error that names the phase. What is in the answer
    /// may change the status.
    fn read<T>(
        &self,
        outcome: Outcome,
        status: ExecutionStatus,
        closed_until: Option<Timestamp>,
        read: ReadBody<'_, T>,
    ) -> (ExecutionStatus, Result<Reply<T>, Error>) {
        use ExecutionStatus as S;
        let answer = match outcome {
            Outcome::NeverSent(error) => return (status, Err(Error::not_sent(error))),
            Outcome::Lost(error) => return (status, Err(Error::lost(error))),
            Outcome::Answered(answer) => answer,
        };
        if status == S::Done || self.is_reply(&answer) {
            return match read(&answer.body) {
                Ok(data) => (S::Done, Ok(Reply { data, meta: self.meta(&answer) })),
                Err(error) => self.unreadable(answer, error),
            };
        }
        let kind = match status {
            S::Throttled => ErrorKind::Throttled,
            S::Refused | S::TurnedAway | S::ShutDown | S::Mistimed => ErrorKind::Rejected,
            S::NoSuchPath | S::Foreign if self.prepared.effect == Effect::Read => ErrorKind::Rejected,
            S::NoSuchPath | S::Foreign | S::NeverSent | S::Unknown | S::Garbled | S::Done => ErrorKind::Unknown,
        };
        (status, Err(Error::answered(kind, status, answer, closed_until)))
    }

    /// Whether a success is a reply in spite of a code in it, such as `"code": -1`: beside a whole order it refuses
    /// nothing, and the ids of one prove that a call that acts on every arrival was accepted.
    fn is_reply(&self, answer: &Answer) -> bool {
        let is_whole = || self.prepared.info.is_some_and(|info| (info.reprint)(&answer.body).is_ok());
        self.accepted(answer).is_some() && (self.prepared.effect == Effect::Once || is_whole())
    }

    /// The ids that prove that the call was accepted, when the answer is a success and has them.
    fn accepted(&self, answer: &Answer) -> Option<Accepted> {
        let info = self.prepared.info.filter(|_| answer.status.is_success())?;
        Accepted::read(&answer.body, info, self.prepared.typed().as_ref())
    }

    /// An answer of success that is not the documented reply. What is no JSON proves nothing about a call that acts:
    /// anything on the way may have written it. A call that acts on every arrival needs more proof than JSON: its ids.
    fn unreadable<T>(&self, answer: Answer, error: DecodeError) -> (ExecutionStatus, Result<Reply<T>, Error>) {
        let (effect, is_json) = (self.prepared.effect, answer.is_json());
        let accepted = self.accepted(&answer).filter(|_| effect == Effect::Once);
        let status = if is_json { ExecutionStatus::Done } else { ExecutionStatus::Garbled };
        let kind = match effect {
            Effect::Once if accepted.is_none() => ErrorKind::Unknown,
            Effect::Idempotent if !is_json => ErrorKind::Unknown,
            Effect::Read | Effect::Idempotent | Effect::Once => ErrorKind::Decode,
        };
        (status, Err(Error::unreadable(kind, status, answer, error).with_accepted(accepted)))
    }

    fn progress(&self, closed_until: Option<Timestamp>) -> SendProgress {
        SendProgress {
            attempt: self.made(),
            attempts: self.call.attempts,
            clock_estimate: self.clock_estimate,
            closed_for: closed_until.map_or(Duration::ZERO, |until| until.since(self.shared.clock.now())),
            left: left(self.deadline),
        }
    }

    /// How often the call was sent.
    fn made(&self) -> u32 {
        u32::try_from(self.sent_at.len()).unwrap_or(u32::MAX)
    }

    fn meta(&self, answer: &Answer) -> Meta {
        Meta {
            status: answer.status.as_u16(),
            used_weight: answer.usage.weight,
            order_count: answer.usage.orders,
            attempts: self.made(),
            sent_at: self.sent_at.last().copied().unwrap_or_default(),
            client_order_id: self.prepared.client_order_id(),
        }
    }
}
