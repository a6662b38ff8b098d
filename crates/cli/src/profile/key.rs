//! Makes credentials of what the environment or a profile gives.

use super::source::Lines;
use super::{KeySources, Secret, SigningSource};
use crate::failure::Failure;
use binance_papi::Credentials;
use secrecy::zeroize::Zeroizing;
use std::ffi::OsString;

/// The variables that hold a key.
pub(crate) const KEY_VARIABLES: [&str; 4] =
    ["BINANCE_API_KEY", "BINANCE_API_SECRET", "BINANCE_PRIVATE_KEY", "BINANCE_PRIVATE_KEY_PASSPHRASE"];

/// Where the key comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum KeyOrigin {
    /// The demo account of the embedded exchange.
    Sandbox,
    /// The variables of [`KEY_VARIABLES`].
    Environment,
    Profile(KeySources),
    Nothing,
}

/// A key, ready to sign, and its parts for those who look at their form. It must not be printed.
pub(crate) struct FoundKey {
    pub(crate) credentials: Credentials,
    pub(crate) api_key: Secret,
    /// None when a private key signs.
    pub(crate) api_secret: Option<Secret>,
}

/// Returns the key that the standard variables hold; none when none of them is set.
pub(crate) fn of_environment() -> Result<Option<FoundKey>, binance_papi::Error> {
    let Some(credentials) = Credentials::from_env()? else { return Ok(None) };
    let value = |name| std::env::var(name).ok().filter(|value| !value.is_empty()).map(Zeroizing::new);
    let api_key = value(KEY_VARIABLES[0]).unwrap_or_default();
    Ok(Some(FoundKey { credentials, api_key, api_secret: value(KEY_VARIABLES[1]) }))
}

impl KeySources {
    /// Fetches the parts of the key of a profile, in their order.
    pub(crate) fn fetch(
        &self,
        profile: &str,
        variable: &dyn Fn(&str) -> Option<OsString>,
    ) -> Result<FoundKey, Failure> {
        let of = |part: &str| format!("{part} of profile {profile}");
        let unfit = |error: binance_papi::Error| Failure::from(error).of(&format!("the key of profile {profile}"));
        let api_key = self.api_key.fetch(&of("api_key"), Lines::One, variable)?;
        match &self.signing {
            SigningSource::Secret(source) => {
                let secret = source.fetch(&of("api_secret"), Lines::One, variable)?;
                let credentials = Credentials::new(&*api_key, secret.to_string()).map_err(unfit)?;
                Ok(FoundKey { credentials, api_key, api_secret: Some(secret) })
            }
            SigningSource::PrivateKey { pem, passphrase } => {
                let pem = pem.fetch(&of("private_key"), Lines::Several, variable)?;
                let passphrase = passphrase.as_ref();
                let passphrase =
                    passphrase.map(|source| source.fetch(&of("passphrase"), Lines::One, variable)).transpose()?;
                let passphrase = passphrase.as_deref().map(String::as_str);
                let credentials = Credentials::with_private_key(&*api_key, &*pem, passphrase).map_err(unfit)?;
                Ok(FoundKey { credentials, api_key, api_secret: None })
            }
        }
    }

    /// Returns whether the profile itself names a variable.
    pub(super) fn names_variable(&self, name: &str) -> bool {
        self.parts()
            .iter()
            .any(|(_, source)| matches!(source, super::KeySource::Variable(variable) if variable == name))
    }
}
