//! The three `forceOrders` calls.
//!
//! Where the documentation is silent these are the sandbox's choices: only `startTime` searches up to now; no search
//! reaches further back than 90 days, margin included, where an older `startTime` finds nothing and is not refused;
//! settlements and deliveries are among the rows only when no `autoCloseType` is sent; margin rows come newest first.

use crate::account::Account;
use crate::refusal::Refusal;
use crate::request::Request;
use crate::rows::{Cause, ForceOrder, Product};
use crate::search::{ORDERS_KEPT, listed, searched};
use papi_types::{Group, Timestamp};

/// Lists the forced closes of a part of the account.
pub(crate) fn list(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let product = match request.info.group {
        Group::Um => Product::Um,
        Group::Cm => Product::Cm,
        _ => Product::Margin,
    };
    let (from, to) = searched(request, now, ORDERS_KEPT);
    let (symbol, kind) = (request.text("symbol"), request.text("autoCloseType"));
    let mut found = account.seeded_rows.between(product, from, to);
    found.retain(|row| symbol.is_none_or(|symbol| symbol == row.symbol));
    found.retain(|row| kind.is_none_or(|kind| is_kind(kind, row.cause)));
    let total = found.len();
    let rows = account.pages.page(found, request).iter().map(ForceOrder::row).collect();
    listed(request, rows, total)
}

/// Returns whether `autoCloseType` selects the rows that were closed for this cause.
pub(crate) fn is_kind(kind: &str, cause: Cause) -> bool {
    matches!((kind, cause), ("LIQUIDATION", Cause::Liquidation) | ("ADL", Cause::Adl))
}
