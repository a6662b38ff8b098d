//! How far a text, a number or a word of JSON goes.

/// Returns how many bytes stand before the first quote, backslash or control character.
#[inline]
pub(super) fn plain_length(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 255;
    const HIGHS: u64 = ONES << 7;
    let mut at = 0;
    // Eight bytes at once: a byte below `n` sets its highest bit when `n` is subtracted from it. What is borrowed from
    // a higher byte makes only that one doubtful, and the lowest is the first in the text.
    while let Some(eight) = bytes[at..].first_chunk::<8>() {
        let word = u64::from_le_bytes(*eight);
        let (quote, backslash) = (word ^ (ONES * 0x22), word ^ (ONES * 0x5c));
        let below = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word;
        let special = (below(quote, 1) | below(backslash, 1) | below(word, 0x20)) & HIGHS;
        if special != 0 {
            return at + special.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
    bytes[at..].iter().position(is_special).map_or(bytes.len(), |more| at + more)
}

/// Returns the length of the number with which a text begins; 0 when it is none.
pub(super) fn number_length(bytes: &[u8]) -> usize {
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let has = |at: usize, any: &[u8]| bytes.get(at).is_some_and(|byte| any.contains(byte));
    let mut at = usize::from(has(0, b"-"));
    let whole = digits(at);
    if whole == 0 || (whole > 1 && has(at, b"0")) {
        return 0;
    }
    at += whole;
    if has(at, b".") {
        let fraction = digits(at + 1);
        if fraction == 0 {
            return 0;
        }
        at += 1 + fraction;
    }
    if has(at, b"eE") {
        let start = at + 1 + usize::from(has(at + 1, b"+-"));
        let exponent = digits(start);
        if exponent == 0 {
            return 0;
        }
        at = start + exponent;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::JsonReader;
    use serde::de::IgnoredAny;

    #[test]
    fn a_special_byte_is_found_at_every_place() {
        for special in ['"', '\\', '\u{0}', '\u{1f}', '\n'] {
            for before in 0..40 {
                let text = format!("{}{special}\u{1}\"~", "é!".repeat(before)[..before * 3].to_owned());
                assert_eq!(plain_length(text.as_bytes()), before * 3, "{text:?}");
            }
        }
        for plain in ["", "a", " !#[]~\u{7f}", "币安人生USDT-é€"] {
            assert_eq!(plain_length(plain.as_bytes()), plain.len(), "{plain}");
        }
    }

    #[test]
    fn values_are_skipped_as_far_as_serde_json_skips_them() {
        const PARTS: &[&str] = &[
            "-", "0", "1", ".", "e", "E+", "[", "]", "{", "}", "\"a\"", ":", ",", "null", "tru", "e", " ", "\"\\u00",
            "\"",
        ];
        let count = PARTS.len();
        for number in 0..count.pow(4) {
            let text: String = (0..4).map(|place| PARTS[number / count.pow(place) % count]).collect();
            let mut from = JsonReader::new(&text);
            let skipped = from.skip().and_then(|()| from.end());
            let theirs = serde_json::from_str::<IgnoredAny>(&text);
            // A number that a float cannot hold is none for `serde_json`, even when it is skipped.
            assert_eq!(skipped.is_ok(), theirs.is_ok(), "{text}: {skipped:?}, {theirs:?}");
        }
    }
}
