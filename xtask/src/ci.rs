//! The jobs of CI, so that a contributor can run the same before pushing.

use crate::failure::Failure;
use crate::files::{Mode, read};
use crate::{cargo, codegen};
use clap::ValueEnum;
use papi_spec::Group;
use std::path::Path;
use std::process::Stdio;

/// One of the checks, in the order in which they run: quick ones first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Job {
    /// Everything is formatted
    Fmt,
    /// The generated files are what the specs say
    Codegen,
    /// No OpenSSL in the tree of dependencies
    Tree,
    /// No lint fires
    Clippy,
    /// Each group of endpoints compiles without the others
    Features,
    /// The documentation builds without a warning
    Doc,
    /// All tests pass
    Test,
}

/// Crates that bring another TLS than rustls. `openssl-probe` does not: it only looks for certificate files.
const UNWANTED: [&str; 3] = ["openssl", "openssl-sys", "native-tls"];

/// Runs one job, or all up to the first that fails.
pub(crate) fn run(root: &Path, only: Option<Job>) -> Result<String, Failure> {
    for job in Job::value_variants().iter().filter(|job| only.is_none_or(|only| only == **job)) {
        let name = format!("{job:?}").to_lowercase();
        eprintln!("\n=== {name} ===");
        match job {
            Job::Fmt => cargo(root, &["fmt", "--all", "--check"], &[])?,
            Job::Clippy => {
                let arguments = ["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"];
                cargo(root, &arguments, &[])?;
            }
            Job::Features => features(root)?,
            Job::Codegen => eprintln!("{}", codegen::run(root, Mode::Check)?),
            Job::Doc => {
                let flags = [("RUSTDOCFLAGS", "-D warnings")];
                cargo(root, &["doc", "--locked", "--workspace", "--no-deps"], &flags)?;
            }
            Job::Test => cargo(root, &["test", "--locked", "--workspace"], &[])?,
            Job::Tree => tree(root)?,
        }
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

/// Refuses unwanted crates in the lock file, which names every crate that any platform and feature could use.
fn tree(root: &Path) -> Result<(), Failure> {
    let lock = read(&root.join("Cargo.lock"))?;
    let found = unwanted(&lock);
    if found.is_empty() {
        eprintln!("none of {} in the tree", UNWANTED.join(", "));
        return Ok(());
    }
    Err(Failure::Check(format!("in the tree of dependencies, but must not be: {}", found.join(", "))))
}

fn unwanted(lock: &str) -> Vec<&str> {
    let names = lock.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'));
    names.filter(|name| UNWANTED.contains(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::unwanted;

    #[test]
    fn looking_for_certificates_is_no_crime() {
        let lock = "[[package]]\nname = \"openssl-probe\"\n\n[[package]]\nname = \"native-tls\"\n";
        assert_eq!(unwanted(lock), ["native-tls"]);
    }
}
