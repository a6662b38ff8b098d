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
#[allow(clippy::cast_possible_truncation, reason = "the three parts have 32 bits each")]
pub(crate) const fn number(text: &str) -> Option<Decimal> {
    let text = text.as_bytes();
    let negative = !text.is_empty() && text[0] == b'-';
    let (mut digits, mut scale, mut at) = (0_u128, 0, if negative { 1 } else { 0 });
    let (mut in_fraction, mut last_is_digit) = (false, false);
    while at < text.len() {
        last_is_digit = text[at].is_ascii_digit();
        match text[at] {
            b'.' if !in_fraction && at > 0 && text[at - 1].is_ascii_digit() => in_fraction = true,
            digit @ b'0'..=b'9' => {
                digits = digits * 10 + (digit - b'0') as u128;
                scale += in_fraction as u32;
            }
            _ => return None,
        }
        if digits >> 96 != 0 || scale > 28 {
            return None;
        }
        at += 1;
    }
    if !last_is_digit {
        return None;
    }
    Some(Decimal::from_parts(digits as u32, (digits >> 32) as u32, (digits >> 64) as u32, negative, scale))
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
}
