//! One endpoint as its spec file describes it.

use super::constraint::{Constraints, read_constraints};
use super::differs::{Difference, read_differs};
use super::keys::{self, Keys};
use super::paging::{Paging, read_paging};
use super::param::{Constructor, Param, read_constructors, read_params};
use super::settle::{Ask, read_settle};
use super::types::{Shape, TypeUse, read_shapes};
use super::yaml::{Entry, Kind, Node};
use super::{forever, read_date, read_span};
use crate::problem::{At, Place, Problems};
use papi_spec::{Access, CallCap, Effect, Group, Method, Route};

#[derive(Debug, Clone)]
pub(crate) struct Endpoint {
    pub(crate) file: File,
    pub(crate) name: At<String>,
    pub(crate) doc: At<String>,
    pub(crate) notes: Vec<At<String>>,
    pub(crate) doc_path: At<String>,
    pub(crate) verified_on: At<String>,
    pub(crate) differs: Vec<Difference>,
    pub(crate) call: Option<At<Route>>,
    pub(crate) access: At<Access>,
    pub(crate) effect: Effect,
    pub(crate) weight: Weight,
    pub(crate) orders: Option<At<u32>>,
    pub(crate) caps: Vec<CallCap>,
    pub(crate) client_ids: Vec<At<String>>,
    pub(crate) settle: Vec<Ask>,
    pub(crate) shown_by: Option<At<Route>>,
    /// Why neither a question nor a person can find out what became of a lost call.
    pub(crate) nothing_tells: Option<At<String>>,
    pub(crate) retired: Option<Retired>,
    /// Those that are sent.
    pub(crate) params: Vec<Param>,
    /// Those that the exchange took away.
    pub(crate) removed: Vec<Param>,
    pub(crate) constructors: Vec<Constructor>,
    pub(crate) constraints: Vec<Constraints>,
    pub(crate) paging: Option<Paging>,
    pub(crate) reply: TypeUse,
    pub(crate) types: Vec<Shape>,
    pub(crate) examples: Vec<Node>,
}

/// Where a spec stands.
#[derive(Debug, Clone)]
pub(crate) struct File {
    /// The path from the workspace root.
    pub(crate) path: String,
    /// The folder, which is the group.
    pub(crate) group: Group,
    /// The file name without `.yaml`.
    pub(crate) stem: String,
    /// The first line.
    pub(crate) place: Place,
}

/// Reads a method and a path.
pub(super) fn read_call(node: &Node, what: &str, problems: &mut Problems) -> Option<At<Route>> {
    parse_call(&keys::text(node, what, problems)?, problems)
}

pub(super) fn parse_call(text: &At<String>, problems: &mut Problems) -> Option<At<Route>> {
    let (method, path) = text.split_once(' ').unwrap_or((text, ""));
    let Some(known) = Method::ALL.into_iter().find(|known| known.as_str() == method) else {
        let methods = Method::ALL.map(Method::as_str);
        let help = format!("write a method and a path; the methods are {}", methods.join(", "));
        problems.at(text.place, format!("`{}` is not a call", **text)).help(help).suggest(method, methods);
        return None;
    };
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "/-_.".contains(letter);
    if !path.starts_with('/') || !path.chars().all(plain) {
        problems.at(text.place, format!("`{path}` is not a path")).help("a path starts at the root: `/papi/v1/..`");
        return None;
    }
    Some(At::new(Route { method: known, path: forever(path) }, text.place))
}

/// The request weight: one number, or by the first parameter that is sent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Weight {
    pub(crate) with: Vec<(At<String>, u32)>,
    pub(crate) otherwise: u32,
}

#[derive(Debug, Clone)]
pub(crate) struct Retired {
    pub(crate) since: At<String>,
    pub(crate) instead: Option<At<Route>>,
}

impl Retired {
    /// Returns the call that replaces it; an empty text when that could not be read.
    pub(crate) fn instead_text(&self) -> String {
        self.instead.as_ref().map(|call| call.to_string()).unwrap_or_default()
    }
}

impl Endpoint {
    /// Reads a file. Missing pieces are reported and stood in for, so that the rest can be judged as well.
    pub(crate) fn read(file: File, node: &Node, problems: &mut Problems) -> Option<Self> {
        let place = file.place;
        let mut keys = Keys::open(node, "the endpoint", place, problems)?;
        let name = keys.must_text("name", problems);
        let doc = keys.must_text("doc", problems);
        let notes = keys.may("notes").map(|entry| read_notes(&entry.value, problems)).unwrap_or_default();
        let source = keys.must("source", problems);
        let (doc_path, verified_on) = source.and_then(|entry| read_source(entry, problems)).unwrap_or_default();
        let call = keys.must("call", problems).and_then(|entry| read_call(&entry.value, "call", problems));
        let access = keys.must("access", problems);
        let access = access.and_then(|entry| {
            one_of(&Access::ALL, Access::as_str, entry, problems).map(|access| At::new(access, entry.value.place))
        });
        let effect = keys.must("effect", problems);
        let effect = effect.and_then(|entry| one_of(&Effect::ALL, Effect::as_str, entry, problems));
        let weight = keys.must("weight", problems).and_then(|entry| read_weight(entry, problems)).unwrap_or_default();
        let client_ids = keys.may("client_id").map(|entry| keys::names(&entry.value, "client_id", true, problems));
        let params = keys.may("params").map(|entry| read_params(&entry.value, problems)).unwrap_or_default();
        let (removed, params) = params.into_iter().partition(|param| param.removed.is_some());
        let examples = keys.may("examples").map(|entry| keys::list(&entry.value, "examples", problems).to_vec());
        let read = Self {
            file,
            name,
            doc,
            notes,
            doc_path,
            verified_on,
            differs: keys.may("differs").map(|entry| read_differs(&entry.value, problems)).unwrap_or_default(),
            call,
            access: access.unwrap_or(At::new(Access::Trade, place)),
            effect: effect.unwrap_or(Effect::Read),
            weight,
            orders: keys.may("orders").and_then(|entry| {
                keys::count(&entry.value, "orders", problems).map(|count| At::new(count, entry.key.place))
            }),
            caps: keys.may("caps").map(|entry| read_caps(&entry.value, problems)).unwrap_or_default(),
            client_ids: client_ids.unwrap_or_default(),
            settle: keys.may("settle").map(|entry| read_settle(entry, problems)).unwrap_or_default(),
            shown_by: keys.may("shown_by").and_then(|entry| read_call(&entry.value, "shown_by", problems)),
            nothing_tells: keys.may_text("nothing_tells", problems),
            retired: keys.may("retired").and_then(|entry| read_retired(entry, problems)),
            params,
            removed,
            constructors: keys
                .may("constructors")
                .map(|entry| read_constructors(&entry.value, problems))
                .unwrap_or_default(),
            constraints: keys
                .may("constraints")
                .map(|entry| read_constraints(&entry.value, problems))
                .unwrap_or_default(),
            paging: keys.may("paging").and_then(|entry| read_paging(entry, problems)),
            reply: keys.must("reply", problems).map(|entry| TypeUse::read(&entry.value, problems)).unwrap_or_default(),
            types: keys.may("types").map(|entry| read_shapes(&entry.value, "`types`", problems)).unwrap_or_default(),
            examples: examples.unwrap_or_default(),
        };
        let tells = ["settle", "shown_by", "nothing_tells"].map(|key| keys.may(key).is_some());
        if effect.is_some_and(|effect| effect != Effect::Read) && tells == [false; 3] {
            problems.at(place, "nothing tells what became of a lost call").help(
                "add `settle`, a question to the exchange, or `shown_by`, the call that shows it to a person, or say \
                 with `nothing_tells` why there is none",
            );
        }
        keys.done(problems);
        Some(read)
    }
}

/// The choice that is called by the entry's text.
fn one_of<T: Copy>(all: &[T], name: fn(T) -> &'static str, entry: &Entry, problems: &mut Problems) -> Option<T> {
    let text = keys::text(&entry.value, &entry.key, problems)?;
    let found = all.iter().copied().find(|choice| name(*choice) == *text);
    if found.is_none() {
        let words: Vec<&str> = all.iter().map(|choice| name(*choice)).collect();
        let title = format!("`{}` is not an {}", *text, *entry.key);
        problems.at(text.place, title).help(format!("one of {}", words.join(", "))).suggest(&text, words);
    }
    found
}

pub(super) fn read_notes(node: &Node, problems: &mut Problems) -> Vec<At<String>> {
    let notes = keys::list(node, "notes", problems);
    notes.iter().filter_map(|note| keys::text(note, "notes", problems)).collect()
}

pub(super) fn read_source(entry: &Entry, problems: &mut Problems) -> Option<(At<String>, At<String>)> {
    let mut keys = Keys::open(&entry.value, "`source`", entry.key.place, problems)?;
    let doc_path = keys.must_text("doc", problems);
    if doc_path.starts_with('/') || doc_path.contains(|letter: char| letter.is_whitespace() || "()<>:".contains(letter))
    {
        let help = "write it relative to the vendor's `docs/derivatives/portfolio-margin/`";
        problems.at(doc_path.place, format!("`{}` is not a page", *doc_path)).help(help);
    }
    let verified_on =
        keys.must("verified_on", problems).and_then(|entry| read_date(entry, problems)).unwrap_or_default();
    keys.done(problems);
    Some((doc_path, verified_on))
}

fn read_weight(entry: &Entry, problems: &mut Problems) -> Option<Weight> {
    let Kind::Map(entries) = &entry.value.kind else {
        let otherwise = keys::count(&entry.value, "weight", problems)?;
        return Some(Weight { with: Vec::new(), otherwise });
    };
    let mut weight = Weight::default();
    for case in entries {
        let Some(count) = keys::count(&case.value, &case.key, problems) else { continue };
        if *case.key == "otherwise" {
            weight.otherwise = count;
        } else if let Some(param) = case.key.strip_prefix("with ") {
            weight.with.push((At::new(param.trim().to_owned(), case.key.place), count));
        } else {
            keys::unknown(&case.key, "`weight`", &["with ..", "otherwise"], problems);
        }
    }
    if !entries.iter().any(|case| *case.key == "otherwise") {
        problems.at(entry.key.place, "`weight` has no `otherwise`");
    }
    Some(weight)
}

fn read_caps(node: &Node, problems: &mut Problems) -> Vec<CallCap> {
    let mut caps = Vec::new();
    for cap in keys::list(node, "caps", problems) {
        let Some(mut keys) = Keys::open(cap, "a cap", cap.place, problems) else { continue };
        let calls = keys.must("calls", problems).and_then(|entry| keys::count(&entry.value, "calls", problems));
        let per = keys.must("per", problems).and_then(|entry| read_span(&entry.value, "per", problems));
        keys.done(problems);
        caps.extend(calls.zip(per).map(|(calls, per)| CallCap { calls, per }));
    }
    caps
}

pub(crate) fn read_retired(entry: &Entry, problems: &mut Problems) -> Option<Retired> {
    let mut keys = Keys::open(&entry.value, "`retired`", entry.key.place, problems)?;
    let since = keys.must("since", problems).and_then(|entry| read_date(entry, problems)).unwrap_or_default();
    let instead = keys.must("instead", problems).and_then(|entry| read_call(&entry.value, "instead", problems));
    keys.done(problems);
    Some(Retired { since, instead })
}
