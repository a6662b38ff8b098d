//! A fault: its kind, the requests that meet it, how often, and whether the exchange acts on the request first.

use super::canned::CannedAnswer;
use super::kind::{Acts, FaultKind};
use std::time::Duration;

/// How often a fault acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Times {
    Exactly(u64),
    Always,
}

/// How long a connection is held where the fault does not choose.
const HOLD: Duration = Duration::from_secs(30);

/// How many events come at once where the fault does not choose.
const BURST: u32 = 10_000;

/// A fault that requests meet.
///
/// Without further settings the first request that comes meets it, once. Requests for `/fapi/v1/time` meet only faults
/// that name this path, because a client may ask for the time at any moment. In the same way a connection of the stream
/// meets, when it is opened, only faults that name `/pm/ws` and [can meet it](FaultKind::meets_opening). The faults of the stream itself meet no request: they
/// happen on all its connections once one is open.
///
/// ```
/// use papi_sandbox::{Acts, Fault, FaultKind};
/// let fault = Fault::new(FaultKind::UnknownError503).method("POST").path("/papi/v1/um/order").acts(Acts::Before).times(2);
/// # assert_eq!(fault, r#"{"fault": "503-unknown", "method": "POST", "path": "/papi/v1/um/order", "acts": "before", "times": 2}"#.parse().unwrap());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a fault does nothing until it is given to a sandbox"]
pub struct Fault {
    pub(super) kind: FaultKind,
    pub(super) method: Option<String>,
    pub(super) path: Option<String>,
    pub(super) client_order_id: Option<String>,
    pub(super) times: Option<Times>,
    pub(super) percent: Option<u8>,
    pub(super) acts: Option<Acts>,
    pub(crate) span: Option<Duration>,
    pub(super) hold: Option<Duration>,
    pub(crate) reveal_after: Option<Duration>,
    pub(super) retry_after: Option<u64>,
    pub(super) after: Option<Duration>,
    pub(super) count: Option<u32>,
    pub(super) answer: Option<CannedAnswer>,
}

impl Fault {
    /// Returns a fault of a kind that any request may meet, once.
    pub fn new(kind: FaultKind) -> Self {
        Self {
            kind,
            method: None,
            path: None,
            client_order_id: None,
            times: None,
            percent: None,
            acts: None,
            span: None,
            hold: None,
            reveal_after: None,
            retry_after: None,
            after: None,
            count: None,
            answer: None,
        }
    }

    /// Returns a fault that answers any request with this.
    pub fn answering(answer: CannedAnswer) -> Self {
        Self { answer: Some(answer), ..Self::new(FaultKind::Answer) }
    }

    /// Limits it to requests of this method, such as `POST`.
    pub fn method(mut self, method: &str) -> Self {
        self.method = Some(method.to_ascii_uppercase());
        self
    }

    /// Limits it to requests to this path, such as `/papi/v1/um/order`.
    pub fn path(mut self, path: &str) -> Self {
        self.path = Some(path.to_owned());
        self
    }

    /// Limits it to requests that name this client id, of any kind of order or list: those that place under it, ask for
    /// it, amend or cancel it.
    pub fn client_order_id(mut self, id: &str) -> Self {
        self.client_order_id = Some(id.to_owned());
        self
    }

    /// Lets it act so many times, then never again. The default is once, or always for a fault with a chance.
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(Times::Exactly(times));
        self
    }

    /// Lets it act every time, until it is cleared.
    pub fn always(mut self) -> Self {
        self.times = Some(Times::Always);
        self
    }

    /// Lets it act with a chance in percent. The chance follows from the sandbox's seed, the place of the fault among
    /// the others, and for how often a request of this method, path and client id came: not from what else happens at
    /// the same time.
    pub fn percent(mut self, percent: u8) -> Self {
        self.percent = Some(percent);
        self
    }

    /// Sets whether the request is executed before the fault acts. The default is [`Acts::Before`] for
    /// [`FaultKind::Lost`], [`FaultKind::LateReveal`] and for what spoils the answer to the request, [`Acts::Never`]
    /// for all others. Has no effect on faults that leave nothing to execute: [`FaultKind::Refuse`],
    /// [`FaultKind::ResetBeforeRead`] and [`FaultKind::OutsideRecvWindow`].
    pub fn acts(mut self, acts: Acts) -> Self {
        self.acts = Some(acts);
        self
    }

    /// Sets how long [`FaultKind::Refuse`] lasts, in exchange time. Without it connections are refused until the faults
    /// are cleared.
    pub fn lasting(mut self, span: Duration) -> Self {
        self.span = Some(span);
        self
    }

    /// Sets how long a stall holds the connection, unless the other side gives up before; then it is reset. In real
    /// time, 30 seconds by default: it only keeps forgotten connections from piling up.
    pub fn holding(mut self, hold: Duration) -> Self {
        self.hold = Some(hold);
        self
    }

    /// Hides the order that the request places: queries and lists do not find it until this much exchange time has
    /// passed. The matching engine knows it at once: it can be cancelled, and its client id is taken.
    pub fn reveal_after(mut self, span: Duration) -> Self {
        self.reveal_after = Some(span);
        self
    }

    /// Sets how many seconds a 429 or 418 asks to wait. The default is 1 for 429, and 120 for 418.
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Sets how long a fault of the stream waits, in exchange time, from when it is there and a connection of the stream
    /// is open; and for [`FaultKind::EventsLate`] how long the events wait, in real time. The default is no time.
    pub fn after(mut self, span: Duration) -> Self {
        self.after = Some(span);
        self
    }

    /// Sets how many events [`FaultKind::EventBurst`] tells. The default is 10,000.
    pub fn count(mut self, events: u32) -> Self {
        self.count = Some(events);
        self
    }

    /// Returns the kind of the fault.
    pub fn kind(&self) -> FaultKind {
        self.kind
    }

    /// Returns whether the request is executed before the fault acts.
    pub(crate) fn acts_before(&self) -> bool {
        self.kind.may_act() && self.acts.unwrap_or(self.kind.acts()) == Acts::Before
    }

    /// Returns how often it acts; `None` means without end.
    pub(super) fn limit(&self) -> Option<u64> {
        match self.times {
            Some(Times::Exactly(times)) => Some(times),
            Some(Times::Always) => None,
            None if self.percent.is_some() => None,
            None => Some(1),
        }
    }

    /// Returns how long a fault of the stream or the events of a request wait.
    pub(crate) fn waits(&self) -> Duration {
        self.after.unwrap_or_default()
    }

    /// Returns how many events come at once.
    pub(crate) fn events(&self) -> u32 {
        self.count.unwrap_or(BURST)
    }

    pub(crate) fn hold(&self) -> Duration {
        self.hold.unwrap_or(HOLD)
    }
}
