//! Quotes a model: the struct, its constructors and setters, its description, and its implementation of `Endpoint`.

use super::model::{Constructor, Model, Param};
use crate::item::first_paragraph;
use proc_macro2::{Span, TokenStream};
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
    }
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
    let named = constructors.iter().map(|Constructor { name, doc, set, take }| {
        let find = |wire: &Ident| params.iter().find(|param| *wire == param.wire.value());
        let (doc, taken) = (format!(" {}", doc.value()), take.iter().filter_map(find).collect::<Vec<_>>());
        constructor(name, quote!(#[doc = #doc]), set, &taken)
    });
    quote!(#(#named)* #(#setters)*)
}

/// The value that a constructor sets, from its text.
fn literal(model: &Model, param: &Param, text: &LitStr) -> TokenStream {
    let (root, ty) = (&model.root, &param.ty);
    match syn::parse_str::<syn::Lit>(&text.value()) {
        Ok(literal) if is_primitive(param) => quote!(#literal),
        _ => quote!(<#ty as #root::From<&str>>::from(#text)),
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
