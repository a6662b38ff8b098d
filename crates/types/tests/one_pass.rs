//! Replies are read in one pass over their text. A slow reader, built on `serde_json`, agrees on whether a text reads and on
//! what it holds, for documented replies that were changed anywhere.
//!
//! `PAPI_INPUTS=10000000 cargo test --release -p papi-types --test one_pass` tries as many texts.

#![expect(clippy::disallowed_methods, reason = "the number of inputs is given in the environment")]

mod slow;

use slow::{SHAPES, Shape};
use std::cmp::Ordering;

/// What is put into a reply: values that are near the limits of a type, near JSON, or neither.
const PIECES: &[&str] = &[
    "null",
    "\"\"",
    "\"null\"",
    "nullx",
    "true",
    "\"TRUE\"",
    "tru",
    "false",
    "0",
    "-0",
    "\"-0\"",
    "\"-0.00\"",
    "01",
    "\"01\"",
    "-01",
    "\"007.50\"",
    "1.5",
    "\".5\"",
    ".5",
    "1.",
    "\"1.\"",
    "\"+1\"",
    "+1",
    "1e3",
    "\"1E-8\"",
    "e5",
    "-",
    "\"-\"",
    "\"1_000\"",
    "\" 1\"",
    "4294967295",
    "4294967296",
    "999999999999999999",
    "1000000000000000000",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "18446744073709551616",
    "\"0.1234567890123456789\"",
    "0.12345678901234567890123456789",
    "\"1234567890.123456789012345678\"",
    "79228162514264337593543950335",
    "\"79228162514264337593543950336\"",
    "{}",
    "[]",
    "[1]",
    "{\"a\":[{}]}",
    "\"\\u0041\"",
    "\"\\ud83d\\ude00\"",
    "\"\\ud83d\"",
    "\"\\x\"",
    "\"a\\\"b\"",
    "\"币安\"",
    "\"\u{1}\"",
    ",",
    ":",
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    " ",
    "\n",
    "\"orderId\":5,",
    "\"symbol\":\"X\",",
    "\"new\":{\"a\":[1,\"}\"]},",
    "\\u0069",
];

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }

    fn piece(&mut self) -> &'static str {
        PIECES[self.below(PIECES.len())]
    }
}

fn inputs() -> usize {
    std::env::var("PAPI_INPUTS").map_or(250_000, |count| count.parse().expect("a number of inputs"))
}

/// Swaps two neighbouring fields, so that they come in another order.
fn swap_fields(body: &str, place: usize) -> Option<String> {
    let commas: Vec<usize> = body.match_indices(",\"").map(|(at, _)| at).collect();
    let which = place % commas.len().checked_sub(2)?.max(1);
    let [first, second, end] = commas.get(which..which + 3)? else { return None };
    Some([&body[..*first], &body[*second..*end], &body[*first..*second], &body[*end..]].concat())
}

fn changed(numbers: &mut Numbers, example: &str) -> Vec<u8> {
    let mut body = example.to_owned();
    if example.starts_with('[') && numbers.below(2) == 0 {
        let row = &example[1..example.len() - 1];
        body = format!("[{row},{row}]");
    }
    let mut is_text = true;
    for _ in 0..numbers.below(4) {
        let at = numbers.below(body.len() + 1);
        let boundary = |from: usize| (from..=body.len()).find(|at| body.is_char_boundary(*at)).unwrap_or(body.len());
        let at = boundary(at);
        let end = boundary((at + numbers.below(6)).min(body.len()));
        match numbers.below(8) {
            0 => body.replace_range(at..end, ""),
            1 => body.insert_str(at, numbers.piece()),
            2 => body = swap_fields(&body, at).unwrap_or(body),
            3 => is_text &= numbers.below(20) > 0,
            // The value of a field.
            _ => {
                let Some(start) = body[at..].find(':').map(|colon| at + colon + 1) else { continue };
                let end = body[start..].find([',', '}', ']']).map_or(body.len(), |length| start + length);
                body.replace_range(start..end, numbers.piece());
            }
        }
    }
    let mut body = body.into_bytes();
    if !is_text && !body.is_empty() {
        let at = numbers.below(body.len());
        body[at] = u8::try_from(numbers.below(256)).expect("a byte");
    }
    body
}

#[test]
fn the_fast_reader_and_a_slow_one_agree() {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let (mut read, mut refused) = (0_usize, 0_usize);
    for count in 0..inputs() {
        let shape: &Shape = &SHAPES[count % SHAPES.len()];
        let examples = shape.info.examples;
        let example = examples[numbers.below(examples.len())];
        let body = changed(&mut numbers, example);
        let (fast, slow) = ((shape.info.reprint)(&body), shape.reprint(&body));
        assert_eq!(fast.as_ref().ok(), slow.as_ref(), "{fast:?} of {}", String::from_utf8_lossy(&body));
        *(if slow.is_some() { &mut read } else { &mut refused }) += 1;
    }
    // Both happen often, or the comparison says little.
    assert_eq!(read.min(refused).cmp(&(inputs() / 5)), Ordering::Greater, "{read} read, {refused} refused");
}

#[test]
fn the_slow_reader_reads_what_is_documented() {
    for shape in SHAPES {
        for example in shape.info.examples {
            let printed = (shape.info.reprint)(example.as_bytes()).expect("reads");
            assert_eq!(shape.reprint(example.as_bytes()), Some(printed), "{}", shape.info.type_path());
        }
    }
}
