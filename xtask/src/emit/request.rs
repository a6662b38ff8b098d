//! The file of one endpoint: its request, then the types of its reply.

use super::code::{Code, attribute, tall_attribute};
use super::{doc, each, header, imports, reply, vocabulary};
use crate::model::{Request, StructField};
use crate::problem::At;
use crate::spec::{Constructor, Endpoint, Param};

pub(crate) fn file(request: &Request<'_>) -> String {
    let endpoint = request.endpoint;
    let header = header(&doc::lines("//!", &request.about), &endpoint.file.path);
    let imports = imports(&request.imports);
    let docs = doc::comment("///", &request.doc);
    let facts = tall_attribute("endpoint", &facts(request));
    let constructors = each(&endpoint.constructors, constructor);
    let examples = each(&request.examples, |json| attribute("", "example", vec![Code::raw_text(json)]));
    let params = endpoint.params.iter().map(param);
    let body = body(&request.fields, params.map(|parts| attribute("    ", "param", parts)));
    let replies = each(&request.replies, |part| format!("\n{}", reply::item(part)));
    format!("{header}{imports}{docs}{facts}{constructors}{examples}pub struct {} {body}\n{replies}", *endpoint.name)
}

/// The fields of a struct with an attribute each, in braces.
pub(super) fn body(fields: &[StructField], attributes: impl Iterator<Item = String>) -> String {
    if fields.is_empty() {
        return "{}".to_owned();
    }
    let field = |(field, attribute): (&StructField, String)| {
        format!("{}{attribute}    pub {}: {},\n", doc::comment("    ///", &field.doc), field.name, field.ty)
    };
    format!("{{\n{}}}", fields.iter().zip(attributes).map(field).collect::<String>())
}

/// Everything that is said of the endpoint.
fn facts(request: &Request<'_>) -> Vec<Code> {
    let endpoint = request.endpoint;
    let plain = |key: &str, tokens: String| Code::is(key, Code::Plain(tokens));
    let mut facts = vec![
        plain("group", format!("Group::{:?}", endpoint.file.group)),
        Code::says("call", &request.call),
        plain("access", format!("Access::{:?}", *endpoint.access)),
        plain("effect", format!("Effect::{:?}", endpoint.effect)),
        Code::is("weight", weight(endpoint)),
    ];
    if let Some(orders) = endpoint.orders.as_ref().filter(|orders| orders.value > 0) {
        facts.push(plain("orders", orders.to_string()));
    }
    let mut list = |key: &str, parts: Vec<Code>| {
        if !parts.is_empty() {
            facts.push(Code::is(key, Code::array(parts)));
        }
    };
    let cap = |cap: &papi_spec::CallCap| {
        Code::Chain(vec![
            Code::Plain(format!("CallCap::of({})", cap.calls)),
            Code::call("per", vec![vocabulary::span(cap.per)]),
        ])
    };
    let removed = |param: &Param| {
        Code::Chain(vec![
            Code::call("RemovedParam::named", vec![Code::text(&param.wire)]),
            Code::call("since", vec![Code::text(param.removed.as_ref().map_or("", |date| date))]),
            Code::call("doc", vec![Code::text(&param.doc)]),
        ])
    };
    list("removed", endpoint.removed.iter().map(removed).collect());
    list("caps", endpoint.caps.iter().map(cap).collect());
    list("client_ids", endpoint.client_ids.iter().map(|name| Code::text(name)).collect());
    let constraints = endpoint.constraints.iter();
    let constraints = constraints.flat_map(|all| all.requirements.iter().map(|one| (all.when, one)));
    list("constraints", constraints.map(|(when, one)| vocabulary::constraint(when, one)).collect());
    list("settle", endpoint.settle.iter().filter_map(vocabulary::question).collect());
    facts.extend(endpoint.shown_by.as_ref().map(|call| Code::says("shown_by", &call.value.to_string())));
    if let Some(retired) = &endpoint.retired {
        let since = Code::Plain(format!("Retired::since({:?})", *retired.since));
        let instead = Code::call("instead", vec![Code::text(&retired.instead_text())]);
        facts.push(Code::is("retired", Code::Chain(vec![since, instead])));
    }
    if let Some(paging) = &endpoint.paging {
        facts.push(Code::is("paging", vocabulary::paging(paging)));
    }
    facts.extend(request.row.as_ref().map(|row| plain("row", row.clone())));
    facts.push(plain("reply", request.reply.clone()));
    facts.push(Code::says("doc_url", &request.doc_url));
    facts.push(Code::says("verified_on", &endpoint.verified_on));
    facts
}

fn weight(endpoint: &Endpoint) -> Code {
    let weight = &endpoint.weight;
    if weight.with.is_empty() {
        return Code::Plain(weight.otherwise.to_string());
    }
    let with: Vec<String> = weight.with.iter().map(|(param, count)| format!("({:?}, {count})", **param)).collect();
    Code::Plain(format!("Weight::with(&[{}]).otherwise({})", with.join(", "), weight.otherwise))
}

/// What is said of a parameter, its name on the wire first.
fn param(param: &Param) -> Vec<Code> {
    let says = |key: &str, text: &Option<At<String>>| text.as_ref().map(|text| Code::says(key, text));
    let length = |length: &At<(u32, u32)>| Code::is("length", Code::Plain(format!("{}..={}", length.0, length.1)));
    let words = |words: &Vec<At<String>>| Code::array(words.iter().map(|word| Code::text(word)).collect());
    let facts = [
        Some(Code::text(&param.wire)),
        says("default", &param.default),
        says("min", &param.min),
        says("max", &param.max),
        says("above", &param.above),
        says("below", &param.below),
        param.length.as_ref().map(length),
        says("chars", &param.chars),
        param.words.as_ref().map(|given| Code::is("words", words(given))),
    ];
    facts.into_iter().flatten().collect()
}

fn constructor(constructor: &Constructor) -> String {
    let mut parts = vec![Code::Plain(constructor.name.value.clone()), Code::says("doc", &constructor.doc)];
    parts.extend(constructor.deprecated.as_ref().map(|instead| Code::says("deprecated", instead)));
    if !constructor.set.is_empty() {
        parts.push(Code::call("set", constructor.set.iter().map(|(name, value)| Code::says(name, value)).collect()));
    }
    if !constructor.take.is_empty() {
        parts.push(Code::call("take", constructor.take.iter().map(|name| Code::Plain(name.value.clone())).collect()));
    }
    attribute("", "constructor", parts)
}
