//! A page of each layout as its tool leaves it, in `xtask/tests/fixtures/pages`. Snapshots show what is read from each.

use crate::import::example;
use crate::import::page::{Block, Page, Reason, read};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

#[test]
fn each_layout_is_read_as_it_was_saved() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pages");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let told = match read(&name, &std::fs::read(&file).expect("a file")) {
            Ok(pages) => pages.iter().map(told).collect::<Vec<_>>().join("\n"),
            Err(refusal) => refusal.to_string(),
        };
        insta::assert_snapshot!(name.replace('.', "_"), told);
    }
}

#[test]
fn what_is_no_page_is_refused_with_its_place() {
    let reason = |bytes: &[u8]| read("saved", bytes).map_err(|refusal| (refusal.line, refusal.reason));
    assert_eq!(reason(b""), Err((0, Reason::NotAPage("nothing to read stands in it".into()))));
    assert_eq!(reason(b"\xff\xfe#\0"), Err((1, Reason::UnknownEncoding("UTF-16"))));
    let gbk = reason(b"# Title\n\n\xc7\xeb\xc7\xf3\n").expect_err("no page");
    assert!(matches!(gbk, (3, Reason::UnknownEncoding(_))), "{gbk:?}");
    let json = reason(b"{ \"exampleId\": 41 }").expect_err("no page");
    assert!(matches!(json, (1, Reason::NotAPage(_))), "{json:?}");
    let yaml = reason(b"openapi: 3.0.0\npaths:\n  a: [\n  b: }\n").expect_err("no page");
    assert!(matches!(yaml, (3, Reason::NotAPage(_))), "{yaml:?}");
    let unsaid = read("saved.md", b"# Title\n\nText\n").expect_err("no page");
    assert!(unsaid.is_no_call());
    assert!(unsaid.to_string().starts_with("saved.md: no call here"), "{unsaid}");
}

/// Writes a page so that a person sees what is where.
fn told(page: &Page) -> String {
    let mut text = format!("{:?} {}: {} (line {})\n", page.family, page.language, page.title.text, page.title.line);
    let request = page.request.as_ref().map(|request| format!("{} (line {})", request.text, request.line));
    let _ = writeln!(text, "from {:?}\n{request:?}", page.address);
    for section in &page.sections {
        let _ = writeln!(text, "\n{:?} {:?} (line {})", section.kind, section.heading.text, section.heading.line);
        for block in &section.blocks {
            match block {
                Block::Prose { text: prose, depth } => {
                    let _ = writeln!(text, "{:4} {}- {:?}", prose.line, "  ".repeat(*depth), prose.text);
                }
                Block::Table(table) => {
                    let caption = table.caption.as_ref().map(|caption| &caption.text);
                    let _ = writeln!(text, "     table {caption:?} {:?}", table.header);
                    for row in &table.rows {
                        let _ = writeln!(text, "{:4} {}| {:?}", row.line, "  ".repeat(row.depth), row.cells);
                    }
                }
                Block::Example(block) => {
                    let _ = writeln!(text, "{:4} example, reprinted: {}", block.line, block.is_reprinted);
                    for read in example::read(block) {
                        let _ = writeln!(text, "     {:?}\n     {:?}", read.json, read.comments);
                        for repair in read.repairs {
                            let _ = writeln!(text, "{:4} {}", repair.line, repair.kind);
                        }
                    }
                }
            }
        }
    }
    text
}
