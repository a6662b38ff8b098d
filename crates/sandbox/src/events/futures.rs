//! Events of USDⓈ-M and COIN-M futures: orders, balances with positions, and leverage.

use super::{Change, decimal, text, time};
use crate::account::{Account, EXPIRED, FILLED, Moved, NEW, Order, OrderKind, asset};
use papi_types::json::Json;
use papi_types::{Decimal, Group, Timestamp};

/// What an order event says of an order, which may be one of the account or one by which the exchange closes a
/// position.
#[derive(Debug, Clone)]
pub(crate) struct OrderUpdate {
    pub(crate) group: Group,
    pub(crate) symbol: String,
    pub(crate) client_id: String,
    pub(crate) number: i64,
    pub(crate) side: String,
    pub(crate) position_side: String,
    pub(crate) order_type: String,
    pub(crate) time_in_force: String,
    pub(crate) quantity: String,
    pub(crate) price: String,
    pub(crate) reduce_only: bool,
    pub(crate) self_trade_prevention: String,
    pub(crate) price_match: String,
    pub(crate) good_till_date: i64,
    pub(crate) modify_id: Option<String>,
}

/// A fill of a futures order.
struct Fill {
    trade: i64,
    quantity: String,
    price: Decimal,
    moved: Moved,
}

/// Tells that an order was accepted, and that it was filled or expired where it was.
pub(super) fn placed(order: &Order, account: &mut Account, now: Timestamp) {
    let update = OrderUpdate::of(order);
    update.tell("NEW", NEW, account, now);
    match order.status {
        FILLED => {
            let price = order.text("avgPrice").parse().unwrap_or_default();
            update.tell_fill(&order.text("executedQty"), price, "TRADE", FILLED, account, now);
        }
        EXPIRED => update.tell("EXPIRED", EXPIRED, account, now),
        _ => {}
    }
}

/// Tells that an open order was amended or cancelled.
pub(super) fn changed(order: &Order, change: Change, account: &mut Account, now: Timestamp) {
    let execution = match change {
        Change::Amended => "AMENDMENT",
        Change::Cancelled => order.status,
    };
    OrderUpdate::of(order).tell(execution, order.status, account, now);
}

/// Tells that the leverage of a symbol was set.
pub(crate) fn leverage_set(group: Group, symbol: &str, leverage: i64, account: &mut Account, now: Timestamp) {
    account.tell(&Json::object([
        ("e", text("ACCOUNT_CONFIG_UPDATE")),
        ("fs", text(unit(group))),
        ("E", time(now)),
        ("T", time(now)),
        ("ac", Json::object([("s", text(symbol)), ("l", Json::number(leverage))])),
    ]));
}

/// Returns the name of a part of the account in events.
fn unit(group: Group) -> &'static str {
    if group == Group::Cm { "CM" } else { "UM" }
}

impl OrderUpdate {
    fn of(order: &Order) -> Self {
        Self {
            group: if order.kind == OrderKind::Cm { Group::Cm } else { Group::Um },
            symbol: order.symbol.clone(),
            client_id: order.client_id.clone(),
            number: order.number,
            side: order.text("side"),
            position_side: order.text("positionSide"),
            order_type: order.text("type"),
            time_in_force: order.text("timeInForce"),
            quantity: order.text("origQty"),
            price: order.text("price"),
            reduce_only: order.text("reduceOnly") == "true",
            self_trade_prevention: order.text("selfTradePreventionMode"),
            price_match: order.text("priceMatch"),
            good_till_date: order.text("goodTillDate").parse().unwrap_or(0),
            modify_id: order.field("modifyId").known(),
        }
    }

    /// Tells a state of the order that is no fill.
    pub(crate) fn tell(&self, execution: &str, status: &str, account: &mut Account, now: Timestamp) {
        account.tell(&self.event(execution, status, None, now));
    }

    /// Tells a fill: first what it did to balance and position, then the fill itself.
    pub(crate) fn tell_fill(
        &self,
        quantity: &str,
        price: Decimal,
        execution: &str,
        status: &str,
        account: &mut Account,
        now: Timestamp,
    ) {
        let filled: Decimal = quantity.parse().unwrap_or_default();
        let bought = if self.side == "SELL" { -filled } else { filled };
        let moved = account.positions.fill(self.group, &self.symbol, &self.position_side, bought, price);
        let fill = Fill { trade: account.next_trade(), quantity: quantity.to_owned(), price, moved };
        account.tell(&self.account_update(&moved, price, now));
        account.tell(&self.event(execution, status, Some(&fill), now));
    }

    fn event(&self, execution: &str, status: &str, fill: Option<&Fill>, now: Timestamp) -> Json {
        let zero = || text("0");
        let filled = || fill.map_or_else(zero, |fill| text(&fill.quantity));
        let at = || fill.map_or_else(zero, |fill| decimal(fill.price));
        let mut order: Vec<(&'static str, Json)> = vec![
            ("s", text(&self.symbol)),
            ("c", text(&self.client_id)),
            ("S", text(&self.side)),
            ("o", text(&self.order_type)),
            ("f", text(&self.time_in_force)),
            ("q", text(&self.quantity)),
            ("p", text(&self.price)),
            ("ap", at()),
            ("sp", zero()),
            ("x", text(execution)),
            ("X", text(status)),
            ("i", Json::number(self.number)),
            ("l", filled()),
            ("z", filled()),
            ("L", at()),
            ("n", zero()),
            ("N", text(asset(self.group, &self.symbol))),
            ("T", time(now)),
            ("t", Json::number(fill.map_or(0, |fill| fill.trade))),
            ("b", zero()),
            ("a", zero()),
            ("m", Json::bool(false)),
            ("R", Json::bool(self.reduce_only)),
            ("ps", text(&self.position_side)),
            ("rp", fill.map_or_else(zero, |fill| decimal(fill.moved.realized))),
            ("V", text(spelled(&self.self_trade_prevention, "EXPIRE_NONE"))),
            ("pm", text(spelled(&self.price_match, "PM_NONE"))),
            ("gtd", Json::number(self.good_till_date)),
        ];
        if let Some(number) = &self.modify_id {
            order.push(("M", Json::Raw(number.clone().into())));
        }
        self.wrapped("ORDER_TRADE_UPDATE", ("o", Json::object(order)), now)
    }

    fn account_update(&self, moved: &Moved, price: Decimal, now: Timestamp) -> Json {
        let balance = Json::object([
            ("a", text(moved.asset)),
            ("wb", decimal(moved.wallet)),
            ("cw", decimal(moved.wallet)),
            ("bc", text("0")),
        ]);
        let position = Json::object([
            ("s", text(&self.symbol)),
            ("pa", decimal(moved.position.amount)),
            ("ep", decimal(moved.position.entry)),
            ("cr", decimal(moved.position.realized)),
            ("up", decimal(moved.unrealized(self.group, &self.symbol, price))),
            ("ps", text(&self.position_side)),
            ("bep", Json::Raw(moved.position.entry.normalize().to_string().into())),
        ]);
        let update =
            Json::object([("B", Json::List(vec![balance])), ("P", Json::List(vec![position])), ("m", text("ORDER"))]);
        self.wrapped("ACCOUNT_UPDATE", ("a", update), now)
    }

    /// Returns an event of futures. The account's alias was seen only on COIN-M.
    fn wrapped(&self, name: &str, (field, value): (&'static str, Json), now: Timestamp) -> Json {
        let mut fields = vec![("e", text(name)), ("T", time(now)), ("E", time(now)), ("fs", text(unit(self.group)))];
        if self.group == Group::Cm {
            fields.push(("i", text("")));
        }
        fields.push((field, value));
        Json::object(fields)
    }
}

/// Returns a word as events spell it: there the absence of a choice has a name of its own.
fn spelled(word: &str, none: &'static str) -> String {
    if word.is_empty() || word == "NONE" { none.to_owned() } else { word.to_owned() }
}
