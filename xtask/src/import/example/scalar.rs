//! Single values: texts, numbers, and words that stand where JSON has neither.

use super::RepairKind;
use super::token::{Quotes, Token};
use crate::import::facts::Json;

/// Reads a text or word, and what was repaired.
pub(super) fn scalar(token: &Token) -> Option<(Json, Option<RepairKind>)> {
    match token {
        Token::Text { text, quotes } => {
            let repair = match quotes {
                Quotes::Json => None,
                Quotes::Other => Some(RepairKind::OtherQuotes(text.clone())),
                Quotes::Unclosed => Some(RepairKind::UnclosedText(text.clone())),
            };
            Some((Json::Text(text.clone()), repair))
        }
        Token::Word(word) => Some(self::word(word)),
        _ => None,
    }
}

fn word(word: &str) -> (Json, Option<RepairKind>) {
    let known = match word {
        "null" => Some(Json::Null),
        "true" => Some(Json::Bool(true)),
        "false" => Some(Json::Bool(false)),
        number if is_number(number) => Some(Json::Number(number.to_owned())),
        _ => None,
    };
    if let Some(json) = known {
        return (json, None);
    }
    let is_like_a_number = word.trim_start_matches(['+', '-', '.']).starts_with(|letter: char| letter.is_ascii_digit());
    let json = match word {
        "True" | "TRUE" => Json::Bool(true),
        "False" | "FALSE" => Json::Bool(false),
        // `NONE` is a word of the exchange.
        "NULL" | "Null" | "None" | "undefined" | "NaN" => Json::Null,
        _ => Json::Text(word.to_owned()),
    };
    let repair = if is_like_a_number { RepairKind::OddNumber } else { RepairKind::UnquotedText };
    (json, Some(repair(word.to_owned())))
}

/// Whether JSON writes a number so.
fn is_number(word: &str) -> bool {
    word.starts_with(|first: char| first == '-' || first.is_ascii_digit())
        && serde_json::from_str::<&serde_json::value::RawValue>(word).is_ok()
}

/// Whether a double of JavaScript may not hold the number: beyond 2^53.
pub(super) fn is_beyond_doubles(number: &str) -> bool {
    let digits = number.trim_start_matches('-');
    digits.bytes().all(|digit| digit.is_ascii_digit())
        && digits.parse::<u64>().map_or(true, |value| value > 9_007_199_254_740_992)
}
