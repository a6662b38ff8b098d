//! Events of the orders by which the exchange closes positions.

use super::futures::OrderUpdate;
use crate::account::{Account, EXPIRED, FILLED, NEW};
use crate::rows::{Cause, ForceOrder, Product};
use papi_types::{Decimal, Group};

/// Tells that the exchange closes a futures position: with the ids and numbers of the row that histories show.
pub(crate) fn forced(row: &ForceOrder, account: &mut Account) {
    let group = match row.product {
        Product::Um => Group::Um,
        Product::Cm => Group::Cm,
        Product::Margin => return,
    };
    let update = OrderUpdate {
        group,
        symbol: row.symbol.to_owned(),
        client_id: row.client_order_id.clone(),
        number: row.order_id,
        side: row.side.to_owned(),
        position_side: row.position_side.to_owned(),
        order_type: if row.cause == Cause::Liquidation { "LIQUIDATION" } else { "LIMIT" }.to_owned(),
        time_in_force: "IOC".to_owned(),
        quantity: row.quantity.to_string(),
        price: row.price.to_string(),
        reduce_only: false,
        self_trade_prevention: String::new(),
        price_match: String::new(),
        good_till_date: 0,
        modify_id: None,
    };
    hold(row, group, account);
    update.tell("NEW", NEW, account, row.time);
    let execution = if row.cause == Cause::Liquidation { "CALCULATED" } else { "TRADE" };
    let executed = row.executed.to_string();
    if row.status == FILLED {
        update.tell_fill(&executed, row.average_price, execution, FILLED, account, row.update_time);
    } else {
        update.tell_fill(&executed, row.average_price, execution, "PARTIALLY_FILLED", account, row.update_time);
        update.tell("EXPIRED", EXPIRED, account, row.update_time);
    }
}

/// Gives the account the position that is closed, entered at a price that fits the cause: liquidated positions have
/// lost, and those that auto-deleveraging takes have won.
fn hold(row: &ForceOrder, group: Group, account: &mut Account) {
    let bought = if row.side == "SELL" { row.quantity } else { -row.quantity };
    let has_lost = row.cause == Cause::Liquidation;
    let percent = if has_lost == (row.side == "SELL") { 108 } else { 92 };
    let entry = row.average_price.checked_mul(Decimal::new(percent, 2)).unwrap_or(row.average_price);
    account.positions.fill(group, row.symbol, row.position_side, bought, entry);
}
