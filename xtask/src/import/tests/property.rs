//! What must be so of any input: no panic, and JSON is read as JSON.

use crate::import::example;
use crate::import::facts::Json;
use crate::import::page::{Block, Example, read};
use proptest::prelude::*;

/// Pieces of pages, so that random texts look like some.
const PIECES: &[&str] = &[
    "# ",
    "## ",
    "Title(USER\\_DATA)",
    "HTTP Request",
    "请求权重",
    "Request Parameters:",
    "\n",
    "\n\n",
    "GET `/papi/v1/um/x`",
    "|",
    "`",
    "```",
    "~~~",
    "    ",
    "> ",
    ">   * ",
    "- ",
    "**",
    "**Parameters:**",
    "---",
    "| --- | --- |",
    "---|---|---|---",
    "| a | b |",
    "name| STRING| NO|",
    "\u{200b}",
    "\0",
    "{",
    "}",
    "[",
    "]",
    "\"a\"",
    ": ",
    ",",
    "，",
    "// x",
    "/*",
    "'",
    "“",
    "”",
    "1",
    "...",
    "OR",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</table>",
    "<h1>",
    "<h2>HTTP Request</h2>",
    "<pre>",
    "<code>",
    "<br>",
    "<li>",
    "<ul>",
    "<!doctype html>",
    "<!-- Source: x -->",
    "openapi: 3.0.0\n",
    "paths:\n",
    "  /x:\n",
    "    get:\n",
    "On this page\n",
    "---\nkind: x\ncategory: y\nscraped_at: z\n---\n",
    "---\nfetched_at: z\n---\n",
    "Name\n\nType\n\nMandatory\n\nDescription\n\n",
    "symbol\n\nSTRING\n\nNO\n\n",
    "import { A } from \"zudoku/ui/A\";\n",
    "<A x=\"1\">",
    "&nbsp;",
    "\\|",
    "\\",
    "(",
    ")",
    "[上一页\n\n",
    "Notes:",
    "中",
    "é",
];

fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![8 => prop::sample::select(PIECES).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(serde_json::Value::from),
        any::<i64>().prop_map(serde_json::Value::from),
        any::<String>().prop_map(serde_json::Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(serde_json::Value::from),
            prop::collection::btree_map("[a-zA-Z0-9_ ,:{}\\[\\]/\"]{1,8}", inner, 0..6)
                .prop_map(|fields| serde_json::Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// The same value in our form. The spaces around keys do not count.
fn ours(json: &serde_json::Value) -> Json {
    match json {
        serde_json::Value::Null => Json::Null,
        serde_json::Value::Bool(value) => Json::Bool(*value),
        serde_json::Value::Number(number) => Json::Number(number.to_string()),
        serde_json::Value::String(text) => Json::Text(text.clone()),
        serde_json::Value::Array(items) => Json::List(items.iter().map(ours).collect()),
        serde_json::Value::Object(fields) => {
            Json::Object(fields.iter().map(|(key, value)| (key.clone(), ours(value))).collect())
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_panics(text in texts()) {
        if let Ok(pages) = read("page.md", text.as_bytes()) {
            for block in pages.iter().flat_map(|page| &page.sections).flat_map(|section| &section.blocks) {
                match block {
                    Block::Example(block) => drop(example::read(block)),
                    Block::Table(table) => {
                        prop_assert!(table.rows.iter().all(|row| row.cells.len() == table.header.len()));
                    }
                    Block::Prose { .. } => {}
                }
            }
        }
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        drop(read("page.md", &bytes));
    }

    #[test]
    fn no_example_panics(text in texts()) {
        drop(example::read(&Example { line: 1, text, is_reprinted: true }));
    }

    #[test]
    fn json_is_read_as_json(json in json()) {
        prop_assume!(json.is_object() || json.is_array());
        for text in [json.to_string(), format!("{json:#}")] {
            let read = example::read(&Example { line: 1, text: text.clone(), is_reprinted: false });
            prop_assert_eq!(read.len(), 1, "{}", text);
            prop_assert_eq!(&read[0].json, &ours(&json), "{}", text);
            prop_assert!(read[0].repairs.is_empty(), "{:?} {}", read[0].repairs, text);
        }
    }
}
