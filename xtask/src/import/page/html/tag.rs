//! What the tags of pages mean to a reader of their text.

use html5gum::StartTag;

/// What a tag within a line of Markdown is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Inline {
    Break,
    Nothing,
    /// No tag at all: a placeholder such as `<symbol>`.
    Words,
}

/// Tells what a tag such as `<br/>` within a line is.
pub(crate) fn inline_tag(tag: &str) -> Inline {
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.find(|letter: char| letter.is_ascii_whitespace() || matches!(letter, '>' | '/'));
    let name = name[..end.unwrap_or(name.len())].to_ascii_lowercase();
    match name.as_str() {
        "br" | "li" | "p" | "tr" => Inline::Break,
        _ if tag.starts_with("<!--") => Inline::Nothing,
        _ if KNOWN.contains(&name.as_str()) => Inline::Nothing,
        _ => Inline::Words,
    }
}

const KNOWN: &[&str] = &[
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "center",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "li",
    "link",
    "main",
    "mark",
    "meta",
    "nav",
    "noscript",
    "ol",
    "option",
    "p",
    "path",
    "picture",
    "pre",
    "s",
    "samp",
    "script",
    "section",
    "select",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "tt",
    "u",
    "ul",
    "use",
    "var",
    "video",
    "wbr",
];

/// What an element does to the text around it and within.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// It and all within it is no part of the article.
    Dropped,
    /// It begins a text of its own.
    Block,
    Quote,
    List,
    Item,
    Heading(u8),
    Table,
    Row,
    Cell,
    HeaderCell,
    Code,
    Pre,
    Bold,
    Link,
    Break,
    CodeLine,
    Nothing,
}

/// Tells the effect of an element.
pub(super) fn effect(tag: &StartTag<usize>) -> Effect {
    if is_dropped(tag) {
        return Effect::Dropped;
    }
    let name: &[u8] = &tag.name;
    match name {
        b"h1" => Effect::Heading(1),
        b"h2" => Effect::Heading(2),
        b"h3" => Effect::Heading(3),
        b"h4" => Effect::Heading(4),
        b"h5" => Effect::Heading(5),
        b"h6" => Effect::Heading(6),
        b"blockquote" => Effect::Quote,
        b"ul" | b"ol" => Effect::List,
        b"li" => Effect::Item,
        b"table" => Effect::Table,
        b"tr" => Effect::Row,
        b"td" => Effect::Cell,
        b"th" => Effect::HeaderCell,
        b"code" | b"kbd" | b"samp" | b"tt" => Effect::Code,
        b"pre" => Effect::Pre,
        b"b" | b"strong" => Effect::Bold,
        b"a" => Effect::Link,
        b"br" => Effect::Break,
        b"span" if has_class(tag, &["token-line"]) => Effect::CodeLine,
        b"p" | b"div" | b"section" | b"article" | b"main" | b"header" | b"details" | b"summary" | b"dl" | b"dt"
        | b"dd" | b"hr" | b"figure" | b"body" => Effect::Block,
        _ => Effect::Nothing,
    }
}

fn is_dropped(tag: &StartTag<usize>) -> bool {
    const ELEMENTS: &[&[u8]] = &[
        b"nav",
        b"aside",
        b"button",
        b"svg",
        b"script",
        b"style",
        b"noscript",
        b"footer",
        b"head",
        b"template",
        b"iframe",
    ];
    const CLASSES: &[&str] = &[
        "hash-link",
        "tocCollapsible",
        "pagination-nav",
        "table-of-contents",
        "theme-doc-toc",
        "theme-doc-footer",
        "breadcrumbs",
        "buttonGroup",
        "visually-hidden",
        "sr-only",
    ];
    let name: &[u8] = &tag.name;
    ELEMENTS.contains(&name) || has_class(tag, CLASSES)
}

/// Whether a class of an element begins with one of these: the site puts another ending behind it with each build.
pub(super) fn has_class(tag: &StartTag<usize>, starts: &[&str]) -> bool {
    let classes = attribute(tag, "class").unwrap_or_default();
    classes.split_ascii_whitespace().any(|class| starts.iter().any(|start| class.starts_with(start)))
}

/// The language of a block of code, which is a class.
pub(super) fn language(tag: &StartTag<usize>) -> Option<String> {
    let classes = attribute(tag, "class")?;
    classes.split_ascii_whitespace().find_map(|class| class.strip_prefix("language-")).map(str::to_owned)
}

pub(super) fn attribute(tag: &StartTag<usize>, name: &str) -> Option<String> {
    let value = tag.attributes.get(name.as_bytes())?;
    Some(String::from_utf8_lossy(value).into_owned())
}

/// Whether an element has no end.
pub(super) fn is_void(name: &[u8]) -> bool {
    const VOID: &[&[u8]] = &[
        b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"source", b"track",
        b"wbr",
    ];
    VOID.contains(&name)
}
