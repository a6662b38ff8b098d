//! Holds what `cargo xtask compare` says against the compiler. A stranger's crate is checked in a copy of the checkout, then
//! again after each of some edits of specs: it must fail to compile exactly when an edit is called breaking.

mod trials;

use super::newcomer_endpoint::prepare_copy;
use crate::codegen;
use crate::compare::{Impact, compare};
use crate::failure::Failure;
use crate::files::{Mode, read, remove_folder, write};
use crate::problem::Problems;
use crate::spec::Specs;
use std::fs;
use std::path::Path;
use std::process::Command;
use trials::TRIALS;

const STRANGER: [(&str, &str); 2] = [
    ("stranger/Cargo.toml", include_str!("../../../tests/fixtures/stranger/Cargo.toml")),
    ("stranger/src/lib.rs", include_str!("../../../tests/fixtures/stranger/src/lib.rs")),
];

/// Tries all edits. The first that compare and the compiler disagree on is a failure.
pub(super) fn run(root: &Path) -> Result<(), Failure> {
    let copy = root.join("target/compare");
    let target = prepare_copy(root, &copy)?;
    for (file, text) in STRANGER {
        write(&copy.join(file), text)?;
    }
    let manifest = copy.join("Cargo.toml");
    write(&manifest, &read(&manifest)?.replacen("members = [", "members = [\n    \"stranger\",", 1))?;
    codegen::run(&copy, Mode::Write)?;
    if let Some(errors) = errors_of_stranger(&copy, &target)? {
        return Err(Failure::Check(format!("the stranger's crate does not compile before any edit:\n{errors}")));
    }
    let before = specs(&copy)?;
    for trial in &TRIALS {
        let texts = trial.edited(|path| read(&copy.join(path)))?;
        for (path, _, after) in &texts {
            write(&copy.join(path), after)?;
        }
        codegen::run(&copy, Mode::Write)?;
        let is_breaking = compare(&before, &specs(&copy)?).iter().any(|change| change.impact == Impact::Breaking);
        let errors = errors_of_stranger(&copy, &target)?;
        let (said, found) = (verdict(is_breaking), verdict(errors.is_some()));
        eprintln!("{}: {said}", trial.what);
        if said != found || is_breaking != trial.breaks {
            let errors = errors.unwrap_or_default();
            let expected = verdict(trial.breaks);
            return Err(Failure::Check(format!(
                "{}: compare says it is {said}, the compiler that it is {found}, and it should be {expected}\n{errors}",
                trial.what
            )));
        }
        for (path, before, _) in &texts {
            match before {
                Some(before) => write(&copy.join(path), before)?,
                None => fs::remove_file(copy.join(path)).map_err(|error| Failure::io("remove", path, error))?,
            }
        }
    }
    remove_folder(&copy)
}

fn verdict(is_breaking: bool) -> &'static str {
    if is_breaking { "breaking" } else { "not breaking" }
}

fn specs(root: &Path) -> Result<Specs, Failure> {
    Specs::read(root, &mut Problems::default())
}

/// Checks the stranger's crate with what it depends on. What is wrong elsewhere says nothing about the edit.
fn errors_of_stranger(copy: &Path, target: &str) -> Result<Option<String>, Failure> {
    let command = "cargo check --quiet --offline --package stranger";
    let failed = |reason: String| Failure::Program { command: command.to_owned(), reason };
    let output = Command::new("cargo")
        .current_dir(copy)
        .args(command.split(' ').skip(1))
        .env("CARGO_TARGET_DIR", target)
        .output()
        .map_err(|error| failed(format!("did not start: {error}")))?;
    if output.status.success() {
        return Ok(None);
    }
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    if errors.contains("could not compile `stranger`") {
        return Ok(Some(errors));
    }
    Err(failed(format!("failed:\n{errors}")))
}
