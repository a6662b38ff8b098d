//! Small mistakes, one patch each, that the simulation has to find: put into a copy of the checkout, one after the other.

use super::build;
use crate::failure::Failure;
use crate::git;
use crate::program::ended;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::time::Instant;

const FOLDER: &str = "tests/mutations";

/// Where the copy of the checkout is, from the root.
const COPY: &str = "target/mutations";

/// Where the copy is built: cargo would take a crate of the copy for the one of the checkout.
const TARGET: &str = "target/simulation-of-mutations";

/// Checks that each patch still fits the code.
pub(super) fn check(root: &Path) -> Result<(), Failure> {
    let mutations = list(root)?;
    for mutation in &mutations {
        git::git(root, &["apply", "--check", &mutation.display().to_string()])?;
    }
    eprintln!("{} mutations fit the code", mutations.len());
    Ok(())
}

/// Tells how many seeds find each mistake.
pub(super) fn run(root: &Path, only: &str, seeds: u64) -> Result<String, Failure> {
    let copy = root.join(COPY);
    git::copy_checkout(root, &copy)?;
    let mut table = format!("{:<32} {:>7} {:>7}  found by\n", "mutation", "seeds", "seconds");
    let mut not_found = Vec::new();
    for mutation in list(root)?.into_iter().filter(|mutation| name(mutation).contains(only)) {
        eprintln!("{}", name(&mutation));
        apply(root, &mutation, &[])?;
        let found = build(&copy, &root.join(TARGET)).and_then(|program| search(&program, seeds));
        apply(root, &mutation, &["--reverse"])?;
        let Found { seeds, seconds, sentence } = found?;
        let row = format!("{:<32} {seeds:>7} {seconds:>7}  {sentence}", name(&mutation));
        eprintln!("{row}");
        let _ = writeln!(table, "{row}");
        if sentence.is_empty() {
            not_found.push(name(&mutation));
        }
    }
    print!("{table}");
    if not_found.is_empty() {
        return Ok(String::new());
    }
    Err(Failure::Check(format!("not found within {seeds} seeds: {}", not_found.join(", "))))
}

fn list(root: &Path) -> Result<Vec<PathBuf>, Failure> {
    let folder = root.join(FOLDER);
    let entries = std::fs::read_dir(&folder).map_err(|error| Failure::io("read", &folder, error))?;
    let mut patches: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    patches.retain(|path| path.extension().is_some_and(|extension| extension == "patch"));
    patches.sort();
    Ok(patches)
}

fn name(mutation: &Path) -> String {
    mutation.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Changes the copy. Its folder is below the root, so git has to be told that the paths of a patch are below it as well.
fn apply(root: &Path, mutation: &Path, more: &[&str]) -> Result<(), Failure> {
    let directory = format!("--directory={COPY}");
    let path = mutation.display().to_string();
    git::git(root, &[&["apply", &directory][..], more, &[&path]].concat()).map(drop)
}

/// How a mistake was found.
struct Found {
    seeds: u64,
    seconds: u64,
    /// The sentence about the first promise that broke; empty when none did.
    sentence: String,
}

fn search(program: &Path, seeds: u64) -> Result<Found, Failure> {
    let began = Instant::now();
    let mut command = Command::new(program);
    command.args(["--from", "1", "--seeds", &seeds.to_string(), "--kept", "0"]);
    // It ends with 1 when a promise broke.
    let is_good = |status: ExitStatus| matches!(status.code(), Some(0 | 1));
    let printed = ended(&mut command, &program.display().to_string(), is_good)?.stdout;
    let printed = String::from_utf8_lossy(&printed).into_owned();
    let count = printed.split_whitespace().next().and_then(|count| count.parse().ok()).unwrap_or(seeds);
    let sentence = printed.lines().find_map(|line| line.strip_prefix("  ")).unwrap_or_default();
    Ok(Found { seeds: count, seconds: began.elapsed().as_secs(), sentence: sentence.chars().take(120).collect() })
}
