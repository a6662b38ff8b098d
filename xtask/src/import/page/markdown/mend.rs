//! Turns lines as the tools leave them into Markdown that means the same to any reader: tables with all of their pipes, fences
//! that close, rules that underline nothing. Each line keeps the number that it has in the file.

use super::fence::{Fences, fences};
use super::row::{self, Pipes};
use crate::import::page::Family;
use crate::import::page::heading;
use std::fmt::Write as _;

/// The mended text, and the line of the file for each of its lines.
#[derive(Debug, Default)]
pub(super) struct Mended {
    pub(super) text: String,
    starts: Vec<(usize, usize)>,
}

impl Mended {
    fn push(&mut self, line: usize, text: &str) {
        self.starts.push((self.text.len(), line));
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// An empty line, unless there is one.
    fn part(&mut self, line: usize) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.push(line, "");
        }
    }

    /// Adds to the line before.
    fn continue_row(&mut self, text: &str) {
        let end = self.text.trim_end_matches(['\n', '|']).len();
        self.text.truncate(end);
        let _ = writeln!(self.text, "<br>{}|", text.trim().replace('|', "\\|"));
    }

    /// The line of the file on which something of the text stands.
    pub(super) fn line_of(&self, offset: usize) -> usize {
        let after = self.starts.partition_point(|(start, _)| *start <= offset);
        self.starts.get(after.saturating_sub(1)).map_or(0, |(_, line)| *line)
    }
}

/// Mends a text whose first line is the given one of its file.
pub(super) fn mend(text: &str, first_line: usize, family: Family) -> Mended {
    let text = if family == Family::Catalogue { without_components(text) } else { text.to_owned() };
    let text = if is_pulled_apart(&text) {
        text.split('\n').map(pushed_together).collect::<Vec<_>>().join("\n")
    } else {
        text
    };
    let lines: Vec<&str> = text.split('\n').collect();
    let fences = fences(&lines);
    let mut mended = Mended::default();
    let mut at = 0;
    while at < lines.len() {
        let (line, number) = (lines[at], first_line + at);
        if let Some(mark) = fences.missing.get(&at) {
            mended.push(number, mark);
        }
        if fences.code.contains(&at) {
            mended.push(number, line);
        } else if fences.stray.contains(&at) || is_indented_fence(line) {
            mended.push(number, "");
        } else if delimiter(&lines, at).is_some() && row::is_row(unquoted(line).1) {
            at = table(&lines, at, first_line, family, &fences, &mut mended);
            continue;
        } else if is_rule(line) || is_pseudo_heading(line) {
            mended.part(number);
            mended.push(number, line);
            mended.push(number, "");
        } else {
            mended.push(number, line);
        }
        at += 1;
    }
    if let Some(mark) = fences.missing.get(&lines.len()) {
        mended.push(first_line + lines.len(), mark);
    }
    mended
}

/// Writes a table whose header is at a line, and returns the line after it.
fn table(
    lines: &[&str],
    header: usize,
    first_line: usize,
    family: Family,
    fences: &Fences,
    mended: &mut Mended,
) -> usize {
    let (quote, text) = unquoted(lines[header]);
    let pipes = Pipes::of(text);
    let columns = row::split(text, pipes, None);
    let quoted = |row: &str| format!("{quote}{row}");
    if quote.is_empty() {
        mended.part(first_line + header);
    } else {
        mended.push(first_line + header, quote);
    }
    mended.push(first_line + header, &quoted(&row::joined(&columns)));
    mended.push(first_line + header + 1, &quoted(&format!("|{}", "---|".repeat(columns.len()))));
    let parted = delimiter(lines, header).unwrap_or(header + 1);
    let is_airy = parted > header + 1;
    let mut at = parted + 1;
    while let Some(line) = lines.get(at).filter(|_| !fences.code.contains(&at) && !fences.stray.contains(&at)) {
        let (own, text) = unquoted(line);
        let is_next_table = delimiter(lines, at).is_some();
        if is_airy
            && text.trim().is_empty()
            && lines.get(at + 1).is_some_and(|next| row::is_row(next) && delimiter(lines, at + 1).is_none())
        {
            at += 1;
            continue;
        }
        if text.trim().is_empty() || own.is_empty() != quote.is_empty() || is_next_table {
            break;
        }
        if row::is_row(text) {
            let cells = row::split(text, pipes, Some(columns.len()));
            mended.push(first_line + at, &quoted(&row::joined(&cells)));
        } else if family == Family::Html2Text && at > header + 2 && !text.starts_with('#') {
            // What the cell had behind a line break.
            mended.continue_row(text);
        } else {
            break;
        }
        at += 1;
    }
    mended.push(first_line + at, quote);
    at
}

/// The line that parts a header from its rows: the next one, or the one after an empty line.
fn delimiter(lines: &[&str], header: usize) -> Option<usize> {
    let is_delimiter = |at: usize| lines.get(at).is_some_and(|line| row::is_delimiter(unquoted(line).1));
    let is_empty = |at: usize| lines.get(at).is_some_and(|line| line.trim().is_empty());
    if is_delimiter(header + 1) {
        return Some(header + 1);
    }
    (is_empty(header + 1) && is_delimiter(header + 2) && !lines[header].trim().is_empty()).then_some(header + 2)
}

/// Whether a tool took marks at the beginning of lines for those of lists, and wrote these anew: `- *3**`, `- --|---`.
fn is_pulled_apart(text: &str) -> bool {
    text.lines().any(|line| line.starts_with("- --|"))
}

/// Writes a line of such a text as it was.
fn pushed_together(line: &str) -> String {
    let is_bold = |rest: &str| rest.starts_with('*') && !rest.starts_with("**") && rest.contains("**");
    match line.strip_prefix("- ") {
        Some(rest) if rest.starts_with("--|") => return format!("-{rest}"),
        Some(rest) if is_bold(rest) => return format!("*{rest}"),
        _ => {}
    }
    let (marks, rest) = unquoted(line);
    match rest.strip_prefix('*') {
        // The blank behind the mark of an item is gone.
        Some(text) if !marks.is_empty() && !text.starts_with(['*', ' ']) => format!("{marks}* {text}"),
        _ => line.to_owned(),
    }
}

/// The marks of quotes before a line, and the rest.
fn unquoted(line: &str) -> (&str, &str) {
    let rest = line.trim_start_matches([' ', '>']);
    let marks = &line[..line.len() - rest.len()];
    if marks.contains('>') { (marks, rest) } else { ("", line) }
}

/// Whether a line is a rule. Below a line of text Markdown would take it for the underline of a heading.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && line.chars().all(|letter| letter == '-')
}

/// Whether a line by itself is what a section is called, in bold.
fn is_pseudo_heading(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("**") && line.len() < 80 && heading::kind_of(line).is_some()
}

/// Whether code without a fence ends in one.
fn is_indented_fence(line: &str) -> bool {
    line.starts_with("    ") && line.trim().len() >= 3 && line.trim().bytes().all(|byte| byte == b'`')
}

/// Removes imports and the tags of components, whose names begin with a capital. Their text stays, and lines keep their numbers.
fn without_components(text: &str) -> String {
    let lines: Vec<&str> = text.split('\n').collect();
    let fences = fences(&lines);
    let mut plain: Vec<String> = Vec::new();
    let mut is_in_tag = false;
    for (at, line) in lines.iter().enumerate() {
        let is_import = (line.starts_with("import ") && line.contains(" from ")) || line.starts_with("export ");
        if fences.code.contains(&at) {
            plain.push((*line).to_owned());
        } else if is_import {
            plain.push(String::new());
        } else {
            plain.push(without_tags(line, &mut is_in_tag));
        }
    }
    plain.join("\n")
}

fn without_tags(line: &str, is_in_tag: &mut bool) -> String {
    let mut plain = String::new();
    let mut rest = line;
    loop {
        if *is_in_tag {
            let Some(end) = rest.find('>') else { return plain };
            *is_in_tag = false;
            rest = &rest[end + 1..];
        }
        let is_tag = |at: usize| {
            let tag = rest[at + 1..].trim_start_matches('/');
            tag.starts_with(|first: char| first.is_ascii_uppercase()) || tag.starts_with('>')
        };
        let Some(start) = rest.match_indices('<').map(|(at, _)| at).find(|at| is_tag(*at)) else {
            plain.push_str(rest);
            return if plain.trim().is_empty() { String::new() } else { plain };
        };
        plain.push_str(&rest[..start]);
        *is_in_tag = true;
        rest = &rest[start..];
    }
}
