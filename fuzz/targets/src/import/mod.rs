//! Saved pages: whatever a file holds, it is read or refused, and so is each example in it; each row of a table has a cell for
//! each column. The files of the reader are compiled in here under the names that they have at home.

#[path = "../../../../xtask/src/import/example/mod.rs"]
#[allow(dead_code, unused_imports, reason = "only what reads pages is used here")]
pub(crate) mod example;
#[path = "../../../../xtask/src/import/facts/mod.rs"]
#[allow(dead_code, unused_imports, reason = "only what reads pages is used here")]
pub(crate) mod facts;
#[path = "../../../../xtask/src/import/page/mod.rs"]
#[allow(dead_code, unused_imports, reason = "only what reads pages is used here")]
pub(crate) mod page;

use page::Block;

/// Reads a file, and its text as an example.
///
/// # Panics
///
/// When a row has another number of cells than its header, or a page no request.
pub fn import(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data) {
        let whole = page::Example { line: 1, text: text.to_owned(), is_reprinted: true };
        example::read(&whole);
    }
    let Ok(pages) = page::read("page", data) else { return };
    for page in pages {
        assert!(page.request.is_some(), "a page without a request: {page:?}");
        for block in page.sections.iter().flat_map(|section| &section.blocks) {
            match block {
                Block::Example(block) => drop(example::read(block)),
                Block::Table(table) => {
                    assert!(table.rows.iter().all(|row| row.cells.len() == table.header.len()), "{table:?}");
                }
                Block::Prose { .. } => {}
            }
        }
    }
}

/// A page of each layout.
pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let texts = [
        include_str!("../../../../xtask/tests/fixtures/pages/catalogue.html"),
        include_str!("../../../../xtask/tests/fixtures/pages/catalogue.md"),
        include_str!("../../../../xtask/tests/fixtures/pages/html2text.zh.md"),
        include_str!("../../../../xtask/tests/fixtures/pages/navigation.zh.md"),
        include_str!("../../../../xtask/tests/fixtures/pages/old_site.html"),
        include_str!("../../../../xtask/tests/fixtures/pages/on_this_page.md"),
        include_str!("../../../../xtask/tests/fixtures/pages/openapi.yaml"),
        include_str!("../../../../xtask/tests/fixtures/pages/plain.md"),
        include_str!("../../../../xtask/tests/fixtures/pages/scraper.md"),
        include_str!("../../../../xtask/tests/fixtures/pages/scraper_version_0.md"),
        include_str!("../../../../xtask/tests/fixtures/pages/two_languages.md"),
        include_str!("../../../../xtask/tests/fixtures/pages/web_clip.md"),
    ];
    texts.map(|text| text.as_bytes().to_vec()).into()
}
