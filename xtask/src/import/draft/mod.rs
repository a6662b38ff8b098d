//! From facts to a draft of a spec, which codegen accepts as it stands. What no page says is proposed from siblings, and what
//! nothing is made of stands in it with a mark `TODO`.

mod constraints;
mod dictionary;
mod fit;
mod naming;
mod params;
mod piece;
mod proposals;
mod reply;
#[cfg(test)]
mod tests;
mod yaml;

pub(crate) use dictionary::Dictionary;
pub(crate) use naming::Names;

use crate::import::facts::{CallFacts, Remark};
use constraints::span;
use papi_spec::{Access, Effect, Group, Method};
use params::DraftParam;
use piece::{Piece, accepted};
use reply::{Context, Reply};

/// A draft of a spec.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) group: Group,
    /// Where it belongs, from the workspace root: `spec/um/funding_fees.yaml`.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Writes a draft. `today` is the day on which the page was compared.
pub(crate) fn draft(facts: &CallFacts, names: &mut Names, today: &str, dictionary: Dictionary<'_>) -> Draft {
    let group = naming::group(facts, dictionary);
    let name = names.of_call(facts, group, dictionary);
    let known = dictionary.endpoint(facts.method, &facts.path).map(|known| known.file.path.clone());
    let path = known.unwrap_or_else(|| format!("spec/{}/{}.yaml", group.as_str(), crate::rust_name::snake_case(&name)));
    let params = params::params(facts, group, dictionary);
    let context = Context { facts, group, dictionary, file: &path, call: &name };
    let mut reply = reply::reply(&context, names);
    find_rows(&mut reply, facts);
    let mut pieces = vec![Piece::fixed(head(facts, &name, today, &params, dictionary))];
    pieces.extend(lost_answer(facts, &params, dictionary));
    pieces.extend(params.iter().map(|param| Piece::item("params:", vec![param.text.clone(), bare(param)])));
    for entry in constraints::constraints(facts, &params) {
        let comment = yaml::comment(2, &entry.otherwise);
        pieces.push(Piece::item("constraints:", vec![entry.line, comment]));
    }
    pieces.extend(paging(facts, &params, &reply, dictionary));
    pieces.push(Piece::fixed(tail(&reply)));
    let text = accepted(pieces, &path, today, dictionary.specs);
    Draft { group, path, text }
}

/// A parameter with nothing that its type may refuse.
fn bare(param: &DraftParam) -> String {
    let mut entries = vec![("type", param.ty.clone())];
    if param.required {
        entries.push(("required", "true".to_owned()));
    }
    if let Some(rust) = params::rust_name(&param.wire, None) {
        entries.push(("rust", rust));
    }
    entries.push(("doc", yaml::text("TODO: what it means, and what its absence means.")));
    let whole: String = param.text.lines().map(|line| yaml::comment(2, line.trim_start_matches(['#', ' ']))).collect();
    format!("  # TODO: the page says more than fits:\n{whole}{}", yaml::entry(2, &param.wire, &entries))
}

/// Everything before the parameters.
fn head(facts: &CallFacts, name: &str, today: &str, params: &[DraftParam], dictionary: Dictionary<'_>) -> String {
    let mut text = format!("name: {name}\n");
    match &facts.doc {
        Some(doc) => text.push_str(&format!("# TODO: in your own words.\ndoc: {}\n", yaml::prose(doc))),
        None if facts.title.is_empty() => text.push_str("doc: \"TODO: what it does.\"\n"),
        None => text.push_str(&format!("doc: {}\n", yaml::prose(&format!("TODO: {}.", facts.title)))),
    }
    let notes = notes(facts, params);
    if !notes.is_empty() {
        let notes: String = notes.iter().map(|note| format!("  - {}\n", yaml::prose(note))).collect();
        text.push_str(&format!("notes:\n{notes}"));
    }
    text.push_str(&format!("source: {{ doc: {}, verified_on: {today} }}\n", naming::page(facts, dictionary)));
    text.push_str(&format!("call: {} {}\n", facts.method.as_str(), facts.path));
    for conflict in &facts.conflicts {
        let (kept, other) = (&conflict.kept, &conflict.other);
        let told = format!("TODO: {}: {} says {}, {} says {}.", conflict.subject, kept.1, kept.0, other.1, other.0);
        text.push_str(&yaml::comment(0, &told));
    }
    let (access, is_proposed) = access(facts);
    if is_proposed {
        text.push_str("# TODO: the title names no access.\n");
    }
    text.push_str(&format!("access: {}\n", access.as_str()));
    let (effect, is_proposed) = proposals::effect(facts, dictionary);
    if is_proposed {
        text.push_str("# TODO: what happens when it arrives twice? No page says.\n");
    }
    text.push_str(&format!("effect: {}\n", effect.as_str()));
    text.push_str(&weight(facts, params));
    match facts.orders {
        Some(orders) if orders > 0 => {
            let counts = effect != Effect::Read && matches!(access, Access::Trade | Access::Margin);
            let line = format!("orders: {orders}\n");
            text.push_str(&if counts { line } else { yaml::comment(0, &format!("TODO: the page says {line}")) });
        }
        _ => {}
    }
    if !facts.caps.is_empty() {
        let caps = facts.caps.iter().map(|cap| format!("{{ calls: {}, per: {} }}", cap.calls, span(cap.per)));
        text.push_str(&format!("caps: [{}]\n", caps.collect::<Vec<_>>().join(", ")));
    }
    if facts.is_deprecated {
        let since = facts.retired_on.as_deref().unwrap_or("DATE");
        text.push_str(&yaml::comment(
            0,
            &format!("TODO: it is going; write retired: {{ since: {since}, instead: CALL }}"),
        ));
    }
    let ids = proposals::client_ids(facts, params, dictionary);
    match ids.as_slice() {
        [] => {}
        [id] => text.push_str(&format!("client_id: {id}\n")),
        ids => text.push_str(&format!("client_id: {}\n", yaml::list(ids))),
    }
    text
}

/// The access of the title; without one, a signed call is taken for one that may do the least that its method needs.
fn access(facts: &CallFacts) -> (Access, bool) {
    if let Some(access) = facts.access {
        return (access, false);
    }
    let is_signed = facts.params.as_ref().is_none_or(|params| params.iter().any(|param| param.name == "timestamp"));
    let access = match facts.method {
        _ if facts.path.ends_with("/listenKey") => Access::UserStream,
        Method::Get if !is_signed => Access::None,
        Method::Get => Access::UserData,
        _ => Access::Trade,
    };
    (access, is_signed || facts.method != Method::Get)
}

fn weight(facts: &CallFacts, params: &[DraftParam]) -> String {
    let Some(cases) = &facts.weight else {
        return "# TODO: no page tells its weight.\nweight: 1\n".to_owned();
    };
    let is_there = |name: &String| params.iter().any(|param| param.wire == *name);
    let highest = cases.iter().map(|case| case.weight).max().unwrap_or(1);
    let (with, otherwise): (Vec<_>, Vec<_>) = cases.iter().partition(|case| case.with.is_some());
    let mut text = String::new();
    let mut parts = Vec::new();
    for case in with {
        match case.with.as_ref().filter(|name| is_there(name)) {
            Some(name) => parts.push(format!("with {name}: {}", case.weight)),
            None => text.push_str(&yaml::comment(
                0,
                &format!(
                    "TODO: {} with {}, which is no parameter.",
                    case.weight,
                    case.with.as_deref().unwrap_or_default()
                ),
            )),
        }
    }
    let otherwise = otherwise.first().map(|case| case.weight);
    if otherwise.is_none() && !parts.is_empty() {
        text.push_str("# TODO: no page tells its weight otherwise; this is the highest.\n");
    }
    let otherwise = otherwise.unwrap_or(highest);
    if parts.is_empty() {
        text.push_str(&format!("weight: {otherwise}\n"));
    } else {
        text.push_str(&format!("weight: {{ {}, otherwise: {otherwise} }}\n", parts.join(", ")));
    }
    text
}

/// What is understood in the words of specs, and each sentence that is not with its mark.
fn notes(facts: &CallFacts, params: &[DraftParam]) -> Vec<String> {
    let is_there = |name: &String| params.iter().any(|param| param.wire == *name);
    let remark = |remark: &Remark| match remark {
        Remark::AllWithout(name) => Some(format!("Without `{name}` all of them are returned.")),
        Remark::RowsFrom(name) => Some(format!("With `{name}` rows begin there; without it the newest are returned.")),
        Remark::Prevails(name) => Some(format!("`{name}` counts when both are sent.")),
        Remark::NewestFirst => Some("Rows come newest first.".to_owned()),
        Remark::OldestFirst => Some("Rows come oldest first.".to_owned()),
        Remark::Inclusive(_) => None,
    };
    let mut notes: Vec<String> = facts.remarks.iter().filter_map(remark).collect();
    let open = facts.notes.iter().filter(|note| !note.of_param.as_ref().is_some_and(&is_there));
    notes.extend(open.map(|note| match &note.of_param {
        Some(param) => format!("TODO: `{param}`: {}", note.text),
        None => format!("TODO: {}", note.text),
    }));
    notes
}

fn lost_answer(facts: &CallFacts, params: &[DraftParam], dictionary: Dictionary<'_>) -> Vec<Piece> {
    if proposals::effect(facts, dictionary).0 == Effect::Read {
        return Vec::new();
    }
    vec![
        Piece::fixed("# TODO: proposed from siblings; no page says it.\n".to_owned()),
        Piece::first_of(proposals::lost_answer(facts, params, dictionary)),
    ]
}

fn paging(facts: &CallFacts, params: &[DraftParam], reply: &Reply, dictionary: Dictionary<'_>) -> Vec<Piece> {
    let mut tries = proposals::paging(facts, params, reply, dictionary);
    if tries.is_empty() {
        return Vec::new();
    }
    for text in &mut tries {
        text.insert_str(0, "# TODO: proposed from siblings; no page says it.\n");
    }
    tries.push(yaml::comment(0, "TODO: say with paging how its rows are walked."));
    vec![Piece::first_of(tries)]
}

/// Rows may stand in a field of the reply, beside their number.
fn find_rows(reply: &mut Reply, facts: &CallFacts) {
    if reply.is_list {
        return;
    }
    let is_rows =
        |(name, ty): &&(String, String)| ty.starts_with('[') && (name == "rows" || name == "data" || name == "list");
    let Some((rows, ty)) = reply.row.iter().find(is_rows).cloned() else { return };
    let fields = facts.examples.iter().find_map(|example| match example {
        crate::import::facts::Json::Object(entries) => {
            entries.iter().find(|(key, _)| *key == rows).map(|(_, value)| value)
        }
        _ => None,
    });
    let _ = ty;
    if let Some(crate::import::facts::Json::List(list)) = fields
        && let Some(crate::import::facts::Json::Object(entries)) = list.first()
    {
        let row = |(key, _): &(String, crate::import::facts::Json)| {
            let is_time = key.to_lowercase().ends_with("time") || key == "timestamp";
            (key.clone(), if is_time { "Timestamp" } else { "" }.to_owned())
        };
        reply.row = entries.iter().map(row).collect();
        reply.rows = Some(rows);
    }
}

fn tail(reply: &Reply) -> String {
    let mut text = format!("reply: {}\n", reply.ty);
    if !reply.types.is_empty() {
        text.push_str(&format!("types:\n{}", reply.types.concat()));
    }
    if !reply.examples.is_empty() {
        let examples: String = reply.examples.iter().map(yaml::example).collect();
        text.push_str(&format!("examples:\n{examples}"));
    }
    text
}
