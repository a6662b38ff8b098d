//! Cuts Markdown into pieces. Lines are mended first, so that a well-kept reader of Markdown understands them as they were meant.

mod fence;
mod mend;
pub(super) mod row;

use super::html;
use super::piece::{Piece, PieceKind, Prose};
use super::text::{one_space, without_emphasis};
use super::{Family, Row, Table};
use mend::{Mended, mend};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Cuts a text whose first line is the given one of its file.
pub(super) fn pieces(text: &str, first_line: usize, family: Family) -> Vec<Piece> {
    let mended = mend(text, first_line, family);
    let mut cutter = Cutter::new(&mended);
    for (event, range) in Parser::new_ext(&mended.text, Options::ENABLE_TABLES).into_offset_iter() {
        cutter.event(event, &range);
    }
    cutter.flush();
    cutter.pieces
}

/// The state between two events.
struct Cutter<'a> {
    mended: &'a Mended,
    pieces: Vec<Piece>,
    /// The text that is being read, and where it began.
    text: String,
    start: Option<usize>,
    /// How far the text is bold from its beginning on.
    bold: usize,
    begins_bold: bool,
    /// How much of the text is in links, and the address of the last one.
    linked: usize,
    links: Vec<usize>,
    address: Option<String>,
    images: usize,
    lists: usize,
    quotes: usize,
    is_item: bool,
    heading: Option<u8>,
    code: Option<(String, usize)>,
    html: Option<(String, usize)>,
    table: Option<(Table, usize)>,
    row: Vec<String>,
}

impl<'a> Cutter<'a> {
    fn new(mended: &'a Mended) -> Self {
        Self {
            mended,
            pieces: Vec::new(),
            text: String::new(),
            start: None,
            bold: 0,
            begins_bold: false,
            linked: 0,
            links: Vec::new(),
            address: None,
            images: 0,
            lists: 0,
            quotes: 0,
            is_item: false,
            heading: None,
            code: None,
            html: None,
            table: None,
            row: Vec::new(),
        }
    }

    fn event(&mut self, event: Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.open(tag, range),
            Event::End(tag) => self.close(tag),
            Event::Text(text) => {
                if let Some((code, _)) = &mut self.code {
                    code.push_str(&text);
                } else if let Some((html, _)) = &mut self.html {
                    html.push_str(&text);
                } else {
                    self.push(&text, range);
                }
            }
            Event::Code(code) => {
                let ticks = if code.contains('`') { "``" } else { "`" };
                self.push(&format!("{ticks}{code}{ticks}"), range);
            }
            Event::Html(text) => match &mut self.html {
                Some((html, _)) => html.push_str(&text),
                None => self.html = Some((text.into_string(), range.start)),
            },
            Event::InlineHtml(tag) => match html::inline_tag(&tag) {
                html::Inline::Break => self.push("\n", range),
                html::Inline::Nothing => {}
                // Words in angle brackets, which nobody means as a tag.
                html::Inline::Words => self.push(&tag, range),
            },
            Event::SoftBreak => self.push(" ", range),
            Event::HardBreak => self.push("\n", range),
            Event::Rule => self.flush(),
            _ => {}
        }
    }

    fn open(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Paragraph => self.flush(),
            Tag::Heading { level, .. } => {
                self.flush();
                (self.heading, self.start) = (Some(level as u8), Some(range.start));
            }
            Tag::BlockQuote(_) => {
                self.flush();
                self.quotes += 1;
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.trim().to_ascii_lowercase(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.start = Some(range.start);
                self.code = Some((String::new(), usize::from(!language.is_empty() || self.is_fence(range.start))));
                self.address = Some(language);
            }
            Tag::HtmlBlock => {
                self.flush();
                self.html = Some((String::new(), range.start));
            }
            Tag::List(_) => {
                self.flush();
                self.lists += 1;
            }
            Tag::Item => {
                self.flush();
                self.is_item = true;
            }
            Tag::Table(_) => {
                self.flush();
                let table = Table { caption: None, header: Vec::new(), rows: Vec::new() };
                self.table = Some((table, self.line(Some(range.start))));
            }
            Tag::TableHead | Tag::TableRow => {
                self.row.clear();
                self.text.clear();
                self.start = Some(range.start);
            }
            Tag::Strong => self.begins_bold = self.text.trim().is_empty(),
            Tag::Link { dest_url, .. } => {
                self.links.push(self.text.len());
                self.address = Some(dest_url.into_string());
            }
            Tag::Image { .. } => self.images += 1,
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) => self.flush(),
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::HtmlBlock => self.end_html(),
            TagEnd::List(_) => {
                self.flush();
                self.lists = self.lists.saturating_sub(1);
            }
            TagEnd::Item => {
                self.flush();
                self.is_item = false;
            }
            TagEnd::TableCell => self.end_cell(),
            TagEnd::TableHead => {
                let header = std::mem::take(&mut self.row);
                if let Some((table, _)) = &mut self.table {
                    table.header = header.iter().map(|cell| row::indent(cell).1.to_owned()).collect();
                }
            }
            TagEnd::TableRow => self.end_row(),
            TagEnd::Table => {
                if let Some((table, line)) = self.table.take() {
                    self.piece(line, PieceKind::Table(table));
                }
                self.text.clear();
            }
            TagEnd::Strong if std::mem::take(&mut self.begins_bold) => self.bold = self.text.trim_start().len(),
            TagEnd::Link => {
                if let Some(start) = self.links.pop().filter(|_| self.links.is_empty()) {
                    self.linked += self.text.len().saturating_sub(start);
                }
            }
            TagEnd::Image => self.images = self.images.saturating_sub(1),
            _ => {}
        }
    }

    fn push(&mut self, text: &str, range: &Range<usize>) {
        self.end_html();
        if self.images > 0 {
            return;
        }
        if self.start.is_none() {
            self.start = Some(range.start);
        }
        self.text.push_str(text);
    }

    /// Ends the paragraph, item or heading that is being read.
    fn flush(&mut self) {
        self.end_html();
        let (text, start) = (std::mem::take(&mut self.text), self.start.take());
        let (linked, address) = (std::mem::take(&mut self.linked), self.address.take());
        let bold = std::mem::take(&mut self.bold).max(bold_of_raw(&text));
        let heading = self.heading.take();
        let line = self.line(start);
        let tidy = one_space(&without_emphasis(&text));
        if let Some(level) = heading {
            // An anchor whose address has a blank is no link to Markdown.
            let text = tidy.split("[](").next().unwrap_or_default().trim_end().to_owned();
            self.piece(line, PieceKind::Heading { level, text, anchor: address });
        } else if !tidy.is_empty() {
            let prose = Prose {
                bold: bold.min(tidy.len()),
                is_link: linked > 0 && linked >= text.trim().len(),
                depth: self.lists.saturating_sub(1),
                is_item: self.is_item,
                text: tidy,
            };
            self.piece(line, PieceKind::Prose(prose));
        }
    }

    fn end_code(&mut self) {
        let (start, language) = (self.start.take(), self.address.take().unwrap_or_default());
        let Some((code, fence)) = self.code.take() else { return };
        let first = code.split('\n').take_while(|line| line.trim().is_empty()).count();
        let line = self.line(start) + fence + first.min(code.matches('\n').count());
        let text = code.trim_end().split('\n').skip(first).collect::<Vec<_>>().join("\n");
        if !text.is_empty() {
            self.piece(line, PieceKind::Code { text, language });
        }
    }

    /// Whether code begins with a fence.
    fn is_fence(&self, start: usize) -> bool {
        self.mended.text[start..].trim_start_matches([' ', '>']).starts_with(['`', '~'])
    }

    fn end_html(&mut self) {
        let Some((html, start)) = self.html.take() else { return };
        let line = self.line(Some(start));
        for piece in html::pieces(&html, line) {
            self.pieces.push(Piece { is_quoted: piece.is_quoted || self.quotes > 0, ..piece });
        }
    }

    fn end_cell(&mut self) {
        let cell = without_emphasis(&std::mem::take(&mut self.text));
        self.row.push(cell);
        (self.linked, self.bold, self.address) = (0, 0, None);
    }

    fn end_row(&mut self) {
        let start = self.start.take().unwrap_or(0);
        let line = self.mended.line_of(start);
        let depth = self.depth(start);
        let cells = std::mem::take(&mut self.row);
        if let Some((table, _)) = &mut self.table {
            let mut cells: Vec<String> = cells.iter().map(|cell| one_space(cell)).collect();
            if depth > 0
                && let Some(first) = cells.first_mut()
            {
                *first = row::indent(first).1.trim().to_owned();
            }
            cells.resize(table.header.len(), String::new());
            table.rows.push(Row { line, depth, cells });
        }
    }

    /// How far a row is indented: the line itself tells, before Markdown drops its blanks.
    fn depth(&self, start: usize) -> usize {
        let line = self.mended.text[start..].lines().next().unwrap_or_default();
        let cell = line.trim_start_matches([' ', '>']).trim_start_matches('|');
        let cell =
            cell.replace("&nbsp;", "\u{a0}").replace("&emsp;", "\u{3000}").replace("\\-", "-").replace("\\>", ">");
        let cell = cell.strip_prefix(' ').unwrap_or(&cell);
        row::indent(&cell.split('|').next().unwrap_or_default().replace("&gt;", ">")).0
    }

    fn line(&self, start: Option<usize>) -> usize {
        start.map_or(0, |start| self.mended.line_of(start))
    }

    fn piece(&mut self, line: usize, kind: PieceKind) {
        self.pieces.push(Piece { line, is_quoted: self.quotes > 0, kind });
    }
}

/// How much of a text is bold from its beginning on, where Markdown leaves the marks as they are: before Chinese letters.
fn bold_of_raw(text: &str) -> usize {
    text.trim_start().strip_prefix("**").and_then(|rest| rest.find("**")).unwrap_or(0)
}
