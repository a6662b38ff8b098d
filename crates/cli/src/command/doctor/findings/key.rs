//! Finds whether the environment or the profile holds a key that can be used.

use super::super::facts::{Facts, Key, KeyFault, ProfileKey, UsedProfile};
use super::finding::{Check, Finding, Verdict};
use crate::exit_code::ExitCode;
use binance_papi::KeyType;
use papi_runtime::counted;

const SET_THEM: &str =
    "`export BINANCE_API_KEY=.. BINANCE_API_SECRET=..`, or BINANCE_PRIVATE_KEY for an RSA or Ed25519 key.";

/// Where keys are made and looked at.
pub(super) const KEYS_PAGE: &str = "https://www.binance.com/en/my/settings/api-management";

/// Finds whether there is a key that can be used.
pub(super) fn key(facts: &Facts) -> Finding {
    let problem = |sentence: String| Finding::new(Check::Key, Verdict::Problem(ExitCode::BadInput), sentence);
    let (api_key, api_secret) = names(facts.profile.as_ref());
    match &facts.key {
        Key::Missing => problem("No key is set, so that nothing of an account can be asked.".to_owned())
            .next(SET_THEM)
            .next("`papi doctor --sandbox` needs none."),
        Key::Unusable { set, reason } => {
            problem(format!("The key cannot be used: {}.", reason.trim_end_matches('.'))).then(mend(set))
        }
        Key::NotFetched { reason, next } => {
            problem(format!("The key cannot be used: {}.", reason.trim_end_matches('.'))).then(next.clone())
        }
        Key::Malformed(key_fault) => problem(format!("{api_key} is no key: {}.", what_is_wrong(*key_fault)))
            .next(format!("Copy the whole key again, without quotes, from {KEYS_PAGE}"))
            .next(format!("The secret belongs in {api_secret}; are the two swapped?")),
        Key::Usable { key_type: KeyType::Hmac, secret: Some(key_fault) } => Finding::warning(
            Check::Key,
            format!("{api_secret} does not look like a secret: {}.", what_is_wrong(*key_fault)),
        )
        .next("Copy the whole secret again. The exchange shows it only once: without it, make a new key."),
        Key::Usable { key_type, .. } => Finding::ok(Check::Key, usable(*key_type)),
    }
}

/// Returns what the two parts of the key are called.
fn names(profile: Option<&UsedProfile>) -> (String, String) {
    match profile {
        Some(UsedProfile { name, key: ProfileKey::Used(_), .. }) => {
            (format!("api_key of profile {name}"), format!("api_secret of profile {name}"))
        }
        _ => ("BINANCE_API_KEY".to_owned(), "BINANCE_API_SECRET".to_owned()),
    }
}

fn usable(key_type: KeyType) -> String {
    match key_type {
        KeyType::Hmac => "HMAC: a key with a secret.".to_owned(),
        KeyType::Rsa { bits } => format!("RSA: a private key of {bits} bits."),
        KeyType::Ed25519 => {
            "Ed25519: a private key. The exchange does not document it for Portfolio Margin.".to_owned()
        }
        other => format!("{other}."),
    }
}

fn what_is_wrong(key_fault: KeyFault) -> String {
    match key_fault {
        KeyFault::Length(length) => format!("it has {}, and 64 are usual", counted(length as u64, "character")),
        KeyFault::Characters => "it has other characters than letters and digits".to_owned(),
    }
}

/// Returns what to do with the variables that are set.
fn mend(set: &[&str]) -> Vec<String> {
    let has = |name: &str| set.contains(&name);
    match (has("BINANCE_API_KEY"), has("BINANCE_API_SECRET"), has("BINANCE_PRIVATE_KEY")) {
        (_, true, true) => vec![
            "`unset BINANCE_PRIVATE_KEY` if the key came with a secret.".to_owned(),
            "`unset BINANCE_API_SECRET` if you made the key from a public key of yours.".to_owned(),
        ],
        (true, false, false) => vec![
            "`export BINANCE_API_SECRET=..` if the key came with a secret.".to_owned(),
            "`export BINANCE_PRIVATE_KEY=private.pem` if you made it from a public key of yours.".to_owned(),
        ],
        (false, true, _) | (false, _, true) => vec!["`export BINANCE_API_KEY=..`".to_owned()],
        _ => Vec::new(),
    }
}
