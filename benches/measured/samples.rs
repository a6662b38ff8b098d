//! Replies as the exchange sends them: the keys in its order, numbers of the usual length, no two rows alike.

use std::fmt::Write as _;

/// The rows of a list, each made from its number.
fn list(rows: usize, row: impl Fn(usize) -> String) -> String {
    let rows: Vec<String> = (0..rows).map(row).collect();
    format!("[{}]", rows.join(","))
}

const SYMBOLS: [&str; 5] = ["BTCUSDT", "ETHUSDT", "SOLUSDT", "1000PEPEUSDT", "BNBUSDT"];

fn symbol(row: usize) -> &'static str {
    SYMBOLS[row % SYMBOLS.len()]
}

fn side(row: usize) -> &'static str {
    if row.is_multiple_of(3) { "BUY" } else { "SELL" }
}

pub(crate) fn force_orders(rows: usize) -> String {
    list(rows, |row| {
        let (symbol, side, id, time) = (symbol(row), side(row), 6_071_832_819 + row, 1_792_000_000_044 + 7_919 * row);
        format!(
            r#"{{"orderId":{id},"symbol":"{symbol}","status":"FILLED","clientOrderId":"autoclose-{time}0000020","price":"{}.09","avgPrice":"{}.21000","origQty":"0.{:03}","executedQty":"0.{:03}","cumQuote":"{}.91321","timeInForce":"IOC","type":"LIMIT","reduceOnly":false,"side":"{side}","positionSide":"BOTH","origType":"LIMIT","time":{time},"updateTime":{}}}"#,
            10_871 + row,
            10_913 + row,
            1 + row,
            1 + row,
            10 + row,
            time + 43
        )
    })
}

pub(crate) fn orders(rows: usize) -> String {
    list(rows, |row| {
        let (symbol, side, id, time) = (symbol(row), side(row), 191_764_100 + row, 1_792_000_756_075 + 7_919 * row);
        format!(
            r#"{{"avgPrice":"{}.10000","clientOrderId":"web_{id:022}","cumQuote":"{}.38400","executedQty":"0.{:03}","orderId":{id},"origQty":"0.{:03}","origType":"LIMIT","price":"{}.10","reduceOnly":false,"side":"{side}","positionSide":"BOTH","status":"FILLED","symbol":"{symbol}","time":{time},"timeInForce":"GTC","type":"LIMIT","updateTime":{},"selfTradePreventionMode":"NONE","goodTillDate":0,"priceMatch":"NONE"}}"#,
            26_871 + row,
            1_074 + row,
            40 + row,
            40 + row,
            26_871 + row,
            time + 12
        )
    })
}

pub(crate) fn balances(rows: usize) -> String {
    list(rows, |row| {
        let units = 126 + row;
        format!(
            r#"{{"asset":"A{row:03}","totalWalletBalance":"{units}.72469206","crossMarginAsset":"{units}.00000000","crossMarginBorrowed":"10.00000000","crossMarginFree":"{units}.00000000","crossMarginInterest":"0.72469206","crossMarginLocked":"3.00000000","umWalletBalance":"0.00000000","umUnrealizedPNL":"23.72469206","cmWalletBalance":"23.72469206","cmUnrealizedPNL":"-1.50000000","updateTime":{},"negativeBalance":"0"}}"#,
            1_792_000_110_373 + row
        )
    })
}

pub(crate) fn positions(rows: usize) -> String {
    list(rows, |row| {
        let (symbol, units) = (symbol(row), 22_185 + row);
        format!(
            r#"{{"symbol":"{symbol}","positionAmt":"0.{:03}","entryPrice":"{units}.2","markPrice":"{units}.05052574","unRealizedProfit":"-1.06214947","liquidationPrice":"6170.20509059","leverage":"4","maxNotionalValue":"100000000","positionSide":"LONG","notional":"21.12305052","updateTime":{}}}"#,
            1 + row,
            1_792_000_461_579 + row
        )
    })
}

pub(crate) fn trades(rows: usize) -> String {
    list(rows, |row| {
        let (symbol, side, id, units) = (symbol(row), side(row), 67_880_589 + row, 28_511 + row);
        format!(
            r#"{{"symbol":"{symbol}","id":{id},"orderId":{},"side":"{side}","price":"{units}.00","qty":"0.010","realizedPnl":"2.58500000","quoteQty":"285.11000","commission":"-0.11404400","commissionAsset":"USDT","time":{},"buyer":false,"maker":false,"positionSide":"BOTH"}}"#,
            270_093_109 + row,
            1_792_000_557_875 + row
        )
    })
}

/// A hundred brackets, ten for each symbol.
pub(crate) fn brackets(rows: usize) -> String {
    list(rows / 10, |symbol| {
        let mut text =
            format!(r#"{{"symbol":"{}","notionalCoef":"1.50","brackets":["#, SYMBOLS[symbol % SYMBOLS.len()]);
        for bracket in 1..=10 {
            let comma = if bracket == 1 { "" } else { "," };
            let (leverage, floor, ratio, cum) =
                (125 / bracket, 50_000 * (bracket - 1), 40 + 25 * bracket, 37 * bracket);
            // Writing into a String cannot fail.
            let _ = write!(
                text,
                r#"{comma}{{"bracket":{bracket},"initialLeverage":{leverage},"notionalCap":{},"notionalFloor":{floor},"maintMarginRatio":0.{ratio:04},"cum":{cum}.5}}"#,
                50_000 * bracket
            );
        }
        text.push_str("]}");
        text
    })
}
