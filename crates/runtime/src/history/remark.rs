//! What a walk finds out about the exchange that no span of rows can say.

use super::bounds::WindowEnd;
use crate::plural::counted;
use std::fmt;

/// Something that the user of a walk should know, beside the spans that are named. Its `Display` is a sentence for people;
/// nothing in it is secret.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Remark {
    /// The call that lists names failed. A millisecond that fills a page was narrowed by the names in its rows alone.
    NamesMissing {
        /// The call, such as `GET /papi/v1/um/account`.
        call: String,
        /// Why it failed, in words.
        reason: String,
    },
    /// The exchange gives fewer rows in a page than it is asked for and than it documents. Pages of as many rows were taken
    /// for full ones.
    LowerCap {
        /// How many rows a page was asked to have at most.
        asked: usize,
        /// How many it has at most.
        given: usize,
    },
    /// The exchange leaves out the rows of an end of each window, although both ends are documented to be included.
    /// Requests were a millisecond wider from then on, and the ends of earlier windows were asked for again.
    ExclusiveBound(WindowEnd),
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NamesMissing { call, reason } => {
                write!(f, "{call}, which lists names to ask for, failed: {reason}")
            }
            Self::ExclusiveBound(end) => {
                let end = match end {
                    WindowEnd::First => "first",
                    WindowEnd::Last => "last",
                };
                write!(f, "the exchange leaves out the {end} millisecond of a window; requests are wider by it")
            }
            Self::LowerCap { asked, given } => write!(
                f,
                "the exchange gave at most {rows} in a page although {asked} were asked for; \
                 pages of {rows} were asked for again in parts",
                rows = counted(*given as u64, "row")
            ),
        }
    }
}
