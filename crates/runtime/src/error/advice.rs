//! What to check when the exchange refuses, for the refusals whose next step is clear; and what to do about a call that acts
//! and whose answer was lost: let the client ask what became of it.

use super::kind::ErrorKind;
use papi_types::{Effect, ErrorCode};

/// Returns advice for an error, by its code. None where the meaning of the code says all there is to say.
#[allow(clippy::too_many_lines, reason = "a table, a line for each code")]
pub(crate) fn advice(kind: ErrorKind, effect: Option<Effect>, code: Option<ErrorCode>) -> Option<&'static str> {
    if kind == ErrorKind::Unknown && effect != Some(Effect::Read) {
        return Some(
            "it may have been executed: ask with `client.settle` or `papi settle`, or look at the account, before sending \
             it again",
        );
    }
    if kind == ErrorKind::Decode && effect == Some(Effect::Once) {
        return Some("it was accepted: do not send it again; the ids in the answer ask for it");
    }
    let advice = match code? {
        // Keys, clock, limits.
        ErrorCode::INVALID_TIMESTAMP => {
            "this machine's clock differs from the exchange's, or the request travelled longer than recvWindow: \
             synchronise the clock, then think about a larger recv window"
        }
        ErrorCode::ME_RECVWINDOW_REJECT => {
            "the exchange was slow or the line to it is; a larger recv window lets such orders through, later than meant"
        }
        ErrorCode::INVALID_SIGNATURE => {
            "the secret does not belong to the API key, or is incomplete: compare both with the exchange's page; a \
             private key must be the one whose public half is registered there"
        }
        ErrorCode::BAD_API_KEY_FMT => "the API key is not one: it has 64 letters and digits; was it copied whole?",
        ErrorCode::REJECTED_MBX_KEY => {
            "the exchange does not know the key, or the key may not do this: check that it is for this host, that it has \
             the Portfolio Margin permission, and that this machine's IP address is on its list"
        }
        ErrorCode::USER_IS_NOT_UNIACCOUNT => "the account must be upgraded to Portfolio Margin on the exchange's page",
        ErrorCode::TOO_MANY_REQUESTS => {
            "everyone at this IP address shares the weight limit: ask less often, or lower the weight limit here"
        }
        ErrorCode::TOO_MANY_ORDERS => {
            "all programs of the account share the order limit: send fewer, or lower the order limit here; \
             `papi account order-rate-limits` tells what the account has"
        }
        ErrorCode::REQUEST_THROTTLED => "try again in a moment; cancels and reduce-only orders pass even now",
        ErrorCode::INVALID_LISTEN_KEY => "open a new stream; what happened meanwhile has to be asked for",
        // Parameters.
        ErrorCode::MORE_THAN_XX_HOURS | ErrorCode::INVALID_TIME_INTERVAL => {
            "ask for a shorter range of time, and for the rest in further calls"
        }
        ErrorCode::MANDATORY_PARAM_EMPTY_OR_MALFORMED
        | ErrorCode::PARAM_NOT_REQUIRED
        | ErrorCode::OPTIONAL_PARAMS_BAD_COMBO
        | ErrorCode::INVALID_PARAMETER => "`papi endpoints` lists the parameters and rules of every call",
        ErrorCode::BAD_SYMBOL => "symbols differ by product: BTCUSDT (um), BTCUSD_PERP (cm), BNBBTC (margin)",
        ErrorCode::BAD_PRECISION
        | ErrorCode::PRICE_NOT_INCREASED_BY_TICK_SIZE
        | ErrorCode::QTY_NOT_INCREASED_BY_STEP_SIZE => {
            "round to the symbol's tick size and step size, which are in the exchange's public symbol information"
        }
        ErrorCode::INVALID_CL_ORD_ID_LEN => "32 characters of `.A-Z:/a-z0-9_-` suit every product, or leave the id out",
        ErrorCode::DUPLICATED_CLIENT_ORDER_ID => {
            "look at the open order of this id first: it may be the one that you are about to send again"
        }
        // What the matching engine makes of an order.
        ErrorCode::NEW_ORDER_REJECTED => {
            "where the message gives no reason, compare balance, the symbol's filters (tick, lot, notional) and the \
             price: some order types must not trade at once"
        }
        ErrorCode::CANCEL_REJECTED | ErrorCode::NO_SUCH_ORDER => {
            "it may be filled, cancelled, expired, or of another product or symbol: the list of all orders tells"
        }
        ErrorCode::ORDER_WOULD_IMMEDIATELY_TRIGGER | ErrorCode::STRATEGY_INVALID_TRIGGER_PRICE => {
            "a stop buys above the market and sells below it, a take-profit the other way round"
        }
        ErrorCode::REDUCE_ONLY_REJECT | ErrorCode::REDUCE_ONLY_MARGIN_CHECK_FAILED => {
            "compare the position with the open reduce-only orders, and cancel those that are in the way"
        }
        ErrorCode::MARKET_ORDER_REJECT => "the book is thin or the market jumps: use a limit order, or wait",
        ErrorCode::MIN_NOTIONAL => "raise price times quantity, or send what closes a position as reduce-only",
        ErrorCode::FOK_ORDER_REJECT => "nothing is on the book; time in force IOC takes what is there",
        ErrorCode::GTX_ORDER_REJECT => "nothing is on the book; move the price away from the other side",
        ErrorCode::STOP_ORDER_SWITCH_ALGO => "conditional um orders are placed with `papi um new-algo-order`",
        ErrorCode::STOCK_AGREEMENT_NOT_SIGNED | ErrorCode::STOCK_AGREEMENT_MISSING => {
            "contracts on stocks need an agreement: `papi um sign-stock-contract` signs it"
        }
        // Margin, loans and settings of the account.
        ErrorCode::BALANCE_NOT_SUFFICIENT | ErrorCode::MARGIN_NOT_SUFFICIENT => {
            "order less, cancel open orders, close positions or add collateral; `papi account summary` tells what is there"
        }
        ErrorCode::MAX_OPEN_ORDER_EXCEEDED | ErrorCode::MAX_STOP_ORDER_EXCEEDED => "cancel some of the open orders",
        ErrorCode::MAX_LEVERAGE_RATIO => "order less, or lower the symbol's leverage: brackets allow more at less",
        ErrorCode::POSITION_SIDE_NOT_MATCH => {
            "in Hedge Mode an order says LONG or SHORT, in One-way Mode BOTH or nothing; `papi um position-mode` tells \
             the mode"
        }
        ErrorCode::NO_NEED_TO_CHANGE_POSITION_SIDE => "nothing to do: the mode is as asked for",
        ErrorCode::POSITION_SIDE_CHANGE_EXISTS_OPEN_ORDERS
        | ErrorCode::POSITION_SIDE_CHANGE_EXISTS_QUANTITY
        | ErrorCode::CANNOT_CHANGE_DUAL_SIDE
        | ErrorCode::POSITION_MODE_SYNC_REJECT => {
            "um and cm share one mode: cancel the open orders and close the positions of both, then change it"
        }
        ErrorCode::EXCEED_MAX_BORROWABLE => "borrow less; `papi margin max-borrowable` tells how much is allowed",
        ErrorCode::HAS_PENDING_TRANSACTION => "wait for it; `papi margin loans` and `papi margin repayments` show it",
        ErrorCode::ASSET_ADMIN_BAN_BORROW | ErrorCode::INSUFFICIENT_LOANABLE_ASSET => {
            "borrow less, another asset, or later"
        }
        ErrorCode::MARGIN_TRADE_COEFF_INSUFFICIENT => {
            "the exchange may count no more of this asset as collateral, for anyone: trade or deposit another one"
        }
        _ => return None,
    };
    Some(advice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use papi_types::ENDPOINTS;
    use std::collections::BTreeSet;

    fn all() -> Vec<(i64, &'static str)> {
        let codes = (-60_000..60_000).map(ErrorCode::new);
        let advised = codes.filter_map(|code| Some((code.get(), advice(ErrorKind::Rejected, None, Some(code))?)));
        advised.collect()
    }

    #[test]
    fn every_command_that_advice_names_exists() {
        let kebab = |name: &str| {
            let letters = name.chars().enumerate().map(|(index, letter)| match letter {
                upper if upper.is_uppercase() && index > 0 => format!("-{}", upper.to_lowercase()),
                other => other.to_lowercase().to_string(),
            });
            letters.collect::<String>()
        };
        let known: BTreeSet<String> =
            ENDPOINTS.iter().map(|info| format!("{} {}", info.group, kebab(info.name))).collect();
        let mut named = 0;
        for (code, advice) in all() {
            for command in advice.split('`').filter_map(|part| part.strip_prefix("papi ")) {
                assert!(command == "endpoints" || known.contains(command), "{code}: papi {command}");
                named += 1;
            }
        }
        assert!(named > 5, "{named}");
    }

    #[test]
    fn advice_is_short_and_of_one_piece() {
        for (code, advice) in all() {
            assert!(advice.len() < 220 && !advice.contains("  ") && !advice.ends_with('.'), "{code}: {advice}");
        }
    }

    #[test]
    fn no_advice_is_to_send_again_what_may_have_acted() {
        for (_, other) in all() {
            let code = Some(ErrorCode::NO_SUCH_ORDER);
            let told = advice(ErrorKind::Unknown, Some(Effect::Idempotent), code).expect("advice");
            assert_ne!(told, other);
            assert!(told.contains("may have been executed"), "{told}");
        }
        assert_eq!(advice(ErrorKind::Unknown, Some(Effect::Once), None), advice(ErrorKind::Unknown, None, None));
        assert_eq!(advice(ErrorKind::Unknown, Some(Effect::Read), None), None);
    }
}
