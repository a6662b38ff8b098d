//! Quotes what a checked model says of its endpoint: the static description with parameters, rules and paging.

use super::check::split_call;
use super::model::{
    Ask, CompleteArguments, Condition, Demand, Edge, Keeps, Limit, Model, Openness, Paging, Param, Shows, SpanLimit,
    State, StateWords, Weight, Window,
};
use crate::item::first_paragraph;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, LitStr};

const PAGES: &str = "https://developers.binance.com/docs/derivatives/portfolio-margin/";

/// The description of the endpoint, as an expression.
pub(super) fn endpoint(model: &Model, arguments: &CompleteArguments) -> TokenStream {
    let Model { root, item, .. } = model;
    let name = item.ident.to_string();
    let group = pascal(&arguments.group.to_string());
    let call = arguments.call.value();
    let (method, path) = split_call(&call).unwrap_or_default();
    let method = format_ident!("{method}");
    let doc = first_paragraph(&item.attrs);
    let page = match arguments.page.value() {
        page if page.contains("://") => page,
        page => format!("{PAGES}{page}"),
    };
    let checked = &arguments.checked;
    let access = pascal(&arguments.access.to_string());
    let effect = pascal(&arguments.effect.to_string());
    let weight = match &arguments.weight {
        Weight::Fixed(weight) => quote!(#root::Weight::Fixed(#weight)),
        Weight::ByParam { with, otherwise } => {
            let cases = with.iter().map(|(param, weight)| {
                let param = param.to_string();
                quote!((#param, #weight))
            });
            quote!(#root::Weight::ByParam { with: &[#(#cases),*], otherwise: #otherwise })
        }
    };
    let reply = &arguments.reply;
    let extras = extras(model, arguments);
    quote! {
        &#root::EndpointInfo::__new(
            #name,
            #root::Group::#group,
            #root::Method::#method,
            #path,
            (
            |pairs| Self::from_pairs(pairs).map(|request| #root::Box::new(request) as #root::Box<dyn #root::Endpoint>),
            #root::reprint::<#reply>,
            #root::find_drift::<#reply>,
            ),
        )
        .__docs(#doc, #page, #checked)
        .__nature(#root::Access::#access, #root::Effect::#effect, #weight)
        .__params(Self::PARAMS, Self::RULES)
        .__reply(<#reply as #root::Wire>::FORM)
        #extras
    }
}

/// The parts of the description that most endpoints do not have.
fn extras(model: &Model, arguments: &CompleteArguments) -> TokenStream {
    let Model { root, examples, .. } = model;
    let mut extras = TokenStream::new();
    if let Some(orders) = &arguments.orders {
        extras.extend(quote!(.__order_cost(#orders)));
    }
    if !arguments.caps.is_empty() {
        let caps = arguments.caps.iter().map(|cap| {
            let (calls, per) = (&cap.calls, cap.per.quote(root));
            quote!(#root::CallCap { calls: #calls, per: #per })
        });
        extras.extend(quote!(.__caps(&[#(#caps),*])));
    }
    if !arguments.client_id.is_empty() {
        let names = texts(&arguments.client_id);
        extras.extend(quote!(.__client_ids(#names)));
    }
    if !arguments.settle.is_empty() {
        let asks = arguments.settle.iter().map(|ask| quote_ask(model, ask));
        extras.extend(quote!(.__settle(&[#(#asks),*])));
    }
    if let Some(call) = &arguments.shown_by {
        let call = quote_call(model, call);
        extras.extend(quote!(.__shown_by(#call)));
    }
    if let Some(retired) = &arguments.retired {
        let (since, instead) = (&retired.since, &retired.instead);
        extras.extend(quote!(.__retired(#root::Retired { since: #since, instead: #instead })));
    }
    if let Some(paging) = &model.paging {
        let paging = quote_paging(model, paging);
        extras.extend(quote!(.__paging(#paging)));
    }
    if !examples.is_empty() {
        extras.extend(quote!(.__examples(&[#(#examples),*])));
    }
    extras
}

fn quote_ask(model: &Model, ask: &Ask) -> TokenStream {
    let root = &model.root;
    let (call, with) = (quote_call(model, &ask.call), text_pairs(&ask.with));
    let shows = match &ask.shows {
        Shows::Found(Keeps::For(span)) => {
            let span = span.quote(root);
            quote!(Found { keeps: #root::Keeps::For(#span) })
        }
        Shows::Found(Keeps::OpenOnly) => quote!(Found { keeps: #root::Keeps::OpenOnly }),
        Shows::NothingLeft => quote!(NothingLeft),
        Shows::Fields { same, state } => {
            let same = text_pairs(same);
            let state = state.as_ref().map(|words| quote_state(model, words));
            let state = state.map_or_else(|| quote!(None), |state| quote!(Some(#state)));
            quote!(Fields { same: #same, state: #root::Option::#state })
        }
    };
    let mut quoted = quote!(#root::SettleCall::__new(#call, #with).__shows(#root::Shows::#shows));
    for (setter, field) in [("__each", &ask.each), ("__since", &ask.since)] {
        if let Some(field) = field.as_ref().map(ToString::to_string) {
            let setter = format_ident!("{setter}");
            quoted.extend(quote!(.#setter(#field)));
        }
    }
    quoted
}

fn quote_state(model: &Model, StateWords { field, acted, open, ended }: &StateWords) -> TokenStream {
    let (root, field) = (&model.root, field.to_string());
    quote! {
        #root::StateWords { field: #field, acted: &[#(#acted),*], open: &[#(#open),*], ended: &[#(#ended),*] }
    }
}

/// The method and the path of a call, as two arguments.
fn quote_call(model: &Model, call: &LitStr) -> TokenStream {
    let (root, call) = (&model.root, call.value());
    let (method, path) = split_call(&call).unwrap_or_default();
    let method = format_ident!("{method}");
    quote!(#root::Method::#method, #path)
}

fn text_pairs(pairs: &[(Ident, Ident)]) -> TokenStream {
    let pairs = pairs.iter().map(|(theirs, ours)| {
        let (theirs, ours) = (theirs.to_string(), ours.to_string());
        quote!((#theirs, #ours))
    });
    quote!(&[#(#pairs),*])
}

/// The description of one parameter, as an expression.
pub(super) fn param(model: &Model, param: &Param) -> TokenStream {
    let Model { root, .. } = model;
    let (wire, doc, ty) = (&param.wire, &param.doc, &param.ty);
    let type_name = quote!(#ty).to_string().replace(' ', "");
    let mut info = quote!(#root::ParamInfo::__new(#wire, #doc, #type_name, <#ty as #root::ParamValue>::KIND));
    if param.required {
        info.extend(quote!(.__required()));
    }
    if let Some(default) = &param.default {
        info.extend(quote!(.__default(#default)));
    }
    if let Some(edge) = &param.min {
        let edge = quote_edge(model, edge);
        info.extend(quote!(.__min(#edge)));
    }
    if let Some(edge) = &param.max {
        let edge = quote_edge(model, edge);
        info.extend(quote!(.__max(#edge)));
    }
    if let Some((shortest, longest)) = param.length {
        info.extend(quote!(.__length(#shortest, #longest)));
    }
    if let Some(chars) = &param.chars {
        info.extend(quote!(.__chars(#chars)));
    }
    let words = &param.words;
    if words.is_empty() {
        info.extend(quote!(.__words(<#ty as #root::ParamValue>::WORDS)));
    } else {
        info.extend(quote!(.__words(&[#(#words),*])));
    }
    info
}

fn quote_edge(model: &Model, edge: &Edge) -> TokenStream {
    let root = &model.root;
    match (&edge.limit, edge.open) {
        (Limit::Number(number), Openness::Closed) => quote!(#root::Edge::Closed(#number)),
        (Limit::Number(number), Openness::Open) => quote!(#root::Edge::Open(#number)),
        (Limit::FromNow(span), Openness::Closed) => {
            let span = span.quote(root);
            quote!(#root::Edge::ClosedFromNow(#span))
        }
        (Limit::FromNow(span), Openness::Open) => {
            let span = span.quote(root);
            quote!(#root::Edge::OpenFromNow(#span))
        }
    }
}

/// One rule for each demand: the conditions are shared by writing them out.
pub(super) fn rules(model: &Model) -> Vec<TokenStream> {
    let root = &model.root;
    let quote_rule = |when: &[Condition], demand: &Demand| {
        let (when, demand) = (quote_conditions(model, when), quote_demand(model, demand));
        quote!(#root::Rule { when: #when, demand: #demand })
    };
    model.rules.iter().flat_map(|rule| rule.demands.iter().map(|demand| quote_rule(&rule.when, demand))).collect()
}

fn quote_conditions(model: &Model, conditions: &[Condition]) -> TokenStream {
    let root = &model.root;
    let conditions = conditions.iter().map(|condition| {
        let param = condition.param.to_string();
        let state = match &condition.state {
            State::Present => quote!(#root::State::Present),
            State::Absent => quote!(#root::State::Absent),
            State::OneOf(values) => quote!(#root::State::OneOf(&[#(#values),*])),
        };
        quote!(#root::Condition { param: #param, state: #state })
    });
    quote!(&[#(#conditions),*])
}

fn quote_demand(model: &Model, demand: &Demand) -> TokenStream {
    let root = &model.root;
    let (variant, params) = match demand {
        Demand::AtLeastOne(params) => ("AtLeastOne", params),
        Demand::ExactlyOne(params) => ("ExactlyOne", params),
        Demand::AtMostOne(params) => ("AtMostOne", params),
        Demand::Together(params) => ("Together", params),
        Demand::Need(params) => ("Required", params),
        Demand::Forbid(params) => ("Forbidden", params),
        Demand::Only(param, values) => {
            let param = param.to_string();
            return quote!(#root::Demand::Only { param: #param, values: &[#(#values),*] });
        }
        Demand::Window(window) => {
            let window = quote_window(model, window);
            return quote!(#root::Demand::Window(#window));
        }
    };
    let (variant, params) = (format_ident!("{variant}"), texts(params));
    quote!(#root::Demand::#variant(#params))
}

fn quote_window(model: &Model, window: &Window) -> TokenStream {
    let root = &model.root;
    let (from, to) = (window.from.to_string(), window.to.to_string());
    let mut quoted = quote!(#root::Window::__new(#from, #to));
    if let Some(limit) = &window.span {
        let limit = match limit {
            SpanLimit::AtMost(span) => {
                let span = span.quote(root);
                quote!(#root::SpanLimit::AtMost(#span))
            }
            SpanLimit::Under(span) => {
                let span = span.quote(root);
                quote!(#root::SpanLimit::Under(#span))
            }
        };
        quoted.extend(quote!(.__span(#limit)));
    }
    let defaults =
        [("__default", window.default), ("__default_from", window.default_from), ("__default_to", window.default_to)];
    for (setter, span) in defaults {
        if let Some(span) = span.map(|span| span.quote(root)) {
            let setter = format_ident!("{setter}");
            quoted.extend(quote!(.#setter(#span)));
        }
    }
    if let Some(history) = &window.history {
        let (span, unless) = (history.reach.quote(root), quote_conditions(model, &history.unless));
        quoted.extend(quote!(.__history(#root::History { span: #span, unless: #unless })));
    }
    quoted
}

fn quote_paging(model: &Model, paging: &Paging) -> TokenStream {
    let root = &model.root;
    let (key, narrow_by) = (texts(&paging.key), texts(&paging.narrow_by));
    let row = &paging.row;
    let mut quoted = quote!(#root::Paging::__new(#key, #narrow_by, #root::reprint::<#row>));
    if let Some((from, to, step)) = &paging.window {
        let (from, to, step) = (from.to_string(), to.to_string(), step.quote(root));
        quoted.extend(quote!(.__window(#from, #to, #step)));
    }
    let names = [
        ("__cap", &paging.cap),
        ("__from_id", &paging.from_id),
        ("__page", &paging.page),
        ("__rows", &paging.rows),
        ("__total", &paging.total),
        ("__time", &paging.time),
    ];
    for (setter, name) in names {
        if let Some(name) = name.as_ref().map(ToString::to_string) {
            let setter = format_ident!("{setter}");
            quoted.extend(quote!(.#setter(#name)));
        }
    }
    if let Some(call) = &paging.names {
        let call = call.value();
        let (method, path) = split_call(&call).unwrap_or_default();
        let method = format_ident!("{method}");
        quoted.extend(quote!(.__names(#root::Method::#method, #path)));
    }
    quoted
}

fn texts(idents: &[Ident]) -> TokenStream {
    let texts = idents.iter().map(|ident| LitStr::new(&ident.to_string(), ident.span()));
    quote!(&[#(#texts),*])
}

/// `USER_DATA` and `um` as `UserData` and `Um`.
fn pascal(word: &str) -> Ident {
    let text: String = word
        .split('_')
        .map(|part| {
            let (first, rest) = part.split_at(part.len().min(1));
            first.to_uppercase() + &rest.to_lowercase()
        })
        .collect();
    format_ident!("{text}")
}
