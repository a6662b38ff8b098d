//! Who is asking: the API key and what signs for it. Neither is ever printed.

use crate::private_key;
use crate::sign::SigningKey;
use crate::{Error, environment};
use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret as _, SecretString};
use std::fmt;

/// An API key and what signs for it: a secret, or the private key whose public half is registered with the exchange.
///
/// Secrets and decoded private keys are zeroed when they are no longer needed, as far as the libraries that sign allow.
#[derive(Clone)]
pub struct Credentials {
    key: HeaderValue,
    signing: SigningKey,
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

impl Credentials {
    /// An API key with an HMAC secret.
    ///
    /// # Errors
    ///
    /// Invalid when either is empty or has characters that a key cannot have, such as the line break of a file.
    pub fn new(key: impl AsRef<str>, secret: impl Into<String>) -> Result<Self, Error> {
        let secret = SecretString::from(secret.into());
        if private_key::is_pem(secret.expose_secret()) {
            return Err(Error::invalid(
                "the API secret is a PEM: give it to `Credentials::with_private_key`, or in the environment as BINANCE_PRIVATE_KEY",
            ));
        }
        check("API secret", secret.expose_secret())?;
        Self::signed_by(key.as_ref(), SigningKey::Hmac(secret))
    }

    /// An API key with a private key: RSA of 2048, 3072 or 4096 bits, or Ed25519, as the PEM of a PKCS#8 document. The
    /// passphrase is that of an `ENCRYPTED PRIVATE KEY`; for a key that is not encrypted it is not used.
    ///
    /// Line breaks may be written as `\n`. Opening an encrypted key takes as long as its maker wanted it to take, usually
    /// some milliseconds.
    ///
    /// ```no_run
    /// # fn run() -> Result<(), Box<dyn std::error::Error>> {
    /// use binance_papi::Credentials;
    ///
    /// let pem = std::fs::read_to_string("private.pem")?;
    /// let credentials = Credentials::with_private_key("the API key", &pem, None)?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// Invalid when the API key is malformed, or the text is not such a private key, or the passphrase does not open it.
    /// The error says how to convert other forms; it has nothing of the text in it.
    pub fn with_private_key(
        key: impl AsRef<str>,
        pem: impl AsRef<str>,
        passphrase: Option<&str>,
    ) -> Result<Self, Error> {
        let signing = private_key::read(pem.as_ref(), passphrase).map_err(|unfit| Error::invalid(unfit.to_string()))?;
        Self::signed_by(key.as_ref(), signing)
    }

    /// The credentials in the environment; none when nothing is set.
    ///
    /// | variable | |
    /// |---|---|
    /// | `BINANCE_API_KEY` | the API key |
    /// | `BINANCE_API_SECRET` | its secret, or instead: |
    /// | `BINANCE_PRIVATE_KEY` | the path of a PEM file, or the PEM itself; see [`with_private_key`](Self::with_private_key) |
    /// | `BINANCE_PRIVATE_KEY_PASSPHRASE` | what opens it, if it is encrypted |
    ///
    /// A variable that is set but empty counts as not set.
    ///
    /// # Errors
    ///
    /// Invalid when only a part is set, both a secret and a private key are, a file cannot be read, or one is malformed.
    pub fn from_env() -> Result<Option<Self>, Error> {
        environment::credentials(|name| std::env::var_os(name))
    }

    /// The kind of key that signs.
    pub fn key_type(&self) -> KeyType {
        self.signing.key_type()
    }

    pub(crate) fn signed_by(key: &str, signing: SigningKey) -> Result<Self, Error> {
        check("API key", key)?;
        let mut key = HeaderValue::from_str(key).map_err(|_| Error::invalid("the API key is not plain text"))?;
        key.set_sensitive(true);
        Ok(Self { key, signing })
    }

    pub(crate) fn key(&self) -> &HeaderValue {
        &self.key
    }

    pub(crate) fn signing(&self) -> &SigningKey {
        &self.signing
    }
}

fn check(what: &str, text: &str) -> Result<(), Error> {
    if text.is_empty() {
        return Err(Error::invalid(format!("the {what} is empty")));
    }
    if text.chars().any(|character| character.is_whitespace() || character.is_control()) {
        return Err(Error::invalid(format!("the {what} contains white space; was a line break copied with it?")));
    }
    Ok(())
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("key_type", &self.key_type()).finish_non_exhaustive()
    }
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
