//! Finding out what became of a call whose outcome is unknown, by asking the exchange until it knows.

mod ask;
mod proof;
mod unsettled;

pub use unsettled::{IntentEnd, SettledIntent};

use crate::error::Error;
use crate::pending::Pending;
use papi_types::error::DecodeError;
use papi_types::spec::{EvidenceRule, LostCall, Question, Span};
use papi_types::{EndpointInfo, Timestamp, Wire, decode};
use std::time::Duration;

impl Pending {
    /// Returns a call of which only some parameters are known, such as its symbol and an id that was written down. Everything
    /// else is as for [`new`](Self::new).
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
        Ok(Self::at(info, LostCall::from_pairs(params), sent_at, recv_window))
    }

    /// Returns the parameters that asking needs, as name and value.
    pub fn params_to_ask_with(&self) -> Vec<(&'static str, &str)> {
        let needed = |name: &str| self.info().settle.iter().any(|question| needs(question, name));
        let params = self.info().params.iter().filter(|param| needed(param.name));
        params.filter_map(|param| Some((param.name, self.lost().param(param.name)?))).collect()
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

/// The outcome of a call that was asked for.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Settlement {
    /// It was executed. What it placed, cancelled or changed, as the exchange shows it now.
    Accepted(Found),
    /// It was not executed, and will not be any more. Sending it anew is safe.
    Absent,
    /// It is not known, or cannot be known. Do not send it anew.
    StillUnknown(Doubt),
}

/// What the exchange shows of an executed call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    json: String,
}

impl Found {
    /// Returns the reply of the asking call, as JSON.
    pub fn json(&self) -> &str {
        &self.json
    }

    /// Returns the reply of the asking call in its type: `found.read::<UmOrder>()`.
    ///
    /// # Errors
    ///
    /// When it is the reply of another call.
    pub fn read<T: Wire>(&self) -> Result<T, DecodeError> {
        decode(self.json.as_bytes())
    }
}

/// Why the outcome of a call is not known, and where to look for it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Doubt {
    /// The reason.
    pub reason: DoubtReason,
    /// The call whose rows show it, such as `GET /papi/v1/margin/marginLoan`: look there for the time it was sent.
    pub shown_by: Option<String>,
}

/// Why it is not known what became of a call.
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
    /// It is not found. That does not prove that it never was there: the exchange may have forgotten it, or it may never
    /// have been open.
    NotShown,
    /// The deadline came first.
    OutOfTime {
        /// Why asking failed the last time that it failed.
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
