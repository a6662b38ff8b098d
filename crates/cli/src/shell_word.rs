//! Words of the commands that messages suggest, as a shell reads them.

/// Returns a word in quotes, unless a shell takes it as it is.
pub(crate) fn shell_word(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._:/=,@%+".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_survives_the_shell() {
        assert_eq!(shell_word("symbol=BTCUSDT"), "symbol=BTCUSDT");
        assert_eq!(shell_word("it's"), r"'it'\''s'");
        assert_eq!(shell_word("symbol=币安USDT"), "'symbol=币安USDT'");
        assert_eq!(shell_word(""), "''");
    }
}
