//! Checks the pages that `papi report` writes with other programs: is the HTML valid, does axe find a barrier, and does all of it
//! fit into a wide and a narrow window, light, dark and printed?

use crate::cargo;
use crate::failure::Failure;
use crate::program::finished;
use std::path::Path;
use std::process::{Command, Stdio};

/// The names that Chromium is installed under.
const CHROMIUMS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// The files of a short history that the tests of the command have too: with income, mark prices, and a symbol that is no name.
const HISTORY: [&str; 3] = ["um-force-orders.csv", "cm-force-orders.csv", "margin-force-orders.csv"];

/// Runs the checks, or says which program is missing.
pub(super) fn run(root: &Path) -> Result<(), Failure> {
    let is_there = |name: &str| {
        let tried = Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        tried.is_ok_and(|status| status.success())
    };
    let Some(chromium) = CHROMIUMS.into_iter().find(|name| is_there(name)) else {
        eprintln!("skipped: there is no Chromium; .ci/run installs it on Debian");
        return Ok(());
    };
    if !is_there("node") || !is_there("npm") {
        eprintln!("skipped: node or npm is not installed; .ci/run installs them on Debian");
        return Ok(());
    }
    let checks = root.join("tests/pages");
    // It says itself why it fails; most often there is no network.
    let installed = Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(&checks).status();
    if !installed.is_ok_and(|status| status.success()) {
        eprintln!("skipped: npm cannot install what the checks need");
        return Ok(());
    }
    let folder = tempfile::tempdir().map_err(|error| Failure::io("make a folder in", &std::env::temp_dir(), error))?;
    let page = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (sandbox, history) = (page("sandbox.html"), page("history.html"));
    report(root, &["--sandbox", "report", "--out", &sandbox])?;
    let fixed = |name: &str| format!("crates/cli/tests/fixed_history/{name}");
    let (files, income, marks) = (HISTORY.map(fixed), fixed("income.csv"), fixed("marks.csv"));
    let mut args = vec!["report", "--income", &income, "--marks", &marks, "--out", &history];
    args.extend(files.iter().map(String::as_str));
    report(root, &args)?;
    let mut check = Command::new("node");
    check.args(["check.mjs", chromium, &sandbox, &history]).current_dir(&checks).stderr(Stdio::inherit());
    finished(&mut check, "node tests/pages/check.mjs").map(drop)
}

fn report(root: &Path, args: &[&str]) -> Result<(), Failure> {
    let run = ["run", "--quiet", "--locked", "--package", "papi-cli", "--"];
    cargo::cargo(root, &[&run[..], args].concat(), &[], Stdio::inherit()).map(drop)
}
