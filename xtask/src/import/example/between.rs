//! What stands between the members of an object or list: commas, comments, dots, and words that JSON does not know.

use super::RepairKind;
use super::build::Builder;
use super::token::{Found, Token};

/// What stands between the brackets so far.
#[derive(Default)]
pub(super) struct Members {
    /// Whether the last thing was a comma, or the bracket that opens.
    pub(super) has_separator: bool,
    pub(super) has_comma: bool,
    /// Whether they are those of a whole reply, of which a comment before them says nothing.
    pub(super) is_of_reply: bool,
    /// The path of the last member.
    pub(super) last: Option<String>,
    /// Comments on lines of their own, for the member that follows.
    pub(super) waiting: Vec<String>,
}

impl Builder {
    /// Takes what is no member: a comma, a comment, dots, words that mean nothing to JSON.
    pub(super) fn between(&mut self, path: &str, members: &mut Members) {
        let Some(found) = self.tokens.get(self.at).cloned() else { return };
        match found.token {
            Token::Mark(',', written) => {
                self.at += 1;
                self.full_width(found.line, ',', written);
                if members.has_separator {
                    self.repair(found.line, RepairKind::ExtraComma);
                }
                (members.has_separator, members.has_comma) = (true, true);
            }
            Token::Comment(text) => {
                let goes_on = !found.starts_line || self.goes_on(found.line, found.column, members);
                self.at += 1;
                if goes_on { self.comment(text, path, members) } else { members.waiting.push(text) }
            }
            Token::Ellipsis => self.skip(RepairKind::Ellipsis),
            Token::Text { .. } | Token::Word(_) => {
                let text = self.stray();
                if !is_alternative(&text) {
                    self.comment(text, path, members);
                }
            }
            Token::Mark(_, written) => self.skip(RepairKind::StrayMark(written)),
        }
    }

    /// Whether a comment on a line of its own goes on from the one behind a member, which stands right above it. One for the next
    /// member begins further left, where members do.
    fn goes_on(&self, line: usize, column: usize, members: &Members) -> bool {
        let above = self.at.checked_sub(1).and_then(|above| self.tokens.get(above));
        let is_above = |above: &Found| {
            matches!(above.token, Token::Comment(_)) && above.line + 1 == line && column + 2 >= above.column
        };
        members.last.is_some() && members.waiting.is_empty() && above.is_some_and(is_above)
    }

    /// Adds a comment to the member before it, or to what holds the members.
    fn comment(&mut self, text: String, path: &str, members: &mut Members) {
        if members.is_of_reply && members.last.is_none() {
            members.waiting.push(text);
            return;
        }
        let of = members.last.as_deref().unwrap_or(path);
        if !text.is_empty() {
            self.comments.push((of.to_owned(), text));
        }
    }

    pub(super) fn take_waiting(&mut self, path: &str, members: &mut Members) {
        self.comments
            .extend(members.waiting.drain(..).filter(|text| !text.is_empty()).map(|text| (path.to_owned(), text)));
    }

    pub(super) fn separate(&mut self, line: usize, members: &mut Members) {
        if !members.has_separator {
            self.repair(line, RepairKind::MissingComma);
        }
        (members.has_separator, members.has_comma) = (false, false);
    }

    pub(super) fn close(&mut self, found: &Found, members: &Members) {
        self.at += 1;
        if members.has_comma {
            self.repair(found.line, RepairKind::ExtraComma);
        }
        if let Token::Mark(mark, written) = found.token {
            self.full_width(found.line, mark, written);
        }
    }

    /// Takes the words up to the end of their line, or up to what JSON knows.
    pub(super) fn stray(&mut self) -> String {
        let Some(Found { line, .. }) = self.tokens.get(self.at).cloned() else { return String::new() };
        let mut words: Vec<String> = Vec::new();
        while let Some(found) = self.tokens.get(self.at) {
            let is_outside = self.open.is_empty();
            let is_over = found.line != line || (!words.is_empty() && !is_outside && self.has_colon_after(self.at));
            match &found.token {
                _ if is_over => break,
                Token::Mark(':', _) if is_outside => {}
                Token::Text { text, .. } => words.push(format!("\"{text}\"")),
                Token::Word(word) => words.push(word.clone()),
                _ => break,
            }
            self.at += 1;
        }
        let text = words.join(" ");
        let kind =
            if is_alternative(&text) { RepairKind::SeveralExamples } else { RepairKind::StrayText(text.clone()) };
        self.repair(line, kind);
        text
    }
}

/// Whether a word parts two examples.
pub(super) fn is_alternative(text: &str) -> bool {
    matches!(text.to_ascii_lowercase().trim_end_matches([':', '：']), "or" | "或" | "或者")
}
