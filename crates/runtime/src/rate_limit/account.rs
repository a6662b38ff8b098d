//! The account whose orders are counted: accounts that share a machine share its weight, but each has orders of its own.

use sha2::{Digest as _, Sha256};
use std::fmt;

/// An account as the ledger knows it. A shared file must not hold a key, so this is a part of a hash from which the key cannot be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Account(pub(super) u64);

impl Account {
    /// No account: for calls without a key, and for weight, which belongs to the address.
    pub(crate) const NONE: Self = Self(0);

    /// The account that an API key belongs to. Two keys of one account count as two: only the exchange knows better,
    /// and its count of orders is adopted where it is higher.
    pub(crate) fn of(key: &[u8]) -> Self {
        // The text before the key makes the hash good for nothing else.
        let hash = Sha256::new().chain_update("papi ledger, account of ").chain_update(key).finalize();
        Self(hash.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }
}

/// In hexadecimal, as files for people have it.
impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_has_an_account_that_does_not_show_it() {
        let account = |key: &str| Account::of(key.as_bytes());
        assert_eq!(account("a-key"), account("a-key"));
        assert_ne!(account("a-key"), account("b-key"));
        assert_ne!(account("a-key"), Account::NONE);
        assert!(!format!("{:?}", account("a-key")).contains("a-key"));
    }
}
