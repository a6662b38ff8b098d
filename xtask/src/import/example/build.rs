//! Builds JSON from the pieces of an example, and repairs what is wrong on the way.

use super::between::{Members, is_alternative};
use super::scalar::{is_beyond_doubles, scalar};
use super::token::{Found, Quotes, Token};
use super::{ReadExample, Repair, RepairKind};
use crate::import::facts::Json;

/// How deep brackets may stand in each other; real replies need five.
const DEEPEST: usize = 64;

/// Reads each example: objects and lists one after the other, or a single value.
pub(super) fn examples(tokens: Vec<Found>, is_reprinted: bool) -> Vec<ReadExample> {
    let mut builder =
        Builder { tokens, at: 0, is_reprinted, open: Vec::new(), repairs: Vec::new(), comments: Vec::new() };
    builder.all()
}

pub(super) struct Builder {
    pub(super) tokens: Vec<Found>,
    pub(super) at: usize,
    is_reprinted: bool,
    /// The brackets around the current place.
    pub(super) open: Vec<char>,
    repairs: Vec<Repair>,
    pub(super) comments: Vec<(String, String)>,
}

impl Builder {
    fn all(&mut self) -> Vec<ReadExample> {
        if let [Found { token: Token::Text { .. } | Token::Word(_), .. }] = self.tokens.as_slice() {
            let json = self.scalar(0);
            return vec![self.finished(json.unwrap_or(Json::Null))];
        }
        let mut examples: Vec<ReadExample> = Vec::new();
        while let Some(found) = self.tokens.get(self.at).cloned() {
            match found.token {
                Token::Mark('{' | '[', _) => {
                    if !examples.is_empty() {
                        self.repair(found.line, RepairKind::SeveralExamples);
                    }
                    let json = self.bracket("");
                    examples.push(self.finished(json));
                }
                Token::Comment(text) => {
                    self.at += 1;
                    self.comments.push((String::new(), text));
                }
                Token::Text { .. } if self.has_colon_after(self.at) => {
                    self.repair(found.line, RepairKind::Unopened('{'));
                    let json = self.object("", found.line);
                    examples.push(self.finished(json));
                }
                Token::Word(_) | Token::Text { .. } => {
                    let text = self.stray();
                    if !is_alternative(&text) {
                        self.comments.push((String::new(), text));
                    }
                }
                Token::Ellipsis => self.skip(RepairKind::Ellipsis),
                Token::Mark(',', _) => self.at += 1,
                Token::Mark(_, written) => self.skip(RepairKind::StrayMark(written)),
            }
        }
        if let Some(last) = examples.last_mut() {
            last.comments.append(&mut self.comments);
            last.repairs.append(&mut self.repairs);
        }
        examples
    }

    fn finished(&mut self, json: Json) -> ReadExample {
        let (comments, repairs) = (std::mem::take(&mut self.comments), std::mem::take(&mut self.repairs));
        ReadExample { json, comments, repairs }
    }

    /// Reads an object or list whose bracket is the current piece.
    fn bracket(&mut self, path: &str) -> Json {
        let Some(Found { token: Token::Mark(mark, written), line, .. }) = self.tokens.get(self.at).cloned() else {
            return Json::Null;
        };
        self.at += 1;
        self.full_width(line, mark, written);
        if self.open.len() >= DEEPEST {
            self.repair(line, RepairKind::TooDeep);
            return Json::Null;
        }
        if mark == '[' || self.is_list_in_braces() {
            if mark == '{' {
                self.repair(line, RepairKind::Unopened('['));
            }
            return self.list(path, mark);
        }
        self.object(path, line)
    }

    /// Whether braces hold nothing but objects, as a list does.
    fn is_list_in_braces(&self) -> bool {
        matches!(self.token(self.at), Some(Token::Mark('{', _)))
    }

    fn object(&mut self, path: &str, line: usize) -> Json {
        self.open.push('{');
        let mut fields: Vec<(String, Json)> = Vec::new();
        let mut members =
            Members { has_separator: true, is_of_reply: path.is_empty() || path == "[]", ..Members::default() };
        loop {
            let Some(found) = self.tokens.get(self.at).cloned() else {
                self.repair(line, RepairKind::Unclosed('{'));
                break;
            };
            match found.token {
                Token::Mark('}', _) => {
                    self.close(&found, &members);
                    break;
                }
                Token::Mark(']', written) => {
                    if self.open.contains(&'[') {
                        self.repair(line, RepairKind::Unclosed('{'));
                        break;
                    }
                    self.skip(RepairKind::StrayMark(written));
                }
                // The brace of the object before is missing.
                Token::Mark('{' | '[', _) => {
                    self.repair(line, RepairKind::Unclosed('{'));
                    break;
                }
                Token::Text { .. } | Token::Word(_) if self.is_key() => {
                    self.separate(found.line, &mut members);
                    let (key, json) = self.field(path, &mut members);
                    if fields.iter().any(|(known, _)| *known == key) {
                        self.repair(found.line, RepairKind::RepeatedKey(key));
                    } else {
                        fields.push((key, json));
                    }
                }
                _ => self.between(path, &mut members),
            }
        }
        self.open.pop();
        self.comments.extend(members.waiting.into_iter().map(|text| (path.to_owned(), text)));
        Json::Object(fields)
    }

    fn list(&mut self, path: &str, opened_by: char) -> Json {
        let line = self.tokens.get(self.at.saturating_sub(1)).map_or(0, |found| found.line);
        let closer = if opened_by == '[' { ']' } else { '}' };
        let own = format!("{path}[]");
        self.open.push(opened_by);
        let mut items = Vec::new();
        let mut members = Members { has_separator: true, ..Members::default() };
        loop {
            let Some(found) = self.tokens.get(self.at).cloned() else {
                self.repair(line, RepairKind::Unclosed(opened_by));
                break;
            };
            match found.token {
                Token::Mark(mark, _) if mark == closer => {
                    self.close(&found, &members);
                    break;
                }
                Token::Mark(mark @ ('}' | ']'), written) => {
                    if self.open.contains(if mark == '}' { &'{' } else { &'[' }) && self.is_closed_elsewhere(mark) {
                        self.repair(line, RepairKind::Unclosed(opened_by));
                        break;
                    }
                    self.skip(RepairKind::StrayMark(written));
                }
                Token::Mark('{' | '[', _) => {
                    self.separate(found.line, &mut members);
                    self.take_waiting(&own, &mut members);
                    items.push(self.bracket(&own));
                    members.last = Some(own.clone());
                }
                // The brace that opens is missing.
                Token::Text { .. } | Token::Word(_) if self.is_key() && self.open.len() < DEEPEST => {
                    self.repair(found.line, RepairKind::Unopened('{'));
                    self.separate(found.line, &mut members);
                    items.push(self.object(&own, found.line));
                    members.last = Some(own.clone());
                }
                Token::Text { ref text, .. } if text == "..." => self.skip(RepairKind::Ellipsis),
                Token::Text { .. } | Token::Word(_) => {
                    if let Some(json) = self.item(&found, &mut members) {
                        self.take_waiting(&own, &mut members);
                        items.push(json);
                        members.last = Some(own.clone());
                    } else {
                        self.between(path, &mut members);
                    }
                }
                _ => self.between(path, &mut members),
            }
        }
        self.open.pop();
        self.comments.extend(members.waiting.into_iter().map(|text| (path.to_owned(), text)));
        Json::List(items)
    }

    /// Reads a single value of a list. A word after a value, without a comma, is none.
    fn item(&mut self, found: &Found, members: &mut Members) -> Option<Json> {
        let is_word = matches!(&found.token, Token::Word(_));
        if is_word && !members.has_separator && !found.starts_line {
            return None;
        }
        self.separate(found.line, members);
        let json = self.scalar(self.at);
        self.at += 1;
        json
    }

    /// Whether an outer bracket waits for this one to close it.
    fn is_closed_elsewhere(&self, closer: char) -> bool {
        let opener = if closer == '}' { '{' } else { '[' };
        self.open.iter().rev().skip(1).any(|open| *open == opener)
    }

    /// Reads a key with its value.
    fn field(&mut self, path: &str, members: &mut Members) -> (String, Json) {
        let found = self.tokens[self.at].clone();
        let key = match found.token {
            Token::Text { text, quotes } => {
                if quotes != Quotes::Json {
                    self.repair(found.line, RepairKind::OtherQuotes(text.clone()));
                }
                text
            }
            Token::Word(word) => {
                self.repair(found.line, RepairKind::UnquotedKey(word.clone()));
                word
            }
            _ => String::new(),
        };
        self.at += 1;
        let own = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        self.take_waiting(&own, members);
        members.last = Some(own.clone());
        if let Some(Token::Mark(':', written)) = self.token(self.at).cloned() {
            self.full_width(found.line, ':', written);
            self.at += 1;
        } else {
            self.repair(found.line, RepairKind::MissingColon(key.clone()));
        }
        let json = self.value(&own, &key);
        (key, json)
    }

    fn value(&mut self, path: &str, key: &str) -> Json {
        while let Some(Token::Comment(text)) = self.token(self.at).cloned() {
            self.comments.push((path.to_owned(), text));
            self.at += 1;
        }
        let line = self.tokens.get(self.at.min(self.tokens.len().saturating_sub(1))).map_or(0, |found| found.line);
        match self.token(self.at) {
            Some(Token::Mark('{' | '[', _)) => self.bracket(path),
            Some(Token::Text { .. } | Token::Word(_)) if !self.has_colon_after(self.at) => {
                let json = self.scalar(self.at).unwrap_or(Json::Null);
                self.at += 1;
                json
            }
            Some(Token::Ellipsis) => {
                self.skip(RepairKind::Ellipsis);
                Json::Null
            }
            _ => {
                self.repair(line, RepairKind::MissingValue(key.to_owned()));
                Json::Null
            }
        }
    }

    /// Reads a single value at a place.
    fn scalar(&mut self, at: usize) -> Option<Json> {
        let found = self.tokens.get(at)?;
        let (line, (json, repair)) = (found.line, scalar(&found.token)?);
        if let Some(kind) = repair {
            self.repair(line, kind);
        }
        if let Json::Number(digits) = &json
            && self.is_reprinted
            && is_beyond_doubles(digits)
        {
            self.repair(line, RepairKind::MayBeRounded(digits.clone()));
        }
        Some(json)
    }

    /// Whether a key stands here: what a colon follows, or a text in quotes, whose colon may be missing.
    fn is_key(&self) -> bool {
        if self.has_colon_after(self.at) {
            return true;
        }
        self.open.last() == Some(&'{') && matches!(self.token(self.at), Some(Token::Text { .. })) && {
            let before = self.at.checked_sub(1).and_then(|before| self.token(before));
            matches!(before, Some(Token::Mark('{' | ',', _) | Token::Comment(_)))
        }
    }

    pub(super) fn has_colon_after(&self, at: usize) -> bool {
        matches!(self.token(at + 1), Some(Token::Mark(':', _)))
    }

    pub(super) fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at).map(|found| &found.token)
    }

    pub(super) fn skip(&mut self, kind: RepairKind) {
        let line = self.tokens.get(self.at).map_or(0, |found| found.line);
        self.at += 1;
        self.repair(line, kind);
    }

    pub(super) fn full_width(&mut self, line: usize, mark: char, written: char) {
        if mark != written {
            self.repair(line, RepairKind::FullWidthMark(written));
        }
    }

    pub(super) fn repair(&mut self, line: usize, kind: RepairKind) {
        self.repairs.push(Repair { line, kind });
    }
}
