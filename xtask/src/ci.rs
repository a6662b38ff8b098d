//! What CI runs, so that everybody can run the same before pushing.

use crate::codegen;
use crate::failure::Failure;
use crate::files::Mode;
use clap::ValueEnum;
use papi_spec::Group;
use std::fs;
use std::path::Path;
use std::process::Command;

/// One of the checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Job {
    /// Everything is formatted
    Fmt,
    /// No lint fires
    Clippy,
    /// The generated files are what the specs say
    Codegen,
    /// Each group of endpoints compiles without the others
    Features,
    /// The documentation builds without a warning
    Doc,
    /// All tests pass
    Test,
    /// No OpenSSL in the tree of dependencies
    Tree,
}

/// In the order in which they run: quick ones first.
const JOBS: [Job; 7] = [Job::Fmt, Job::Codegen, Job::Tree, Job::Clippy, Job::Features, Job::Doc, Job::Test];

/// Crates that would bring another TLS than rustls. `openssl-probe` is none: it only looks for certificate files.
const UNWANTED: [&str; 3] = ["openssl", "openssl-sys", "native-tls"];

/// Runs one job, or all up to the first that fails.
pub(crate) fn run(root: &Path, only: Option<Job>) -> Result<String, Failure> {
    for job in JOBS.into_iter().filter(|job| only.is_none_or(|only| only == *job)) {
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

/// No group, and each alone; all together are what everything else builds.
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
    let command = format!("cargo {}", arguments.join(" "));
    let failed = |reason| Failure::Program { command: command.clone(), reason };
    eprintln!("{command}");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .current_dir(root)
        .args(arguments)
        .envs(variables.iter().copied())
        .status()
        .map_err(|error| failed(format!("did not start: {error}")))?;
    if status.success() { Ok(()) } else { Err(failed("failed".to_owned())) }
}

/// The lock file names every crate that any build could use, whatever the platform and features.
fn tree(root: &Path) -> Result<(), Failure> {
    let path = root.join("Cargo.lock");
    let lock = fs::read_to_string(&path).map_err(|error| Failure::io("read", &path, error))?;
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
