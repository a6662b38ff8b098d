//! Profiles: named settings in a file, and where the API key of each comes from. `place` finds the file, `file` reads it,
//! `parse` understands it, `settings` decides between it, the command line and the environment, `key` fetches the key.

mod file;
mod key;
mod ledger;
mod parse;
mod place;
mod program;
mod settings;
mod source;
mod table;
#[cfg(all(test, unix))]
mod tests;

use std::collections::BTreeMap;
use std::path::PathBuf;

pub(crate) use file::{Configuration, configuration};
pub(crate) use key::{FoundKey, KEY_VARIABLES, KeyOrigin, of_environment};
pub(crate) use ledger::LedgerPlace;
pub(crate) use settings::{BASE_URL_VARIABLE, PROXY_VARIABLE, SetBy, Setting, Settings, settings};
pub(crate) use source::KeySource;

/// The variable that names the profile, for when `--profile` is not given.
pub(crate) const PROFILE_VARIABLE: &str = "PAPI_PROFILE";

/// A zeroed text.
type Secret = secrecy::zeroize::Zeroizing<String>;

/// Settings that have a name. What a profile leaves out has its default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Profile {
    pub(crate) name: String,
    pub(crate) base_url: Option<String>,
    pub(crate) time_url: Option<String>,
    pub(crate) ledger: Option<LedgerPlace>,
    /// Where the password of the ledger's server comes from.
    pub(crate) ledger_password: Option<KeySource>,
    /// The file of intents.
    pub(crate) intents: Option<PathBuf>,
    /// Request weight per minute.
    pub(crate) weight: Option<u32>,
    /// Orders per minute.
    pub(crate) orders: Option<u32>,
    /// The columns to show, by the words of the command, such as `um force-orders`.
    pub(crate) columns: BTreeMap<String, Vec<String>>,
    pub(crate) key: Option<KeySources>,
}

/// Where the parts of a key come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeySources {
    pub(crate) api_key: KeySource,
    pub(crate) signing: SigningSource,
}

/// Where what signs for an API key comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SigningSource {
    Secret(KeySource),
    PrivateKey { pem: KeySource, passphrase: Option<KeySource> },
}

impl KeySources {
    /// Returns the parts with their names in the file.
    pub(crate) fn parts(&self) -> Vec<(&'static str, &KeySource)> {
        let mut parts = vec![("api_key", &self.api_key)];
        match &self.signing {
            SigningSource::Secret(secret) => parts.push(("api_secret", secret)),
            SigningSource::PrivateKey { pem, passphrase } => {
                parts.push(("private_key", pem));
                parts.extend(passphrase.iter().map(|source| ("passphrase", source)));
            }
        }
        parts
    }
}
