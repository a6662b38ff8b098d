//! The API key and what signs for it. Neither is ever printed.

use crate::error::Error;
use crate::private_key;
use crate::rate_limit::Account;
use crate::signing_key::{KeyType, SigningKey};
use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret as _, SecretString};
use std::fmt;

/// An API key and what signs for it: a secret, or the private key whose public half is registered with the exchange.
///
/// Secrets and decoded private keys are zeroed when they are no longer needed, as far as the libraries that sign allow.
#[derive(Clone)]
pub struct Credentials {
    pub(crate) key: HeaderValue,
    pub(crate) signing: SigningKey,
}

impl Credentials {
    /// Returns an API key with an HMAC secret.
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
        let signing = SigningKey::hmac(&secret).ok_or_else(|| Error::invalid("the API secret cannot sign"))?;
        Self::signed_by(key.as_ref(), signing)
    }

    /// Returns an API key with a private key: RSA of 2048, 3072 or 4096 bits, or Ed25519, as the PEM of a PKCS#8
    /// document. The passphrase is that of an `ENCRYPTED PRIVATE KEY`, which the feature `encrypted-keys` reads; for a key
    /// that is not encrypted it is not used.
    ///
    /// Line breaks may be written as `\n`. How long it takes to open an encrypted key was chosen when the key was made, usually
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
    /// The error says how to convert other forms; it contains nothing of the text.
    pub fn with_private_key(
        key: impl AsRef<str>,
        pem: impl AsRef<str>,
        passphrase: Option<&str>,
    ) -> Result<Self, Error> {
        let signing = private_key::read(pem.as_ref(), passphrase).map_err(|unfit| Error::invalid(unfit.to_string()))?;
        Self::signed_by(key.as_ref(), signing)
    }

    /// Returns the kind of key that signs.
    pub fn key_type(&self) -> KeyType {
        self.signing.key_type()
    }

    /// The account that the key belongs to, from which the key cannot be found.
    pub(crate) fn account(&self) -> Account {
        Account::of(self.key.as_bytes())
    }

    pub(crate) fn signed_by(key: &str, signing: SigningKey) -> Result<Self, Error> {
        check("API key", key)?;
        let mut key = HeaderValue::from_str(key).map_err(|_| Error::invalid("the API key is not plain text"))?;
        key.set_sensitive(true);
        Ok(Self { key, signing })
    }
}

fn check(what: &str, text: &str) -> Result<(), Error> {
    if text.is_empty() {
        return Err(Error::invalid(format!("the {what} is empty; copy it anew")));
    }
    if text.chars().any(|character| character.is_whitespace() || character.is_control()) {
        return Err(Error::invalid(format!(
            "the {what} contains white space; was a line break copied with it? Take it out"
        )));
    }
    Ok(())
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("key_type", &self.key_type()).finish_non_exhaustive()
    }
}
