//! Processes that are killed in the middle of their orders, again and again: in the end it is known of each order whether it was
//! executed, and none was executed twice.

use super::{ends_in, run, sender};
use binance_papi::intents;
use papi_sandbox::{Acts, Fault, FaultKind, Sandbox};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::Duration;

/// The number of deaths, and of orders, of each row of processes; there are [`ROWS`] rows at the same time.
const KILLS: u64 = 25;
const ORDERS: u64 = 125;
const ROWS: u64 = 8;

/// What can go wrong with an order or with asking for it.
fn weather() -> Vec<Fault> {
    use FaultKind as K;
    let kinds = [
        K::ResetBeforeRead,
        K::ResetAfterRead,
        K::Lost,
        K::CutBody,
        K::BadJson,
        K::Html502,
        K::UnknownError503,
        K::Unavailable503,
        K::Timeout408,
        K::OutsideRecvWindow,
        K::LateReveal,
        K::StallBeforeHeaders,
    ];
    let faults = kinds.into_iter().flat_map(|kind| {
        let fault =
            Fault::new(kind).percent(3).holding(Duration::from_secs(2)).reveal_after(Duration::from_millis(100));
        let proves = [K::Unavailable503, K::OutsideRecvWindow, K::ResetBeforeRead].contains(&kind);
        match kind {
            K::LateReveal | K::Lost => vec![fault.method("POST")],
            K::StallBeforeHeaders => vec![fault.percent(1).method("POST").acts(Acts::Before)],
            _ if proves => vec![fault.acts(Acts::Never)],
            _ => vec![fault.clone().acts(Acts::Never), fault.method("POST").acts(Acts::Before)],
        }
    });
    faults.collect()
}

/// A process that is gone when this is dropped.
struct Life(Child);

impl Life {
    fn kill(&mut self) {
        // SIGKILL where there are signals.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Life {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The first order of a row that no process has begun with.
fn next_order(folder: &Path, first: u64) -> u64 {
    let text = std::fs::read_to_string(folder.join("started")).unwrap_or_default();
    text.lines().filter_map(|line| line.parse().ok()).max().map_or(first, |last: u64| last + 1)
}

/// Numbers without order that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// Starts a process again and again and kills it in the middle of its orders; then lets one come to its end.
async fn lives(base_url: String, folder: PathBuf, row: u64) -> u64 {
    let (first, last) = (row * ORDERS, (row + 1) * ORDERS - 1);
    let (mut dice, mut next, mut kills) = (Dice(row), first, 0);
    while kills < KILLS {
        let mut process = sender(&base_url, &folder, next, last);
        let mut life = Life(process.stderr(Stdio::null()).spawn().expect("it starts"));
        // It is killed after about its part of the orders, in some moment of the next one; now and then while it only asks.
        let due = next + dice.below((last + 1 - next).div_ceil(KILLS - kills) + 1);
        let mut patience = 1_000;
        while next_order(&folder, first) < due && patience > 0 {
            tokio::time::sleep(Duration::from_millis(3)).await;
            patience -= 1;
        }
        let further = if dice.below(8) == 0 { dice.below(600) } else { dice.below(30) };
        tokio::time::sleep(Duration::from_millis(further)).await;
        life.kill();
        kills += 1;
        next = next_order(&folder, first);
    }
    let output = run(sender(&base_url, &folder, next, last)).await;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    kills
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_deaths_among_a_thousand_orders_leave_none_unknown() {
    let limits = papi_sandbox::Limits { weight: 100_000_000, orders: 100_000_000, ..papi_sandbox::Limits::default() };
    let sandbox = Sandbox::builder().limits(limits).faults(weather()).start().await.expect("a free port");
    let folder = tempfile::tempdir().expect("a folder");
    let rows: Vec<_> = (0..ROWS)
        .map(|row| {
            let own = folder.path().join(row.to_string());
            std::fs::create_dir(&own).expect("room");
            (own.clone(), tokio::spawn(lives(sandbox.base_url().to_owned(), own, row)))
        })
        .collect();
    let (mut kills, mut counts, mut known) = (0, BTreeMap::<String, u64>::new(), BTreeMap::new());
    for (own, row) in rows {
        kills += row.await.expect("no panic");
        known.extend(ends_in(&std::fs::read_to_string(own.join("intents")).expect("a file")));
        assert!(intents::read(own.join("intents")).expect("a file").intents.is_empty());
    }
    let executions = sandbox.executions();
    for number in 0..ROWS * ORDERS {
        let id = format!("order-{number}");
        let executed = executions.get(&id).copied().unwrap_or(0);
        assert!(executed <= 1, "{id} was executed {executed} times");
        // Without an intent it did not leave.
        let end = match known.get(&id).map(Vec::as_slice) {
            None => "no intent",
            Some([end]) => end,
            Some(ends) => panic!("{id} has the ends {ends:?}"),
        };
        let is_accepted = ["accepted", "settled_accepted"].contains(&end);
        assert_eq!(executed == 1, is_accepted, "{id} was executed {executed} times and its end is {end}");
        *counts.entry(end.to_owned()).or_default() += 1;
    }
    println!("{kills} deaths: {counts:?}");
    assert_eq!(kills, ROWS * KILLS);
    // The deaths are worth something only if all of it happens.
    for end in ["accepted", "settled_accepted", "settled_absent"] {
        assert!(counts.get(end).is_some_and(|count| *count > 50), "{counts:?}");
    }
}
