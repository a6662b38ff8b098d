//! No sentence of a page is lost: each word of random pages, all different, is somewhere in what is read.

use super::pages;
use crate::import::page::{Block, Page};
use proptest::prelude::*;

/// Pieces of Markdown; `@` stands for a word that stands nowhere else.
const MARKDOWN: &[&str] = &[
    "@ some words. @",
    "@ words  \n@ after a break",
    "@ words\n@ on the next line",
    "* @\n* @",
    "- @\n  @ goes on\n- @\n  - @ below",
    "1. @\n2. @",
    "> @\n> @",
    "> * @\n>   + @\n>\n> @",
    ">   * @\n>     * @\n> ",
    "| @ | @ |\n| --- | --- |\n| @ | @ | @ |\n| @ |",
    "@| @| @  \n---|---|---  \n@| @|   \n@| @| @ `a|b` | @  \n@ continued  \n  ",
    "| Name | @ |\n| - | - |\n| a | @ |",
    "**@**",
    "**@:** @",
    "**Notes:** @\n@",
    "Notes:\n@",
    "**Parameters:**\n@",
    "@:\n\n| Type | @ |\n| --- | --- |\n| `@` | <ul><li>@</li><li>@</li></ul> |",
    "### @",
    "## @ `@`",
    "#### @",
    "```\n@\n```",
    "````json\n{ \"a\": \"@\" } // @\n````",
    "    @ in code\n    @",
    "@ [@](https://HOST/x) `@` <https://HOST/@>",
    "@\n---",
    "@\n===",
    "***",
    "<p>@</p>",
    "@ <br> @ <@>",
    "<table><thead><tr><th>@</th></tr></thead><tbody><tr><td>@ <b>@</b></td><td>@</td></tr></tbody></table>",
    "<details><summary>@</summary>\n\n@\n\n</details>",
    "*@* __@__ ~~@~~ \\* @",
    "“@”**“@”**@",
    "如果@，则**必须：**@。",
    "Name\n\nType\n\nMandatory\n\nDescription\n\nsymbol\n\nSTRING\n\nNO\n\n@\n\n@\n\nid\n\nLONG\n\nYES\n\n@\n\n@",
    "Type\n\nAdditional mandatory parameters\n\n@\n\n@\n\n@",
    "@ < 5 && @ > 3 & @",
    "\\@ {@} (@) @|@",
];

const HTML: &[&str] = &[
    "<p>@ some <b>@</b> words</p>",
    "<p>@<br>@",
    "@ <span>@</span>",
    "<ul><li>@</li><li>@<ul><li>@</li></ul>@</li></ul>",
    "<ol><li><p>@</p><p>@</p></ol>",
    "<blockquote>@<p>@</p><ul><li>@</ul></blockquote>",
    "<table><tr><th>@<th>@<tr><td>@<td>@<td>@<tr><td>@</table>",
    "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td><ul><li>@</li></ul><p>@</p></td></tr></tbody></table>",
    "<table><tr><th>a<td><table><tr><td>@</table></table>",
    "<h2>@</h2>",
    "<h3>@ <code>@</code></h3>",
    "<pre><code>@\n@</code></pre>",
    "<pre>@ <b>@</b></pre>",
    "<div>@<div>@</div>@</div>",
    "<dl><dt>@</dt><dd>@</dd></dl>",
    "<p><code>@</code> <a href=\"x\">@</a> &lt;@&gt; @ &amp; @",
    "<section>@<h4>@</h4></section>",
    "<p>@<div>@</div></p>",
    "<b>@<p>@</b>@</p>",
    "<td>@</td>",
    "<details><summary>@</summary>@</details>",
];

/// What stands before the pieces, for each layout.
const FRONTS: &[&str] = &[
    "",
    "<!-- Source: https://HOST/x -->\n\n* a\n* b\n\nOn this page\n\n",
    "On this page\n\n",
    "---\nexchange: x\napi_type: y\n---\n\n",
    "---\nkind: x\ncategory: y\nscraped_at: z\n---\n",
    "---\ntitle: x\nfetched_at: z\n---\n",
    "import { A } from \"zudoku/ui/A\";\n\n",
];

/// Fills a template with words, from a number on.
fn filled(template: &str, number: &mut usize) -> String {
    let mut text = String::new();
    for (at, part) in template.split('@').enumerate() {
        if at > 0 {
            *number += 1;
            text.push_str(&format!("w{number}w"));
        }
        text.push_str(part);
    }
    text
}

/// All that was read.
fn read_words(pages: &[Page]) -> String {
    let mut words = String::new();
    for page in pages {
        words.push_str(&page.title.text);
        for section in &page.sections {
            words.push_str(&format!("\n{}\n", section.heading.text));
            for block in &section.blocks {
                match block {
                    Block::Prose { text, .. } => words.push_str(&format!("{}\n", text.text)),
                    Block::Example(example) => words.push_str(&format!("{}\n", example.text)),
                    Block::Table(table) => {
                        let caption = table.caption.as_ref().map(|caption| caption.text.clone());
                        words.push_str(&format!("{caption:?} {:?} {:?}\n", table.header, table.rows));
                    }
                }
            }
        }
    }
    words
}

fn lost(text: &str, number: usize) -> Vec<String> {
    let words = read_words(&pages(text));
    (1..=number).map(|at| format!("w{at}w")).filter(|word| !words.contains(word.as_str())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_word_of_markdown_is_lost(
        front in prop::sample::select(FRONTS),
        pieces in prop::collection::vec((prop::sample::select(MARKDOWN), prop::sample::select(&["\n\n", "\n"][..])), 1..8),
    ) {
        let mut number = 0;
        let mut text = format!("{front}# Query\n\n## HTTP Request\n\nGET `/papi/v1/um/x`\n\n## Request Parameters\n\n");
        for (piece, end) in pieces {
            text.push_str(&filled(piece, &mut number));
            text.push_str(end);
        }
        let lost = lost(&text, number);
        prop_assert!(lost.is_empty(), "{lost:?}\n{text}\n{:#?}", pages(&text));
    }

    #[test]
    fn no_word_of_html_is_lost(pieces in prop::collection::vec(prop::sample::select(HTML), 1..8)) {
        let mut number = 0;
        let mut text = "<!doctype html><html><body><main><h1>Query</h1><h2>HTTP Request</h2><p>GET <code>/papi/v1/um/x</code></p><h2>Notes</h2>"
            .to_owned();
        for piece in pieces {
            text.push_str(&filled(piece, &mut number));
        }
        text.push_str("</main></body></html>");
        let lost = lost(&text, number);
        prop_assert!(lost.is_empty(), "{lost:?}\n{text}\n{:#?}", pages(&text));
    }
}
