//! The old site as HTML.

use super::Parts;

pub(super) fn page(parts: &Parts) -> String {
    let names = &parts.names;
    let mut article = format!("<header><h1>{}</h1></header>\n", escaped(&parts.title));
    let heading = |name: &str| {
        format!(
            "<h2 class=\"anchor anchorWithStickyNavbar_x1\" id=\"a\">{name}<a class=\"hash-link\" title=\"Direct link to {name}\" \
             href=\"#a\">\u{200b}</a></h2>\n"
        )
    };
    article.push_str(&format!("{}<p>{}</p>\n", heading(names.description), escaped(&parts.description)));
    article.push_str(&format!("{}<p>{} <code>{}</code></p>\n", heading(names.request), parts.method, parts.path));
    for (pool, weight) in &parts.weights {
        article.push_str(&format!("{}<p>{}</p>\n", heading(&format!("{}{pool}", names.weight)), inline(weight)));
    }
    article.push_str(&heading(names.parameters));
    if parts.rows.is_empty() {
        article.push_str("<p><strong>None</strong></p>\n");
    } else {
        let header: String = parts.header.iter().map(|name| format!("<th>{name}</th>")).collect();
        article.push_str(&format!("<table><thead><tr>{header}</tr></thead><tbody>"));
        for row in &parts.rows {
            let cells: String = row.iter().map(|cell| format!("<td>{}</td>", inline(cell))).collect();
            article.push_str(&format!("<tr>{cells}</tr>\n"));
        }
        article.push_str("</tbody></table>\n");
    }
    let notes: String = parts.notes.iter().map(|note| format!("<li>{}</li>\n", inline(note))).collect();
    article.push_str(&format!("<blockquote>\n<ul>\n{notes}</ul>\n</blockquote>\n"));
    article.push_str(&heading(names.response));
    for (text, language) in &parts.examples {
        let lines: String = text
            .lines()
            .map(|line| format!("<span class=\"token-line\" style=\"color:#393A34\">{}<br></span>", tokens(line)))
            .collect();
        article.push_str(&format!(
            "<div class=\"language-{language} codeBlockContainer_x2 theme-code-block\"><div class=\"codeBlockContent_x3\"><pre \
             tabindex=\"0\" class=\"prism-code language-{language}\"><code class=\"codeBlockLines_x4\">{lines}</code></pre><div \
             class=\"buttonGroup_x5\"><button type=\"button\">Copy</button></div></div></div>\n"
        ));
    }
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"UTF-8\">\n<meta name=\"generator\" content=\"Docusaurus \
         v2.4.3\">\n<title>Query Um Example | Site name</title>\n<link rel=\"canonical\" href=\"https://HOST/docs/../Example\">\n\
         <script>if (1 < 2) document.write(\"<h1>GET /papi/v1/none</h1>\")</script>\n</head>\n<body>\n<nav class=\"navbar\"><a \
         href=\"/\">GET /papi/v1/other</a></nav>\n<main><aside><ul><li>Other Call(TRADE)</li></ul></aside>\n<article><nav \
         class=\"theme-doc-breadcrumbs\"><ul><li>Trade</li></ul></nav><div class=\"tocCollapsible_x6\"><button>On this \
         page</button></div>\n<div class=\"theme-doc-markdown markdown\">\n{article}</div>\n</article>\n<nav \
         class=\"pagination-nav\"><a href=\"/x\">Previous</a></nav><div class=\"table-of-contents\"><ul><li>HTTP Request</li></ul>\
         </div></main>\n</body>\n</html>\n"
    )
}

/// Cuts a line of code into some tokens, as the site does.
fn tokens(line: &str) -> String {
    let parts: Vec<&str> = line.split_inclusive(['"', ':', ',']).collect();
    let token = |part: &&str| format!("<span class=\"token plain\">{}</span>", escaped(part));
    parts.iter().map(token).collect()
}

/// Backticks and stars as elements.
fn inline(text: &str) -> String {
    let mut html = String::new();
    for (at, part) in text.split('`').enumerate() {
        if at % 2 == 1 {
            html.push_str(&format!("<code>{}</code>", escaped(part)));
            continue;
        }
        for (at, part) in part.split("**").enumerate() {
            let part = escaped(part);
            html.push_str(&if at % 2 == 1 { format!("<strong>{part}</strong>") } else { part });
        }
    }
    html
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
