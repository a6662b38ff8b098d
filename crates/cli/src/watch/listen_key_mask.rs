//! Masks listen keys in the texts of the stream: whoever has one can listen to the account.

use std::borrow::Cow;

const NAME: &str = "\"listenKey\"";
const MASK: &str = "..";

/// Returns the text with the values of all listen keys masked, also where the text is cut off.
pub(super) fn masked(text: &str) -> Cow<'_, str> {
    let Some((before, after)) = text.split_once(NAME) else { return Cow::Borrowed(text) };
    let value = after.trim_start().strip_prefix(':').map(str::trim_start).and_then(|value| value.strip_prefix('"'));
    let Some(value) = value else { return Cow::Owned(format!("{before}{NAME}{}", masked(after))) };
    let opening = &after[..after.len() - value.len()];
    let rest = value.find('"').map_or("", |end| &value[end..]);
    Cow::Owned(format!("{before}{NAME}{opening}{MASK}{}", masked(rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_listen_key_is_left() {
        for (text, expected) in [
            (r#"{"e":"a"}"#, r#"{"e":"a"}"#),
            (r#"{"listenKey":"abc","E":1}"#, r#"{"listenKey":"..","E":1}"#),
            (r#"{"listenKey" : "abc"#, r#"{"listenKey" : ".."#),
            (r#"{"listenKey":null,"listenKey":"abc"}"#, r#"{"listenKey":null,"listenKey":".."}"#),
        ] {
            assert_eq!(masked(text), expected);
        }
    }
}
