//! The beginning of a body, for the text of an error.

/// Returns the beginning of a body, for people: on one line, in backquotes, with the number of bytes when there are more
/// than is shown.
pub fn excerpt(body: &[u8]) -> String {
    const SHOWN: usize = 200;
    let text = body.trim_ascii();
    if text.is_empty() {
        return "an empty body".to_owned();
    }
    let begin = String::from_utf8_lossy(&text[..text.len().min(SHOWN * 4)]);
    let shown: String =
        begin.chars().take(SHOWN).map(|character| if character.is_control() { ' ' } else { character }).collect();
    let rest = if shown.len() < text.len() { format!(" … ({} bytes)", body.len()) } else { String::new() };
    format!("`{shown}`{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_bounded_and_printable() {
        assert_eq!(excerpt(b""), "an empty body");
        assert_eq!(excerpt(b" \n"), "an empty body");
        assert_eq!(excerpt(b"<html>\n</html>"), "`<html> </html>`");
        assert_eq!(excerpt(b"<html>\n\x07</html>"), "`<html>  </html>`");
        let long = excerpt("ä".repeat(100_000).as_bytes());
        assert!(long.ends_with("… (200000 bytes)") && long.chars().count() < 230, "{long}");
        assert!(!excerpt(&[0xff, 0xfe, 0x00]).is_empty());
    }
}
