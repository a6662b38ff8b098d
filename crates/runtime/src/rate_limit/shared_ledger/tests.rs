//! What sharing promises: no process loses what another one wrote, and one that cannot share goes on alone and says so once.

use super::*;
use crate::rate_limit::charge::Priority;
use crate::rate_limit::ledger::{BeyondShare, Denied, Grant, PermitRequest};
use crate::rate_limit::{Account, CooldownLength};
use papi_types::{Cost, Effect};
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex as StdMutex};
use tempfile::TempDir;

#[derive(Debug, Default)]
struct HandClock(AtomicI64);

impl HandClock {
    fn set(&self, seconds: i64) {
        self.0.store(seconds * 1_000, Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

const LIMITS: Limits = Limits { weight: 100, orders: 10, window: Duration::from_secs(60), order_share: Some(20) };

/// One client's end, with what it was warned of.
struct End {
    shared: SharedLedger,
    clock: Arc<HandClock>,
    warnings: Arc<StdMutex<Vec<String>>>,
}

impl End {
    fn new(path: &Path, clock: &Arc<HandClock>) -> Self {
        let warnings = Arc::new(StdMutex::new(Vec::new()));
        let told = warnings.clone();
        let on_degraded =
            Hook::new(move |error: &io::Error| told.lock().expect("not poisoned").push(error.to_string()));
        let shared = SharedLedger::new(path.to_owned(), UsageLedger::new(clock.now()), on_degraded);
        Self { shared, clock: clock.clone(), warnings }
    }

    async fn reserve(&self, effect: Effect, weight: u32) -> Result<Grant, Denied> {
        let (priority, lease) = (Priority::of(effect), Duration::from_secs(9));
        let (cost, account) = (Cost::new(weight, 0), Account::NONE);
        let reserve = |ledger: &mut UsageLedger, now| {
            let (patience, beyond_share) = (Duration::ZERO, BeyondShare::Waits);
            let request = PermitRequest { priority, cost, account, lease, place: None, patience, beyond_share };
            ledger.reserve(&request, &LIMITS, now)
        };
        self.shared.change(&LIMITS, self.clock.as_ref(), reserve).await
    }

    async fn settle(&self, call: Grant) {
        let settle = |ledger: &mut UsageLedger, now| ledger.settle(&call, Cost::default(), &LIMITS, now);
        self.shared.change(&LIMITS, self.clock.as_ref(), settle).await;
    }

    fn warnings(&self) -> Vec<String> {
        self.warnings.lock().expect("not poisoned").clone()
    }
}

struct Place {
    folder: TempDir,
    path: PathBuf,
    clock: Arc<HandClock>,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("ledger");
        Self { folder, path, clock: Arc::default() }
    }

    fn end(&self) -> End {
        End::new(&self.path, &self.clock)
    }
}

fn used_up(seconds: u64) -> Result<Grant, Denied> {
    Err(Denied::UsedUp { wait: Duration::from_secs(seconds), place: None })
}

#[tokio::test]
async fn what_one_uses_all_others_know() {
    let place = Place::new();
    let (one, other) = (place.end(), place.end());
    let call = one.reserve(Effect::Once, 70).await.expect("there is room");
    assert_eq!(other.reserve(Effect::Once, 70).await, used_up(60));
    place.clock.set(5);
    one.settle(call).await;
    assert_eq!(other.reserve(Effect::Once, 70).await, used_up(60));
    let close =
        |ledger: &mut UsageLedger, now| ledger.close(CooldownLength::For(Duration::from_secs(300)), &LIMITS, now);
    let wait = one.shared.change(&LIMITS, place.clock.as_ref(), close).await;
    assert_eq!(other.reserve(Effect::Once, 1).await, Err(Denied::Closed(wait)));
    assert!(one.warnings().is_empty() && other.warnings().is_empty());
}

#[tokio::test]
async fn whoever_ends_in_the_middle_of_a_call_loses_its_lease_and_nothing_else() {
    let place = Place::new();
    let (doomed, other) = (place.end(), place.end());
    let theirs = other.reserve(Effect::Once, 30).await.expect("there is room");
    let _ = doomed.reserve(Effect::Once, 70).await.expect("there is room");
    drop(doomed);
    place.clock.set(1);
    other.settle(theirs).await;
    assert_eq!(other.reserve(Effect::Once, 31).await, used_up(60));
    // The lease is nine seconds, and one of margin.
    place.clock.set(10);
    assert_eq!(other.reserve(Effect::Once, 31).await, used_up(60));
    place.clock.set(11);
    assert_eq!(other.reserve(Effect::Once, 31).await, used_up(59));
    place.clock.set(70);
    assert!(other.reserve(Effect::Once, 100).await.is_ok());
}

#[test]
fn nothing_is_lost_among_many_at_once() {
    let place = Place::new();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let end = place.end();
                let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
                for _ in 0..10 {
                    runtime.block_on(async {
                        let call = end.reserve(Effect::Once, 1).await.expect("80 of 100");
                        end.settle(call).await;
                    });
                }
                assert!(end.warnings().is_empty(), "{:?}", end.warnings());
            });
        }
    });
    let end = place.end();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    assert_eq!(runtime.block_on(end.reserve(Effect::Once, 21)), used_up(60));
    assert!(runtime.block_on(end.reserve(Effect::Once, 20)).is_ok());
}

/// Twice with success, and how often it warned.
async fn goes_on_alone(end: &End) -> String {
    for _ in 0..2 {
        let call = end.reserve(Effect::Once, 50).await.expect("a budget of its own");
        end.settle(call).await;
    }
    assert_eq!(end.reserve(Effect::Once, 50).await, used_up(60));
    let warnings = end.warnings();
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    warnings.into_iter().next().expect("one")
}

#[tokio::test]
async fn a_file_that_cannot_be_used_costs_one_warning_and_the_sharing() {
    let place = Place::new();
    let missing = place.folder.path().join("nowhere/ledger");
    let warning = goes_on_alone(&End::new(&missing, &place.clock)).await;
    assert!(warning.contains("nowhere/ledger") && warning.contains("only its own calls"), "{warning}");
    goes_on_alone(&End::new(place.folder.path(), &place.clock)).await;
    std::fs::write(&place.path, "something else").expect("room on the disk");
    let warning = goes_on_alone(&place.end()).await;
    assert!(warning.contains("no ledger"), "{warning}");
    assert_eq!(std::fs::read_to_string(&place.path).expect("a file"), "something else");
}

#[tokio::test]
async fn books_that_cannot_be_written_are_kept_by_whoever_changed_them() {
    let place = Place::new();
    let end = place.end();
    let fill = |ledger: &mut UsageLedger, now| {
        let (cost, account, lease) = (Cost::default(), Account::NONE, Duration::ZERO);
        let (priority, patience, beyond_share) = (Priority::Act, Duration::ZERO, BeyondShare::Waits);
        let request = PermitRequest { priority, cost, account, lease, place: None, patience, beyond_share };
        (0..300).filter(|_| ledger.reserve(&request, &LIMITS, now).is_ok()).count()
    };
    assert_eq!(end.shared.change(&LIMITS, place.clock.as_ref(), fill).await, 300);
    let warning = goes_on_alone(&end).await;
    assert!(warning.contains("more calls than it has room for"), "{warning}");
}

#[tokio::test(start_paused = true)]
async fn whoever_was_stopped_while_holding_the_lock_stops_nobody_else() {
    let place = Place::new();
    let end = place.end();
    let call = end.reserve(Effect::Once, 50).await.expect("there is room");
    end.settle(call).await;
    let stopped = LedgerFile::new(place.path.clone()).try_lock().expect("a file").expect("it is free");
    assert_eq!(end.reserve(Effect::Once, 60).await, used_up(60), "what was known is known still");
    assert!(end.reserve(Effect::Once, 50).await.is_ok());
    assert_eq!(end.warnings().len(), 1, "{:?}", end.warnings());
    drop(stopped);
}

#[tokio::test]
async fn torn_books_are_taken_for_full_of_reads() {
    let place = Place::new();
    let end = place.end();
    std::fs::write(&place.path, "papi-ledger 2\n").expect("room on the disk");
    assert_eq!(end.reserve(Effect::Read, 1).await, used_up(60));
    assert!(end.reserve(Effect::Once, 20).await.is_ok());
    assert_eq!(place.end().reserve(Effect::Once, 1).await, used_up(60), "others read what was started afresh");
    assert!(end.warnings().is_empty());
}

#[tokio::test]
async fn a_file_that_was_deleted_gets_back_what_was_last_seen() {
    let place = Place::new();
    let end = place.end();
    let _ = end.reserve(Effect::Once, 90).await.expect("there is room");
    std::fs::remove_file(&place.path).expect("it is there");
    assert_eq!(end.reserve(Effect::Once, 20).await, used_up(60));
    assert_eq!(place.end().reserve(Effect::Once, 20).await, used_up(60));
}
