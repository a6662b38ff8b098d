//! The fingerprint of an API key: enough to notice that an export is of another account, useless to find the key.

use super::seal::sha256_hex;
use serde::{Deserialize, Serialize};

/// A salted hash of an API key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Fingerprint {
    salt: String,
    hash: String,
}

impl Fingerprint {
    /// Returns the fingerprint of a key with a salt that cannot be guessed.
    pub(crate) fn new(key: &str, salt: String) -> Self {
        let hash = hash(&salt, key);
        Self { salt, hash }
    }

    /// Returns whether this is the fingerprint of a key.
    pub(crate) fn is_of(&self, key: &str) -> bool {
        self.hash == hash(&self.salt, key)
    }
}

fn hash(salt: &str, key: &str) -> String {
    sha256_hex(format!("{salt}\0{key}").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_knows_its_key_and_shows_nothing_of_it() {
        let print = Fingerprint::new("the-key", "salt".into());
        assert!(print.is_of("the-key") && !print.is_of("another-key"));
        assert_ne!(print, Fingerprint::new("the-key", "pepper".into()), "the salt makes the difference");
        assert!(!serde_json::to_string(&print).expect("printable").contains("the-key"));
    }
}
