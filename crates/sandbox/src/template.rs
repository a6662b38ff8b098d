//! Changes of a documented example: its symbols, the values that were sent with the request, and its times.

use crate::instruments::pair_of;
use crate::request::Request;
use papi_types::json::Json;
use std::borrow::Cow;

/// Below this no number in a reply is an instant; examples have zeros for what has not happened.
const EARLIEST_TIME: i64 = 1_000_000_000_000;

/// Fields with an instant that lies ahead of the others in the reply.
const AHEAD: [&str; 2] = ["expirationTimestamp", "plannedRecoverTime"];
const DAY: i64 = 86_400_000;

/// An object whose fields are named by symbols.
const BY_SYMBOL: &str = "indicators";

/// Returns a text, written as a value of the example is: with or without quotes, or as a list of the texts between
/// commas.
pub(crate) fn like(shown: &Json, text: &str) -> Json {
    match shown {
        Json::List(_) => Json::List(text.split(',').map(Json::text).collect()),
        Json::Raw(written) if written != "null" && Json::parse(text).is_ok() => Json::Raw(text.to_owned().into()),
        _ => Json::text(text),
    }
}

/// Puts a text into a field if the field is there, written as the field is.
pub(crate) fn fill(json: &mut Json, name: &str, text: &str) {
    if let Some(shown) = json.get(name) {
        let value = like(shown, text);
        json.replace(name, value);
    }
}

/// A field of an object.
type Field = (Cow<'static, str>, Json);

/// Visits a value if it is an object, and all objects inside it.
pub(crate) fn each_object(json: &mut Json, visit: &mut dyn FnMut(&mut [Field])) {
    match json {
        Json::Object(fields) => {
            visit(fields);
            for (_, value) in fields {
                each_object(value, visit);
            }
        }
        Json::List(rows) => {
            for row in rows {
                each_object(row, visit);
            }
        }
        Json::Text(_) | Json::Raw(_) => {}
    }
}

/// Visits the fields of a value if it is an object, and of all objects inside it.
pub(crate) fn each_field(json: &mut Json, visit: &mut dyn FnMut(&str, &mut Json)) {
    each_object(json, &mut |fields| {
        for (name, value) in fields {
            visit(name, value);
        }
    });
}

/// Returns the instant in a field, if that is what it holds.
pub(crate) fn time(name: &str, value: &Json) -> Option<i64> {
    let number = value.integer().filter(|number| *number >= EARLIEST_TIME)?;
    name.to_ascii_lowercase().contains("time").then_some(number)
}

/// Moves every instant by a number of milliseconds.
pub(crate) fn shift(json: &mut Json, millis: i64) {
    each_field(json, &mut |name, value| {
        if let Some(time) = time(name, value) {
            *value = like(value, &(time + millis).to_string());
        }
    });
}

/// Moves the instants so that the latest of them is the one given. Their order stays, and so do the times between them.
pub(crate) fn move_to(json: &mut Json, last: i64) {
    let mut latest = None;
    each_field(json, &mut |name, value| {
        if !AHEAD.contains(&name) {
            latest = latest.max(time(name, value));
        }
    });
    shift(json, latest.map_or(0, |latest| last - latest));
    each_field(json, &mut |name, value| {
        if AHEAD.contains(&name) {
            *value = like(value, &(last + DAY).to_string());
        }
    });
}

/// Puts what was sent into the fields of the same name, and makes the fields that belong to a symbol or a pair agree
/// with it.
pub(crate) fn echo(json: &mut Json, request: &Request<'_>) {
    let (symbol, pair) = (request.sent("symbol"), request.sent("pair"));
    each_object(json, &mut |fields| {
        let has_pair = fields.iter().any(|(name, _)| name == "pair");
        for (name, value) in fields {
            match (name.as_ref(), symbol, pair, request.sent(name)) {
                ("pair", Some(symbol), None, _) => *value = Json::text(pair_of(symbol)),
                ("symbol", None, Some(pair), _) if !has_pair => *value = Json::text(format!("{pair}_PERP")),
                (_, _, _, Some(sent)) => *value = like(value, sent),
                (BY_SYMBOL, Some(symbol), _, _) => {
                    if let Json::Object(by_symbol) = value
                        && let Some((first, _)) = by_symbol.first_mut()
                    {
                        *first = symbol.to_owned().into();
                    }
                }
                _ => {}
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_like_the_ones_they_replace() {
        for (example, text, written) in [
            ("\"0.1\"", "0.20", "\"0.20\""),
            ("0.1", "0.20", "0.20"),
            ("true", "false", "false"),
            ("null", "7", "\"7\""),
            ("[\"A\"]", "B,C", "[\"B\",\"C\"]"),
            ("1", "one", "\"one\""),
        ] {
            assert_eq!(like(&Json::parse(example).unwrap(), text).to_string(), written, "{example} {text}");
        }
    }
}
