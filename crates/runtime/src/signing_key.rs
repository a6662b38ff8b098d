//! What signs for an API key.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use papi_types::percent_encode;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;
use std::fmt;
use std::sync::Arc;

/// What signs for an API key.
#[derive(Clone)]
pub(crate) enum SigningKey {
    /// HMAC-SHA256 with a shared secret, of which only its hashed blocks are kept: they are the same for all signatures, and
    /// zeroed when they are dropped. The signature is printed in hex.
    Hmac(Hmac<Sha256>),
    /// RSASSA-PKCS1-v1_5 with SHA-256 and a key of `bits` bits; the signature is printed in base64.
    Rsa { pair: Arc<RsaKeyPair>, bits: u32 },
    /// Ed25519; the signature is printed in base64.
    Ed25519(Arc<Ed25519KeyPair>),
}

impl SigningKey {
    /// Returns what signs with a shared secret. HMAC takes keys of any length; there is no key that it refuses.
    pub(crate) fn hmac(secret: &SecretString) -> Option<Self> {
        Hmac::new_from_slice(secret.expose_secret().as_bytes()).ok().map(Self::Hmac)
    }

    pub(crate) fn key_type(&self) -> KeyType {
        match self {
            Self::Hmac(_) => KeyType::Hmac,
            Self::Rsa { bits, .. } => KeyType::Rsa { bits: *bits },
            Self::Ed25519(_) => KeyType::Ed25519,
        }
    }

    /// Returns the signature of a payload, ready to stand in a query.
    pub(crate) fn sign(&self, payload: &str) -> String {
        let payload = payload.as_bytes();
        match self {
            Self::Hmac(keyed) => hex(&keyed.clone().chain_update(payload).finalize().into_bytes()),
            // The key has signed when it was read. If it fails now, as with faulty memory, the exchange refuses the
            // request because it has no signature: nothing is executed.
            Self::Rsa { pair, .. } => base64(&rsa_signature(pair, payload).unwrap_or_default()),
            Self::Ed25519(pair) => base64(pair.sign(payload).as_ref()),
        }
    }
}

/// The kind of key that signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyType {
    /// A secret shared with the exchange, HMAC-SHA256.
    Hmac,
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rsa {
        /// The size of the key.
        bits: u32,
    },
    /// Ed25519. The exchange does not document it for Portfolio Margin; its other products and its own client take it.
    Ed25519,
}

impl fmt::Display for KeyType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hmac => f.write_str("HMAC"),
            Self::Rsa { bits } => write!(f, "RSA, {bits} bits"),
            Self::Ed25519 => f.write_str("Ed25519"),
        }
    }
}

/// None when the parts of the key do not belong together. The padding is fixed, so the same payload has the same signature.
#[expect(clippy::disallowed_methods, reason = "it hides the key while it is computed with, and shows nowhere")]
pub(crate) fn rsa_signature(pair: &RsaKeyPair, payload: &[u8]) -> Option<Vec<u8>> {
    let mut signature = vec![0; pair.public().modulus_len()];
    pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), payload, &mut signature).ok()?;
    Some(signature)
}

fn base64(bytes: &[u8]) -> String {
    percent_encode(&BASE64_STANDARD.encode(bytes))
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| char::from(DIGITS[usize::from(half)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Examples printed by the exchange that recompute: secret, payload, signature.
    const VECTORS: [(&str, &str, &str); 5] = [
        (
            "YtP1BudNOWZE1ag5uzCkh4hIC7qSmQOu797r5EJBFGhxBYivjj8HIX0iiiPof5yG",
            "symbol=BTC-210129-40000-C&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=2000&recvWindow=5000&timestamp=1611825601400",
            "7c12045972f6140e765e0f2b67d28099718df805732676494238f50be830a7d7",
        ),
        (
            "YtP1BudNOWZE1ag5uzCkh4hIC7qSmQOu797r5EJBFGhxBYivjj8HIX0iiiPof5yG",
            "symbol=BTC-210129-40000-C&side=BUY&type=LIMIT&timeInForce=GTCquantity=0.01&price=2000&recvWindow=5000&timestamp=1611825601400",
            "fa6045c54fb02912b766442be1f66fab619217e551a4fb4f8a1ee000df914d8e",
        ),
        (
            "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j",
            "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559",
            "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71",
        ),
        (
            "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j",
            "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTCquantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559",
            "0fd168b8ddb4876a0358a8d14d0c9f3da0e9b20c5d52b2a00fcf7d1c602f9a77",
        ),
        (
            "2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9",
            "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC&recvWindow=5000&timestamp=1591702613943",
            "3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9",
        ),
    ];

    #[test]
    fn the_exchanges_own_examples_reproduce() {
        for (secret, payload, signature) in VECTORS {
            let key = SigningKey::hmac(&SecretString::from(secret)).expect("a key");
            assert_eq!(key.sign(payload), signature, "{payload}");
            assert_eq!(key.sign(payload), signature, "a second time: {payload}");
        }
    }

    /// Compiles only while it is so.
    #[test]
    fn what_is_kept_of_a_secret_is_zeroed_when_it_is_dropped() {
        fn is_zeroed<T: hmac::digest::zeroize::ZeroizeOnDrop>() {}
        is_zeroed::<<Sha256 as hmac::EagerHash>::Core>();
    }
}
