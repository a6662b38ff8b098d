//! The one path under which expanded code finds the library.

use crate::entry::entries;
use crate::problems::Problems;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// `::binance_papi`, unless `crate = ..` names the dependency differently.
#[derive(Clone)]
pub(crate) struct Root(syn::Path);

impl Default for Root {
    fn default() -> Self {
        Self(syn::parse_quote!(::binance_papi))
    }
}

impl Root {
    pub(crate) fn new(path: syn::Path) -> Self {
        Self(path)
    }

    /// Reads the only argument of a reply or of words, which is `crate = path`.
    pub(crate) fn from_arguments(arguments: TokenStream, problems: &mut Problems) -> Self {
        let mut root = Self::default();
        for entry in entries(arguments, problems) {
            if entry.name == "crate" {
                root = entry.value("path", problems).map_or(root, Self);
            } else {
                problems.at(&entry.name, format!("{} is not expected here", entry.name));
            }
        }
        root
    }
}

impl ToTokens for Root {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let path = &self.0;
        tokens.extend(quote!(#path::__rt));
    }
}
