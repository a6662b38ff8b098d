//! Applying an endpoint's rules to a request: pure, complete (every broken rule is found), relative to a given now.

use crate::rule::{Condition, Demand, State, Window};
use crate::{
    Decimal, Edge, EndpointInfo, Invalid, ParamInfo, SpanLimit, Timestamp, Value, Violation, ViolationKind as Kind,
};

/// The parameters a request sends, with their values.
type Sent<'a> = [(&'static ParamInfo, Value<'a>)];

pub(crate) fn check(info: &EndpointInfo, sent: &Sent<'_>, now: Timestamp) -> Result<(), Invalid> {
    let mut violations = Vec::new();
    for (param, value) in sent {
        check_value(param, *value, now, &mut violations);
    }
    for rule in info.rules {
        if rule.when.iter().all(|condition| holds(condition, sent)) {
            let mut broken = |kind, param: &str, text: String| {
                let mut text = text;
                for (index, condition) in rule.when.iter().enumerate() {
                    text.push_str(if index == 0 { " when " } else { " and " });
                    text.push_str(&condition.to_string());
                }
                violations.push(Violation::new(kind, param, text));
            };
            check_demand(&rule.demand, sent, now, &mut broken);
        }
    }
    if violations.is_empty() { Ok(()) } else { Err(Invalid::new(info.page, violations)) }
}

fn check_value(param: &ParamInfo, value: Value<'_>, now: Timestamp, violations: &mut Vec<Violation>) {
    let name = param.name;
    let mut broken = |kind, text| violations.push(Violation::new(kind, name, text));
    match value {
        Value::Text("") | Value::Word { text: "", .. } => broken(Kind::Empty, format!("`{name}` must not be empty")),
        Value::List(texts) if texts.is_empty() || texts.iter().any(String::is_empty) => {
            broken(Kind::Empty, format!("`{name}` must name at least one value, and none of them empty"));
        }
        Value::Word { text, known: true } if !param.words.contains(&text) => {
            broken(Kind::Word, format!("`{name}` must be one of {}, not {text}", param.words.join(", ")));
        }
        Value::Text(text) => check_text(param, text, &mut broken),
        Value::Integer(number) => check_range(param, number.into(), &number.to_string(), now, &mut broken),
        Value::Decimal(number) => check_range(param, number, &number.to_string(), now, &mut broken),
        Value::Time(time) => check_range(param, time.as_millis().into(), &described(time), now, &mut broken),
        Value::Word { .. } | Value::List(_) | Value::Switch(_) => {}
    }
}

fn check_text(param: &ParamInfo, text: &str, broken: &mut impl FnMut(Kind, String)) {
    let name = param.name;
    if let Some((shortest, longest)) = param.length {
        let count = text.chars().count();
        if count < shortest as usize || count > longest as usize {
            broken(Kind::Length, format!("`{name}` must have {shortest} to {longest} characters, not {count}"));
        }
    }
    if let Some(wrong) = text.chars().find(|character| !param.allows(*character)) {
        let allowed = param.chars.unwrap_or_default();
        broken(Kind::Chars, format!("`{name}` must consist of [{allowed}], and has {wrong:?}"));
    }
}

fn check_range(param: &ParamInfo, number: Decimal, shown: &str, now: Timestamp, broken: &mut impl FnMut(Kind, String)) {
    let mut refuse = |demand: &str, edge: Edge| {
        broken(Kind::OutOfRange, format!("`{}` must be {demand} {edge}, not {shown}", param.name));
    };
    if let Some(edge) = param.min {
        let limit = edge_value(edge, now);
        match edge {
            Edge::Closed(_) | Edge::ClosedFromNow(_) if number < limit => refuse("at least", edge),
            Edge::Open(_) | Edge::OpenFromNow(_) if number <= limit => refuse("greater than", edge),
            _ => {}
        }
    }
    if let Some(edge) = param.max {
        let limit = edge_value(edge, now);
        match edge {
            Edge::Closed(_) | Edge::ClosedFromNow(_) if number > limit => refuse("at most", edge),
            Edge::Open(_) | Edge::OpenFromNow(_) if number >= limit => refuse("less than", edge),
            _ => {}
        }
    }
}

fn edge_value(edge: Edge, now: Timestamp) -> Decimal {
    match edge {
        // The macro has read the number already.
        Edge::Closed(number) | Edge::Open(number) => crate::amount::exact_decimal(number).unwrap_or_default(),
        Edge::ClosedFromNow(span) | Edge::OpenFromNow(span) => {
            let now_millis = now.as_millis();
            now_millis.saturating_add(now_millis.saturating_sub(span.before(now).as_millis())).into()
        }
    }
}

fn is_sent(sent: &Sent<'_>, name: &str) -> bool {
    sent.iter().any(|(param, _)| param.name == name)
}

fn value_is(value: Value<'_>, expected: &str) -> bool {
    match value {
        Value::Text(text) | Value::Word { text, .. } => text == expected,
        Value::Switch(on) => expected == if on { "true" } else { "false" },
        other => other.to_string() == expected,
    }
}

fn holds(condition: &Condition, sent: &Sent<'_>) -> bool {
    let value = sent.iter().find(|(param, _)| param.name == condition.param).map(|(_, value)| *value);
    match condition.state {
        State::Present => value.is_some(),
        State::Absent => value.is_none(),
        State::OneOf(expected) => value.is_some_and(|value| expected.iter().any(|text| value_is(value, text))),
    }
}

fn check_demand(demand: &Demand, sent: &Sent<'_>, now: Timestamp, broken: &mut dyn FnMut(Kind, &str, String)) {
    let present = |names: &[&'static str]| -> Vec<&'static str> {
        names.iter().copied().filter(|name| is_sent(sent, name)).collect()
    };
    match demand {
        Demand::AtLeastOne(names) if present(names).is_empty() => {
            broken(Kind::Combination, names[0], format!("at least one of {} is required", quoted(names)));
        }
        Demand::ExactlyOne(names) => match present(names).as_slice() {
            [] => broken(Kind::Combination, names[0], format!("one of {} is required", quoted(names))),
            [_] => {}
            several => broken(Kind::Combination, several[0], format!("only one of {} may be sent", quoted(several))),
        },
        Demand::AtMostOne(names) => {
            let several = present(names);
            if several.len() > 1 {
                broken(Kind::Combination, several[0], format!("only one of {} may be sent", quoted(&several)));
            }
        }
        Demand::Together(names) => {
            let some = present(names);
            if let Some(missing) = names.iter().find(|name| !some.contains(name))
                && !some.is_empty()
            {
                let text = format!("`{missing}` is required together with {}", quoted(&some));
                broken(Kind::Combination, missing, text);
            }
        }
        Demand::Required(names) => {
            for name in names.iter().filter(|name| !is_sent(sent, name)) {
                broken(Kind::Missing, name, format!("`{name}` is required"));
            }
        }
        Demand::Forbidden(names) => {
            for name in present(names) {
                broken(Kind::Forbidden, name, format!("`{name}` is not allowed"));
            }
        }
        Demand::Only { param, values } => {
            let value = sent.iter().find(|(info, _)| info.name == *param).map(|(_, value)| *value);
            if let Some(value) = value.filter(|value| !values.iter().any(|text| value_is(*value, text))) {
                broken(Kind::Combination, param, format!("`{param}` must be {}, not {value}", values.join(" or ")));
            }
        }
        Demand::Window(window) => check_window(window, sent, now, broken),
        Demand::AtLeastOne(_) => {}
    }
}

fn check_window(window: &Window, sent: &Sent<'_>, now: Timestamp, broken: &mut dyn FnMut(Kind, &str, String)) {
    let time = |name: &str| {
        sent.iter().find_map(|(param, value)| match value {
            Value::Time(time) if param.name == name => Some(*time),
            _ => None,
        })
    };
    let (from, to) = (time(window.from), time(window.to));
    if let (Some(first), Some(last)) = (from, to) {
        if first > last {
            let (from_name, to_name) = (window.from, window.to);
            let text =
                format!("`{from_name}` ({}) must not be after `{to_name}` ({})", described(first), described(last));
            broken(Kind::WindowReversed, window.from, text);
        } else if let Some(limit) = window.span.filter(|limit| exceeds(*limit, first, last)) {
            let text = format!("`{}` to `{}` must span {limit}", window.from, window.to);
            broken(Kind::WindowTooLong, window.from, text);
        }
    }
    let Some(history) = window.history else { return };
    if history.unless.iter().any(|condition| holds(condition, sent)) {
        return;
    }
    let oldest = history.span.before(now);
    for (name, instant) in [(window.from, from), (window.to, to)] {
        if let Some(instant) = instant.filter(|instant| *instant < oldest) {
            let text = format!(
                "`{name}` ({}) must not be older than {}: there is no data before {}",
                described(instant),
                history.span,
                oldest.to_utc_text(),
            );
            broken(Kind::WindowTooOld, name, text);
            // Both ends say the same; the first one is enough.
            return;
        }
    }
}

fn exceeds(limit: SpanLimit, first: Timestamp, last: Timestamp) -> bool {
    match limit {
        SpanLimit::AtMost(span) => first < span.before(last),
        SpanLimit::Under(span) => first <= span.before(last),
    }
}

fn described(time: Timestamp) -> String {
    format!("{time}, {}", time.to_utc_text())
}

fn quoted(names: &[&str]) -> String {
    let mut text = String::new();
    for (index, name) in names.iter().enumerate() {
        let separator = match index {
            0 => "",
            _ if index + 1 == names.len() => " and ",
            _ => ", ",
        };
        text.push_str(separator);
        text.push('`');
        text.push_str(name);
        text.push('`');
    }
    text
}
