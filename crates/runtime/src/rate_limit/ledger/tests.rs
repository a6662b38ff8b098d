//! What the ledger promises, one promise at a time.

use super::*;
use papi_types::Effect;

const W50: Cost = Cost::new(50, 0);

fn limits(weight: u32) -> Limits {
    Limits { weight, orders: 2, window: Duration::from_secs(60), order_share: Some(0) }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(seconds * 1_000)
}

fn empty_ledger() -> UsageLedger {
    UsageLedger::new(at(0))
}

/// A call whose lease, with its margin, is ten seconds, and that waits as long as it takes.
fn request(effect: Effect, cost: Cost) -> PermitRequest {
    let (priority, lease) = (Priority::of(effect), Duration::from_secs(9));
    let (patience, beyond_share) = (Duration::MAX, BeyondShare::Waits);
    PermitRequest { priority, cost, account: Account::NONE, lease, place: None, patience, beyond_share }
}

fn read(cost: Cost) -> PermitRequest {
    request(Effect::Read, cost)
}

fn act(cost: Cost) -> PermitRequest {
    request(Effect::Once, cost)
}

/// Asked and answered, with room for it.
fn spend(ledger: &mut UsageLedger, request: &PermitRequest, limits: &Limits, asked: i64, answered: i64) {
    let call = ledger.reserve(request, limits, at(asked)).expect("there is room");
    ledger.settle(&call, Cost::default(), limits, at(answered));
}

/// When there will be room, asked by a call that does not wait for it.
fn free_at(ledger: &mut UsageLedger, request: &PermitRequest, limits: &Limits, now: i64) -> Timestamp {
    match ledger.reserve(&PermitRequest { patience: Duration::ZERO, ..*request }, limits, at(now)) {
        Err(Denied::UsedUp { wait, place: None }) => at(now).plus(wait),
        other => panic!("expected no room, got {other:?}"),
    }
}

fn used(ledger: &UsageLedger, limits: &Limits, now: i64) -> u64 {
    ledger.counted(Account::NONE, limits, at(now)).weight
}

#[test]
fn a_full_window_frees_when_its_oldest_answer_is_a_window_old() {
    let (mut ledger, limits) = (empty_ledger(), limits(100));
    spend(&mut ledger, &read(W50), &limits, 0, 2);
    spend(&mut ledger, &read(W50), &limits, 10, 11);
    assert_eq!(free_at(&mut ledger, &read(W50), &limits, 20), at(62));
    assert_eq!(free_at(&mut ledger, &read(W50), &limits, 61), at(62));
    assert!(ledger.reserve(&read(W50), &limits, at(62)).is_ok());
}

#[test]
fn a_call_under_way_counts_for_a_window_after_its_answer_or_its_lease() {
    let (mut ledger, limits) = (empty_ledger(), limits(50));
    let call = ledger.reserve(&read(W50), &limits, at(0)).expect("there is room");
    assert_eq!(free_at(&mut ledger, &act(W50), &limits, 5), at(65), "no sooner than a window from now");
    let mut given_up = ledger.clone();
    ledger.settle(&call, Cost::default(), &limits, at(6));
    assert_eq!(free_at(&mut ledger, &act(W50), &limits, 7), at(66));
    assert_eq!(free_at(&mut given_up, &act(W50), &limits, 11), at(70), "the lease ended at 10");
    // An answer that comes after the lease, because the machine was asleep, is counted all the same.
    given_up.settle(&call, Cost::default(), &limits, at(600));
    assert_eq!(free_at(&mut given_up, &act(W50), &limits, 601), at(660));
}

#[test]
fn the_exchanges_count_is_adopted_only_when_higher() {
    let (mut ledger, limits) = (empty_ledger(), limits(100));
    let mut call = |asked, answered, theirs| {
        let call = ledger.reserve(&read(Cost::new(10, 0)), &limits, at(asked)).expect("there is room");
        ledger.settle(&call, Cost::new(theirs, 0), &limits, at(answered));
        used(&ledger, &limits, answered)
    };
    assert_eq!(call(0, 0, 10), 10);
    assert_eq!(call(1, 1, 5), 20);
    assert_eq!(call(2, 2, 80), 80, "others used 50");
    assert_eq!(call(3, 3, 90), 90);
    assert_eq!(free_at(&mut ledger, &read(W50), &limits, 4), at(62), "what others used is free last");
}

#[test]
fn what_was_freed_during_a_call_is_not_taken_for_the_use_of_others() {
    let (mut ledger, limits) = (empty_ledger(), limits(100));
    spend(&mut ledger, &read(W50), &limits, 0, 0);
    let call = ledger.reserve(&read(W50), &limits, at(59)).expect("there is room");
    // The exchange counted both at second 59.5; the first is forgotten when the answer is here.
    ledger.settle(&call, Cost::new(100, 0), &limits, at(61));
    assert_eq!(used(&ledger, &limits, 61), 50);
}

#[test]
fn orders_are_metered_beside_weight_and_for_each_account() {
    let (mut ledger, limits) = (empty_ledger(), limits(100));
    let account = |name: &str| Account::of(name.as_bytes());
    let order = |name| PermitRequest { account: account(name), ..act(Cost::new(1, 1)) };
    spend(&mut ledger, &order("a"), &limits, 0, 0);
    spend(&mut ledger, &order("a"), &limits, 0, 0);
    let refused = ledger.reserve(&order("a"), &limits, at(1));
    assert_eq!(refused, Err(Denied::UsedUp { wait: Duration::from_secs(59), place: None }), "no queue for orders");
    assert!(ledger.reserve(&act(Cost::new(1, 0)), &limits, at(1)).is_ok());
    assert!(ledger.reserve(&order("b"), &limits, at(1)).is_ok());
    assert_eq!(free_at(&mut ledger, &read(Cost::new(99, 0)), &limits, 2), at(62), "weight is everyone's");
    assert_eq!(ledger.reserve(&act(Cost::new(101, 0)), &limits, at(1)), Err(Denied::Never));
    let order = ledger.reserve(&order("b"), &limits, at(3)).expect("one of two");
    ledger.settle(&order, Cost::new(0, 9), &limits, at(3));
    assert_eq!(ledger.counted(account("b"), &limits, at(3)).orders, 9, "another key of the same account");
    assert_eq!(ledger.counted(account("a"), &limits, at(3)).orders, 2);
}

#[test]
fn reads_leave_the_order_share_to_others() {
    let (mut ledger, limits) = (empty_ledger(), Limits { order_share: Some(20), ..limits(100) });
    assert_eq!(ledger.reserve(&read(Cost::new(81, 0)), &limits, at(0)), Err(Denied::Never));
    spend(&mut ledger, &read(W50), &limits, 0, 0);
    spend(&mut ledger, &act(Cost::new(20, 0)), &limits, 1, 1);
    spend(&mut ledger, &read(Cost::new(30, 0)), &limits, 2, 2);
    assert_eq!(free_at(&mut ledger, &read(Cost::new(1, 0)), &limits, 3), at(60));
    assert_eq!(free_at(&mut ledger, &act(Cost::new(1, 0)), &limits, 3), at(60), "now all is used");
    let mut ledger = empty_ledger();
    let read_10 = read(Cost::new(10, 0));
    let call = ledger.reserve(&read_10, &limits, at(0)).expect("there is room");
    ledger.settle(&call, Cost::new(80, 0), &limits, at(0));
    assert_eq!(free_at(&mut ledger, &read_10, &limits, 1), at(60), "what others use counts as reads");
    assert!(ledger.reserve(&act(Cost::new(20, 0)), &limits, at(1)).is_ok());
}

#[test]
fn who_came_first_is_served_first() {
    let (mut ledger, limits) = (empty_ledger(), limits(100));
    for second in 0..10 {
        spend(&mut ledger, &read(Cost::new(10, 0)), &limits, second, second);
    }
    let queue = |ledger: &mut UsageLedger, request: &PermitRequest, now| match ledger.reserve(request, &limits, at(now))
    {
        Err(Denied::UsedUp { wait, place: Some(place) }) => (at(now).plus(wait), place),
        other => panic!("expected a place in the queue, got {other:?}"),
    };
    let (heavy_until, heavy) = queue(&mut ledger, &read(W50), 59);
    let (light_until, light) = queue(&mut ledger, &read(Cost::new(10, 0)), 59);
    assert_eq!((heavy_until, light_until), (at(64), at(65)));
    // At 60 there is room for the light one, but it is kept for the heavy one.
    let light = PermitRequest { place: Some(light), ..read(Cost::new(10, 0)) };
    let heavy = PermitRequest { place: Some(heavy), ..read(W50) };
    for second in 60..64 {
        assert_eq!(queue(&mut ledger, &light, second).0, at(65));
        assert_eq!(queue(&mut ledger, &heavy, second).0, at(64));
    }
    let mut without_heavy = ledger.clone();
    assert!(without_heavy.reserve(&light, &limits, at(70)).is_ok(), "a place is lost when its call does not come back");
    assert!(ledger.reserve(&act(Cost::new(10, 0)), &limits, at(63)).is_ok(), "reads queue behind all others");
    assert_eq!(queue(&mut ledger, &heavy, 64).0, at(65));
    assert!(ledger.reserve(&heavy, &limits, at(65)).is_ok());
    assert!(ledger.reserve(&light, &limits, at(66)).is_ok());
}

#[test]
fn nobody_queues_for_what_comes_too_late() {
    let (mut ledger, limits) = (empty_ledger(), limits(50));
    spend(&mut ledger, &read(W50), &limits, 0, 0);
    let hasty = PermitRequest { patience: Duration::from_secs(58), ..read(W50) };
    assert_eq!(
        ledger.reserve(&hasty, &limits, at(1)),
        Err(Denied::UsedUp { wait: Duration::from_secs(59), place: None })
    );
    assert!(ledger.waiting.is_empty());
}

#[test]
fn a_closed_door_stops_everyone() {
    let (mut ledger, limits) = (empty_ledger(), limits(100));
    let half_a_minute = Duration::from_secs(30);
    assert_eq!(ledger.close(CooldownLength::For(half_a_minute), &limits, at(0)), half_a_minute);
    assert_eq!(ledger.reserve(&act(W50), &limits, at(29)), Err(Denied::Closed(Duration::from_secs(1))));
    assert!(ledger.reserve(&act(W50), &limits, at(30)).is_ok());
}

#[test]
fn each_keeps_to_its_own_limits_and_window() {
    let (mut ledger, wide) = (empty_ledger(), limits(100));
    let narrow = Limits { weight: 60, window: Duration::from_secs(6), ..wide };
    spend(&mut ledger, &read(W50), &wide, 0, 0);
    assert_eq!(free_at(&mut ledger, &read(Cost::new(20, 0)), &narrow, 1), at(6));
    spend(&mut ledger, &read(W50), &narrow, 7, 7);
    assert_eq!(free_at(&mut ledger, &read(W50), &wide, 8), at(60), "the narrow window forgot nothing");
}

#[test]
fn a_clock_that_was_set_back_does_not_close_the_books() {
    let (mut ledger, limits) = (empty_ledger(), limits(100));
    spend(&mut ledger, &read(W50), &limits, 86_400, 86_401);
    let call = ledger.reserve(&read(W50), &limits, at(86_402)).expect("there is room");
    assert_eq!(free_at(&mut ledger, &read(W50), &limits, 0), at(60));
    ledger.settle(&call, Cost::default(), &limits, at(1));
    assert_eq!(free_at(&mut ledger, &read(W50), &limits, 2), at(60));
    assert!(ledger.reserve(&read(W50), &limits, at(61)).is_ok());
}

#[test]
fn books_that_were_lost_are_taken_for_full_of_reads() {
    let limits = Limits { order_share: None, ..limits(100) };
    let mut ledger = empty_ledger().in_doubt(&limits, at(10));
    assert_eq!(free_at(&mut ledger, &read(Cost::new(1, 0)), &limits, 11), at(70));
    assert!(ledger.reserve(&act(Cost::new(20, 0)), &limits, at(11)).is_ok());
}

#[test]
fn the_books_stay_short() {
    let (mut ledger, limits) = (empty_ledger(), Limits { orders: 1_200, ..limits(6_000) });
    for twentieth in 0..6_000 {
        let now = Timestamp::from_millis(twentieth * 20);
        if let Ok(call) =
            ledger.reserve(&PermitRequest { patience: Duration::ZERO, ..read(Cost::new(1, 0)) }, &limits, now)
        {
            ledger.settle(&call, Cost::default(), &limits, now);
        }
    }
    assert!(ledger.spent.len() <= 241 && ledger.under_way.is_empty(), "{}", ledger.spent.len());
}
