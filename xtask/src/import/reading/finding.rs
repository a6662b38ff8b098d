//! What a sentence can say.

use crate::import::facts::{Remark, RuleKind, Strictness};
use papi_spec::{CallCap, Span};

/// One fact that a sentence states. Names are those of parameters.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Finding {
    Rule {
        when: Vec<(String, Vec<String>)>,
        requirement: RuleKind,
    },
    /// The parameter is sent with these words of the kind of order alone.
    OnlyWith {
        param: String,
        words: Vec<String>,
    },
    /// The parameter must be sent with these words of the kind of order.
    NeededWith {
        param: String,
        words: Vec<String>,
    },
    /// The parameter is refused in Hedge Mode.
    NotInHedgeMode(String),
    /// About a range of times; without ends it is the only range that the call has.
    Window {
        ends: Option<(String, String)>,
        part: WindowPart,
    },
    /// There is data older than this with the parameter, when it is true.
    Archive {
        param: String,
        span: Span,
    },
    Default {
        param: String,
        value: String,
    },
    Min {
        param: String,
        value: String,
    },
    Max {
        param: String,
        value: String,
    },
    CommaList(String),
    Cap(CallCap),
    Remark(Remark),
    /// It states nothing that a client needs.
    Said,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WindowPart {
    Span(Strictness, Span),
    Default(Span),
    DefaultFrom(Span),
    DefaultTo(Span),
    History(Span),
}
