//! Changes an input in ways that suit any format: bytes, numbers, pieces of other inputs, and depth.

use crate::numbers::Numbers;
use std::ops::Range;

/// No input grows longer.
const LONGEST: usize = 1 << 16;

/// Values near the limits of types and formats.
const PIECES: &[&str] = &[
    "null",
    "true",
    "false",
    "\"\"",
    "{}",
    "[]",
    "[{}]",
    "\"",
    "\\",
    "\\u0000",
    "\\ud800",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "-",
    ".",
    "e",
    " ",
    "\n",
    "\r\n",
    "\t",
    "\u{0}",
    "\u{feff}",
    "é",
    "币",
    "😀",
    "\u{2028}",
    "#",
    "&a",
    "*a",
    "!!str",
    "|\n",
    ">\n",
    "? ",
    "- ",
    "%",
    "<",
    "-----BEGIN ",
    "-----END ",
    "=",
];

/// Numbers near the limits of types and formats.
const NUMBERS: &[&str] = &[
    "0",
    "-0",
    "-1",
    "1",
    "00",
    "0.0",
    "1e3",
    "1E400",
    "0.1234567890123456789",
    "127",
    "128",
    "255",
    "256",
    "32768",
    "65536",
    "2147483647",
    "2147483648",
    "-2147483649",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "79228162514264337593543950336",
    "1.",
    ".5",
    "+1",
    "1_000",
    "0x10",
    "99999999999999999999999999999999999999999",
];

/// Words of eight bytes near the limits of types.
const WORDS: &[u64] =
    &[0, 1, 2, 0xff, 1 << 31, 1 << 32, (1 << 32) - 1, 1 << 63, (1 << 63) - 1, u64::MAX, 999_999_999, 1_000_000_000];

/// Returns one of the inputs with up to six changes.
pub(crate) fn changed(corpus: &[Vec<u8>], numbers: &mut Numbers) -> Vec<u8> {
    let mut input = any(corpus, numbers).to_vec();
    for _ in 0..=numbers.below(6) {
        change(&mut input, corpus, numbers);
    }
    input.truncate(LONGEST);
    input
}

fn change(input: &mut Vec<u8>, corpus: &[Vec<u8>], numbers: &mut Numbers) {
    let (at, range) = (numbers.below(input.len() + 1), range(input, numbers));
    match numbers.below(14) {
        0 => with_byte(input, numbers, |byte, numbers| byte ^ (1 << numbers.below(8))),
        1 => with_byte(input, numbers, |_, numbers| numbers.byte()),
        2 => drop(input.drain(range)),
        3 => put(input, at..at, numbers.one_of(PIECES).as_bytes()),
        4 => put(input, range, numbers.one_of(PIECES).as_bytes()),
        5 => {
            let copy = input[range].to_vec();
            put(input, at..at, &copy);
        }
        6 | 7 => {
            let digits = number(input, at);
            put(input, digits, numbers.one_of(NUMBERS).as_bytes());
        }
        8 => {
            let other = any(corpus, numbers);
            let from = numbers.below(other.len() + 1);
            input.truncate(at);
            input.extend_from_slice(&other[from..]);
        }
        9 => {
            let other = any(corpus, numbers);
            let piece = other[self::range(other, numbers)].to_vec();
            put(input, range, &piece);
        }
        10 => nest(input, range, numbers),
        11 => with_word(input, numbers),
        12 => {
            let digits = number(input, at);
            let text = [b"\"", &input[digits.clone()], b"\""].concat();
            put(input, digits, &text);
        }
        _ => swap_lines(input, numbers),
    }
}

fn any<'a>(corpus: &'a [Vec<u8>], numbers: &mut Numbers) -> &'a [u8] {
    corpus.get(numbers.below(corpus.len())).map_or(&[], Vec::as_slice)
}

/// A short part, and sometimes a long one.
fn range(input: &[u8], numbers: &mut Numbers) -> Range<usize> {
    let start = numbers.below(input.len() + 1);
    let longest = if numbers.below(4) == 0 { input.len() } else { 8 };
    start..(start + numbers.below(longest + 1)).min(input.len())
}

/// The number that begins after a place, or nothing at that place.
fn number(input: &[u8], at: usize) -> Range<usize> {
    let Some(start) = input[at..].iter().position(u8::is_ascii_digit).map(|after| at + after) else { return at..at };
    let length = input[start..].iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
    start..start + length
}

fn put(input: &mut Vec<u8>, range: Range<usize>, bytes: &[u8]) {
    input.splice(range, bytes.iter().copied());
}

fn with_byte(input: &mut [u8], numbers: &mut Numbers, change: impl Fn(u8, &mut Numbers) -> u8) {
    let at = numbers.below(input.len());
    if let Some(byte) = input.get_mut(at) {
        *byte = change(*byte, numbers);
    }
}

fn with_word(input: &mut [u8], numbers: &mut Numbers) {
    let (words, _) = input.as_chunks_mut::<8>();
    let at = numbers.below(words.len());
    if let Some(word) = words.get_mut(at) {
        *word = WORDS[numbers.below(WORDS.len())].to_le_bytes();
    }
}

/// Puts a part into lists, objects or texts, some of them deep enough for the stack to count.
fn nest(input: &mut Vec<u8>, range: Range<usize>, numbers: &mut Numbers) {
    let (open, close) =
        [("[", "]"), ("{\"a\":", "}"), ("\"", "\""), ("- ", ""), ("[", ""), ("{a: ", "}")][numbers.below(6)];
    let depth = [1, 1, 2, 2, 3, 3, 130, 2_000][numbers.below(8)];
    let nested = [open.repeat(depth).as_bytes(), &input[range.clone()], close.repeat(depth).as_bytes()].concat();
    put(input, range, &nested);
}

fn swap_lines(input: &mut Vec<u8>, numbers: &mut Numbers) {
    let mut lines: Vec<&[u8]> = input.split(|byte| *byte == b'\n').collect();
    let (one, other) = (numbers.below(lines.len()), numbers.below(lines.len()));
    lines.swap(one, other);
    *input = lines.join(&b'\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn inputs_are_changed_in_many_ways_and_stay_short() {
        let corpus = [b"{\"a\":[1,2]}\n{\"b\":3}".to_vec(), Vec::new()];
        let inputs: BTreeSet<_> =
            (0..1_000).map(|input| changed(&corpus, &mut Numbers::new(1, "any", input))).collect();
        assert!(inputs.len() > 700, "{} different ones", inputs.len());
        assert!(inputs.iter().all(|input| input.len() <= LONGEST));
    }
}
