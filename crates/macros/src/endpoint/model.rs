//! What an annotated request says, as data. Identifiers and expressions keep their place in the source, for messages.

use crate::root::Root;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote_spanned};
use syn::{Expr, Ident, ItemStruct, LitStr, Type};

/// An annotated request.
pub(super) struct Model {
    pub(super) root: Root,
    /// The struct without our attributes.
    pub(super) item: ItemStruct,
    pub(super) reply: Option<Type>,
    /// The type of one row, for a list that comes in parts.
    pub(super) row: Option<Type>,
    /// What is said of the endpoint.
    pub(super) facts: Vec<Fact>,
    pub(super) params: Vec<Param>,
    pub(super) constructors: Vec<Constructor>,
    pub(super) examples: Vec<LitStr>,
}

/// One thing that is said of an endpoint or a parameter: `key = expression`, which stands for a call of the method `key`.
pub(super) struct Fact {
    pub(super) key: Ident,
    pub(super) value: Expr,
}

impl ToTokens for Fact {
    /// The call of the method, so that messages about it point at the key. Lists are written without `&`.
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { key, value } = self;
        tokens.extend(if let Expr::Array(_) = value {
            quote_spanned!(key.span()=> .#key(&#value))
        } else {
            quote_spanned!(key.span()=> .#key(#value))
        });
    }
}

/// A field that is a parameter.
pub(super) struct Param {
    pub(super) field: Ident,
    pub(super) wire: LitStr,
    /// The value's type, without `Option`.
    pub(super) ty: Type,
    pub(super) required: bool,
    pub(super) doc: String,
    pub(super) docs: Vec<syn::Attribute>,
    pub(super) facts: Vec<Fact>,
}

/// A named constructor.
pub(super) struct Constructor {
    pub(super) name: Ident,
    pub(super) doc: LitStr,
    /// What to call in its place.
    pub(super) deprecated: Option<LitStr>,
    pub(super) set: Vec<(Ident, LitStr)>,
    pub(super) take: Vec<Ident>,
}
