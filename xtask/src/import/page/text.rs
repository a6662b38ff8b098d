//! What is done to any text of a page: invisible characters go, and blanks become one space.

/// Removes what nobody sees: NUL, zero-width characters, marks of byte order. Lines stay as they are.
pub(super) fn without_invisible(text: &str) -> String {
    let is_invisible = |letter: char| matches!(letter, '\0' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{202a}'..='\u{202e}');
    text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|letter| !is_invisible(*letter)).collect()
}

/// Makes one space of blanks in a row, and one newline of those that hold one; none at the ends. What stands in backticks is
/// treated alike.
pub(super) fn one_space(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut blanks = String::new();
    for letter in text.trim().chars() {
        if letter.is_whitespace() {
            blanks.push(letter);
            continue;
        }
        if !blanks.is_empty() {
            tidy.push(if blanks.contains('\n') { '\n' } else { ' ' });
            blanks.clear();
        }
        tidy.push(letter);
    }
    tidy
}

/// Removes the marks of bold and struck text that no reader of Markdown takes for such, as before Chinese letters. Code stays.
pub(super) fn without_emphasis(text: &str) -> String {
    if !text.contains("**") && !text.contains("~~") {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    for (at, part) in text.split('`').enumerate() {
        if at > 0 {
            plain.push('`');
        }
        if at % 2 == 0 {
            plain.push_str(&part.replace("**", "").replace("~~", ""));
        } else {
            plain.push_str(part);
        }
    }
    plain
}

/// Whether a text has a Chinese letter.
pub(super) fn is_chinese(text: &str) -> bool {
    text.chars().any(|letter| matches!(letter, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}'))
}
