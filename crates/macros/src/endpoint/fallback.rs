//! Quotes a request with a mistake: the struct, its constructors and an implementation that cannot be reached. Code that uses
//! the request then adds no errors of its own.

use super::expand::{constructors, definition};
use super::model::Model;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn expand(model: &Model) -> TokenStream {
    let Model { root, item, reply, .. } = model;
    let name = &item.ident;
    let definition = definition(model);
    let constructors = constructors(model, &|_| quote!(::core::unreachable!("this request does not compile")));
    let reply = reply.as_ref().map_or_else(|| quote!(bool), |reply| quote!(#reply));
    quote! {
        #definition

        #[allow(unused_mut, unused_variables, reason = "never called")]
        impl #name {
            /// The description of this endpoint.
            pub const INFO: &'static #root::EndpointInfo = #root::EndpointInfo::__BROKEN;

            #constructors
        }

        impl #root::Endpoint for #name {
            type Reply = #reply;

            fn info(&self) -> &'static #root::EndpointInfo {
                Self::INFO
            }

            fn each<'a>(&'a self, _: &mut dyn ::core::ops::FnMut(&'static #root::ParamInfo, #root::Value<'a>)) {}
        }
    }
}
