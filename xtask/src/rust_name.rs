//! How names of the wire become names of Rust. Checks and model share it, so that what is checked is what is printed.

use crate::problem::At;

/// `newClientOrderId` to `new_client_order_id`, `ForceOrders` to `force_orders`, `UMAccount` to `um_account`.
pub(crate) fn snake_case(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut snake = String::new();
    for (index, letter) in letters.iter().copied().enumerate() {
        if !letter.is_ascii_alphanumeric() {
            if !snake.is_empty() && !snake.ends_with('_') {
                snake.push('_');
            }
            continue;
        }
        if letter.is_ascii_uppercase() && index > 0 {
            let before = letters[index - 1];
            let last_of_capitals =
                before.is_ascii_uppercase() && letters.get(index + 1).is_some_and(char::is_ascii_lowercase);
            let starts_word = before.is_ascii_lowercase() || before.is_ascii_digit() || last_of_capitals;
            if starts_word && !snake.ends_with('_') {
                snake.push('_');
            }
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake.trim_end_matches('_').to_owned()
}

/// `OPPONENT_5` to `Opponent5`, `isolatedMargin` to `IsolatedMargin`.
fn upper_camel(word: &str) -> String {
    word.split(|letter: char| !letter.is_ascii_alphanumeric()).map(capitalised).collect()
}

fn capitalised(part: &str) -> String {
    let Some(first) = part.chars().next() else { return String::new() };
    let rest = &part[first.len_utf8()..];
    let shouting = !part.chars().any(|letter| letter.is_ascii_lowercase());
    let rest = if shouting { rest.to_ascii_lowercase() } else { rest.to_owned() };
    format!("{}{rest}", first.to_ascii_uppercase())
}

/// Returns the name of a field, and of the method that sets it: what `rust:` says, or the name on the wire in snake case.
pub(crate) fn field_name(wire: &At<String>, rust: Option<&At<String>>) -> At<String> {
    rust.cloned().unwrap_or_else(|| At::new(snake_case(wire), wire.place))
}

/// Returns the name of a variant: what `rust:` says, or the word in camel case.
pub(crate) fn variant_name(wire: &At<String>, rust: Option<&At<String>>) -> At<String> {
    rust.cloned().unwrap_or_else(|| At::new(upper_camel(wire), wire.place))
}

/// Returns whether a text is a Rust identifier and no keyword.
pub(crate) fn is_free(name: &str) -> bool {
    is_identifier(name) && !KEYWORDS.contains(&name)
}

/// Returns whether a text has the form of an identifier, keywords included.
pub(crate) fn is_identifier(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic() || (first == '_' && name.len() > 1))
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

/// Returns whether a text can name a type: `ForceOrders`.
pub(crate) fn is_type_name(name: &str) -> bool {
    is_free(name) && name.starts_with(|first: char| first.is_ascii_uppercase()) && !name.contains('_')
}

/// The keywords of Rust 2024, reserved ones included.
const KEYWORDS: [&str; 52] = [
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super",
    "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wire_names_become_snake_case() {
        let cases = [
            ("newClientOrderId", "new_client_order_id"),
            ("ForceOrders", "force_orders"),
            ("UMAccountDetail", "um_account_detail"),
            ("txId", "tx_id"),
            ("E", "e"),
            ("bnbBurn24h", "bnb_burn24h"),
            ("totalMarginBalanceOfBTC", "total_margin_balance_of_btc"),
        ];
        for (wire, snake) in cases {
            assert_eq!(snake_case(wire), snake);
        }
    }

    #[test]
    fn words_become_variants() {
        let cases = [
            ("BUY", "Buy"),
            ("OPPONENT_5", "Opponent5"),
            ("EXPIRE_IN_MATCH", "ExpireInMatch"),
            ("isolatedMargin", "IsolatedMargin"),
            ("1H", "1h"),
        ];
        for (word, variant) in cases {
            assert_eq!(upper_camel(word), variant);
        }
    }
}
