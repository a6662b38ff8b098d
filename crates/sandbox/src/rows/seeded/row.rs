//! One forced close with all its numbers, which agree with each other, and its printed forms.

use super::calendar::{DAY, Event, events, in_hedge_mode};
use super::cause::Cause;
use super::product::Product;
use crate::instruments::{Instrument, contract_size, pair_of};
use crate::rng::Rng;
use papi_types::json::Json;
use papi_types::{Decimal, Timestamp};

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
    /// Why the position was closed. Of the columns only the client order id of futures shows it.
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

/// More than the rows of a symbol on any day, so that ids grow from day to day.
const IDS_PER_DAY: i64 = 1_000_000;

/// Every order ends sooner than this after it was placed, in milliseconds.
pub(super) const LONGEST_LIFE: i64 = 400;

/// Returns the rows of a calendar day, oldest first.
pub(super) fn of_day(seed: u64, product: Product, day: i64) -> Vec<ForceOrder> {
    let mut counts = vec![0; product.instruments().len()];
    let mut rows = Vec::new();
    for (index, event) in (0..).zip(events(seed, product, day)) {
        let Some(count) = counts.get_mut(event.instrument) else { continue };
        *count += 1;
        let rng = Rng::new(seed, &[product.number(), day, index]);
        rows.push(row(product, day, event, *count, rng));
    }
    rows
}

fn row(product: Product, day: i64, event: Event, count: i64, mut rng: Rng) -> ForceOrder {
    let instrument = &product.instruments()[event.instrument];
    let sells = rng.chance(60);
    let hedged = product != Product::Margin && in_hedge_mode(day);
    let (price, average_price) = prices(instrument, sells, &mut rng);
    let steps = rng.between(1, instrument.largest + 1);
    // Now and then only a part found a counterparty in time.
    let filled = if steps > 1 && rng.chance(6) { rng.between(1, steps) } else { steps };
    let executed = Decimal::new(filled, instrument.quantity_scale);
    let time = Timestamp::from_millis(day * DAY + event.at);
    ForceOrder {
        product,
        symbol: instrument.symbol,
        pair: if product == Product::Cm { pair_of(instrument.symbol) } else { "" },
        order_id: instrument.id_base + day * IDS_PER_DAY + count,
        cause: event.cause,
        client_order_id: client_order_id(event.cause, time, count),
        status: if filled == steps { "FILLED" } else { "EXPIRED" },
        price,
        average_price,
        quantity: Decimal::new(steps, instrument.quantity_scale),
        executed,
        value: value(product, instrument, average_price, executed),
        side: if sells { "SELL" } else { "BUY" },
        position_side: match (hedged, sells) {
            (false, _) => "BOTH",
            (true, true) => "LONG",
            (true, false) => "SHORT",
        },
        time,
        update_time: Timestamp::from_millis(time.as_millis() + rng.between(1, LONGEST_LIFE)),
    }
}

/// Returns a limit price around the market's, and an average price of fills that is at least as good.
fn prices(instrument: &Instrument, sells: bool, rng: &mut Rng) -> (Decimal, Decimal) {
    let limit = instrument.price + rng.between(-instrument.price / 20, instrument.price / 20);
    let fine = 10_i64.pow(instrument.average_scale - instrument.price_scale);
    let better = rng.between(0, limit * fine / 200 + 1);
    let average = if sells { limit * fine + better } else { limit * fine - better };
    (Decimal::new(limit, instrument.price_scale), Decimal::new(average, instrument.average_scale))
}

fn value(product: Product, instrument: &Instrument, average_price: Decimal, executed: Decimal) -> Decimal {
    if product == Product::Cm {
        (contract_size(pair_of(instrument.symbol)) * executed / average_price).trunc_with_scale(8)
    } else {
        (average_price * executed).normalize()
    }
}

fn client_order_id(cause: Cause, time: Timestamp, count: i64) -> String {
    let prefix = cause.client_id_prefix();
    match cause {
        // All of these orders have this very text.
        Cause::Adl => prefix.to_owned(),
        _ => format!("{prefix}{}{count:06}", time.as_millis()),
    }
}

impl ForceOrder {
    /// Returns the order with an index in a list of orders by time. What it is like follows from the three arguments.
    ///
    /// Symbols and causes take turns. Numbers grow with time within a symbol, if there are less than four million
    /// orders a day, and neighbours of different symbols share one: a symbol and a number together name an order.
    pub fn numbered(product: Product, index: usize, time: Timestamp) -> Self {
        let instruments = product.instruments().len();
        let (instrument, turn) = (index % instruments, index / instruments);
        let day = time.as_millis().div_euclid(DAY);
        let event = Event {
            at: time.as_millis().rem_euclid(DAY),
            instrument,
            cause: Cause::of_turn(product, instrument, turn),
        };
        let turn = i64::try_from(turn).unwrap_or(i64::MAX);
        row(product, day, event, turn.saturating_add(1), Rng::new(0, &[product.number(), day, turn]))
    }

    /// Returns the row as the exchange prints it.
    pub fn json(&self) -> String {
        self.row().to_string()
    }

    /// Returns the row with its fields in the documented order.
    pub(crate) fn row(&self) -> Json {
        match self.product {
            Product::Um => self.futures(&["pair", "cumBase"]),
            Product::Cm => self.futures(&["cumQuote"]),
            Product::Margin => self.margin(),
        }
    }

    /// Returns the fields of UM and CM, without those that only the other one has.
    fn futures(&self, left_out: &[&str]) -> Json {
        let fields = [
            ("orderId", Json::number(self.order_id)),
            ("symbol", Json::text(self.symbol)),
            ("pair", Json::text(self.pair)),
            ("status", Json::text(self.status)),
            ("clientOrderId", Json::text(&self.client_order_id)),
            ("price", decimal(self.price)),
            ("avgPrice", decimal(self.average_price)),
            ("origQty", decimal(self.quantity)),
            ("executedQty", decimal(self.executed)),
            ("cumQuote", decimal(self.value)),
            ("cumBase", decimal(self.value)),
            ("timeInForce", Json::text("IOC")),
            ("type", Json::text("LIMIT")),
            ("reduceOnly", Json::bool(false)),
            ("side", Json::text(self.side)),
            ("positionSide", Json::text(self.position_side)),
            ("origType", Json::text("LIMIT")),
            ("time", Json::number(self.time.as_millis())),
            ("updateTime", Json::number(self.update_time.as_millis())),
        ];
        Json::object(fields.into_iter().filter(|(name, _)| !left_out.contains(name)))
    }

    fn margin(&self) -> Json {
        Json::object([
            ("avgPrice", decimal(self.average_price)),
            ("executedQty", decimal(self.executed)),
            ("orderId", Json::number(self.order_id)),
            ("price", decimal(self.price)),
            ("qty", decimal(self.quantity)),
            ("side", Json::text(self.side)),
            ("symbol", Json::text(self.symbol)),
            ("timeInForce", Json::text("GTC")),
            ("updatedTime", Json::number(self.time.as_millis())),
        ])
    }
}

fn decimal(value: Decimal) -> Json {
    Json::text(value.to_string())
}
