//! Words of parameters as people write them, turned into the documented ones: what nearly matches is a slip that the exchange
//! would refuse, or worse, would not.

use crate::failure::{Failure, join};
use binance_papi::EndpointInfo;
use binance_papi::spec::{Kind, ParamInfo, nearest};

const SWITCH: &[&str] = &["true", "false"];

/// Writes each word in the case of the documentation. Refuses words that nearly match a documented one, all of them at once;
/// a word that is like none of them may be new, and stays as it is.
pub(super) fn write_as_documented(info: &EndpointInfo, pairs: &mut [(String, String)]) -> Result<(), Failure> {
    let mut problems = Vec::new();
    for (name, value) in pairs {
        let Some(param) = info.param(name) else { continue };
        match read(value, documented(param)) {
            Word::Documented(word) => word.clone_into(value),
            Word::Near(word) => problems.push(format!("`{name}` is {value:?}, did you mean {word}?")),
            Word::Other => {}
        }
    }
    if problems.is_empty() {
        return Ok(());
    }
    Err(Failure::bad_input(format!("not sent, invalid: {}", join(&problems)))
        .hint("--unchecked sends a word as it is written"))
}

/// What a word is, beside the documented ones.
#[derive(Debug, PartialEq)]
enum Word {
    Documented(&'static str),
    Near(&'static str),
    Other,
}

/// Returns what a word is. Only where no word is written exactly so does case not count, and only when that leaves one:
/// `1m` and `1M` are two.
fn read(written: &str, documented: &'static [&'static str]) -> Word {
    if let Some(same) = documented.iter().find(|word| **word == written) {
        return Word::Documented(same);
    }
    let mut folded = documented.iter().filter(|word| word.eq_ignore_ascii_case(written));
    match (folded.next(), folded.next()) {
        (Some(same), None) => Word::Documented(same),
        (Some(_), Some(_)) => Word::Other,
        (None, _) => nearest(written, documented.iter().copied()).map_or(Word::Other, Word::Near),
    }
}

fn documented(param: &ParamInfo) -> &'static [&'static str] {
    match param.kind {
        Kind::Word => param.words,
        Kind::Bool => SWITCH,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_documented_in_any_case_near_one_or_another() {
        let sides = &["BUY", "SELL"][..];
        let intervals = &["1m", "1h", "1M"][..];
        for (written, documented, word) in [
            ("BUY", sides, Word::Documented("BUY")),
            ("buy", sides, Word::Documented("BUY")),
            ("Sell", sides, Word::Documented("SELL")),
            ("SEL", sides, Word::Near("SELL")),
            ("byu", sides, Word::Near("BUY")),
            ("BORROW", sides, Word::Other),
            ("", sides, Word::Other),
            ("1M", intervals, Word::Documented("1M")),
            ("1m", intervals, Word::Documented("1m")),
            ("1H", intervals, Word::Documented("1h")),
            ("3m", intervals, Word::Other),
            ("TRUE", SWITCH, Word::Documented("true")),
            ("anything", &[], Word::Other),
        ] {
            assert_eq!(read(written, documented), word, "{written}");
        }
    }

    #[test]
    fn no_documented_word_is_taken_for_another() {
        for param in binance_papi::ENDPOINTS.iter().flat_map(|info| info.params) {
            for word in documented(param) {
                assert_eq!(read(word, documented(param)), Word::Documented(word), "{}", param.name);
            }
        }
    }
}
