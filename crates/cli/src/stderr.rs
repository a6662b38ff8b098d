//! Everything that is not data goes to stderr, and only through here. A closed stderr never ends a run.

use std::io::{IsTerminal as _, Write as _};

/// Writes a line with a label, such as `error: ..`.
pub(crate) fn line(label: &str, text: &str) {
    plain(&format!("{label}: {text}"));
}

/// Writes something worth knowing that is no error.
pub(crate) fn note(text: &str) {
    line("note", text);
}

/// Writes a line as it is.
pub(crate) fn plain(text: &str) {
    let _ = writeln!(std::io::stderr(), "{}", printable(text));
}

/// Writes a question without a line break after it.
pub(crate) fn ask(text: &str) {
    let mut out = std::io::stderr();
    let _ = write!(out, "{}", printable(text)).and_then(|()| out.flush());
}

/// Returns whether stderr is a terminal, so that a person may be reading.
pub(crate) fn is_terminal() -> bool {
    std::io::stderr().is_terminal()
}

/// Returns the text with control characters escaped: much of it comes from elsewhere, and must not control the terminal.
pub(crate) fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() && character != '\n' {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_shown_not_obeyed() {
        assert_eq!(printable("a\x1b[31mb\r\nc\td"), "a\\u{1b}[31mb\\r\nc\\td");
    }
}
