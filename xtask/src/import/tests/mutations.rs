//! A clean page, with one trap put into it, gives the same page.

use super::layouts::holds;
use super::pages;
use super::render::{FAMILIES, LANGUAGES, all, json_of, render};
use crate::import::example;
use crate::import::page::{Example, Family};

/// Changes a text of a layout, or returns None where the layout has no place for it.
type Mutation = fn(&str, Family) -> Option<String>;

const MUTATIONS: &[(&str, Mutation)] = &[
    ("lines end as on Windows", |text, _| Some(text.replace('\n', "\r\n"))),
    ("a mark of byte order", |text, _| Some(format!("\u{feff}{text}"))),
    ("invisible characters", |text, _| {
        let words =
            |at: usize, letter: char| if at % 7 == 3 { format!("{letter}\u{200b}\0") } else { letter.to_string() };
        Some(text.chars().enumerate().map(|(at, letter)| words(at, letter)).collect())
    }),
    ("a fence at the end that opens nothing", |text, family| {
        is_markdown(family).then(|| format!("{}\n\n```\n", text.trim_end()))
    }),
    ("colons behind headings", |text, family| {
        let lines = |line: &str| match line.split_once('[') {
            Some((heading, anchor)) if line.starts_with("## ") && !line.ends_with(':') => {
                format!("{heading}:[{anchor}")
            }
            _ if line.starts_with("## ") && !line.ends_with(':') && family != Family::Catalogue => format!("{line}："),
            _ => line.to_owned(),
        };
        is_markdown(family).then(|| text.lines().map(lines).collect::<Vec<_>>().join("\n"))
    }),
    ("blanks at the ends of lines", |text, family| {
        is_markdown(family).then(|| text.lines().map(|line| format!("{line} ")).collect::<Vec<_>>().join("\n"))
    }),
    ("anchors without text", |text, _| Some(text.replace("[\u{200b}](", "[]("))),
    ("bold instead of a heading", |text, family| {
        let lines = |line: &str| {
            let is_parameters = line.starts_with("## ") && (line.contains("Parameters") || line.contains("请求参数"));
            let name =
                line.split('[').next().unwrap_or_default().trim_start_matches("## ").trim_end_matches(':').to_owned();
            if is_parameters { format!("**{name}:**") } else { line.to_owned() }
        };
        is_markdown(family).then(|| text.lines().map(lines).collect::<Vec<_>>().join("\n"))
    }),
    ("a request within one span of code", |text, family| {
        let lines = |line: &str| match line.split_once(" `/papi/") {
            Some((method, rest)) if method.chars().all(|letter| letter.is_ascii_uppercase()) => {
                format!("`{method} /papi/{rest}")
            }
            _ => line.to_owned(),
        };
        is_markdown(family).then(|| text.lines().map(lines).collect::<Vec<_>>().join("\n"))
    }),
    ("no blank lines around headings and tables", |text, family| {
        let is_close = |family| matches!(family, Family::Navigation | Family::OnThisPage | Family::Markdown);
        is_close(family).then(|| text.replace("\n\n## ", "\n## ").replace("\n\n| ", "\n| ").replace("|\n\n", "|\n"))
    }),
    ("longer fences", |text, family| {
        (is_markdown(family) && text.contains("\n```")).then(|| text.replace("\n```", "\n`````"))
    }),
    ("classes of another build", |text, family| (family == Family::Html).then(|| text.replace("_x", "_9Yz-"))),
    ("tags in capitals", |text, family| {
        (family == Family::Html)
            .then(|| text.replace("<td>", "<TD>").replace("<blockquote>", "<BLOCKQUOTE>").replace("<tr>", "<TR >"))
    }),
    ("ends of tags left out", |text, family| {
        (family == Family::Html)
            .then(|| text.replace("</td>", "").replace("</tr>", "").replace("</li>", "").replace("</th>", ""))
    }),
    ("JSON on one line", |text, _| text.starts_with('{').then(|| text.replace('\n', " "))),
];

fn is_markdown(family: Family) -> bool {
    !matches!(family, Family::Html | Family::OpenApi)
}

#[test]
fn a_page_with_a_trap_is_read_as_without() {
    let calls: Vec<_> = all().into_iter().step_by(12).collect();
    for (name, mutation) in MUTATIONS {
        let mut applied = 0;
        for (call, family) in calls.iter().flat_map(|call| FAMILIES.map(|family| (call, family))) {
            for language in LANGUAGES {
                let clean = render(call, family, language);
                let Some(text) = mutation(&clean, family).filter(|text| *text != clean) else { continue };
                applied += 1;
                let pages = pages(&text);
                assert_eq!(pages.len(), 1, "{name}\n{text}");
                holds(&pages[0], call, family, language, &format!("{name}\n{text}"));
            }
        }
        assert!(applied > 5, "{name} changes {applied} pages");
    }
}

/// Changes the lines of an example.
type Rewriting = fn(&str) -> String;

const REWRITINGS: &[(&str, Rewriting)] = &[
    ("no commas", |line| line.trim_end_matches(',').to_owned()),
    ("commas of full width", |line| line.strip_suffix(',').map_or(line.to_owned(), |line| format!("{line}，"))),
    ("a comment on each line", |line| format!("{line} // say \"A\", \"B\" or {{C}}, it's 100%")),
    ("comments in place of commas", |line| format!("{} // 枚举：“A”，“B”", line.trim_end_matches(','))),
    ("comments that stars close", |line| format!("/* before */ {line} /* after */")),
    ("empty lines", |line| format!("{line}\n")),
    ("blanks of other kinds", |line| format!("\u{a0}\t{line}\u{3000}  ")),
    ("single quotes", |line| line.replace('"', "'")),
    ("curly quotes", |line| {
        let quotes = |(at, part): (usize, &str)| [["", "“", "”"][if at == 0 { 0 } else { 2 - at % 2 }], part].concat();
        line.split('"').enumerate().map(quotes).collect()
    }),
    ("keys without quotes", |line| match line.split_once("\":") {
        Some((key, value)) if !key.trim_start().contains(['-', '.', ' ']) => {
            format!("{}:{value}", key.replace('"', ""))
        }
        _ => line.to_owned(),
    }),
];

#[test]
fn an_example_with_a_trap_is_read_as_without() {
    let examples: Vec<_> = all().into_iter().flat_map(|call| call.examples).collect();
    assert!(examples.len() > 100);
    for json in &examples {
        let clean = json_of(json);
        for (name, rewriting) in REWRITINGS {
            let text = clean.lines().map(rewriting).collect::<Vec<_>>().join("\n");
            let joined = clean.lines().map(|line| rewriting(line.trim())).collect::<Vec<_>>().join("   ");
            for text in [text, joined] {
                let read = example::read(&Example { line: 1, text: text.clone(), is_reprinted: false });
                assert_eq!(read.len(), 1, "{name}\n{text}\n{read:#?}");
                assert_eq!(&read[0].json, json, "{name}\n{text}\n{:#?}", read[0].repairs);
            }
        }
    }
}
