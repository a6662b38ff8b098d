//! Reads the arguments of `#[endpoint]` and the fields of its struct.

use super::constructor;
use super::model::{Fact, Model, Param};
use crate::entry::{Entry, entries, split_at_commas};
use crate::item::{first_paragraph, inside_option, named_fields, take_attributes};
use crate::problems::Problems;
use crate::root::Root;
use proc_macro2::TokenStream;
use syn::{Expr, Ident, ItemStruct, Lit, LitStr};

/// The arguments that every endpoint must have. The optional ones are methods of `EndpointInfo`, which the compiler knows.
const REQUIRED: [&str; 8] = ["group", "call", "access", "effect", "weight", "doc_url", "verified_on", "reply"];

/// What every request has already: no parameter and no constructor can have these names. A test compares them with the trait.
const METHODS: [&str; 9] = ["check", "client_ids", "clone", "cost", "each", "encode", "example", "from_pairs", "info"];

/// Returns whether every request has a function of this name.
pub(super) fn is_method(name: &Ident) -> bool {
    name == "new" || METHODS.iter().any(|method| name == method)
}

/// Reads everything that can be read. None when the item is not a struct with named fields.
pub(super) fn parse(arguments: TokenStream, item: TokenStream, problems: &mut Problems) -> Option<Model> {
    let mut item: ItemStruct = problems.keep(syn::parse2(item))?;
    problems.keep(named_fields(&item))?;
    let attributes = take_attributes(&mut item.attrs, &["constructor", "example"]);
    let params = item.fields.iter_mut().filter_map(|field| parse_param(field, problems)).collect();
    let mut model = Model {
        root: Root::default(),
        item,
        reply: None,
        row: None,
        facts: Vec::new(),
        params,
        constructors: Vec::new(),
        examples: Vec::new(),
    };
    if first_paragraph(&model.item.attrs).is_empty() {
        problems.at(&model.item.ident, "an endpoint needs documentation: what it is for");
    }
    parse_arguments(arguments, &mut model, problems);
    for attribute in &attributes {
        let Some(list) = problems.keep(attribute.meta.require_list()) else { continue };
        if attribute.path().is_ident("constructor") {
            model.constructors.extend(constructor::parse(list.tokens.clone(), attribute, problems));
        } else {
            model.examples.extend(problems.keep(syn::parse2::<LitStr>(list.tokens.clone())));
        }
    }
    constructor::check(&model, problems);
    Some(model)
}

fn parse_arguments(tokens: TokenStream, model: &mut Model, problems: &mut Problems) {
    let mut given = Vec::new();
    for entry in entries(tokens, problems) {
        let name = entry.name.to_string();
        if given.contains(&name) {
            problems.at(&entry.name, format!("`{name}` is given twice"));
            continue;
        }
        match name.as_str() {
            "reply" => model.reply = entry.value("Type", problems),
            "row" => model.row = entry.value("Type", problems),
            "crate" => model.root = entry.value("path", problems).map_or_else(Root::default, Root::new),
            _ => model.facts.extend(fact(entry, &model.root, problems)),
        }
        given.push(name);
    }
    let is_given = |name: &str| given.iter().any(|given| given == name);
    let missing: Vec<_> = REQUIRED.into_iter().filter(|name| !is_given(name)).map(|name| format!("`{name}`")).collect();
    if !missing.is_empty() {
        let span = proc_macro2::Span::call_site();
        problems.at_span(span, format!("#[endpoint] lacks {}", missing.join(", ")));
    }
    if let Some(paging) = model.facts.iter().find(|fact| fact.key == "paging" && model.row.is_none()) {
        problems.at(&paging.key, "`paging` needs `row = Type`: what one row of the reply is");
    }
}

/// `key = expression`. A bare number stands for a weight that is always the same.
fn fact(entry: Entry, root: &Root, problems: &mut Problems) -> Option<Fact> {
    let key = entry.name.clone();
    let mut value: Expr = entry.value("..", problems)?;
    if key == "weight" && matches!(&value, Expr::Lit(literal) if matches!(literal.lit, Lit::Int(_))) {
        value = syn::parse_quote!(#root::Weight::Fixed(#value));
    }
    Some(Fact { key, value })
}

fn parse_param(field: &mut syn::Field, problems: &mut Problems) -> Option<Param> {
    let ident = field.ident.clone()?;
    let Some(attribute) = take_attributes(&mut field.attrs, &["param"]).pop() else {
        problems.at(&ident, "every field of a request needs `#[param(\"wireName\")]`");
        return None;
    };
    let tokens = problems.keep(attribute.meta.require_list())?.tokens.clone();
    let mut parts = split_at_commas(tokens).into_iter();
    let Some(wire) = parts.next().and_then(|part| syn::parse2::<LitStr>(part).ok()) else {
        problems.at(&attribute, "expected the name on the wire first: `#[param(\"startTime\")]`");
        return None;
    };
    if is_method(&ident) {
        problems.at(&ident, format!("`{ident}` is a method of every request; the name on the wire can stay"));
    }
    let doc = first_paragraph(&field.attrs);
    if doc.is_empty() {
        problems.at(&ident, "a parameter needs documentation: what it means, and what its absence means");
    }
    let entries: Vec<Entry> = parts.flat_map(|part| entries(part, problems)).collect();
    let inner = inside_option(&field.ty);
    Some(Param {
        field: ident,
        wire,
        ty: inner.unwrap_or(&field.ty).clone(),
        required: inner.is_none(),
        doc,
        docs: field.attrs.iter().filter(|attribute| attribute.path().is_ident("doc")).cloned().collect(),
        facts: entries.into_iter().filter_map(|entry| fact(entry, &Root::default(), problems)).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_methods_of_every_request_are_known() {
        let file = syn::parse_file(include_str!("../../../types/src/endpoint.rs")).expect("the trait's source");
        let methods = file.items.into_iter().flat_map(|item| match item {
            syn::Item::Trait(request) if request.ident == "Endpoint" => request.items,
            _ => Vec::new(),
        });
        for method in methods {
            if let syn::TraitItem::Fn(method) = method {
                assert!(is_method(&method.sig.ident), "{}", method.sig.ident);
            }
        }
    }
}
