//! Serde's own traits for a type that is read and printed through `Wire`, so that users can store it.

use crate::root::Root;
use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

pub(crate) fn serde(name: &Ident, root: &Root) -> TokenStream {
    quote! {
        impl #root::serde::Serialize for #name {
            fn serialize<S: #root::serde::Serializer>(&self, out: S) -> #root::Result<S::Ok, S::Error> {
                #root::serialize(self, out)
            }
        }

        impl<'de> #root::serde::Deserialize<'de> for #name {
            fn deserialize<D: #root::serde::Deserializer<'de>>(from: D) -> #root::Result<Self, D::Error> {
                #root::deserialize(from)
            }
        }
    }
}
