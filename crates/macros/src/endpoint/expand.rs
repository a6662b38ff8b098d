//! Quotes a model: the struct, its constructors and setters, its description, and its implementation of `Endpoint`.

use super::model::{Constructor, Model, Param};
use crate::item::first_paragraph;
use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::quote;
use syn::{Ident, LitStr, Type};

pub(super) fn expand(model: &Model, reply: &Type) -> TokenStream {
    let Model { root, item, params, .. } = model;
    let name = &item.ident;
    let definition = definition(model);
    let constructors = constructors(model, &|body| body);
    let info = info(model, reply);
    let infos = params.iter().map(|param| param_info(model, param));
    let visits = params.iter().enumerate().map(|(index, param)| {
        let field = &param.field;
        let visit = quote!(visit(&Self::PARAMS[#index], #root::ParamValue::value(value)));
        if param.required {
            quote!({ let value = &self.#field; #visit; })
        } else {
            quote!(if let #root::Option::Some(value) = &self.#field { #visit; })
        }
    });
    let from_pairs = from_pairs(model);
    let checks = checks(model);
    let paged = model.row.as_ref().map(|row| {
        quote! {
            impl #root::Paged for #name {
                type Row = #row;
            }
        }
    });
    quote! {
        #definition

        impl #name {
            /// The description of this endpoint.
            pub const INFO: &'static #root::EndpointInfo = #info;
            const PARAMS: &'static [#root::ParamInfo] = &[#(#infos),*];

            #constructors
            #from_pairs
        }

        impl #root::Endpoint for #name {
            type Reply = #reply;

            fn info(&self) -> &'static #root::EndpointInfo {
                Self::INFO
            }

            #[allow(unused_variables, reason = "an endpoint may have no parameters")]
            fn each<'a>(&'a self, visit: &mut dyn ::core::ops::FnMut(&'static #root::ParamInfo, #root::Value<'a>)) {
                #(#visits)*
            }
        }

        #paged

        #checks
    }
}

/// The arguments whose values can contradict each other or the parameters. Each has a function of its name that stops
/// compilation then.
const CHECKED: [&str; 12] = [
    "call",
    "weight",
    "orders",
    "caps",
    "doc_url",
    "verified_on",
    "client_ids",
    "settle",
    "shown_by",
    "retired",
    "constraints",
    "paging",
];

/// The checks that the compiler evaluates, each at the word that it is about, so that a mistake is one message there.
fn checks(model: &Model) -> TokenStream {
    let Model { root, item, params, constructors, facts, .. } = model;
    let name = &item.ident;
    let check = |place: Span, function: &Ident, further: TokenStream| {
        placed(quote!(const _: () = #root::static_check::#function(#name::INFO #further);), place)
    };
    let word = |word| Ident::new(word, Span::call_site());
    let of_names = check(name.span(), &word("params"), TokenStream::new());
    let of_facts = facts.iter().filter(|fact| CHECKED.iter().any(|key| fact.key == key)).map(|fact| {
        let place = fact.key.span();
        check(place, &fact.key, TokenStream::new())
    });
    let of_params = params
        .iter()
        .enumerate()
        .filter(|(_, param)| !param.facts.is_empty())
        .map(|(index, param)| check(param.wire.span(), &word("param"), quote!(, #index)));
    let of_values = constructors.iter().flat_map(|constructor| &constructor.set).filter_map(|(wire, text)| {
        let index = params.iter().position(|param| *wire == param.wire.value())?;
        Some(check(text.span(), &word("value"), quote!(, #index, #text)))
    });
    quote!(#of_names #(#of_facts)* #(#of_params)* #(#of_values)*)
}

/// Moves tokens to a place, so that messages about any of them point there.
fn placed(tokens: TokenStream, place: Span) -> TokenStream {
    let moved = tokens.into_iter().map(|mut token| {
        if let TokenTree::Group(group) = &token {
            token = TokenTree::Group(Group::new(group.delimiter(), placed(group.stream(), place)));
        }
        token.set_span(place);
        token
    });
    moved.collect()
}

/// The description of the endpoint, as an expression. Only what the annotation says sees the names of the vocabulary, so
/// that they do not hide types of the caller.
fn info(model: &Model, reply: &Type) -> TokenStream {
    let Model { root, item, facts, examples, row, .. } = model;
    let (name, doc) = (item.ident.to_string(), first_paragraph(&item.attrs));
    let row = row.as_ref().map(|row| quote!(.__row(#root::reprint::<#row>)));
    let examples = (!examples.is_empty()).then(|| quote!(.__examples(&[#(#examples),*])));
    let info = Ident::new("info", Span::mixed_site());
    quote! {
        {
            let #info = #root::EndpointInfo::new(
                #name,
                #doc,
                Self::PARAMS,
                <#reply as #root::Wire>::SCHEMA,
                |pairs| Self::from_pairs(pairs).map(|request| #root::Box::new(request) as #root::Box<dyn #root::Endpoint>),
                #root::reprint::<#reply>,
            )#row #examples;
            {
                #[allow(unused_imports, reason = "not every endpoint needs the vocabulary")]
                use #root::spec::*;
                &#info #(#facts)*
            }
        }
    }
}

/// The description of one parameter, as an expression.
fn param_info(model: &Model, param: &Param) -> TokenStream {
    let Model { root, .. } = model;
    let Param { wire, doc, ty, facts, .. } = param;
    let type_name = quote!(#ty).to_string().replace(' ', "");
    let required = param.required.then(|| quote!(.required()));
    quote! {
        #root::ParamInfo::new(
            #wire,
            #doc,
            #type_name,
            <#ty as #root::ParamValue>::KIND,
            <#ty as #root::ParamValue>::WORDS,
        )#required #(#facts)*
    }
}

/// The struct itself, with what every request has.
pub(super) fn definition(model: &Model) -> TokenStream {
    let item = &model.item;
    quote! {
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        #item
    }
}

/// `new` or the named constructors, and a setter for each optional parameter. `body` may replace what the functions do.
pub(super) fn constructors(model: &Model, body: &dyn Fn(TokenStream) -> TokenStream) -> TokenStream {
    let Model { root, params, constructors, .. } = model;
    let setters = params.iter().filter(|param| !param.required).map(|param| {
        let (field, docs, argument) = (&param.field, &param.docs, argument(model, param));
        let value = converted(param);
        let body = body(quote! {
            self.#field = #root::Option::Some(#value);
            self
        });
        quote! {
            #(#docs)*
            #[must_use]
            pub fn #field(mut self, #argument) -> Self {
                #body
            }
        }
    });
    let constructor = |name: &Ident, attributes: TokenStream, set: &[(Ident, LitStr)], taken: &[&Param]| {
        let arguments = taken.iter().map(|param| argument(model, param));
        let fields = params.iter().map(|param| {
            let (field, wire) = (&param.field, param.wire.value());
            let set = set.iter().find(|(name, _)| *name == wire).map(|(_, text)| literal(model, param, text));
            let value = set.or_else(|| taken.iter().any(|taken| taken.field == *field).then(|| converted(param)));
            match value {
                Some(value) if param.required => quote!(#field: #value),
                Some(value) => quote!(#field: #root::Option::Some(#value)),
                None => quote!(#field: #root::Option::None),
            }
        });
        let body = body(quote!(Self { #(#fields),* }));
        quote! {
            #attributes
            pub fn #name(#(#arguments),*) -> Self {
                #body
            }
        }
    };
    if constructors.is_empty() {
        let required: Vec<&Param> = params.iter().filter(|param| param.required).collect();
        let doc = if required.is_empty() {
            " Returns a request without parameters; each parameter has a method of its name that sets it."
        } else {
            " Returns a request with its required parameters; each other parameter has a method of its name that sets it."
        };
        let attributes = quote! {
            #[doc = #doc]
            #[allow(clippy::new_without_default, reason = "a request is built on purpose")]
        };
        let new = constructor(&Ident::new("new", Span::call_site()), attributes, &[], &required);
        return quote!(#new #(#setters)*);
    }
    let named = constructors.iter().map(|Constructor { name, doc, deprecated, set, take }| {
        let find = |wire: &Ident| params.iter().find(|param| *wire == param.wire.value());
        let (doc, taken) = (format!(" {}", doc.value()), take.iter().filter_map(find).collect::<Vec<_>>());
        let deprecated = deprecated.as_ref().map(|instead| quote!(#[deprecated(note = #instead)]));
        constructor(name, quote!(#[doc = #doc] #deprecated), set, &taken)
    });
    quote!(#(#named)* #(#setters)*)
}

/// The value that a constructor sets, from its text.
fn literal(model: &Model, param: &Param, text: &LitStr) -> TokenStream {
    let (root, ty) = (&model.root, &param.ty);
    if !is_primitive(param) {
        return quote!(<#ty as #root::From<&str>>::from(#text));
    }
    let is_bool = matches!(ty, Type::Path(path) if path.path.is_ident("bool"));
    match syn::parse_str::<syn::Lit>(&text.value()) {
        Ok(literal @ syn::Lit::Bool(_)) if is_bool => quote!(#literal),
        Ok(literal @ syn::Lit::Int(_)) if !is_bool => quote!(#literal),
        // The check of the value says what is wrong.
        _ => quote!(::core::unreachable!("does not compile")),
    }
}

/// Numbers and switches are taken as they are, so that literals work; everything else is converted.
fn is_primitive(param: &Param) -> bool {
    matches!(&param.ty, syn::Type::Path(path) if ["bool", "u16", "u32", "i64"].iter().any(|name| path.path.is_ident(name)))
}

fn argument(model: &Model, param: &Param) -> TokenStream {
    let (root, field, ty) = (&model.root, &param.field, &param.ty);
    if is_primitive(param) { quote!(#field: #ty) } else { quote!(#field: impl #root::Into<#ty>) }
}

fn converted(param: &Param) -> TokenStream {
    let field = &param.field;
    if is_primitive(param) { quote!(#field) } else { quote!(#field.into()) }
}

fn from_pairs(model: &Model) -> TokenStream {
    let Model { root, params, .. } = model;
    // Locals beside those named after fields must not meet them.
    let [pairs, reading, request] = ["pairs", "reading", "request"].map(|name| Ident::new(name, Span::mixed_site()));
    let fields: Vec<_> = params.iter().map(|param| &param.field).collect();
    let reads = params.iter().enumerate().map(|(index, param)| {
        let field = &param.field;
        let read = if param.required { quote!(required) } else { quote!(optional) };
        quote!(let #field = #reading.#read(&Self::PARAMS[#index]);)
    });
    let required: Vec<_> = params.iter().filter(|param| param.required).map(|param| &param.field).collect();
    let built = if required.is_empty() {
        quote!(#root::Option::Some(Self { #(#fields),* }))
    } else {
        quote! {
            match (#(#required,)*) {
                (#(#root::Option::Some(#required),)*) => #root::Option::Some(Self { #(#fields),* }),
                _ => #root::Option::None,
            }
        }
    };
    quote! {
        /// Reads the request from names and values as they would be sent. The error lists every unknown name, missing
        /// parameter and unreadable text; `check` applies the constraints.
        pub fn from_pairs(#pairs: &[(&str, &str)]) -> #root::Result<Self, #root::Invalid> {
            #[allow(unused_mut, reason = "an endpoint may have no parameters")]
            let mut #reading = #root::Pairs::new(Self::INFO, #pairs);
            #(#reads)*
            let #request = #built;
            #reading.finish(#request)
        }
    }
}
