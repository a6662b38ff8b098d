//! Prints constraints, spans, questions and paging as the constructors that make them.

use super::code::Code;
use crate::problem::At;
use crate::spec::{Ask, Paging, Shows, StateWords};
use papi_spec::{Condition, Reach, Requirement, Retention, Span, SpanLimit, State, Window};

/// `Constraint::when(&[is("type", &["LIMIT"])]).need(&["quantity"])`.
pub(super) fn constraint(when: &[Condition], requirement: &Requirement) -> Code {
    let start = match when {
        [] => "Constraint::always()".to_owned(),
        when => format!("Constraint::when(&[{}])", conditions(when)),
    };
    let (require, parts) = match requirement {
        Requirement::AtLeastOne(params) => ("at_least_one", vec![Code::texts(params)]),
        Requirement::ExactlyOne(params) => ("exactly_one", vec![Code::texts(params)]),
        Requirement::AtMostOne(params) => ("at_most_one", vec![Code::texts(params)]),
        Requirement::Together(params) => ("together", vec![Code::texts(params)]),
        Requirement::Required(params) => ("need", vec![Code::texts(params)]),
        Requirement::Forbidden(params) => ("forbid", vec![Code::texts(params)]),
        Requirement::Only { param, values } => ("only", vec![Code::text(param), Code::texts(values)]),
        Requirement::Window(window) => ("window", vec![self::window(window)]),
        unprinted => unreachable!("{unprinted:?} has no constructor"),
    };
    Code::call(&format!("{start}.{require}"), parts)
}

fn conditions(conditions: &[Condition]) -> String {
    let condition = |Condition { param, state }: &Condition| match state {
        State::Present => format!("sent({param:?})"),
        State::Absent => format!("not_sent({param:?})"),
        State::OneOf(values) => format!("is({param:?}, &{values:?})"),
        unprinted => unreachable!("{unprinted:?} has no constructor"),
    };
    conditions.iter().map(condition).collect::<Vec<_>>().join(", ")
}

fn window(window: &Window) -> Code {
    let mut chain = vec![Code::Plain(format!("Window::between({:?}, {:?})", window.from, window.to))];
    let mut say = |method: &str, said: Option<Span>| chain.extend(said.map(|said| one(method, span(said))));
    match window.limit {
        Some(SpanLimit::AtMost(limit)) => say("at_most", Some(limit)),
        Some(SpanLimit::Under(limit)) => say("under", Some(limit)),
        _ => {}
    }
    say("default", window.default);
    say("default_from", window.default_from);
    say("default_to", window.default_to);
    match window.reach {
        Some(Reach { span: reach, unless: [] }) => say("reaches_back", Some(reach)),
        Some(Reach { span: reach, unless }) => {
            let unless = Code::Plain(format!("&[{}]", conditions(unless)));
            chain.push(Code::call("reaches_back_unless", vec![span(reach), unless]));
        }
        None => {}
    }
    Code::Chain(chain)
}

/// `days(7)`.
pub(super) fn span(span: Span) -> Code {
    let (count, unit) = span.count();
    let (count, unit) = if unit == "year" { (count * 12, "month") } else { (count, unit) };
    Code::Plain(format!("{unit}s({count})"))
}

/// `Question::ask("GET /papi/v1/um/order").with(&[("symbol", "symbol")]).found(Retention::For(days(3))).since("time")`.
pub(super) fn question(ask: &Ask) -> Option<Code> {
    let mut chain = vec![one("Question::ask", Code::text(&ask.call.as_ref()?.to_string()))];
    chain.extend(ask.each.as_ref().map(|list| one("each", Code::text(list))));
    if !ask.with.is_empty() {
        chain.push(one("with", pairs(&ask.with)));
    }
    chain.push(match ask.shows.as_ref()? {
        Shows::Found(Retention::For(keeps)) => one("found", one("Retention::For", span(*keeps))),
        Shows::Found(Retention::OpenOnly) => one("found", Code::Plain("Retention::OpenOnly".to_owned())),
        Shows::NothingLeft => Code::call("nothing_left", Vec::new()),
        Shows::Fields { same, state: None } => one("same", pairs(same)),
        Shows::Fields { same, state: Some(words) } if same.is_empty() => one("state", state(words)),
        Shows::Fields { same, state: Some(words) } => Code::call("same_or_state", vec![pairs(same), state(words)]),
    });
    chain.extend(ask.since.as_ref().map(|field| one("since", Code::text(field))));
    Some(Code::Chain(chain))
}

fn pairs(pairs: &[(At<String>, At<String>)]) -> Code {
    let parts = pairs.iter().map(|(theirs, ours)| Code::Plain(format!("({:?}, {:?})", **theirs, **ours))).collect();
    Code::List { open: "&[".to_owned(), parts, close: "]" }
}

/// Words that say nothing are left out, like all those that are not known yet.
fn state(state: &StateWords) -> Code {
    let mut chain = vec![one("StateWords::of", Code::text(&state.field))];
    for (name, words) in [("acted", &state.acted), ("open", &state.open), ("ended", &state.ended)] {
        if !words.is_empty() {
            chain.push(one(name, texts(words)));
        }
    }
    Code::Chain(chain)
}

/// `Paging::by_key(&["id"]).window("startTime", "endTime", days(7)).cap("limit")`.
pub(super) fn paging(paging: &Paging) -> Code {
    let mut chain = vec![one("Paging::by_key", texts(&paging.key))];
    chain.extend(
        paging.window.as_ref().map(|window| {
            Code::call("window", vec![Code::text(&window.from), Code::text(&window.to), span(window.step)])
        }),
    );
    let named = [
        ("from_id", &paging.from_id),
        ("page", &paging.page),
        ("cap", &paging.cap),
        ("rows", &paging.rows),
        ("total", &paging.total),
        ("time", &paging.time),
    ];
    chain.extend(named.into_iter().filter_map(|(method, name)| Some(one(method, Code::text(name.as_ref()?)))));
    if !paging.narrow_by.is_empty() {
        chain.push(one("narrow_by", texts(&paging.narrow_by)));
    }
    chain.extend(paging.names.as_ref().map(|call| one("names", Code::text(&call.to_string()))));
    Code::Chain(chain)
}

/// `&["a", "b"]` of names with their places.
pub(super) fn texts(names: &[At<String>]) -> Code {
    Code::texts(&names.iter().map(|name| name.as_str()).collect::<Vec<_>>())
}

fn one(name: &str, argument: Code) -> Code {
    Code::call(name, vec![argument])
}
