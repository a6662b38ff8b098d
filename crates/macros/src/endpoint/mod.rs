//! `#[endpoint]`: from an annotated struct to a request that describes itself.
//!
//! parse -> model -> check -> expand; after a mistake, fallback instead of expand.

mod check;
mod describe;
mod expand;
mod fallback;
mod model;
mod parse;
mod parse_rules;
mod parse_settle;

use crate::problems::Problems;
use proc_macro2::TokenStream;

pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut problems = Problems::default();
    let Some(model) = parse::parse(arguments, item.clone(), &mut problems) else {
        // Not a struct we can work with: give it back as it came, with the reason.
        let errors = problems.into_tokens();
        return quote::quote!(#item #errors);
    };
    check::check(&model, &mut problems);
    match model.arguments.complete() {
        Some(arguments) if problems.is_empty() => expand::expand(&model, &arguments),
        _ => {
            let errors = problems.into_tokens();
            let fallback = fallback::expand(&model);
            quote::quote!(#fallback #errors)
        }
    }
}
