//! Counts in sentences: one window, two windows.

use std::fmt::Display;

/// Returns a number with its noun, which is given in the singular.
pub fn counted(number: impl Into<u64> + Display, noun: &str) -> String {
    let text = number.to_string();
    match (number.into(), noun.strip_suffix('y')) {
        (1, _) => format!("{text} {noun}"),
        (_, Some(stem)) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{text} {stem}ies"),
        _ => format!("{text} {noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_singular_and_all_else_plural() {
        for (number, noun, text) in [
            (1_u64, "window", "1 window"),
            (0, "row", "0 rows"),
            (2, "retry", "2 retries"),
            (1, "retry", "1 retry"),
            (3, "day", "3 days"),
        ] {
            assert_eq!(counted(number, noun), text);
        }
    }
}
