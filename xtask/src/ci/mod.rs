//! The jobs of CI, so that a contributor can run the same before pushing.

mod compare;
mod dependencies;
mod foreign_client;
mod newcomer;
mod newcomer_endpoint;
mod package;
mod pages;
mod rust_version;
mod semver;
mod snapshots;

use crate::failure::Failure;
use crate::files::{Mode, read};
use crate::{bench, cargo, codegen, fuzz, simulate};
use clap::ValueEnum;
use dependencies::Rules;
use papi_spec::Group;
use std::path::Path;
use std::process::Stdio;
use std::time::Instant;

/// The reader of saved pages, which the chores themselves are built without.
const IMPORT: &str = "--features=xtask/import";

/// One of the checks, in the order in which they run: quick ones first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Job {
    /// Everything is formatted
    Fmt,
    /// The generated files are what the specs say
    Codegen,
    /// No banned crate, no other licence and no need of a newer compiler in the tree of dependencies
    Tree,
    /// All of deny.toml, where cargo-deny is installed
    Deny,
    /// No lint fires
    Clippy,
    /// Each group of endpoints compiles without the others
    Features,
    /// The documentation builds without a warning
    Doc,
    /// The crates can be packed, and used from their packages
    Package,
    /// All tests pass, all snapshots are right, and each is compared by some test
    Test,
    /// The readers of what comes from outside hold for a minute of fresh inputs, and for all that are kept
    Fuzz,
    /// No promise is broken in the kept seeds, nor in as many fresh ones as fifty seconds allow; each mutation fits the code
    Simulate,
    /// The pages of reports are valid HTML without barriers, where Chromium and npm are installed
    Pages,
    /// What changed since the last tag, judged by cargo-semver-checks where it is installed
    Semver,
    /// A new endpoint needs nothing but its spec
    NewcomerEndpoint,
    /// The exchange's own Python library hears an order from the sandbox, where a package registry can be reached
    ForeignClient,
    /// What `cargo xtask compare` calls breaking is what breaks a stranger's crate
    Compare,
    /// No work takes more instructions than was accepted, where valgrind is installed; only by its name
    Bench,
    /// The README's commands and programs do what it says, in a fresh clone
    Newcomer,
}

/// Runs one job, or all up to the first that fails. Benchmarks run only by their name: building and counting takes minutes.
pub(crate) fn run(root: &Path, only: Option<Job>) -> Result<String, Failure> {
    let is_asked_for = |job: Job| only.map_or(job != Job::Bench, |only| only == job);
    for job in Job::value_variants().iter().filter(|job| is_asked_for(**job)) {
        let name = job.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
        eprintln!("\n=== {name} ===");
        let start = Instant::now();
        match job {
            Job::Fmt => cargo(root, &["fmt", "--all", "--check"], &[])?,
            Job::Clippy => {
                let arguments = ["clippy", "--locked", "--workspace", IMPORT, "--all-targets", "--", "-D", "warnings"];
                cargo(root, &arguments, &[])?;
            }
            Job::Features => features(root)?,
            Job::Codegen => eprintln!("{}", codegen::run(root, Mode::Check)?),
            Job::Doc => {
                let flags = [("RUSTDOCFLAGS", "-D warnings")];
                cargo(root, &["doc", "--locked", "--workspace", IMPORT, "--no-deps"], &flags)?;
            }
            Job::Package => package::run(root)?,
            Job::Pages => pages::run(root)?,
            Job::Test => snapshots::compared(root, |variables| {
                cargo(root, &["test", "--locked", "--workspace", IMPORT, "--no-fail-fast"], variables)
            })?,
            Job::Fuzz => eprintln!("{}", fuzz::run(root, &fuzz::FOR_A_MINUTE)?),
            Job::Simulate => simulate::ci(root)?,
            Job::NewcomerEndpoint => newcomer_endpoint::run(root)?,
            Job::ForeignClient => foreign_client::run(root)?,
            Job::Semver => semver::run(root)?,
            Job::Compare => compare::run(root)?,
            Job::Bench => bench::check(root)?,
            Job::Newcomer => newcomer::run(root)?,
            Job::Tree => tree(root)?,
            Job::Deny => deny(root)?,
        }
        eprintln!("{name} took {} s", start.elapsed().as_secs());
    }
    Ok("all is well".to_owned())
}

/// Checks the types without any group, and with each group alone. Every other job builds all groups together.
fn features(root: &Path) -> Result<(), Failure> {
    let groups = Group::ALL.into_iter().filter(|group| group.is_optional()).map(Group::as_str);
    for group in [""].into_iter().chain(groups) {
        let features = format!("--features={group}");
        let package = ["clippy", "--locked", "--package", "papi-types", "--no-default-features", &features];
        cargo(root, &[&package[..], &["--", "-D", "warnings"]].concat(), &[])?;
    }
    Ok(())
}

fn cargo(root: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Result<(), Failure> {
    eprintln!("cargo {}", arguments.join(" "));
    cargo::cargo(root, arguments, variables, Stdio::inherit()).map(drop)
}

/// Holds the licences and banned crates of `deny.toml` and the rust-version, with nothing but cargo. Metadata names the crates of
/// all platforms, so those that are not there yet are fetched.
fn tree(root: &Path) -> Result<(), Failure> {
    let metadata = cargo::cargo(root, &["metadata", "--locked", "--format-version", "1"], &[], Stdio::piped())?;
    let (rules, lock) = (read(&root.join("deny.toml"))?, read(&root.join("Cargo.lock"))?);
    let too_old = rust_version::too_old_for(&metadata)?;
    if !too_old.is_empty() {
        return Err(Failure::Check(format!("raise rust-version, or take an older version:\n{}", too_old.join("\n"))));
    }
    let broken = Rules::read(&rules)?.broken_by(&lock, &metadata)?;
    if broken.is_empty() {
        eprintln!("no banned crate, no licence that deny.toml does not allow, and rust-version is enough for all");
        return Ok(());
    }
    Err(Failure::Check(format!("in the tree of dependencies, but against deny.toml:\n{}", broken.join("\n"))))
}

/// Checks all of `deny.toml`, or says that it cannot.
fn deny(root: &Path) -> Result<(), Failure> {
    if cargo::cargo(root, &["deny", "--version"], &[], Stdio::piped()).is_err() {
        eprintln!("skipped: cargo-deny is not installed; licences and banned crates are held by `tree`");
        return Ok(());
    }
    cargo(root, &["deny", "--locked", "check", "licenses", "bans", "sources"], &[])
}
