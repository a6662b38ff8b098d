//! What a shared ledger on a server holds at a moment, for people.

use super::connection::Connection;
use super::scripts::{Script, look};
use super::trouble::Trouble;
use crate::rate_limit::Limits;
use std::time::Duration;
use tokio::time::Instant;

/// What a shared ledger on a Redis server holds, from [`Client::ledger_status`](crate::Client::ledger_status).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LedgerStatus {
    /// The address of the server, without its password.
    pub server: String,
    /// The program that answers there and its version, such as `Redis 7.0.15`.
    pub version: String,
    /// How long the server took to answer.
    pub round_trip: Duration,
    /// The exit that weight is counted for.
    pub exit: String,
    /// Whether it is only the name of this host: then no other host shares its weight.
    pub is_exit_of_this_host: bool,
    /// For how long the exchange is closed to this exit; zero when it is open.
    pub closed_for: Duration,
    /// The weight of the exit. None when nobody has used it yet.
    pub weight: Option<SharedAmount>,
    /// Whether the client has an account, whose orders are shared.
    pub is_of_account: bool,
    /// The orders of the account. None when nobody has sent any yet.
    pub orders: Option<SharedAmount>,
}

/// How much of a limit is used, by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SharedAmount {
    /// What counts: calls under way, and what was answered less than a window ago.
    pub used: u64,
    /// The part of it that is due to reads and to others.
    pub reads: u64,
    /// How many calls are under way: their leases end by themselves when their processes do.
    pub leases: u64,
    /// How many calls wait for room.
    pub waiting: u64,
    /// The names of the hosts that asked within the last window.
    pub hosts: Vec<String>,
}

/// What the script answers: numbers of the exit and the account, then hosts of both.
type Looked = (Vec<i64>, Vec<i64>, Vec<String>, Vec<String>);

/// Looks at the ledgers of these keys.
pub(super) async fn status(
    connection: &Connection,
    keys: &[String],
    limits: &Limits,
    nothing: LedgerStatus,
) -> Result<LedgerStatus, Trouble> {
    let version = connection.version().await?;
    let asked = Instant::now();
    let looked: Looked = connection.run(Script::Look, keys, &look(limits)).await?;
    let round_trip = asked.elapsed();
    let (exit, account, exit_hosts, account_hosts) = looked;
    let closed_for = exit.get(5).copied().unwrap_or_default();
    let closed_for = Duration::from_millis(closed_for.try_into().unwrap_or_default());
    let (weight, orders) = (amount(&exit, exit_hosts), amount(&account, account_hosts));
    Ok(LedgerStatus { version, round_trip, closed_for, weight, orders, ..nothing })
}

fn amount(numbers: &[i64], hosts: Vec<String>) -> Option<SharedAmount> {
    let [1, used, reads, leases, waiting, _] = *numbers else { return None };
    let count = |number: i64| u64::try_from(number).unwrap_or_default();
    Some(SharedAmount { used: count(used), reads: count(reads), leases: count(leases), waiting: count(waiting), hosts })
}
