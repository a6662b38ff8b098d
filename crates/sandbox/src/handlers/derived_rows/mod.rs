//! Histories whose rows are derived from the documented example, walked as the endpoint's paging says.

use crate::account::Account;
use crate::refusal::Refusal;
use crate::request::Request;
use crate::rows::Product;
use crate::rows::derived::DerivedRows;
use crate::search::{RECORDS_KEPT, is_asked_for, listed, range_of};
use papi_types::Timestamp;
use papi_types::json::Json;

/// Answers a history with the rows that were asked for.
///
/// Pages stand newest first, as the lists of margin do; everything else oldest first.
pub(crate) fn list(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let reply = request.example()?;
    let Some(paging) = request.info.paging else { return Ok(reply.to_string()) };
    let examples = paging.rows.map_or(Some(&reply), |rows| reply.get(rows)).map(Json::rows).unwrap_or_default();
    let source = DerivedRows { seed: account.seed, info: request.info, paging, examples };
    let (from, to) = range_of(request, &paging, now, RECORDS_KEPT);
    let mut rows = source.between(from, to);
    if let Some(product) = Product::with_income(request.info) {
        // The other rows are of orders that the account itself has sent.
        rows.extend(account.seeded_rows.income_between(product, from, to));
        rows.sort_by_key(|row| row.get("time").and_then(Json::integer));
    }
    rows.retain(|row| is_asked_for(row, request, &paging));

    let total = rows.len();
    let rows = account.pages.page(rows, request);
    listed(request, rows, total)
}

#[cfg(test)]
mod tests;
