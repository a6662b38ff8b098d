//! Events of cross margin: orders, balances and debts.

use super::{decimal, number, text, time};
use crate::account::{Account, EXPIRED, FILLED, NEW, Order, assets_of};
use papi_types::json::Json;
use papi_types::{Decimal, Timestamp};

/// What an order event says beside the order.
struct Execution {
    kind: &'static str,
    status: &'static str,
    /// Number, quantity, price and value of the fill.
    fill: Option<(i64, String, String, String)>,
}

impl Execution {
    fn without_fill(kind: &'static str, status: &'static str) -> Self {
        Self { kind, status, fill: None }
    }
}

/// Tells that an order was accepted, and that it was filled or expired where it was.
pub(super) fn placed(order: &Order, account: &mut Account, now: Timestamp) {
    report(order, &Execution::without_fill("NEW", NEW), account, now);
    match order.status {
        FILLED => {
            let (base, quote) = assets_of(&order.symbol);
            let (executed, value) = (order.text("executedQty"), order.text("cummulativeQuoteQty"));
            let quantity: Decimal = executed.parse().unwrap_or_default();
            let worth: Decimal = value.parse().unwrap_or_default();
            let price = worth.checked_div(quantity).unwrap_or_default().normalize().to_string();
            let trade = account.next_trade();
            let fill = Some((trade, executed, price, value));
            report(order, &Execution { kind: "TRADE", status: FILLED, fill }, account, now);
            let sells = order.text("side") == "SELL";
            account.balances.add(base, if sells { -quantity } else { quantity });
            account.balances.add(quote, if sells { worth } else { -worth });
        }
        EXPIRED => report(order, &Execution::without_fill("EXPIRED", EXPIRED), account, now),
        _ => {}
    }
    balances(order, account, now);
}

/// Tells that an order was cancelled.
pub(super) fn cancelled(order: &Order, account: &mut Account, now: Timestamp) {
    report(order, &Execution::without_fill(order.status, order.status), account, now);
    balances(order, account, now);
}

fn report(order: &Order, execution: &Execution, account: &mut Account, now: Timestamp) {
    let none = || "0".to_owned();
    let (trade, last, price, value) = execution.fill.clone().unwrap_or_else(|| (-1, none(), none(), none()));
    let update = account.next_update();
    account.tell(&Json::object([
        ("e", text("executionReport")),
        ("E", time(now)),
        ("s", text(&order.symbol)),
        ("c", text(&order.client_id)),
        ("S", text(order.text("side"))),
        ("o", text(order.text("type"))),
        ("f", text(order.text("timeInForce"))),
        ("q", number(order, "origQty")),
        ("p", number(order, "price")),
        ("P", number(order, "stopPrice")),
        ("g", Json::number(order.list.unwrap_or(-1))),
        ("C", text(order.text("origClientOrderId"))),
        ("x", text(execution.kind)),
        ("X", text(execution.status)),
        ("r", text("NONE")),
        ("i", Json::number(order.number)),
        ("l", text(&last)),
        ("z", text(&last)),
        ("L", text(price)),
        ("n", text("0")),
        ("T", time(now)),
        ("t", Json::number(trade)),
        ("I", Json::number(update)),
        ("w", Json::bool(execution.status == NEW && order.text("isWorking") == "true")),
        ("m", Json::bool(false)),
        ("O", time(order.placed)),
        ("Z", text(&value)),
        ("Y", text(&value)),
        ("V", text(order.text("selfTradePreventionMode"))),
    ]));
}

/// Tells the balances of the assets of an order, which its placing, filling and cancelling move.
fn balances(order: &Order, account: &mut Account, now: Timestamp) {
    let (base, quote) = assets_of(&order.symbol);
    tell_balances(&[base, quote], account, now);
}

fn tell_balances(assets: &[&str], account: &mut Account, now: Timestamp) {
    let row = |asset: &&str| {
        let (free, locked) = account.balances.of(asset, &account.orders);
        Json::object([("a", text(*asset)), ("f", decimal(free)), ("l", decimal(locked))])
    };
    let rows = Json::List(assets.iter().map(row).collect());
    let update = account.next_update();
    account.tell(&Json::object([
        ("e", text("outboundAccountPosition")),
        ("E", time(now)),
        ("u", time(now)),
        ("U", Json::number(update)),
        ("B", rows),
    ]));
}

/// Tells that an asset was borrowed, or repaid when the amount is negative.
pub(crate) fn liability_changed(asset: &str, amount: Decimal, transaction: i64, account: &mut Account, now: Timestamp) {
    account.balances.add(asset, amount);
    let owed = account.balances.owe(asset, amount);
    let kind = if amount.is_sign_negative() { "REPAY" } else { "BORROW" };
    account.tell(&Json::object([
        ("e", text("liabilityChange")),
        ("E", time(now)),
        ("a", text(asset)),
        ("t", text(kind)),
        ("T", Json::number(transaction)),
        ("p", decimal(amount.abs())),
        ("i", text("0")),
        ("l", decimal(owed)),
    ]));
    let update = account.next_update();
    account.tell(&Json::object([
        ("e", text("balanceUpdate")),
        ("E", time(now)),
        ("a", text(asset)),
        ("d", decimal(amount)),
        ("U", Json::number(update)),
        ("T", time(now)),
    ]));
    tell_balances(&[asset], account, now);
}
