//! The scripts that run on the server, one for each thing to do with a ledger, and what goes in and comes out.

use super::own_share::Sharers;
use crate::rate_limit::charge::{Priority, Sum};
use crate::rate_limit::ledger::{Denied, PermitRequest, UsageLedger};
use crate::rate_limit::{CooldownLength, Limits};
use papi_types::Cost;
use std::time::Duration;

/// What can be done with a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Join,
    Reserve,
    Settle,
    Look,
}

impl Script {
    pub(super) const ALL: [Self; 4] = [Self::Join, Self::Reserve, Self::Settle, Self::Look];

    /// The text that the server runs.
    pub(super) fn text(self) -> &'static str {
        macro_rules! script {
            ($file:literal) => {
                concat!(include_str!("scripts/ledger.lua"), include_str!(concat!("scripts/", $file)))
            };
        }
        match self {
            Self::Join => script!("join.lua"),
            Self::Reserve => script!("reserve.lua"),
            Self::Settle => script!("settle.lua"),
            Self::Look => script!("look.lua"),
        }
    }
}

/// A client as the server sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Caller<'a> {
    /// Tells clients apart.
    pub(super) client: &'a str,
    pub(super) host: &'a str,
}

/// The window, a slot of it, and what reads may use: the same for all scripts.
fn frame(limits: &Limits) -> [String; 3] {
    [millis(limits.window), millis(limits.slot()), limits.weight_of_reads(0).to_string()]
}

/// What a client tells when it connects: what the server does not know of the last window, and for how long the exchange is
/// closed.
pub(super) fn join(limits: &Limits, untold: Sum, closed_for: Duration) -> Vec<String> {
    let Sum { weight, reads, orders } = untold;
    let told = [weight.to_string(), reads.to_string(), orders.to_string(), millis(closed_for)];
    frame(limits).into_iter().chain(told).collect()
}

/// What a call asks for. `lease` tells it from all others.
pub(super) fn reserve(lease: &str, caller: Caller<'_>, request: &PermitRequest, limits: &Limits) -> Vec<String> {
    let PermitRequest { cost, place, .. } = request;
    let call = [
        lease.to_owned(),
        caller.client.to_owned(),
        caller.host.to_owned(),
        priority(request.priority).to_owned(),
        cost.weight.to_string(),
        cost.orders.to_string(),
        millis(request.lease_length()),
        place.unwrap_or_default().to_string(),
        millis(request.patience.min(LONGEST_PATIENCE)),
        millis(UsageLedger::nap(limits)),
        limits.weight.to_string(),
        limits.weight_of_reads(cost.weight).to_string(),
        limits.orders.to_string(),
    ];
    call.into_iter().chain(frame(limits)).collect()
}

/// A year: numbers of scripts are exact up to some thousands of them in milliseconds.
const LONGEST_PATIENCE: Duration = Duration::from_secs(365 * 24 * 3_600);

/// What the server answers to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ReserveAnswer {
    pub(super) granted: Result<Epoch, Denied>,
    pub(super) of_exit: Sharers,
    /// None when the call has no orders.
    pub(super) of_account: Option<Sharers>,
    /// Whether the ledger was not there.
    pub(super) was_begun: bool,
}

/// The epoch of a ledger in which something was reserved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Epoch(pub(super) i64);

impl ReserveAnswer {
    /// Reads an answer; none when it is not one.
    pub(super) fn read(numbers: &[i64]) -> Option<Self> {
        let [kind, wait, place, epoch, hosts, here, account_hosts, account_here, begun] = *numbers else { return None };
        let wait = duration(wait);
        let granted = match kind {
            0 => Ok(Epoch(epoch)),
            1 => Err(Denied::Closed(wait)),
            2 => Err(Denied::UsedUp { wait, place: u64::try_from(place).ok().filter(|place| *place > 0) }),
            _ => return None,
        };
        let sharers = |hosts, here| Sharers { hosts: count(hosts), clients_here: count(here) };
        let of_account = (account_hosts > 0).then(|| sharers(account_hosts, account_here));
        Some(Self { granted, of_exit: sharers(hosts, here), of_account, was_begun: begun == 1 })
    }
}

/// A call that has its answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answered<'a> {
    /// None when the server did not grant it.
    pub(super) lease: Option<(&'a str, Epoch)>,
    pub(super) request: &'a PermitRequest,
    /// The time since it was granted.
    pub(super) elapsed: Duration,
    /// The exchange's own counts.
    pub(super) theirs: Cost,
    pub(super) cooldown: Option<CooldownLength>,
}

/// What is told of a call that has its answer.
pub(super) fn settle(answered: &Answered<'_>, limits: &Limits) -> Vec<String> {
    let Answered { lease, request, elapsed, theirs, cooldown } = answered;
    let (lease, epoch) = lease.unwrap_or(("", Epoch(0)));
    let (kind, length) = match cooldown {
        None => ("", Duration::ZERO),
        Some(CooldownLength::For(length)) => ("for", *length),
        Some(CooldownLength::Unsaid) => ("unsaid", Duration::ZERO),
        Some(CooldownLength::UnsaidBan) => ("ban", Duration::ZERO),
    };
    let call = [
        lease.to_owned(),
        epoch.0.to_string(),
        priority(request.priority).to_owned(),
        request.cost.weight.to_string(),
        request.cost.orders.to_string(),
        millis(*elapsed),
        theirs.weight.to_string(),
        theirs.orders.to_string(),
        kind.to_owned(),
        millis(length.min(LONGEST_PATIENCE)),
    ];
    call.into_iter().chain(frame(limits)).collect()
}

/// What the server answers to that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SettleAnswer {
    /// For how long the exchange is closed, if this answer closed it.
    pub(super) closed_for: Option<Duration>,
    /// The weight that the exchange has counted beyond what the ledger holds.
    pub(super) used_by_others: u32,
    pub(super) was_begun: bool,
}

impl SettleAnswer {
    pub(super) fn read(numbers: &[i64]) -> Option<Self> {
        let [closed, others, begun] = *numbers else { return None };
        let closed_for = (closed >= 0).then(|| duration(closed));
        Some(Self { closed_for, used_by_others: count(others), was_begun: begun == 1 })
    }
}

/// What is asked in order to look.
pub(super) fn look(limits: &Limits) -> Vec<String> {
    frame(limits)[..2].to_vec()
}

fn priority(priority: Priority) -> &'static str {
    match priority {
        Priority::Read => "read",
        Priority::Act => "act",
    }
}

fn millis(duration: Duration) -> String {
    duration.as_millis().to_string()
}

fn duration(millis: i64) -> Duration {
    Duration::from_millis(millis.try_into().unwrap_or_default())
}

fn count(number: i64) -> u32 {
    u32::try_from(number.max(0)).unwrap_or(u32::MAX)
}
