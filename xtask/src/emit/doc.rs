//! Prints documentation: lines of at most 120 columns, and nothing in them that rustdoc would take for something else.

use crate::model::{Block, Doc};

const WIDTH: usize = 120;

/// The lines of a doc comment, each with `prefix` (indentation and `///` or `//!`), ending with a line break.
pub(crate) fn comment(prefix: &str, doc: &Doc) -> String {
    lines(prefix, doc).iter().map(|line| format!("{line}\n")).collect()
}

/// The same as single lines.
pub(crate) fn lines(prefix: &str, doc: &Doc) -> Vec<String> {
    let mut lines = Vec::new();
    for (index, block) in doc.blocks.iter().enumerate() {
        if index > 0 {
            lines.push(prefix.to_owned());
        }
        match block {
            Block::Text(text) => lines.extend(wrap(&format!("{prefix} "), &format!("{prefix} "), text)),
            Block::Heading(title) => lines.push(format!("{prefix} # {title}")),
            Block::Items(items) => {
                for item in items {
                    lines.extend(wrap(&format!("{prefix} - "), &format!("{prefix}   "), item));
                }
            }
            Block::Lines(plain) => lines.extend(plain.iter().map(|line| format!("{prefix} {line}"))),
        }
    }
    lines
}

/// Breaks a text into lines. No line begins with what Markdown takes for a list, a heading or a quotation.
fn wrap(first: &str, next: &str, text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut words = words(&escape(text)).into_iter();
    let mut line = format!("{first}{}", words.next().unwrap_or_default());
    for word in words {
        if line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(std::mem::replace(&mut line, format!("{next}{word}")));
        } else {
            line = format!("{line} {word}");
        }
    }
    lines.push(line);
    lines
}

/// The words of a text; one that could open a block of Markdown stays with the word before it.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let numbered = digits > 0 && matches!(&word[digits..], "." | ")");
        let opens = numbered || word.starts_with(['-', '+', '#', '=', '|', '~', '*']) || word.starts_with("\\>");
        match words.last_mut() {
            Some(last) if opens => *last = format!("{last} {word}"),
            _ => words.push(word.to_owned()),
        }
    }
    words
}

/// Escapes what is markup outside of code, and turns addresses into links.
pub(crate) fn escape(text: &str) -> String {
    let escape = |(index, part): (usize, &str)| match index % 2 {
        0 => part.split(' ').map(escape_word).collect::<Vec<_>>().join(" "),
        _ => part.to_owned(),
    };
    text.split('`').enumerate().map(escape).collect::<Vec<_>>().join("`")
}

fn escape_word(word: &str) -> String {
    if word.starts_with("https://") || word.starts_with("http://") {
        let address = word.trim_end_matches(['.', ',', ';', ')']);
        return format!("<{address}>{}", &word[address.len()..]);
    }
    let escape = |letter: char| if "[]<>*\\".contains(letter) { format!("\\{letter}") } else { letter.to_string() };
    word.chars().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::{escape, lines};
    use crate::model::Doc;

    #[test]
    fn markup_is_escaped_outside_of_code() {
        assert_eq!(escape("a[0] <b> `c[1]` *d*"), "a\\[0\\] \\<b\\> `c[1]` \\*d\\*");
        assert_eq!(escape("see https://a.example/b."), "see <https://a.example/b>.");
    }

    #[test]
    fn no_line_begins_like_a_list() {
        let doc = Doc::text(&format!("{} + 10 minutes", "word ".repeat(23)));
        for line in lines("///", &doc) {
            assert!(line.chars().count() <= 120, "{line}");
            assert!(!line.starts_with("/// +"), "{line}");
        }
    }
}
