//! Cuts the text of an example into marks, texts, words and comments, with the line of each.

/// A piece with its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) line: usize,
    /// Whether nothing stands before it on its line.
    pub(super) starts_line: bool,
    /// How many bytes its line has before it.
    pub(super) column: usize,
    pub(super) token: Token,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// One of `{ } [ ] : ,`, and how the page writes it.
    Mark(char, char),
    Text {
        text: String,
        quotes: Quotes,
    },
    Word(String),
    Comment(String),
    Ellipsis,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quotes {
    Json,
    Other,
    Unclosed,
}

/// Cuts a text whose first line is the given one of its file.
pub(super) fn tokens(text: &str, line: usize) -> Vec<Found> {
    let is_one_line = !text.trim().contains('\n');
    let mut cutter =
        Cutter { rest: text, line, starts_line: true, line_start: text.len(), is_one_line, open: Vec::new() };
    let mut found = Vec::new();
    while let Some(token) = cutter.next() {
        found.push(token);
    }
    found
}

struct Cutter<'a> {
    rest: &'a str,
    line: usize,
    starts_line: bool,
    /// How much of the text was left where the line began.
    line_start: usize,
    /// Then no comment is ended by a line.
    is_one_line: bool,
    /// The brackets around what comes.
    open: Vec<char>,
}

impl Cutter<'_> {
    fn next(&mut self) -> Option<Found> {
        self.skip_blanks();
        let first = self.rest.chars().next()?;
        let (line, starts_line) = (self.line, self.starts_line);
        let column = self.line_start - self.rest.len();
        self.starts_line = false;
        let token = match first {
            '/' if self.rest.starts_with("//") => self.comment(2),
            '/' if self.rest.starts_with("/*") => self.block_comment(),
            '#' => self.comment(1),
            '.' | '…' if self.rest.starts_with("...") || first == '…' => {
                self.rest = self.rest.trim_start_matches(['.', '…']);
                Token::Ellipsis
            }
            '"' | '\'' | '“' | '”' | '‘' | '’' | '`' => self.text(first),
            _ => match plain_mark(first) {
                Some(mark) => {
                    self.take(first.len_utf8());
                    match mark {
                        '{' | '[' => self.open.push(mark),
                        '}' | ']' => drop(self.open.pop()),
                        _ => {}
                    }
                    Token::Mark(mark, first)
                }
                None => self.word(),
            },
        };
        Some(Found { line, starts_line, column, token })
    }

    /// Takes so many bytes and counts their lines.
    fn take(&mut self, bytes: usize) -> &str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.line += taken.matches('\n').count();
        if let Some(end) = taken.rfind('\n') {
            self.line_start = self.rest.len() - end - 1;
        }
        self.rest = rest;
        taken
    }

    fn skip_blanks(&mut self) {
        let end = self.rest.find(|letter| !is_blank(letter)).unwrap_or(self.rest.len());
        if self.take(end).contains('\n') {
            self.starts_line = true;
        }
    }

    fn comment(&mut self, marks: usize) -> Token {
        self.take(marks);
        let line_end = self.rest.find('\n').unwrap_or(self.rest.len());
        let end = if self.is_one_line { comment_end(&self.rest[..line_end], self.open.last()) } else { line_end };
        Token::Comment(self.take(end).trim_matches(is_blank).to_owned())
    }

    fn block_comment(&mut self) -> Token {
        self.take(2);
        let end = self.rest.find("*/").or_else(|| self.rest.find('\n')).unwrap_or(self.rest.len());
        let words: Vec<&str> =
            self.rest[..end].lines().map(|line| line.trim_matches(|c| is_blank(c) || c == '*')).collect();
        let text = words.join(" ").trim().to_owned();
        self.take(end);
        if self.rest.starts_with("*/") {
            self.take(2);
        }
        Token::Comment(text)
    }

    fn text(&mut self, open: char) -> Token {
        self.take(open.len_utf8());
        let rest = self.rest;
        let closers: &[char] = match open {
            '"' => &['"'],
            '`' => &['`'],
            '\'' | '‘' | '’' => &['\'', '’'],
            _ => &['”', '“', '"'],
        };
        let mut quotes = if open == '"' { Quotes::Json } else { Quotes::Other };
        let mut end = closing(rest, closers);
        // A text that a straight quote opens and a curly one closes.
        if open == '"'
            && let Some(curly) = closing(&rest[..end.unwrap_or(rest.len())], &['”'])
            && rest[curly + '”'.len_utf8()..].trim_start_matches(is_blank).starts_with([':', ',', '，', '}', ']'])
        {
            end = Some(curly);
            quotes = Quotes::Other;
        }
        let Some(end) = end else {
            let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
            let end =
                line.trim_end_matches(|letter| is_blank(letter) || matches!(letter, ',' | '，' | '}' | ']')).len();
            let text = unescape(&line[..end]);
            self.take(end);
            return Token::Text { text, quotes: Quotes::Unclosed };
        };
        let text = unescape(&rest[..end]);
        let closer = rest[end..].chars().next().map_or(0, char::len_utf8);
        self.take(end + closer);
        Token::Text { text, quotes }
    }

    fn word(&mut self) -> Token {
        let is_end = |at: usize, letter: char| {
            is_blank(letter)
                || plain_mark(letter).is_some()
                || matches!(letter, '"' | '“' | '”')
                || self.rest[at..].starts_with("//")
                || self.rest[at..].starts_with("/*")
        };
        let end = self.rest.char_indices().skip(1).find(|(at, letter)| is_end(*at, *letter)).map(|(at, _)| at);
        Token::Word(self.take(end.unwrap_or(self.rest.len())).to_owned())
    }
}

/// A blank of any kind.
pub(super) fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || letter == '\u{feff}' || letter == '\u{200b}'
}

/// What a mark is in JSON: pages also use those of full width.
fn plain_mark(letter: char) -> Option<char> {
    match letter {
        '{' | '}' | '[' | ']' | ':' | ',' => Some(letter),
        '｛' => Some('{'),
        '｝' => Some('}'),
        '［' => Some('['),
        '］' => Some(']'),
        '：' => Some(':'),
        '，' => Some(','),
        _ => None,
    }
}

/// Where the first of the closers stands on the line that no backslash is before.
fn closing(text: &str, closers: &[char]) -> Option<usize> {
    let mut is_escaped = false;
    for (at, letter) in text.char_indices() {
        if letter == '\n' {
            return None;
        }
        if is_escaped {
            is_escaped = false;
        } else if letter == '\\' {
            is_escaped = true;
        } else if closers.contains(&letter) {
            return Some(at);
        }
    }
    None
}

/// Reads escapes as JSON does. What JSON does not escape stays as it is.
fn unescape(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    serde_json::from_str(&format!("\"{text}\"")).unwrap_or_else(|_| text.to_owned())
}

/// Where a comment ends in an example whose lines were joined: before the next key, before a bracket that it did not open, and
/// in a list before the next text.
fn comment_end(text: &str, around: Option<&char>) -> usize {
    let (mut at, mut was_blank) = (0, false);
    while let Some(letter) = text[at..].chars().next() {
        let rest = &text[at..];
        let begins_blanks = is_blank(letter) && !was_blank;
        was_blank = is_blank(letter);
        match letter {
            '{' | '[' => {
                let (own, keys) = (if letter == '{' { '}' } else { ']' }, rest.find('"').unwrap_or(rest.len()));
                if let Some(end) = rest.find(own).filter(|end| *end < keys && !rest[..*end].contains(':')) {
                    at += end + own.len_utf8();
                    continue;
                }
                return at;
            }
            '}' | ']' | '｝' => return at,
            '"' | '“' if is_key(rest) => return at,
            _ if begins_blanks && is_unquoted_key(rest) => return at,
            _ if begins_blanks && at > 0 && around == Some(&'[') && is_item(rest) => return at,
            _ => {}
        }
        at += letter.len_utf8();
    }
    text.len()
}

/// Whether a text in quotes begins here, with a colon and a value after it.
fn is_key(rest: &str) -> bool {
    let Some(open) = rest.chars().next() else { return false };
    let inner = &rest[open.len_utf8()..];
    let Some(end) = closing(inner, &['"', '”']) else { return false };
    let closer = inner[end..].chars().next().map_or(0, char::len_utf8);
    let behind = inner[end + closer..].trim_start_matches(is_blank);
    behind.strip_prefix([':', '：']).is_some_and(begins_value)
}

/// Whether a value begins here, or is missing before a comma; prose does not: `"true": what it means`.
fn begins_value(rest: &str) -> bool {
    let rest = rest.trim_start_matches(is_blank);
    let word: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
    rest.starts_with(['"', '“', '\'', '‘', '{', '[', '｛', '［', '-', ',', '，', '}', ']'])
        || rest.starts_with(|first: char| first.is_ascii_digit())
        || matches!(word.as_str(), "true" | "false" | "null" | "True" | "False" | "None")
}

/// Whether a text in quotes follows two or more blanks, and then a comma, the end of the list or another comment.
fn is_item(rest: &str) -> bool {
    let text = rest.trim_start_matches(is_blank);
    let is_apart = rest[..rest.len() - text.len()].chars().count() >= 2;
    let Some(inner) = text.strip_prefix(['"', '“']).filter(|_| is_apart) else { return false };
    let Some((end, closer)) = closing(inner, &['"', '”']).and_then(|end| Some((end, inner[end..].chars().next()?)))
    else {
        return false;
    };
    let behind = inner[end + closer.len_utf8()..].trim_start_matches(is_blank);
    behind.starts_with([',', '，', ']']) || behind.starts_with("//")
}

/// Whether a word follows two or more blanks, with a colon right after it.
fn is_unquoted_key(rest: &str) -> bool {
    let word = rest.trim_start_matches(is_blank);
    let blanks = rest[..rest.len() - word.len()].chars().count();
    let end = word.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(word.len());
    blanks >= 2 && end > 0 && word[end..].starts_with(':') && !word[end..].starts_with("://")
}
