//! Answering a history that a test gives. What a request costs follows from the rows on its page, not from those there
//! are; except that a filter looks at rows until the page is full.

use super::given::Filter;
use crate::account::Account;
use crate::force_orders;
use crate::history::Cause;
use crate::json::Json;
use crate::pages::{Selection, room};
use crate::records;
use crate::refusal::{Refusal, UNKNOWN};
use crate::routes::{Request, is_record};
use papi_types::{Paging, Timestamp};

/// The parameter that no field of the rows repeats.
const KIND: &str = "autoCloseType";

/// Answers a history with the given rows that were asked for.
pub(crate) fn answer(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let example = request.example()?;
    let pages = account.pages;
    let given = account.past.histories.get_mut(request.info.path).zip(request.info.paging);
    let (given, paging) = given.ok_or_else(|| UNKNOWN.plain())?;
    let kept = if is_record(request.info) { records::KEPT } else { force_orders::KEPT };
    let (from, to) = records::range(request, &paging, now, kept);
    let (from, to) = (from.as_millis(), to.as_millis());
    let filter = filter(request, &paging);
    let passes = |row: &str| filter.is_empty() || is_asked_for(row, request, &paging);

    let (rows, total): (Vec<_>, usize) = if paging.page.is_some() {
        // The total counts all that passes, on whatever page.
        given.look_through(&filter, passes);
        let found = given.passing_between(from, to, &filter);
        let held = found.get(pages.held(found.len(), request)).unwrap_or_default();
        (held.iter().map(|place| given.text(*place)).collect(), found.len())
    } else {
        let found = given.between(from, to).iter().map(|place| given.text(*place));
        let mut rows: Vec<_> = match pages.selection(request) {
            Selection::Earliest => found.filter(|row| passes(row)).take(room(request)).collect(),
            Selection::Latest => found.rev().filter(|row| passes(row)).take(room(request)).collect(),
        };
        if pages.selection(request) == Selection::Latest {
            rows.reverse();
        }
        let total = rows.len();
        (rows, total)
    };
    let rows = pages.arranged(rows, request).into_iter().map(|row| Json::Scalar(row.into_owned()));
    let reply = records::listed(example, Json::List(rows.collect()), total, &paging).to_string();
    given.note_answer();
    Ok(reply)
}

/// The parameters that may select rows: all that say neither when nor how many.
fn filter(request: &Request<'_>, paging: &Paging) -> Filter {
    let is_about_time = |name: &str| {
        let window = request.info.windows().next().map(|(_, window)| [window.from, window.to]);
        let walked = paging.window.map(|window| [window.from, window.to]);
        window.into_iter().chain(walked).flatten().any(|each| each == name)
    };
    let selects = |name: &str| !is_about_time(name) && Some(name) != paging.page && Some(name) != paging.cap;
    let selecting = request.params.iter().filter(|(name, _)| selects(name));
    selecting.map(|(name, sent)| ((*name).to_owned(), (*sent).to_owned())).collect()
}

fn is_asked_for(row: &str, request: &Request<'_>, paging: &Paging) -> bool {
    let Some(row) = Json::parse(row) else { return false };
    let is_of_kind = |kind: &str| {
        let client_id = row.get("clientOrderId").and_then(Json::told);
        client_id.and_then(|id| Cause::told_by(&id)).is_some_and(|cause| force_orders::is_kind(kind, cause))
    };
    request.sent(KIND).is_none_or(is_of_kind) && records::is_asked_for(&row, request, paging)
}
