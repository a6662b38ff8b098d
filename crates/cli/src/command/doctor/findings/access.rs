//! Finds whether the exchange accepts the key, and whether the account has Portfolio Margin.

use super::super::cause::Cause;
use super::super::facts::{Facts, Failed, Key, Skip, Step, Target};
use super::finding::{Check, Finding, Verdict};
use super::host;
use super::key::KEYS_PAGE;
use binance_papi::{AccountStatus, ErrorCode, KeyType};
use std::net::IpAddr;

/// Finds whether the exchange accepts key and signature.
pub(super) fn access(facts: &Facts) -> Finding {
    match &facts.access {
        Step::Done(()) => {
            Finding::ok(Check::Access, "The exchange accepts key and signature. Only reads were tried, no orders.")
        }
        Step::Failed(failed) => refused(Check::Access, failed, facts),
        Step::Skipped(skip) => Finding::skipped(Check::Access, *skip),
    }
}

/// Finds whether the account has Portfolio Margin, and its status.
pub(super) fn account(facts: &Facts) -> Finding {
    match &facts.account {
        Step::Done(status) => of_status(status),
        Step::Failed(failed) => refused(Check::Account, failed, facts),
        Step::Skipped(skip) => Finding::skipped(Check::Account, *skip),
    }
}

fn of_status(status: &AccountStatus) -> Finding {
    let meaning = match status {
        AccountStatus::Normal => {
            return Finding::ok(Check::Account, "Portfolio Margin is enabled; the account is NORMAL.");
        }
        AccountStatus::MarginCall => "it is close to its limits",
        AccountStatus::SupplyMargin => "margin has to be added",
        AccountStatus::ReduceOnly => "orders that open positions are refused",
        AccountStatus::ActiveLiquidation | AccountStatus::ForceLiquidation => "the exchange is closing positions",
        AccountStatus::Bankrupted => "it owes more than it has",
        _ => "a status that this version does not know",
    };
    Finding::warning(Check::Account, format!("Portfolio Margin is enabled; the account is {status}: {meaning}."))
        .next("`papi account summary` shows equity and margin.")
}

fn refused(check: Check, failed: &Failed, facts: &Facts) -> Finding {
    // A host that refused has an address.
    let Target::Usable(at) = &facts.target else { return Finding::skipped(check, Skip::NoHost) };
    let Cause::Code { code, message, .. } = &failed.cause else {
        return host::failed_call(check, failed, at, facts);
    };
    let problem = |sentence: String| Finding::new(check, Verdict::Problem(failed.exit), sentence);
    match *code {
        ErrorCode::REJECTED_MBX_KEY if check == Check::Account => {
            problem("The exchange knows the key, and does not let it read the account (code -2015).".to_owned())
                .next(permission())
                .next(NOT_ENABLED)
        }
        ErrorCode::REJECTED_MBX_KEY => rejected_key(problem, message),
        ErrorCode::USER_IS_NOT_UNIACCOUNT => {
            problem("The account does not have Portfolio Margin (code -21001).".to_owned())
                .next("Enable it on the exchange's page of that name.")
        }
        ErrorCode::BAD_API_KEY_FMT => problem("The exchange says that the API key is no key (code -2014).".to_owned())
            .next(format!("Copy the whole key again, without quotes, from {KEYS_PAGE}")),
        ErrorCode::INVALID_SIGNATURE => bad_signature(problem, &facts.key),
        ErrorCode::INVALID_TIMESTAMP => bad_time(problem, facts),
        _ => host::failed_call(check, failed, at, facts),
    }
}

const NOT_ENABLED: &str =
    "The account may not have Portfolio Margin: it is enabled on the exchange's page of that name.";

fn permission() -> String {
    format!("The key may lack the permission \"Enable Portfolio Margin Trading\": tick it at {KEYS_PAGE}")
}

/// Lists all causes of a refused key: the exchange answers all of them alike.
fn rejected_key(problem: impl FnOnce(String) -> Finding, message: &str) -> Finding {
    let address = message.split_once("request ip: ").and_then(|(_, address)| address.trim().parse::<IpAddr>().ok());
    let seen = address.map(|address| format!(" It saw the address {address}.")).unwrap_or_default();
    let this = address.map_or_else(|| "This machine's address".to_owned(), |address| address.to_string());
    problem(format!("The exchange refuses the key (code -2015) and does not say why.{seen} Likeliest first:"))
        .next(permission())
        .next(format!("{this} may not be on the key's list: add it there."))
        .next("The key may be deleted, mistyped, or of another host such as a test host: compare it with that page.")
        .next(NOT_ENABLED)
}

fn bad_signature(problem: impl FnOnce(String) -> Finding, key: &Key) -> Finding {
    match key {
        Key::Usable { key_type: KeyType::Hmac, .. } | Key::Missing | Key::Unusable { .. } | Key::NotFetched { .. } | Key::Malformed(_) => {
            problem("The secret does not belong to the API key (code -1022).".to_owned())
                .next("Copy the whole secret again, without quotes; is it that of another key?")
                .next(format!("A key that was made from a public key has no secret: set BINANCE_PRIVATE_KEY. The type is shown at {KEYS_PAGE}"))
        }
        Key::Usable { .. } => problem("The private key does not belong to the API key (code -1022).".to_owned())
            .next("`openssl pkey -in private.pem -pubout` prints its public half: is it the one at the exchange?")
            .next(format!("A key that came with a secret needs BINANCE_API_SECRET. The type is shown at {KEYS_PAGE}")),
    }
}

fn bad_time(problem: impl FnOnce(String) -> Finding, facts: &Facts) -> Finding {
    if matches!(facts.clock, Step::Done(_)) {
        problem("The exchange refuses the timestamp (code -1021), although the clock was just corrected.".to_owned())
            .next(
                "`papi doctor` again: does the offset differ from run to run? Then the line or the clock is unsteady.",
            )
            .next("`papi um force-orders --recv-window 20000` gives a slow line more time.")
    } else {
        problem(
            "This machine's clock is wrong (code -1021), and the exchange's time is not known to correct it."
                .to_owned(),
        )
        .next(format!("`date -u` shows the time of this machine; set it, or let {} pass.", facts.time.url))
    }
}
