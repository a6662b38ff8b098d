//! Builds the program that simulates client, network and exchange from a seed, and runs it.

mod duration;
mod mutations;

use crate::cargo;
use crate::failure::Failure;
use clap::Args;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

/// Which seeds are run.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// How many seeds to run, after those that are kept
    #[arg(long, default_value_t = 1_000)]
    seeds: u64,
    /// Go on until so many orders were sent, in place of a number of seeds, and play no stream
    #[arg(long, value_name = "N", conflicts_with = "seeds")]
    orders: Option<u64>,
    /// The first of them; by default one that follows from the time
    #[arg(long, value_name = "N")]
    from: Option<u64>,
    /// Stop after so long, such as 90s or 2m
    #[arg(long, value_name = "TIME", value_parser = duration::read)]
    time: Option<Duration>,
    /// Print the timeline of one seed instead
    #[arg(long, value_name = "N", conflicts_with_all = ["from", "time", "orders"])]
    seed: Option<u64>,
    /// Put each mistake of tests/mutations into a copy of the checkout, and tell how many seeds find it
    #[arg(long, conflicts_with = "seed")]
    mutations: bool,
    /// Only the mutations whose names contain this
    #[arg(long, value_name = "TEXT", requires = "mutations")]
    only: Option<String>,
}

/// What opens the seams of the simulation.
const FLAG: &str = "--cfg papi_simulation";

/// Where it is built, from the root: a folder for nothing else, because the flag makes other crates of all that it sees.
const TARGET: &str = "target/simulation";

/// Runs what was asked for.
pub(crate) fn run(root: &Path, options: &Options) -> Result<String, Failure> {
    if options.mutations {
        return mutations::run(root, options.only.as_deref().unwrap_or_default(), options.seeds.max(10_000));
    }
    let program = build(root, &root.join(TARGET))?;
    match options.seed {
        Some(seed) => simulate(&program, &["--seed", &seed.to_string()]),
        None => many(&program, options.from.unwrap_or_else(fresh_seed), options.limit()),
    }
}

/// Checks that each mutation still fits the code, and runs the kept seeds and fresh ones for fifty seconds.
pub(crate) fn ci(root: &Path) -> Result<(), Failure> {
    mutations::check(root)?;
    let limit = Limit { seeds: u64::MAX, orders: None, time: Some(Duration::from_secs(50)) };
    many(&build(root, &root.join(TARGET))?, fresh_seed(), limit).map(drop)
}

impl Options {
    /// When it is enough.
    fn limit(&self) -> Limit {
        let seeds = if self.orders.is_some() { u64::MAX } else { self.seeds };
        Limit { seeds, orders: self.orders, time: self.time }
    }
}

/// When it is enough: whatever comes first.
#[derive(Debug, Clone, Copy)]
struct Limit {
    seeds: u64,
    orders: Option<u64>,
    time: Option<Duration>,
}

fn many(program: &Path, from: u64, limit: Limit) -> Result<String, Failure> {
    let seeds = limit.seeds.min(u64::MAX - from);
    let more = [("--orders", limit.orders), ("--seconds", limit.time.map(|time| time.as_secs()))];
    let more = more.into_iter().filter_map(|(name, value)| Some((name, value?)));
    let arguments: Vec<String> = [("--from", from), ("--seeds", seeds)]
        .into_iter()
        .chain(more)
        .flat_map(|(name, value)| [name.to_owned(), value.to_string()])
        .collect();
    simulate(program, &arguments.iter().map(String::as_str).collect::<Vec<_>>())
}

/// A seed that no run before has begun with.
pub(crate) fn fresh_seed() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(1, |since| since.as_secs() * 1_000)
}

/// Builds the program of a checkout.
fn build(checkout: &Path, target: &Path) -> Result<PathBuf, Failure> {
    let flags = std::env::var("RUSTFLAGS").map_or_else(|_| FLAG.to_owned(), |flags| format!("{flags} {FLAG}"));
    let target = target.display().to_string();
    let arguments = [
        "build",
        "--locked",
        "--profile=simulation",
        "--package=papi-tests",
        "--test=simulation",
        "--message-format=json-render-diagnostics",
        "--target-dir",
        &target,
    ];
    let messages = cargo::cargo(checkout, &arguments, &[("RUSTFLAGS", &flags)], Stdio::piped())?;
    let built = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut programs = built.filter(|message| message["target"]["name"] == "simulation");
    let program = programs.find_map(|message| message["executable"].as_str().map(PathBuf::from));
    program.ok_or_else(|| Failure::Check("cargo does not tell where it put the simulation".to_owned()))
}

fn simulate(program: &Path, arguments: &[&str]) -> Result<String, Failure> {
    let failed = |reason: String| Failure::Program { command: program.display().to_string(), reason };
    let status = Command::new(program).args(arguments).status();
    match status.map_err(|error| failed(format!("did not start: {error}")))?.code() {
        Some(0) => Ok(String::new()),
        Some(1) => Err(Failure::Check(
            "the simulation found a broken promise: read the timeline of its seed, mend it, and keep the seed in \
             tests/simulation/kept_seeds.txt"
                .to_owned(),
        )),
        code => Err(failed(format!("ended with {code:?}"))),
    }
}
