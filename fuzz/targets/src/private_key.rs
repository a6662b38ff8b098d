//! Texts that may be private keys: each is taken or refused, always in the same way, and no message shows a part of it.

use crate::first_line;
use papi_runtime::Credentials;

/// No shorter part of a text is looked for in a message: words of the message may be in the text as well.
const TELLING: usize = 24;

/// Reads a passphrase on the first line, or none if that is empty, and the text of a private key below.
///
/// # Panics
///
/// When a text is read in two ways, or a message shows a line of it.
pub fn private_key(data: &[u8]) {
    let (passphrase, text) = first_line(data);
    let (Ok(passphrase), Ok(text)) = (std::str::from_utf8(passphrase), std::str::from_utf8(text)) else { return };
    let read = || Credentials::with_private_key("key", text, (!passphrase.is_empty()).then_some(passphrase));
    match (read(), read()) {
        (Ok(one), Ok(other)) => assert_eq!(one.key_type(), other.key_type(), "the kind of the key"),
        (Err(one), Err(other)) => {
            let message = one.to_string();
            assert_eq!(message, other.to_string(), "the reason");
            assert!(one.is_invalid(), "a key that cannot be used is a mistake of the caller: {message}");
            let is_key = |line: &&str| line.len() >= TELLING && !line.contains([' ', '`']);
            let lines = text.lines().map(str::trim).filter(is_key);
            for line in lines {
                assert!(!message.contains(line), "the message shows a line of the key");
            }
        }
        (one, other) => panic!("the same text is read in two ways: {one:?} and {other:?}"),
    }
}

/// Keys that were made for tests. Those of four thousand bits and those that are slow to open are left out.
pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let texts = [
        include_str!("../../../crates/runtime/tests/test_keys/ed25519.pem"),
        include_str!("../../../crates/runtime/tests/test_keys/ed25519_v2.pem"),
        include_str!("../../../crates/runtime/tests/test_keys/rfc8032.pem"),
        include_str!("../../../crates/runtime/tests/test_keys/rsa_2048.pem"),
        include_str!("../../../crates/runtime/tests/test_keys/rsa_1024.pem"),
        include_str!("../../../crates/runtime/tests/test_keys/rsa_2048_pkcs1.pem"),
        include_str!("../../../crates/runtime/tests/test_keys/rsa_2048_legacy.pem"),
        include_str!("../../../crates/runtime/tests/test_keys/rsa_2048_aes256.pem"),
        include_str!("../../../crates/runtime/tests/test_keys/ec.pem"),
        include_str!("../../../crates/runtime/tests/test_keys/ec_sec1.pem"),
        include_str!("../../../crates/runtime/tests/test_keys/ed25519.public.pem"),
        include_str!("../../../crates/runtime/tests/test_keys/certificate.pem"),
    ];
    texts.map(|text| format!("\n{text}").into_bytes()).into()
}
