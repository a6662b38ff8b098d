//! Finds whether the environment holds a key that can be used.

use super::super::facts::{Key, KeyFault};
use super::finding::{Check, Finding, Verdict};
use crate::exit_code::ExitCode;
use binance_papi::KeyType;

const SET_THEM: &str =
    "`export BINANCE_API_KEY=.. BINANCE_API_SECRET=..`, or BINANCE_PRIVATE_KEY for an RSA or Ed25519 key.";

/// Where keys are made and looked at.
pub(super) const KEYS_PAGE: &str = "https://www.binance.com/en/my/settings/api-management";

pub(super) fn key(key: &Key) -> Finding {
    let problem = |sentence: String| Finding::new(Check::Key, Verdict::Problem(ExitCode::BadInput), sentence);
    match key {
        Key::Missing => problem("No key is set, so that nothing of an account can be asked.".to_owned())
            .next(SET_THEM)
            .next("`papi doctor --sandbox` needs none."),
        Key::Unusable { set, reason } => {
            problem(format!("The key cannot be used: {}.", reason.trim_end_matches('.'))).then(mend(set))
        }
        Key::Malformed(key_fault) => problem(format!("BINANCE_API_KEY is no key: {}.", what_is_wrong(*key_fault)))
            .next(format!("Copy the whole key again, without quotes, from {KEYS_PAGE}"))
            .next("The secret belongs in BINANCE_API_SECRET; are the two swapped?"),
        Key::Usable { key_type: KeyType::Hmac, secret: Some(key_fault) } => Finding::warning(
            Check::Key,
            format!("BINANCE_API_SECRET does not look like a secret: {}.", what_is_wrong(*key_fault)),
        )
        .next("Copy the whole secret again. The exchange shows it only once: without it, make a new key."),
        Key::Usable { key_type, .. } => Finding::ok(Check::Key, usable(*key_type)),
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
        KeyFault::Length(length) => format!("it has {length} characters, and 64 are usual"),
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
