//! What can go wrong with a call, by the phase in which it went wrong, because that decides what to do next.

mod advice;
mod kind;

pub use kind::ErrorKind;

use crate::acceptance::Accepted;
use crate::answer::{Answer, Loss};
use crate::excerpt::excerpt;
use crate::execution_status::ExecutionStatus;
use crate::pending::Pending;
use crate::prepared::Prepared;
use bytes::Bytes;
use papi_types::error::{BadRow, DecodeError, Invalid};
use papi_types::{ClientOrderId, Effect, ErrorCode, Timestamp, Wire};
use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::path::Path;
use std::time::Duration;

/// A call that failed. Ask [`kind`](Self::kind) or the `is_..` methods what it means for what you do next.
///
/// | kind | did it act? | do next |
/// |---|---|---|
/// | `Invalid` | no, not sent | correct the request, the settings or the credentials |
/// | `NotSent` | no, never arrived | check the network, or the disk of the intents; sending again is safe |
/// | `Rejected` | no | read code and message; [`advice`](Self::advice) helps with the common ones |
/// | `Throttled` | no | wait until [`retry_after`](Self::retry_after) |
/// | `Unknown` | not known | ask the exchange before doing anything again: [`pending`](Self::pending) |
/// | `Decode` | yes, it answered | the reply is in [`body`](Self::body), ids of an order in [`accepted`](Self::accepted); report it |
/// | `Incomplete` | it only reads | rows of a history may be missing where the message says |
///
/// Nothing secret is in it: neither key nor signature nor the address that holds them.
pub struct Error {
    details: Box<Details>,
}

struct Details {
    kind: ErrorKind,
    /// The result of the last attempt; `Refused` when there was none.
    execution_status: ExecutionStatus,
    /// `GET /papi/v1/um/forceOrders`
    call: Option<String>,
    effect: Option<Effect>,
    text: String,
    status: Option<u16>,
    code: Option<ErrorCode>,
    message: Option<String>,
    retry_after: Option<Timestamp>,
    body: Option<Bytes>,
    attempts: u32,
    client_order_id: Option<ClientOrderId>,
    accepted: Option<Accepted>,
    /// What is needed to ask for the outcome, when that is not known and the call acts.
    pending: Option<Pending>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// How much of the body of a refusal is kept: a page of a gateway can be of any length.
const LONGEST_KEPT: usize = 64 * 1_024;

/// What attempts before the last one may have done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PriorAttempts {
    DidNothing,
    MayHaveActed,
}

impl Error {
    pub(crate) fn invalid(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Invalid, text)
    }

    pub(crate) fn rules(invalid: Invalid) -> Self {
        Self::new(ErrorKind::Invalid, invalid.to_string()).because(invalid)
    }

    pub(crate) fn incomplete(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Incomplete, text)
    }

    pub(crate) fn setting(text: impl Into<String>, source: impl StdError + Send + Sync + 'static) -> Self {
        Self::new(ErrorKind::Invalid, text).because(source)
    }

    pub(crate) fn not_sent(source: reqwest::Error) -> Self {
        let error = Self::new(ErrorKind::NotSent, "no connection to the exchange");
        error.after_attempt(ExecutionStatus::NeverSent).because(source)
    }

    /// The intent of a call could not be made durable, so the call was kept back.
    pub(crate) fn not_recorded(path: &Path, source: io::Error) -> Self {
        let text = format!(
            "its intent cannot be written to {}, and without that it does not leave: make room there or mend the disk, then \
             send it again",
            path.display()
        );
        Self::new(ErrorKind::NotSent, text).after_attempt(ExecutionStatus::NeverSent).because(source)
    }

    /// The account's stream cannot be opened, or broke.
    #[cfg(feature = "account-stream")]
    pub(crate) fn no_stream(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::NotSent, text)
    }

    #[cfg(feature = "account-stream")]
    pub(crate) fn no_stream_because(text: impl Into<String>, source: impl StdError + Send + Sync + 'static) -> Self {
        Self::no_stream(text).because(source)
    }

    /// The host of the account's stream refused the connection with this HTTP status.
    #[cfg(feature = "account-stream")]
    pub(crate) fn stream_refused(text: impl Into<String>, status: u16) -> Self {
        let mut error = Self::new(ErrorKind::Rejected, text);
        error.details.status = Some(status);
        error
    }

    pub(crate) fn no_time(reason: &str) -> Self {
        Self::new(ErrorKind::NotSent, format!("the exchange's time is not known: {reason}"))
    }

    pub(crate) fn lost(loss: Loss) -> Self {
        let unknown = |text: &str| Self::new(ErrorKind::Unknown, text).after_attempt(ExecutionStatus::Unknown);
        match loss {
            Loss::Broken(source) if source.is_timeout() => unknown("the answer did not arrive in time").because(source),
            Loss::Broken(source) => unknown("the connection broke before the whole answer arrived").because(source),
            Loss::TooLong(limit) => unknown(&format!(
                "the answer was cut off: it is longer than {limit} bytes; `ClientBuilder::largest_reply` raises that"
            )),
        }
    }

    /// The limits have no room before `until`.
    pub(crate) fn no_room(text: impl Into<String>, until: Timestamp) -> Self {
        let mut error = Self::new(ErrorKind::Throttled, text).after_attempt(ExecutionStatus::Throttled);
        error.details.retry_after = Some(until);
        error
    }

    /// A refusal or an answer that tells nothing, as `status` says.
    pub(crate) fn answered(
        kind: ErrorKind,
        status: ExecutionStatus,
        answer: Answer,
        retry_after: Option<Timestamp>,
    ) -> Self {
        let Answer { status: http, mut body, refusal, .. } = answer;
        let (code, message) = refusal.map_or((None, None), |refusal| (refusal.code, Some(refusal.message)));
        let text = match (code, &message) {
            (Some(code), Some(message)) => format!("code {code}: {message} (HTTP {})", http.as_u16()),
            (None, Some(message)) => format!("{message} (HTTP {})", http.as_u16()),
            (_, None) => format!("HTTP {http} with {}", excerpt(&body)),
        };
        let mut new = Self::new(kind, text).after_attempt(status);
        (new.details.code, new.details.message, new.details.retry_after) = (code, message, retry_after);
        body.truncate(LONGEST_KEPT);
        new.with_body(http.as_u16(), body)
    }

    pub(crate) fn unreadable(kind: ErrorKind, status: ExecutionStatus, answer: Answer, source: DecodeError) -> Self {
        let text = format!(
            "the answer is not what the endpoint is documented to answer, {source}; it was {}",
            excerpt(&answer.body)
        );
        let error = Self::new(kind, text).after_attempt(status).because(source);
        error.with_body(answer.status.as_u16(), answer.body)
    }

    /// Adds the ids that prove that the call was accepted.
    pub(crate) fn with_accepted(mut self, accepted: Option<Accepted>) -> Self {
        if let Some(accepted) = &accepted {
            self.details.text.insert_str(0, &format!("it was accepted ({accepted}), but "));
        }
        self.details.accepted = accepted;
        self
    }

    fn new(kind: ErrorKind, text: impl Into<String>) -> Self {
        Self {
            details: Box::new(Details {
                kind,
                execution_status: ExecutionStatus::Refused,
                call: None,
                effect: None,
                text: text.into(),
                status: None,
                code: None,
                message: None,
                retry_after: None,
                body: None,
                attempts: 0,
                client_order_id: None,
                accepted: None,
                pending: None,
                source: None,
            }),
        }
    }

    fn because(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.details.source = Some(Box::new(source));
        self
    }

    fn after_attempt(mut self, status: ExecutionStatus) -> Self {
        self.details.execution_status = status;
        self
    }

    fn with_body(mut self, status: u16, body: Bytes) -> Self {
        (self.details.status, self.details.body) = (Some(status), Some(body));
        self
    }

    /// After an attempt that may have acted, no refusal of a later one proves that nothing happened: a cancel that is
    /// told "no such order" may be the one that cancelled it.
    pub(crate) fn after(mut self, prior: PriorAttempts) -> Self {
        let proves_nothing = matches!(self.kind(), ErrorKind::NotSent | ErrorKind::Rejected | ErrorKind::Throttled);
        if prior == PriorAttempts::MayHaveActed && proves_nothing {
            self.details.kind = ErrorKind::Unknown;
            self.details.text.insert_str(0, "an earlier attempt was not answered and may have acted; the last one: ");
        }
        self
    }

    /// Adds which call it is about, and the timestamp of each attempt.
    pub(crate) fn of_call(mut self, call: &Prepared<'_>, sent_at: &[Timestamp], recv_window: Duration) -> Self {
        self.details.call = Some(call.name());
        self.details.effect = Some(call.effect);
        self.details.attempts = u32::try_from(sent_at.len()).unwrap_or(u32::MAX);
        self.details.client_order_id = call.client_order_id();
        if self.is_unknown() && call.effect != Effect::Read {
            self.details.pending = call.typed().and_then(|typed| Pending::of_sent(&typed, sent_at, recv_window));
        }
        self
    }

    /// Returns the phase in which it failed.
    pub fn kind(&self) -> ErrorKind {
        self.details.kind
    }

    /// Returns whether the request, the settings or the credentials are wrong. Nothing was sent; correct them.
    pub fn is_invalid(&self) -> bool {
        self.kind() == ErrorKind::Invalid
    }

    /// Returns whether no connection could be made, or the intent could not be made durable. Nothing arrived; sending again
    /// is safe.
    pub fn is_not_sent(&self) -> bool {
        self.kind() == ErrorKind::NotSent
    }

    /// Returns whether the exchange refused. Nothing was executed; read [`code`](Self::code).
    pub fn is_rejected(&self) -> bool {
        self.kind() == ErrorKind::Rejected
    }

    /// Returns whether too much was asked. Nothing was executed; wait until [`retry_after`](Self::retry_after).
    pub fn is_throttled(&self) -> bool {
        self.kind() == ErrorKind::Throttled
    }

    /// Returns whether it may or may not have been executed. Ask the exchange; do not send again. A call that only
    /// reads has nothing to execute: it may be asked again.
    pub fn is_unknown(&self) -> bool {
        self.kind() == ErrorKind::Unknown
    }

    /// Returns whether the exchange answered with success, and the answer could not be read. A call that acts has acted.
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
    }

    /// Returns whether a history was walked to its end, and rows of it may be missing.
    pub fn is_incomplete(&self) -> bool {
        self.kind() == ErrorKind::Incomplete
    }

    /// Returns the result of the last attempt.
    pub(crate) fn execution_status(&self) -> ExecutionStatus {
        self.details.execution_status
    }

    /// Returns the HTTP status, when there was an answer.
    pub fn status(&self) -> Option<u16> {
        self.details.status
    }

    /// Returns the exchange's error code, such as [`ErrorCode::BAD_SYMBOL`]; one that this version does not know is
    /// there too.
    pub fn code(&self) -> Option<ErrorCode> {
        self.details.code
    }

    /// Returns the exchange's message. Compare codes, never messages: their wording changes.
    pub fn message(&self) -> Option<&str> {
        self.details.message.as_deref()
    }

    /// Returns when to try again, for throttled calls.
    pub fn retry_after(&self) -> Option<Timestamp> {
        self.details.retry_after
    }

    /// Returns the body of the answer, when there was one: its first 64 KiB for a refusal, all of it for a reply that
    /// could not be read.
    pub fn body(&self) -> Option<&Bytes> {
        self.details.body.as_ref()
    }

    /// Returns how often the call was sent.
    pub fn attempts(&self) -> u32 {
        self.details.attempts
    }

    /// Returns the caller's id of the order, list, algo or conditional order that the call was to place; made by the
    /// client when the request had none. With it the exchange can be asked for the order, even when the call failed.
    pub fn client_order_id(&self) -> Option<&ClientOrderId> {
        self.details.client_order_id.as_ref()
    }

    /// Returns the ids in the answer to a call with effect `once` that was accepted and whose reply cannot be read whole.
    /// They prove that it acted: never send it again. With them the exchange can be asked for what was placed.
    pub fn accepted(&self) -> Option<&Accepted> {
        self.details.accepted.as_ref()
    }

    /// Returns what [`Client::settle`](crate::Client::settle) needs to find out what became of a call that acts and whose
    /// outcome is unknown. None for calls without a type.
    pub fn pending(&self) -> Option<&Pending> {
        self.details.pending.as_ref()
    }

    /// Returns the broken rules, for a request that was refused before sending.
    pub fn broken_rules(&self) -> Option<&Invalid> {
        self.details.source.as_ref()?.downcast_ref()
    }

    /// Returns the rows of the reply that do not read, when everything else in it does.
    pub fn bad_rows(&self) -> &[BadRow] {
        self.decode_error().map_or(&[], DecodeError::bad_rows)
    }

    /// Returns the reply without its bad rows; `T` is the reply type of the request. None when something else is wrong
    /// with it.
    pub fn good_rows<T: Wire>(&self) -> Option<T> {
        self.decode_error()?.good_rows()
    }

    /// Returns what is wrong with a reply that could not be read.
    pub fn decode_error(&self) -> Option<&DecodeError> {
        self.details.source.as_ref()?.downcast_ref()
    }

    /// Returns what to check, for the common refusals.
    pub fn advice(&self) -> Option<&'static str> {
        advice::advice(self.kind(), self.details.effect, self.code())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let phase = match self.kind() {
            ErrorKind::Invalid => "not sent, invalid",
            ErrorKind::NotSent => "not sent",
            ErrorKind::Rejected => "rejected",
            ErrorKind::Throttled => "throttled",
            ErrorKind::Unknown if self.details.effect == Some(Effect::Read) => "no usable answer",
            ErrorKind::Unknown => "outcome unknown",
            ErrorKind::Decode => "answer not readable",
            ErrorKind::Incomplete => "incomplete",
        };
        if let Some(call) = &self.details.call {
            write!(f, "{call}: ")?;
        }
        write!(f, "{phase}: {}", self.details.text)?;
        if let Some(until) = self.details.retry_after {
            write!(f, "; try again after {until}")?;
        }
        if self.details.attempts > 1 {
            write!(f, " (sent {} times)", self.details.attempts)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Error");
        debug.field("kind", &self.details.kind).field("text", &self.to_string());
        if let Some(source) = self.source() {
            debug.field("source", &source.to_string());
        }
        debug.finish_non_exhaustive()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source: &(dyn StdError + 'static) = self.details.source.as_deref()?;
        // The text of broken rules is in ours already.
        (!source.is::<Invalid>()).then_some(source)
    }
}
