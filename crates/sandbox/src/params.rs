//! From the text of a request to its parameters: splitting and percent-decoding, with code of the sandbox's own so
//! that a client's encoding is tested by something that does not share it.

use papi_types::spec::RUNTIME_PARAMS;

/// The parameters of a request: those of the query, and those of a form in the body.
#[derive(Debug, Default)]
pub(crate) struct Params {
    query: Vec<Pair>,
    body: Vec<Pair>,
    /// Whether every text was proper percent-encoded UTF-8.
    pub(crate) readable: bool,
}

type Pair = (String, String);

impl Params {
    /// Splits and decodes. What does not decode is kept as it came, and [`readable`](Self::readable) says so.
    pub(crate) fn split(query: &str, body: &str) -> Self {
        let mut params = Self { readable: true, ..Self::default() };
        params.query = pairs(query, &mut params.readable);
        params.body = pairs(body, &mut params.readable);
        params
    }

    /// Returns the value of a parameter; where query and body both have it, the query wins.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.all().find(|(each, _)| each == name).map(|(_, value)| value.as_str())
    }

    /// Returns whether a name stands twice in the query or twice in the body. Once in each is no duplicate: the query
    /// wins.
    pub(crate) fn has_duplicate(&self) -> bool {
        [&self.query, &self.body].into_iter().any(|part| {
            part.iter().enumerate().any(|(index, (name, _))| part[..index].iter().any(|(earlier, _)| earlier == name))
        })
    }

    /// Returns how many parameters were sent.
    pub(crate) fn count(&self) -> usize {
        self.all().count()
    }

    /// Returns how many of the sent parameters have a name that satisfies `known`.
    pub(crate) fn count_known(&self, known: impl Fn(&str) -> bool) -> usize {
        self.all().filter(|(name, _)| known(name)).count()
    }

    /// Returns the endpoint's own parameters: without the names that the client adds to every call; the query wins.
    pub(crate) fn own(&self) -> Vec<(&str, &str)> {
        let mut own: Vec<(&str, &str)> = Vec::new();
        for (name, value) in self.all() {
            if !RUNTIME_PARAMS.contains(&name.as_str()) && !own.iter().any(|(earlier, _)| earlier == name) {
                own.push((name, value));
            }
        }
        own
    }

    fn all(&self) -> impl Iterator<Item = &Pair> {
        self.query.iter().chain(&self.body)
    }
}

fn pairs(text: &str, readable: &mut bool) -> Vec<Pair> {
    let mut decoded = |text: &str| {
        percent_decoded(text).unwrap_or_else(|| {
            *readable = false;
            text.to_owned()
        })
    };
    text.split('&')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (decoded(name), decoded(value))
        })
        .collect()
}

/// Decodes `%XX`, and `+` as a space, which is how the exchange reads queries and forms alike.
fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => hex_digit(rest.next()?)? * 16 + hex_digit(rest.next()?)?,
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

/// Returns the value of a hexadecimal digit of either case.
pub(crate) fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_decoded_and_the_query_wins() {
        let params = Params::split("symbol=%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT&a=1+2%2B3", "symbol=ETHUSDT&b=x");
        assert!(params.readable);
        assert_eq!(params.get("symbol"), Some("币安人生USDT"));
        assert_eq!(params.get("a"), Some("1 2+3"));
        assert_eq!(params.own().len(), 3);
        assert!(!params.has_duplicate());
    }

    #[test]
    fn a_name_twice_in_one_place_is_a_duplicate() {
        assert!(Params::split("a=1&b=2&a=1", "").has_duplicate());
        assert!(Params::split("", "a=1&a=2").has_duplicate());
    }

    #[test]
    fn broken_encoding_is_noticed() {
        for broken in ["a=%", "a=%4", "a=%GG", "a=%FF", "%E5=1"] {
            assert!(!Params::split(broken, "").readable, "{broken}");
        }
    }

    #[test]
    fn the_runtime_names_are_nobodys_parameters() {
        let params = Params::split("limit=5&recvWindow=1&timestamp=2&signature=ab", "");
        assert_eq!(params.own(), [("limit", "5")]);
        assert_eq!((params.count(), params.count_known(|name| name == "limit")), (4, 1));
    }
}
