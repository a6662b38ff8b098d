//! Names of the exchange as words of a command line.

/// The name in lower case with hyphens: `startTime` and `ForceOrders` become `start-time` and `force-orders`.
pub(crate) fn kebab(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut words = String::with_capacity(name.len() + 4);
    for (index, &letter) in letters.iter().enumerate() {
        if letter == '_' {
            words.push('-');
            continue;
        }
        let before = index.checked_sub(1).map(|before| letters[before]);
        // A new word begins after a small letter or digit, and with the last capital before a small letter.
        let begins = letter.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || before.is_ascii_digit()
                    || before.is_uppercase() && letters.get(index + 1).is_some_and(|next| next.is_lowercase())
            });
        if begins {
            words.push('-');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin_at_capitals() {
        for (name, words) in [
            ("symbol", "symbol"),
            ("startTime", "start-time"),
            ("ForceOrders", "force-orders"),
            ("newOrderRespType", "new-order-resp-type"),
            ("listenKey", "listen-key"),
            ("OCOOrder", "oco-order"),
            ("feeBNB", "fee-bnb"),
            ("a1Time", "a1-time"),
            ("some_name", "some-name"),
            ("", ""),
        ] {
            assert_eq!(kebab(name), words);
        }
    }
}
