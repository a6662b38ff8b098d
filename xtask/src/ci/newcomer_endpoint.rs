//! Proves that an endpoint needs nothing but its page. The pages of a read and of an order are imported into a copy of the
//! checkout, codegen takes the drafts as they stand, a person's work at their marks is put in, and then the tests of everything
//! that reads the table of endpoints run.

use super::cargo;
use crate::failure::Failure;
use crate::files::{Mode, read, remove_folder, write};
use crate::{codegen, git, workspace_facts};
use std::fs;
use std::path::Path;

/// The endpoints that are added to `spec/um`, by the name of their file.
pub(super) const ADDED: [(&str, &str); 2] = [
    ("funding_fees.yaml", include_str!("../../tests/fixtures/newcomer/spec/um/funding_fees.yaml")),
    ("new_sliced_order.yaml", include_str!("../../tests/fixtures/newcomer/spec/um/new_sliced_order.yaml")),
];

/// The pages of these endpoints, from the workspace root.
const PAGES: [&str; 2] =
    ["xtask/tests/fixtures/newcomer/pages/funding_fees.md", "xtask/tests/fixtures/newcomer/pages/new_sliced_order.md"];

/// What the version of a copy has more than that of the checkout. So cargo keeps apart what it builds of both, though all of it
/// is in one folder with the dependencies.
const BUILD: &str = "+copy";

/// Runs the tests of everything that reads the table of endpoints. What never sees it is not tested again: the language
/// itself, the macros, the examples of the facade, bytes from outside, budgets, keys, faults, deaths and large histories. The
/// crate outside is left out because it is built with the versions of the lock file.
const TESTS: [&str; 26] = [
    "test",
    "--offline",
    "--workspace",
    "--exclude=papi-spec",
    "--exclude=papi-macros",
    "--exclude=binance-papi",
    "--exclude=papi-fuzz-targets",
    "--no-fail-fast",
    "--lib",
    "--bins",
    "--tests",
    "--",
    "--skip=outside_use",
    "--skip=blocking::",
    "--skip=chaos::",
    "--skip=durable_intents::",
    "--skip=every_feature::",
    "--skip=fault_matrix::",
    "--skip=given_histories::",
    "--skip=keys::",
    "--skip=redis_budget::",
    "--skip=shared_budget::",
    "--skip=shared_ledger::",
    "--skip=fifty_thousand_rows",
    "--skip=a_hundred_thousand_rows",
    "--quiet",
];

/// Copies, imports, generates and tests.
pub(super) fn run(root: &Path) -> Result<(), Failure> {
    let copy = root.join("target/newcomer-endpoint");
    let target = prepare_copy(root, &copy)?;
    import(root, &copy)?;
    write_specs(&copy)?;
    eprintln!("{}", codegen::run(&copy, Mode::Write)?);
    cargo(&copy, &TESTS, &[("CARGO_TARGET_DIR", &target), ("INSTA_UPDATE", "no")])?;
    remove_folder(&copy)
}

/// Copies the checkout, with the endpoints added and other versions. Returns the folder to build in, which is the checkout's.
pub(super) fn prepare_copy(root: &Path, copy: &Path) -> Result<String, Failure> {
    git::copy_checkout(root, copy)?;
    write_specs(copy)?;
    let manifest = copy.join("Cargo.toml");
    write(&manifest, &with_build(&read(&manifest)?)?)?;
    Ok(workspace_facts::read(root)?.target.display().to_string())
}

/// Writes the endpoints as a person left them.
fn write_specs(copy: &Path) -> Result<(), Failure> {
    ADDED.iter().try_for_each(|(file, text)| write(&copy.join("spec/um").join(file), text))
}

/// Imports the pages as a newcomer would, beside specs that know nothing of them, and generates from the drafts.
fn import(root: &Path, copy: &Path) -> Result<(), Failure> {
    for (file, _) in ADDED {
        let spec = copy.join("spec/um").join(file);
        fs::remove_file(&spec).map_err(|error| Failure::io("remove", &spec, error))?;
    }
    let copy_path = copy.display().to_string();
    let import = ["run", "--quiet", "--package", "xtask", "--features", "import", "--", "import", "--root", &copy_path];
    cargo(root, &[&import[..], &PAGES].concat(), &[])?;
    for (file, _) in ADDED {
        let spec = copy.join("spec/um").join(file);
        if !read(&spec)?.contains("TODO") {
            return Err(Failure::Check(format!("the draft {} leaves nothing to a person", spec.display())));
        }
    }
    eprintln!("{}", codegen::run(copy, Mode::Write)?);
    Ok(())
}

/// Adds to the version of the workspace's crates.
fn with_build(manifest: &str) -> Result<String, Failure> {
    let version = manifest.split("[workspace.package]").nth(1).and_then(|rest| {
        let line = rest.lines().find_map(|line| line.strip_prefix("version = \""))?;
        line.strip_suffix('"')
    });
    let version = version.ok_or_else(|| Failure::Check("Cargo.toml has no version of the workspace".to_owned()))?;
    let line = format!("\nversion = \"{version}\"\n");
    Ok(manifest.replacen(&line, &format!("\nversion = \"{version}{BUILD}\"\n"), 1))
}

#[test]
fn a_copy_has_another_version_than_the_checkout() {
    let manifest =
        "[workspace.package]\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace.dependencies]\na = \"1\"\n";
    let copied = with_build(manifest).expect("a version");
    assert_eq!(copied, manifest.replace("0.1.0", "0.1.0+copy"));
    assert!(with_build("[workspace]\n").is_err());
}
