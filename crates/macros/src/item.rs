//! What the macros take from and give back to the annotated item: its own attributes, its documentation.

use syn::{Attribute, Expr, ExprLit, Lit, Meta, Type};

/// Takes the attributes of some names off an item, in order.
pub(crate) fn take_attributes(attributes: &mut Vec<Attribute>, names: &[&str]) -> Vec<Attribute> {
    let (ours, theirs) = std::mem::take(attributes)
        .into_iter()
        .partition(|attribute| names.iter().any(|name| attribute.path().is_ident(name)));
    *attributes = theirs;
    ours
}

/// The first paragraph of an item's documentation, as one line.
pub(crate) fn first_paragraph(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value().trim().to_owned()),
            _ => None,
        },
        _ => None,
    });
    lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// `T` for an `Option<T>`.
pub(crate) fn inside_option(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|segment| segment.ident == "Option")?;
    match &last.arguments {
        syn::PathArguments::AngleBracketed(arguments) => match arguments.args.first()? {
            syn::GenericArgument::Type(inner) if arguments.args.len() == 1 => Some(inner),
            _ => None,
        },
        _ => None,
    }
}

/// The named fields of a struct without generics, or a mistake.
pub(crate) fn named_fields(item: &syn::ItemStruct) -> syn::Result<()> {
    if !item.generics.params.is_empty() {
        return Err(syn::Error::new_spanned(&item.generics, "generics are not supported here"));
    }
    match &item.fields {
        syn::Fields::Named(_) => Ok(()),
        _ => Err(syn::Error::new_spanned(&item.ident, "expected a struct with named fields")),
    }
}
