//! The promise that all the rest serves, with calls made up at random: no window of the limit's length, wherever it
//! starts, sees more than the limit, however long answers take and whenever between request and answer the exchange
//! counts.

use super::*;
use papi_types::Effect;
use proptest::prelude::*;
use std::collections::BTreeMap;

const WINDOW: i64 = 6_000;
const LIMITS: Limits = Limits { weight: 100, orders: 12, window: Duration::from_secs(6), order_share: Some(20) };
const TIMEOUT: Duration = Duration::from_millis(500);

/// A call. Times are milliseconds.
#[derive(Debug, Clone)]
struct Call {
    asked: i64,
    cost: Cost,
    effect: Effect,
    /// From the request until the exchange counts it.
    counted_after: i64,
    /// From then until the answer; none comes when the process ends before.
    answered_after: Option<i64>,
    /// What others at the same address have used since the call before.
    others: u32,
}

fn calls(most_by_others: u32) -> impl Strategy<Value = Vec<Call>> {
    let effect = prop_oneof![Just(Effect::Read), Just(Effect::Once)];
    let answered_after = prop_oneof![9 => (0..200_i64).prop_map(Some), 1 => Just(None)];
    let call = (0..10_000_i64, 1..=40_u32, effect, 0..200_i64, answered_after, 0..=most_by_others).prop_map(
        |(asked, weight, effect, counted_after, answered_after, others)| {
            let cost = Cost::new(weight, u32::from(effect == Effect::Once));
            Call { asked, cost, effect, counted_after, answered_after, others }
        },
    );
    prop::collection::vec(call, 1..60)
}

/// What happens to the call with this index.
#[derive(Debug, Clone, Copy)]
enum Event {
    Asks(usize, Option<u64>),
    IsCounted(usize, Grant),
    IsAnswered(Grant, Cost),
}

/// The exchange's side: what it counted, and when.
#[derive(Debug, Default)]
struct Exchange {
    ours: Vec<(i64, usize)>,
    others: Vec<(i64, u32)>,
}

impl Exchange {
    /// What a part of our calls adds up to in the window that ends with this instant.
    fn ours(&self, calls: &[Call], end: i64, part: impl Fn(&Call) -> u32) -> u32 {
        self.ours.iter().filter(|(at, _)| is_in_window(*at, end)).map(|(_, index)| part(&calls[*index])).sum()
    }

    fn others(&self, end: i64) -> u32 {
        self.others.iter().filter(|(at, _)| is_in_window(*at, end)).map(|(_, weight)| weight).sum()
    }
}

fn is_in_window(at: i64, end: i64) -> bool {
    (end - WINDOW + 1..=end).contains(&at)
}

/// Whether answers say what the exchange counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answers {
    WithCounts,
    Bare,
}

/// Makes the calls, each when there is room for it.
fn run(calls: &[Call], answers: Answers) -> Exchange {
    let (mut exchange, mut ledger) = (Exchange::default(), UsageLedger::new(Timestamp::from_millis(0)));
    let mut events = BTreeMap::new();
    let mut number = 0..200_000;
    let mut at = |time: i64| (time, number.next().expect("an end: somebody waits for ever"));
    for (index, call) in calls.iter().enumerate() {
        events.insert(at(call.asked), Event::Asks(index, None));
    }
    while let Some(((now, _), event)) = events.pop_first() {
        let time = Timestamp::from_millis(now);
        match event {
            Event::Asks(index, place) => {
                let call = &calls[index];
                let priority = Priority::of(call.effect);
                let (patience, beyond_share) = (Duration::MAX, BeyondShare::Waits);
                let request = PermitRequest {
                    priority,
                    cost: call.cost,
                    account: Account::NONE,
                    lease: TIMEOUT,
                    place,
                    patience,
                    beyond_share,
                };
                match ledger.reserve(&request, &LIMITS, time) {
                    Ok(grant) => events.insert(at(now + call.counted_after), Event::IsCounted(index, grant)),
                    Err(Denied::UsedUp { wait, place }) => {
                        let nap = wait.min(UsageLedger::nap(&LIMITS)).max(Duration::from_millis(1));
                        events.insert(at(time.plus(nap).as_millis()), Event::Asks(index, place))
                    }
                    Err(full) => panic!("{full:?}"),
                };
            }
            Event::IsCounted(index, grant) => {
                let call = &calls[index];
                exchange.others.push((now, call.others));
                exchange.ours.push((now, index));
                let weight = exchange.ours(calls, now, |call| call.cost.weight) + exchange.others(now);
                let theirs = match answers {
                    Answers::WithCounts => Cost::new(weight, exchange.ours(calls, now, |call| call.cost.orders)),
                    Answers::Bare => Cost::default(),
                };
                if let Some(after) = call.answered_after {
                    events.insert(at(now + after), Event::IsAnswered(grant, theirs));
                }
            }
            Event::IsAnswered(grant, theirs) => {
                ledger.settle(&grant, theirs, &LIMITS, time);
                // What is read back has added up its records anew, and put its leases in order.
                let mut records = Vec::new();
                ledger.write_records(&mut records);
                assert_eq!(UsageLedger::read_records(&records).as_ref(), Some(&ledger));
            }
        }
    }
    exchange
}

fn holds_every_limit(calls: &[Call], exchange: &Exchange) -> Result<(), TestCaseError> {
    prop_assert_eq!(exchange.ours.len(), calls.len());
    // The fullest window is one that ends with a call.
    for &(end, _) in &exchange.ours {
        let weight = exchange.ours(calls, end, |call| call.cost.weight);
        let reads = exchange.ours(calls, end, |call| if call.effect == Effect::Read { call.cost.weight } else { 0 });
        let orders = exchange.ours(calls, end, |call| call.cost.orders);
        prop_assert!(weight <= 100 && reads <= 80 && orders <= 12, "{weight}, {reads}, {orders} until {end}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_window_overflows_and_nobody_starves(calls in calls(6)) {
        holds_every_limit(&calls, &run(&calls, Answers::WithCounts))?;
        holds_every_limit(&calls, &run(&calls, Answers::Bare))?;
    }

    #[test]
    fn who_is_alone_at_an_address_sees_nobody_else(calls in calls(0)) {
        prop_assert_eq!(run(&calls, Answers::WithCounts).ours, run(&calls, Answers::Bare).ours);
    }
}
