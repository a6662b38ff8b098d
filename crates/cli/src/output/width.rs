//! How wide texts are, and how wide the terminal is.

use crate::stderr::printable;

/// Returns how many columns stdout has: what the variable `COLUMNS` says, else what the terminal says; none in a pipe.
pub(super) fn of_stdout() -> Option<usize> {
    let (_, terminal) = console::Term::stdout().size_checked().unzip();
    columns(std::env::var("COLUMNS").ok().as_deref(), terminal)
}

fn columns(variable: Option<&str>, terminal: Option<u16>) -> Option<usize> {
    let said = variable.and_then(|text| text.parse().ok()).filter(|columns| *columns > 0);
    said.or(terminal.map(usize::from))
}

/// Returns how many columns a text takes on a terminal; some characters take two.
pub(super) fn of_text(text: &str) -> usize {
    if is_simple(text) { text.len() } else { console::measure_text_width(text) }
}

/// Returns a text with spaces after it, up to a width.
pub(super) fn padded(text: &str, width: usize) -> String {
    format!("{text}{:1$}", "", width.saturating_sub(of_text(text)))
}

/// Puts a text on one line, and shows what would control the terminal.
pub(super) fn on_one_line(text: &str) -> String {
    if is_simple(text) { text.to_owned() } else { printable(text).replace('\n', "\\n") }
}

/// Returns whether a text has nothing but characters that every terminal shows in one column each.
fn is_simple(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// Breaks a text at spaces into lines of at most this width. A word is never broken, so a line of one word may be wider.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if of_text(line) + 1 + of_text(word) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_counts_more_than_the_terminal() {
        assert_eq!(columns(Some("200"), Some(80)), Some(200));
        assert_eq!(columns(Some("200"), None), Some(200));
        for nothing in [None, Some(""), Some("0"), Some("wide")] {
            assert_eq!(columns(nothing, Some(80)), Some(80));
            assert_eq!(columns(nothing, None), None);
        }
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!((of_text("币安USDT"), padded("币", 4)), (8, "币  ".to_owned()));
    }

    #[test]
    fn a_word_is_never_broken() {
        assert_eq!(wrapped("one two 1234567890123 four", 8), ["one two", "1234567890123", "four"]);
        assert_eq!(wrapped("", 8), [""]);
    }
}
