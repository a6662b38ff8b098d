//! One forced close with all its numbers, which agree with each other, and its printed forms.

use super::Product;
use super::calendar::{DAY, Moment, in_hedge_mode, moments};
use super::dice::Dice;
use super::market::{DATED, Market, markets};
use papi_types::{Decimal, Timestamp};
use serde::Serialize;

/// Why the exchange closed a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// Liquidation.
    Liquidation,
    /// Auto-deleveraging.
    Adl,
    /// The contract was settled.
    Settlement,
    /// The contract was delivered; dated COIN-M contracts only.
    Delivery,
}

/// An order by which the exchange closed a position, or part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ForceOrder {
    /// The part of the account it belongs to.
    pub product: Product,
    /// The contract or symbol.
    pub symbol: &'static str,
    /// The pair under a COIN-M contract; empty elsewhere.
    pub pair: &'static str,
    /// The number of the order, unique within its symbol.
    pub order_id: i64,
    /// Why the position was closed. No column says so, except through the client order id of futures.
    pub cause: Cause,
    /// The client order id the exchange made; margin rows do not show it.
    pub client_order_id: String,
    /// `FILLED`, or `EXPIRED` when only a part was filled.
    pub status: &'static str,
    /// Limit price.
    pub price: Decimal,
    /// Average price of the fills, never worse than the limit.
    pub average_price: Decimal,
    /// Quantity ordered.
    pub quantity: Decimal,
    /// Quantity filled.
    pub executed: Decimal,
    /// Value of the fills: in the quote asset, for COIN-M in the base asset.
    pub value: Decimal,
    /// `BUY` or `SELL`.
    pub side: &'static str,
    /// `BOTH`, `LONG` or `SHORT`.
    pub position_side: &'static str,
    /// When it was placed. For margin, when it last changed.
    pub time: Timestamp,
    /// When it last changed.
    pub update_time: Timestamp,
}

/// More than a symbol has rows on any day, so that ids grow from day to day.
const IDS_PER_DAY: i64 = 1_000_000;

/// The rows of a calendar day, oldest first.
pub(super) fn of_day(seed: u64, product: Product, day: i64) -> Vec<ForceOrder> {
    let mut counts = vec![0; markets(product).len()];
    let mut rows = Vec::new();
    for (index, moment) in (0..).zip(moments(seed, product, day)) {
        let Some(count) = counts.get_mut(moment.market) else { continue };
        *count += 1;
        let dice = Dice::new(seed, &[product.number(), day, index]);
        rows.push(row(product, day, moment, *count, dice));
    }
    rows
}

fn row(product: Product, day: i64, moment: Moment, count: i64, mut dice: Dice) -> ForceOrder {
    let market = &markets(product)[moment.market];
    let sells = dice.chance(60);
    let hedged = product != Product::Margin && in_hedge_mode(day);
    let (price, average_price) = prices(market, sells, &mut dice);
    let steps = dice.between(1, market.largest + 1);
    // Now and then only a part found a counterparty in time.
    let filled = if steps > 1 && dice.chance(6) { dice.between(1, steps) } else { steps };
    let executed = Decimal::new(filled, market.quantity_scale);
    let time = Timestamp::from_millis(day * DAY + moment.at);
    ForceOrder {
        product,
        symbol: market.symbol,
        pair: market.pair,
        order_id: market.id_base + day * IDS_PER_DAY + count,
        cause: moment.cause,
        client_order_id: client_order_id(moment.cause, time, count),
        status: if filled == steps { "FILLED" } else { "EXPIRED" },
        price,
        average_price,
        quantity: Decimal::new(steps, market.quantity_scale),
        executed,
        value: value(market, average_price, executed),
        side: if sells { "SELL" } else { "BUY" },
        position_side: match (hedged, sells) {
            (false, _) => "BOTH",
            (true, true) => "LONG",
            (true, false) => "SHORT",
        },
        time,
        update_time: Timestamp::from_millis(time.as_millis() + dice.between(1, 400)),
    }
}

/// A limit price around the market's, and an average price of fills that is at least as good.
fn prices(market: &Market, sells: bool, dice: &mut Dice) -> (Decimal, Decimal) {
    let limit = market.price + dice.between(-market.price / 20, market.price / 20);
    let fine = 10_i64.pow(market.average_scale - market.price_scale);
    let better = dice.between(0, limit * fine / 200 + 1);
    let average = if sells { limit * fine + better } else { limit * fine - better };
    (Decimal::new(limit, market.price_scale), Decimal::new(average, market.average_scale))
}

fn value(market: &Market, average_price: Decimal, executed: Decimal) -> Decimal {
    if market.contract_size == 0 {
        (average_price * executed).normalize()
    } else {
        (Decimal::from(market.contract_size) * executed / average_price).trunc_with_scale(8)
    }
}

fn client_order_id(cause: Cause, time: Timestamp, count: i64) -> String {
    let beginning = cause.beginning();
    match cause {
        // All of these orders have this very text.
        Cause::Adl => beginning.to_owned(),
        _ => format!("{beginning}{time}{count:06}"),
    }
}

impl Cause {
    const ALL: [Self; 4] = [Self::Liquidation, Self::Adl, Self::Settlement, Self::Delivery];

    /// What the client order ids of such orders begin with.
    const fn beginning(self) -> &'static str {
        match self {
            Self::Liquidation => "autoclose-",
            Self::Adl => "adl_autoclose",
            Self::Settlement => "settlement_autoclose-",
            Self::Delivery => "delivery_autoclose-",
        }
    }

    /// The cause that a client order id tells.
    pub(crate) fn told_by(client_order_id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| client_order_id.starts_with(cause.beginning()))
    }

    /// The causes of a product's orders take turns; margin orders are all the same, and only a dated contract is delivered.
    fn of_turn(product: Product, market: usize, turn: usize) -> Self {
        let causes = match product {
            Product::Um => &Self::ALL[..3],
            Product::Cm if market == DATED => &Self::ALL,
            Product::Cm => &Self::ALL[..3],
            Product::Margin => &Self::ALL[..1],
        };
        causes[turn % causes.len()]
    }
}

impl ForceOrder {
    /// The order with an index in a list of orders that stand by time. What it is like follows from the three arguments.
    ///
    /// Symbols and causes take turns. Numbers grow with time within a symbol, if there are less than four million orders
    /// a day, and neighbours of different symbols share one: a symbol and a number together name an order.
    pub fn numbered(product: Product, index: usize, time: Timestamp) -> Self {
        let markets = markets(product).len();
        let (market, turn) = (index % markets, index / markets);
        let day = time.as_millis().div_euclid(DAY);
        let moment =
            Moment { at: time.as_millis().rem_euclid(DAY), market, cause: Cause::of_turn(product, market, turn) };
        let turn = i64::try_from(turn).unwrap_or(i64::MAX);
        row(product, day, moment, turn.saturating_add(1), Dice::new(0, &[product.number(), day, turn]))
    }

    /// The row as the exchange prints it.
    pub fn json(&self) -> String {
        let printed = match self.product {
            Product::Um | Product::Cm => serde_json::to_string(&self.futures()),
            Product::Margin => serde_json::to_string(&self.margin()),
        };
        // Texts and numbers under names that are texts: nothing in it can fail to be printed.
        printed.unwrap_or_default()
    }

    /// The row as the exchange prints it for futures.
    pub(crate) fn futures(&self) -> FuturesRow<'_> {
        let is_cm = self.product == Product::Cm;
        FuturesRow {
            order_id: self.order_id,
            symbol: self.symbol,
            pair: is_cm.then_some(self.pair),
            status: self.status,
            client_order_id: &self.client_order_id,
            price: self.price.to_string(),
            avg_price: self.average_price.to_string(),
            orig_qty: self.quantity.to_string(),
            executed_qty: self.executed.to_string(),
            cum_quote: (!is_cm).then(|| self.value.to_string()),
            cum_base: is_cm.then(|| self.value.to_string()),
            time_in_force: "IOC",
            order_type: "LIMIT",
            reduce_only: false,
            side: self.side,
            position_side: self.position_side,
            orig_type: "LIMIT",
            time: self.time.as_millis(),
            update_time: self.update_time.as_millis(),
        }
    }

    /// The row as the exchange prints it for margin.
    pub(crate) fn margin(&self) -> MarginRow {
        MarginRow {
            avg_price: self.average_price.to_string(),
            executed_qty: self.executed.to_string(),
            order_id: self.order_id,
            price: self.price.to_string(),
            qty: self.quantity.to_string(),
            side: self.side,
            symbol: self.symbol,
            time_in_force: "GTC",
            updated_time: self.time.as_millis(),
        }
    }
}

/// The columns of UM and CM in the documented order; the three that only one of them has are left out for the other.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FuturesRow<'a> {
    order_id: i64,
    symbol: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pair: Option<&'static str>,
    status: &'static str,
    client_order_id: &'a str,
    price: String,
    avg_price: String,
    orig_qty: String,
    executed_qty: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    cum_quote: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cum_base: Option<String>,
    time_in_force: &'static str,
    #[serde(rename = "type")]
    order_type: &'static str,
    reduce_only: bool,
    side: &'static str,
    position_side: &'static str,
    orig_type: &'static str,
    time: i64,
    update_time: i64,
}

/// The columns of margin in the documented order.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MarginRow {
    avg_price: String,
    executed_qty: String,
    order_id: i64,
    price: String,
    qty: String,
    side: &'static str,
    symbol: &'static str,
    time_in_force: &'static str,
    updated_time: i64,
}
