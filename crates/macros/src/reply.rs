//! `#[reply]`: from an annotated struct to one that is read leniently and printed as the wire does.

use crate::item::{inside_option, named_fields, take_attributes};
use crate::problems::Problems;
use crate::root::Root;
use crate::through_wire;
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Attribute, Field, Ident, ItemStruct, LitStr, Type};

pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut problems = Problems::default();
    let root = Root::from_arguments(arguments, &mut problems);
    let parsed = problems.keep(syn::parse2::<ItemStruct>(item.clone()));
    let Some(mut parsed) = parsed.filter(|parsed| problems.keep(named_fields(parsed)).is_some()) else {
        let errors = problems.into_tokens();
        return quote!(#item #errors);
    };
    let example = example(&parsed.ident, &mut parsed.attrs, &root, &mut problems);
    let event = event(&mut parsed.attrs, &mut problems);
    let fields: Vec<_> = parsed.fields.iter_mut().filter_map(|field| annotated(field, &mut problems)).collect();
    let is_whole = problems.is_empty();
    let name = &parsed.ident;
    let tag = event.iter().map(|event| quote!(#root::Field { name: "e", schema: #root::Schema::Word(&[#event]) }));
    let schemas = fields
        .iter()
        .map(|WireField { key, ty, .. }| quote!(#root::Field { name: #key, schema: <#ty as #root::Wire>::SCHEMA }));
    let schemas = tag.chain(schemas);
    // Of another hygiene than the fields, one of which may have the same name.
    let from = Ident::new("from", Span::mixed_site());
    let read = if is_whole {
        read(event.as_ref(), &fields, &from, &root)
    } else {
        quote!(::core::unreachable!("does not compile"))
    };
    let write_tag = event.iter().map(|event| quote!(out.tag("e", #event);));
    let writes = fields.iter().map(|WireField { name, key, is_optional, .. }| {
        let write = if *is_optional { quote!(optional_field) } else { quote!(field) };
        quote!(out.#write(#key, &self.#name);)
    });
    let writes = write_tag.chain(writes);
    let serde = through_wire::serde(name, &root);
    let errors = problems.into_tokens();
    quote! {
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[non_exhaustive]
        #parsed

        #example

        impl #root::Wire for #name {
            const SCHEMA: #root::Schema = #root::Schema::Object(&[#(#schemas),*]);

            fn read(#from: &mut #root::JsonReader<'_>) -> #root::Result<Self, #root::ReadError> {
                #read
            }

            fn write(&self, out: &mut #root::JsonWriter) {
                out.object(|out| { #(#writes)* });
            }
        }

        #serde

        #errors
    }
}

/// Reads the fields in any order into their places, and makes the value of them. The name of an event stands before them.
fn read(event: Option<&LitStr>, fields: &[WireField], from: &Ident, root: &Root) -> TokenStream {
    let names: Vec<_> = fields.iter().map(|field| &field.name).collect();
    let numbers = usize::from(event.is_some())..;
    // Of another hygiene than the fields as well.
    let tag = Ident::new("tag", Span::mixed_site());
    let place = event.map(|_| quote!(let mut #tag = #root::Option::None;));
    let read_tag = event.map(|event| quote!(0usize => #from.tag(&mut #tag, #event),));
    let require_tag = event.map(|_| quote!(#from.required(#tag, "e")?;));
    let values = fields.iter().map(|WireField { name, key, is_optional, .. }| {
        if *is_optional { quote!(#name: #name.flatten()) } else { quote!(#name: #from.required(#name, #key)?) }
    });
    quote! {
        #place
        #(let mut #names = #root::Option::None;)*
        #from.object(&Self::SCHEMA, &mut |#from, number| match number {
            #read_tag
            #(#numbers => #from.field(&mut #names),)*
            _ => #from.skip(),
        })?;
        #require_tag
        #root::Result::Ok(Self { #(#values),* })
    }
}

/// Takes `#[event("NAME")]` off a struct that is an event: its key `e` has this name.
fn event(attributes: &mut Vec<Attribute>, problems: &mut Problems) -> Option<LitStr> {
    let attribute = take_attributes(attributes, &["event"]).pop()?;
    problems.keep(attribute.parse_args::<LitStr>())
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

/// A field of a reply.
struct WireField {
    name: Ident,
    ty: Type,
    /// Its name on the wire.
    key: LitStr,
    is_optional: bool,
}

/// Takes `#[field("wireName")]` off a field.
fn annotated(field: &mut Field, problems: &mut Problems) -> Option<WireField> {
    let Some(attribute) = take_attributes(&mut field.attrs, &["field"]).pop() else {
        problems.at(&field.ident, "every field of a reply needs `#[field(\"wireName\")]`");
        return None;
    };
    let key = problems.keep(attribute.parse_args::<LitStr>())?;
    let is_optional = inside_option(&field.ty).is_some();
    Some(WireField { name: field.ident.clone()?, ty: field.ty.clone(), key, is_optional })
}
