//! `#[reply]`: from an annotated struct to one that is read leniently and printed as the wire does.

use crate::item::{inside_option, named_fields, take_attributes};
use crate::problems::Problems;
use crate::root::Root;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Field, Ident, ItemStruct, LitStr, parse_quote};

pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut problems = Problems::default();
    let root = Root::from_arguments(arguments, &mut problems);
    let parsed = problems.keep(syn::parse2::<ItemStruct>(item.clone()));
    let Some(mut parsed) = parsed.filter(|parsed| problems.keep(named_fields(parsed)).is_some()) else {
        let errors = problems.into_tokens();
        return quote!(#item #errors);
    };
    let example = example(&parsed.ident, &mut parsed.attrs, &root, &mut problems);
    let schemas: Vec<_> = parsed.fields.iter_mut().filter_map(|field| annotate(field, &root, &mut problems)).collect();
    let name = &parsed.ident;
    let serde = root.text("serde");
    let errors = problems.into_tokens();
    quote! {
        #[derive(Debug, Clone, PartialEq, Eq, #root::serde::Serialize, #root::serde::Deserialize)]
        #[serde(crate = #serde)]
        #[non_exhaustive]
        #parsed

        #example

        impl #root::Wire for #name {
            const SCHEMA: #root::Schema = #root::Schema::Object(&[#(#schemas),*]);

            fn read<'de, D: #root::serde::Deserializer<'de>>(from: D) -> #root::Result<Self, D::Error> {
                #root::read_object(from)
            }

            fn write<S: #root::serde::Serializer>(&self, out: S) -> #root::Result<S::Ok, S::Error> {
                #root::serde::Serialize::serialize(self, out)
            }
        }

        #errors
    }
}

/// Takes `#[example(r#"{..}"#)]` off a reply type and turns it into its `example()`.
pub(crate) fn example(
    name: &Ident,
    attributes: &mut Vec<Attribute>,
    root: &Root,
    problems: &mut Problems,
) -> Option<TokenStream> {
    let examples = take_attributes(attributes, &["example"]);
    for extra in examples.iter().skip(1) {
        problems.at(extra, "a reply type has one example; further ones belong to the endpoint");
    }
    let json = problems.keep(examples.first()?.parse_args::<LitStr>())?;
    Some(quote! {
        impl #name {
            /// Returns a documented example, for tests. Its fields can be changed.
            pub fn example() -> Self {
                #root::example(#json)
            }
        }
    })
}

/// Turns `#[field("wireName")]` into serde's attributes, and returns the description of the field.
fn annotate(field: &mut Field, root: &Root, problems: &mut Problems) -> Option<TokenStream> {
    let Some(attribute) = take_attributes(&mut field.attrs, &["field"]).pop() else {
        problems.at(&field.ident, "every field of a reply needs `#[field(\"wireName\")]`");
        return None;
    };
    let wire = problems.keep(attribute.parse_args::<LitStr>())?;
    let with = root.text("wire");
    field.attrs.push(parse_quote!(#[serde(rename = #wire, with = #with)]));
    if inside_option(&field.ty).is_some() {
        let is_none = root.text("Option::is_none");
        field.attrs.push(parse_quote!(#[serde(default, skip_serializing_if = #is_none)]));
    }
    let ty = &field.ty;
    Some(quote!(#root::Field { name: #wire, schema: <#ty as #root::Wire>::SCHEMA }))
}
