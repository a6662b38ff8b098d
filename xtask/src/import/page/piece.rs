//! What every layout is cut into before sections are made of it: headings, prose, tables and code, in their order.

use super::Table;

/// A piece of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) line: usize,
    /// Whether it stands in a quote.
    pub(super) is_quoted: bool,
    pub(super) kind: PieceKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PieceKind {
    Heading {
        level: u8,
        text: String,
        /// The address of the link behind it.
        anchor: Option<String>,
    },
    Prose(Prose),
    Table(Table),
    Code {
        text: String,
        /// What the fence says; empty where it says nothing, or where there is none.
        language: String,
    },
}

/// A paragraph, or the item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Prose {
    pub(super) text: String,
    pub(super) depth: usize,
    /// How many of its first bytes are bold.
    pub(super) bold: usize,
    /// Whether it is one link and nothing else.
    pub(super) is_link: bool,
    pub(super) is_item: bool,
}

impl Piece {
    pub(super) fn prose(&self) -> Option<&Prose> {
        match &self.kind {
            PieceKind::Prose(prose) => Some(prose),
            _ => None,
        }
    }
}
