//! Which part of a history a request asks for: the range of time that it searches.

use crate::routes::Request;
use papi_types::{Span, Timestamp, Window};

/// The first and last millisecond that a request searches, both included; never the future, and never further back than
/// the rules say, or `kept` where they say nothing.
pub(crate) fn searched(request: &Request<'_>, now: Timestamp, kept: Span) -> (Timestamp, Timestamp) {
    let Some((_, window)) = request.info.windows().next() else { return (kept.before(now), now) };
    let oldest = match window.reach {
        Some(reach) if !reach.unless.iter().any(|condition| request.meets(condition)) => reach.span,
        _ => kept,
    };
    let oldest = oldest.before(now);
    range(&window, request.time(window.from), request.time(window.to), oldest, now)
}

fn range(
    window: &Window,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
    oldest: Timestamp,
    now: Timestamp,
) -> (Timestamp, Timestamp) {
    let last = to.unwrap_or_else(|| match (from, window.default_from) {
        (Some(from), Some(Span::Millis(span))) => Timestamp::from_millis(from.as_millis().saturating_add(span)),
        _ => now,
    });
    let reach = if to.is_some() { window.default_to.or(window.default) } else { window.default };
    let first = from.unwrap_or_else(|| reach.map_or(oldest, |span| span.before(last)));
    (first.max(oldest), last.min(now))
}

/// The number in a parameter that counts rows or pages; no end when there is no such parameter.
pub(crate) fn count(request: &Request<'_>, name: &str) -> usize {
    request.number(name).and_then(|number| usize::try_from(number).ok()).unwrap_or(usize::MAX)
}
