//! Writes the facts of a call as JSON, in the form of the files of `tests/facts`: what is in a table or an example, and what a
//! sentence was understood to say. Titles, descriptions and sentences that were not understood stay out.

mod print;
#[cfg(test)]
pub(crate) mod read;

pub(crate) use print::print;

use super::{CallFacts, FieldFacts, Json, ParamFacts, Rule, RuleKind, Strictness, WeightCase, WindowFacts};
use papi_spec::{CallCap, Span};

/// The keys of requirements on several parameters, as specs have them.
const AT_LEAST_ONE: &str = "at least one";
const EXACTLY_ONE: &str = "exactly one";
const AT_MOST_ONE: &str = "at most one";
const TOGETHER: &str = "together";
const NEED: &str = "need";
const FORBID: &str = "forbid";

/// Stands for the values of a parameter of which any will do.
const SENT: &str = "sent";

/// Returns the text of a file of `tests/facts`.
pub(crate) fn write(facts: &CallFacts) -> String {
    let entries = [
        ("method", Some(text(facts.method.as_str()))),
        ("path", Some(text(&facts.path))),
        ("access", facts.access.map(|access| text(access.as_str()))),
        ("deprecated", facts.is_deprecated.then_some(Json::Bool(true))),
        ("retired_on", facts.retired_on.as_deref().map(text)),
        ("weight", facts.weight.as_deref().map(weight)),
        ("orders", facts.orders.map(number)),
        ("caps", some_list(&facts.caps, cap)),
        ("params", facts.params.as_deref().map(|params| list(params, param))),
        ("rules", some_list(&facts.rules, rule)),
        ("fields", some_list(&facts.fields, field)),
        ("examples", Some(Json::List(facts.examples.clone()))),
    ];
    print(&object(entries))
}

fn text(text: &str) -> Json {
    Json::Text(text.to_owned())
}

fn number(number: u32) -> Json {
    Json::Number(number.to_string())
}

fn texts(texts: &[String]) -> Json {
    list(texts, |one| text(one))
}

fn list<T>(all: &[T], one: fn(&T) -> Json) -> Json {
    Json::List(all.iter().map(one).collect())
}

fn some_list<T>(all: &[T], one: fn(&T) -> Json) -> Option<Json> {
    (!all.is_empty()).then(|| list(all, one))
}

/// An object of the entries that are there.
fn object<const N: usize>(entries: [(&str, Option<Json>); N]) -> Json {
    Json::Object(entries.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect())
}

/// `{ "always": 1 }`, or a number for each case: `with symbol`, `without symbol and pair`.
fn weight(cases: &[WeightCase]) -> Json {
    let with: Vec<&str> = cases.iter().filter_map(|case| case.with.as_deref()).collect();
    let name = |case: &WeightCase| match &case.with {
        Some(param) => format!("with {param}"),
        None if with.is_empty() => "always".to_owned(),
        None => format!("without {}", with.join(" and ")),
    };
    Json::Object(cases.iter().map(|case| (name(case), number(case.weight))).collect())
}

fn cap(cap: &CallCap) -> Json {
    object([("calls", Some(number(cap.calls))), ("per", Some(text(&span_text(cap.per))))])
}

fn param(param: &ParamFacts) -> Json {
    object([
        ("name", Some(text(&param.name))),
        ("type", Some(text(&param.page_type))),
        ("required", param.required.then_some(Json::Bool(true))),
        ("default", param.default.as_deref().map(text)),
        ("min", param.min.as_deref().map(text)),
        ("max", param.max.as_deref().map(text)),
        ("pattern", param.pattern.as_deref().map(text)),
        ("words", param.words.as_deref().map(texts)),
        ("comma_list", param.is_comma_list.then_some(Json::Bool(true))),
    ])
}

fn rule(rule: &Rule) -> Json {
    let condition = |(param, values): &(String, Vec<String>)| {
        let values = if values.is_empty() { text(SENT) } else { texts(values) };
        (param.clone(), values)
    };
    let when = Json::Object(rule.when.iter().map(condition).collect());
    let (key, required) = match &rule.requirement {
        RuleKind::AtLeastOne(params) => (AT_LEAST_ONE, texts(params)),
        RuleKind::ExactlyOne(params) => (EXACTLY_ONE, texts(params)),
        RuleKind::AtMostOne(params) => (AT_MOST_ONE, texts(params)),
        RuleKind::Together(params) => (TOGETHER, texts(params)),
        RuleKind::Need(params) => (NEED, texts(params)),
        RuleKind::Forbid(params) => (FORBID, texts(params)),
        RuleKind::Only { param, values } => ("only", Json::Object(vec![(param.clone(), texts(values))])),
        RuleKind::Window(facts) => ("window", window(facts)),
    };
    object([("when", (!rule.when.is_empty()).then_some(when)), (key, Some(required))])
}

fn window(window: &WindowFacts) -> Json {
    let length = |span: Option<Span>| span.map(|span| text(&span_text(span)));
    let limit = window.span.map(|(span, strictness)| {
        let word = match strictness {
            Strictness::AtMost => "at most",
            Strictness::Under => "under",
        };
        text(&format!("{word} {}", span_text(span)))
    });
    let unless = window.history_unless.as_ref();
    let unless = unless.map(|(param, value)| Json::Object(vec![(param.clone(), text(value))]));
    object([
        ("from", Some(text(&window.from))),
        ("to", Some(text(&window.to))),
        ("span", limit),
        ("default", length(window.default)),
        ("default from", length(window.default_from)),
        ("default to", length(window.default_to)),
        ("history", length(window.history)),
        ("history unless", unless),
    ])
}

/// Returns a length of time as specs write it, in the largest unit that fits: `7d`.
pub(crate) fn span_text(span: Span) -> String {
    let (count, unit) = span.count();
    let letters = match unit {
        "month" => "mo",
        "millisecond" => "ms",
        unit => &unit[..1],
    };
    format!("{count}{letters}")
}

fn field(field: &FieldFacts) -> Json {
    object([
        ("path", Some(text(&field.path))),
        ("type", field.page_type.as_deref().map(text)),
        ("words", field.words.as_deref().map(texts)),
        ("optional", field.optional.is_some().then_some(Json::Bool(true))),
    ])
}
