//! Histories with rows that a test gives. The time of a request follows from the rows on its page and not from all
//! rows; except that a filter reads rows until the page is full.

use super::force_orders;
use crate::account::Account;
use crate::pages::{Selection, room};
use crate::refusal::{Refusal, UNKNOWN};
use crate::request::Request;
use crate::rows::{Cause, Filter};
use crate::search::{self, ORDERS_KEPT, RECORDS_KEPT, listed, range_of};
use papi_types::Timestamp;
use papi_types::json::Json;
use papi_types::spec::{Paging, Span};

/// The parameter that selects rows and is not one of their fields.
const KIND: &str = "autoCloseType";

/// Lists given rows in the place of orders or forced closes.
pub(crate) fn list_orders(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    list(request, account, now, ORDERS_KEPT)
}

/// Lists given rows in the place of derived ones.
pub(crate) fn list_records(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    list(request, account, now, RECORDS_KEPT)
}

fn list(request: &Request<'_>, account: &mut Account, now: Timestamp, kept: Span) -> Result<String, Refusal> {
    let pages = account.pages;
    let given = account.given_rows.history_mut(request.info.path).zip(request.info.paging);
    let (given, paging) = given.ok_or_else(|| UNKNOWN.plain())?;
    let (from, to) = range_of(request, &paging, now, kept);
    let (from, to) = (from.as_millis(), to.as_millis());
    let filter = filter(request, &paging);
    let passes = |row: &str| filter.is_empty() || is_asked_for(row, request, &paging);

    let (rows, total): (Vec<_>, usize) = if paging.page.is_some() {
        // The total counts all rows that pass, on all pages.
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
    let rows = pages.arranged(rows, request).into_iter().map(|row| Json::Raw(row.into_owned().into()));
    let reply = listed(request, rows.collect(), total)?;
    given.note_answer();
    Ok(reply)
}

/// Returns the parameters that may select rows: all but those for times and numbers of rows.
fn filter(request: &Request<'_>, paging: &Paging) -> Filter {
    let is_about_time = |name: &str| {
        let window = search::window(request.info).map(|window| [window.from, window.to]);
        let walked = paging.window.map(|window| [window.from, window.to]);
        window.into_iter().chain(walked).flatten().any(|each| each == name)
    };
    let selects = |name: &str| !is_about_time(name) && Some(name) != paging.page && Some(name) != paging.cap;
    let selecting = request.params.iter().filter(|(name, _)| selects(name));
    selecting.map(|(name, sent)| ((*name).to_owned(), (*sent).to_owned())).collect()
}

fn is_asked_for(row: &str, request: &Request<'_>, paging: &Paging) -> bool {
    let Ok(row) = Json::parse(row) else { return false };
    let is_of_kind = |kind: &str| {
        let client_id = row.get("clientOrderId").and_then(Json::scalar);
        client_id.and_then(Cause::from_client_id).is_some_and(|cause| force_orders::is_kind(kind, cause))
    };
    request.sent(KIND).is_none_or(is_of_kind) && search::is_asked_for(&row, request, paging)
}
