//! Whether a request is authentic: its key, timing and signature. The signature is verified with code of the sandbox's
//! own, because what checks a client must not share its mistakes.

use crate::params::{Params, hex_digit};
use crate::public_key::PublicKey;
use crate::raw_request::RawRequest;
use crate::refusal::{
    AHEAD_OF_SERVER, BAD_KEY_FORMAT, BAD_SIGNATURE, BAD_VALUE, DUPLICATE, MANDATORY, OUTSIDE_RECV_WINDOW, REJECTED_KEY,
    Refusal,
};
use hmac::{Hmac, KeyInit as _, Mac as _};
use papi_types::{Access, Timestamp};
use sha2::Sha256;
use std::fmt;

/// The API key that a sandbox accepts when it is given no other.
pub const DEMO_KEY: &str = "SandboxDemoKeyNotARealCredentialSandboxDemoKeyNotARealCredential";

/// The secret that belongs to [`DEMO_KEY`].
pub const DEMO_SECRET: &str = "SandboxDemoSecretNotARealSecret0SandboxDemoSecretNotARealSecret0";

const DEFAULT_RECV_WINDOW: i64 = 5_000;
const LONGEST_RECV_WINDOW: i64 = 60_000;
const AHEAD_ALLOWED: i64 = 1_000;

/// The only key that the sandbox knows, and what verifies its signatures.
pub(crate) struct Credentials {
    key: String,
    secret: String,
    /// Verifies signatures instead of the secret where there is one.
    pub(crate) public_key: Option<PublicKey>,
}

impl Credentials {
    /// Returns a key and its secret. None when the key does not have the format of a key, so that no request could ever
    /// use it.
    pub(crate) fn new(key: &str, secret: &str) -> Option<Self> {
        is_key(key).then(|| Self { key: key.to_owned(), secret: secret.to_owned(), public_key: None })
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(..)")
    }
}

/// Checks who sent a request: key first, then timing, then signature.
pub(crate) fn check(
    access: Access,
    raw: &RawRequest,
    params: &Params,
    credentials: &Credentials,
    now: Timestamp,
) -> Result<(), Refusal> {
    if access.needs_key() {
        check_key(raw.key.as_deref(), credentials)?;
    }
    if access.is_signed() {
        check_timing(params, now)?;
        check_signature(raw, params, credentials)?;
    }
    Ok(())
}

fn check_key(key: Option<&str>, credentials: &Credentials) -> Result<(), Refusal> {
    match key {
        Some(key) if key == credentials.key => Ok(()),
        Some(key) if is_key(key) => Err(REJECTED_KEY.plain()),
        _ => Err(BAD_KEY_FORMAT.plain()),
    }
}

fn is_key(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Checks `timestamp` and `recvWindow`. The latter is optional, so a wrong one is refused as a bad value and not as a
/// missing parameter; no page gives its code.
fn check_timing(params: &Params, now: Timestamp) -> Result<(), Refusal> {
    let timestamp: i64 =
        params.get("timestamp").and_then(|text| text.parse().ok()).ok_or_else(|| MANDATORY.with(&["timestamp"]))?;
    let window = match params.get("recvWindow") {
        None => DEFAULT_RECV_WINDOW,
        Some(text) => text
            .parse()
            .ok()
            .filter(|window| (0..=LONGEST_RECV_WINDOW).contains(window))
            .ok_or_else(|| BAD_VALUE.with(&["recvWindow"]))?,
    };
    let now = now.as_millis();
    if timestamp >= now.saturating_add(AHEAD_ALLOWED) {
        Err(AHEAD_OF_SERVER.plain())
    } else if now.saturating_sub(timestamp) > window {
        Err(OUTSIDE_RECV_WINDOW.plain())
    } else {
        Ok(())
    }
}

fn check_signature(raw: &RawRequest, params: &Params, credentials: &Credentials) -> Result<(), Refusal> {
    if params.get("signature").is_none_or(str::is_empty) {
        return Err(MANDATORY.with(&["signature"]));
    }
    let (payload, signature) = match (cut_signature(&raw.query), cut_signature(raw.form())) {
        (Some((query, signature)), None) => (format!("{query}{}", raw.form()), signature),
        (None, Some((body, signature))) => (format!("{}{body}", raw.query), signature),
        (Some(_), Some(_)) => return Err(DUPLICATE.plain()),
        // It is there, but something follows it.
        (None, None) => return Err(BAD_SIGNATURE.plain()),
    };
    let is_genuine = match &credentials.public_key {
        None => is_signature(&payload, signature, &credentials.secret),
        // Base64 has characters that are percent-encoded in a query.
        Some(key) => params.get("signature").is_some_and(|signature| key.verifies(&payload, signature)),
    };
    // Unencoded characters are signed differently on either side, which is why the exchange calls them a bad signature.
    if payload.is_ascii() && is_genuine { Ok(()) } else { Err(BAD_SIGNATURE.plain()) }
}

/// Returns the text before the signature and the signature, when that is the last parameter of the text.
fn cut_signature(text: &str) -> Option<(&str, &str)> {
    const NAME: &str = "signature=";
    let last = text.rfind('&').map_or(0, |index| index + 1);
    let signature = text[last..].strip_prefix(NAME)?;
    Some((text[..last].strip_suffix('&').unwrap_or_default(), signature))
}

fn is_signature(payload: &str, signature: &str, secret: &str) -> bool {
    let (Some(signature), Ok(mut mac)) = (from_hex(signature), Hmac::<Sha256>::new_from_slice(secret.as_bytes()))
    else {
        return false;
    };
    mac.update(payload.as_bytes());
    // Compares in constant time.
    mac.verify_slice(&signature).is_ok()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    text.as_bytes()
        .chunks(2)
        .map(|digits| match *digits {
            [high, low] => Some(hex_digit(high)? * 16 + hex_digit(low)?),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PM_SECRET: &str = "YtP1BudNOWZE1ag5uzCkh4hIC7qSmQOu797r5EJBFGhxBYivjj8HIX0iiiPof5yG";
    const SPOT_SECRET: &str = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j";
    const NOW: i64 = 1_499_827_319_559;

    fn signed(query: &str, body: &str) -> Result<(), Refusal> {
        let credentials = Credentials::new(DEMO_KEY, SPOT_SECRET).unwrap();
        let raw = RawRequest {
            query: query.to_owned(),
            body: body.to_owned(),
            key: Some(DEMO_KEY.to_owned()),
            ..RawRequest::default()
        };
        check(Access::Trade, &raw, &Params::split(query, body), &credentials, Timestamp::from_millis(NOW))
    }

    #[test]
    fn documented_signatures_verify() {
        let spot = "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559";
        assert!(is_signature(spot, "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71", SPOT_SECRET));
        let options = "symbol=BTC-210129-40000-C&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=2000&recvWindow=5000&timestamp=1611825601400";
        assert!(is_signature(options, "7C12045972F6140E765E0F2B67D28099718DF805732676494238F50BE830A7D7", PM_SECRET));
        assert!(!is_signature(options, "7c12045972f6140e765e0f2b67d28099718df805732676494238f50be830a7d", PM_SECRET));
    }

    #[test]
    fn query_and_body_are_signed_without_a_separator() {
        let query = "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC";
        let body = "quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559";
        let signature = "signature=0fd168b8ddb4876a0358a8d14d0c9f3da0e9b20c5d52b2a00fcf7d1c602f9a77";
        assert_eq!(signed(query, &format!("{body}&{signature}")), Ok(()));
        assert_eq!(signed(&format!("{query}&{signature}"), body), Ok(()));
        assert_eq!(signed(&format!("{signature}&{query}"), body).unwrap_err().code, -1022);
        assert_eq!(signed(&format!("{query}&{signature}"), &format!("{body}&{signature}")).unwrap_err().code, -1101);
        assert_eq!(signed(query, body).unwrap_err(), MANDATORY.with(&["signature"]));
    }

    #[test]
    fn time_may_lag_by_the_window_and_lead_by_less_than_a_second() {
        let timing = |query: &str| check_timing(&Params::split(query, ""), Timestamp::from_millis(NOW)).err();
        let stamped = |offset: i64, rest: &str| timing(&format!("timestamp={}{rest}", NOW + offset));
        assert_eq!(stamped(0, ""), None);
        assert_eq!(stamped(999, ""), None);
        assert_eq!(stamped(1_000, ""), Some(AHEAD_OF_SERVER.plain()));
        assert_eq!(stamped(-5_000, ""), None);
        assert_eq!(stamped(-5_001, ""), Some(OUTSIDE_RECV_WINDOW.plain()));
        assert_eq!(stamped(-5_001, "&recvWindow=60000"), None);
        assert_eq!(stamped(-1, "&recvWindow=0"), Some(OUTSIDE_RECV_WINDOW.plain()));
        for window in ["60001", "-1", "abc", ""] {
            let refused = stamped(0, &format!("&recvWindow={window}"));
            assert_eq!(refused, Some(BAD_VALUE.with(&["recvWindow"])), "{window}");
        }
        for missing in ["", "timestamp=", "timestamp=now"] {
            assert_eq!(timing(missing), Some(MANDATORY.with(&["timestamp"])), "{missing}");
        }
    }

    #[test]
    fn a_key_is_64_letters_and_digits_and_the_right_ones() {
        let credentials = Credentials::new(DEMO_KEY, DEMO_SECRET).unwrap();
        assert!(is_key(DEMO_SECRET));
        let code = |key: Option<&str>| check_key(key, &credentials).err().map(|refusal| (refusal.status, refusal.code));
        assert_eq!(code(Some(DEMO_KEY)), None);
        assert_eq!(code(None), Some((401, -2014)));
        assert_eq!(code(Some("short")), Some((401, -2014)));
        assert_eq!(code(Some(&"-".repeat(64))), Some((401, -2014)));
        assert_eq!(code(Some(&"a".repeat(64))), Some((401, -2015)));
    }
}
