//! Stamping and signing: the last step before a request leaves, done afresh for every attempt.

use crate::credentials::Credentials;
use papi_types::{Query, Timestamp};
use std::fmt::Write as _;
use std::time::Duration;

/// What is appended has no more bytes, unless an RSA key signs.
const SEAL_LENGTH: usize = 128;

/// The query as it is sent: with `recvWindow`, `timestamp` and, last, the signature of everything before it.
pub(crate) fn seal(query: &Query, credentials: &Credentials, recv_window: Duration, now: Timestamp) -> String {
    let mut text = String::with_capacity(query.as_str().len() + SEAL_LENGTH);
    text.push_str(query.as_str());
    let separator = if query.is_empty() { "" } else { "&" };
    // Writing into a String cannot fail.
    let _ = write!(text, "{separator}recvWindow={}&timestamp={}", recv_window.as_millis(), now.as_millis());
    let signature = credentials.signing.sign(&text);
    text.push_str("&signature=");
    text.push_str(&signature);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_last_and_covers_everything_before_it() {
        let secret = "2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9";
        let credentials = Credentials::new("key", secret).expect("plain text");
        let mut query = Query::new();
        query.push_display("symbol", "币安 A+B");
        let sealed = seal(&query, &credentials, Duration::from_secs(5), Timestamp::from_millis(1_591_702_613_943));
        let payload = "symbol=%E5%B8%81%E5%AE%89%20A%2BB&recvWindow=5000&timestamp=1591702613943";
        let signature = credentials.signing.sign(payload);
        assert_eq!(sealed, format!("{payload}&signature={signature}"));
        let sealed = seal(&Query::new(), &credentials, Duration::from_secs(5), Timestamp::from_millis(-1));
        assert!(sealed.starts_with("recvWindow=5000&timestamp=-1&signature="), "{sealed}");
    }
}
