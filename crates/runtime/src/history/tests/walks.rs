//! Every row of every history comes once and in order, however the exchange fills its pages.

use super::histories::{fewest, histories};
use super::server::{DAY, Order, Picks, Row, START, Server, walk};
use crate::history::span_issue::SpanIssueKind;
use proptest::prelude::*;
use std::collections::BTreeSet;

const LENGTH: i64 = 60 * DAY;
const STEP: i64 = 7 * DAY;
const END: i64 = START + LENGTH;

fn picks() -> impl Strategy<Value = Picks> {
    prop_oneof![4 => Just(Picks::Earliest), 2 => Just(Picks::Latest), 1 => Just(Picks::Any)]
}

fn order() -> impl Strategy<Value = Order> {
    prop_oneof![Just(Order::Ascending), Just(Order::Descending), Just(Order::Shuffled)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn every_row_comes_once_and_in_order(
        times in histories(LENGTH, STEP),
        picks in picks(),
        order in order(),
        cap in prop_oneof![3 => Just(100_usize), 1 => 2_usize..30, 1 => Just(1_000)],
        concurrency in 1_usize..6,
    ) {
        let mut server = Server { picks, order, ..Server::new(&times, cap) };
        let walked = walk(&mut server, STEP, concurrency, START, END);
        let saturated = |at: &i64| times.iter().filter(|time| *time == at).count() >= cap;
        // Of a millisecond that fills a page more may be missing than can be asked for.
        let expected: Vec<i64> =
            server.rows.iter().filter(|row| !saturated(&row.time)).map(|row| row.id).collect();
        let mut received = walked.ids.clone();
        prop_assert!(walked.late.iter().all(|id| !received.contains(id)));
        received.retain(|id| !saturated(&server.rows[usize::try_from(*id).expect("an index")].time));
        prop_assert_eq!(&received, &expected);
        let mut sorted = walked.times.clone();
        sorted.sort_unstable();
        prop_assert_eq!(&walked.times, &sorted);
        for issue in &walked.issues {
            prop_assert!(saturated(&issue.from.as_millis()), "{}", issue);
        }
        let mut told: Vec<i64> = walked.issues.iter().map(|issue| issue.from.as_millis()).collect();
        told.sort_unstable();
        told.dedup();
        let mut full: Vec<i64> = times.iter().filter(|at| saturated(at)).copied().collect();
        full.dedup();
        prop_assert_eq!(told, full);
        // Of an unproven millisecond only rows can be missing that cannot be asked for.
        let incomplete = walked.issues_of(SpanIssueKind::Incomplete);
        let received: BTreeSet<i64> = walked.ids.iter().chain(&walked.late).copied().collect();
        let (received, missing): (Vec<Row>, Vec<Row>) = server.rows.iter().copied().partition(|row| received.contains(&row.id));
        for row in missing.iter().filter(|row| !incomplete.contains(&row.time)) {
            prop_assert!(row.kind == 2 || received.iter().all(|other| other.symbol != row.symbol), "{row:?}");
        }
    }

    #[test]
    fn a_walk_takes_at_most_somewhat_more_than_twice_the_fewest_requests(
        times in histories(LENGTH, STEP),
        (picks, more) in prop_oneof![Just((Picks::Earliest, 5)), Just((Picks::Latest, 8))],
        concurrency in 1_usize..6,
    ) {
        let alone = times.iter().all(|at| times.iter().filter(|time| *time == at).count() < 100);
        prop_assume!(alone);
        let mut server = Server { picks, ..Server::new(&times, 100) };
        let walked = walk(&mut server, STEP, concurrency, START, END);
        let least = fewest(&times, 100, STEP, START, END);
        // Pages that may have been cut are doubted, and that pages hold the latest rows must be found out: a few requests each.
        prop_assert!(walked.requests * 10 <= least * 22 + more * 10, "{} of {least}", walked.requests);
    }

    #[test]
    fn a_walk_that_is_taken_up_at_any_edge_finds_the_same_rows(
        times in histories(LENGTH, STEP),
        stop in any::<prop::sample::Index>(),
    ) {
        let mut server = Server::new(&times, 100);
        let whole = walk(&mut server, STEP, 3, START, END);
        let edge = *stop.get(&whole.edges);
        let rest = walk(&mut server, STEP, 3, edge, END);
        let expected: Vec<i64> = server.rows.iter().filter(|row| row.time >= edge).map(|row| row.id).collect();
        prop_assume!(whole.issues.is_empty());
        prop_assert_eq!(rest.ids, expected);
    }

    #[test]
    fn numbered_pages_are_read_whole(
        times in histories(LENGTH, STEP),
        concurrency in 1_usize..6,
        size in prop_oneof![Just(100_usize), 2_usize..20],
    ) {
        let mut server = Server { numbered: true, ..Server::new(&times, size) };
        let walked = walk(&mut server, STEP, concurrency, START, END);
        let expected: Vec<i64> = server.rows.iter().map(|row| row.id).collect();
        prop_assert_eq!(walked.ids, expected);
        prop_assert_eq!(walked.issues, []);
    }
}

/// Eight rows of one millisecond; none of them can be asked for by its kind.
fn instant(symbols: [u8; 8], picks: Picks) -> Server {
    let mut server = Server { picks, ..Server::new(&[START + DAY; 8], 5) };
    for (row, symbol) in server.rows.iter_mut().zip(symbols) {
        (row.symbol, row.kind) = (symbol, 2);
    }
    server
}

#[test]
fn names_that_the_account_lists_split_a_crowded_millisecond() {
    let symbols = [1, 1, 1, 1, 1, 9, 9, 9];
    let mut unlisted = instant(symbols, Picks::Earliest);
    let walked = walk(&mut unlisted, STEP, 2, START, END);
    assert_eq!((walked.ids.len(), walked.issues_of(SpanIssueKind::Incomplete)), (5, vec![START + DAY]));

    let mut listed = Server { listed: vec![9], ..instant([1, 1, 1, 1, 8, 9, 9, 9], Picks::Earliest) };
    let walked = walk(&mut listed, STEP, 2, START, END);
    assert_eq!((walked.ids.len(), walked.issues_of(SpanIssueKind::Unproven)), (8, vec![START + DAY]));
}

#[test]
fn a_name_that_turns_up_later_is_asked_for_in_the_end() {
    let mut server = instant([1, 1, 1, 1, 8, 9, 9, 9], Picks::Earliest);
    server.rows.push(Row { time: START + 30 * DAY, id: 8, symbol: 9, kind: 0 });
    let walked = walk(&mut server, STEP, 2, START, END);
    assert_eq!((walked.ids, walked.late), (vec![0, 1, 2, 3, 4, 8], vec![5, 6, 7]));
    assert_eq!(walked.issues.len(), 1, "unproven, as before");
}
