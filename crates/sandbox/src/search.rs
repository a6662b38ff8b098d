//! Which part of a history a request asks for: the range of time that it searches, and the rows that its parameters
//! select.

use crate::refusal::Refusal;
use crate::request::Request;
use crate::template;
use papi_types::json::Json;
use papi_types::spec::{Paging, Span, Window};
use papi_types::{EndpointInfo, Timestamp};

/// How long orders and forced closes are kept where the rules state no other span.
pub(crate) const ORDERS_KEPT: Span = papi_types::spec::days(90);

/// How long all other rows are kept where the rules state no other span.
pub(crate) const RECORDS_KEPT: Span = papi_types::spec::months(12);

/// Returns the first and last millisecond that a request searches, both included; never the future, and never further
/// back than the rules allow, or `kept` where they state nothing.
pub(crate) fn searched(request: &Request<'_>, now: Timestamp, kept: Span) -> (Timestamp, Timestamp) {
    let Some(window) = window(request.info) else { return (kept.before(now), now) };
    let oldest = match window.reach {
        Some(reach) if !reach.unless.iter().any(|condition| request.meets(condition)) => reach.span,
        _ => kept,
    };
    let oldest = oldest.before(now);
    let (from, to) = (request.time(window.from), request.time(window.to));
    let last = to.unwrap_or_else(|| match (from, window.default_from) {
        (Some(from), Some(Span::Millis(span))) => Timestamp::from_millis(from.as_millis().saturating_add(span)),
        _ => now,
    });
    let reach = if to.is_some() { window.default_to.or(window.default) } else { window.default };
    let first = from.unwrap_or_else(|| reach.map_or(oldest, |span| span.before(last)));
    (first.max(oldest), last.min(now))
}

/// Returns the window of an endpoint's rules.
pub(crate) fn window(info: &EndpointInfo) -> Option<Window> {
    info.windows().next().map(|(_, window)| window)
}

/// Returns the number in a parameter that counts rows or pages; the largest number when there is no such parameter.
pub(crate) fn count(request: &Request<'_>, name: &str) -> usize {
    request.number(name).and_then(|number| usize::try_from(number).ok()).unwrap_or(usize::MAX)
}

/// Returns the documented reply with other rows, and with another number of all rows where it has one.
pub(crate) fn listed(request: &Request<'_>, rows: Vec<Json>, total: usize) -> Result<String, Refusal> {
    let rows = Json::List(rows);
    let Some((paging, field)) = request.info.paging.and_then(|paging| Some((paging, paging.rows?))) else {
        return Ok(rows.to_string());
    };
    let mut reply = request.example()?;
    reply.replace(field, rows);
    if let Some(field) = paging.total {
        template::fill(&mut reply, field, &total.to_string());
    }
    Ok(reply.to_string())
}

/// Returns the range of time to search. A request for a number, or from a number on, searches everything that is kept.
pub(crate) fn range_of(request: &Request<'_>, paging: &Paging, now: Timestamp, kept: Span) -> (Timestamp, Timestamp) {
    let by_number = paging.from_id.is_some_and(|name| request.sent(name).is_some())
        || paging.key.iter().any(|name| is_number(name, paging) && request.sent(name).is_some());
    if by_number { (kept.before(now), now) } else { searched(request, now, kept) }
}

/// Returns whether a field of the key is a number that the exchange gives.
pub(crate) fn is_number(name: &str, paging: &Paging) -> bool {
    Some(name) != paging.time && name.to_ascii_lowercase().ends_with("id")
}

/// Returns whether a row is asked for. Each parameter that is a field of the rows selects by that field; a parameter
/// that starts at a number leaves out the rows before it.
pub(crate) fn is_asked_for(row: &Json, request: &Request<'_>, paging: &Paging) -> bool {
    let has = |name: &str, sent: &str| row.get(name).and_then(Json::scalar).is_none_or(|shown| shown == sent);
    let window = paging.window.map(|window| [window.from, window.to]).unwrap_or_default();
    let selects = |name: &str| !window.contains(&name) && Some(name) != paging.from_id;
    let from = paging.from_id.and_then(|name| request.number(name));
    let number = paging.key.iter().rfind(|name| is_number(name, paging)).and_then(|name| row.get(name)?.integer());
    request.params.iter().filter(|(name, _)| selects(name)).all(|(name, sent)| has(name, sent))
        && from.is_none_or(|from| number.is_none_or(|number| number >= from))
}
