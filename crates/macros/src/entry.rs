//! The grammar all our attributes share: entries with commas between them, each `name`, `name = value` or `name(..)`.
//! Entries are split before they are read, so that one malformed entry does not hide the others.

use crate::problems::{Problems, suggestion};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{Parse, Parser as _};
use syn::{Ident, LitStr, Token};

/// One entry of an attribute.
pub(crate) struct Entry {
    pub(crate) name: Ident,
    pub(crate) body: Body,
}

/// What follows an entry's name.
pub(crate) enum Body {
    Bare,
    Equals(TokenStream),
    Group(TokenStream),
}

/// Splits tokens at commas that are not inside brackets of any kind, angle brackets included.
pub(crate) fn split_at_commas(tokens: TokenStream) -> Vec<TokenStream> {
    let (mut parts, mut part, mut angles) = (Vec::new(), Vec::new(), 0_i32);
    for token in tokens {
        if let TokenTree::Punct(punct) = &token {
            match punct.as_char() {
                '<' => angles += 1,
                '>' => angles -= 1,
                ',' if angles == 0 => {
                    parts.push(part.drain(..).collect());
                    continue;
                }
                _ => {}
            }
        }
        part.push(token);
    }
    if !part.is_empty() {
        parts.push(part.into_iter().collect());
    }
    parts
}

/// Reads all entries; malformed ones become problems.
pub(crate) fn entries(tokens: TokenStream, problems: &mut Problems) -> Vec<Entry> {
    split_at_commas(tokens).into_iter().filter_map(|part| problems.keep(entry(part))).collect()
}

fn entry(part: TokenStream) -> syn::Result<Entry> {
    let parse = |input: syn::parse::ParseStream<'_>| {
        let name = input.call(Ident::parse_any)?;
        if input.is_empty() {
            return Ok(Entry { name, body: Body::Bare });
        }
        if input.parse::<Option<Token![=]>>()?.is_some() {
            return Ok(Entry { name, body: Body::Equals(input.parse()?) });
        }
        match input.parse::<TokenTree>()? {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis && input.is_empty() => {
                Ok(Entry { name, body: Body::Group(group.stream()) })
            }
            other => Err(syn::Error::new(other.span(), "expected `=`, `(..)` or a comma")),
        }
    };
    parse.parse2(part)
}

impl Entry {
    /// The value after `=`, parsed.
    pub(crate) fn value<T: Parse>(self, expected: &str, problems: &mut Problems) -> Option<T> {
        match self.body {
            Body::Equals(tokens) if !tokens.is_empty() => problems.keep(syn::parse2(tokens)),
            _ => {
                problems.at(&self.name, format!("expected `{} = {expected}`", self.name));
                None
            }
        }
    }

    /// A text after `=`.
    pub(crate) fn text(self, problems: &mut Problems) -> Option<LitStr> {
        self.value("\"..\"", problems)
    }

    /// The tokens between parentheses.
    pub(crate) fn group(self, problems: &mut Problems) -> Option<TokenStream> {
        if let Body::Group(tokens) = self.body {
            return Some(tokens);
        }
        problems.at(&self.name, format!("expected `{}(..)`", self.name));
        None
    }

    /// Words between parentheses; keywords such as the wire name `type` included.
    pub(crate) fn words(self, problems: &mut Problems) -> Option<Vec<Ident>> {
        let name = self.name.clone();
        let words: Vec<Ident> = split_at_commas(self.group(problems)?)
            .into_iter()
            .filter_map(|part| problems.keep(Ident::parse_any.parse2(part)))
            .collect();
        if words.is_empty() {
            problems.at(&name, format!("`{name}` names nothing"));
        }
        Some(words)
    }

    /// Notes that there is no entry of this name.
    pub(crate) fn unknown(&self, known: &[&str], problems: &mut Problems) {
        let name = self.name.to_string();
        let hint = suggestion(&name, known.iter().copied());
        let hint = if hint.is_empty() { format!(", expected one of: {}", known.join(", ")) } else { hint };
        problems.at(&self.name, format!("unknown entry `{name}`{hint}"));
    }
}
