//! The kinds of faults, by name.

/// Whether the exchange acts on a request that meets a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acts {
    /// The request is executed, and then its answer is lost or damaged.
    Before,
    /// The request is not executed.
    Never,
}

/// A kind of fault.
///
/// Each has a [name](Self::name), which scripts and the request header use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum FaultKind {
    /// The port is closed: idle connections end, new ones are refused. It begins at once and is not about one request.
    Refuse,
    /// The connection is reset when the head of the request has arrived, and the request is not read.
    ResetBeforeRead,
    /// The connection is reset when the whole request has arrived.
    ResetAfterRead,
    /// The request is executed, and the connection is reset instead of an answer.
    Lost,
    /// The order is accepted and answered, but queries and lists do not know it until later.
    LateReveal,
    /// The connection is held, and nothing comes.
    StallBeforeHeaders,
    /// Status and headers come, and no body.
    StallAfterHeaders,
    /// Status, headers and the first half of the body come, and no more.
    StallMidBody,
    /// The first half of the body comes, shorter than its `Content-Length`; then the connection is closed.
    CutBody,
    /// Status 200 with half of the JSON text, and complete as HTTP.
    BadJson,
    /// A page of a web server that knows no such path.
    Html404,
    /// The page of a web application firewall.
    Html403,
    /// The page of a gateway whose backend does not answer properly.
    Html502,
    /// The page of a gateway whose backend does not answer in time.
    Html504,
    /// Status 302, and a `Location` on this host that does not exist.
    Redirect,
    /// Status 503, variant A of the documentation: forwarded, no answer in time.
    UnknownError503,
    /// Status 503, variant B: temporarily down.
    Unavailable503,
    /// Status 503, variant C: -1008 with exactly the documented text.
    Throttled503,
    /// Status 503 and -1008 with a text that is not the documented one; seen with orders that were executed.
    ThrottledOtherwise503,
    /// Status 503 and -1001, the variant without a letter.
    InternalError503,
    /// Status 500 and -1000.
    Unknown500,
    /// Status 408 and -1007.
    Timeout408,
    /// Status 400 and -1006.
    UnexpectedResponse,
    /// Status 400 and -1007.
    BackendTimeout,
    /// Status 429 with `Retry-After`.
    TooManyRequests429,
    /// Status 429 without `Retry-After`.
    TooManyRequests429Bare,
    /// Status 418 with `Retry-After`, and a text that gives no time.
    Banned418,
    /// Status 418 without `Retry-After`, and a text that gives no time.
    Banned418Bare,
    /// Status 418 without `Retry-After`, and a text that says until when.
    Banned418Until,
    /// -1003 under status 400.
    TooManyRequests400,
    /// -1021: the request is refused because of its timestamp, even when the timestamp is right.
    OutsideRecvWindow,
    /// -1125: there is no such listen key. For `PUT` and `DELETE` of `/papi/v1/listenKey`.
    NoListenKey,
    /// The request is executed, and its events are told before its answer.
    EventsFirst,
    /// The request is executed, and its events are told later; those of later requests wait behind them.
    EventsLate,
    /// The request is executed, and of its first event half a frame arrives; then the stream's connections are closed.
    EventCut,
    /// The stream's connections stay, and the server neither sends nor reads on them any more.
    HalfOpen,
    /// The stream's connections are closed, as they are after 24 hours.
    StreamCut,
    /// The stream tells `serverShutdown`, and its connections are closed after a pause.
    ServerShutdown,
    /// The stream tells an event of a name that no page has.
    UnknownEvent,
    /// The stream tells an event that is half a JSON text.
    MalformedEvent,
    /// The stream tells many events at once.
    EventBurst,
    /// The listen key expires, and the stream tells it once.
    KeyExpires,
    /// The listen key expires, and the stream falls silent without a word.
    KeyExpiresSilently,
    /// The listen key expires, and the stream tells it twice.
    KeyExpiresTwice,
    /// Another program of the account deletes the listen key, and the stream falls silent without a word.
    KeyDeleted,
    /// Any other answer; see [`CannedAnswer`](super::CannedAnswer).
    Answer,
}

use FaultKind as K;

/// Each kind with its name, and with what it does in a line of help, in the order of the enum; a test checks it.
const KINDS: [(FaultKind, &str, &str); 46] = [
    (K::Refuse, "refuse", "connections are refused for for_ms, from now on"),
    (K::ResetBeforeRead, "reset-before-read", "reset before the request is read"),
    (K::ResetAfterRead, "reset-after-read", "reset after the request is read"),
    (K::Lost, "lost", "executed, then reset instead of an answer"),
    (K::LateReveal, "late-reveal", "the order is found only reveal_after_ms later"),
    (K::StallBeforeHeaders, "stall-before-headers", "no answer for hold_ms, then reset"),
    (K::StallAfterHeaders, "stall-after-headers", "headers, then nothing"),
    (K::StallMidBody, "stall-mid-body", "half of the body, then nothing"),
    (K::CutBody, "cut-body", "half of the body, then closed"),
    (K::BadJson, "bad-json", "200 with half of the JSON"),
    (K::Html404, "html-404", "a page instead of JSON"),
    (K::Html403, "html-403", "the page of a firewall"),
    (K::Html502, "html-502", "the page of a gateway"),
    (K::Html504, "html-504", "the page of a gateway"),
    (K::Redirect, "redirect", "302 with a Location"),
    (K::UnknownError503, "503-unknown", "503 A, \"Unknown error, ...\""),
    (K::Unavailable503, "503-unavailable", "503 B, \"Service Unavailable.\""),
    (K::Throttled503, "503-throttled", "503 C, -1008 with the documented text"),
    (K::ThrottledOtherwise503, "503-throttled-other", "503, -1008 with another text"),
    (K::InternalError503, "503-internal", "503, -1001 \"Internal error; ...\""),
    (K::Unknown500, "500", "500, -1000"),
    (K::Timeout408, "408", "408, -1007"),
    (K::UnexpectedResponse, "-1006", "400, -1006"),
    (K::BackendTimeout, "-1007", "400, -1007"),
    (K::TooManyRequests429, "429", "429 with Retry-After of retry_after seconds"),
    (K::TooManyRequests429Bare, "429-bare", "429 without Retry-After"),
    (K::Banned418, "418", "418 with Retry-After of retry_after seconds"),
    (K::Banned418Bare, "418-bare", "418 without Retry-After"),
    (K::Banned418Until, "418-until", "418, \"banned until <ms>\", no Retry-After"),
    (K::TooManyRequests400, "-1003", "400, -1003"),
    (K::OutsideRecvWindow, "-1021", "400, -1021"),
    (K::NoListenKey, "-1125", "400, -1125: no such listen key"),
    (K::EventsFirst, "events-first", "executed, and its events come before the answer"),
    (K::EventsLate, "events-late", "executed, and its events come after_ms later"),
    (K::EventCut, "event-cut", "executed, half of its first event comes, then closed"),
    (K::HalfOpen, "half-open", "the stream stays open and is dead"),
    (K::StreamCut, "stream-cut", "the stream is closed, as after 24 hours"),
    (K::ServerShutdown, "server-shutdown", "serverShutdown comes, then closed after hold_ms"),
    (K::UnknownEvent, "unknown-event", "an event of an unknown name comes"),
    (K::MalformedEvent, "malformed-event", "half of an event comes as a whole message"),
    (K::EventBurst, "event-burst", "count events come at once; 10000 when absent"),
    (K::KeyExpires, "key-expires", "the listen key expires, and that is told"),
    (K::KeyExpiresSilently, "key-expires-silently", "the listen key expires, and nothing is told"),
    (K::KeyExpiresTwice, "key-expires-twice", "the listen key expires, and that is told twice"),
    (K::KeyDeleted, "key-deleted", "another program deletes the listen key"),
    (K::Answer, "answer", "status with code and message, or with body; headers"),
];

impl FaultKind {
    /// Returns all kinds, in the order of their documentation.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        KINDS.iter().map(|(kind, _, _)| *kind)
    }

    /// Returns the kind with a name.
    pub fn named(name: &str) -> Option<Self> {
        KINDS.iter().find(|(_, each, _)| *each == name).map(|(kind, _, _)| *kind)
    }

    /// Returns its name, such as `503-unknown`.
    pub fn name(self) -> &'static str {
        KINDS[self as usize].1
    }

    /// Returns what it does, in a few words.
    pub fn about(self) -> &'static str {
        KINDS[self as usize].2
    }

    /// Returns whether the request is executed where the fault does not choose: it is when the kind damages the answer
    /// to it.
    pub(super) const fn acts(self) -> Acts {
        match self {
            K::Lost | K::LateReveal | K::StallAfterHeaders | K::StallMidBody | K::CutBody | K::BadJson => Acts::Before,
            K::EventsFirst | K::EventsLate | K::EventCut => Acts::Before,
            _ => Acts::Never,
        }
    }

    /// Returns whether the exchange can execute the request before the fault acts.
    pub(super) const fn may_act(self) -> bool {
        !matches!(self, K::Refuse | K::ResetBeforeRead | K::OutsideRecvWindow | K::NoListenKey) && !self.is_of_stream()
    }

    /// Returns whether it happens on the connections of the stream. No request meets it: it comes when one of them is
    /// open.
    pub const fn is_of_stream(self) -> bool {
        matches!(
            self,
            K::HalfOpen
                | K::StreamCut
                | K::ServerShutdown
                | K::UnknownEvent
                | K::MalformedEvent
                | K::EventBurst
                | K::KeyExpires
                | K::KeyExpiresSilently
                | K::KeyExpiresTwice
                | K::KeyDeleted
        )
    }

    /// Returns whether it is about the events of the request that meets it; its answer is not touched.
    pub const fn is_of_events(self) -> bool {
        matches!(self, K::EventsFirst | K::EventsLate | K::EventCut)
    }

    /// Returns whether the opening of a connection of the stream can meet it: not what happens on connections that are open,
    /// or is about the orders and events of a call.
    pub const fn meets_opening(self) -> bool {
        !self.is_of_stream() && !self.is_of_events() && !matches!(self, K::Refuse | K::LateReveal)
    }

    /// Returns whether the connection is held, for a time that a fault may choose.
    pub(super) const fn holds(self) -> bool {
        matches!(self, K::StallBeforeHeaders | K::StallAfterHeaders | K::StallMidBody | K::ServerShutdown)
    }

    /// Returns whether the answer asks to wait, for a time that a fault may choose.
    pub(super) const fn waits(self) -> bool {
        matches!(self, K::TooManyRequests429 | K::Banned418 | K::Banned418Until)
    }

    /// Returns whether the request counts against the limits.
    pub(crate) const fn is_weighed(self) -> bool {
        !matches!(self, K::ResetBeforeRead | K::Unavailable503 | K::Throttled503)
    }

    /// Returns whether the answer comes from a gateway in front of the exchange, which counts no weight.
    pub(crate) const fn is_from_gateway(self) -> bool {
        matches!(self, K::Html404 | K::Html403 | K::Html502 | K::Html504 | K::Redirect)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_kind_has_one_name_and_is_found_by_it() {
        assert_eq!(K::Answer as usize + 1, KINDS.len(), "the last kind has the last row");
        for (index, kind) in FaultKind::all().enumerate() {
            assert_eq!((kind as usize, FaultKind::named(kind.name())), (index, Some(kind)));
        }
        let names: BTreeSet<_> = FaultKind::all().map(FaultKind::name).collect();
        assert_eq!(names.len(), KINDS.len());
        assert_eq!(FaultKind::named("504"), None);
    }
}
