//! Lengths of time as pages write them, in both languages: `24 hours`, `7-day`, `three months`, `3个月`.

use papi_spec::{Span, days, hours, minutes, months, seconds};

/// Makes a length of time of a number of units.
type MakeSpan = fn(u32) -> Span;

/// Units with the milliseconds or months they have. A longer one stands before its beginning.
const UNITS: [(&str, MakeSpan); 32] = [
    ("milliseconds", |n| Span::Millis(i64::from(n))),
    ("ms", |n| Span::Millis(i64::from(n))),
    ("毫秒", |n| Span::Millis(i64::from(n))),
    ("seconds", |n| seconds(i64::from(n))),
    ("second", |n| seconds(i64::from(n))),
    ("sec", |n| seconds(i64::from(n))),
    ("s", |n| seconds(i64::from(n))),
    ("秒", |n| seconds(i64::from(n))),
    ("minutes", |n| minutes(i64::from(n))),
    ("minute", |n| minutes(i64::from(n))),
    ("mins", |n| minutes(i64::from(n))),
    ("min", |n| minutes(i64::from(n))),
    ("分钟", |n| minutes(i64::from(n))),
    ("hours", |n| hours(i64::from(n))),
    ("hour", |n| hours(i64::from(n))),
    ("hr", |n| hours(i64::from(n))),
    ("h", |n| hours(i64::from(n))),
    ("小时", |n| hours(i64::from(n))),
    ("days", |n| days(i64::from(n))),
    ("day", |n| days(i64::from(n))),
    ("d", |n| days(i64::from(n))),
    ("天", |n| days(i64::from(n))),
    ("日", |n| days(i64::from(n))),
    ("weeks", |n| days(7 * i64::from(n))),
    ("week", |n| days(7 * i64::from(n))),
    ("周", |n| days(7 * i64::from(n))),
    ("months", months),
    ("month", months),
    ("月", months),
    ("years", |n| months(n.saturating_mul(12))),
    ("year", |n| months(n.saturating_mul(12))),
    ("年", |n| months(n.saturating_mul(12))),
];

const NUMBERS: [(&str, u32); 20] = [
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("ten", 10),
    ("twelve", 12),
    ("thirty", 30),
    ("一", 1),
    ("两", 2),
    ("二", 2),
    ("三", 3),
    ("四", 4),
    ("五", 5),
    ("六", 6),
    ("七", 7),
    ("十", 10),
    ("十二", 12),
];

/// Reads a length of time: `24 hours`, `7-day`, `three months`, `3个月`. Returns where the text goes on.
pub(super) fn span_at(letters: &[char], at: usize) -> Option<(Span, usize)> {
    if at > 0 && is_of_word(letters[at - 1]) && is_of_word(letters[at]) {
        return None;
    }
    let (count, mut next) = number_at(letters, at)?;
    while letters.get(next).is_some_and(|letter| letter.is_whitespace() || matches!(letter, '-' | '`' | '"')) {
        next += 1;
    }
    if letters.get(next) == Some(&'个') {
        next += 1;
    }
    let is_apart = next > at && letters[next - 1].is_whitespace();
    // `max 20 min 5` are two bounds.
    if is_apart && word_at(letters, next, "min").is_some() {
        return None;
    }
    let (unit, after) = UNITS.iter().find_map(|(unit, make)| Some((make, word_at(letters, next, unit)?)))?;
    // Zero and what no calendar has are no lengths.
    (1..=100_000).contains(&count).then(|| (unit(count), after))
}

fn number_at(letters: &[char], at: usize) -> Option<(u32, usize)> {
    let digits: String = letters[at..].iter().take_while(|letter| letter.is_ascii_digit()).collect();
    if !digits.is_empty() {
        return Some((digits.parse().ok()?, at + digits.len()));
    }
    // The longest first: `十二` begins with `十`.
    NUMBERS.iter().rev().find_map(|(word, count)| Some((*count, word_at(letters, at, word)?)))
}

/// Returns where the text goes on after a word, which a letter of Latin script must not follow when it is of that script.
pub(super) fn word_at(letters: &[char], at: usize, word: &str) -> Option<usize> {
    let mut next = at;
    for letter in word.chars() {
        if !letters.get(next)?.eq_ignore_ascii_case(&letter) {
            return None;
        }
        next += 1;
    }
    let goes_on = word.is_ascii() && letters.get(next).copied().is_some_and(is_of_word);
    (!goes_on).then_some(next)
}

/// Returns whether a letter can be part of a name.
pub(super) fn is_of_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}
