//! `#[constructor]`: a named constructor, which parameters it takes and which it sets.

use super::model::{Constructor, Model};
use super::parse::is_method;
use crate::entry::{Body, entries};
use crate::problems::{Problems, suggestion};
use proc_macro2::TokenStream;
use syn::{Attribute, Ident};

/// `#[constructor(market, doc = "..", set(type = "MARKET"), take(symbol, side, quantity))]`.
pub(super) fn parse(tokens: TokenStream, attribute: &Attribute, problems: &mut Problems) -> Option<Constructor> {
    let (mut name, mut doc, mut deprecated, mut set, mut take) = (None, None, None, Vec::new(), Vec::new());
    for entry in entries(tokens, problems) {
        match (entry.name.to_string().as_str(), &entry.body) {
            (_, Body::Bare) if name.is_none() => name = Some(entry.name),
            ("doc", _) => doc = entry.text(problems),
            ("deprecated", _) => deprecated = entry.text(problems),
            ("set", _) => {
                for entry in entry.group(problems).map(|tokens| entries(tokens, problems)).unwrap_or_default() {
                    let param = entry.name.clone();
                    set.extend(entry.text(problems).map(|value| (param, value)));
                }
            }
            ("take", _) => take = entry.words(problems).unwrap_or_default(),
            _ => entry.unknown(&["doc", "deprecated", "set", "take"], problems),
        }
    }
    if name.is_none() || doc.is_none() {
        problems.at(attribute, "a constructor needs a name and `doc = \"..\"`");
    }
    Some(Constructor { name: name?, doc: doc?, deprecated, set, take })
}

/// The constructors may only name parameters that exist, and must leave no required one open.
pub(super) fn check(model: &Model, problems: &mut Problems) {
    for constructor in &model.constructors {
        let named: Vec<&Ident> = constructor.set.iter().map(|(param, _)| param).chain(&constructor.take).collect();
        for (index, ident) in named.iter().enumerate() {
            check_name(ident, model, problems);
            if named[..index].contains(ident) {
                problems.at(ident, format!("constructor `{}` names `{ident}` twice", constructor.name));
            }
        }
        // The compiler itself refuses the name of a setter or of another constructor.
        if constructor.name != "new" && is_method(&constructor.name) {
            problems.at(&constructor.name, format!("`{}` is a method of every request", constructor.name));
        }
        for param in model.params.iter().filter(|param| param.required) {
            let wire = param.wire.value();
            if !named.iter().any(|name| **name == wire) {
                problems.at(
                    &constructor.name,
                    format!("constructor `{}` leaves the required parameter `{wire}` open", constructor.name),
                );
            }
        }
    }
}

fn check_name(ident: &Ident, model: &Model, problems: &mut Problems) {
    let names: Vec<String> = model.params.iter().map(|param| param.wire.value()).collect();
    if names.iter().any(|name| ident == name) {
        return;
    }
    let word = ident.to_string();
    let mut hint = suggestion(&word, names.iter().map(String::as_str));
    if let Some(param) = model.params.iter().find(|param| *ident == param.field) {
        hint = format!(", its name on the wire is `{}`", param.wire.value());
    }
    problems.at(ident, format!("there is no parameter `{word}`{hint}"));
}
