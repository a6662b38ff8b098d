//! How many requests a walk takes, compared with the fewest that are possible when all rows are known.

use super::histories::{fewest, measured};
use super::server::{DAY, Order, Picks, START, Server, walk};

#[test]
fn a_walk_takes_few_requests_more_than_it_must() {
    let end = START + 90 * DAY;
    println!(
        "{:<42} {:>8} {:>8} {:>9} {:>6} {:>9} {:>6}",
        "90 days", "rows", "fewest", "requests", "ratio", "latest", "ratio"
    );
    for (name, times, percent) in measured() {
        let least = fewest(&times, 100, 7 * DAY, START, end);
        let asked = |picks, order| {
            let mut server = Server { picks, order, ..Server::new(&times, 100) };
            let walked = walk(&mut server, 7 * DAY, 4, START, end);
            assert_eq!(walked.ids.len(), times.len(), "{name}");
            assert!(walked.most_held <= 5_000, "{name}: {} rows at once", walked.most_held);
            walked.requests
        };
        let (earliest, latest) = (asked(Picks::Earliest, Order::Ascending), asked(Picks::Latest, Order::Descending));
        let ratio = |requests: u64| format!("{}.{:02}", requests / least, requests * 100 / least % 100);
        println!(
            "{name:<42} {:>8} {least:>8} {earliest:>9} {:>6} {latest:>9} {:>6}",
            times.len(),
            ratio(earliest),
            ratio(latest)
        );
        assert!(earliest * 100 <= least * percent, "{name}: {earliest} requests, {least} windows");
        // That pages hold the latest rows is not what is documented, and must be found out.
        assert!(latest * 100 <= (least + 2) * 220, "{name}: {latest} requests, {least} windows");
    }
}
