//! Compares with the last release, where there is one: what the specs say, and the public interface.

use super::cargo;
use crate::cargo as run_cargo;
use crate::compare::{self, Format};
use crate::failure::Failure;
use crate::git::git;
use std::path::Path;
use std::process::Stdio;

/// The crates that strangers name.
const PUBLIC: [&str; 4] = ["papi-spec", "papi-types", "papi-runtime", "binance-papi"];

/// Tells the changes since the last tag, and lets cargo-semver-checks judge the interface, or says why it cannot.
pub(super) fn run(root: &Path) -> Result<(), Failure> {
    let Ok(tag) = git(root, &["describe", "--tags", "--abbrev=0", "--match", "v[0-9]*"]) else {
        eprintln!("skipped: no tag such as v0.1.0 to compare with");
        return Ok(());
    };
    let tag = tag.trim();
    eprintln!("{}", compare::run(root, tag, Format::Text)?);
    if run_cargo::cargo(root, &["semver-checks", "--version"], &[], Stdio::piped()).is_err() {
        eprintln!("skipped: cargo-semver-checks is not installed");
        return Ok(());
    }
    let packages = PUBLIC.iter().flat_map(|package| ["--package", package]);
    let arguments: Vec<&str> = ["semver-checks", "--baseline-rev", tag].into_iter().chain(packages).collect();
    cargo(root, &arguments, &[])
}
