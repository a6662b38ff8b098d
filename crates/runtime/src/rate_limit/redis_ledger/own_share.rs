//! What a client has used itself, and what of the limits it may use alone while the server is away. Pure.
//!
//! Three ledgers are kept beside the one on the server, whether it answers or not. They run on this machine's clock.

use crate::rate_limit::charge::{Priority, Sum};
use crate::rate_limit::ledger::{BeyondShare, Denied, Grant, PermitRequest, UsageLedger};
use crate::rate_limit::{Account, CooldownLength, Limits};
use papi_types::{Cost, Timestamp};
use std::time::Duration;

/// The hosts that a client is taken to share with when it never learned how many there are.
const UNKNOWN_HOSTS: u32 = 8;
/// A client that has met no other host may have done so because the others have just not asked.
const FEWEST_HOSTS: u32 = 2;

/// Who used a limit within the last window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sharers {
    pub(super) hosts: u32,
    /// The clients of this host, with this one.
    pub(super) clients_here: u32,
}

/// Into how many parts a limit is divided, of which a client has one.
pub(super) fn parts(sharers: Option<Sharers>) -> u32 {
    let Some(Sharers { hosts, clients_here }) = sharers else { return UNKNOWN_HOSTS };
    hosts.max(FEWEST_HOSTS).saturating_mul(clients_here.max(1))
}

/// Into how many parts the limits are divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) weight: u32,
    pub(super) orders: u32,
}

impl Parts {
    /// The limits of a client alone, seen by one request: a share never makes it impossible.
    fn of(self, limits: &Limits, request: &PermitRequest) -> Limits {
        let share = |limit: u32, parts: u32, one: u32| (limit / parts.max(1)).max(one).min(limit);
        let weight = share(limits.weight, self.weight, request.cost.weight);
        let kept = |order_share: u32| match request.priority {
            Priority::Read => (order_share / self.weight.max(1)).min(weight.saturating_sub(request.cost.weight)),
            Priority::Act => 0,
        };
        let orders = share(limits.orders, self.orders, request.cost.orders);
        Limits { weight, orders, order_share: limits.order_share.map(kept), ..*limits }
    }
}

/// What a client has used itself.
#[derive(Debug)]
pub(super) struct OwnUse {
    /// All its calls.
    own: UsageLedger,
    /// Those of them that the server does not know of.
    untold: UsageLedger,
    /// How often the server was told of them.
    told: u32,
    /// Its calls and what the exchange has counted beyond them, for the whole limit; and until when the exchange is closed.
    address: UsageLedger,
}

/// A call of this client that is under way.
#[derive(Debug, Clone, Copy)]
pub(super) struct OwnGrant {
    own: Grant,
    address: Grant,
    /// None when the server granted it. It was told of once `told` is another one.
    untold: Option<(u32, Grant)>,
}

impl OwnUse {
    pub(super) fn new(now: Timestamp) -> Self {
        let ledger = || UsageLedger::new(now);
        Self { own: ledger(), untold: ledger(), told: 0, address: ledger() }
    }

    /// For how long the exchange is closed, as far as it was told to this client.
    pub(super) fn closed_for(&self, now: Timestamp) -> Option<Duration> {
        self.address.closed_for(now)
    }

    /// Notes a call that the server has granted.
    pub(super) fn note(&mut self, request: &PermitRequest, now: Timestamp) -> OwnGrant {
        OwnGrant { own: self.own.note(request, now), address: self.address.note(request, now), untold: None }
    }

    /// Grants a call without the server, within the share of this client and what the exchange says of the whole.
    pub(super) fn reserve_alone(
        &mut self,
        request: &PermitRequest,
        limits: &Limits,
        parts: Parts,
        now: Timestamp,
    ) -> Result<OwnGrant, Denied> {
        if let Some(wait) = self.closed_for(now) {
            return Err(Denied::Closed(wait));
        }
        if request.beyond_share == BeyondShare::Waits {
            // Nobody is asked again in the order of a queue: who waits comes back by itself.
            let at_once = PermitRequest { place: None, patience: Duration::ZERO, ..*request };
            self.own.would_grant(&at_once, &parts.of(limits, request), now)?;
            self.address.would_grant(&at_once, limits, now)?;
        }
        let untold = Some((self.told, self.untold.note(request, now)));
        Ok(OwnGrant { untold, ..self.note(request, now) })
    }

    /// Notes a call as answered now, with the exchange's counts. If the exchange closed itself, returns for how long.
    pub(super) fn settle(
        &mut self,
        call: &OwnGrant,
        used: Cost,
        length: Option<CooldownLength>,
        limits: &Limits,
        now: Timestamp,
    ) -> Option<Duration> {
        self.own.settle(&call.own, Cost::default(), limits, now);
        self.address.settle(&call.address, used, limits, now);
        if let Some((_, untold)) = call.untold.as_ref().filter(|(told, _)| *told == self.told) {
            self.untold.settle(untold, Cost::default(), limits, now);
        }
        length.map(|length| self.address.close(length, limits, now))
    }

    /// What the server does not know of the last window.
    pub(super) fn untold(&self, account: Account, limits: &Limits, now: Timestamp) -> Sum {
        self.untold.counted(account, limits, now)
    }

    /// The server was told of it.
    pub(super) fn forget_untold(&mut self, now: Timestamp) {
        self.untold = UsageLedger::new(now);
        self.told = self.told.wrapping_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use papi_types::Effect;

    const LIMITS: Limits = Limits { weight: 800, orders: 80, window: Duration::from_secs(60), order_share: None };

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1_000)
    }

    fn request(effect: Effect, weight: u32, orders: u32) -> PermitRequest {
        let request = PermitRequest::new(effect, Cost::new(weight, orders), Duration::from_secs(9));
        PermitRequest { account: Account::of(b"key"), ..request }
    }

    fn granted(own: &mut OwnUse, request: &PermitRequest, parts: u32, now: Timestamp) -> bool {
        let parts = Parts { weight: parts, orders: parts };
        own.reserve_alone(request, &LIMITS, parts, now)
            .map(|grant| own.settle(&grant, Cost::default(), None, &LIMITS, now))
            .is_ok()
    }

    #[test]
    fn the_limit_is_divided_by_the_hosts_that_were_seen_and_the_clients_of_this_one() {
        let of = |hosts, clients_here| parts(Some(Sharers { hosts, clients_here }));
        assert_eq!((of(4, 1), of(4, 2), of(1, 1), of(0, 0)), (4, 8, 2, 2));
        assert_eq!(parts(None), 8);
    }

    #[test]
    fn reads_and_orders_keep_to_the_share_and_cancels_pass() {
        let mut own = OwnUse::new(at(0));
        // An eighth is 100 and 10 orders, of which reads leave a fifth.
        assert!(granted(&mut own, &request(Effect::Read, 80, 0), 8, at(0)));
        assert!(!granted(&mut own, &request(Effect::Read, 1, 0), 8, at(0)));
        assert!(granted(&mut own, &request(Effect::Once, 20, 10), 8, at(0)));
        assert!(!granted(&mut own, &request(Effect::Once, 1, 0), 8, at(0)));
        assert!(!granted(&mut own, &request(Effect::Once, 0, 1), 8, at(0)));
        assert!(granted(&mut own, &request(Effect::Idempotent, 5, 0), 8, at(0)));
        assert!(granted(&mut own, &request(Effect::Read, 80, 0), 8, at(61)), "a window later");
    }

    #[test]
    fn what_was_used_while_the_server_answered_counts_against_the_share() {
        let mut own = OwnUse::new(at(0));
        let call = own.note(&request(Effect::Read, 500, 0), at(0));
        assert_eq!(own.settle(&call, Cost::default(), None, &LIMITS, at(1)), None);
        assert!(!granted(&mut own, &request(Effect::Read, 1, 0), 8, at(2)));
        assert_eq!(own.untold(Account::NONE, &LIMITS, at(2)), Sum::default(), "the server knows of it");
    }

    #[test]
    fn a_call_that_is_heavier_than_the_share_goes_alone() {
        let mut own = OwnUse::new(at(0));
        assert!(granted(&mut own, &request(Effect::Read, 300, 0), 8, at(0)));
        assert!(!granted(&mut own, &request(Effect::Read, 300, 0), 8, at(1)));
        let share = Limits { order_share: Some(200), ..LIMITS };
        let parts = Parts { weight: 8, orders: 8 };
        assert!(OwnUse::new(at(0)).reserve_alone(&request(Effect::Read, 300, 0), &share, parts, at(0)).is_ok());
    }

    #[test]
    fn the_exchanges_own_count_holds_the_client_to_the_whole_limit() {
        let mut own = OwnUse::new(at(0));
        let parts = Parts { weight: 8, orders: 8 };
        let first = own.reserve_alone(&request(Effect::Read, 1, 0), &LIMITS, parts, at(0)).expect("room");
        own.settle(&first, Cost::new(640, 0), None, &LIMITS, at(0));
        assert!(!granted(&mut own, &request(Effect::Read, 1, 0), 8, at(1)), "reads have used all that they may");
    }

    #[test]
    fn while_the_exchange_is_closed_nothing_passes() {
        let mut own = OwnUse::new(at(0));
        let call = own.note(&request(Effect::Read, 1, 0), at(0));
        let closed =
            own.settle(&call, Cost::default(), Some(CooldownLength::For(Duration::from_secs(30))), &LIMITS, at(0));
        assert_eq!(closed, Some(Duration::from_secs(30)));
        assert!(!granted(&mut own, &request(Effect::Idempotent, 1, 0), 8, at(29)));
        assert!(granted(&mut own, &request(Effect::Idempotent, 1, 0), 8, at(30)));
    }

    #[test]
    fn what_the_server_was_not_told_is_known_until_it_is() {
        let mut own = OwnUse::new(at(0));
        assert!(granted(&mut own, &request(Effect::Read, 7, 0), 8, at(0)));
        assert!(granted(&mut own, &request(Effect::Once, 3, 2), 8, at(0)));
        let untold = own.untold(Account::of(b"key"), &LIMITS, at(1));
        assert_eq!((untold.weight, untold.reads, untold.orders), (10, 7, 2));
        own.forget_untold(at(1));
        assert_eq!(own.untold(Account::of(b"key"), &LIMITS, at(1)), Sum::default());
    }
}
