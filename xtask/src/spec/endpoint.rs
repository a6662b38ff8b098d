//! One endpoint as its spec file describes it.

use super::keys::{self, Keys};
use super::paging::{Paging, read_paging};
use super::param::{Form, Param, read_forms, read_params};
use super::rule::{Rule, read_rules};
use super::settle::{Ask, read_settle};
use super::span::Span;
use super::types::{Shape, TypeUse, read_shapes};
use super::yaml::{Entry, Kind, Node};
use crate::problem::{At, Place, Problems};
use std::fmt;

pub(crate) const ACCESS: [&str; 5] = ["NONE", "USER_STREAM", "USER_DATA", "TRADE", "MARGIN"];
const EFFECTS: [&str; 3] = ["read", "idempotent", "once"];
const METHODS: [&str; 4] = ["GET", "POST", "PUT", "DELETE"];

#[derive(Debug, Clone)]
pub(crate) struct Endpoint {
    pub(crate) file: File,
    pub(crate) name: At<String>,
    pub(crate) doc: At<String>,
    pub(crate) notes: Vec<At<String>>,
    pub(crate) page: At<String>,
    pub(crate) checked: At<String>,
    pub(crate) call: Option<At<Call>>,
    pub(crate) access: &'static str,
    pub(crate) effect: &'static str,
    pub(crate) weight: Weight,
    pub(crate) orders: u32,
    pub(crate) caps: Vec<Cap>,
    pub(crate) client_ids: Vec<At<String>>,
    pub(crate) settle: Vec<Ask>,
    pub(crate) shown_by: Option<At<Call>>,
    pub(crate) retired: Option<Retired>,
    pub(crate) params: Vec<Param>,
    pub(crate) forms: Vec<Form>,
    pub(crate) rules: Vec<Rule>,
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
    pub(crate) group: &'static super::Group,
    /// The file name without `.yaml`.
    pub(crate) stem: String,
    /// The first line.
    pub(crate) place: Place,
}

/// A method and a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) method: &'static str,
    pub(crate) path: String,
}

impl Call {
    pub(super) fn read(node: &Node, what: &str, problems: &mut Problems) -> Option<At<Self>> {
        Self::parse(&keys::text(node, what, problems)?, problems)
    }

    pub(crate) fn parse(text: &At<String>, problems: &mut Problems) -> Option<At<Self>> {
        let (method, path) = text.split_once(' ').unwrap_or((text, ""));
        let Some(method) = METHODS.into_iter().find(|known| *known == method) else {
            let help = format!("write a method and a path; the methods are {}", METHODS.join(", "));
            problems.at(text.place, format!("`{}` is not a call", **text)).help(help).suggest(method, METHODS);
            return None;
        };
        let plain = |letter: char| letter.is_ascii_alphanumeric() || "/-_.".contains(letter);
        if !path.starts_with('/') || !path.chars().all(plain) {
            problems.at(text.place, format!("`{path}` is not a path")).help("a path starts at the root: `/papi/v1/..`");
            return None;
        }
        Some(At::new(Self { method, path: path.to_owned() }, text.place))
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// The request weight: one number, or by the first parameter that is sent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Weight {
    pub(crate) with: Vec<(At<String>, u32)>,
    pub(crate) otherwise: u32,
}

#[derive(Debug, Clone)]
pub(crate) struct Cap {
    pub(crate) calls: u32,
    pub(crate) per: Span,
}

#[derive(Debug, Clone)]
pub(crate) struct Retired {
    pub(crate) since: At<String>,
    pub(crate) instead: Option<At<Call>>,
}

impl Endpoint {
    /// Reads a file. Missing pieces are reported and stood in for, so that the rest can be judged as well.
    pub(crate) fn read(file: File, node: &Node, problems: &mut Problems) -> Option<Self> {
        let mut keys = Keys::open(node, "the endpoint", file.place, problems)?;
        let name = keys.must_text("name", problems);
        let doc = keys.must_text("doc", problems);
        let notes = keys.may("notes").map(|entry| read_notes(&entry.value, problems)).unwrap_or_default();
        let source = keys.must("source", problems);
        let (page, checked) = source.and_then(|entry| read_source(entry, problems)).unwrap_or_default();
        let call = keys.must("call", problems).and_then(|entry| Call::read(&entry.value, "call", problems));
        let access = keys.must("access", problems);
        let access = access.and_then(|entry| one_of(&ACCESS, entry, problems)).unwrap_or_default();
        let effect = keys.must("effect", problems);
        let effect = effect.and_then(|entry| one_of(&EFFECTS, entry, problems)).unwrap_or_default();
        let weight = keys.must("weight", problems).and_then(|entry| read_weight(entry, problems)).unwrap_or_default();
        let orders = keys.may("orders").and_then(|entry| keys::count(&entry.value, "orders", problems)).unwrap_or(0);
        let caps = keys.may("caps").map(|entry| read_caps(&entry.value, problems)).unwrap_or_default();
        let client_ids = keys.may("client_id").map(|entry| keys::names(&entry.value, "client_id", true, problems));
        let settle = keys.may("settle").map(|entry| read_settle(entry, problems)).unwrap_or_default();
        let shown_by = keys.may("shown_by").and_then(|entry| Call::read(&entry.value, "shown_by", problems));
        let params = keys.may("params").map(|entry| read_params(&entry.value, problems)).unwrap_or_default();
        let forms = keys.may("forms").map(|entry| read_forms(&entry.value, problems)).unwrap_or_default();
        let rules = keys.may("rules").map(|entry| read_rules(&entry.value, problems)).unwrap_or_default();
        let paging = keys.may("paging").and_then(|entry| read_paging(entry, problems));
        let reply = keys.must("reply", problems).map(|entry| TypeUse::read(&entry.value, problems)).unwrap_or_default();
        let types = keys.may("types").map(|entry| read_shapes(&entry.value, "`types`", problems)).unwrap_or_default();
        let examples = keys.may("examples").map(|entry| keys::list(&entry.value, "examples", problems).to_vec());
        let retired = keys.may("retired").and_then(|entry| read_retired(entry, problems));
        keys.done(problems);
        let (client_ids, examples) = (client_ids.unwrap_or_default(), examples.unwrap_or_default());
        Some(Self {
            file,
            name,
            doc,
            notes,
            page,
            checked,
            call,
            access,
            effect,
            weight,
            orders,
            caps,
            client_ids,
            settle,
            shown_by,
            retired,
            params,
            forms,
            rules,
            paging,
            reply,
            types,
            examples,
        })
    }
}

fn one_of(words: &[&'static str], entry: &Entry, problems: &mut Problems) -> Option<&'static str> {
    let text = keys::text(&entry.value, &entry.key, problems)?;
    let word = words.iter().find(|word| **word == *text).copied();
    if word.is_none() {
        let help = format!("one of {}", words.join(", "));
        let title = format!("`{}` is not an {}", *text, *entry.key);
        problems.at(text.place, title).help(help).suggest(&text, words.iter().copied());
    }
    word
}

fn read_notes(node: &Node, problems: &mut Problems) -> Vec<At<String>> {
    let notes = keys::list(node, "notes", problems);
    notes.iter().filter_map(|note| keys::text(note, "notes", problems)).collect()
}

fn read_source(entry: &Entry, problems: &mut Problems) -> Option<(At<String>, At<String>)> {
    let mut keys = Keys::open(&entry.value, "`source`", entry.key.place, problems)?;
    let page = keys.must_text("page", problems);
    if page.starts_with('/') || page.contains(|letter: char| letter.is_whitespace() || "()<>:".contains(letter)) {
        let help = "write it relative to the vendor's `docs/derivatives/portfolio-margin/`";
        problems.at(page.place, format!("`{}` is not a page", *page)).help(help);
    }
    let checked = keys.must("checked", problems).and_then(|entry| read_date(entry, problems)).unwrap_or_default();
    keys.done(problems);
    Some((page, checked))
}

fn read_date(entry: &Entry, problems: &mut Problems) -> Option<At<String>> {
    let text = keys::scalar(&entry.value, &entry.key, problems)?;
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: usize, digits: usize, least: u32, most: u32| {
        parts.get(part).is_some_and(|part| {
            part.len() == digits && part.parse().is_ok_and(|number: u32| (least..=most).contains(&number))
        })
    };
    if parts.len() == 3 && number(0, 4, 2000, 2999) && number(1, 2, 1, 12) && number(2, 2, 1, 31) {
        return Some(text);
    }
    problems.at(text.place, format!("`{}` is not a date", *text)).help("write it as 2026-10-23");
    None
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

fn read_caps(node: &Node, problems: &mut Problems) -> Vec<Cap> {
    let mut caps = Vec::new();
    for cap in keys::list(node, "caps", problems) {
        let Some(mut keys) = Keys::open(cap, "a cap", cap.place, problems) else { continue };
        let calls = keys.must("calls", problems).and_then(|entry| keys::count(&entry.value, "calls", problems));
        let per = keys.must("per", problems).and_then(|entry| Span::read(&entry.value, "per", problems));
        keys.done(problems);
        caps.extend(calls.zip(per).map(|(calls, per)| Cap { calls, per }));
    }
    caps
}

pub(crate) fn read_retired(entry: &Entry, problems: &mut Problems) -> Option<Retired> {
    let mut keys = Keys::open(&entry.value, "`retired`", entry.key.place, problems)?;
    let since = keys.must("since", problems).and_then(|entry| read_date(entry, problems)).unwrap_or_default();
    let instead = keys.must("instead", problems).and_then(|entry| Call::read(&entry.value, "instead", problems));
    keys.done(problems);
    Some(Retired { since, instead })
}
