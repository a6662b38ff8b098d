//! One endpoint's request: a struct whose annotations say everything its spec says.

use super::annotation::{Annotation, Entry};
use super::doc::{Block, Doc};
use super::reply::Reply;
use super::types::{Imports, rust_type};
use super::{Field, client_id, prose, settle};
use crate::example;
use crate::problem::{At, Problems};
use crate::rust_name::snake_case;
use crate::spec::{Body, Bound, Condition, Constructor, Demand, Endpoint, Grouping, Meaning, Paging, Param, Rule};
use crate::spec::{Shape, Shared, State, TypeUse, Vocabulary, Window};

/// Where the vendor keeps the pages that `source` names.
const PAGES: &str = "https://developers.binance.com/docs/derivatives/portfolio-margin/";

pub(crate) struct Request {
    pub(crate) module: String,
    /// The path of the spec file.
    pub(crate) spec: String,
    pub(crate) name: String,
    /// What it is for, in a sentence.
    pub(crate) about: Doc,
    pub(crate) doc: Doc,
    pub(crate) call: String,
    pub(crate) weight: String,
    pub(crate) imports: Imports,
    pub(crate) annotations: Vec<Annotation>,
    pub(crate) fields: Vec<Field>,
    pub(crate) replies: Vec<Reply>,
}

impl Request {
    pub(crate) fn of(endpoint: &Endpoint, shared: &Shared) -> Self {
        let vocabulary = Vocabulary::of(shared, endpoint);
        let mut imports = Imports::of_crate(&["endpoint"]);
        let call = endpoint.call.as_ref().map(|call| call.value.to_string()).unwrap_or_default();
        let seen = example::walk(endpoint, vocabulary, &mut Problems::default());
        let reply = rust_type(&endpoint.reply, &vocabulary, &mut imports);
        let row = row_type(endpoint, &vocabulary).map(|row| rust_type(row, &vocabulary, &mut imports));
        let fields = endpoint.params.iter().map(|param| field(param, &vocabulary, &mut imports)).collect();
        let replies = endpoint.types.iter().map(|shape| Reply::of(shape, &vocabulary, &seen, &mut imports)).collect();
        Self {
            module: endpoint.file.stem.clone(),
            spec: endpoint.file.path.clone(),
            name: endpoint.name.value.clone(),
            about: Doc::text(&endpoint.doc),
            doc: doc(endpoint, &call),
            weight: prose::weight(&endpoint.weight),
            annotations: annotations(endpoint, &call, &reply, row.as_deref()),
            call,
            imports,
            fields,
            replies,
        }
    }

    /// Sorts by path, then by method in the usual order.
    pub(crate) fn order(&self) -> (&str, usize) {
        let (method, path) = self.call.split_once(' ').unwrap_or_default();
        (path, ["GET", "POST", "PUT", "DELETE"].iter().position(|known| *known == method).unwrap_or_default())
    }
}

fn doc(endpoint: &Endpoint, call: &str) -> Doc {
    let mut doc = Doc::text(&endpoint.doc);
    doc.blocks.push(Block::Text(prose::facts(endpoint, call)));
    if let Some(retired) = &endpoint.retired {
        let instead = retired.instead.as_ref().map(|call| call.value.to_string()).unwrap_or_default();
        doc.blocks.push(Block::Text(format!("Retired since {}; call `{instead}` instead.", *retired.since)));
    }
    doc.blocks.extend(settle::sentence(endpoint).map(Block::Text));
    doc.blocks.extend(endpoint.notes.iter().flat_map(|note| Doc::text(note).blocks));
    if !endpoint.rules.is_empty() {
        doc.blocks.push(Block::Heading("Rules"));
        doc.blocks.push(Block::Items(endpoint.rules.iter().map(prose::rule).collect()));
    }
    doc.blocks.extend(client_id::section(endpoint));
    doc.blocks.push(Block::Heading("Source"));
    doc.blocks.push(Block::Lines(vec![
        format!("[Vendor's page]({PAGES}{}),", *endpoint.page),
        format!("compared on {}.", *endpoint.checked),
    ]));
    doc
}

fn field(param: &Param, vocabulary: &Vocabulary<'_>, imports: &mut Imports) -> Field {
    let ty = rust_type(&param.ty, vocabulary, imports);
    let texts: Vec<String> = [Some(param.doc.value.clone()), prose::values(param)].into_iter().flatten().collect();
    let bound = |name, bound: &Option<At<Bound>>| {
        let text = match &**bound.as_ref()? {
            Bound::Number(number) => number.clone(),
            Bound::FromNow(span) => format!("now + {}", span.text),
        };
        Some(Entry::says(name, &text))
    };
    let entries = [
        Some(Entry::quoted(&param.wire)),
        param.default.as_ref().map(|default| Entry::says("default", default)),
        bound("min", &param.min),
        bound("max", &param.max),
        bound("above", &param.above),
        bound("below", &param.below),
        param.length.as_ref().map(|length| Entry::says("length", &format!("{}..{}", length.0, length.1))),
        param.chars.as_ref().map(|chars| Entry::says("chars", chars)),
        param.words.as_ref().map(|words| Entry::group("words", words.iter().map(|word| Entry::quoted(word)).collect())),
    ];
    Field {
        doc: Doc::sentences(&texts),
        annotation: Annotation::new("param", entries.into_iter().flatten().collect()),
        name: field_name(param),
        ty: if param.required { ty } else { format!("Option<{ty}>") },
    }
}

/// What a parameter is called in Rust, as a field and as the method that sets it.
pub(super) fn field_name(param: &Param) -> String {
    param.rust.as_ref().map_or_else(|| snake_case(&param.wire), |rust| rust.value.clone())
}

/// The type of one row of a list that comes in parts.
fn row_type<'s>(endpoint: &'s Endpoint, vocabulary: &Vocabulary<'s>) -> Option<&'s TypeUse> {
    let list = match (&endpoint.paging.as_ref()?.rows, &endpoint.reply) {
        (None, reply) => reply,
        (Some(rows), TypeUse::Named(name)) => match vocabulary.find(name)? {
            Meaning::Shape(Shape { body: Body::Fields(fields), .. }) => {
                &fields.iter().find(|field| *field.wire == **rows)?.ty
            }
            _ => return None,
        },
        _ => return None,
    };
    match list {
        TypeUse::List(row) | TypeUse::OneOrMany(row) => Some(row),
        _ => None,
    }
}

fn annotations(endpoint: &Endpoint, call: &str, reply: &str, row: Option<&str>) -> Vec<Annotation> {
    let mut annotations = vec![facts(endpoint, call, reply)];
    annotations.extend(endpoint.forms.iter().map(form));
    annotations.extend(endpoint.rules.iter().map(rule));
    annotations.extend(endpoint.paging.as_ref().map(|paged| paging(paged, row)));
    annotations.extend(endpoint.examples.iter().map(|node| Annotation::example(&example::json(node))));
    annotations
}

fn facts(endpoint: &Endpoint, call: &str, reply: &str) -> Annotation {
    let mut entries = vec![
        Entry::is("group", endpoint.file.group.name),
        Entry::says("call", call),
        Entry::is("access", endpoint.access),
        Entry::is("effect", endpoint.effect),
    ];
    let otherwise = endpoint.weight.otherwise.to_string();
    if endpoint.weight.with.is_empty() {
        entries.push(Entry::is("weight", &otherwise));
    } else {
        let with =
            endpoint.weight.with.iter().map(|(param, count)| Entry::plain(format!("with {} = {count}", **param)));
        entries.push(Entry::group("weight", with.chain([Entry::is("otherwise", &otherwise)]).collect()));
    }
    if endpoint.orders > 0 {
        entries.push(Entry::is("orders", &endpoint.orders.to_string()));
    }
    if !endpoint.caps.is_empty() {
        let cap = |cap: &crate::spec::Cap| Entry::plain(format!("{} per {:?}", cap.calls, cap.per.text));
        entries.push(Entry::group("caps", endpoint.caps.iter().map(cap).collect()));
    }
    entries.push(Entry::says("page", &endpoint.page));
    entries.push(Entry::says("checked", &endpoint.checked));
    if !endpoint.client_ids.is_empty() {
        entries.push(listed("client_id", &endpoint.client_ids));
    }
    entries.extend(settle::entries(endpoint));
    if let Some((retired, call)) = endpoint.retired.as_ref().and_then(|gone| Some((gone, gone.instead.as_ref()?))) {
        let instead = Entry::says("instead", &call.value.to_string());
        entries.push(Entry::group("retired", vec![Entry::says("since", &retired.since), instead]));
    }
    entries.push(Entry::is("reply", reply));
    Annotation { name: "endpoint", entries, tall: true }
}

fn listed(name: &str, names: &[At<String>]) -> Entry {
    Entry::names(name, names.iter().map(|name| name.as_str()))
}

fn form(form: &Constructor) -> Annotation {
    let mut entries = vec![Entry::plain(form.name.as_str()), Entry::says("doc", &form.doc)];
    if !form.set.is_empty() {
        entries.push(Entry::group("set", form.set.iter().map(|(name, value)| Entry::says(name, value)).collect()));
    }
    if !form.take.is_empty() {
        entries.push(listed("take", &form.take));
    }
    Annotation::new("form", entries)
}

fn rule(rule: &Rule) -> Annotation {
    let when = (!rule.when.is_empty()).then(|| Entry::group("when", conditions(&rule.when)));
    Annotation::new("rule", when.into_iter().chain(rule.demands.iter().map(demand)).collect())
}

fn conditions(all: &[Condition]) -> Vec<Entry> {
    let condition = |condition: &Condition| match &condition.state {
        State::Sent => Entry::names("sent", [condition.param.as_str()]),
        State::NotSent => Entry::names("not_sent", [condition.param.as_str()]),
        State::OneOf(values) => one_of(&condition.param, values),
    };
    all.iter().map(condition).collect()
}

/// `positionSide = "LONG" | "SHORT"`
fn one_of(name: &str, values: &[At<String>]) -> Entry {
    let values: Vec<String> = values.iter().map(|value| format!("{:?}", **value)).collect();
    Entry::is(name, &values.join(" | "))
}

fn demand(demand: &Demand) -> Entry {
    match demand {
        Demand::Group(grouping, names) => {
            let name = match grouping {
                Grouping::AtLeastOne => "at_least_one",
                Grouping::ExactlyOne => "exactly_one",
                Grouping::AtMostOne => "at_most_one",
                Grouping::Together => "together",
                Grouping::Need => "need",
                Grouping::Forbid => "forbid",
            };
            listed(name, names)
        }
        Demand::Only(name, values) => Entry::group("only", vec![one_of(name, values)]),
        Demand::Window(window) => Entry::group("window", self::window(window)),
    }
}

fn window(window: &Window) -> Vec<Entry> {
    // A default for no end at all is one for a missing `from` as well, unless the spec tells the cases apart.
    let alone = window.default_from.is_none().then_some(window.default.as_ref()).flatten();
    let default_to = window.default_to.as_ref().or(alone);
    let span = |name, span: &crate::spec::Span| Entry::says(name, &span.text);
    let history = window.history.as_ref().map(|history| {
        if history.unless.is_empty() {
            return span("history", &history.reach);
        }
        let unless = Entry::group("unless", conditions(&history.unless));
        Entry::group("history", vec![Entry::quoted(&history.reach.text), unless])
    });
    let entries = [
        Some(Entry::is("from", &window.from)),
        Some(Entry::is("to", &window.to)),
        window.span.as_ref().map(|(limit, span)| Entry::says("span", &format!("{} {}", limit.as_str(), span.text))),
        window.default.as_ref().map(|length| span("default", length)),
        window.default_from.as_ref().map(|length| span("default_from", length)),
        default_to.map(|length| span("default_to", length)),
        history,
    ];
    entries.into_iter().flatten().collect()
}

fn paging(paging: &Paging, row: Option<&str>) -> Annotation {
    let window = paging.window.as_ref().map(|window| {
        let ends = vec![Entry::is("from", &window.from), Entry::is("to", &window.to)];
        Entry::group("window", ends.into_iter().chain([Entry::says("step", &window.step.text)]).collect())
    });
    let named = |name, value: &Option<At<String>>| value.as_ref().map(|value| Entry::is(name, value));
    let entries = [
        window,
        named("from_id", &paging.from_id),
        named("page", &paging.page),
        named("cap", &paging.cap),
        named("rows", &paging.rows),
        row.map(|row| Entry::is("row", row)),
        named("total", &paging.total),
        Some(listed("key", &paging.key)),
        named("time", &paging.time),
        (!paging.narrow_by.is_empty()).then(|| listed("narrow_by", &paging.narrow_by)),
        paging.names.as_ref().map(|call| Entry::says("names", &call.value.to_string())),
    ];
    Annotation::new("paging", entries.into_iter().flatten().collect())
}
