//! Fences around code, and those that open nothing: a stray fence would swallow all that follows, even the second language.

use std::collections::{BTreeMap, BTreeSet};

/// What to do with the lines of a file, by their index.
#[derive(Debug, Default)]
pub(super) struct Fences {
    /// Lines of code, and the fences around them.
    pub(super) code: BTreeSet<usize>,
    /// Fences that open nothing.
    pub(super) stray: BTreeSet<usize>,
    /// The fence that is missing before a line.
    pub(super) missing: BTreeMap<usize, String>,
}

/// Finds out what each fence does.
pub(super) fn fences(lines: &[&str]) -> Fences {
    let mut fences = Fences::default();
    let mut at = 0;
    while at < lines.len() {
        let Some((mark, info)) = fence(lines[at]) else {
            at += 1;
            continue;
        };
        let body = at + 1..lines.len();
        let closes = |line: &str| fence(line).is_some_and(|(other, info)| info.is_empty() && other.starts_with(mark));
        let end = body.clone().find(|line| closes(lines[*line]) || (is_outside(lines[*line]) && !is_script(info)));
        match end {
            Some(end) if closes(lines[end]) => {
                fences.code.extend(at..=end);
                at = end + 1;
            }
            end => {
                let end = end.unwrap_or(lines.len());
                let first = lines[at + 1..end].iter().map(|line| line.trim()).find(|line| !line.is_empty());
                if first.is_some_and(is_code) {
                    fences.code.extend(at..end);
                    fences.missing.insert(end, mark.to_owned());
                    at = end;
                } else {
                    fences.stray.insert(at);
                    at += 1;
                }
            }
        }
    }
    fences
}

/// The marks of a fence and what stands behind them. A fence in a quote is left to the quote.
fn fence(line: &str) -> Option<(&str, &str)> {
    let trimmed = line.trim_start_matches(' ');
    if line.len() - trimmed.len() > 3 {
        return None;
    }
    let mark = trimmed.chars().next().filter(|first| matches!(first, '`' | '~'))?;
    let length = trimmed.bytes().take_while(|byte| char::from(*byte) == mark).count();
    let info = trimmed[length..].trim();
    (length >= 3 && !info.contains('`')).then(|| (&trimmed[..length], info))
}

/// Whether a line cannot stand in the code of a reply: a heading, or the links to other pages below.
fn is_outside(line: &str) -> bool {
    let level = line.bytes().take_while(|byte| *byte == b'#').count();
    let is_heading = (1..=6).contains(&level) && line[level..].starts_with([' ', '\u{a0}']);
    is_heading || ["[上一页", "[下一页", "[Previous", "[Next"].iter().any(|start| line.starts_with(start))
}

/// Whether `#` begins a comment in the code.
fn is_script(language: &str) -> bool {
    matches!(language, "bash" | "sh" | "shell" | "python" | "py" | "yaml" | "yml" | "ruby" | "toml" | "console")
}

fn is_code(first: &str) -> bool {
    first.starts_with(['{', '[', '"', '/', '“', '\'']) && !first.starts_with("[上") && !first.starts_with("[P")
}
