//! Tries many inputs on the targets, on a stable compiler: first all that are kept and the examples, then changes of them. What
//! is tried follows from the seed and a number alone. `cargo xtask fuzz` starts it.

mod change;
mod failure;
mod numbers;
mod plan;

use failure::Failure;
use numbers::Numbers;
use papi_fuzz_targets::Target;
use plan::{Limit, Plan};
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

/// Inputs that found a mistake once, or are hard to come by: a folder for each target.
const KEPT: &str = "fuzz/corpus";

/// Longer inputs are tried as they are and not changed: they would take the time of many others.
const LONGEST_CHANGED: usize = 1 << 14;

/// The clock is looked at before as many inputs.
const ROUND: u64 = 64;

fn main() -> ExitCode {
    let plan = match Plan::read(std::env::args().skip(1)) {
        Ok(plan) => plan,
        Err(problem) => {
            eprintln!("{problem}");
            return ExitCode::FAILURE;
        }
    };
    failure::note_panics();
    failure::watch();
    let mut all_hold = true;
    for target in &plan.targets {
        if let Err(failure) = fuzz(target, &plan) {
            eprintln!("{failure}");
            all_hold = false;
        }
    }
    if all_hold { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Tries one target, up to the first input that it does not hold for.
fn fuzz(target: &Target, plan: &Plan) -> Result<(), Failure> {
    if let Limit::Input(path) = &plan.limit {
        let input = fs::read(path).map_err(|error| Failure::file(path, &error))?;
        return failure::attempt(target, &input);
    }
    let mut corpus = (target.seeds)();
    corpus.extend(kept(&Path::new(KEPT).join(target.name))?);
    for input in &corpus {
        failure::attempt(target, input)?;
    }
    let tried = corpus.len();
    corpus.retain(|input| input.len() <= LONGEST_CHANGED);
    let (start, mut number) = (Instant::now(), 0);
    while plan.goes_on(number, start.elapsed()) {
        for _ in 0..ROUND {
            let mut numbers = Numbers::new(plan.seed, target.name, number);
            failure::attempt(target, &change::changed(&corpus, &mut numbers))?;
            number += 1;
        }
    }
    let passed = start.elapsed();
    let (seconds, rate) = (passed.as_secs_f64(), u128::from(number) * 1_000 / passed.as_millis().max(1));
    println!("{:<12} {tried:>4} kept, {number:>9} changed in {seconds:>6.1} s, {rate} a second", target.name);
    Ok(())
}

/// The files of a folder in the order of their names; none when there is no folder.
fn kept(folder: &Path) -> Result<Vec<Vec<u8>>, Failure> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut paths: Vec<_> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).map_err(|error| Failure::file(path, &error))).collect()
}
