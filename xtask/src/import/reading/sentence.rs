//! Sentences of pages in one compact form, in which a pattern for each meaning is enough: no blanks, small letters, one mark
//! for each parameter, word and length of time.

use super::length::{is_of_word, span_at, word_at};
use papi_spec::Span;

/// The first mark of parameters, words and lengths of time; 1024 of each.
const NAME: u32 = 0xE000;
const WORD: u32 = 0xE400;
const SPAN: u32 = 0xE800;
const END: u32 = 0xEC00;

/// The classes of marks, for regular expressions.
pub(super) const NAME_CLASS: &str = "[\u{E000}-\u{E3FF}]";
pub(super) const WORD_CLASS: &str = "[\u{E400}-\u{E7FF}]";
pub(super) const SPAN_CLASS: &str = "[\u{E800}-\u{EBFF}]";

/// A sentence in compact form, and what its marks stand for.
#[derive(Debug, Clone, Default)]
pub(super) struct Compact {
    pub(super) text: String,
    names: Vec<String>,
    words: Vec<String>,
    spans: Vec<Span>,
}

/// Which texts between quotes or backticks are words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quoted {
    /// Those in capitals, as without quotes.
    Capitals,
    /// All that have no blanks and name no parameter.
    All,
}

impl Compact {
    pub(super) fn of(sentence: &str, params: &[String], quoted: Quoted) -> Self {
        let letters: Vec<char> = sentence.chars().filter_map(plain).collect();
        let mut compact = Self::default();
        let mut at = 0;
        while at < letters.len() {
            at = compact.take(&letters, at, params, quoted);
        }
        compact
    }

    /// The parameters that a piece of the text names.
    pub(super) fn names_in(&self, piece: &str) -> Vec<String> {
        marks(piece, NAME, WORD).filter_map(|index| self.names.get(index).cloned()).collect()
    }

    pub(super) fn words_in(&self, piece: &str) -> Vec<String> {
        marks(piece, WORD, SPAN).filter_map(|index| self.words.get(index).cloned()).collect()
    }

    pub(super) fn span_in(&self, piece: &str) -> Option<Span> {
        marks(piece, SPAN, END).find_map(|index| self.spans.get(index).copied())
    }

    /// The same sentence from where a piece of it begins.
    pub(super) fn rest_of(&self, rest: &str) -> Self {
        Self { text: rest.to_owned(), ..self.clone() }
    }

    /// Takes one token and returns where the next begins.
    fn take(&mut self, letters: &[char], at: usize, params: &[String], quoted: Quoted) -> usize {
        let letter = letters[at];
        if matches!(letter, '`' | '"' | '\'') {
            return match quoted_word(letters, at) {
                Some((word, next)) if quoted == Quoted::All && !params.contains(&word) => {
                    self.push_word(word);
                    next
                }
                _ => at + 1,
            };
        }
        if let Some((span, next)) = span_at(letters, at) {
            self.push(SPAN, self.spans.len());
            self.spans.push(span);
            return next;
        }
        if letter.is_ascii_alphabetic() || letter == '_' {
            let run: String = letters[at..].iter().take_while(|letter| is_of_word(**letter)).collect();
            let next = at + run.len();
            if let Some((param, end)) = spaced_name(letters, at, params) {
                self.push(NAME, self.names.len());
                self.names.push(param);
                return end;
            }
            // `current` may be a parameter, and the current time is none.
            if run.eq_ignore_ascii_case("current") && is_followed_by(letters, next, "time") {
                self.text.push_str("current");
            } else {
                self.push_run(&run, params);
            }
            return next;
        }
        if letter.is_ascii_digit() {
            let mut next = at + 1;
            while next < letters.len()
                && (letters[next].is_ascii_digit()
                    || (letters[next] == '.' && letters.get(next + 1).is_some_and(char::is_ascii_digit)))
            {
                next += 1;
            }
            self.text.extend(&letters[at..next]);
            return next;
        }
        if !letter.is_whitespace() {
            self.text.extend(letter.to_lowercase());
        }
        at + 1
    }

    fn push_run(&mut self, run: &str, params: &[String]) {
        let param = params
            .iter()
            .find(|param| *param == run)
            .or_else(|| params.iter().find(|param| !is_word(run) && param.eq_ignore_ascii_case(run)));
        if let Some(param) = param {
            self.push(NAME, self.names.len());
            self.names.push(param.clone());
        } else if let Some(rest) = run.strip_prefix("Either").or_else(|| run.strip_prefix("either"))
            && params.iter().any(|param| param == rest)
        {
            self.text.push_str("either");
            self.push_run(rest, params);
        } else if is_word(run) || run.eq_ignore_ascii_case("true") || run.eq_ignore_ascii_case("false") {
            self.push_word(run.to_owned());
        } else {
            self.text.push_str(&run.to_ascii_lowercase());
        }
    }

    fn push_word(&mut self, word: String) {
        self.push(WORD, self.words.len());
        self.words.push(word);
    }

    fn push(&mut self, first: u32, index: usize) {
        let mark = u32::try_from(index).ok().filter(|index| *index < 0x400).and_then(|i| char::from_u32(first + i));
        self.text.extend(mark);
    }
}

/// A parameter whose parts are written as words: `order id` is `orderId`. Returns where the text goes on.
fn spaced_name(letters: &[char], at: usize, params: &[String]) -> Option<(String, usize)> {
    let is_inside = at > 0 && is_of_word(letters[at - 1]);
    params.iter().filter(|_| !is_inside).find_map(|param| {
        let parts = parts_of_name(param);
        let mut next = at;
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                next = (letters.get(next) == Some(&' ')).then_some(next + 1)?;
            }
            next = word_at(letters, next, part)?;
        }
        (parts.len() > 1).then(|| (param.clone(), next))
    })
}

/// The parts of a name, each of which begins with a capital: `order` and `Id`.
fn parts_of_name(name: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for letter in name.chars() {
        match parts.last_mut() {
            Some(part) if !letter.is_ascii_uppercase() => part.push(letter),
            _ => parts.push(letter.to_string()),
        }
    }
    parts
}

fn marks(piece: &str, first: u32, end: u32) -> impl Iterator<Item = usize> {
    piece.chars().filter_map(move |letter| {
        let code = u32::from(letter);
        (first..end).contains(&code).then(|| (code - first) as usize)
    })
}

fn is_followed_by(letters: &[char], at: usize, word: &str) -> bool {
    let start = letters[at..].iter().position(|letter| !letter.is_whitespace()).map(|blanks| at + blanks);
    start.is_some_and(|start| start > at && word_at(letters, start, word).is_some())
}

/// One form for the forms of a sign; none for what is not seen.
fn plain(letter: char) -> Option<char> {
    Some(match letter {
        '\u{200B}'..='\u{200D}' | '\u{FEFF}' | '\0' => return None,
        // What marks are made of cannot stand on a page.
        '\u{E000}'..='\u{EFFF}' => '?',
        '\u{A0}' | '\u{3000}' => ' ',
        '，' => ',',
        '。' => '.',
        '；' => ';',
        '：' => ':',
        '（' => '(',
        '）' => ')',
        '！' => '!',
        '～' | '〜' => '~',
        '＞' => '>',
        '＜' => '<',
        '＝' => '=',
        '＋' => '+',
        '“' | '”' | '„' => '"',
        '‘' | '’' => '\'',
        '–' | '—' => '-',
        letter => letter,
    })
}

/// Capitals that are no words of a choice.
const NO_WORDS: [&str; 34] = [
    "AND",
    "OR",
    "NOT",
    "NO",
    "YES",
    "MUST",
    "API",
    "UTC",
    "IP",
    "UID",
    "BNB",
    "USD",
    "USDT",
    "BTC",
    "ID",
    "URL",
    "JSON",
    "HTTP",
    "GET",
    "POST",
    "PUT",
    "DELETE",
    "INCLUSIVE",
    "EXCLUSIVE",
    "SPAN",
    "USDM",
    "OK",
    "TIF",
    "STP",
    "NULL",
    "ONLY",
    "ALL",
    "NB",
    "PM",
];

/// Returns whether a run of letters is in capitals, as the words of a choice are.
fn is_word(run: &str) -> bool {
    run.len() > 1
        && run.starts_with(|first: char| first.is_ascii_uppercase())
        && run.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_')
        && !NO_WORDS.contains(&run)
}

/// The text between a quote and the next one of its kind, when it is one word.
fn quoted_word(letters: &[char], at: usize) -> Option<(String, usize)> {
    let length = letters[at + 1..].iter().position(|letter| *letter == letters[at])?;
    let inner: String = letters[at + 1..at + 1 + length].iter().collect();
    let inner = inner.trim();
    let is_one = !inner.is_empty()
        && inner.chars().all(|letter| is_of_word(letter) || letter == '-')
        && inner.chars().any(|letter| letter.is_ascii_alphabetic());
    is_one.then(|| (inner.to_owned(), at + length + 2))
}

/// Parts a text into its sentences. What stands between backticks is never parted.
pub(super) fn sentences(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let (mut all, mut current, mut in_code) = (Vec::new(), String::new(), false);
    for (at, letter) in letters.iter().copied().enumerate() {
        if letter == '`' {
            in_code = !in_code;
        }
        let ends = !in_code
            && match letter {
                '。' | '；' | ';' | '！' | '\n' => true,
                '.' | '!' => ends_sentence(&letters, at),
                _ => false,
            };
        if ends {
            all.push(std::mem::take(&mut current));
        } else {
            current.push(letter);
        }
    }
    all.push(current);
    all.into_iter().map(|sentence| sentence.trim().to_owned()).filter(|sentence| has_content(sentence)).collect()
}

fn has_content(sentence: &str) -> bool {
    sentence.chars().any(char::is_alphanumeric)
}

fn ends_sentence(letters: &[char], at: usize) -> bool {
    let before: String = letters[at.saturating_sub(3)..at].iter().collect();
    if before.ends_with("e.g") || before.ends_with("i.e") || before.ends_with('.') {
        return false;
    }
    match letters.get(at + 1) {
        None => true,
        Some(next) if next.is_whitespace() => true,
        // `.. sent.If ..`: a blank was forgotten.
        Some(next) => {
            at > 0
                && (letters[at - 1].is_ascii_lowercase() || matches!(letters[at - 1], ')' | '`'))
                && (next.is_ascii_uppercase() && letters.get(at + 2).is_some_and(char::is_ascii_lowercase)
                    || u32::from(*next) > 0x2E80)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use papi_spec::{days, hours, months, seconds};

    fn compact(text: &str) -> Compact {
        Compact::of(text, &["orderId".to_owned(), "symbol".to_owned()], Quoted::Capitals)
    }

    #[test]
    fn lengths_of_time_are_read_in_both_languages() {
        let cases = [
            ("the last 24 hours", hours(24)),
            ("a 7-day range", days(7)),
            ("three months", months(3)),
            ("the past 1 year", months(12)),
            ("24小时", hours(24)),
            ("最近 7 天", days(7)),
            ("3个月", months(3)),
            ("最近三个月", months(3)),
            ("now plus 600s", seconds(600)),
            ("the last '7 days' data", days(7)),
        ];
        for (text, span) in cases {
            let compact = compact(text);
            assert_eq!(compact.span_in(&compact.text), Some(span), "{text}");
        }
        for text in ["500 stars", "max 100", "30s5", "0 days", "UM30d"] {
            assert_eq!(compact(text).span_in(&compact(text).text), None, "{text}");
        }
    }

    #[test]
    fn names_and_words_are_marked_and_the_rest_is_small() {
        let read = compact("Either`orderId` OR Symbol must be ACK_A,  sent。");
        assert_eq!(read.text, "either\u{E000}or\u{E001}mustbe\u{E400},sent.");
        assert_eq!(read.names_in(&read.text), ["orderId", "symbol"]);
        assert_eq!(read.words_in(&read.text), ["ACK_A"]);
        assert_eq!(compact("EitherorderId or").text, "either\u{E000}or");
    }

    #[test]
    fn texts_are_parted_at_ends_and_nowhere_else() {
        let cases: [(&str, &[&str]); 7] = [
            ("Default 30; max 60.", &["Default 30", "max 60"]),
            ("默认 30；最大 60。", &["默认 30", "最大 60"]),
            ("min 0.1, max 5", &["min 0.1, max 5"]),
            ("One is sent.If not, none is.", &["One is sent", "If not, none is"]),
            ("e.g. BTC. Two", &["e.g. BTC", "Two"]),
            ("The rule is `^[; .]{1,9}$`. Two", &["The rule is `^[; .]{1,9}$`", "Two"]),
            (" . ", &[]),
        ];
        for (text, parts) in cases {
            assert_eq!(sentences(text), parts, "{text}");
        }
    }
}
