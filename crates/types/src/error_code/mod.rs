//! The exchange's error codes, so that programs compare names and not numbers.

mod facts;
mod proof;

use facts::{DOCUMENTED, ELSEWHERE};
use std::fmt;

/// The exchange's error code, such as [`BAD_SYMBOL`](Self::BAD_SYMBOL) (-1121).
///
/// The constants are the codes on Portfolio Margin's page, and some that are known only from the pages of other products or
/// from the wire ([`is_documented`](Self::is_documented) tells them apart). Any other number is a code too: the exchange adds
/// codes without announcing them. Codes are stable, messages are not.
///
/// A constant has the exchange's name for the code, with three exceptions: misspelt names (-2019, -4016, -4183), a name that
/// cannot be a constant (-1008), and a name that two codes share (51999). [`name`](Self::name) gives the exchange's spelling.
///
/// ```
/// # use papi_types::ErrorCode;
/// let code = ErrorCode::new(-1121);
/// assert_eq!(code, ErrorCode::BAD_SYMBOL);
/// assert_eq!((code.to_string(), code.name()), ("-1121".to_owned(), Some("BAD_SYMBOL")));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ErrorCode(i64);

impl ErrorCode {
    /// Returns the code with this number. The 51xxx family is positive. Its negative spelling, which some of the exchange's
    /// pages have, is the same code.
    pub const fn new(number: i64) -> Self {
        match number {
            -51_999..=-51_000 => Self(-number),
            _ => Self(number),
        }
    }

    /// Returns the number of this code; positive in the 51xxx family.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// Returns the exchange's name for the code, in its own spelling; for the few codes without one, the name of the constant.
    /// Returns none for a code that this version does not know.
    pub fn name(self) -> Option<&'static str> {
        DOCUMENTED.iter().chain(ELSEWHERE).find(|(code, _)| *code == self).map(|(_, name)| *name)
    }

    /// Returns whether it is on Portfolio Margin's page of error codes.
    pub fn is_documented(self) -> bool {
        DOCUMENTED.iter().any(|(code, _)| *code == self)
    }

    /// Returns every code on Portfolio Margin's page, in its order.
    pub fn documented() -> impl Iterator<Item = Self> {
        DOCUMENTED.iter().map(|(code, _)| *code)
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => write!(f, "ErrorCode({} {name})", self.0),
            None => write!(f, "ErrorCode({})", self.0),
        }
    }
}

impl From<i64> for ErrorCode {
    fn from(number: i64) -> Self {
        Self::new(number)
    }
}

impl PartialEq<i64> for ErrorCode {
    fn eq(&self, number: &i64) -> bool {
        *self == Self::new(*number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_code_prints_its_number_and_debugs_with_its_name() {
        let cases = [
            (-1021, "-1021", "ErrorCode(-1021 INVALID_TIMESTAMP)"),
            (-2019, "-2019", "ErrorCode(-2019 MARGIN_NOT_SUFFICIEN)"),
            (-1008, "-1008", "ErrorCode(-1008 Request Throttled)"),
            (51_999, "51999", "ErrorCode(51999 UNKNOWN)"),
            (-4116, "-4116", "ErrorCode(-4116 DUPLICATED_CLIENT_ORDER_ID)"),
            (-9_999, "-9999", "ErrorCode(-9999)"),
        ];
        for (number, display, debug) in cases {
            let code = ErrorCode::new(number);
            assert_eq!((code.to_string(), format!("{code:?}")), (display.to_owned(), debug.to_owned()));
        }
        assert_eq!(format!("{:>6}", ErrorCode::BAD_SYMBOL), " -1121");
    }

    #[test]
    fn an_unknown_code_passes_through() {
        for number in [0, -1, 7, -51, 52_000, -52_000, 50_999, -50_999, i64::MIN, i64::MAX] {
            let code = ErrorCode::new(number);
            assert_eq!((code.get(), code.name(), code.is_documented()), (number, None, false));
        }
    }

    #[test]
    fn the_51xxx_family_is_positive_however_it_is_written() {
        for number in [51_000, 51_006, 51_061, 51_999] {
            assert_eq!(ErrorCode::new(-number), ErrorCode::new(number));
            assert_eq!(ErrorCode::new(-number).get(), number);
            assert_eq!(ErrorCode::new(number), -number);
        }
        assert_eq!(ErrorCode::new(-51_006), ErrorCode::EXCEED_MAX_BORROWABLE);
    }

    #[test]
    fn constants_are_patterns() {
        let advice = |code: ErrorCode| match code {
            ErrorCode::BAD_SYMBOL => "symbol",
            ErrorCode::INVALID_TIMESTAMP | ErrorCode::ME_RECVWINDOW_REJECT => "clock",
            _ => "other",
        };
        assert_eq!(
            [-1121, -1021, -5028, 5].map(|number| advice(ErrorCode::new(number))),
            ["symbol", "clock", "clock", "other"]
        );
    }

    #[test]
    fn no_code_has_two_constants() {
        let all: Vec<_> = DOCUMENTED.iter().chain(ELSEWHERE).map(|(code, _)| *code).collect();
        let different: BTreeSet<_> = all.iter().collect();
        assert_eq!(different.len(), all.len());
    }
}
