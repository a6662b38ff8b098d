//! The command line: which seeds to run, and what to print of them.

use crate::run::{ORDERS_SENT, Outcome, Part, run};
use crate::seed::Seed;
use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// What was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Request {
    /// The timeline of one seed.
    One(Seed),
    /// Seeds from a first one on, up to a limit.
    Many { from: u64, limit: Limit, kept: Kept },
}

/// When it is enough: whatever comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Limit {
    seeds: u64,
    /// When orders are counted, nothing but orders is played.
    orders: Option<u64>,
    time: Duration,
}

/// Whether the kept seeds are run as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kept {
    First,
    Skipped,
}

/// Seeds that once found a mistake, a line each: the seed, then why.
const KEPT: &str = include_str!("kept_seeds.txt");

fn run_command(request: Request) -> ExitCode {
    match request {
        Request::One(seed) => one(seed),
        Request::Many { from, limit, kept } => many(from, limit, kept),
    }
}

pub(crate) fn run_from_arguments() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(request) = read(&arguments) else {
        eprintln!("usage: simulation --seed N | --from N --seeds N [--orders N] [--seconds N] [--kept 0]");
        return ExitCode::from(2);
    };
    run_command(request)
}

fn read(arguments: &[String]) -> Option<Request> {
    let (mut one, mut from, mut kept) = (None, 1, Kept::First);
    let mut limit = Limit { seeds: 1_000, orders: None, time: Duration::MAX };
    for pair in arguments.chunks(2) {
        let [name, value] = pair else { return None };
        let value = value.parse().ok()?;
        match name.as_str() {
            "--seed" => one = Some(value),
            "--from" => from = value,
            "--seeds" => limit.seeds = value,
            "--orders" => limit.orders = Some(value),
            "--seconds" => limit.time = Duration::from_secs(value),
            "--kept" if value == 0 => kept = Kept::Skipped,
            _ => return None,
        }
    }
    Some(match one {
        Some(seed) => Request::One(Seed(seed)),
        None => Request::Many { from, limit, kept },
    })
}

/// Prints the timeline of a seed, and whether the same seed gives the same timeline again.
fn one(seed: Seed) -> ExitCode {
    let outcome = run(seed, Part::Whole);
    // Whoever reads it may stop, such as `head`.
    let _ = std::io::stdout().write_all(outcome.timeline.as_bytes());
    if run(seed, Part::Whole) != outcome {
        eprintln!("seed {} ran another way the second time: something in it does not follow from the seed", seed.0);
        return ExitCode::FAILURE;
    }
    if outcome.broken.is_empty() {
        let _ = writeln!(std::io::stdout(), "no promise was broken; clients said: {}", counted(&outcome.said));
        return ExitCode::SUCCESS;
    }
    tell(seed, &outcome);
    ExitCode::FAILURE
}

/// Runs the kept seeds, then those that were asked for.
fn many(from: u64, limit: Limit, kept: Kept) -> ExitCode {
    let is_kept = |line: &str| line.split_whitespace().next()?.parse().ok();
    let kept: Vec<u64> = KEPT.lines().filter(|_| kept == Kept::First).filter_map(is_kept).collect();
    let seeds = kept.iter().copied().chain(from..from.saturating_add(limit.seeds));
    let (began, queue) = (Instant::now(), Mutex::new(seeds));
    let (found, done, orders) = (Mutex::new(None::<(Seed, Outcome)>), AtomicU64::new(0), AtomicU64::new(0));
    let said = Mutex::new(BTreeMap::<String, u64>::new());
    let stop = AtomicBool::new(false);
    let work = || {
        let part = limit.orders.map_or(Part::Whole, |_| Part::Orders);
        let has_orders = || limit.orders.is_some_and(|enough| orders.load(Ordering::SeqCst) >= enough);
        let is_enough = || has_orders() || began.elapsed() >= limit.time;
        while !stop.load(Ordering::SeqCst) && !is_enough() {
            let Some(seed) = queue.lock().expect("no panic").next().map(Seed) else { return };
            let outcome = run(seed, part);
            let number = done.fetch_add(1, Ordering::SeqCst) + 1;
            orders.fetch_add(outcome.said.get(ORDERS_SENT).copied().unwrap_or_default(), Ordering::SeqCst);
            for (words, times) in &outcome.said {
                *said.lock().expect("no panic").entry(words.clone()).or_default() += times;
            }
            // Now and then a seed is run again, to see that nothing else decides.
            let differs = number % 50 == 0 && run(seed, part) != outcome;
            if differs || !outcome.broken.is_empty() {
                stop.store(true, Ordering::SeqCst);
                let mut found = found.lock().expect("no panic");
                let is_first = found.as_ref().is_none_or(|(earlier, _)| seed.0 < earlier.0);
                if is_first {
                    let mut outcome = outcome;
                    if differs {
                        outcome.broken.push("the same seed ran another way the second time".to_owned());
                    }
                    *found = Some((seed, outcome));
                }
            }
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    let done = done.into_inner();
    if let Some((seed, outcome)) = found.into_inner().expect("no panic") {
        println!("{done} seeds were run");
        tell(seed, &outcome);
        return ExitCode::FAILURE;
    }
    println!(
        "{done} seeds ({} kept, then from {from} on) in {:.1} s: no promise was broken; clients said: {}",
        kept.len(),
        began.elapsed().as_secs_f64(),
        counted(&said.into_inner().expect("no panic"))
    );
    ExitCode::SUCCESS
}

fn counted(said: &BTreeMap<String, u64>) -> String {
    said.iter().map(|(words, times)| format!("{words} {times}")).collect::<Vec<_>>().join(", ")
}

fn tell(seed: Seed, outcome: &Outcome) {
    println!("seed {} breaks a promise:", seed.0);
    for sentence in outcome.broken.iter().take(5) {
        println!("  {sentence}");
    }
    println!("run it again: cargo xtask simulate --seed {}", seed.0);
}
