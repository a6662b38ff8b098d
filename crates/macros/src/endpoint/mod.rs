//! `#[endpoint]`: from an annotated struct to a request that describes itself.
//!
//! parse -> model -> expand; after a mistake, fallback instead of expand. The facts in the annotations are Rust and stay as
//! they are: the argument `key = expression` becomes a call of the method `key`.

mod constructor;
mod expand;
mod fallback;
mod model;
mod parse;

use crate::problems::Problems;
use proc_macro2::TokenStream;

pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut problems = Problems::default();
    let Some(model) = parse::parse(arguments, item.clone(), &mut problems) else {
        // The item is not a struct with named fields. It is returned unchanged, with the reason.
        let errors = problems.into_tokens();
        return quote::quote!(#item #errors);
    };
    match &model.reply {
        Some(reply) if problems.is_empty() => expand::expand(&model, reply),
        _ => {
            let errors = problems.into_tokens();
            let fallback = fallback::expand(&model);
            quote::quote!(#fallback #errors)
        }
    }
}
