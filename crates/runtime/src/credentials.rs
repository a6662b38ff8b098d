//! Who is asking: the API key and what signs for it. Neither is ever printed.

use crate::Error;
use crate::sign::SigningKey;
use reqwest::header::HeaderValue;
use secrecy::SecretString;
use std::fmt;

/// An API key and its secret.
#[derive(Clone)]
pub struct Credentials {
    key: HeaderValue,
    signing: SigningKey,
}

/// The environment variable with the API key.
const KEY_VARIABLE: &str = "BINANCE_API_KEY";
/// The environment variable with the secret.
const SECRET_VARIABLE: &str = "BINANCE_API_SECRET";

impl Credentials {
    /// An API key with an HMAC secret.
    ///
    /// # Errors
    ///
    /// Invalid when either is empty or has characters that a key cannot have, such as the line break of a file.
    pub fn new(key: impl AsRef<str>, secret: impl Into<String>) -> Result<Self, Error> {
        let secret = secret.into();
        check("API key", key.as_ref())?;
        check("API secret", &secret)?;
        let mut key =
            HeaderValue::from_str(key.as_ref()).map_err(|_| Error::invalid("the API key is not plain text"))?;
        key.set_sensitive(true);
        Ok(Self { key, signing: SigningKey::Hmac(SecretString::from(secret)) })
    }

    /// The credentials in `BINANCE_API_KEY` and `BINANCE_API_SECRET`; none when neither is set.
    ///
    /// # Errors
    ///
    /// Invalid when only one is set, or one is malformed.
    pub fn from_env() -> Result<Option<Self>, Error> {
        let read = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        match (read(KEY_VARIABLE), read(SECRET_VARIABLE)) {
            (Some(key), Some(secret)) => Self::new(key, secret).map(Some),
            (None, None) => Ok(None),
            (Some(_), None) => Err(Error::invalid(format!("{KEY_VARIABLE} is set, but {SECRET_VARIABLE} is not"))),
            (None, Some(_)) => Err(Error::invalid(format!("{SECRET_VARIABLE} is set, but {KEY_VARIABLE} is not"))),
        }
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
        f.write_str("Credentials(..)")
    }
}
