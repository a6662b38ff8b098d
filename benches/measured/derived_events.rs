//! The shapes of six events as a program without this library writes them: serde's derive, told the key that has the name.

// They are read and thrown away.
#![allow(dead_code)]

use crate::derived::Amount;

#[derive(serde::Deserialize)]
#[serde(tag = "e")]
pub(crate) enum Event {
    #[serde(rename = "ORDER_TRADE_UPDATE")]
    Order(Box<FuturesOrder>),
    #[serde(rename = "ACCOUNT_UPDATE")]
    Account(Account),
    #[serde(rename = "executionReport")]
    Margin(Box<MarginOrder>),
    #[serde(rename = "ACCOUNT_CONFIG_UPDATE")]
    Config(Config),
    #[serde(rename = "liabilityChange")]
    Liability(Liability),
    #[serde(rename = "riskLevelChange")]
    Risk(Risk),
}

#[derive(serde::Deserialize)]
pub(crate) struct FuturesOrder {
    #[serde(rename = "E")]
    event_time: i64,
    #[serde(rename = "T")]
    transaction_time: i64,
    #[serde(rename = "fs")]
    business_unit: String,
    #[serde(rename = "i")]
    alias: Option<String>,
    #[serde(rename = "o")]
    order: FuturesOrderState,
}

#[derive(serde::Deserialize)]
pub(crate) struct FuturesOrderState {
    #[serde(rename = "s")]
    symbol: String,
    #[serde(rename = "c")]
    client_order_id: String,
    #[serde(rename = "S")]
    side: String,
    #[serde(rename = "o")]
    order_type: String,
    #[serde(rename = "f")]
    time_in_force: Option<String>,
    #[serde(rename = "q")]
    quantity: Amount,
    #[serde(rename = "p")]
    price: Amount,
    #[serde(rename = "ap")]
    average_price: Amount,
    #[serde(rename = "sp")]
    stop_price: Option<Amount>,
    #[serde(rename = "x")]
    execution_type: String,
    #[serde(rename = "X")]
    status: String,
    #[serde(rename = "i")]
    order_id: i64,
    #[serde(rename = "M")]
    modify_id: Option<i64>,
    #[serde(rename = "l")]
    last_quantity: Amount,
    #[serde(rename = "z")]
    executed: Amount,
    #[serde(rename = "L")]
    last_price: Amount,
    #[serde(rename = "n")]
    fee: Option<Amount>,
    #[serde(rename = "N")]
    fee_asset: Option<String>,
    #[serde(rename = "T")]
    time: i64,
    #[serde(rename = "t")]
    trade_id: i64,
    #[serde(rename = "b")]
    bids: Option<Amount>,
    #[serde(rename = "a")]
    asks: Option<Amount>,
    #[serde(rename = "m")]
    maker: bool,
    #[serde(rename = "R")]
    reduce_only: Option<bool>,
    #[serde(rename = "ps")]
    position_side: String,
    #[serde(rename = "rp")]
    profit: Amount,
    #[serde(rename = "st")]
    strategy_type: Option<String>,
    #[serde(rename = "si")]
    strategy_id: Option<i64>,
    #[serde(rename = "V")]
    prevention: Option<String>,
    #[serde(rename = "pm")]
    price_match: Option<String>,
    #[serde(rename = "gtd")]
    good_till: Option<i64>,
}

#[derive(serde::Deserialize)]
pub(crate) struct Account {
    #[serde(rename = "E")]
    event_time: i64,
    #[serde(rename = "T")]
    transaction_time: i64,
    #[serde(rename = "fs")]
    business_unit: String,
    #[serde(rename = "i")]
    alias: Option<String>,
    #[serde(rename = "a")]
    update: Wallet,
}

#[derive(serde::Deserialize)]
pub(crate) struct Wallet {
    #[serde(rename = "B")]
    balances: Vec<Balance>,
    #[serde(rename = "P")]
    positions: Option<Vec<Position>>,
    #[serde(rename = "m")]
    reason: String,
    #[serde(rename = "S")]
    symbol: Option<String>,
}

#[derive(serde::Deserialize)]
pub(crate) struct Balance {
    #[serde(rename = "a")]
    asset: String,
    #[serde(rename = "wb")]
    wallet: Amount,
    #[serde(rename = "cw")]
    cross: Amount,
    #[serde(rename = "bc")]
    change: Amount,
}

#[derive(serde::Deserialize)]
pub(crate) struct Position {
    #[serde(rename = "s")]
    symbol: String,
    #[serde(rename = "pa")]
    amount: Amount,
    #[serde(rename = "ep")]
    entry: Amount,
    #[serde(rename = "cr")]
    realized: Amount,
    #[serde(rename = "up")]
    unrealized: Amount,
    #[serde(rename = "ps")]
    side: String,
    #[serde(rename = "bep")]
    break_even: Amount,
}

#[derive(serde::Deserialize)]
pub(crate) struct MarginOrder {
    #[serde(rename = "E")]
    event_time: i64,
    #[serde(rename = "s")]
    symbol: String,
    #[serde(rename = "c")]
    client_order_id: String,
    #[serde(rename = "S")]
    side: String,
    #[serde(rename = "o")]
    order_type: String,
    #[serde(rename = "f")]
    time_in_force: Option<String>,
    #[serde(rename = "q")]
    quantity: Amount,
    #[serde(rename = "p")]
    price: Amount,
    #[serde(rename = "P")]
    stop_price: Amount,
    #[serde(rename = "d")]
    trailing_delta: Option<i64>,
    #[serde(rename = "F")]
    iceberg: Option<Amount>,
    #[serde(rename = "g")]
    list: i64,
    #[serde(rename = "C")]
    original_id: Option<String>,
    #[serde(rename = "x")]
    execution_type: String,
    #[serde(rename = "X")]
    status: String,
    #[serde(rename = "r")]
    reason: Option<String>,
    #[serde(rename = "i")]
    order_id: i64,
    #[serde(rename = "l")]
    last_quantity: Amount,
    #[serde(rename = "z")]
    executed: Amount,
    #[serde(rename = "L")]
    last_price: Amount,
    #[serde(rename = "n")]
    fee: Amount,
    #[serde(rename = "N")]
    fee_asset: Option<String>,
    #[serde(rename = "T")]
    time: i64,
    #[serde(rename = "t")]
    trade_id: i64,
    #[serde(rename = "v")]
    prevented: Option<i64>,
    #[serde(rename = "w")]
    working: bool,
    #[serde(rename = "m")]
    maker: bool,
    #[serde(rename = "O")]
    placed: i64,
    #[serde(rename = "Z")]
    value: Amount,
    #[serde(rename = "Y")]
    last_value: Amount,
    #[serde(rename = "Q")]
    quote_quantity: Option<Amount>,
    #[serde(rename = "D")]
    trailing_time: Option<i64>,
    #[serde(rename = "j")]
    strategy_id: Option<i64>,
    #[serde(rename = "J")]
    strategy_type: Option<i64>,
    #[serde(rename = "W")]
    working_time: Option<i64>,
    #[serde(rename = "V")]
    prevention: Option<String>,
    #[serde(rename = "I")]
    update_id: i64,
    #[serde(rename = "u")]
    group: Option<i64>,
    #[serde(rename = "U")]
    counter_order: Option<i64>,
    #[serde(rename = "A")]
    prevented_quantity: Option<Amount>,
    #[serde(rename = "B")]
    last_prevented: Option<Amount>,
    #[serde(rename = "Cs")]
    counter_symbol: Option<String>,
    #[serde(rename = "pl")]
    prevented_fill: Option<Amount>,
    #[serde(rename = "pL")]
    prevented_price: Option<Amount>,
    #[serde(rename = "pY")]
    prevented_value: Option<Amount>,
    #[serde(rename = "eR")]
    expiry: Option<String>,
}

#[derive(serde::Deserialize)]
pub(crate) struct Config {
    #[serde(rename = "E")]
    event_time: i64,
    #[serde(rename = "T")]
    transaction_time: i64,
    #[serde(rename = "fs")]
    business_unit: String,
    #[serde(rename = "ac")]
    leverage: Leverage,
}

#[derive(serde::Deserialize)]
pub(crate) struct Leverage {
    #[serde(rename = "s")]
    symbol: String,
    #[serde(rename = "l")]
    leverage: u32,
}

#[derive(serde::Deserialize)]
pub(crate) struct Liability {
    #[serde(rename = "E")]
    event_time: i64,
    #[serde(rename = "a")]
    asset: String,
    #[serde(rename = "t")]
    kind: String,
    #[serde(rename = "T")]
    id: i64,
    #[serde(rename = "p")]
    principal: Amount,
    #[serde(rename = "i")]
    interest: Amount,
    #[serde(rename = "l")]
    total: Amount,
}

#[derive(serde::Deserialize)]
pub(crate) struct Risk {
    #[serde(rename = "E")]
    event_time: i64,
    #[serde(rename = "u")]
    ratio: Amount,
    #[serde(rename = "s")]
    level: String,
    #[serde(rename = "eq")]
    equity: Amount,
    #[serde(rename = "ae")]
    actual_equity: Amount,
    #[serde(rename = "m")]
    margin: Amount,
}
