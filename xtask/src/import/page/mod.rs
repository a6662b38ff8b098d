//! One page of the vendor, in one form for all layouts in which pages are saved: what stands on it, where, and nothing of
//! what it means.

mod assemble;
mod clip;
mod family;
mod front_matter;
mod heading;
mod html;
mod markdown;
mod openapi;
mod piece;
mod refusal;
mod text;

pub(crate) use refusal::{Reason, Refusal};

use assemble::{Requests, Source};
use front_matter::FrontMatter;
use std::fmt;

/// Returns the calls that a file tells of, in its order: at least one. The layout is told by what stands in the file, and its name
/// counts for nothing.
///
/// # Errors
///
/// When no call is found in it, or it cannot be read at all.
pub(crate) fn read(file: &str, bytes: &[u8]) -> Result<Vec<Page>, Refusal> {
    let text = decoded(file, bytes)?;
    let front = FrontMatter::read(&text);
    let family = family::of(&text, &front);
    if family == Family::OpenApi {
        return openapi::pages(file, &text);
    }
    let title = front.get("title").map(|title| title.split(" | ").next().unwrap_or_default().to_owned());
    let requests = match family {
        Family::Catalogue | Family::Markdown => Requests::Anywhere,
        Family::Html if !html::is_old_site(&text) => Requests::Anywhere,
        _ => Requests::BelowHeading,
    };
    let mut source = Source { file, family, address: front.address().map(str::to_owned), title, requests };
    let pieces = match family {
        Family::Html => {
            let document = html::document(&text);
            source.address = document.address;
            document.pieces
        }
        Family::WebClip => clip::with_tables(&markdown::pieces(body(&text, &front), front.lines + 1, family)),
        _ => markdown::pieces(body(&text, &front), front.lines + 1, family),
    };
    if family == Family::Navigation {
        source.address = commented_source(&text);
    }
    let pages = assemble::pages(&pieces, &source);
    if pages.is_empty() {
        let is_page = pieces.iter().any(|piece| !matches!(piece.kind, piece::PieceKind::Code { .. }));
        let reason = if is_page { Reason::NoCall } else { Reason::NotAPage("nothing to read stands in it".to_owned()) };
        return Err(Refusal::new(file, 0, reason));
    }
    Ok(pages)
}

/// The text without what nobody sees.
fn decoded(file: &str, bytes: &[u8]) -> Result<String, Refusal> {
    let encoding = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some("UTF-16"),
        _ => None,
    };
    match (encoding, std::str::from_utf8(bytes)) {
        (None, Ok(text)) => Ok(text::without_invisible(text)),
        (Some(encoding), _) => Err(Refusal::new(file, 1, Reason::UnknownEncoding(encoding))),
        (None, Err(error)) => {
            let line = bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count();
            // Where every tenth byte is zero, nobody wrote letters.
            let is_binary = bytes.split(|byte| *byte == 0).count() * 10 > bytes.len() + 10;
            let reason = if is_binary {
                Reason::NotAPage("it is no text".to_owned())
            } else {
                Reason::UnknownEncoding("GBK or another one of one or two bytes a letter")
            };
            Err(Refusal::new(file, line, reason))
        }
    }
}

/// What stands behind the front matter.
fn body<'a>(text: &'a str, front: &FrontMatter<'_>) -> &'a str {
    let start: usize = text.split_inclusive('\n').take(front.lines).map(str::len).sum();
    text.get(start..).unwrap_or_default()
}

/// The address in the comment of the first line.
fn commented_source(text: &str) -> Option<String> {
    let rest = text.trim_start().strip_prefix("<!-- Source:")?;
    rest.split_once("-->").map(|(address, _)| address.trim().to_owned())
}

/// A call of the exchange as one page tells of it, in one language. A file in two languages gives two, and the reference of a
/// group gives one for each of its calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    /// The file, as the user named it.
    pub(crate) file: String,
    pub(crate) family: Family,
    pub(crate) language: Language,
    /// The heading of the page.
    pub(crate) title: Text,
    /// Where the page came from, when it says so.
    pub(crate) address: Option<String>,
    /// What stands in the section of the request: `GET /papi/v1/um/exampleOrders`, backticks and anchors removed, one space between
    /// method and path. It is in no block.
    pub(crate) request: Option<Text>,
    /// Each section that the page has, also an empty one. What has no section here is unknown, and not "none". What stands before
    /// the first heading is a description without heading, and quotes are notes without heading, right after their section.
    pub(crate) sections: Vec<Section>,
}

/// What stands below one heading. A bold line that looks like a heading is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Section {
    pub(crate) kind: SectionKind,
    pub(crate) heading: Text,
    pub(crate) blocks: Vec<Block>,
}

/// What a section is about, whatever its heading is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum SectionKind {
    Description,
    Request,
    Weight(Pool),
    Parameters,
    /// Also what stands in a quote after a table.
    Notes,
    Response,
    Other,
}

/// What a weight counts against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Pool {
    /// The weight of the address: the heading says IP, or nothing.
    Ip,
    /// The order limit of the account.
    Order,
    /// The weight of the account.
    Uid,
}

/// One piece of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    /// A paragraph or the item of a list or quote; `depth` is 0 for the first level, and items below it are one deeper.
    Prose {
        text: Text,
        depth: usize,
    },
    Table(Table),
    Example(Example),
}

/// A text with the line on which it begins. Escapes, anchors, invisible characters and emphasis are gone; backticks stay,
/// because they tell names and words from prose. A line break that the page sets (`<br>`, two spaces at the end of a line) is a
/// newline, and all other blanks in a row are one space; the same holds for the cells of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Text {
    pub(crate) text: String,
    /// Counted from 1; 0 where the file has no lines that mean something.
    pub(crate) line: usize,
}

/// A table of any kind. Each row has as many cells as the header; a cell that is not there is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    /// The prose right before it, when that ends in a colon.
    pub(crate) caption: Option<Text>,
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) line: usize,
    /// How far the row is indented, 0 for most: blanks, `-`, `>` before its first cell, which are removed.
    pub(crate) depth: usize,
    pub(crate) cells: Vec<String>,
}

/// A block of code below a response, or another one, as it stands on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Example {
    /// The line of the file on which the text begins.
    pub(crate) line: usize,
    pub(crate) text: String,
    /// Whether the layout printed it again: its comments are gone, and numbers above 2^53 are rounded.
    pub(crate) is_reprinted: bool,
}

/// The layouts in which pages are saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Family {
    /// Markdown with the navigation of the site.
    Navigation,
    /// The same without navigation.
    OnThisPage,
    /// Made by html2text, in one or two languages.
    Html2Text,
    /// Made by a scraper that puts front matter before it.
    Scraper,
    /// A web clip, whose tables are loose paragraphs.
    WebClip,
    /// HTML of the old site.
    Html,
    /// The reference of a group, with all of its calls.
    Catalogue,
    /// An `OpenAPI` 3 document.
    OpenApi,
    /// None of the above, read by its headings.
    Markdown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Language {
    English,
    Chinese,
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::English => "English",
            Self::Chinese => "Chinese",
        })
    }
}

impl Page {
    /// Returns the sections of a kind.
    pub(crate) fn of_kind(&self, kind: SectionKind) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(move |section| section.kind == kind)
    }
}
