//! The shapes of six replies as a program without this library writes them: serde's derive, owned texts, exact decimals.

// They are read and thrown away, under the names of the wire.
#![allow(dead_code, clippy::struct_field_names)]

use rust_decimal::Decimal;
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use std::fmt;

/// A decimal, quoted or bare.
pub(crate) struct Amount(Decimal);

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AmountVisitor)
    }
}

struct AmountVisitor;

impl Visitor<'_> for AmountVisitor {
    type Value = Amount;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Amount, E> {
        text.parse().map(Amount).map_err(E::custom)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Amount, E> {
        Ok(Amount(number.into()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Amount, E> {
        Ok(Amount(number.into()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Amount, E> {
        self.visit_str(&number.to_string())
    }
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ForceOrder {
    order_id: u64,
    symbol: String,
    status: String,
    client_order_id: String,
    price: Amount,
    avg_price: Amount,
    orig_qty: Amount,
    executed_qty: Amount,
    cum_quote: Amount,
    time_in_force: Option<String>,
    #[serde(rename = "type")]
    order_type: String,
    reduce_only: Option<bool>,
    side: String,
    position_side: String,
    orig_type: Option<String>,
    time: i64,
    update_time: i64,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Order {
    avg_price: Option<Amount>,
    client_order_id: String,
    cum_quote: Option<Amount>,
    executed_qty: Amount,
    order_id: u64,
    orig_qty: Amount,
    orig_type: Option<String>,
    price: Amount,
    reduce_only: Option<bool>,
    side: String,
    position_side: String,
    status: String,
    symbol: String,
    time: Option<i64>,
    time_in_force: Option<String>,
    #[serde(rename = "type")]
    order_type: String,
    update_time: i64,
    self_trade_prevention_mode: Option<String>,
    good_till_date: Option<i64>,
    price_match: Option<String>,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Balance {
    asset: String,
    total_wallet_balance: Amount,
    cross_margin_asset: Option<Amount>,
    cross_margin_borrowed: Amount,
    cross_margin_free: Amount,
    cross_margin_interest: Amount,
    cross_margin_locked: Amount,
    um_wallet_balance: Amount,
    #[serde(rename = "umUnrealizedPNL")]
    um_unrealized_pnl: Amount,
    cm_wallet_balance: Amount,
    #[serde(rename = "cmUnrealizedPNL")]
    cm_unrealized_pnl: Option<Amount>,
    update_time: i64,
    negative_balance: Amount,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Position {
    entry_price: Amount,
    leverage: String,
    mark_price: Amount,
    max_notional_value: Amount,
    position_amt: Amount,
    notional: Amount,
    symbol: String,
    #[serde(rename = "unRealizedProfit")]
    unrealized_profit: Amount,
    liquidation_price: Amount,
    position_side: String,
    update_time: i64,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Trade {
    symbol: String,
    id: u64,
    order_id: u64,
    side: String,
    price: Amount,
    qty: Amount,
    realized_pnl: Amount,
    quote_qty: Amount,
    commission: Amount,
    commission_asset: String,
    time: i64,
    buyer: bool,
    maker: bool,
    position_side: String,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SymbolBrackets {
    symbol: String,
    notional_coef: Amount,
    brackets: Vec<Bracket>,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Bracket {
    bracket: u32,
    initial_leverage: u32,
    notional_cap: Amount,
    notional_floor: Amount,
    maint_margin_ratio: Amount,
    cum: Amount,
}
