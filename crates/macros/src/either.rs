//! `#[either]`: from an annotated enum to a reply of several kinds of objects, told apart by their keys.

use crate::item::take_attributes;
use crate::problems::Problems;
use crate::reply::example;
use crate::root::Root;
use crate::through_wire;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Fields, Ident, ItemEnum, LitStr, Type, Variant};

/// One kind of object.
struct Kind {
    variant: Ident,
    ty: Type,
    /// The key that only this kind has; none for the one that is left.
    key: Option<LitStr>,
}

pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut problems = Problems::default();
    let root = Root::from_arguments(arguments, &mut problems);
    let Some(mut parsed) = problems.keep(syn::parse2::<ItemEnum>(item.clone())) else {
        let errors = problems.into_tokens();
        return quote!(#item #errors);
    };
    let example = example(&parsed.ident, &mut parsed.attrs, &root, &mut problems);
    let kinds: Vec<Kind> = parsed.variants.iter_mut().filter_map(|variant| kind(variant, &mut problems)).collect();
    if kinds.last().is_none_or(|last| last.key.is_some()) {
        problems.at(&parsed.ident, "the last variant must be `#[otherwise]`");
    }
    for early in kinds.iter().rev().skip(1).filter(|kind| kind.key.is_none()) {
        problems.at(&early.variant, "only the last variant may be `#[otherwise]`");
    }
    let name = &parsed.ident;
    let keys = kinds.iter().filter_map(|kind| kind.key.as_ref());
    let reads = kinds.iter().enumerate().map(|(number, kind)| {
        let variant = &kind.variant;
        let number = if kind.key.is_some() { quote!(#root::Option::Some(#number)) } else { quote!(_) };
        quote!(#number => #root::Wire::read(from).map(Self::#variant))
    });
    let read = if problems.is_empty() {
        quote!(match from.first_key_of(&[#(#keys),*])? { #(#reads,)* })
    } else {
        quote!(::core::unreachable!("does not compile"))
    };
    let writes = kinds.iter().map(|kind| {
        let variant = &kind.variant;
        quote!(Self::#variant(value) => #root::Wire::write(value, out))
    });
    let rest = (!problems.is_empty()).then(|| quote!(_ => ::core::unreachable!("does not compile"),));
    let schema = schema(&kinds, &root);
    let serde = through_wire::serde(name, &root);
    let errors = problems.into_tokens();
    quote! {
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[non_exhaustive]
        #parsed

        #example

        impl #root::Wire for #name {
            #schema

            fn read(from: &mut #root::JsonReader<'_>) -> #root::Result<Self, #root::ReadError> {
                #read
            }

            fn write(&self, out: &mut #root::JsonWriter) {
                match self {
                    #(#writes,)*
                    #rest
                }
            }
        }

        #serde

        #errors
    }
}

/// The schemas of all kinds, with the keys that tell them apart.
fn schema(kinds: &[Kind], root: &Root) -> TokenStream {
    let (keyed, rest): (Vec<&Kind>, Vec<&Kind>) = kinds.iter().partition(|kind| kind.key.is_some());
    let keyed = keyed.into_iter().map(|Kind { key, ty, .. }| quote!((#key, <#ty as #root::Wire>::SCHEMA)));
    let otherwise = rest.first().map(|Kind { ty, .. }| quote!(<#ty as #root::Wire>::SCHEMA));
    let otherwise = otherwise.unwrap_or_else(|| quote!(#root::Schema::Text));
    quote! {
        const SCHEMA: #root::Schema = #root::Schema::Either { kinds: &[#(#keyed),*], otherwise: &#otherwise };
    }
}

fn kind(variant: &mut Variant, problems: &mut Problems) -> Option<Kind> {
    let attributes = take_attributes(&mut variant.attrs, &["when", "otherwise"]);
    let [attribute] = attributes.as_slice() else {
        problems.at(&variant.ident, "expected `#[when(\"key\")]` or `#[otherwise]`");
        return None;
    };
    let key =
        if attribute.path().is_ident("when") { Some(problems.keep(attribute.parse_args::<LitStr>())?) } else { None };
    match &variant.fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            Some(Kind { variant: variant.ident.clone(), ty: fields.unnamed[0].ty.clone(), key })
        }
        _ => {
            problems.at(&variant.ident, "expected the type of this kind: `Name(Type)`");
            None
        }
    }
}
