//! Applies the constraints of an endpoint to what a request sends. The check is pure, finds every broken constraint, and takes
//! the present moment as a parameter.

use crate::{
    Bound, Condition, Constraint, Decimal, Limit, ParamInfo, Requirement, SpanLimit, Timestamp, Value, Violation,
    ViolationKind as Kind, Window,
};
use std::borrow::Cow;
use std::fmt;

/// The parameters a request sends, with their values.
type Sent<'a> = [(&'static ParamInfo, Value<'a>)];

/// Returns everything that is wrong with what a request sends, in the order of its parameters and then of its constraints.
///
/// `now` is exchange time; constraints about the past and the future are relative to it.
pub fn violations(constraints: &[Constraint], sent: &Sent<'_>, now: Timestamp) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (param, value) in sent {
        check_value(param, *value, now, &mut violations);
    }
    for constraint in constraints {
        if constraint.when.iter().all(|condition| holds(condition, sent)) {
            let mut broken = |kind, param: &str, mut text: String| {
                if !constraint.when.is_empty() {
                    text.push_str(&format!(" {}", Constraint::when(constraint.when)));
                }
                violations.push(Violation::new(kind, param, text));
            };
            check_requirement(&constraint.requirement, sent, now, &mut broken);
        }
    }
    violations
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
        Value::Integer(number) => check_range(param, number.into(), &number, now, &mut broken),
        Value::Decimal(number) => check_range(param, number, &number, now, &mut broken),
        Value::Time(time) => check_range(param, time.as_millis().into(), &Described(time), now, &mut broken),
        Value::Word { .. } | Value::List(_) | Value::Bool(_) => {}
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

fn check_range(
    param: &ParamInfo,
    number: Decimal,
    shown: &dyn fmt::Display,
    now: Timestamp,
    broken: &mut impl FnMut(Kind, String),
) {
    let mut refuse = |demand: &str, limit: Limit| {
        broken(Kind::OutOfRange, format!("`{}` must be {demand} {limit}, not {shown}", param.name));
    };
    match param.min {
        Some(Bound::Closed(limit)) if number < limit.at(now) => refuse("at least", limit),
        Some(Bound::Open(limit)) if number <= limit.at(now) => refuse("greater than", limit),
        _ => {}
    }
    match param.max {
        Some(Bound::Closed(limit)) if number > limit.at(now) => refuse("at most", limit),
        Some(Bound::Open(limit)) if number >= limit.at(now) => refuse("less than", limit),
        _ => {}
    }
}

fn is_sent(sent: &Sent<'_>, name: &str) -> bool {
    sent.iter().any(|(param, _)| param.name == name)
}

fn value_of<'a>(sent: &Sent<'a>, name: &str) -> Option<Cow<'a, str>> {
    let (_, value) = sent.iter().find(|(param, _)| param.name == name)?;
    Some(match *value {
        Value::Text(text) | Value::Word { text, .. } => text.into(),
        other => other.to_string().into(),
    })
}

fn holds(condition: &Condition, sent: &Sent<'_>) -> bool {
    condition.holds_for(value_of(sent, condition.param).as_deref())
}

fn check_requirement(
    requirement: &Requirement,
    sent: &Sent<'_>,
    now: Timestamp,
    broken: &mut dyn FnMut(Kind, &str, String),
) {
    let present = |names: &'static [&'static str]| names.iter().copied().filter(|name| is_sent(sent, name));
    let mut several = |names| {
        let several: Vec<_> = present(names).collect();
        broken(Kind::Combination, several[0], format!("only one of {} may be sent", quoted(&several)));
    };
    match requirement {
        Requirement::AtLeastOne(names) if present(names).next().is_none() => {
            broken(Kind::Combination, names[0], format!("at least one of {} is required", quoted(names)));
        }
        Requirement::ExactlyOne(names) => match present(names).count() {
            0 => broken(Kind::Combination, names[0], format!("one of {} is required", quoted(names))),
            1 => {}
            _ => several(names),
        },
        Requirement::AtMostOne(names) => {
            if present(names).count() > 1 {
                several(names);
            }
        }
        Requirement::Together(names) => {
            if let Some(missing) = names.iter().find(|name| !is_sent(sent, name))
                && present(names).next().is_some()
            {
                let some: Vec<_> = present(names).collect();
                let text = format!("`{missing}` is required together with {}", quoted(&some));
                broken(Kind::Combination, missing, text);
            }
        }
        Requirement::Required(names) => {
            for name in names.iter().filter(|name| !is_sent(sent, name)) {
                broken(Kind::Missing, name, format!("`{name}` is required"));
            }
        }
        Requirement::Forbidden(names) => {
            for name in present(names) {
                broken(Kind::Forbidden, name, format!("`{name}` is not allowed"));
            }
        }
        Requirement::Only { param, values } => {
            let value = value_of(sent, param);
            if let Some(value) = value.filter(|value| !values.contains(&value.as_ref())) {
                broken(Kind::Combination, param, format!("`{param}` must be {}, not {value}", values.join(" or ")));
            }
        }
        Requirement::Window(window) => check_window(window, sent, now, broken),
        Requirement::AtLeastOne(_) => {}
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
            let [first, last] = [Described(first), Described(last)];
            let text = format!("`{}` ({first}) must not be after `{}` ({last})", window.from, window.to);
            broken(Kind::WindowReversed, window.from, text);
        } else if let Some(limit) = window.limit.filter(|limit| exceeds(*limit, first, last)) {
            let text = format!("`{}` to `{}` must span {limit}", window.from, window.to);
            broken(Kind::WindowTooLong, window.from, text);
        }
    }
    let Some(reach) = window.reach else { return };
    if reach.unless.iter().any(|condition| holds(condition, sent)) {
        return;
    }
    let oldest = reach.span.before(now);
    for (name, instant) in [(window.from, from), (window.to, to)] {
        if let Some(instant) = instant.filter(|instant| *instant < oldest) {
            let text = format!(
                "`{name}` ({}) must not be older than {}: there is no data before {}",
                Described(instant),
                reach.span,
                oldest,
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

/// Prints a time as it is sent, and for people.
struct Described(Timestamp);

impl fmt::Display for Described {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.0.as_millis(), self.0)
    }
}

fn quoted(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [before @ .., last] if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        names => names.concat(),
    }
}
