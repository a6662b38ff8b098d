//! Names of the exchange as words of a command line.

use binance_papi::EndpointInfo;

/// Returns the name in lower case with hyphens: `startTime` and `ForceOrders` become `start-time` and `force-orders`.
pub(crate) fn kebab(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    let mut before = '_';
    let mut letters = name.chars().peekable();
    while let Some(letter) = letters.next() {
        // A new word begins after a small letter or digit, and with the last capital before a small letter.
        let is_last_capital = before.is_uppercase() && letters.peek().is_some_and(|next| next.is_lowercase());
        let begins = before.is_lowercase() || before.is_ascii_digit() || is_last_capital;
        if letter == '_' || letter.is_uppercase() && begins {
            words.push('-');
        }
        words.extend(letter.to_lowercase().filter(|letter| *letter != '_'));
        before = letter;
    }
    words
}

/// Returns the words with which an endpoint is called, such as `um force-orders`.
pub(crate) fn command_words(info: &EndpointInfo) -> String {
    format!("{} {}", info.group, kebab(info.name))
}

/// Returns the name under which `papi export` walks the rows of an endpoint, such as `um-force-orders`; none for an endpoint
/// without rows.
pub(crate) fn dataset_name(info: &EndpointInfo) -> Option<String> {
    info.row_fields().map(|_| format!("{}-{}", info.group, kebab(info.name)))
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
