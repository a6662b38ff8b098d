//! What must be so of calls that are named, and of dates.

use super::fail;
use crate::{Retired, Route};

impl Route {
    /// Stops compilation when the text that it was read from was no method and path.
    #[track_caller]
    pub const fn require_sound(&self) {
        if self.path.is_empty() {
            fail(&["expected a method and a path: \"GET /papi/v1/..\""]);
        }
    }
}

impl Retired {
    /// Stops compilation when it lacks the call that replaces it, or the day is no date.
    #[track_caller]
    pub const fn require_sound(&self) {
        require_date(self.since);
        if self.instead.is_empty() {
            fail(&["`retired` lacks `instead(..)`"]);
        }
        Route::or_empty(self.instead).require_sound();
    }
}

/// Stops compilation when a text is no date.
///
/// # Panics
///
/// When that is so; the message holds the text.
#[track_caller]
pub const fn require_date(text: &str) {
    let is_date = match text.as_bytes() {
        [b'2', y1, y2, y3, b'-', m1, m2, b'-', d1, d2] => {
            let digits = [*y1, *y2, *y3, *m1, *m2, *d1, *d2];
            let mut at = 0;
            let mut are_digits = true;
            while at < digits.len() {
                are_digits &= digits[at].is_ascii_digit();
                at += 1;
            }
            are_digits && in_range([*m1, *m2], 12) && in_range([*d1, *d2], 31)
        }
        _ => false,
    };
    if !is_date {
        fail(&["`", text, "` is not a date: write it as 2026-10-23"]);
    }
}

/// Returns whether two digits are a number from 1.
const fn in_range(digits: [u8; 2], most: u8) -> bool {
    let [tens, ones] = digits;
    let number = (tens - b'0') * 10 + (ones - b'0');
    1 <= number && number <= most
}
