//! Tells whether the server of the shared ledger answers, and who uses how much of the limits.

use super::super::facts::{Facts, LedgerFacts, LedgerUse, ServerLedger};
use super::finding::{Check, Finding, Verdict};
use crate::exit_code::ExitCode;
use papi_runtime::counted;

/// Tells of the shared ledger, where it is on a server.
pub(super) fn ledger(facts: &Facts) -> Option<Finding> {
    Some(match facts.ledger.as_deref()? {
        ServerLedger::Unusable { reason, next } => Finding::new(
            Check::Ledger,
            Verdict::Problem(ExitCode::BadInput),
            format!("{reason}."),
        )
        .then(next.clone())
        .next(
            "`papi profile show` tells what names the ledger; without one each client keeps to the limits by itself.",
        ),
        ServerLedger::Read(ledger) => of_ledger(ledger),
    })
}

fn of_ledger(ledger: &LedgerFacts) -> Finding {
    let LedgerFacts { server, version, round_trip, exit, is_exit_of_this_host, closed_for, weight, orders } = ledger;
    let mut told = format!(
        "{version} at {server} answers in {:.1} ms. Exit {exit}: {}.",
        round_trip.as_secs_f64() * 1_000.0,
        of_use("weight", weight),
    );
    if let Some(orders) = orders {
        told += &format!(" Account of this key: {}.", of_use("orders", orders));
    }
    if !closed_for.is_zero() {
        told += &format!(" The exchange has closed itself to this exit for {} s.", closed_for.as_secs().max(1));
        return Finding::warning(Check::Ledger, told).next("Wait until then; every client of this exit does.");
    }
    if *is_exit_of_this_host {
        told += " No exit is named, so other hosts do not share this weight.";
        return Finding::warning(Check::Ledger, told)
            .next("Give all hosts behind one IP address one name, with `?exit=NAME` in the address of the ledger.");
    }
    Finding::ok(Check::Ledger, told)
}

fn of_use(what: &str, of: &LedgerUse) -> String {
    let LedgerUse { used, limit, leases, waiting, hosts } = of;
    let hosts = match hosts.len() {
        0 => "no host in the last minute".to_owned(),
        count => format!(
            "{} in the last minute ({})",
            counted(u32::try_from(count).unwrap_or(u32::MAX), "host"),
            hosts.join(", ")
        ),
    };
    let leases = counted(u32::try_from(*leases).unwrap_or(u32::MAX), "call");
    let waiting = if *waiting > 0 { format!(", {waiting} waiting") } else { String::new() };
    format!("{used} of {limit} {what} used by {hosts}, {leases} under way{waiting}")
}
