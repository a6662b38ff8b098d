//! What the spec of an endpoint says about walking its rows, as far as windows and pages go.

use papi_types::spec::{Paging, Span, SpanLimit};
use papi_types::{EndpointInfo, Timestamp};

/// How rows come.
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    pub(crate) reply: ReplyKind,
    /// How many rows a page has when no cap is asked for; none when that is as many.
    pub(crate) default: Option<usize>,
    /// Bounds to the length of a window, all of them.
    strides: Vec<Stride>,
}

/// What one reply says about the rows of its window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReplyKind {
    /// It holds fewer rows than this, or may have left some out.
    Capped { cap: usize },
    /// It holds a page of at most this many, and says how many rows there are.
    Numbered { size: usize },
    /// It holds all of them, or says that there are more.
    Whole,
}

/// A window that needs more pages than this is cut, so that its rows fit into memory.
const MOST_PAGES: usize = 20;

#[derive(Debug, Clone, Copy)]
struct Stride {
    span: Span,
    /// What it is shorter than the span, in milliseconds.
    less: i64,
}

impl Shape {
    /// None for an endpoint whose rows cannot be walked through time.
    pub(crate) fn of(info: &EndpointInfo) -> Option<Self> {
        let paging = info.paging?;
        let window = paging.window?;
        let mut strides = vec![Stride { span: window.step, less: 0 }];
        let same_ends = info.windows().filter(|(_, limits)| (limits.from, limits.to) == (window.from, window.to));
        strides.extend(same_ends.filter_map(|(_, limits)| Stride::of(limits.limit?)));
        let reply = ReplyKind::of(info, &paging);
        let default = paging.cap.and_then(|cap| info.param(cap)?.default?.parse().ok());
        let default = default.filter(|default| matches!(reply, ReplyKind::Capped { cap } if *default < cap));
        Some(Self { reply, default, strides })
    }

    #[cfg(test)]
    pub(crate) fn test(reply: ReplyKind, step: i64) -> Self {
        let default = match reply {
            ReplyKind::Capped { cap } => Some(cap / 2),
            ReplyKind::Numbered { .. } | ReplyKind::Whole => None,
        };
        Self { reply, default, strides: vec![Stride { span: Span::Millis(step), less: 0 }] }
    }

    /// More rows in one window than this make it be cut; none when nothing does.
    pub(crate) fn most_rows(&self) -> Option<usize> {
        match self.reply {
            ReplyKind::Capped { cap } => Some(cap.saturating_sub(1)),
            ReplyKind::Numbered { size } => Some(size.saturating_mul(MOST_PAGES)),
            ReplyKind::Whole => None,
        }
    }

    /// Whether one page cannot hold more rows than this many.
    pub(crate) fn fills_a_page(&self, rows: usize) -> bool {
        match self.reply {
            ReplyKind::Capped { cap: most } | ReplyKind::Numbered { size: most } => rows >= most,
            ReplyKind::Whole => false,
        }
    }

    /// The last millisecond of the longest window that begins at `from`.
    pub(crate) fn longest(&self, from: i64) -> i64 {
        self.strides.iter().map(|stride| stride.longest(from)).min().unwrap_or(from)
    }

    /// From now on windows are at most half as long as one that the exchange refused for its length.
    pub(crate) fn shorten(&mut self, refused: i64) {
        self.strides.push(Stride { span: Span::Millis((refused / 2).max(1)), less: 0 });
    }

    /// From now on windows are shorter by so many milliseconds.
    pub(crate) fn tighten(&mut self, millis: i64) {
        self.strides.iter_mut().for_each(|stride| stride.less += millis);
    }

    /// How many of the longest windows cover a span.
    pub(crate) fn windows(&self, from: i64, to: i64) -> u64 {
        let (mut count, mut at) = (1, self.longest(from));
        while at < to {
            count += 1;
            at = self.longest(at).max(at.saturating_add(1));
        }
        count
    }

    /// The length of the window that begins at `from`, as a measure.
    pub(crate) fn step(&self, from: i64) -> i64 {
        self.longest(from).saturating_sub(from).max(1)
    }
}

impl ReplyKind {
    fn of(info: &EndpointInfo, paging: &Paging) -> Self {
        let cap = paging.cap.and_then(|name| highest(info, name));
        match (paging.page, cap) {
            (Some(_), Some(size)) => Self::Numbered { size },
            (None, Some(cap)) => Self::Capped { cap },
            (_, None) => Self::Whole,
        }
    }
}

/// The highest value of a parameter that caps rows; where the page names none, its default.
pub(crate) fn highest(info: &EndpointInfo, name: &str) -> Option<usize> {
    let param = info.param(name)?;
    let max = param.max.and_then(|edge| edge.to_string().parse().ok());
    max.or_else(|| param.default?.parse().ok()).filter(|cap| *cap > 0)
}

impl Stride {
    fn of(limit: SpanLimit) -> Option<Self> {
        match limit {
            SpanLimit::AtMost(span) => Some(Self { span, less: 0 }),
            SpanLimit::Under(span) => Some(Self { span, less: 1 }),
            _ => None,
        }
    }

    fn longest(self, from: i64) -> i64 {
        const DAY: i64 = 86_400_000;
        let whole = match self.span {
            Span::Millis(millis) => from.saturating_add(millis),
            // Months are as long as those before the end, so the end is searched for.
            Span::Months(months) => {
                let months = i64::from(months);
                let (mut fits, mut beyond) = (months * 28 * DAY, months * 31 * DAY + 1);
                while fits + 1 < beyond {
                    let middle = i64::midpoint(fits, beyond);
                    let start = self.span.before(Timestamp::from_millis(from.saturating_add(middle)));
                    if start.as_millis() <= from { fits = middle } else { beyond = middle }
                }
                from.saturating_add(fits)
            }
        };
        whole.saturating_sub(self.less).max(from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use papi_types::ENDPOINTS;

    const DAY: i64 = 86_400_000;
    const NOON: i64 = 1_792_000_000_000;

    #[test]
    fn every_endpoint_with_paging_can_be_walked_in_windows_that_its_rules_allow() {
        let mut walked = 0;
        for info in ENDPOINTS.iter().filter(|info| info.paging.is_some()) {
            let shape = Shape::of(info).unwrap_or_else(|| panic!("{} has no window", info.type_path()));
            assert!(shape.longest(NOON) > NOON, "{}", info.type_path());
            for (_, limits) in info.windows() {
                let (from, to) = (Timestamp::from_millis(NOON), Timestamp::from_millis(shape.longest(NOON)));
                match limits.limit {
                    Some(SpanLimit::AtMost(span)) => assert!(span.before(to) <= from, "{}", info.type_path()),
                    Some(SpanLimit::Under(span)) => assert!(span.before(to) < from, "{}", info.type_path()),
                    _ => {}
                }
            }
            walked += 1;
        }
        assert!(walked >= 20, "{walked}");
    }

    #[test]
    fn windows_are_counted_with_their_shared_edges() {
        let shape = |days| Shape {
            reply: ReplyKind::Whole,
            default: None,
            strides: vec![Stride { span: papi_types::spec::days(days), less: 0 }],
        };
        assert_eq!(shape(7).windows(NOON, NOON + 90 * DAY), 13);
        assert_eq!(shape(7).windows(NOON, NOON + 7 * DAY), 1);
        assert_eq!(shape(7).windows(NOON, NOON + 7 * DAY + 1), 2);
        assert_eq!(shape(7).windows(NOON, NOON), 1);
    }

    #[test]
    fn months_are_as_long_as_those_before_the_end() {
        let stride = Stride { span: papi_types::spec::months(3), less: 0 };
        for from in (0..400).map(|day| NOON + day * DAY) {
            let end = Timestamp::from_millis(stride.longest(from));
            assert!(papi_types::spec::months(3).before(end).as_millis() <= from);
            assert!(
                papi_types::spec::months(3).before(end.plus(std::time::Duration::from_millis(1))).as_millis() >= from
            );
        }
    }
}
