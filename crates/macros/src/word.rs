//! `derive(OpenEnum)`: from an annotated enum to words that never fail to read.

use crate::problems::Problems;
use crate::root::Root;
use crate::through_wire;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Fields, Ident, LitStr};

pub(crate) fn expand(item: TokenStream) -> TokenStream {
    let mut problems = Problems::default();
    let Some(item) = problems.keep(syn::parse2::<DeriveInput>(item)) else { return problems.into_tokens() };
    let arguments = item.attrs.iter().find(|attribute| attribute.path().is_ident("papi"));
    let arguments = arguments.and_then(|attribute| problems.keep(attribute.meta.require_list()));
    let arguments = arguments.map(|list| list.tokens.clone()).unwrap_or_default();
    let root = Root::from_arguments(arguments, &mut problems);
    let words = words(&item, &mut problems);
    let name = &item.ident;
    let (variants, texts): (Vec<_>, Vec<_>) = words.iter().map(|(variant, word)| (variant, word)).unzip();
    // After a mistake the variants do not cover the enum; one message is enough.
    let rest = (!problems.is_empty()).then(|| quote!(_ => ::core::unreachable!("does not compile"),));
    let unknown = problems.is_empty().then(|| quote!(Self::Unknown(word) => word.as_str(),));
    let read_unknown = if problems.is_empty() {
        quote!(Self::Unknown(#root::UnknownWord::__from_expansion(word)))
    } else {
        quote!(::core::unreachable!("does not compile"))
    };
    let serde = through_wire::serde(name, &root);
    let errors = problems.into_tokens();
    quote! {
        impl #name {
            /// The documented words, in declaration order.
            pub const WORDS: &'static [&'static str] = &[#(#texts),*];

            /// Returns the word as the exchange spells it.
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #texts,)*
                    #unknown
                    #rest
                }
            }

            /// Returns whether this version knows the word. Do not act on a word that it does not know.
            pub fn is_known(&self) -> bool {
                Self::WORDS.contains(&self.as_str())
            }
        }

        impl #root::OpenEnum for #name {
            const WORDS: &'static [&'static str] = Self::WORDS;

            fn as_str(&self) -> &str {
                self.as_str()
            }

            fn is_known(&self) -> bool {
                self.is_known()
            }
        }

        impl #root::From<&str> for #name {
            fn from(word: &str) -> Self {
                match word {
                    #(#texts => Self::#variants,)*
                    _ => #read_unknown,
                }
            }
        }

        impl ::core::str::FromStr for #name {
            type Err = ::core::convert::Infallible;

            /// Reads any word; one that this version does not know becomes `Unknown`.
            fn from_str(word: &str) -> #root::Result<Self, Self::Err> {
                #root::Result::Ok(#root::From::from(word))
            }
        }

        impl ::core::fmt::Display for #name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl #root::ParamValue for #name {
            const KIND: #root::Kind = #root::Kind::Word;
            const WORDS: &'static [&'static str] = Self::WORDS;

            fn value(&self) -> #root::Value<'_> {
                #root::Value::Word { text: self.as_str(), known: self.is_known() }
            }

            fn from_text(text: &str) -> #root::Result<Self, #root::ParseValueError> {
                #root::Result::Ok(#root::From::from(text))
            }
        }

        impl #root::Wire for #name {
            const SCHEMA: #root::Schema = #root::Schema::Word(Self::WORDS);

            fn read(from: &mut #root::JsonReader<'_>) -> #root::Result<Self, #root::ReadError> {
                #root::read_word(from)
            }

            fn read_optional(
                from: &mut #root::JsonReader<'_>,
            ) -> #root::Result<#root::Option<Self>, #root::ReadError> {
                #root::read_optional_word(from)
            }

            fn write(&self, out: &mut #root::JsonWriter) {
                out.text(self.as_str());
            }
        }

        #serde

        #errors
    }
}

/// The variants with their words, `Unknown` left out.
fn words(item: &DeriveInput, problems: &mut Problems) -> Vec<(Ident, LitStr)> {
    let Data::Enum(data) = &item.data else {
        problems.at(&item.ident, "OpenEnum is for enums");
        return Vec::new();
    };
    let mut words: Vec<(Ident, LitStr)> = Vec::new();
    let mut has_unknown = false;
    for variant in &data.variants {
        let attribute = variant.attrs.iter().find(|attribute| attribute.path().is_ident("word"));
        match (attribute, &variant.fields) {
            (Some(attribute), Fields::Unit) => {
                let Some(word) = problems.keep(attribute.parse_args::<LitStr>()) else { continue };
                if words.iter().any(|(_, earlier)| earlier.value() == word.value()) {
                    problems.at(&word, format!("the word {:?} stands twice", word.value()));
                    continue;
                }
                words.push((variant.ident.clone(), word));
            }
            (None, Fields::Unnamed(_)) if variant.ident == "Unknown" => has_unknown = true,
            _ => problems.at(&variant.ident, "expected `#[word(\"..\")] Name` or `Unknown(UnknownWord)`"),
        }
    }
    if !has_unknown {
        problems.at(&item.ident, "an open enum needs a variant `Unknown(UnknownWord)`, which keeps every other word");
    }
    words
}
