//! The layouts in Markdown.

use super::{Parts, Told};
use crate::import::page::{Family, Language};

/// The address of every page here.
const ADDRESS: &str = "https://HOST/docs/derivatives/portfolio-margin/trade/Example";

/// A page of a layout that holds one call.
pub(super) fn page(parts: &Parts, family: Family, language: Language) -> String {
    match family {
        Family::Navigation => with_navigation(parts, language),
        Family::OnThisPage => format!("On this page\n\n{}", linked(parts, language)),
        Family::Html2Text => html2text(parts, language),
        Family::Scraper => scraper(parts),
        Family::WebClip => clip(parts),
        _ => linked(parts, language),
    }
}

fn with_navigation(parts: &Parts, language: Language) -> String {
    let is_english = language == Language::English;
    let [product, group, here, before, after] = if is_english {
        ["Portfolio Margin", "Trade", "On this page", "Previous", "Next"]
    } else {
        ["统一账户", "交易接口", "本页总览", "上一页", "下一页"]
    };
    let names = &parts.names;
    let contents = [names.description, names.request, names.weight, names.parameters, names.response];
    let contents: String =
        contents.iter().map(|name| format!("* [{name}](/docs/../Example#{})\n", slug(name))).collect();
    format!(
        "<!-- Source: {ADDRESS} -->\n\n* {product}\n* {group}\n* {}\n\n{here}\n\n{}\n[{before}\n\nOther Call(TRADE)](/docs/../Other-Call)\
         [{after}\n\nAnother Call(USER-DATA)](/docs/../Another-Call)\n\n{contents}",
        escaped(&parts.title).replace("\\_", "-"),
        linked(parts, language),
    )
}

fn heading_with_anchor(name: &str, language: Language) -> String {
    let hint = if language == Language::English { "Direct link to" } else { "的直接链接" };
    format!("## {name}[\u{200b}](/docs/../Example#{} \"{hint} {name}\")\n\n", slug(name))
}

/// The sections before that of the parameters.
fn up_to_parameters(parts: &Parts, heading: impl Fn(&str) -> String) -> String {
    let names = &parts.names;
    let mut sections = format!("{}{}\n\n", heading(names.description), parts.description);
    sections.push_str(&format!("{}{} `{}`\n\n", heading(names.request), parts.method, parts.path));
    for (pool, weight) in &parts.weights {
        sections.push_str(&format!("{}{weight}\n\n", heading(&format!("{}{pool}", names.weight))));
    }
    sections
}

/// Sections whose headings have anchors, and tables with pipes around them.
fn linked(parts: &Parts, language: Language) -> String {
    let heading = |name: &str| heading_with_anchor(name, language);
    let names = &parts.names;
    let mut page = format!("# {}\n\n", escaped(&parts.title));
    page.push_str(&up_to_parameters(parts, heading));
    page.push_str(&format!("{}{}\n", heading(names.parameters), table(parts)));
    page.push_str(&quoted(parts, "> * "));
    page.push_str(&heading(names.response));
    for (text, language) in &parts.examples {
        page.push_str(&format!("```{language}\n{text}\n```\n\n"));
    }
    page
}

fn table(parts: &Parts) -> String {
    if parts.rows.is_empty() {
        return "**None**\n".to_owned();
    }
    let row = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let header = format!("| {} |\n| --- | --- | --- | --- |\n", parts.header.join(" | "));
    header + &parts.rows.iter().map(|cells| row(cells)).collect::<String>()
}

fn quoted(parts: &Parts, bullet: &str) -> String {
    let notes: String = parts.notes.iter().map(|note| format!("{bullet}{}\n", escaped(note))).collect();
    format!("{notes}\n")
}

/// Tables without pipes around them, code without fences.
pub(super) fn html2text(parts: &Parts, language: Language) -> String {
    let heading = |name: &str| heading_with_anchor(name, language);
    let names = &parts.names;
    let mut page = format!("# {}\n\n", parts.title);
    page.push_str(&up_to_parameters(parts, heading));
    page.push_str(&heading(names.parameters));
    if parts.rows.is_empty() {
        page.push_str("**None**\n\n");
    } else {
        page.push_str(&format!("{}  \n---|---|---|---  \n", parts.header.join("| ")));
        for [name, kind, required, text] in &parts.rows {
            page.push_str(&format!("{name}| {kind}| {required}| {text}  \n"));
        }
        page.push_str("  \n");
    }
    page.push_str(&quoted(parts, ">   * "));
    page.push_str("> \n\n\n");
    page.push_str(&heading(names.response));
    page.push_str("    \n    \n");
    for (text, _) in &parts.examples {
        page.push_str(&text.lines().map(|line| format!("    {line}\n")).collect::<String>());
    }
    page
}

fn scraper(parts: &Parts) -> String {
    let names = &parts.names;
    let mut page = format!(
        "---\ntitle: \"{}\"\nurl: {ADDRESS}\nkind: rate_limits\ncategory: docs\nsource: binance\n\
         scraped_at: 2026-01-02T03:04:05.678Z\n---\n# {}\n\n> Source: <{ADDRESS}>\n\n# {}\n\n",
        parts.title,
        parts.title,
        escaped(&parts.title)
    );
    page.push_str(&format!("## {}\n\n{}\n\n", names.description, parts.description));
    page.push_str(&format!("## {}\n\n{} `{}`\n\n", names.request, parts.method, parts.path));
    for (pool, weight) in &parts.weights {
        page.push_str(&format!("## {}{pool}:\n\n{weight}\n\n", names.weight));
    }
    page.push_str(&format!("## {}:\n\n{}\n", names.parameters, table(parts)));
    page.push_str(&quoted(parts, "> - "));
    page.push_str(&format!("## {}\n\n", names.response));
    for (text, language) in &parts.examples {
        page.push_str(&format!("```{language}\n{text}\n```\n\n"));
    }
    page
}

fn clip(parts: &Parts) -> String {
    let names = &parts.names;
    let heading = |name: &str| format!("## {name}[](https://HOST/docs/../Example)\n\n");
    let mut page = format!(
        "---\ntitle: \"{} | Site name\"\nsource: \"{ADDRESS}\"\nfetched_at: \"2026-01-02T03:04:05.678Z\"\n---\n# {}\n\n",
        parts.title,
        escaped(&parts.title)
    );
    page.push_str(&up_to_parameters(parts, heading));
    page.push_str(&heading(names.parameters));
    if parts.rows.is_empty() {
        page.push_str("**None**\n\n");
    } else {
        page.push_str(&format!("{}\n\n", parts.header.join("\n\n")));
        for cell in parts.rows.iter().flatten().filter(|cell| !cell.is_empty()) {
            page.push_str(&format!("{cell}\n\n"));
        }
    }
    page.push_str(&quoted(parts, "> -   "));
    page.push_str(&heading(names.response));
    for (text, _) in &parts.examples {
        page.push_str(&format!("```\n{text}\n```\n\n"));
    }
    page.push_str(&format!("-   [{}]({ADDRESS})\n-   [{}]({ADDRESS})\n", names.description, names.request));
    page
}

/// The reference of a group: all of its calls on one page.
pub(super) fn catalogue(calls: &[Told], language: Language) -> String {
    let mut page = "import { Callout } from \"zudoku/ui/Callout\";\n\n# Trade\n\n<Callout type=\"info\">\nAll calls of the group.\n\
                    </Callout>\n\n"
        .to_owned();
    for call in calls {
        let parts = Parts::of(call, Family::Catalogue, language);
        let names = &parts.names;
        page.push_str(&format!("## {}\n\n{}\n\n", escaped(&parts.title), parts.description));
        page.push_str(&format!("`{} {}`\n\n", parts.method, parts.path));
        for (pool, weight) in &parts.weights {
            page.push_str(&format!("### {}{pool}\n\n{weight}\n\n", names.weight));
        }
        page.push_str(&format!("### {}\n\n{}\n", names.parameters, table(&parts)));
        page.push_str(&quoted(&parts, "> - "));
        page.push_str(&format!("### {}\n\n<CodeBlock>\n\n", names.response));
        for (text, language) in &parts.examples {
            page.push_str(&format!("```{language}\n{text}\n```\n\n"));
        }
        page.push_str("</CodeBlock>\n\n");
    }
    page
}

/// What is written with a backslash outside of code.
fn escaped(text: &str) -> String {
    text.split('`')
        .enumerate()
        .map(|(at, part)| if at % 2 == 0 { part.replace('_', "\\_") } else { part.to_owned() })
        .collect::<Vec<_>>()
        .join("`")
}

/// The anchor of a heading.
fn slug(name: &str) -> String {
    name.to_lowercase().replace(' ', "-")
}
