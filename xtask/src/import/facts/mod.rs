//! What the pages say of one call, read into facts: what a draft of a spec is written from, what stands in `tests/facts`, and
//! what specs are compared with.

pub(crate) mod json;
pub(crate) mod seen;

use papi_spec::{Access, CallCap, Method, Span};
use std::fmt;

/// The facts of one call, united from all pages that tell of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CallFacts {
    pub(crate) method: Method,
    pub(crate) path: String,
    /// The name that the title gives it.
    pub(crate) title: String,
    /// What it does, as the first sentence of the description says it.
    pub(crate) doc: Option<String>,
    /// Where the first page came from, when it says so.
    pub(crate) address: Option<String>,
    /// None when the title has no security word; then the call is signed all the same if it has a timestamp.
    pub(crate) access: Option<Access>,
    pub(crate) is_deprecated: bool,
    /// The day from which it is gone, when a page says it: `2026-04-28`.
    pub(crate) retired_on: Option<String>,
    /// None when no section tells it.
    pub(crate) weight: Option<Vec<WeightCase>>,
    /// What it counts against the order limit, when a section tells it.
    pub(crate) orders: Option<u32>,
    /// Further caps on calls, by sentences.
    pub(crate) caps: Vec<CallCap>,
    /// None when no section tells them; an empty list when a section says that there are none.
    pub(crate) params: Option<Vec<ParamFacts>>,
    pub(crate) rules: Vec<Rule>,
    /// What is understood and no client can check.
    pub(crate) remarks: Vec<Remark>,
    /// Documented replies, each as JSON with the digits of the page.
    pub(crate) examples: Vec<Json>,
    /// What the pages say of fields of the reply, by path (`[].orderId`).
    pub(crate) fields: Vec<FieldFacts>,
    /// Each sentence that is in none of the facts above.
    pub(crate) notes: Vec<Note>,
    /// Each fact on which two pages, or two places of one, disagree.
    pub(crate) conflicts: Vec<Conflict>,
    /// How many sentences became facts.
    pub(crate) understood: usize,
}

/// One case of a weight, in order. The last one has no parameters and is what counts otherwise, or always when alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WeightCase {
    pub(crate) with: Option<String>,
    pub(crate) weight: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ParamFacts {
    pub(crate) name: String,
    /// As the page has it: STRING, LONG, INT, DECIMAL, ENUM, BOOLEAN, LIST.
    pub(crate) page_type: String,
    pub(crate) required: bool,
    pub(crate) default: Option<String>,
    pub(crate) min: Option<String>,
    pub(crate) max: Option<String>,
    /// A class and length: `^[\.A-Z\:/a-z0-9_-]{1,32}$`.
    pub(crate) pattern: Option<String>,
    /// None when unknown, never empty.
    pub(crate) words: Option<Vec<String>>,
    /// One value with commas between its parts.
    pub(crate) is_comma_list: bool,
    /// What remains of its cell.
    pub(crate) doc: String,
    pub(crate) line: usize,
}

/// A rule over several parameters.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rule {
    /// Values under which it applies, all of them: a parameter with the words of which one must be sent. No words: it is sent.
    pub(crate) when: Vec<(String, Vec<String>)>,
    pub(crate) requirement: RuleKind,
    pub(crate) place: Place,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum RuleKind {
    AtLeastOne(Vec<String>),
    ExactlyOne(Vec<String>),
    AtMostOne(Vec<String>),
    Together(Vec<String>),
    Need(Vec<String>),
    Forbid(Vec<String>),
    Only { param: String, values: Vec<String> },
    Window(WindowFacts),
}

/// What is said of a range of times. Each part is one fact.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct WindowFacts {
    pub(crate) from: String,
    pub(crate) to: String,
    /// How long it may be, and whether it must be shorter than that.
    pub(crate) span: Option<(Span, Strictness)>,
    /// What is searched when neither is sent.
    pub(crate) default: Option<Span>,
    pub(crate) default_from: Option<Span>,
    pub(crate) default_to: Option<Span>,
    /// How far back there is data.
    pub(crate) history: Option<Span>,
    /// The parameter and its value with which there is older data as well.
    pub(crate) history_unless: Option<(String, String)>,
}

/// What a sentence says that needs no rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Remark {
    /// Without the parameter all of them are returned.
    AllWithout(String),
    /// Rows begin at this id; without it the newest are returned.
    RowsFrom(String),
    /// This parameter counts when several are sent.
    Prevails(String),
    /// Rows come newest first.
    NewestFirst,
    OldestFirst,
    /// A time of this parameter belongs to the range.
    Inclusive(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Strictness {
    AtMost,
    Under,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FieldFacts {
    pub(crate) path: String,
    pub(crate) doc: String,
    /// What a table or schema calls its type.
    pub(crate) page_type: Option<String>,
    /// The words that a comment or table calls its enum.
    pub(crate) words: Option<Vec<String>>,
    /// Evidence that it may be absent: the sentence that says so.
    pub(crate) optional: Option<String>,
}

/// A sentence that no fact was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Note {
    /// The parameter in whose row it stands.
    pub(crate) of_param: Option<String>,
    pub(crate) text: String,
    pub(crate) place: Place,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Conflict {
    /// `default of limit`.
    pub(crate) subject: String,
    pub(crate) kept: (String, Place),
    pub(crate) other: (String, Place),
}

/// Where on a page something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) file: String,
    pub(crate) line: usize,
}

/// JSON with keys in their order and numbers as they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => f.write_str(&self.file),
            line => write!(f, "{}:{line}", self.file),
        }
    }
}
