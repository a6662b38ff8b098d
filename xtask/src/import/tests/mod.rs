//! Pages of each layout, made from facts, and what must come out of them.

pub(crate) mod facts;
mod layouts;
mod mutations;
mod never_panics;
mod nothing_lost;
mod property;
pub(crate) mod render;
mod skeletons;
mod traps;

use crate::import::page::{Block, Example, Page, SectionKind, Table, read};

/// Reads a text that holds pages.
pub(crate) fn pages(text: &str) -> Vec<Page> {
    read("page.md", text.as_bytes()).unwrap_or_else(|refusal| panic!("{refusal}\n{text}"))
}

/// Reads a text that holds one page.
pub(crate) fn page(text: &str) -> Page {
    let pages = pages(text);
    assert_eq!(pages.len(), 1, "{pages:#?}");
    pages.into_iter().next().unwrap_or_else(|| unreachable!())
}

/// The texts of all prose in sections of a kind.
pub(crate) fn prose(page: &Page, kind: SectionKind) -> Vec<&str> {
    let blocks = page.of_kind(kind).flat_map(|section| &section.blocks);
    blocks
        .filter_map(|block| match block {
            Block::Prose { text, .. } => Some(text.text.as_str()),
            _ => None,
        })
        .collect()
}

pub(crate) fn tables(page: &Page) -> Vec<&Table> {
    let blocks = page.sections.iter().flat_map(|section| &section.blocks);
    blocks
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
        .collect()
}

pub(crate) fn examples(page: &Page) -> Vec<&Example> {
    let blocks = page.sections.iter().flat_map(|section| &section.blocks);
    blocks
        .filter_map(|block| match block {
            Block::Example(example) => Some(example),
            _ => None,
        })
        .collect()
}
