//! Masks listen keys in texts that are printed or kept: whoever has one can listen to the account.

use std::borrow::Cow;

/// The name of the field that has a key.
pub(crate) const LISTEN_KEY: &str = "listenKey";
const NAME: &str = "\"listenKey\"";

/// What stands in the place of a key.
pub(crate) const MASK: &str = "..";

/// Returns a JSON text with the value of each `listenKey` replaced by `..`, also where the text is cut off.
pub fn mask_listen_keys(text: &str) -> Cow<'_, str> {
    let Some((before, after)) = text.split_once(NAME) else { return Cow::Borrowed(text) };
    let value = after.trim_start().strip_prefix(':').map(str::trim_start).and_then(|value| value.strip_prefix('"'));
    let Some(value) = value else { return Cow::Owned(format!("{before}{NAME}{}", mask_listen_keys(after))) };
    let opening = &after[..after.len() - value.len()];
    let rest = value.find('"').map_or("", |end| &value[end..]);
    Cow::Owned(format!("{before}{NAME}{opening}{MASK}{}", mask_listen_keys(rest)))
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
            assert_eq!(mask_listen_keys(text), expected);
        }
    }
}
