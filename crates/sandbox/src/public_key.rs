//! Public keys and the signatures they verify, read with code of the sandbox's own: PEM, DER and base64 down to the
//! key, because what checks a client must not share its mistakes.

use ring::signature::{ED25519, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey, VerificationAlgorithm};

/// `rsaEncryption` and its empty parameters, as a public key names its algorithm.
const RSA_ALGORITHM: &[u8] = &[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];
/// Ed25519, which has no parameters.
const ED25519_ALGORITHM: &[u8] = &[0x06, 0x03, 0x2b, 0x65, 0x70];

const SEQUENCE: u8 = 0x30;
const BIT_STRING: u8 = 0x03;

/// The public half of the key that signs for the account.
#[derive(Debug)]
pub(crate) struct PublicKey(UnparsedPublicKey<Vec<u8>>);

impl PublicKey {
    /// Reads a `PUBLIC KEY`, PEM or DER. None when it is no RSA or Ed25519 key.
    pub(crate) fn read(text: &[u8]) -> Option<Self> {
        match std::str::from_utf8(text).ok().and_then(unframed) {
            Some(body) => Self::from_document(&from_base64(&body)?),
            None => Self::from_document(text),
        }
    }

    fn from_document(document: &[u8]) -> Option<Self> {
        let (content, []) = element(SEQUENCE, document)? else { return None };
        let (algorithm, rest) = element(SEQUENCE, content)?;
        let (bits, []) = element(BIT_STRING, rest)? else { return None };
        // The first byte of a bit string tells how many bits of its last byte are unused.
        let key = bits.strip_prefix(&[0])?;
        let algorithm: &dyn VerificationAlgorithm = match algorithm {
            RSA_ALGORITHM => &RSA_PKCS1_2048_8192_SHA256,
            ED25519_ALGORITHM => &ED25519,
            _ => return None,
        };
        Some(Self(UnparsedPublicKey::new(algorithm, key.to_vec())))
    }

    /// Returns whether a signature in base64 is that of the payload.
    pub(crate) fn verifies(&self, payload: &str, signature: &str) -> bool {
        from_base64(signature).is_some_and(|signature| self.0.verify(payload.as_bytes(), &signature).is_ok())
    }
}

/// Returns what stands between the first and the last line of a PEM.
fn unframed(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("-----BEGIN PUBLIC KEY-----")?;
    let (body, _) = rest.split_once("-----END PUBLIC KEY-----")?;
    Some(body.split_whitespace().collect())
}

/// Splits the first element off a DER text when it has this tag: its content, and what follows it.
fn element(tag: u8, text: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = match text.strip_prefix(&[tag])? {
        [length @ ..=0x7f, rest @ ..] => (usize::from(*length), rest),
        [0x81, length, rest @ ..] => (usize::from(*length), rest),
        [0x82, high, low, rest @ ..] => (usize::from(u16::from_be_bytes([*high, *low])), rest),
        _ => return None,
    };
    rest.split_at_checked(length)
}

/// Decodes base64 with its padding and without line breaks.
fn from_base64(text: &str) -> Option<Vec<u8>> {
    const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = text.strip_suffix("==").or_else(|| text.strip_suffix('=')).unwrap_or(text);
    if !text.len().is_multiple_of(4) {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len());
    let (mut buffer, mut bits) = (0_u32, 0);
    for digit in digits.chars() {
        buffer = (buffer << 6) | u32::try_from(DIGITS.find(digit)?).ok()?;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((buffer >> bits) & 0xff).ok()?);
        }
    }
    // What is left over belongs to no byte and must be zero, so that every signature has one text.
    (buffer & ((1 << bits) - 1) == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key and the signature of RFC 8032, test 2.
    const KEY: &str = "-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=
-----END PUBLIC KEY-----";
    const SIGNATURE: &str = "kqAJqfDUyrhyDoILX2QlQKKye1QWUD+Ps3YiI+vbadoIWsHkPhWZbkWPNhPQ8R2MOHsurrQwKu6wDSkWErsMAA==";

    #[test]
    fn base64_is_what_its_standard_says() {
        for (text, bytes) in [("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg==", "foob")] {
            assert_eq!(from_base64(text).as_deref(), Some(bytes.as_bytes()), "{text}");
        }
        for broken in ["Zg", "Zg=", "Zh==", "Zm9 ", "Zg==Zg==", "Zm-_", "=", "===="] {
            assert_eq!(from_base64(broken), None, "{broken}");
        }
    }

    #[test]
    fn a_signature_belongs_to_one_key_and_one_payload() {
        let key = PublicKey::read(KEY.as_bytes()).unwrap();
        assert!(key.verifies("r", SIGNATURE));
        assert!(!key.verifies("s", SIGNATURE));
        assert!(!key.verifies("r", &SIGNATURE.replacen('k', "l", 1)));
        assert!(!key.verifies("r", ""));
        let document = from_base64(&unframed(KEY).unwrap()).unwrap();
        assert!(PublicKey::read(&document).unwrap().verifies("r", SIGNATURE));
    }

    #[test]
    fn what_is_no_public_key_is_none() {
        let mut document = from_base64(&unframed(KEY).unwrap()).unwrap();
        for cut in 0..document.len() {
            assert!(PublicKey::read(&document[..cut]).is_none(), "{cut}");
        }
        document.push(0);
        assert!(PublicKey::read(&document).is_none());
        assert!(PublicKey::read(KEY.replace("BQYDK2Vw", "BQYDK2Vx").as_bytes()).is_none());
        assert!(PublicKey::read(KEY.replace("PUBLIC", "PRIVATE").as_bytes()).is_none());
    }
}
