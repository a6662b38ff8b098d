//! What specs say as data, in sentences for people.

use crate::spec::{Bound, Condition, Demand, Endpoint, Grouping, Param, Rule, State, Weight, Window};
use std::fmt::Write as _;

/// A weight: 20 with `symbol`, 50 otherwise.
pub(crate) fn weight(weight: &Weight) -> String {
    if weight.with.is_empty() {
        return weight.otherwise.to_string();
    }
    let with = weight.with.iter().map(|(param, count)| format!("{count} with `{}`", **param));
    with.chain([format!("{} otherwise", weight.otherwise)]).collect::<Vec<_>>().join(", ")
}

/// Call, credentials, effect and costs in one line.
pub(crate) fn facts(endpoint: &Endpoint, call: &str) -> String {
    let mut facts = vec![
        format!("`{call}`"),
        format!("access {}", endpoint.access),
        format!("effect {}", endpoint.effect),
        format!("weight {}", weight(&endpoint.weight)),
    ];
    if endpoint.orders > 0 {
        facts.push(format!("counts as {}", plural(endpoint.orders, "order")));
    }
    facts.extend(
        endpoint.caps.iter().map(|cap| format!("at most {} per {}", plural(cap.calls, "call"), cap.per.bare())),
    );
    facts.join(" · ")
}

fn plural(count: u32, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

/// What a parameter's values may be: `Default 50; 1 to 100.`
pub(crate) fn values(param: &Param) -> Option<String> {
    let mut facts = Vec::new();
    facts.extend(param.default.as_ref().map(|default| format!("default {}", **default)));
    facts.extend(range(param));
    if let Some(length) = &param.length {
        let chars = param.chars.as_ref().map(|chars| format!(" of {}", code(chars))).unwrap_or_default();
        let (least, most) = length.value;
        let range = if least == most { String::new() } else { format!("{least} to ") };
        facts.push(format!("{range}{}{chars}", plural(most, "character")));
    } else if let Some(chars) = &param.chars {
        facts.push(format!("only characters of {}", code(chars)));
    }
    if let Some(words) = &param.words {
        facts.push(format!("one of {}", words.iter().map(|word| word.as_str()).collect::<Vec<_>>().join(", ")));
    }
    let facts = facts.join("; ");
    let first = facts.chars().next()?;
    Some(format!("{}{}.", first.to_uppercase(), &facts[first.len_utf8()..]))
}

/// A text as code, in as many backticks as it needs.
fn code(text: &str) -> String {
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

fn range(param: &Param) -> Option<String> {
    let text = |bound: &Bound| match bound {
        Bound::Number(number) => number.clone(),
        Bound::FromNow(span) => format!("now + {span}"),
    };
    if let (Some(min), Some(max)) = (&param.min, &param.max) {
        return Some(format!("{} to {}", text(min), text(max)));
    }
    let ends = [
        param.min.as_ref().map(|bound| format!("at least {}", text(bound))),
        param.above.as_ref().map(|bound| format!("more than {}", text(bound))),
        param.max.as_ref().map(|bound| format!("at most {}", text(bound))),
        param.below.as_ref().map(|bound| format!("less than {}", text(bound))),
    ];
    let ends: Vec<String> = ends.into_iter().flatten().collect();
    (!ends.is_empty()).then(|| ends.join(", "))
}

/// A rule: when `type` is LIMIT: `quantity` required; exactly one of `price`, `priceMatch`.
pub(crate) fn rule(rule: &Rule) -> String {
    let demands: Vec<String> = rule.demands.iter().map(demand).collect();
    let demands = demands.join("; ");
    if rule.when.is_empty() { demands } else { format!("when {}: {demands}", conditions(&rule.when)) }
}

fn conditions(all: &[Condition]) -> String {
    all.iter().map(condition).collect::<Vec<_>>().join(" and ")
}

fn condition(condition: &Condition) -> String {
    let state = match &condition.state {
        State::Sent => "sent".to_owned(),
        State::NotSent => "not sent".to_owned(),
        State::OneOf(values) => values.iter().map(|value| value.as_str()).collect::<Vec<_>>().join(" or "),
    };
    format!("`{}` is {state}", *condition.param)
}

fn demand(demand: &Demand) -> String {
    match demand {
        Demand::Group(grouping, names) => {
            let joined = |by: &str| names.iter().map(|name| format!("`{}`", **name)).collect::<Vec<_>>().join(by);
            match grouping {
                Grouping::AtLeastOne => format!("at least one of {}", joined(", ")),
                Grouping::ExactlyOne => format!("exactly one of {}", joined(", ")),
                Grouping::AtMostOne => format!("at most one of {}", joined(", ")),
                Grouping::Together => format!("{} together or not at all", joined(" and ")),
                Grouping::Need => format!("{} required", joined(", ")),
                Grouping::Forbid => format!("{} not allowed", joined(", ")),
            }
        }
        Demand::Only(name, values) => {
            format!("`{}` only {}", **name, values.iter().map(|value| value.as_str()).collect::<Vec<_>>().join(", "))
        }
        Demand::Window(window) => self::window(window),
    }
}

fn window(window: &Window) -> String {
    let (from, to) = (window.from.as_str(), window.to.as_str());
    let mut text = format!("`{from}` not after `{to}`");
    if let Some((limit, span)) = &window.span {
        let _ = write!(text, ", span {} {span}", limit.as_str());
    }
    if let Some(span) = &window.default {
        let _ = write!(text, ", default the last {}", span.bare());
    }
    if let Some(span) = &window.default_from {
        let _ = write!(text, ", only `{from}`: the {} after it", span.bare());
    }
    if let Some(span) = &window.default_to {
        let _ = write!(text, ", only `{to}`: the {} before it", span.bare());
    }
    if let Some(history) = &window.history {
        let _ = write!(text, ", not older than {}", history.reach);
        if !history.unless.is_empty() {
            let _ = write!(text, " unless {}", conditions(&history.unless));
        }
    }
    text
}
