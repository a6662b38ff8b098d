//! Compares the parameters of a page with those of its spec.

use super::call::place_of;
use super::edit::{self, Edit, scalar};
use super::finding::{Both, Change, Findings, NOTHING};
use super::value::{class_and_length, is_same_value, kind_in_spec, kind_on_page, lower_bound, page_bound, upper_bound};
use crate::import::facts::{CallFacts, ParamFacts};
use crate::problem::{Place, Source};
use crate::spec::{Entry, Node, Param, Vocabulary};
use papi_spec::{RUNTIME_PARAMS, nearest};
use std::collections::BTreeSet;

/// What is needed to compare a parameter.
pub(super) struct Scope<'s> {
    pub(super) vocabulary: Vocabulary<'s>,
    /// The text of the spec as a tree.
    pub(super) spec: &'s Node,
    pub(super) sources: &'s [Source],
    /// Whether what the pages do not say is said nowhere: both languages are there, and each sentence was understood.
    pub(super) is_whole: bool,
}

/// Compares all parameters. Returns those that are called otherwise on the page: the name there, then that of the spec.
pub(super) fn compare(facts: &CallFacts, scope: &Scope<'_>, findings: &mut Findings<'_>) -> Vec<(String, String)> {
    let Some(listed) = &facts.params else { return Vec::new() };
    let endpoint = findings.endpoint;
    let is_signed = endpoint.access.is_signed();
    let is_added = |name: &str| is_signed && RUNTIME_PARAMS.contains(&name);
    let removed = |name: &str| endpoint.removed.iter().any(|param| *param.wire == *name);
    let new: Vec<&ParamFacts> = listed
        .iter()
        .filter(|told| !endpoint.params.iter().any(|param| *param.wire == *told.name))
        .filter(|told| !is_added(&told.name) && !removed(&told.name))
        .collect();
    let gone: Vec<&Param> =
        endpoint.params.iter().filter(|param| !listed.iter().any(|told| told.name == **param.wire)).collect();
    let renamed = pairs(&new, &gone);
    for param in &endpoint.params {
        let other = renamed.iter().find(|(_, name)| *name == **param.wire);
        let name = other.map_or(param.wire.as_str(), |(told, _)| told.as_str());
        let Some(told) = listed.iter().find(|told| told.name == name) else {
            let write = "removed: DATE, and no constraint that names it";
            findings.add(Change::Removed, param.wire.as_str(), Both::gone_from_page(), param.wire.place, write);
            continue;
        };
        if told.name != **param.wire {
            let both = Both::of(told.name.clone(), param.wire.value.clone());
            let write = format!("{}: the new name, and `removed: DATE` at the old one", told.name);
            let finding = findings.add(Change::Renamed, param.wire.as_str(), both, param.wire.place, write);
            finding.map(|finding| finding.at_line(told.line));
        }
        one(told, param, scope, findings);
    }
    for told in new.iter().filter(|told| !renamed.iter().any(|(name, _)| *name == told.name)) {
        let place = place_of(scope.spec, "params", findings);
        let finding = findings.add(Change::Added, told.name.clone(), Both::new_on_page(), place, entry_for(told));
        finding.map(|finding| finding.at_line(told.line));
    }
    if is_signed {
        added_by_client(listed, findings);
    }
    renamed
}

/// The names that replaced others: similar ones, or the only new one in place of the only one that is gone.
fn pairs(new: &[&ParamFacts], gone: &[&Param]) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for told in new {
        let left =
            gone.iter().map(|param| param.wire.as_str()).filter(|name| !pairs.iter().any(|(_, old)| old == name));
        let similar = nearest(&told.name, left).map(str::to_owned);
        let only = match (new, gone) {
            ([_], [param]) => Some(param.wire.value.clone()),
            _ => None,
        };
        pairs.extend(similar.or(only).map(|old| (told.name.clone(), old)));
    }
    pairs
}

fn entry_for(told: &ParamFacts) -> String {
    let ty = match told.page_type.as_str() {
        "INT" => "u32",
        "LONG" => "i64",
        "DECIMAL" => "Decimal",
        "BOOLEAN" => "bool",
        "LIST" => "[String]",
        _ => "String",
    };
    let required = if told.required { ", required: true" } else { "" };
    format!("{}: {{ type: {ty}{required}, doc: .. }}", told.name)
}

/// The parameters that the client adds are as on every page.
fn added_by_client(listed: &[ParamFacts], findings: &mut Findings<'_>) {
    let place = findings.endpoint.file.place;
    for (name, required, max) in [("recvWindow", false, Some("60000")), ("timestamp", true, None)] {
        let Some(told) = listed.iter().find(|told| told.name == name) else {
            let write = "see whether the call is still signed".to_owned();
            findings.add(Change::Removed, name, Both::gone_from_page(), place, write);
            continue;
        };
        let yes_no = |on: bool| if on { "yes" } else { NOTHING };
        let default = max.map(|_| "5000");
        let differing = [
            ("type", Change::Retyped, Some(told.page_type.as_str()), Some("LONG")),
            ("required", Change::Required, Some(yes_no(told.required)), Some(yes_no(required))),
            ("default", Change::Default, told.default.as_deref().or(default), default),
            ("min", Change::Bound, told.min.as_deref(), None),
            ("max", Change::Bound, told.max.as_deref().or(max), max),
        ];
        for (aspect, change, page, spec) in differing.into_iter().filter(|(_, _, page, spec)| page != spec) {
            let both = Both::of(page.unwrap_or(NOTHING), spec.unwrap_or(NOTHING));
            let write = "change what the client sends, in `crates/runtime`".to_owned();
            let finding = findings.add(change, format!("{name} {aspect}"), both, place, write);
            finding.map(|finding| finding.at_line(told.line));
        }
    }
}

fn one(told: &ParamFacts, param: &Param, scope: &Scope<'_>, findings: &mut Findings<'_>) {
    let entry = edit::node(scope.spec, &["params"]).and_then(|params| edit::entry(params, &param.wire));
    let mut aspects = Aspects { told, param, entry, scope, findings };
    aspects.kind();
    aspects.required();
    aspects.default();
    aspects.bounds();
    aspects.pattern();
    aspects.words();
}

/// One parameter, about which several things are compared.
struct Aspects<'a, 'f, 's> {
    told: &'a ParamFacts,
    param: &'a Param,
    entry: Option<&'a Entry>,
    scope: &'a Scope<'a>,
    findings: &'f mut Findings<'s>,
}

impl Aspects<'_, '_, '_> {
    fn add(&mut self, change: Change, aspect: &str, both: Both, write: String, edit: Option<Edit>) {
        let map = self.entry.map(|entry| &entry.value);
        let place = map.and_then(|map| edit::entry(map, aspect)).map_or(self.param.wire.place, |entry| entry.key.place);
        let subject = format!("{} {aspect}", *self.param.wire);
        if let Some(finding) = self.findings.add(change, subject, both, place, write) {
            finding.edit = edit;
            finding.at_line(self.told.line);
        }
    }

    fn agree(&mut self, change: Change, aspect: &str, value: &str) {
        self.findings.agree(change, &format!("{} {aspect}", *self.param.wire), value);
    }

    fn kind(&mut self) {
        let (page, spec) = (kind_on_page(self.told), kind_in_spec(&self.param.ty, &self.scope.vocabulary));
        let is_text = page == "text" && matches!(spec, "word" | "true|false") && self.told.words.is_none();
        if page != spec && !is_text {
            let write = format!("type: for {}", self.told.page_type);
            self.add(Change::Retyped, "type", Both::of(page, spec), write, None);
        }
    }

    fn required(&mut self) {
        let yes_no = |on: bool| if on { "yes" } else { NOTHING };
        if self.told.required == self.param.required {
            self.agree(Change::Required, "required", yes_no(self.param.required));
        } else {
            let write = if self.told.required { "required: true" } else { "no `required`" };
            let both = Both::of(yes_no(self.told.required), yes_no(self.param.required));
            self.add(Change::Required, "required", both, write.to_owned(), None);
        }
    }

    fn default(&mut self) {
        let (page, spec) = (self.told.default.as_deref(), self.param.default.as_ref().map(|text| text.as_str()));
        if is_same_value(page, spec) {
            self.agree(Change::Default, "default", spec.unwrap_or(NOTHING));
            return;
        }
        let write = page.map_or("no `default`".to_owned(), |page| format!("default: {}", scalar(page)));
        let edit = page.and_then(|page| self.set("default", &scalar(page)));
        self.add(Change::Default, "default", Both::of(page.unwrap_or(NOTHING), spec.unwrap_or(NOTHING)), write, edit);
    }

    fn bounds(&mut self) {
        let ends = [
            ("min", "above", self.told.min.as_deref(), lower_bound(self.param)),
            ("max", "below", self.told.max.as_deref(), upper_bound(self.param)),
        ];
        for (closed, open, page, spec) in ends {
            let page = page.map(page_bound);
            let is_usual = page.is_none() && closed == "min" && self.is_usual(spec.as_deref());
            if page == spec {
                self.agree(Change::Bound, closed, spec.as_deref().unwrap_or(NOTHING));
            }
            if page == spec || is_usual {
                continue;
            }
            let (key, value) = match page.as_deref() {
                Some(text) if text.starts_with(['>', '<']) => (open, text[1..].trim()),
                Some(text) => (closed, text),
                None => (closed, ""),
            };
            let write = if page.is_some() { format!("{key}: {value}") } else { format!("no `{closed}`") };
            // A bound of the other kind stays; two of them would contradict each other.
            let stands = if spec.as_deref().is_some_and(|spec| spec.starts_with(['>', '<'])) { open } else { closed };
            let is_number = papi_spec::Limit::parse(value).is_some();
            let edit = (is_number && (spec.is_none() || stands == key)).then(|| self.set(key, value)).flatten();
            let both = Both::of(page.as_deref().unwrap_or(NOTHING), spec.as_deref().unwrap_or(NOTHING));
            self.add(Change::Bound, closed, both, write, edit);
        }
    }

    /// What no page says, and each spec does: at least one row, and more than nothing of an amount.
    fn is_usual(&self, least: Option<&str>) -> bool {
        let endpoint = self.findings.endpoint;
        let cap = endpoint.paging.as_ref().and_then(|paging| paging.cap.as_ref());
        let is_cap = cap.is_some_and(|cap| **cap == **self.param.wire);
        let is_amount = kind_in_spec(&self.param.ty, &self.scope.vocabulary) == "decimal";
        is_cap && least == Some("1") || is_amount && least == Some("> 0")
    }

    fn pattern(&mut self) {
        let page = self.told.pattern.as_deref().and_then(class_and_length);
        let (chars, length) = page.map_or((None, None), |(chars, length)| (Some(chars), Some(length)));
        let own_length = self.param.length.as_ref().map(|length| format!("{}..{}", length.0, length.1));
        let own_chars = self.param.chars.as_ref().map(|chars| chars.value.clone());
        for (aspect, page, spec) in [("length", length, own_length), ("chars", chars, own_chars)] {
            if page != spec {
                let value =
                    page.as_deref().map(|page| if aspect == "chars" { format!("{page:?}") } else { page.to_owned() });
                let write = value.as_ref().map_or(format!("no `{aspect}`"), |value| format!("{aspect}: {value}"));
                let edit = value.and_then(|value| self.set(aspect, &value));
                let both = Both::of(page.as_deref().unwrap_or(NOTHING), spec.as_deref().unwrap_or(NOTHING));
                self.add(Change::Bound, aspect, both, write, edit);
            }
        }
    }

    fn words(&mut self) {
        let Some(told) = &self.told.words else { return };
        let own = words_of(self.param, &self.scope.vocabulary);
        if own.is_empty() {
            return;
        }
        let (page, spec): (BTreeSet<&str>, BTreeSet<&str>) =
            (told.iter().map(String::as_str).collect(), own.iter().copied().collect());
        if page == spec {
            return;
        }
        let added: Vec<&str> = told.iter().map(String::as_str).filter(|word| !spec.contains(word)).collect();
        let gone: Vec<&str> = own.iter().copied().filter(|word| !page.contains(word)).collect();
        let mut write = Vec::new();
        if !added.is_empty() {
            write.push(format!("words: add {}", added.join(", ")));
        }
        if !gone.is_empty() {
            write.push(format!("words: remove {}", gone.join(", ")));
        }
        let edit = if gone.is_empty() { self.add_words(&added) } else { None };
        let joined = |words: &BTreeSet<&str>| words.iter().copied().collect::<Vec<_>>().join(" ");
        self.add(Change::Word, "words", Both::of(joined(&page), joined(&spec)), write.join("; "), edit);
    }

    /// Adds words that the type has already; a new word needs its documentation in `types.yaml`.
    fn add_words(&self, added: &[&str]) -> Option<Edit> {
        let known = type_words(self.param, &self.scope.vocabulary);
        let list = edit::node(&self.entry?.value, &["words"])?;
        added
            .iter()
            .all(|word| known.contains(word))
            .then(|| Edit::add_elements(list, added, self.scope.sources))
            .flatten()
    }

    /// Gives a key of the parameter a value.
    fn set(&self, key: &str, value: &str) -> Option<Edit> {
        let map = &self.entry?.value;
        match edit::entry(map, key) {
            Some(entry) => Some(Edit::replace(entry.value.place, value)),
            None => Edit::add_key(map, key, value, self.scope.sources),
        }
    }
}

/// The words that a parameter offers.
pub(super) fn words_of<'s>(param: &'s Param, vocabulary: &Vocabulary<'s>) -> Vec<&'s str> {
    match &param.words {
        Some(words) => words.iter().map(|word| word.as_str()).collect(),
        None => type_words(param, vocabulary),
    }
}

fn type_words<'s>(param: &Param, vocabulary: &Vocabulary<'s>) -> Vec<&'s str> {
    super::value::type_words(&param.ty, vocabulary)
}

/// Returns where a parameter stands in the spec.
pub(super) fn place(name: &str, findings: &Findings<'_>) -> Option<Place> {
    findings.endpoint.params.iter().find(|param| *param.wire == *name).map(|param| param.wire.place)
}
