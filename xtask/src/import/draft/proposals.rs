//! What no page says, proposed from the specs that are there: the effect of a call, what to ask when its answer is lost, and how
//! its rows are walked. Each is marked, for a person decides.

use super::constraints::span;
use super::dictionary::Dictionary;
use super::params::DraftParam;
use super::reply::Reply;
use super::yaml;
use crate::import::facts::{CallFacts, RuleKind, WindowFacts};
use crate::spec::{Ask, Endpoint, Notation, Paging, Shows};
use papi_spec::{Effect, Method, Retention, Span, days};

/// The effect, and whether it is a proposal.
pub(super) fn effect(facts: &CallFacts, dictionary: Dictionary<'_>) -> (Effect, bool) {
    if let Some(known) = sibling(facts, dictionary) {
        return (known.effect, known.effect != Effect::Read || facts.method != Method::Get);
    }
    match facts.method {
        Method::Get => (Effect::Read, false),
        Method::Delete => (Effect::Idempotent, true),
        _ if facts.path.contains("listenKey") => (Effect::Idempotent, true),
        _ if dictionary.endpoint(Method::Get, &facts.path).is_some() && !facts.path.ends_with("rder") => {
            (Effect::Idempotent, true)
        }
        _ => (Effect::Once, true),
    }
}

/// The spec of the same call, or of the same one for the other kind of futures.
fn sibling<'s>(facts: &CallFacts, dictionary: Dictionary<'s>) -> Option<&'s Endpoint> {
    dictionary.endpoint(facts.method, &facts.path).or_else(|| dictionary.twin(facts.method, &facts.path))
}

/// The parameters that carry the caller's id.
pub(super) fn client_ids(facts: &CallFacts, params: &[DraftParam], dictionary: Dictionary<'_>) -> Vec<String> {
    let has = |name: &str| params.iter().any(|param| param.wire == name);
    if let Some(known) = sibling(facts, dictionary) {
        return known.client_ids.iter().map(|id| id.value.clone()).filter(|id| has(id)).collect();
    }
    let places = facts.method == Method::Post;
    let is_id = |param: &&DraftParam| {
        places && param.notation == Notation::Text && param.wire.starts_with("newClient") && !param.required
    };
    params.iter().filter(is_id).map(|param| param.wire.clone()).take(1).collect()
}

/// What tells what became of a lost call, in the order in which it is tried.
pub(super) fn lost_answer(facts: &CallFacts, params: &[DraftParam], dictionary: Dictionary<'_>) -> Vec<String> {
    let mut tries = Vec::new();
    if let Some(known) = sibling(facts, dictionary) {
        let here = if dictionary.endpoint(facts.method, &facts.path).is_some() { None } else { part(&facts.path) };
        let there = known.call.as_ref().and_then(|call| part(call.path));
        let moved = |text: String| match (here, there) {
            (Some(here), Some(there)) => text.replace(&format!("/{there}/"), &format!("/{here}/")),
            _ => text,
        };
        if !known.settle.is_empty() {
            let asks: Option<Vec<String>> = known.settle.iter().map(ask).collect();
            tries.extend(asks.map(|asks| moved(format!("settle:\n{}", asks.concat()))));
        }
        tries.extend(known.shown_by.as_ref().map(|call| moved(format!("shown_by: {}\n", call.value))));
        tries.extend(known.nothing_tells.as_ref().map(|reason| format!("nothing_tells: {}\n", yaml::prose(reason))));
    }
    let has = |name: &str| params.iter().any(|param| param.wire == name);
    if has("newClientOrderId") && has("symbol") && facts.method == Method::Post {
        let order = part(&facts.path).map(|part| format!("/papi/v1/{part}/order"));
        for path in [Some(facts.path.clone()), order].into_iter().flatten() {
            tries.push(format!(
                "settle:\n  call: GET {path}\n  with: {{ symbol: symbol, origClientOrderId: newClientOrderId }}\n  \
                 shows: found\n  keeps: 3d\n  since: time\n"
            ));
        }
    }
    if facts.method != Method::Get && dictionary.endpoint(Method::Get, &facts.path).is_some() {
        let same: Vec<String> =
            params.iter().filter(|param| param.wire != "symbol").map(|param| format!("{0}: {0}", param.wire)).collect();
        let with = if has("symbol") { "with: { symbol: symbol }, " } else { "" };
        if !same.is_empty() {
            tries.push(format!(
                "settle: {{ call: GET {}, {with}shows: {{ same: {{ {} }} }} }}\n",
                facts.path,
                same.join(", ")
            ));
        }
    }
    tries.push(format!(
        "nothing_tells: {}\n",
        yaml::text(
            "TODO: say with settle what to ask, or with shown_by where a person sees it, or here why nothing tells."
        )
    ));
    tries
}

/// `um` of `/papi/v1/um/order`.
fn part(path: &str) -> Option<&str> {
    path.split('/').nth(3)
}

/// Writes a question as an item of a list.
fn ask(ask: &Ask) -> Option<String> {
    let call = ask.call.as_ref()?;
    let mut parts = vec![format!("call: {}", call.value)];
    let pairs = |pairs: &[(crate::problem::At<String>, crate::problem::At<String>)]| {
        let pairs = pairs.iter().map(|(theirs, ours)| format!("{}: {}", **theirs, yaml::text(ours)));
        format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
    };
    if !ask.with.is_empty() {
        parts.push(format!("with: {}", pairs(&ask.with)));
    }
    parts.extend(ask.each.as_ref().map(|each| format!("each: {}", each.value)));
    match ask.shows.as_ref()? {
        Shows::Found(retention) => {
            parts.push("shows: found".to_owned());
            parts.push(match retention {
                Retention::For(length) => format!("keeps: {}", span(*length)),
                Retention::OpenOnly => "keeps: open only".to_owned(),
            });
        }
        Shows::NothingLeft => parts.push("shows: nothing left".to_owned()),
        Shows::Fields { same, state } => {
            let mut inner = Vec::new();
            if !same.is_empty() {
                inner.push(format!("same: {}", pairs(same)));
            }
            if let Some(state) = state {
                let mut words = vec![format!("field: {}", state.field.value)];
                let all = [
                    ("acted", &state.acted),
                    ("open", &state.open),
                    ("ended", &state.ended),
                    ("unclear", &state.unclear),
                ];
                for (key, list) in all {
                    if !list.is_empty() {
                        let list: Vec<String> = list.iter().map(|word| word.value.clone()).collect();
                        words.push(format!("{key}: {}", yaml::list(&list)));
                    }
                }
                inner.push(format!("state: {{ {} }}", words.join(", ")));
            }
            parts.push(format!("shows: {{ {} }}", inner.join(", ")));
        }
    }
    parts.extend(ask.since.as_ref().map(|since| format!("since: {}", since.value)));
    Some(format!("  - {{ {} }}\n", parts.join(", ")))
}

/// How rows are walked, in the order in which it is tried; none for what comes whole.
pub(super) fn paging(
    facts: &CallFacts,
    params: &[DraftParam],
    reply: &Reply,
    dictionary: Dictionary<'_>,
) -> Vec<String> {
    let mut tries = Vec::new();
    let known = dictionary.endpoint(facts.method, &facts.path).and_then(|known| known.paging.as_ref());
    tries.extend(known.map(|paging| render(paging, window(facts))));
    let twin = dictionary.twin(facts.method, &facts.path).and_then(|known| known.paging.as_ref());
    tries.extend(twin.map(|paging| render(paging, window(facts))));
    let of = |name: &str| params.iter().any(|param| param.wire == name);
    if !(reply.is_list || reply.rows.is_some()) || facts.method != Method::Get {
        return tries;
    }
    let mut parts = Vec::new();
    let is_time = |name: &str| params.iter().any(|param| param.wire == name && param.notation == Notation::Time);
    if is_time("startTime") && is_time("endTime") {
        let step = step(window(facts));
        parts.push(format!("window: {{ from: startTime, to: endTime, step: {} }}", span(step)));
    }
    if of("fromId") {
        parts.push("from_id: fromId".to_owned());
    }
    if of("current") {
        parts.push("page: current".to_owned());
    }
    if parts.is_empty() {
        return tries;
    }
    parts.extend(["limit", "size"].into_iter().find(|cap| of(cap)).map(|cap| format!("cap: {cap}")));
    if let Some(rows) = &reply.rows {
        parts.push(format!("rows: {rows}"));
    }
    let ids = reply.row.iter().filter(|(name, ty)| {
        (ty.ends_with("Id") || name == "id" || name.ends_with("Id")) && !name.to_lowercase().contains("client")
    });
    let mut key: Vec<String> =
        reply.row.iter().filter(|(name, _)| name == "symbol").map(|(name, _)| name.clone()).collect();
    key.extend(ids.map(|(name, _)| name.clone()).take(1));
    let times: Vec<&String> = reply.row.iter().filter(|(_, ty)| ty == "Timestamp").map(|(name, _)| name).collect();
    let time = times.iter().find(|name| ***name == "time").or(times.first());
    if key.is_empty() {
        key.extend(time.map(|name| (*name).clone()));
    }
    if key.is_empty() {
        return tries;
    }
    parts.push(format!("key: {}", yaml::list(&key)));
    parts.extend(time.map(|name| format!("time: {name}")));
    tries.push(lines(&parts));
    tries
}

fn lines(parts: &[String]) -> String {
    let lines: String = parts.iter().map(|part| format!("  {part}\n")).collect();
    format!("paging:\n{lines}")
}

fn window(facts: &CallFacts) -> Option<&WindowFacts> {
    facts.rules.iter().find_map(|rule| match &rule.requirement {
        RuleKind::Window(window) => Some(window),
        _ => None,
    })
}

/// A step that no range of the page is shorter than.
fn step(window: Option<&WindowFacts>) -> Span {
    let shortest =
        |window: &WindowFacts| window.span.map(|(length, _)| length).or(window.default).or(window.default_to);
    window.and_then(shortest).unwrap_or(days(7))
}

fn render(paging: &Paging, of_page: Option<&WindowFacts>) -> String {
    let mut parts = Vec::new();
    if let Some(steps) = &paging.window {
        let step = of_page.and_then(|window| window.span).map_or(steps.step, |(length, _)| length);
        parts.push(format!("window: {{ from: {}, to: {}, step: {} }}", *steps.from, *steps.to, span(step)));
    }
    let names = [
        ("from_id", &paging.from_id),
        ("page", &paging.page),
        ("cap", &paging.cap),
        ("rows", &paging.rows),
        ("total", &paging.total),
    ];
    parts.extend(names.into_iter().filter_map(|(key, name)| Some(format!("{key}: {}", name.as_ref()?.value))));
    let list = |names: &[crate::problem::At<String>]| {
        let names: Vec<String> = names.iter().map(|name| name.value.clone()).collect();
        yaml::list(&names)
    };
    parts.push(format!("key: {}", list(&paging.key)));
    parts.extend(paging.time.as_ref().map(|time| format!("time: {}", time.value)));
    if !paging.narrow_by.is_empty() {
        parts.push(format!("narrow_by: {}", list(&paging.narrow_by)));
    }
    parts.extend(paging.names.as_ref().map(|call| format!("names: {}", call.value)));
    lines(&parts)
}
