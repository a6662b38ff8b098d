//! Cuts HTML into pieces: pages of the old site, of the catalogue, and what of it stands in Markdown. The tags are read by a
//! tokenizer that keeps to the standard; which of them hold each other matters in few places only.

mod cut;
mod tag;

use super::piece::Piece;
use cut::Cutter;
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};
pub(super) use tag::{Inline, inline_tag};

/// A document, as far as it is about calls.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) pieces: Vec<Piece>,
    /// The address that it names as its own.
    pub(super) address: Option<String>,
}

/// Whether a document is a page of the old site.
pub(super) fn is_old_site(text: &str) -> bool {
    tokens(text).any(|(token, _)| matches!(&token, Token::StartTag(tag) if Root::Markdown.is(tag)))
}

/// Cuts a whole document: only its article, when it says where that is.
pub(super) fn document(text: &str) -> Document {
    let roots = [Root::Markdown, Root::Article, Root::Main];
    let has = |root: &Root| tokens(text).any(|(token, _)| matches!(&token, Token::StartTag(tag) if root.is(tag)));
    let root = roots.iter().find(|root| has(root)).copied().unwrap_or(Root::Any);
    let mut document = cut(text, 1, root);
    if document.pieces.is_empty() && root != Root::Any {
        document.pieces = cut(text, 1, Root::Any).pieces;
    }
    document
}

/// Cuts HTML that stands in Markdown and begins on a line of it.
pub(super) fn pieces(text: &str, first_line: usize) -> Vec<Piece> {
    cut(text, first_line, Root::Fragment).pieces
}

fn cut(text: &str, first_line: usize, root: Root) -> Document {
    let mut cutter = Cutter::new(root);
    let (mut line, mut counted) = (first_line, 0);
    for (token, start) in tokens(text) {
        if let Some(between) = start.checked_sub(counted).and_then(|_| text.get(counted..start)) {
            line += between.matches('\n').count();
            counted = start;
        }
        match words(text, &token).filter(|_| root == Root::Fragment) {
            Some(words) => cutter.push(words, line),
            None => cutter.token(&token, line),
        }
    }
    cutter.finished()
}

/// What looks like a tag and is none: a placeholder such as `<symbol>`.
fn words<'a>(text: &'a str, token: &Token<usize>) -> Option<&'a str> {
    let Token::StartTag(tag) = token else { return None };
    text.get(tag.span.start..tag.span.end).filter(|words| inline_tag(words) == Inline::Words)
}

/// All tags and texts, with where they begin.
fn tokens(text: &str) -> impl Iterator<Item = (Token<usize>, usize)> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(text, emitter).filter_map(|token| {
        let token = token.ok()?;
        let start = match &token {
            Token::StartTag(tag) => tag.span.start,
            Token::EndTag(tag) => tag.span.start,
            Token::String(text) => text.span.start,
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => return None,
        };
        Some((token, start))
    })
}

/// The element in which the article stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Root {
    Markdown,
    Article,
    Main,
    /// There is none: everything counts.
    Any,
    /// It is no document but a piece of Markdown, whose author also writes words in angle brackets.
    Fragment,
}

impl Root {
    fn is(self, tag: &html5gum::StartTag<usize>) -> bool {
        let name: &[u8] = &tag.name;
        match self {
            Self::Markdown => tag::has_class(tag, &["theme-doc-markdown"]),
            Self::Article => name == b"article",
            Self::Main => name == b"main",
            Self::Any | Self::Fragment => false,
        }
    }
}
