//! Makes pages of pieces: parts a file at its calls, and each call into sections.

use super::heading::{self, compared, kind_of};
use super::piece::{Piece, PieceKind, Prose};
use super::text::is_chinese;
use super::{Block, Example, Family, Language, Page, Section, SectionKind, Text};

/// What is known of a file before its pieces are looked at.
pub(super) struct Source<'a> {
    pub(super) file: &'a str,
    pub(super) family: Family,
    pub(super) address: Option<String>,
    /// The title in the front matter, for a page that has no heading.
    pub(super) title: Option<String>,
    pub(super) requests: Requests,
}

/// Where the requests of calls stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Requests {
    /// Below their heading, as on each page of the old site: what else looks like one is an example in general information.
    BelowHeading,
    /// Also alone, where no heading says so.
    Anywhere,
}

/// Returns a page for each call. What has its request behind the links to other pages is none.
pub(super) fn pages(pieces: &[Piece], source: &Source<'_>) -> Vec<Page> {
    let parts = parts(pieces, source);
    let pages = parts.iter().map(|(title, body)| page(*title, body, source));
    pages.filter(|page| page.request.is_some()).collect()
}

/// Parts a file at the titles of its calls.
fn parts<'a>(pieces: &'a [Piece], source: &Source<'_>) -> Vec<(Option<&'a Piece>, &'a [Piece])> {
    let requests = requests(pieces, source.requests);
    let titles: Vec<Vec<usize>> = requests
        .iter()
        .enumerate()
        .map(|(nth, request)| {
            let from = nth.checked_sub(1).map_or(0, |before| requests[before]);
            (from..*request).filter(|at| is_title(&pieces[*at])).collect()
        })
        .collect();
    let level_of = |at: &usize| level(&pieces[*at]).unwrap_or(u8::MAX);
    // All calls of a reference have titles of one level; only before the first one there is that of the whole.
    let common = titles.iter().skip(1).flatten().map(level_of).min();
    let starts: Vec<Option<usize>> = titles
        .iter()
        .zip(&requests)
        .map(|(own, request)| {
            // The heading of a request is below that of its call.
            let above = |at: &&usize| level(&pieces[*request]).is_some_and(|below| level_of(at) < below);
            let highest = own.iter().map(level_of).min();
            let wanted = match common {
                Some(common) if own.iter().any(|at| level_of(at) == common) => Some(common),
                _ if source.family == Family::Catalogue => own.last().map(level_of),
                _ => highest,
            };
            own.iter().rfind(above).or_else(|| own.iter().rfind(|at| Some(level_of(at)) == wanted)).copied()
        })
        .collect();
    let begin = |nth: usize| starts[nth].unwrap_or(if nth == 0 { 0 } else { requests[nth] });
    (0..requests.len())
        .map(|nth| {
            let end = if nth + 1 < requests.len() { begin(nth + 1) } else { pieces.len() };
            let title = starts[nth].map(|at| &pieces[at]);
            let first = starts[nth].map_or_else(|| begin(nth), |at| at + 1);
            (title, &pieces[first.min(end)..end])
        })
        .collect()
}

/// Finds the requests of a file: the headings above them, or themselves where they stand alone.
fn requests(pieces: &[Piece], allowed: Requests) -> Vec<usize> {
    let headings = |at: &usize| heading_kind(&pieces[*at]) == Some(SectionKind::Request);
    let found: Vec<usize> = (0..pieces.len()).filter(headings).collect();
    if found.is_empty() && allowed == Requests::Anywhere {
        return (0..pieces.len()).filter(|at| own_request(&pieces[*at]).is_some()).collect();
    }
    found.into_iter().filter(|at| request_below(pieces, *at)).collect()
}

/// Whether the section below a heading names a method and a path.
fn request_below(pieces: &[Piece], heading: usize) -> bool {
    let below = pieces.iter().skip(heading + 1);
    below
        .take_while(|piece| level(piece).is_none() && heading_kind(piece).is_none())
        .any(|piece| own_request(piece).is_some())
}

/// The request that a piece is.
fn own_request(piece: &Piece) -> Option<String> {
    match &piece.kind {
        PieceKind::Heading { text, .. } => heading::request(text),
        PieceKind::Prose(prose) if !piece.is_quoted => first_request(&prose.text),
        PieceKind::Code { text, .. } => first_request(text),
        _ => None,
    }
}

/// The request in a paragraph: alone, or before words in brackets.
fn first_request(text: &str) -> Option<String> {
    let alone = text.split('\n').next().unwrap_or_default();
    heading::request(text)
        .or_else(|| heading::request(alone))
        .or_else(|| heading::request(alone.split(['(', '（']).next().unwrap_or_default()))
}

fn heading_kind(piece: &Piece) -> Option<SectionKind> {
    match &piece.kind {
        PieceKind::Heading { text, .. } => heading::section(text).map(|(kind, _)| kind),
        PieceKind::Prose(prose) => heading::pseudo(&prose.text, prose.bold).map(|(kind, ..)| kind),
        _ => None,
    }
}

fn level(piece: &Piece) -> Option<u8> {
    match &piece.kind {
        PieceKind::Heading { level, .. } => Some(*level),
        _ => None,
    }
}

/// Whether a heading may be the title of a call: it is no section's, and no request.
fn is_title(piece: &Piece) -> bool {
    match &piece.kind {
        PieceKind::Heading { text, .. } => heading::section(text).is_none() && heading::request(text).is_none(),
        _ => false,
    }
}

fn page(title: Option<&Piece>, body: &[Piece], source: &Source<'_>) -> Page {
    let title = match title {
        Some(Piece { line, kind: PieceKind::Heading { text, .. }, .. }) => Text { text: text.clone(), line: *line },
        _ => Text { text: source.title.clone().unwrap_or_default(), line: 0 },
    };
    let mut sections = Sections::new(source.family, body);
    for piece in body {
        sections.take(piece);
    }
    let Sections { all: sections, request, anchor, .. } = sections;
    let is_foreign = is_chinese(&title.text) || sections.iter().any(|section| is_chinese(&section.heading.text));
    Page {
        file: source.file.to_owned(),
        family: source.family,
        language: if is_foreign { Language::Chinese } else { Language::English },
        title,
        address: source.address.clone().or(anchor),
        request,
        sections,
    }
}

/// The sections of one call, while pieces are put into them.
struct Sections {
    family: Family,
    all: Vec<Section>,
    /// The section that takes pieces, and the notes that follow it.
    current: Option<usize>,
    notes: Option<usize>,
    request: Option<Text>,
    anchor: Option<String>,
    /// The headings of the page, as a list of them spells them.
    headings: Vec<String>,
    has_request_section: bool,
    /// Whether the links to other pages have begun.
    is_over: bool,
}

impl Sections {
    fn new(family: Family, body: &[Piece]) -> Self {
        let headings = body.iter().filter_map(|piece| match &piece.kind {
            PieceKind::Heading { text, .. } => Some(compared(text)),
            _ => None,
        });
        Self {
            family,
            all: Vec::new(),
            current: None,
            notes: None,
            request: None,
            anchor: None,
            headings: headings.collect(),
            has_request_section: body.iter().any(|piece| heading_kind(piece) == Some(SectionKind::Request)),
            is_over: false,
        }
    }

    fn take(&mut self, piece: &Piece) {
        self.is_over |= piece.prose().is_some_and(is_pager);
        if self.is_over {
            return;
        }
        if self.request.is_none() && self.may_be_request() && self.take_request(piece) {
            return;
        }
        match &piece.kind {
            PieceKind::Heading { text, anchor, .. } => {
                let (kind, rest) = heading::section(text).unwrap_or((SectionKind::Other, String::new()));
                self.begin(kind, Text { text: text.clone(), line: piece.line });
                if !rest.is_empty() {
                    let text = Text { text: rest, line: piece.line };
                    self.section(piece).blocks.push(Block::Prose { text, depth: 0 });
                }
                if self.anchor.is_none() {
                    let address = anchor.as_deref().and_then(|anchor| anchor.split('#').next());
                    self.anchor = address.filter(|address| !address.is_empty()).map(str::to_owned);
                }
            }
            PieceKind::Prose(prose) => self.prose(prose, piece),
            PieceKind::Table(table) => {
                let section = self.section(piece);
                let mut table = table.clone();
                if let Some(Block::Prose { text, .. }) = section.blocks.last()
                    && text.text.ends_with([':', '：'])
                {
                    table.caption = Some(text.clone());
                    section.blocks.pop();
                }
                section.blocks.push(Block::Table(table));
            }
            PieceKind::Code { text, language } => {
                let is_reprinted = self.family == Family::Scraper && language == "json";
                let example = Example { line: piece.line, text: text.clone(), is_reprinted };
                self.section(piece).blocks.push(Block::Example(example));
            }
        }
    }

    fn prose(&mut self, prose: &Prose, piece: &Piece) {
        if self.is_navigation(prose) {
            return;
        }
        if let Some((kind, heading, rest)) = heading::pseudo(&prose.text, prose.bold) {
            self.begin(kind, Text { text: heading, line: piece.line });
            if !rest.is_empty() {
                let text = Text { text: rest, line: piece.line };
                self.section(piece).blocks.push(Block::Prose { text, depth: 0 });
            }
            return;
        }
        let text = Text { text: prose.text.clone(), line: piece.line };
        self.section(piece).blocks.push(Block::Prose { text, depth: prose.depth });
    }

    /// Whether the request of the call can stand where pieces go now.
    fn may_be_request(&self) -> bool {
        let in_request = self.current.is_some_and(|at| self.all[at].kind == SectionKind::Request);
        in_request || !self.has_request_section
    }

    fn take_request(&mut self, piece: &Piece) -> bool {
        let Some(request) = own_request(piece) else { return false };
        self.request = Some(Text { text: request, line: piece.line });
        if let PieceKind::Prose(prose) = &piece.kind
            && heading::request(&prose.text).is_none()
        {
            // What the paragraph says besides.
            let rest = prose.text.split_once('\n').map(|(_, rest)| rest.to_owned());
            let aside = prose
                .text
                .split('\n')
                .next()
                .and_then(|first| first.find(['(', '（']).map(|at| first[at..].to_owned()));
            for text in aside.into_iter().chain(rest) {
                let text = Text { text, line: piece.line };
                self.section(piece).blocks.push(Block::Prose { text, depth: 0 });
            }
        }
        true
    }

    fn begin(&mut self, kind: SectionKind, heading: Text) {
        self.all.push(Section { kind, heading, blocks: Vec::new() });
        (self.current, self.notes) = (Some(self.all.len() - 1), None);
    }

    /// The section that a piece belongs to. What stands before all headings describes the call, and a quote is a note.
    fn section(&mut self, piece: &Piece) -> &mut Section {
        let untitled = Text { text: String::new(), line: piece.line };
        if self.current.is_none() {
            self.begin(SectionKind::Description, untitled.clone());
        }
        let current = self.current.unwrap_or(0);
        let takes_quotes = matches!(
            self.all[current].kind,
            SectionKind::Notes | SectionKind::Description | SectionKind::Weight(_) | SectionKind::Request
        );
        if !piece.is_quoted || takes_quotes {
            return &mut self.all[current];
        }
        let notes = *self.notes.get_or_insert(self.all.len());
        if notes == self.all.len() {
            self.all.push(Section { kind: SectionKind::Notes, heading: untitled, blocks: Vec::new() });
        }
        &mut self.all[notes]
    }

    /// Whether a text leads elsewhere on the page, or says where it came from.
    fn is_navigation(&self, prose: &Prose) -> bool {
        let is_content = prose.is_link && {
            let name = compared(&prose.text);
            self.headings.contains(&name) || kind_of(&prose.text).is_some()
        };
        let source = prose.text.strip_prefix("Source:").map(str::trim);
        let is_source = self.all.is_empty() && source.is_some_and(|rest| rest.contains("://") && !rest.contains(' '));
        // The mark that the catalogue puts beside the path.
        let is_method = matches!(prose.text.as_str(), "GET" | "POST" | "PUT" | "DELETE");
        is_content || is_source || is_method || matches!(prose.text.as_str(), "On this page" | "本页总览")
    }
}

/// Whether a text begins the links to the pages before and after.
fn is_pager(prose: &Prose) -> bool {
    const NAMES: &[&str] = &["上一页", "下一页", "Previous", "Next"];
    let text = prose.text.trim_start_matches('[');
    let is_link = prose.is_link || prose.text.starts_with('[');
    is_link && NAMES.iter().any(|name| text.starts_with(name))
}
