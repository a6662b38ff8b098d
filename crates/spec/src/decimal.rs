//! Exact decimals: money and quantities never go through floating point.

pub use rust_decimal::Decimal;

/// Reads a decimal exactly, with or without an exponent. Returns none for a text that does not fit; nothing is rounded.
pub fn exact_decimal(text: &str) -> Option<Decimal> {
    // The library's own readers allow separators, and round the mantissa of an exponent form.
    if text.contains('_') {
        return None;
    }
    match text.split_once(['e', 'E']) {
        Some((mantissa, _)) => {
            let mantissa = Decimal::from_str_exact(mantissa).ok()?;
            if mantissa.is_zero() { Some(mantissa) } else { Decimal::from_scientific(text).ok() }
        }
        None => Decimal::from_str_exact(text).ok(),
    }
}

/// Reads a decimal number as the exchange prints it, without an exponent, such as `-0.001`. Returns none for any other text,
/// and for a number of more than 96 bits.
pub(crate) const fn number(text: &str) -> Option<Decimal> {
    match decimal_at_start(text.as_bytes()) {
        Some((number, length)) if length == text.len() => Some(number),
        _ => None,
    }
}

/// Reads the decimal number with which a text begins, as the exchange prints it, and returns it with its length. It is what
/// [`exact_decimal`] returns for these bytes, faster; none in case of doubt.
#[allow(clippy::cast_possible_truncation, reason = "the three parts have 32 bits each, and a scale of 28 is the most")]
pub const fn decimal_at_start(text: &[u8]) -> Option<(Decimal, usize)> {
    let is_negative = !text.is_empty() && text[0] == b'-';
    let start = is_negative as usize;
    let (mut number, point) = digits_at(text, start, 0);
    let mut end = point;
    let mut scale = 0;
    if point < text.len() && text[point] == b'.' {
        (number, end) = digits_at(text, point + 1, number);
        scale = end - point - 1;
        if scale == 0 {
            return None;
        }
    }
    let digits = point - start + scale;
    if point == start || scale > Decimal::MAX_SCALE as usize {
        return None;
    }
    let number = if digits <= NARROW { number as u128 } else { wide(text, start, end) };
    if number >> 96 != 0 {
        return None;
    }
    let (low, middle, high) = (number as u32, (number >> 32) as u32, (number >> 64) as u32);
    Some((Decimal::from_parts(low, middle, high, is_negative, scale as u32), end))
}

/// As many digits fit 64 bits, which are faster than 128.
const NARROW: usize = 19;

/// Appends the digits that begin at a place of a text to a number, and returns it with the end of the digits. The number means
/// something when it has at most [`NARROW`] digits.
const fn digits_at(text: &[u8], start: usize, mut number: u64) -> (u64, usize) {
    let mut at = start;
    while at < text.len() && text[at].is_ascii_digit() {
        number = number.wrapping_mul(10).wrapping_add((text[at] - b'0') as u64);
        at += 1;
    }
    (number, at)
}

/// Reads digits with a point between them; a number of 96 bits or more is none that fits.
const fn wide(text: &[u8], start: usize, end: usize) -> u128 {
    let (mut number, mut at) = (0, start);
    while at < end && number >> 96 == 0 {
        if text[at] != b'.' {
            number = number * 10 + (text[at] - b'0') as u128;
        }
        at += 1;
    }
    number
}

/// Returns whether one number is less than another; `<` cannot be used while compiling.
pub(crate) const fn is_less(left: Decimal, right: Decimal) -> bool {
    let (left, right) = (parts(left), parts(right));
    left.0 < right.0 || left.0 == right.0 && left.1 < right.1
}

/// Returns what stands before the point, and the 28 digits after it. Both have the number's sign.
const fn parts(number: Decimal) -> (i128, i128) {
    let unit = 10_i128.pow(number.scale());
    (number.mantissa() / unit, number.mantissa() % unit * 10_i128.pow(28 - number.scale()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_while_compiling() {
        const LEAST: Option<Decimal> = number("0.0010");
        assert_eq!(LEAST.map(|number| number.to_string()).as_deref(), Some("0.0010"));
        for text in ["0", "7", "-1", "253402300799000", "79228162514264337593543950335", "-0.00000001"] {
            assert_eq!(number(text), exact_decimal(text), "{text}");
        }
        for bad in ["", "-", ".", "1.", ".5", "1e3", "+1", "1 ", "1.2.3", "--1", "79228162514264337593543950336"] {
            assert_eq!(number(bad), None, "{bad}");
        }
    }

    #[test]
    fn numbers_are_compared_while_compiling() {
        let texts = [
            "-79228162514264337593543950335",
            "-1.5",
            "-1.2",
            "-1",
            "-0.5",
            "0",
            "0.30",
            "0.3",
            "1",
            "1.0000001",
            "79228162514264337593543950335",
            "0.0000000000000000000000000001",
            "-0.0",
        ];
        for (left, right) in texts.iter().flat_map(|left| texts.iter().map(move |right| (left, right))) {
            let (left, right) = (number(left).expect("a number"), number(right).expect("a number"));
            assert_eq!(is_less(left, right), left < right, "{left} {right}");
        }
    }

    #[test]
    fn decimals_keep_their_scale_and_are_never_rounded() {
        let printed = |text| exact_decimal(text).map(|number| number.to_string());
        assert_eq!(printed("10913.21000").as_deref(), Some("10913.21000"));
        assert_eq!(printed("-0.00000001").as_deref(), Some("-0.00000001"));
        assert_eq!(printed("1E-8").as_deref(), Some("0.00000001"));
        assert_eq!(printed("0.12345678901234567890123456789"), None);
        assert_eq!(printed("0.12345678901234567890123456789e0"), None);
        assert_eq!(printed("0e30").as_deref(), Some("0"));
        assert_eq!(printed("1_000"), None);
        assert_eq!(printed("12,5"), None);
        assert_eq!(printed(""), None);
    }

    /// A text that is a number, nearly one, or the limit of one.
    fn text(random: &mut impl FnMut(usize) -> usize) -> String {
        let mut text = String::new();
        let sign = ["", "", "", "-", "-", "+", " ", "--"][random(8)];
        text.push_str(sign);
        for _ in 0..[0, 1, 1, 2, 9, 19, 20, 29, 30][random(9)] {
            let digit = [random(10), 0, 9][[0, 0, 0, 1, 2][random(5)]];
            text.push_str(&digit.to_string());
        }
        if random(3) > 0 {
            text.push('.');
            for _ in 0..random(31) {
                text.push_str(&random(10).to_string());
            }
        }
        text.push_str(["", "", "", "", "", "", "e3", "E-8", ".", "_1", " ", "x"][random(12)]);
        if random(50) == 0 {
            let limit = u128::MAX >> 32;
            text = format!("{sign}{}", limit - 5 + random(10) as u128);
            text.insert(text.len() - random(29), '.');
        }
        text
    }

    /// `PAPI_INPUTS=10000000 cargo test --release -p papi-spec` tries as many texts.
    #[test]
    fn the_fast_reader_and_the_exact_one_agree() {
        let inputs = std::env::var("PAPI_INPUTS").map_or(1_000_000, |count| count.parse().expect("a number of inputs"));
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut random = |limit: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state >> 33).expect("31 bits") % limit
        };
        let mut read = 0;
        for _ in 0..inputs {
            let text = text(&mut random);
            let (fast, exact) = (number(&text), exact_decimal(&text));
            // Sign, scale and digits: `-0` and `0.0` are not `0` here.
            let parts = |number: Decimal| number.serialize();
            if let Some(fast) = fast {
                assert_eq!(exact.map(parts), Some(parts(fast)), "{text}");
                read += 1;
            }
            let is_usual =
                !text.contains(['e', 'E', '+']) && !text.ends_with('.') && !text.starts_with(['.', '-', '+']);
            if is_usual && exact.is_some() && text.len() <= 20 {
                assert!(fast.is_some(), "{text} is left to the slow reader");
            }
        }
        assert!(read > inputs / 10, "only {read} read");
    }
}
