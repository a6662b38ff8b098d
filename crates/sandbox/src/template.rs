//! Changing a documented example in places: what it is about, what was sent with the request, and when it was.

use crate::json::Json;
use crate::routes::Request;

/// Below this no number in a reply is an instant; examples have zeros for what has not happened.
const EARLIEST_TIME: i64 = 1_000_000_000_000;

/// Fields with an instant that lies ahead of the others in the reply.
const AHEAD: [&str; 2] = ["expirationTimestamp", "plannedRecoverTime"];
const DAY: i64 = 86_400_000;

/// An object whose fields are named by symbols.
const BY_SYMBOL: &str = "indicators";

/// The instant in a field, if that is what it holds.
pub(crate) fn time(name: &str, value: &Json) -> Option<i64> {
    let number = value.whole().filter(|number| *number >= EARLIEST_TIME)?;
    name.to_ascii_lowercase().contains("time").then_some(number)
}

/// Moves every instant by so many milliseconds.
pub(crate) fn shift(json: &mut Json, millis: i64) {
    json.each_field(&mut |name, value| {
        if let Some(time) = time(name, value) {
            *value = value.like(&(time + millis).to_string());
        }
    });
}

/// Moves the instants so that the latest of them is the one given. Their order stays, and so do the times between them.
pub(crate) fn move_to(json: &mut Json, last: i64) {
    let mut latest = None;
    json.each_field(&mut |name, value| {
        if !AHEAD.contains(&name) {
            latest = latest.max(time(name, value));
        }
    });
    shift(json, latest.map_or(0, |latest| last - latest));
    json.each_field(&mut |name, value| {
        if AHEAD.contains(&name) {
            *value = value.like(&(last + DAY).to_string());
        }
    });
}

/// The pair under a contract: all of its name before the kind or the date of delivery.
pub(crate) fn pair_of(symbol: &str) -> &str {
    symbol.split('_').next().unwrap_or(symbol)
}

/// Puts what was sent into the fields of the same name, and makes what goes with a symbol or a pair agree with it.
pub(crate) fn echo(json: &mut Json, request: &Request<'_>) {
    let (symbol, pair) = (request.sent("symbol"), request.sent("pair"));
    json.each_object(&mut |object| {
        let Json::Object(fields) = object else { return };
        let has_pair = fields.iter().any(|(name, _)| name == "pair");
        for (name, value) in fields {
            match (name.as_str(), symbol, pair, request.sent(name)) {
                ("pair", Some(symbol), None, _) => *value = Json::text(pair_of(symbol)),
                ("symbol", None, Some(pair), _) if !has_pair => *value = Json::text(&format!("{pair}_PERP")),
                (_, _, _, Some(sent)) => *value = value.like(sent),
                (BY_SYMBOL, Some(symbol), _, _) => {
                    if let Json::Object(by_symbol) = value
                        && let Some((first, _)) = by_symbol.first_mut()
                    {
                        symbol.clone_into(first);
                    }
                }
                _ => {}
            }
        }
    });
}
