//! What clients said of their calls. The oracle holds it against the exchange's record.

use crate::clocks::Steady;
use crate::record::Act;

/// What a client said of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It was executed: a reply, or an answer that proves it.
    Executed,
    /// It was not executed: invalid, not sent, rejected or throttled.
    NotExecuted,
    /// It may or may not have been.
    Unknown,
    /// Asked for later: it was executed.
    SettledAccepted,
    /// Asked for later: it was not executed and never will be.
    SettledAbsent,
    /// Asked for later, and still not known.
    StillUnknown,
}

/// A verdict, when and of which call.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    pub(crate) at: Steady,
    pub(crate) act: Act,
    pub(crate) verdict: Verdict,
    /// The exchange's number of the order, where the client told it.
    pub(crate) number: Option<i64>,
    pub(crate) words: String,
}

/// A row of a history, as its key and its time.
pub(crate) type Row = (String, i64, i64);

/// What a client said of a history that it walked to its end.
#[derive(Debug, Clone)]
pub(crate) struct HistoryClaim {
    pub(crate) rows: Vec<Row>,
    pub(crate) from: i64,
    pub(crate) to: i64,
    /// Spans of which it said that rows may be missing.
    pub(crate) doubted: Vec<(i64, i64)>,
    /// Whether it said that it got to the end.
    pub(crate) is_whole: bool,
}
