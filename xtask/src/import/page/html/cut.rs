//! Makes pieces of tags and texts, one after the other.

use super::tag::{self, Effect};
use super::{Document, Root};
use crate::import::page::markdown::row::indent;
use crate::import::page::piece::{Piece, PieceKind, Prose};
use crate::import::page::text::{one_space, without_invisible};
use crate::import::page::{Row, Table};
use html5gum::{StartTag, Token};

/// How many elements may be open; what is deeper is read as if it stood here.
const DEEPEST: usize = 512;

/// The state between two tags.
pub(super) struct Cutter {
    root: Root,
    document: Document,
    open: Vec<Open>,
    text: String,
    /// The line on which the text began.
    line: usize,
    bold: usize,
    /// How much of the text is in links.
    linked: usize,
    heading: Option<u8>,
    is_item: bool,
    table: Option<(Table, usize)>,
    row: Vec<String>,
    row_line: usize,
    language: String,
}

/// An element that has begun.
struct Open {
    name: Vec<u8>,
    effect: Effect,
    is_root: bool,
    /// How long the text was.
    from: usize,
}

impl Cutter {
    pub(super) fn new(root: Root) -> Self {
        Self {
            root,
            document: Document::default(),
            open: Vec::new(),
            text: String::new(),
            line: 0,
            bold: 0,
            linked: 0,
            heading: None,
            is_item: false,
            table: None,
            row: Vec::new(),
            row_line: 0,
            language: String::new(),
        }
    }

    pub(super) fn token(&mut self, token: &Token<usize>, line: usize) {
        match token {
            Token::StartTag(tag) => self.start(tag, line),
            Token::EndTag(tag) => self.end(&tag.name),
            Token::String(text) => self.push(&String::from_utf8_lossy(text), line),
            _ => {}
        }
    }

    pub(super) fn finished(mut self) -> Document {
        while !self.open.is_empty() {
            self.close_last();
        }
        self.flush();
        self.end_table();
        self.document
    }

    fn start(&mut self, tag: &StartTag<usize>, line: usize) {
        let name: &[u8] = &tag.name;
        self.canonical(tag);
        if name == b"body" {
            self.end(b"head");
        }
        let effect = tag::effect(tag);
        self.end_implied(effect, name);
        let effect = self.effect_here(effect);
        if is_block(effect) {
            self.end_text();
        }
        let is_root = self.root.is(tag);
        let has_end = !tag::is_void(name) && (!tag.self_closing || effect != Effect::Dropped);
        if has_end && self.open.len() < DEEPEST {
            self.open.push(Open { name: name.to_vec(), effect, is_root, from: self.text.len() });
        }
        if !self.is_read() {
            return;
        }
        if self.is_in(Effect::Pre) {
            if effect == Effect::Break {
                self.text.push('\n');
            }
            if let Some(language) = tag::language(tag).filter(|_| self.language.is_empty()) {
                self.language = language;
            }
            if effect == Effect::Pre {
                self.begin_code(tag, line);
            }
            return;
        }
        match effect {
            _ if self.is_in_cell() => match effect {
                Effect::Break | Effect::Item | Effect::Block => self.text.push('\n'),
                Effect::Code => self.text.push('`'),
                Effect::Row | Effect::Cell | Effect::HeaderCell => {
                    self.text.clear();
                    self.line = line;
                }
                _ => {}
            },
            Effect::Break => self.text.push('\n'),
            Effect::Code => self.push("`", line),
            Effect::Row => {
                self.row.clear();
                self.row_line = line;
                self.text.clear();
            }
            Effect::Table => {
                self.end_table();
                self.table = Some((Table { caption: None, header: Vec::new(), rows: Vec::new() }, line));
            }
            Effect::Heading(level) => self.heading = Some(level),
            Effect::Item => self.is_item = true,
            _ => {}
        }
    }

    /// What an element does where it stands: a table in a cell is text, and so is code.
    fn effect_here(&self, effect: Effect) -> Effect {
        let is_nested =
            || self.open.iter().rfind(|open| open.name == b"table").is_some_and(|table| table.effect != Effect::Table);
        match effect {
            Effect::Pre if self.is_in_cell() => Effect::Code,
            Effect::Table if self.is_in_cell() => Effect::Block,
            Effect::Row | Effect::Cell | Effect::HeaderCell if self.table.is_none() || is_nested() => Effect::Block,
            effect => effect,
        }
    }

    fn begin_code(&mut self, tag: &StartTag<usize>, line: usize) {
        self.language = tag::language(tag).unwrap_or_default();
        self.line = line;
    }

    fn end(&mut self, name: &[u8]) {
        // A cell is not ended by what began around its table.
        let Some(at) = self.open.iter().rposition(|open| open.name == name) else { return };
        while self.open.len() > at {
            self.close_last();
        }
    }

    /// Ends the text before an element that begins one of its own, while it is known what that text stands in.
    fn end_text(&mut self) {
        if self.is_read() && !self.is_in(Effect::Pre) && !self.is_in_cell() {
            self.flush();
        }
    }

    fn close_last(&mut self) {
        if self.open.last().is_some_and(|open| is_block(open.effect)) {
            self.end_text();
        }
        if let Some(open) = self.open.pop() {
            self.close(&open);
        }
    }

    /// Does what the end of an element does.
    fn close(&mut self, open: &Open) {
        let was_read = open.effect != Effect::Dropped && (self.is_read() || open.is_root);
        if !was_read {
            return;
        }
        if self.is_in(Effect::Pre) {
            if open.effect == Effect::CodeLine && !self.text.ends_with('\n') {
                self.text.push('\n');
            }
            return;
        }
        match open.effect {
            Effect::Pre => self.end_code(),
            Effect::Code => self.end_inline_code(open.from),
            Effect::Cell | Effect::HeaderCell => self.end_cell(),
            Effect::Row => self.end_row(),
            Effect::Table => self.end_table(),
            _ if self.is_in_cell() => {
                if matches!(open.effect, Effect::Item | Effect::Block) {
                    self.text.push('\n');
                }
            }
            Effect::Bold if self.text.get(..open.from).is_some_and(|before| before.trim().is_empty()) => {
                self.bold = self.text.trim_start().len();
            }
            Effect::Link => self.linked += self.text.len().saturating_sub(open.from),
            Effect::Item => self.is_item = false,
            _ => {}
        }
    }

    /// Ends what the beginning of another element ends: an item by the next one, a paragraph by a block.
    fn end_implied(&mut self, effect: Effect, name: &[u8]) {
        let (ended, borders): (&[&[u8]], &[&[u8]]) = match effect {
            Effect::Item => (&[b"li"], &[b"ul", b"ol", b"table"]),
            Effect::Row => (&[b"tr"], &[b"table"]),
            Effect::Cell | Effect::HeaderCell => (&[b"td", b"th"], &[b"tr", b"table"]),
            Effect::Block | Effect::Quote | Effect::List | Effect::Heading(_) | Effect::Table | Effect::Pre => {
                (&[b"p"], &[b"td", b"th", b"li", b"div", b"blockquote", b"article"])
            }
            _ => return,
        };
        if matches!(name, b"div" | b"header" | b"section" | b"main" | b"article" | b"body") && !self.is_in_paragraph() {
            return;
        }
        let border = self.open.iter().rposition(|open| borders.contains(&open.name.as_slice())).map_or(0, |at| at + 1);
        let Some(at) = self.open[border..].iter().rposition(|open| ended.contains(&open.name.as_slice())) else {
            return;
        };
        while self.open.len() > border + at {
            self.close_last();
        }
    }

    fn is_in_paragraph(&self) -> bool {
        self.open.last().is_some_and(|open| open.name == b"p")
    }

    pub(super) fn push(&mut self, text: &str, line: usize) {
        if !self.is_read() {
            return;
        }
        if self.is_in(Effect::Pre) {
            self.text.push_str(text);
            return;
        }
        if self.table.is_some() && !self.is_in_cell() {
            // What stands in a table and in no cell, such as its caption, is prose before it.
            let prose = Prose { text: one_space(&without_invisible(text)), ..Prose::default() };
            if !prose.text.is_empty() {
                self.piece(line, PieceKind::Prose(prose));
            }
            return;
        }
        if self.text.trim().is_empty() && !text.trim().is_empty() {
            self.line = line + text[..text.len() - text.trim_start().len()].matches('\n').count();
        }
        // Where HTML breaks its lines means nothing.
        self.text.extend(text.chars().map(|letter| if matches!(letter, '\n' | '\t' | '\r') { ' ' } else { letter }));
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let (bold, linked) = (std::mem::take(&mut self.bold), std::mem::take(&mut self.linked));
        let heading = self.heading.take();
        let is_link = linked > 0 && linked >= text.trim().len();
        let text = one_space(&without_invisible(&text));
        if text.is_empty() {
            return;
        }
        let kind = match heading {
            Some(level) => PieceKind::Heading { level, text, anchor: None },
            None => PieceKind::Prose(Prose {
                depth: self.count(Effect::List).saturating_sub(1),
                bold: bold.min(text.len()),
                is_link,
                is_item: self.is_item,
                text,
            }),
        };
        self.piece(self.line, kind);
    }

    fn end_code(&mut self) {
        let code = without_invisible(&std::mem::take(&mut self.text));
        let first = code.split('\n').take_while(|line| line.trim().is_empty()).count();
        let text = code.trim_end().split('\n').skip(first).collect::<Vec<_>>().join("\n");
        let language = std::mem::take(&mut self.language);
        if !text.is_empty() {
            self.piece(self.line, PieceKind::Code { text, language });
        }
    }

    fn end_inline_code(&mut self, from: usize) {
        // The text may have ended within the element, where tags hold each other in a wrong way.
        let Some(code) = self.text.get(from..).map(|code| code.trim_matches(['`', ' ']).to_owned()) else { return };
        self.text.truncate(from);
        if !code.is_empty() {
            self.text.push_str(&format!("`{code}`"));
        }
    }

    fn end_cell(&mut self) {
        let cell = without_invisible(&std::mem::take(&mut self.text));
        self.row.push(cell);
        (self.bold, self.linked) = (0, 0);
    }

    fn end_row(&mut self) {
        let cells = std::mem::take(&mut self.row);
        let line = self.row_line;
        let Some((table, _)) = &mut self.table else { return };
        if cells.is_empty() {
            return;
        }
        if table.header.is_empty() {
            table.header = cells.iter().map(|cell| one_space(cell)).collect();
            return;
        }
        // Blanks of the source mean nothing, those that do not break are meant.
        let first = cells.first().map(|cell| cell.trim_start_matches([' ', '\n']).to_owned()).unwrap_or_default();
        let (depth, name) = indent(&first);
        let mut row: Vec<String> = cells.iter().map(|cell| one_space(cell)).collect();
        if let Some(cell) = row.first_mut().filter(|_| depth > 0) {
            *cell = one_space(name);
        }
        let rest = row.split_off(row.len().min(table.header.len()));
        if let Some(last) = row.last_mut().filter(|_| !rest.is_empty()) {
            last.push_str(&format!(" | {}", rest.join(" | ")));
        }
        row.resize(table.header.len(), String::new());
        table.rows.push(Row { line, depth, cells: row });
    }

    fn end_table(&mut self) {
        self.text.clear();
        if let Some((table, line)) = self.table.take().filter(|(table, _)| !table.header.is_empty()) {
            self.piece(line, PieceKind::Table(table));
        }
    }

    fn piece(&mut self, line: usize, kind: PieceKind) {
        let is_quoted = self.count(Effect::Quote) > 0;
        self.document.pieces.push(Piece { line, is_quoted, kind });
    }

    /// Whether what stands here is part of the article.
    fn is_read(&self) -> bool {
        let is_inside = matches!(self.root, Root::Any | Root::Fragment) || self.open.iter().any(|open| open.is_root);
        is_inside && !self.is_in(Effect::Dropped)
    }

    fn is_in(&self, effect: Effect) -> bool {
        self.open.iter().any(|open| open.effect == effect)
    }

    fn is_in_cell(&self) -> bool {
        self.table.is_some() && self.open.iter().any(|open| matches!(open.effect, Effect::Cell | Effect::HeaderCell))
    }

    fn count(&self, effect: Effect) -> usize {
        self.open.iter().filter(|open| open.effect == effect).count()
    }

    /// Takes the address that the page gives itself.
    fn canonical(&mut self, tag: &StartTag<usize>) {
        let name: &[u8] = &tag.name;
        if name == b"link" && tag::attribute(tag, "rel").as_deref() == Some("canonical") {
            self.document.address = tag::attribute(tag, "href");
        }
    }
}

/// Whether the text in an element is no part of the text before it.
fn is_block(effect: Effect) -> bool {
    use Effect::{Block, Heading, Item, List, Pre, Quote, Table};
    matches!(effect, Block | Heading(_) | Item | List | Pre | Quote | Table)
}
