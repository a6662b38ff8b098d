//! What to check when the exchange refuses, for the refusals that everyone meets once.

use crate::ErrorKind;
use papi_types::Effect;

/// Advice for an error, by its code.
pub(crate) fn advice(kind: ErrorKind, effect: Option<Effect>, code: Option<i64>) -> Option<&'static str> {
    if kind == ErrorKind::Unknown && effect != Some(Effect::Read) {
        return Some(
            "it may have been executed: look at the account (open orders, order history) before sending it again",
        );
    }
    match code? {
        -1021 => Some(
            "this machine's clock differs from the exchange's, or the request travelled longer than recvWindow: \
             synchronise the clock, then think about a larger recv window",
        ),
        -1022 => {
            Some("the secret does not belong to the API key, or is incomplete: compare both with the exchange's page")
        }
        -2014 => Some("the API key is not one: it has 64 letters and digits; was it copied whole?"),
        -2015 => Some(
            "the exchange does not know the key, or the key may not do this: check that it is for this host, that it has \
             the Portfolio Margin permission, and that this machine's IP address is on its list",
        ),
        -1003 => {
            Some("everyone at this IP address shares the weight limit: ask less often, or lower the weight limit here")
        }
        -1127 => Some("ask for a shorter range of time, and for the rest in further calls"),
        -1102 | -1106 | -1128 | -1130 => Some("`papi endpoints` lists the parameters and rules of every call"),
        -1121 => Some("symbols differ by product: BTCUSDT (um), BTCUSD_PERP (cm), BNBBTC (margin)"),
        _ => None,
    }
}
