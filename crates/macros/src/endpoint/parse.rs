//! Reads the arguments of `#[endpoint]` and the fields of its struct.

use super::model::{Arguments, Cap, Edge, Form, Limit, Model, Openness, Param, Retired, Weight};
use super::{parse_rules, parse_settle};
use crate::entry::{AnyIdent, Body, Entry, entries, split_at_commas};
use crate::item::{first_paragraph, inside_option, named_fields, take_attributes};
use crate::problems::Problems;
use crate::root::Root;
use crate::span::SpanText;
use proc_macro2::TokenStream;
use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, Ident, ItemStruct, LitInt, LitStr, Token};

type Incomplete = Arguments<Option<LitStr>, Option<Ident>, Option<Weight>, Option<syn::Type>>;

/// Reads everything that can be read. None when the item is not a struct with named fields.
pub(super) fn parse(arguments: TokenStream, item: TokenStream, problems: &mut Problems) -> Option<Model> {
    let mut item: ItemStruct = problems.keep(syn::parse2(item))?;
    problems.keep(named_fields(&item))?;
    let mut root = Root::default();
    let arguments = parse_arguments(arguments, &mut root, problems);
    let mut model = Model {
        root,
        arguments,
        params: Vec::new(),
        forms: Vec::new(),
        rules: Vec::new(),
        paging: None,
        examples: Vec::new(),
        item: item.clone(),
    };
    for attribute in take_attributes(&mut item.attrs, &["rule", "paging", "form", "example"]) {
        parse_companion(&attribute, &mut model, problems);
    }
    for field in &mut item.fields {
        if let Some(param) = parse_param(field, problems) {
            model.params.push(param);
        }
    }
    model.item = item;
    Some(model)
}

/// `#[rule]`, `#[paging]`, `#[form]`, `#[example]`.
fn parse_companion(attribute: &Attribute, model: &mut Model, problems: &mut Problems) {
    let Some(tokens) = problems.keep(attribute.meta.require_list()).map(|list| list.tokens.clone()) else { return };
    if attribute.path().is_ident("rule") {
        model.rules.extend(parse_rules::rule(tokens, attribute, problems));
    } else if attribute.path().is_ident("paging") {
        model.paging = Some(parse_rules::paging(tokens, attribute, problems));
    } else if attribute.path().is_ident("form") {
        model.forms.extend(parse_form(tokens, attribute, problems));
    } else {
        model.examples.extend(problems.keep(syn::parse2::<LitStr>(tokens)));
    }
}

const ARGUMENTS: [&str; 15] = [
    "group",
    "call",
    "access",
    "effect",
    "weight",
    "orders",
    "caps",
    "page",
    "checked",
    "client_id",
    "settle",
    "shown_by",
    "retired",
    "reply",
    "crate",
];

fn parse_arguments(tokens: TokenStream, root: &mut Root, problems: &mut Problems) -> Incomplete {
    let mut arguments = Incomplete::default();
    let mut seen = Vec::new();
    for entry in entries(tokens, problems) {
        let name = entry.name.to_string();
        if seen.contains(&name) {
            problems.at(&entry.name, format!("`{name}` is given twice"));
            continue;
        }
        match name.as_str() {
            "group" => arguments.group = entry.word(problems),
            "call" => arguments.call = entry.text(problems),
            "access" => arguments.access = entry.word(problems),
            "effect" => arguments.effect = entry.word(problems),
            "weight" => arguments.weight = parse_weight(entry, problems),
            "orders" => arguments.orders = entry.value("1", problems),
            "caps" => arguments.caps = parse_caps(entry, problems),
            "page" => arguments.page = entry.text(problems),
            "checked" => arguments.checked = entry.text(problems),
            "client_id" => arguments.client_id = entry.words(problems).unwrap_or_default(),
            "settle" => arguments.settle = parse_settle::settle(entry, problems),
            "shown_by" => arguments.shown_by = entry.text(problems),
            "retired" => arguments.retired = parse_retired(entry, problems),
            "reply" => arguments.reply = entry.value("Type", problems),
            "crate" => *root = entry.value("path", problems).map_or_else(Root::default, Root::new),
            _ => entry.unknown(&ARGUMENTS, problems),
        }
        seen.push(name);
    }
    let missing: Vec<_> = ["group", "call", "access", "effect", "weight", "page", "checked", "reply"]
        .into_iter()
        .filter(|name| !seen.iter().any(|given| given == name))
        .map(|name| format!("`{name}`"))
        .collect();
    if !missing.is_empty() {
        let span = proc_macro2::Span::call_site();
        problems.at_span(span, format!("#[endpoint] lacks {}", missing.join(", ")));
    }
    arguments
}

/// `weight = 1` or `weight(with symbol = 20, otherwise = 50)`.
fn parse_weight(entry: Entry, problems: &mut Problems) -> Option<Weight> {
    let name = entry.name.clone();
    let tokens = match entry.body {
        Body::Equals(_) => return entry.value("1", problems).map(Weight::Fixed),
        _ => entry.group(problems)?,
    };
    let (mut with, mut otherwise) = (Vec::new(), None);
    for part in split_at_commas(tokens) {
        let case = |input: ParseStream<'_>| -> syn::Result<(Option<Ident>, LitInt)> {
            let word: Ident = input.parse()?;
            let param = match word.to_string().as_str() {
                "with" => Some(input.parse::<AnyIdent>()?.0),
                "otherwise" => None,
                _ => return Err(syn::Error::new(word.span(), "expected `with <parameter> = ..` or `otherwise = ..`")),
            };
            input.parse::<Token![=]>()?;
            Ok((param, input.parse()?))
        };
        match problems.keep(case.parse2(part)) {
            Some((Some(param), weight)) => with.push((param, weight)),
            Some((None, weight)) => otherwise = Some(weight),
            None => {}
        }
    }
    if otherwise.is_none() {
        problems.at(&name, "`weight(..)` lacks `otherwise = ..`");
    }
    Some(Weight::ByParam { with, otherwise: otherwise? })
}

/// `caps(10 per "10m")`.
fn parse_caps(entry: Entry, problems: &mut Problems) -> Vec<Cap> {
    let mut caps = Vec::new();
    for part in entry.group(problems).map(split_at_commas).unwrap_or_default() {
        let cap = |input: ParseStream<'_>| -> syn::Result<Cap> {
            let calls = input.parse()?;
            let per: Ident = input.parse()?;
            if per != "per" {
                return Err(syn::Error::new(per.span(), "expected `<calls> per \"<span>\"`"));
            }
            Ok(Cap { calls, per: span(&input.parse()?)? })
        };
        caps.extend(problems.keep(cap.parse2(part)));
    }
    caps
}

fn parse_retired(entry: Entry, problems: &mut Problems) -> Option<Retired> {
    let (mut since, mut instead) = (None, None);
    let name = entry.name.clone();
    for entry in entries(entry.group(problems)?, problems) {
        match entry.name.to_string().as_str() {
            "since" => since = entry.text(problems),
            "instead" => instead = entry.text(problems),
            _ => entry.unknown(&["since", "instead"], problems),
        }
    }
    if since.is_none() || instead.is_none() {
        problems.at(&name, "`retired(..)` needs `since = \"..\"` and `instead = \"..\"`");
    }
    Some(Retired { since: since?, instead: instead? })
}

/// `#[form(market, doc = "..", set(type = "MARKET"), take(symbol, side, quantity))]`.
fn parse_form(tokens: TokenStream, attribute: &Attribute, problems: &mut Problems) -> Option<Form> {
    let (mut name, mut doc, mut set, mut take) = (None, None, Vec::new(), Vec::new());
    for entry in entries(tokens, problems) {
        match (entry.name.to_string().as_str(), &entry.body) {
            (_, Body::Bare) if name.is_none() => name = Some(entry.name),
            ("doc", _) => doc = entry.text(problems),
            ("set", _) => {
                for entry in entry.group(problems).map(|tokens| entries(tokens, problems)).unwrap_or_default() {
                    let param = entry.name.clone();
                    set.extend(entry.text(problems).map(|value| (param, value)));
                }
            }
            ("take", _) => take = entry.words(problems).unwrap_or_default(),
            _ => entry.unknown(&["doc", "set", "take"], problems),
        }
    }
    if name.is_none() || doc.is_none() {
        problems.at(attribute, "a form needs a name and `doc = \"..\"`");
    }
    Some(Form { name: name?, doc: doc?, set, take })
}

const PARAM_ENTRIES: [&str; 8] = ["default", "min", "max", "above", "below", "length", "chars", "words"];

fn parse_param(field: &mut syn::Field, problems: &mut Problems) -> Option<Param> {
    let ident = field.ident.clone()?;
    let mut attributes = take_attributes(&mut field.attrs, &["param"]);
    let Some(attribute) = attributes.pop() else {
        problems.at(&ident, "every field of a request needs `#[param(\"wireName\")]`");
        return None;
    };
    let tokens = problems.keep(attribute.meta.require_list())?.tokens.clone();
    let mut parts = split_at_commas(tokens).into_iter();
    let Some(wire) = parts.next().and_then(|part| syn::parse2::<LitStr>(part).ok()) else {
        problems.at(&attribute, "expected the name on the wire first: `#[param(\"startTime\")]`");
        return None;
    };
    let inner = inside_option(&field.ty);
    let mut param = Param {
        field: ident,
        wire,
        ty: inner.unwrap_or(&field.ty).clone(),
        required: inner.is_none(),
        doc: first_paragraph(&field.attrs),
        docs: field.attrs.iter().filter(|attribute| attribute.path().is_ident("doc")).cloned().collect(),
        default: None,
        min: None,
        max: None,
        length: None,
        chars: None,
        words: Vec::new(),
    };
    for entry in parts.flat_map(|part| entries(part, problems)).collect::<Vec<_>>() {
        match entry.name.to_string().as_str() {
            "default" => param.default = entry.text(problems),
            "min" => param.min = parse_edge(entry, Openness::Closed, problems),
            "above" => param.min = parse_edge(entry, Openness::Open, problems),
            "max" => param.max = parse_edge(entry, Openness::Closed, problems),
            "below" => param.max = parse_edge(entry, Openness::Open, problems),
            "length" => {
                let text = entry.text(problems);
                param.length = text.and_then(|text| problems.keep(length(&text)));
            }
            "chars" => param.chars = entry.text(problems),
            "words" => param.words = word_list(entry, problems),
            _ => entry.unknown(&PARAM_ENTRIES, problems),
        }
    }
    Some(param)
}

/// `words("LIMIT", "MARKET")`.
pub(super) fn word_list(entry: Entry, problems: &mut Problems) -> Vec<LitStr> {
    let parts = entry.group(problems).map(split_at_commas).unwrap_or_default();
    parts.into_iter().filter_map(|part| problems.keep(syn::parse2(part))).collect()
}

fn parse_edge(entry: Entry, open: Openness, problems: &mut Problems) -> Option<Edge> {
    let literal = entry.text(problems)?;
    let text = literal.value();
    if let Some(after_now) = text.strip_prefix("now +") {
        let limit = problems.keep(span_text(after_now.trim(), &literal))?;
        return Some(Edge { limit: Limit::FromNow(limit), open });
    }
    let digits = text.strip_prefix('-').unwrap_or(&text);
    let is_number = digits.split('.').count() <= 2
        && digits.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    if !is_number {
        problems.at(&literal, "a bound is a number or `now + <span>`");
        return None;
    }
    Some(Edge { limit: Limit::Number(text), open })
}

fn length(literal: &LitStr) -> syn::Result<(u32, u32)> {
    let text = literal.value();
    let range = text.split_once("..").and_then(|(low, high)| Some((low.parse().ok()?, high.parse().ok()?)));
    match range {
        Some((low, high)) if low <= high => Ok((low, high)),
        _ => Err(syn::Error::new_spanned(literal, "a length is a range such as `1..32`, both ends included")),
    }
}

/// Reads a literal as a span.
pub(super) fn span(literal: &LitStr) -> syn::Result<SpanText> {
    span_text(&literal.value(), literal)
}

/// Reads a part of a literal as a span.
pub(super) fn span_text(text: &str, literal: &LitStr) -> syn::Result<SpanText> {
    SpanText::parse(text).ok_or_else(|| syn::Error::new_spanned(literal, SpanText::EXPECTED))
}
