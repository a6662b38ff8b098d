//! Finding out what became of a call whose outcome is unknown, by asking the exchange until it knows.

mod ask;
mod proof;

use crate::Error;
use crate::prepared::Typed;
use papi_types::{
    ClientOrderId, DecodeError, Endpoint, EndpointInfo, EvidenceRule, LostCall, Question, Span, Timestamp, Wire, decode,
};
use std::time::Duration;

/// A call that acts and whose outcome is unknown, with all that is needed to ask for it.
///
/// An [`Error`](crate::Error) of unknown outcome holds one. To be able to ask even when the future of the call was
/// dropped, or after a restart, make one yourself: give the request an id of your own, keep that, and build the `Pending`
/// from the same request.
///
/// ```
/// use binance_papi::{ClientOrderId, Pending, Quantity, Side, Timestamp, um};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let id = ClientOrderId::generate();
/// let order = um::NewOrder::market("BTCUSDT", Side::Buy, "0.01".parse::<Quantity>()?).new_client_order_id(&id);
/// let pending = Pending::new(&order, Timestamp::from_millis(1_792_000_000_000));
/// assert_eq!(pending.client_order_id(), Some(id));
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
pub struct Pending {
    info: &'static EndpointInfo,
    lost: LostCall,
    sent_at: Timestamp,
    recv_window: Duration,
}

impl Pending {
    /// A request that may have been sent, at `sent_at` in exchange time at the latest, with a recv window as long as
    /// [`Call`](crate::Call)'s default.
    pub fn new(request: &dyn Endpoint, sent_at: Timestamp) -> Self {
        let recv_window = crate::Call::default().recv_window;
        Self { info: request.info(), lost: LostCall::of(request).stamped(sent_at, recv_window), sent_at, recv_window }
    }

    /// A call of which only some parameters are known, such as its symbol and an id that was written down. The rest as
    /// for [`new`](Self::new).
    ///
    /// # Errors
    ///
    /// Invalid when the endpoint has no such parameter.
    pub fn from_params(
        info: &'static EndpointInfo,
        params: &[(&str, &str)],
        sent_at: Timestamp,
        recv_window: Duration,
    ) -> Result<Self, Error> {
        if let Some((name, _)) = params.iter().find(|(name, _)| info.param(name).is_none()) {
            let names: Vec<_> = info.params.iter().map(|param| param.name).collect();
            let call = format!("{} {}", info.method, info.path);
            return Err(Error::invalid(format!("{call} has no parameter {name:?}; it has {}", names.join(", "))));
        }
        Ok(Self { info, lost: LostCall::from_pairs(params).stamped(sent_at, recv_window), sent_at, recv_window })
    }

    /// A call that was sent at each of `stamps`.
    pub(crate) fn of_sent(typed: &Typed, stamps: &[Timestamp], recv_window: Duration) -> Option<Self> {
        let pairs: Vec<_> = typed.sent.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let lost = stamps.iter().fold(LostCall::from_pairs(&pairs), |lost, at| lost.stamped(*at, recv_window));
        Some(Self { info: typed.info, lost, sent_at: *stamps.last()?, recv_window })
    }

    /// The endpoint that was called.
    pub fn info(&self) -> &'static EndpointInfo {
        self.info
    }

    /// A parameter as it was sent, before percent-encoding.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.lost.param(name)
    }

    /// The parameters that asking needs, as name and value.
    pub fn params_to_ask_with(&self) -> Vec<(&'static str, &str)> {
        let needed = |name: &str| self.info.settle.iter().any(|question| needs(question, name));
        let params = self.info.params.iter().filter(|param| needed(param.name));
        params.filter_map(|param| Some((param.name, self.lost.param(param.name)?))).collect()
    }

    /// The caller's id of what was to be placed.
    pub fn client_order_id(&self) -> Option<ClientOrderId> {
        self.lost.param(self.info.client_ids.first()?).map(ClientOrderId::new)
    }

    /// The timestamp of the last attempt, in exchange time.
    pub fn sent_at(&self) -> Timestamp {
        self.sent_at
    }

    /// The recv window that each attempt carried.
    pub fn recv_window(&self) -> Duration {
        self.recv_window
    }

    fn lost(&self) -> &LostCall {
        &self.lost
    }
}

/// Whether a question uses a parameter of the lost call.
fn needs(question: &Question, name: &str) -> bool {
    let asks_with = question.each.is_none() && question.with.iter().any(|(_, ours)| *ours == name);
    let compares =
        matches!(question.shows, EvidenceRule::Fields { same, .. } if same.iter().any(|(_, ours)| *ours == name));
    asks_with || compares
}

/// How long and how carefully to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// When to give up. Default 60 s. Proof that a call did not act takes at least its recv window and the margin.
    pub deadline: Duration,
    /// How long after the recv window the exchange may take to show what it accepted. Default 10 s.
    pub margin: Duration,
    /// The pause between two rounds of asking; it doubles three times. Default 250 ms.
    pub pause: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { deadline: Duration::from_secs(60), margin: Duration::from_secs(10), pause: Duration::from_millis(250) }
    }
}

/// What became of a call.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Settlement {
    /// It was executed. What it placed, cancelled or changed, as the exchange shows it now.
    Accepted(Found),
    /// It was not executed, and will not be any more. Sending it anew is safe.
    Absent,
    /// Nobody can tell yet, or at all. Do not send it anew.
    StillUnknown(Doubt),
}

/// What the exchange shows of an executed call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    json: String,
}

impl Found {
    /// The reply of the asking call, as JSON.
    pub fn json(&self) -> &str {
        &self.json
    }

    /// The reply of the asking call in its type: `found.read::<UmOrder>()`.
    ///
    /// # Errors
    ///
    /// When it is the reply of another call.
    pub fn read<T: Wire>(&self) -> Result<T, DecodeError> {
        decode(self.json.as_bytes())
    }
}

/// Why nobody can tell.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Doubt {
    /// The reason.
    pub reason: DoubtReason,
    /// The call whose rows show it, such as `GET /papi/v1/margin/marginLoan`: look there for the time it was sent.
    pub shown_by: Option<String>,
}

/// Why nobody can tell what became of a call.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum DoubtReason {
    /// No call of the exchange answers for this one, or the ids to ask with are missing.
    CannotBeAsked,
    /// It is not found, and it was sent longer ago than the asked call remembers.
    TooOld {
        /// How long the asked call remembers everything.
        keeps: Span,
    },
    /// It is not found, which does not prove that it never was there: it may be forgotten, or never have been open.
    NotShown,
    /// The deadline came first.
    OutOfTime {
        /// What went wrong with asking, the last time that it did.
        trouble: Option<String>,
    },
}

impl std::fmt::Display for Doubt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.reason {
            DoubtReason::CannotBeAsked => f.write_str("no call of the exchange answers for this one")?,
            DoubtReason::TooOld { keeps } => {
                write!(f, "it is not found, and it was sent longer ago than the {keeps} that the exchange remembers")?;
            }
            DoubtReason::NotShown => {
                f.write_str("what it is about is not found, which does not prove that it did nothing")?;
            }
            DoubtReason::OutOfTime { trouble: None } => f.write_str("the time to ask is over")?,
            DoubtReason::OutOfTime { trouble: Some(trouble) } => {
                write!(f, "the time to ask is over; asking failed: {trouble}")?;
            }
        }
        self.shown_by.as_ref().map_or(Ok(()), |call| write!(f, "; {call} shows it if it was executed"))
    }
}
