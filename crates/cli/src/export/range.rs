//! Ranges of time: which one was asked for, and which part of it is still to be walked.

use crate::time_text;
use binance_papi::history::SpanIssue;
use binance_papi::spec::Span;
use binance_papi::{EndpointInfo, Timestamp};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Milliseconds from the first to the last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Range {
    pub(crate) from: i64,
    pub(crate) to: i64,
}

/// A range that was asked for, and whether its beginning moves with the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) range: Range,
    pub(crate) start: Start,
}

/// How the beginning of a range was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Start {
    /// As a length of time before now, so that the exchange may have forgotten its first moments by the time it is asked.
    Ago,
    /// As a moment.
    Moment,
}

/// How much later than the oldest row that the exchange still has a walk begins. Meanwhile the exchange goes on forgetting, at
/// the pace of the clock: while the clocks are compared, while the first requests wait for weight (ten minutes at most) or are
/// repeated (four minutes), and while the rows of the first hour are read. An hour covers all of it, unless one hour of the
/// account has more rows than can be read in an hour, which are some hundred thousand.
const MARGIN: i64 = HOUR;

/// What the walk itself leaves at the oldest end for the way of a request, and what `90d` and its like leave.
const GRACE: i64 = MINUTE;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// Reads `--from` and `--to`. A `--to` is exclusive: a date ends the range at its first moment. A range that ends now, or
/// reaches into the future, ends at the last whole minute: rows of these seconds may not be shown yet, and the end reads well.
///
/// Everything is UTC unless the text has a zone; the zone of the machine is not used.
pub(crate) fn asked(from: &str, to: &str, now: Timestamp) -> Result<Asked, String> {
    let read = |option: &str, text: &str| time_text::to_millis(text, now).map_err(|why| format!("{option} {why}"));
    let is_ago = time_text::to_span(from).is_ok();
    let to_given = read("--to", to)?;
    let end = if to_given >= now.as_millis() { last_minute(now) } else { to_given };
    let range = Range { from: read("--from", from)?, to: end.saturating_sub(1) };
    if range.from > range.to {
        let (from, to) = (text(range.from), text(range.to.saturating_add(1)));
        return Err(format!(
            "--from {from} is not before --to {to}; times without a zone are UTC, and --to is exclusive; now is the last \
             whole minute"
        ));
    }
    Ok(Asked { range, start: if is_ago { Start::Ago } else { Start::Moment } })
}

/// Returns the last whole minute.
fn last_minute(now: Timestamp) -> i64 {
    now.as_millis() - now.as_millis().rem_euclid(MINUTE)
}

impl Asked {
    /// Returns the range with a beginning that the exchange still has while it is walked. `oldest` is the first millisecond that
    /// may be asked for now. Only a length of time that reaches just as far is moved: what a longer one lacks is lost.
    pub(crate) fn within_reach(self, oldest: Option<i64>) -> Self {
        let Some(oldest) = oldest.filter(|oldest| self.start == Start::Ago && self.range.from >= oldest - 2 * GRACE)
        else {
            return self;
        };
        let first = oldest - GRACE + MARGIN;
        let from = self.range.from.max(first + (-first).rem_euclid(MINUTE));
        if from <= self.range.to { Self { range: Range { from, ..self.range }, ..self } } else { self }
    }

    /// Returns in words where the range begins and ends elsewhere than was `given`; none when it does not.
    pub(crate) fn explanation(self, given: Self, now: Timestamp) -> Option<String> {
        let begin = (self.range.from != given.range.from).then(|| {
            "it begins up to an hour after the oldest row that the exchange still has, so that none is forgotten while it is \
             walked"
                .to_owned()
        });
        let is_now = self.range.to.saturating_add(1) == last_minute(now);
        let end = is_now.then(|| "it ends at the last whole minute".to_owned());
        let said: Vec<_> = begin.into_iter().chain(end).collect();
        (!said.is_empty()).then(|| said.join("; "))
    }
}

impl Range {
    /// Returns the range of an issue.
    pub(crate) fn of(issue: &SpanIssue) -> Self {
        Self { from: issue.from.as_millis(), to: issue.to.as_millis() }
    }

    /// Returns the smallest range with both in it.
    pub(crate) fn joined(self, other: Self) -> Self {
        Self { from: self.from.min(other.from), to: self.to.max(other.to) }
    }

    /// Returns whether an issue lies in this range as a whole.
    pub(crate) fn contains(self, issue: &SpanIssue) -> bool {
        self.from <= issue.from.as_millis() && issue.to.as_millis() <= self.to
    }

    /// Returns the range in few words: moments as dates, or to the minute, where that says all.
    pub(crate) fn brief(self) -> String {
        format!("{} to {}", brief(self.from), brief(self.to.saturating_add(1)))
    }

    /// Returns the range in words, for stderr.
    pub(crate) fn sentence(self) -> String {
        format!("{} to {} (UTC, the end excluded)", text(self.from), text(self.to.saturating_add(1)))
    }
}

/// Returns a moment in words.
fn text(millis: i64) -> String {
    Timestamp::from_millis(millis).to_string()
}

fn brief(millis: i64) -> String {
    let text = text(millis);
    let date = text.strip_suffix("T00:00:00.000Z").map(ToOwned::to_owned);
    date.or_else(|| text.strip_suffix(":00.000Z").map(|minute| format!("{minute}Z"))).unwrap_or(text)
}

/// Returns what is to be walked when a range is asked for and another one was walked before: what lies before that one, the
/// spans of it that lacked rows, and all that came after it, beginning `overlap` before its end. There is never a gap.
pub(crate) fn to_walk(asked: Range, covered: Option<Range>, holes: &[Range], overlap: Duration) -> Vec<Range> {
    let Some(covered) = covered else { return vec![asked] };
    let overlap = i64::try_from(overlap.as_millis()).unwrap_or(i64::MAX);
    let mut ranges = Vec::new();
    if asked.from < covered.from {
        // Both have the first millisecond of what was walked.
        ranges.push(Range { from: asked.from, to: covered.from });
    }
    let again = covered.to.saturating_sub(overlap).max(covered.from);
    ranges.extend(holes.iter().filter(|hole| hole.to < again));
    if asked.to > covered.to {
        ranges.push(Range { from: again, to: asked.to });
    } else {
        ranges.extend(holes.iter().filter(|hole| hole.to >= again));
    }
    ranges
}

/// Returns the smallest range with all of them in it.
pub(crate) fn joined(covered: Option<Range>, walked: &[Range]) -> Option<Range> {
    covered.into_iter().chain(walked.iter().copied()).reduce(Range::joined)
}

/// Returns how long the exchange keeps the rows of an endpoint, by its constraints; none when they do not limit it.
pub(crate) fn reach(info: &EndpointInfo) -> Option<Span> {
    info.windows().find_map(|(_, window)| window.reach).map(|reach| reach.span)
}

/// What the time since the last run means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Age {
    Young,
    /// Rows will be lost soon; so many days are left.
    Late {
        days_left: u64,
    },
    /// The exchange no longer has the rows of this interval.
    Lost(Range),
}

/// Ten days before rows would be lost is the time to say so.
const NOTICE: i64 = 10 * DAY;

const DAY: i64 = 86_400_000;

/// Compares the end of the last successful run with what the exchange still has.
pub(crate) fn age(covered: Option<Range>, reach: Option<Span>, now: Timestamp) -> Age {
    let (Some(covered), Some(reach)) = (covered, reach) else { return Age::Young };
    let oldest = reach.before(now).as_millis();
    if covered.to < oldest {
        Age::Lost(Range { from: covered.to, to: oldest })
    } else if covered.to < oldest.saturating_add(NOTICE) {
        Age::Late { days_left: (covered.to - oldest).unsigned_abs() / DAY.unsigned_abs() }
    } else {
        Age::Young
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use binance_papi::{margin, um};

    const NOW: Timestamp = Timestamp::from_millis(1_792_742_400_000);

    fn range(from: i64, to: i64) -> Range {
        Range { from, to }
    }

    #[test]
    fn the_range_ends_before_its_end() {
        let asked = |from, to| asked(from, to, NOW).expect("a range");
        assert_eq!(
            asked("2026-10-01", "2026-10-02").range.sentence(),
            "2026-10-01T00:00:00.000Z to 2026-10-02T00:00:00.000Z (UTC, the end excluded)"
        );
        assert_eq!(asked("2026-10-01", "2026-10-02").range.to % 1000, 999);
        assert_eq!(asked("2026-10-01T02:00:00+02:00", "now").range, range(1_790_812_800_000, NOW.as_millis() - 1));
        assert_eq!(asked("1790812800000", "now").range.from, 1_790_812_800_000);
        assert_eq!(asked("1d", "2027-01-01"), asked("1d", "now"), "the future ends now");
        assert_eq!(asked("90d", "now").start, Start::Ago);
        assert_eq!(asked("1790812800000", "now").start, Start::Moment);
        assert_eq!(asked("2026-10-01", "now").start, Start::Moment);
    }

    #[test]
    fn now_is_the_last_whole_minute() {
        let later = Timestamp::from_millis(NOW.as_millis() + 59_999);
        for to in ["now", "2027-01-01"] {
            let asked = asked("1d", to, later).expect("a range");
            assert_eq!(asked.range.to, NOW.as_millis() - 1, "{to}");
            assert_eq!(asked.explanation(asked, later).as_deref(), Some("it ends at the last whole minute"));
        }
        let past = asked("2026-10-01", "2026-10-02", later).expect("a range");
        assert_eq!(past.explanation(past, later), None);
        assert!(asked("30s", "now", later).expect_err("no range").contains("last whole minute"));
    }

    #[test]
    fn a_length_that_reaches_as_far_as_the_exchange_begins_where_nothing_is_forgotten_meanwhile() {
        // As a walk says it, some milliseconds later.
        let oldest = Some(NOW.as_millis() + 7 - 90 * DAY + GRACE);
        let resolved = |from| {
            let asked = asked(from, "now", NOW).expect("a range");
            (asked, asked.within_reach(oldest))
        };
        for from in ["90d", "2160h"] {
            let (given, moved) = resolved(from);
            assert_eq!(moved.range.from, NOW.as_millis() - 90 * DAY + HOUR + MINUTE, "the next whole minute: {from}");
            let said = moved.explanation(given, NOW).expect("said");
            assert!(said.contains("forgotten") && said.contains("last whole minute"), "{said}");
        }
        for from in ["89d", "91d", "3mo", "2026-07-25T08:00:00"] {
            let (given, moved) = resolved(from);
            assert_eq!(given, moved, "{from}");
        }
        let (given, _) = resolved("90d");
        assert_eq!(given.within_reach(None), given);
    }

    #[test]
    fn a_range_is_told_as_briefly_as_it_can_be() {
        let brief = |from, to| asked(from, to, NOW).expect("a range").range.brief();
        assert_eq!(brief("2026-10-01", "2026-10-02T08:15:00"), "2026-10-01 to 2026-10-02T08:15Z");
        assert_eq!(brief("1790812800001", "2026-10-02"), "2026-10-01T00:00:00.001Z to 2026-10-02");
    }

    #[test]
    fn weeks_and_fractions_are_lengths_and_seconds_no_moment() {
        assert_eq!(asked("1w", "now", NOW).expect("a range").start, Start::Ago);
        assert_eq!(asked("1.5d", "now", NOW).expect("a range").start, Start::Ago);
        assert!(asked("1790812800", "now", NOW).expect_err("seconds").contains("did you mean 1790812800000"));
    }

    #[test]
    fn a_range_that_cannot_be_is_refused_with_the_reason() {
        let refused = |from, to| asked(from, to, NOW).expect_err("no range");
        assert!(refused("2026-10-02", "2026-10-02").contains("not before"));
        assert!(refused("2026-12-01", "2026-12-02").contains("not before"), "it lies in the future");
        assert!(refused("yesterday", "now").starts_with("--from must be"));
        assert!(refused("1d", "then").starts_with("--to must be"));
    }

    #[test]
    fn a_later_run_adds_what_is_new_and_reads_the_overlap_again() {
        let covered = Some(range(1_000, 50_000));
        let walk = |asked, holes: &[Range]| to_walk(asked, covered, holes, Duration::from_secs(10));
        assert_eq!(to_walk(range(1, 2), None, &[], Duration::ZERO), [range(1, 2)]);
        assert_eq!(walk(range(2_000, 60_000), &[]), [range(40_000, 60_000)]);
        assert_eq!(walk(range(55_000, 60_000), &[]), [range(40_000, 60_000)], "no gap");
        assert_eq!(walk(range(10, 60_000), &[]), [range(10, 1_000), range(40_000, 60_000)]);
        assert_eq!(walk(range(2_000, 45_000), &[]), []);
        assert_eq!(walk(range(2_000, 60_000), &[range(5_000, 5_000)]), [range(5_000, 5_000), range(40_000, 60_000)]);
        assert_eq!(walk(range(2_000, 60_000), &[range(45_000, 45_000)]), [range(40_000, 60_000)]);
        assert_eq!(to_walk(range(2_000, 60_000), covered, &[], Duration::MAX), [range(1_000, 60_000)]);
    }

    #[test]
    fn what_was_walked_grows_to_both_sides() {
        let covered = joined(Some(range(10, 20)), &[range(1, 10), range(15, 30)]);
        assert_eq!(covered, Some(range(1, 30)));
    }

    #[test]
    fn an_export_warns_after_eighty_days_and_names_what_is_lost_after_ninety() {
        let reach = reach(um::ForceOrders::INFO);
        assert_eq!(reach, Some(binance_papi::spec::days(90)));
        let after =
            |days: i64, hours: i64| age(Some(range(0, NOW.as_millis() - days * DAY - hours * HOUR)), reach, NOW);
        assert_eq!(after(80, 0), Age::Young);
        assert_eq!(after(80, 1), Age::Late { days_left: 9 });
        assert_eq!(after(90, 0), Age::Late { days_left: 0 });
        let oldest = NOW.as_millis() - 90 * DAY;
        assert_eq!(after(90, 1), Age::Lost(range(oldest - HOUR, oldest)));
        assert_eq!(age(None, reach, NOW), Age::Young);
    }

    #[test]
    fn what_the_exchange_keeps_for_good_is_never_late() {
        let reach = reach(margin::ForceOrders::INFO);
        assert_eq!((reach, age(Some(range(0, 1)), reach, NOW)), (None, Age::Young));
    }
}
