//! Values for parameters, from what their descriptions say and, for a few, from their names.

use papi_types::spec::{Bound, Kind, Limit, ParamInfo};
use papi_types::{Decimal, EndpointInfo, Group, Timestamp};

const HOUR: i64 = 3_600_000;

/// All values worth trying: every word of a word, and one of everything else.
pub(crate) fn values(info: &EndpointInfo, param: &ParamInfo, now: Timestamp) -> Vec<String> {
    match param.kind {
        Kind::Word | Kind::Bool => param.words.iter().map(|word| (*word).to_owned()).collect(),
        _ => vec![plain_value(info, param, now)],
    }
}

/// A value that nothing is wrong with.
pub(crate) fn plain_value(info: &EndpointInfo, param: &ParamInfo, now: Timestamp) -> String {
    match param.kind {
        Kind::Word | Kind::Bool => param.words[0].to_owned(),
        Kind::Text => text(info.group, param),
        Kind::Integer => in_range(integer(param), param, now),
        Kind::Decimal => in_range(decimal(param.name), param, now),
        Kind::Time => time(param, now).to_string(),
        Kind::List => "USDT,BTC".to_owned(),
        other => panic!("{} is of a new kind: {other}", param.name),
    }
}

/// A name is its own best value: two parameters never share it, and it has the characters of a client id.
fn text(group: Group, param: &ParamInfo) -> String {
    let known = match (type_name(param), group) {
        ("Symbol", Group::Cm) => "BTCUSD_PERP",
        ("Symbol", _) => "BTCUSDT",
        ("Pair", _) => "BTCUSD",
        ("Asset", _) => "USDT",
        _ => param.name,
    };
    let longest = param.length.map_or(usize::MAX, |(_, longest)| longest as usize);
    known.chars().take(longest).collect()
}

/// The type without the wrapper of an optional parameter.
fn type_name(param: &ParamInfo) -> &'static str {
    param.type_name.trim_start_matches("Option<").trim_end_matches('>')
}

fn integer(param: &ParamInfo) -> &'static str {
    match param.name {
        "current" => "1",
        "leverage" => "20",
        "limit" | "size" => "50",
        _ => "1917641",
    }
}

fn decimal(name: &str) -> &'static str {
    match name {
        "price" | "stopLimitPrice" => "20000.10",
        "callbackRate" => "1.0",
        _ if name.to_lowercase().ends_with("price") => "90000.10",
        _ if name.to_lowercase().contains("iceberg") => "1",
        _ => "2",
    }
}

/// The number itself, or the nearest that the parameter may have, in steps of one from an end that is outside.
fn in_range(number: &str, param: &ParamInfo, now: Timestamp) -> String {
    let inside = |edge: Bound, step: Decimal| match edge {
        Bound::Closed(_) => edge_number(edge, now),
        Bound::Open(_) => edge_number(edge, now) + step,
    };
    let number: Decimal = number.parse().expect("a number");
    let number = param.min.map_or(number, |edge| number.max(inside(edge, Decimal::ONE)));
    param.max.map_or(number, |edge| number.min(inside(edge, Decimal::NEGATIVE_ONE))).to_string()
}

/// A range of one hour that ended an hour ago; everything else lies in the future.
fn time(param: &ParamInfo, now: Timestamp) -> i64 {
    let now = now.as_millis();
    match param.name {
        "startTime" => now - 2 * HOUR,
        "endTime" => now - HOUR,
        _ => now + HOUR,
    }
}

/// The number at an end of a range. Times in the future are a fixed length away.
pub(crate) fn edge_number(edge: Bound, now: Timestamp) -> Decimal {
    let (Bound::Closed(limit) | Bound::Open(limit)) = edge;
    match limit {
        Limit::Number(number) => number,
        Limit::FromNow(span) => {
            let length = now.as_millis() - span.before(now).as_millis();
            (now.as_millis() + length).into()
        }
        other => panic!("a new kind of limit: {other}"),
    }
}
