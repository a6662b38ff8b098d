//! What can go wrong with a call, by the phase in which it went wrong, because that decides what to do next.

use crate::advice;
use crate::excerpt::excerpt;
use crate::exchange::Answer;
use crate::reply::{ErrorBody, is_json};
use crate::settle::Pending;
use crate::story::Story;
use bytes::Bytes;
use papi_types::{BadRow, ClientOrderId, DecodeError, Effect, ErrorCode, Invalid, Timestamp, Wire};
use std::error::Error as StdError;
use std::fmt;

/// A call that failed. Ask [`kind`](Self::kind) or the `is_..` methods what it means for what you do next.
///
/// | kind | did it act? | do next |
/// |---|---|---|
/// | `Invalid` | no, not sent | mend the request, the settings or the credentials |
/// | `NotSent` | no, never arrived | check the network; sending again is safe |
/// | `Rejected` | no | read code and message; [`advice`](Self::advice) helps with the common ones |
/// | `Throttled` | no | wait until [`retry_after`](Self::retry_after) |
/// | `Unknown` | nobody knows | ask the exchange before doing anything again: [`pending`](Self::pending) |
/// | `Decode` | yes, it answered | the reply is in [`body`](Self::body); report it |
/// | `Incomplete` | it only reads | rows of a history may be missing where the message says |
///
/// Nothing secret is in it: neither key nor signature nor the address that holds them.
pub struct Error {
    inner: Box<Inner>,
}

struct Inner {
    kind: ErrorKind,
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
    /// What is needed to ask for its outcome, where that is not known and the call acts.
    pending: Option<Pending>,
    source: Option<Source>,
}

enum Source {
    Invalid(Invalid),
    Decode(DecodeError),
    Http(reqwest::Error),
    Other(Box<dyn StdError + Send + Sync>),
}

/// How much of the body of a refusal is kept: a page of a gateway can be of any length.
const LONGEST_KEPT: usize = 64 * 1_024;

/// What attempts before the last one may have done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Earlier {
    Nothing,
    MayHaveActed,
}

/// The phase in which a call failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request, the settings or the credentials are wrong. Nothing was sent.
    Invalid,
    /// No connection could be made. Nothing arrived.
    NotSent,
    /// The exchange refused. Nothing was executed.
    Rejected,
    /// Too much was asked of the exchange, or would be. Nothing was executed.
    Throttled,
    /// It may or may not have been executed.
    Unknown,
    /// The exchange answered with success, and the answer could not be read.
    Decode,
    /// A history was walked to its end, and rows of it may be missing. The message names the milliseconds.
    Incomplete,
}

impl Error {
    pub(crate) fn invalid(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Invalid, text)
    }

    pub(crate) fn rules(invalid: Invalid) -> Self {
        Self::new(ErrorKind::Invalid, invalid.to_string()).because(Source::Invalid(invalid))
    }

    pub(crate) fn incomplete(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Incomplete, text)
    }

    pub(crate) fn setting(text: impl Into<String>, source: impl StdError + Send + Sync + 'static) -> Self {
        Self::new(ErrorKind::Invalid, text).because(Source::Other(Box::new(source)))
    }

    pub(crate) fn not_sent(source: reqwest::Error) -> Self {
        Self::new(ErrorKind::NotSent, "no connection to the exchange").because(Source::Http(source))
    }

    pub(crate) fn no_time(reason: &str) -> Self {
        Self::new(ErrorKind::NotSent, format!("nobody tells the exchange's time: {reason}"))
    }

    pub(crate) fn lost(source: reqwest::Error) -> Self {
        let text = if source.is_timeout() {
            "the answer did not arrive in time"
        } else {
            "the connection broke before the whole answer arrived"
        };
        Self::new(ErrorKind::Unknown, text).because(Source::Http(source))
    }

    pub(crate) fn budget(text: impl Into<String>, until: Option<Timestamp>) -> Self {
        let mut error = Self::new(ErrorKind::Throttled, text);
        error.inner.retry_after = until;
        error
    }

    /// A refusal or an answer that tells nothing, as `kind` says.
    pub(crate) fn answered(kind: ErrorKind, answer: Answer, retry_after: Option<Timestamp>) -> Self {
        let Answer { status, mut body, .. } = answer;
        let error = ErrorBody::read(&body);
        let text = match &error {
            Some(ErrorBody { code: Some(code), message }) => {
                format!("code {code}: {message} (HTTP {})", status.as_u16())
            }
            Some(ErrorBody { code: None, message }) => format!("{message} (HTTP {})", status.as_u16()),
            None => format!("HTTP {status} with {}", excerpt(&body)),
        };
        let mut new = Self::new(kind, text);
        new.inner.status = Some(status.as_u16());
        new.inner.code = error.as_ref().and_then(|error| error.code).map(ErrorCode::new);
        new.inner.message = error.map(|error| error.message);
        new.inner.retry_after = retry_after;
        body.truncate(LONGEST_KEPT);
        new.inner.body = Some(body);
        new
    }

    pub(crate) fn unreadable(kind: ErrorKind, answer: Answer, source: DecodeError) -> Self {
        let text = format!(
            "the answer is not what the endpoint is documented to answer, {source}; it was {}",
            excerpt(&answer.body)
        );
        let mut new = Self::new(kind, text).because(Source::Decode(source));
        new.inner.status = Some(answer.status.as_u16());
        new.inner.body = Some(answer.body);
        new
    }

    fn new(kind: ErrorKind, text: impl Into<String>) -> Self {
        Self {
            inner: Box::new(Inner {
                kind,
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
                pending: None,
                source: None,
            }),
        }
    }

    fn because(mut self, source: Source) -> Self {
        self.inner.source = Some(source);
        self
    }

    /// After an attempt that may have acted, no refusal of a later one proves that nothing happened: a cancel that is
    /// told "no such order" may be the one that cancelled it.
    pub(crate) fn after(mut self, earlier: Earlier) -> Self {
        let proves_nothing = matches!(self.kind(), ErrorKind::NotSent | ErrorKind::Rejected | ErrorKind::Throttled);
        if earlier == Earlier::MayHaveActed && proves_nothing {
            self.inner.kind = ErrorKind::Unknown;
            self.inner.text.insert_str(0, "an earlier attempt was not answered and may have acted; the last one: ");
        }
        self
    }

    pub(crate) fn of_call(mut self, story: Story) -> Self {
        self.inner.call = Some(story.call);
        self.inner.effect = Some(story.effect);
        self.inner.attempts = u32::try_from(story.stamps.len()).unwrap_or(u32::MAX);
        if let Some(typed) = story.typed {
            self.inner.client_order_id = typed.client_order_id();
            if self.is_unknown() && story.effect != Effect::Read {
                self.inner.pending = Pending::of_sent(&typed, &story.stamps, story.recv_window);
            }
        }
        self
    }

    /// The phase in which it failed.
    pub fn kind(&self) -> ErrorKind {
        self.inner.kind
    }

    /// Whether the request, the settings or the credentials are wrong. Nothing was sent; mend them.
    pub fn is_invalid(&self) -> bool {
        self.kind() == ErrorKind::Invalid
    }

    /// Whether no connection could be made. Nothing arrived; sending again is safe.
    pub fn is_not_sent(&self) -> bool {
        self.kind() == ErrorKind::NotSent
    }

    /// Whether the exchange refused. Nothing was executed; read [`code`](Self::code).
    pub fn is_rejected(&self) -> bool {
        self.kind() == ErrorKind::Rejected
    }

    /// Whether too much was asked. Nothing was executed; wait until [`retry_after`](Self::retry_after).
    pub fn is_throttled(&self) -> bool {
        self.kind() == ErrorKind::Throttled
    }

    /// Whether it may or may not have been executed. Ask the exchange; do not send again. A call that only reads has
    /// nothing to execute: it may be asked again.
    pub fn is_unknown(&self) -> bool {
        self.kind() == ErrorKind::Unknown
    }

    /// Whether the exchange answered with success, and the answer could not be read.
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
    }

    /// Whether a read that failed so may well succeed in a moment: no answer, a closed door, or the page of something
    /// that stands before the exchange.
    pub(crate) fn may_pass(&self) -> bool {
        match self.kind() {
            ErrorKind::NotSent | ErrorKind::Throttled | ErrorKind::Unknown => true,
            // Without a code it is not the exchange that refused. These codes are its own troubles, and those of clocks.
            ErrorKind::Rejected => self.code().is_none_or(|code| {
                use ErrorCode as C;
                matches!(code, C::REQUEST_THROTTLED | C::SERVICE_SHUTTING_DOWN | C::INVALID_TIMESTAMP)
            }),
            ErrorKind::Decode => !self.body().is_some_and(|body| is_json(body)),
            ErrorKind::Invalid | ErrorKind::Incomplete => false,
        }
    }

    /// Whether a history was walked to its end, and rows of it may be missing.
    pub fn is_incomplete(&self) -> bool {
        self.kind() == ErrorKind::Incomplete
    }

    /// The HTTP status, when there was an answer.
    pub fn status(&self) -> Option<u16> {
        self.inner.status
    }

    /// The exchange's error code, such as [`ErrorCode::BAD_SYMBOL`]; one that this version does not know is there too.
    pub fn code(&self) -> Option<ErrorCode> {
        self.inner.code
    }

    /// The exchange's message. Compare codes, never messages: their wording changes.
    pub fn message(&self) -> Option<&str> {
        self.inner.message.as_deref()
    }

    /// When to try again, for throttled calls.
    pub fn retry_after(&self) -> Option<Timestamp> {
        self.inner.retry_after
    }

    /// The body of the answer, when there was one: its first 64 KiB for a refusal, all of it for a reply that could not be
    /// read.
    pub fn body(&self) -> Option<&Bytes> {
        self.inner.body.as_ref()
    }

    /// How often the call was sent.
    pub fn attempts(&self) -> u32 {
        self.inner.attempts
    }

    /// The caller's id of the order, list, algo or conditional order that the call was to place; made by the client when
    /// the request had none. Whatever became of the call, the exchange can be asked for it.
    pub fn client_order_id(&self) -> Option<&ClientOrderId> {
        self.inner.client_order_id.as_ref()
    }

    /// For a call that acts and whose outcome is unknown: what [`Client::settle`](crate::Client::settle) needs to find
    /// out. None for calls without a type.
    pub fn pending(&self) -> Option<&Pending> {
        self.inner.pending.as_ref()
    }

    /// The broken rules, for a request that was refused before sending.
    pub fn broken_rules(&self) -> Option<&Invalid> {
        match &self.inner.source {
            Some(Source::Invalid(invalid)) => Some(invalid),
            _ => None,
        }
    }

    /// The rows of the reply that do not read, when everything else in it does.
    pub fn bad_rows(&self) -> &[BadRow] {
        self.decode_error().map_or(&[], DecodeError::bad_rows)
    }

    /// The reply without its bad rows; `T` is the reply type of the request. None when something else is wrong with it.
    pub fn good_rows<T: Wire>(&self) -> Option<T> {
        self.decode_error()?.good_rows()
    }

    /// What is wrong with a reply that could not be read.
    pub fn decode_error(&self) -> Option<&DecodeError> {
        match &self.inner.source {
            Some(Source::Decode(error)) => Some(error),
            _ => None,
        }
    }

    /// What to check, for the refusals that everyone meets once.
    pub fn advice(&self) -> Option<&'static str> {
        advice::advice(self.kind(), self.inner.effect, self.code())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let phase = match self.kind() {
            ErrorKind::Invalid => "not sent, invalid",
            ErrorKind::NotSent => "not sent",
            ErrorKind::Rejected => "rejected",
            ErrorKind::Throttled => "throttled",
            ErrorKind::Unknown if self.inner.effect == Some(Effect::Read) => "no usable answer",
            ErrorKind::Unknown => "outcome unknown",
            ErrorKind::Decode => "answer not readable",
            ErrorKind::Incomplete => "incomplete",
        };
        if let Some(call) = &self.inner.call {
            write!(f, "{call}: ")?;
        }
        write!(f, "{phase}: {}", self.inner.text)?;
        if let Some(until) = self.inner.retry_after {
            write!(f, "; try again after {}", until.to_utc_text())?;
        }
        if self.inner.attempts > 1 {
            write!(f, " (sent {} times)", self.inner.attempts)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Error");
        debug.field("kind", &self.inner.kind).field("text", &self.to_string());
        if let Some(source) = self.source() {
            debug.field("source", &source.to_string());
        }
        debug.finish_non_exhaustive()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self.inner.source.as_ref()? {
            // Its text is in ours already.
            Source::Invalid(_) => None,
            Source::Decode(error) => Some(error),
            Source::Http(error) => Some(error),
            Source::Other(error) => Some(error.as_ref()),
        }
    }
}
