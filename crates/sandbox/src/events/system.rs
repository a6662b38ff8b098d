//! Events about the risk of the account and about the stream itself, and events that no exchange has.

use super::{decimal, text, time};
use papi_types::json::Json;
use papi_types::{Decimal, Timestamp};

/// Returns the event that the key of the stream expired.
pub(crate) fn key_expired(now: Timestamp) -> String {
    Json::object([("e", text("listenKeyExpired")), ("E", time(now))]).to_string()
}

/// Returns the event that the server will close the connection soon.
pub(crate) fn server_shutdown(now: Timestamp) -> String {
    Json::object([("e", text("serverShutdown")), ("E", time(now))]).to_string()
}

/// Returns the event that the account is at risk: at a level such as `MARGIN_CALL`, with this ratio of its equity to its
/// maintenance margin.
pub(crate) fn risk_level(level: &str, ratio: &str, now: Timestamp) -> String {
    // Equity is what the ratio makes of a maintenance margin of 10,000 dollars.
    let margin = Decimal::from(10_000);
    let equity = ratio.parse().ok().and_then(|ratio: Decimal| ratio.checked_mul(margin)).unwrap_or_default();
    Json::object([
        ("e", text("riskLevelChange")),
        ("E", time(now)),
        ("u", text(ratio)),
        ("s", text(level)),
        ("eq", decimal(equity)),
        ("ae", decimal(equity)),
        ("m", decimal(margin)),
    ])
    .to_string()
}

/// Returns an event of a name that no page has.
pub(crate) fn made_up(now: Timestamp) -> String {
    Json::object([("e", text("SANDBOX_NEWS")), ("E", time(now)), ("n", text("an event of tomorrow"))]).to_string()
}

/// Returns one of many events that differ in a number.
pub(crate) fn of_many(number: u32, now: Timestamp) -> String {
    Json::object([
        ("e", text("balanceUpdate")),
        ("E", time(now)),
        ("a", text("BNB")),
        ("d", text("0.00000001")),
        ("U", Json::number(number)),
        ("T", time(now)),
    ])
    .to_string()
}
