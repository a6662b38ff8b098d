//! One line a person reads: time, what happened, symbol, side, quantity, price, status.

use super::entry::{Entry, Told};
use crate::stderr::printable;
use binance_papi::{AccountEvent, ClientOrderId, CloseKind, Decimal, ExecutionType, Timestamp};
use console::Style;
use std::fmt::Display;

/// Returns the line, without a line break and coloured where stdout is a terminal.
pub(super) fn line(entry: &Entry) -> String {
    let (words, style) = match &entry.told {
        Told::Event { event, .. } => of_event(event, entry.received_at),
        Told::Malformed { error, .. } => (at(entry.received_at, "malformed", error), Style::new().red()),
        Told::Gap { from, to, reason, dropped } => {
            let to = to.map_or("until it resumes".to_owned(), |to| format!("to {to}"));
            let dropped = dropped.map(|dropped| format!(", {dropped} dropped")).unwrap_or_default();
            let what = format!("events may be missing from {from} {to}: {}{dropped}", reason.replace('_', " "));
            (at(entry.received_at, "gap", what), Style::new().yellow())
        }
        Told::Resumed { at: since } => {
            let what = format!("complete again from {since}");
            (at(entry.received_at, "resumed", what), Style::new().green())
        }
    };
    style.apply_to(printable(&words.replace('\n', " "))).to_string()
}

fn at(time: Timestamp, what: impl Display, rest: impl Display) -> String {
    format!("{time}  {what:<12} {rest}").trim_end().to_owned()
}

/// The columns of an order.
fn order(
    symbol: impl Display,
    side: impl Display,
    quantity: impl Display,
    price: Decimal,
    status: impl Display,
) -> String {
    let price = if price.is_zero() { "-".to_owned() } else { price.to_string() };
    format!("{symbol:<12} {side:<4} {quantity:>10} {price:>14}  {status}")
}

/// What happened to an order, in a word: why the exchange closed a position, or what it did.
fn what(id: &ClientOrderId, execution: &ExecutionType) -> String {
    match CloseKind::of(id) {
        CloseKind::Unknown => execution.to_string().to_lowercase(),
        kind => kind.to_string(),
    }
}

/// Returns the quantity and price of the last fill, or those of the order where nothing was filled.
fn filled_or_ordered(filled: (Decimal, Decimal), ordered: (Decimal, Decimal)) -> (Decimal, Decimal) {
    if filled.0.is_zero() { ordered } else { filled }
}

#[allow(clippy::too_many_lines, reason = "one arm for each event")]
fn of_event(event: &AccountEvent, received_at: Timestamp) -> (String, Style) {
    let time = event.transaction_time().or(event.event_time()).unwrap_or(received_at);
    let plain = Style::new();
    let list = |parts: Vec<String>| parts.join(", ");
    match event {
        AccountEvent::OrderTradeUpdate(event) => {
            let order_of = &event.order;
            let (quantity, price) = filled_or_ordered(
                (order_of.last_filled_qty, order_of.last_filled_price),
                (order_of.orig_qty, order_of.price),
            );
            let forced = CloseKind::of(&order_of.client_order_id) != CloseKind::Unknown;
            let style = if forced { Style::new().red() } else { plain };
            let columns = order(&order_of.symbol, &order_of.side, quantity, price, &order_of.status);
            (at(time, what(&order_of.client_order_id, &order_of.execution_type), columns), style)
        }
        AccountEvent::ExecutionReport(event) => {
            let (quantity, price) =
                filled_or_ordered((event.last_filled_qty, event.last_filled_price), (event.orig_qty, event.price));
            let columns = order(&event.symbol, &event.side, quantity, price, &event.status);
            (at(time, event.execution_type.to_string().to_lowercase(), format!("{columns} margin")), plain)
        }
        AccountEvent::ConditionalOrderTradeUpdate(event) => {
            let order_of = &event.order;
            let columns = order(
                &order_of.symbol,
                &order_of.side,
                order_of.orig_qty,
                order_of.stop_price,
                &order_of.strategy_status,
            );
            (at(time, "conditional", columns), plain)
        }
        AccountEvent::AlgoUpdate(event) => {
            let order_of = &event.order;
            let quantity = order_of.quantity.map_or("-".to_owned(), |quantity| quantity.to_string());
            let columns =
                order(&order_of.symbol, &order_of.side, quantity, order_of.trigger_price, &order_of.algo_status);
            (at(time, "algo", columns), plain)
        }
        AccountEvent::AccountUpdate(event) => {
            let positions = event.update.positions.iter().flatten();
            let positions = positions.map(|position| {
                format!("{} {} at {}", position.symbol, position.position_amount, position.entry_price)
            });
            let balances =
                event.update.balances.iter().map(|balance| format!("{} {}", balance.asset, balance.wallet_balance));
            let all = positions.chain(balances).collect();
            (at(time, "account", format!("{} ({})", list(all), event.update.reason)), plain)
        }
        AccountEvent::AccountConfigUpdate(event) => {
            (at(time, "leverage", format!("{:<12} {}x", event.config.symbol, event.config.leverage)), plain)
        }
        AccountEvent::BalanceUpdate(event) => (at(time, "balance", format!("{} {}", event.asset, event.change)), plain),
        AccountEvent::LiabilityChange(event) => {
            let owed = format!("{} {} owed ({})", event.asset, event.total_liability, event.change_type);
            (at(time, "liability", owed), plain)
        }
        AccountEvent::OpenOrderLoss(event) => {
            let losses = event.losses.iter().map(|loss| format!("{} {}", loss.asset, loss.loss)).collect();
            (at(time, "order loss", list(losses)), plain)
        }
        AccountEvent::OutboundAccountPosition(event) => {
            let balances = event.balances.iter();
            let balances =
                balances.map(|balance| format!("{} {} free, {} locked", balance.asset, balance.free, balance.locked));
            (at(time, "balances", balances.collect::<Vec<_>>().join("; ")), plain)
        }
        AccountEvent::RiskLevelChange(event) => {
            let risk = format!("{}, uniMMR {}, equity {}", event.status, event.uni_mmr, event.account_equity);
            (at(time, "risk", risk), Style::new().red().bold())
        }
        AccountEvent::ListenKeyExpired(_) => {
            (at(time, "key expired", "the listen key of the stream"), Style::new().yellow())
        }
        AccountEvent::Unknown(event) => {
            let note = format!("{:?}, an event that this version does not know", event.name());
            (at(time, "unknown", note), plain)
        }
        _ => (at(time, event.name(), ""), plain),
    }
}
