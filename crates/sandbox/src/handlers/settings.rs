//! Calls that set the account: its position mode, leverage and switches.

use super::documented;
use crate::account::{Account, POSITION_MODE};
use crate::events;
use crate::refusal::{OPEN_ORDERS_EXIST, Refusal, SAME_POSITION_MODE};
use crate::request::Request;
use papi_types::Timestamp;

/// The parameter whose change the stream tells.
const LEVERAGE: &str = "leverage";

/// Remembers each parameter as a setting.
pub(crate) fn set(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let group = request.info.group;
    if let Some(mode) = request.sent(POSITION_MODE) {
        if account.settings.get(group, "", POSITION_MODE) == Some(mode) {
            return Err(SAME_POSITION_MODE.plain());
        }
        if account.orders.has_open_futures() {
            return Err(OPEN_ORDERS_EXIST.plain());
        }
    }
    let symbol = request.sent("symbol").unwrap_or_default();
    for (name, value) in request.params.iter().filter(|(name, _)| *name != "symbol") {
        account.settings.remember(group, symbol, name, value);
    }
    if let Some(leverage) = request.number(LEVERAGE) {
        events::leverage_set(group, symbol, leverage, account, now);
    }
    documented::answer(request, account, now)
}
