//! Cross margin loans and repayments: the documented answer, and the events about what is held and owed.

use super::documented;
use crate::account::Account;
use crate::events;
use crate::refusal::Refusal;
use crate::request::Request;
use papi_types::json::Json;
use papi_types::{Decimal, Timestamp};

/// Borrows an asset.
pub(crate) fn borrow(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    answer(request, account, now, |amount| amount)
}

/// Repays a loan.
pub(crate) fn repay(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    answer(request, account, now, |amount| -amount)
}

fn answer(
    request: &Request<'_>,
    account: &mut Account,
    now: Timestamp,
    owed: impl Fn(Decimal) -> Decimal,
) -> Result<String, Refusal> {
    let reply = documented::answer(request, account, now)?;
    let transaction = Json::parse(&reply).ok().and_then(|reply| reply.get("tranId")?.integer()).unwrap_or_default();
    let amount = request.text("amount").and_then(|amount| amount.parse().ok());
    if let (Some(asset), Some(amount)) = (request.text("asset"), amount) {
        events::liability_changed(asset, owed(amount), transaction, account, now);
    }
    Ok(reply)
}
