//! Whatever the spec language can say becomes code that compiles, without a warning, and reads its own examples.

use std::path::Path;
use std::process::Command;

#[test]
fn the_fixture_that_uses_every_feature_compiles_and_reads() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("every-feature");
    let _ = std::fs::remove_dir_all(&home);
    for fixture in ["page", "everything"] {
        copy(&workspace.join("xtask/tests/fixtures").join(fixture), &home);
    }
    for folder in ["crates/spec/src", "crates/macros/src", "crates/types/src"] {
        copy(&workspace.join(folder), &home.join(folder));
    }
    for file in [
        "Cargo.lock",
        "rustfmt.toml",
        "crates/spec/Cargo.toml",
        "crates/macros/Cargo.toml",
        "crates/types/Cargo.toml",
        "crates/types/tests/examples.rs",
        "crates/types/tests/normal/mod.rs",
    ] {
        std::fs::create_dir_all(home.join(file).parent().expect("a folder")).expect("created");
        std::fs::copy(workspace.join(file), home.join(file)).expect(file);
    }
    let manifest = std::fs::read_to_string(workspace.join("Cargo.toml")).expect("the manifest");
    let others = [
        "crates/runtime",
        "crates/binance-papi",
        "crates/sandbox",
        "crates/cli",
        "xtask",
        "tests",
        "benches",
        "fuzz/targets",
    ];
    let is_other = |line: &&str| others.iter().any(|other| line.trim() == format!("\"{other}\","));
    let manifest: Vec<&str> = manifest.lines().filter(|line| !is_other(line)).collect();
    std::fs::write(home.join("Cargo.toml"), manifest.join("\n")).expect("written");

    let root = home.to_str().expect("a path in Unicode");
    // With the feature with which CI builds xtask: another one would take the place of the program that its tests run.
    let xtask = ["run", "--quiet", "--offline", "--package", "xtask", "--features", "import", "--"];
    cargo(workspace, &[&xtask[..], &["codegen", "--root", root]].concat(), "");
    cargo(&home, &["test", "--quiet", "--offline", "--package", "papi-types", "--test", "examples"], "-D warnings");
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("created");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copied");
        }
    }
}

fn cargo(folder: &Path, arguments: &[&str], flags: &str) {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("every-feature-target");
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(folder).args(arguments);
    if !flags.is_empty() {
        // Other flags build everything anew, so not into the folder that everybody else uses.
        command.env("CARGO_TARGET_DIR", target).env("RUSTFLAGS", flags);
    }
    let run = command.output().expect("cargo runs");
    assert!(run.status.success(), "{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
}
