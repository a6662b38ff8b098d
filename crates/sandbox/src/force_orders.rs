//! The three `forceOrders` calls: which part of the history a request asks for, and how much of it fits one reply.
//!
//! Where the documentation is silent these are the sandbox's choices: only `startTime` searches up to now; no search
//! reaches further back than 90 days, margin included, where an older `startTime` finds nothing and is not refused;
//! settlements and deliveries are among the rows only when no `autoCloseType` is sent; margin rows come newest first.

use crate::account::Account;
use crate::history::{Cause, ForceOrder, Product};
use crate::refusal::Refusal;
use crate::routes::{Request, json};
use crate::windows::searched;
use papi_types::{Span, Timestamp};
use serde::Serialize;

/// How far back the exchange keeps rows when its rules do not say.
pub(crate) const KEPT: Span = papi_types::spec::days(90);

pub(crate) fn um(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    futures(Product::Um, request, account, now)
}

pub(crate) fn cm(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    futures(Product::Cm, request, account, now)
}

pub(crate) fn margin(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    #[derive(Serialize)]
    struct Page<R> {
        rows: Vec<R>,
        total: usize,
    }
    let (from, to) = searched(request, now, KEPT);
    let found = account.history.between(Product::Margin, from, to);
    let total = found.len();
    let rows = account.pages.page(found, request).iter().map(ForceOrder::margin).collect();
    json(&Page { rows, total })
}

fn futures(product: Product, request: &Request<'_>, account: &Account, now: Timestamp) -> Result<String, Refusal> {
    let (from, to) = searched(request, now, KEPT);
    let found = account.history.between(product, from, to);
    let (symbol, kind) = (request.text("symbol"), request.text("autoCloseType"));
    let found = found
        .into_iter()
        .filter(|row| symbol.is_none_or(|symbol| symbol == row.symbol))
        .filter(|row| kind.is_none_or(|kind| is_kind(kind, row.cause)));
    let page = account.pages.page(found.collect(), request);
    json(&page.iter().map(ForceOrder::futures).collect::<Vec<_>>())
}

/// Whether a kind that is asked for is that of rows which were closed for a reason.
pub(crate) fn is_kind(kind: &str, cause: Cause) -> bool {
    matches!((kind, cause), ("LIQUIDATION", Cause::Liquidation) | ("ADL", Cause::Adl))
}
