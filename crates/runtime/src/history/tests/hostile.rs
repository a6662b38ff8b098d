//! Servers that do not keep the rules: no row is lost in silence, and no walk goes on for ever.

use super::histories::scattered;
use super::server::{DAY, HOUR, Habit, Order, Picks, START, Server, Walked, walk};
use crate::history::bounds::WindowEnd;
use crate::history::remark::Remark;
use crate::history::span_issue::SpanIssueKind;

const STEP: i64 = 7 * DAY;
const END: i64 = START + 60 * DAY;

#[test]
fn a_full_page_without_a_row_of_its_window_ends_the_walk() {
    let times = scattered(400, START, END, 1);
    for habit in [Habit::IgnoresTheWindow, Habit::IgnoresTheEnd] {
        for picks in [Picks::Earliest, Picks::Latest] {
            for concurrency in [1, 4] {
                let mut server = Server { habit, picks, order: Order::Shuffled, ..Server::new(&times, 100) };
                let walked = walk(&mut server, STEP, concurrency, START, END);
                let ignored = walked.ignored.expect("the walk ended");
                assert!(walked.requests < 60, "{habit:?} {picks:?}: {}", walked.requests);
                assert!(ignored.rows == 100 && ignored.from <= ignored.to, "{ignored:?}");
            }
        }
    }
}

/// Rows in nine windows, below the cap everywhere.
fn quiet() -> Vec<i64> {
    scattered(260, START, END, 3)
}

#[test]
fn a_row_outside_its_window_that_its_own_window_lacks_makes_the_result_incomplete() {
    for place in [0, 130, 259] {
        for (times, picks) in [(quiet(), Picks::Earliest), (scattered(2_600, START, END, 3), Picks::Latest)] {
            let mut server = Server { habit: Habit::Misplaces(place), picks, ..Server::new(&times, 100) };
            let walked = walk(&mut server, STEP, 3, START, END);
            let at = server.rows[place].time;
            assert_eq!(walked.issues_of(SpanIssueKind::Incomplete), [at], "{place} {:?}", walked.issues);
            let mut ids = walked.ids;
            ids.sort_unstable();
            assert_eq!(ids, (0..).take(times.len()).collect::<Vec<_>>(), "each row is there, once");
        }
    }
}

#[test]
fn a_row_outside_its_window_that_its_own_window_has_is_no_issue_and_comes_once() {
    for place in [0, 130, 259] {
        let mut server = Server { habit: Habit::Repeats(place), ..Server::new(&quiet(), 100) };
        let walked = walk(&mut server, STEP, 3, START, END);
        assert_eq!((walked.ids, walked.issues), ((0..260).collect(), Vec::new()), "{place}");
    }
}

/// All rows, also those that came late.
fn all(walked: &Walked) -> Vec<i64> {
    let mut ids: Vec<i64> = walked.ids.iter().chain(&walked.late).copied().collect();
    ids.sort_unstable();
    ids
}

#[test]
fn a_server_that_caps_at_its_default_loses_no_row() {
    for (picks, seed) in [(Picks::Earliest, 1), (Picks::Latest, 2), (Picks::Any, 3)] {
        // 673 rows, some weeks of which have more than 50; and all in one hour of a week.
        for times in [scattered(673, START, END, seed), scattered(70, START + 9 * DAY, START + 9 * DAY + HOUR, seed)] {
            for concurrency in [1, 4] {
                let mut server = Server { habit: Habit::CapsAt(50), picks, ..Server::new(&times, 100) };
                let walked = walk(&mut server, STEP, concurrency, START, END);
                assert_eq!(all(&walked), (0..).take(times.len()).collect::<Vec<_>>(), "{picks:?}");
                assert_eq!(walked.remarks, [Remark::LowerCap { asked: 100, given: 50 }]);
                assert!(walked.issues.is_empty(), "{:?}", walked.issues);
            }
        }
    }
}

#[test]
fn a_server_that_caps_where_nobody_says_so_loses_no_row() {
    for cap in [10, 23, 37, 64, 99] {
        for picks in [Picks::Earliest, Picks::Latest, Picks::Any] {
            // A full week, quiet ones, then full ones.
            let mut times = scattered(cap + 30, START, START + STEP, 5);
            times.extend(scattered(30, START + STEP, START + 3 * STEP, 6));
            times.extend(scattered(1_200, START + 3 * STEP, END, 7));
            for concurrency in [1, 4] {
                let mut server = Server { habit: Habit::CapsAt(cap), picks, ..Server::new(&times, 100) };
                let walked = walk(&mut server, STEP, concurrency, START, END);
                assert_eq!(all(&walked), (0..).take(times.len()).collect::<Vec<_>>(), "{cap} {picks:?}");
                assert_eq!(walked.remarks, [Remark::LowerCap { asked: 100, given: cap }]);
                assert!(walked.issues.is_empty(), "{:?}", walked.issues);
            }
        }
    }
}

#[test]
fn a_millisecond_with_as_many_rows_as_the_default_is_narrowed_once() {
    let mut times = vec![START + 9 * DAY; 50];
    times.extend(vec![START + 20 * DAY; 50]);
    let mut server = Server::new(&times, 100);
    let walked = walk(&mut server, STEP, 2, START, END);
    assert_eq!((walked.ids.len(), walked.issues, walked.remarks), (100, Vec::new(), Vec::new()));
    assert!(walked.requests < 30, "{}", walked.requests);

    let mut server = Server { habit: Habit::CapsAt(50), ..Server::new(&vec![START + 9 * DAY; 70], 100) };
    let walked = walk(&mut server, STEP, 2, START, END);
    assert_eq!((all(&walked).len(), walked.issues_of(SpanIssueKind::Incomplete)), (70, Vec::new()));
    assert_eq!(walked.issues_of(SpanIssueKind::Unproven), [START + 9 * DAY]);
}

#[test]
fn equal_sums_are_believed_for_the_rest_of_the_walk() {
    // Nine weeks of exactly 50 rows, the documented default, and of exactly 20.
    for count in [50, 20] {
        let weeks = (0..8).flat_map(|week| scattered(count, START + week * STEP + 1, START + (week + 1) * STEP - 1, 8));
        let times: Vec<i64> = weeks.collect();
        let mut server = Server::new(&times, 100);
        let walked = walk(&mut server, STEP, 3, START, END);
        assert_eq!((walked.ids.len(), walked.issues, walked.remarks), (count * 8, Vec::new(), Vec::new()));
        assert_eq!(walked.requests, 9 + 2, "{count}: one page is asked once more in halves");
    }
}

#[test]
fn a_server_that_leaves_out_an_end_of_its_windows_loses_no_row() {
    for (first, last) in [(0, 1), (1, 0), (1, 1)] {
        for picks in [Picks::Earliest, Picks::Latest] {
            for concurrency in [1, 4] {
                // At both ends of the period, in neighbouring milliseconds, and many.
                let mut times = scattered(900, START, END, 4);
                times.extend([START, END, START + STEP]);
                times.extend((0..300).map(|at| START + 30 * DAY + at / 2));
                let mut server = Server { habit: Habit::Excludes { first, last }, picks, ..Server::new(&times, 100) };
                let walked = walk(&mut server, STEP, concurrency, START, END);
                let case = format!("{first} {last} {picks:?} {concurrency}");
                assert_eq!(all(&walked), (0..).take(times.len()).collect::<Vec<_>>(), "{case}");
                let ends = [(first, WindowEnd::First), (last, WindowEnd::Last)];
                let said: Vec<Remark> =
                    ends.iter().filter(|(out, _)| *out == 1).map(|(_, end)| Remark::ExclusiveBound(*end)).collect();
                assert_eq!(walked.remarks, said, "{case}");
                assert!(walked.issues_of(SpanIssueKind::Incomplete).is_empty(), "{case}: {:?}", walked.issues);
                assert!(walked.requests < 120, "{case}: {}", walked.requests);
            }
        }
    }
}

#[test]
fn a_full_numbered_page_without_a_row_of_its_window_ends_the_walk() {
    let times = scattered(4_000, START + 30 * DAY, END, 1);
    let mut server = Server { habit: Habit::IgnoresTheWindow, numbered: true, ..Server::new(&times, 100) };
    let walked = walk(&mut server, STEP, 4, START, END);
    assert!(walked.ignored.is_some() && walked.requests < 10, "{}", walked.requests);
}
