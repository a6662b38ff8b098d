//! Does what the README says, as a newcomer who has a fresh clone, no account and no network: its commands word for word, and
//! its programs in a crate of their own. The suite is not run again.

mod readme;
mod transcript;

use super::cargo;
use crate::failure::Failure;
use crate::files::{read, remove_folder, write};
use crate::git::git;
use crate::program::finished;
use crate::workspace_facts;
use readme::{Step, steps};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What another job of CI runs.
const SUITE: &str = "cargo test --workspace";

/// Spares `cargo install` the minutes of link-time optimisation, which change nothing that is shown.
const WITHOUT_OPTIMISATION_OF_THE_WHOLE: [(&str, &str); 2] =
    [("CARGO_PROFILE_RELEASE_LTO", "false"), ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")];

/// Variables that would make the newcomer somebody else.
const OWN_SETTINGS: [&str; 2] = ["BINANCE_", "PAPI_"];

/// The folders of the newcomer. They are always the same ones, so that nothing is compiled twice for another path.
struct Home {
    root: PathBuf,
}

impl Home {
    /// The clone. The README's manifest names it.
    fn checkout(&self) -> PathBuf {
        self.root.join("binance-papi")
    }

    /// The crate that the README's programs are put into.
    fn desk(&self) -> PathBuf {
        self.root.join("desk")
    }

    /// Where `cargo install` puts programs.
    fn installed(&self) -> PathBuf {
        self.root.join("installed")
    }
}

/// Follows the README of what is committed.
pub(super) fn run(root: &Path) -> Result<(), Failure> {
    cargo(root, &["fetch", "--locked"], &[])?;
    let home = Home { root: root.join("target/newcomer") };
    remove_folder(&home.root)?;
    fs::create_dir_all(home.desk().join("src/bin")).map_err(|error| Failure::io("make", &home.desk(), error))?;
    git(root, &["clone", "--quiet", ".", &home.checkout().display().to_string()])?;
    let text = read(&home.checkout().join("README.md"))?;
    let steps = steps(&text);
    let target = workspace_facts::read(root)?.target;
    for step in &steps {
        match *step {
            Step::Command { text: SUITE, .. } => eprintln!("not run: {SUITE} (the job `test` runs it)"),
            Step::WithAccount { text } => eprintln!("not run: {text} (needs an account)"),
            Step::Command { line, text, transcript } => {
                eprintln!("README.md:{line}: {text}");
                let mut shell = Command::new("sh");
                // What goes to stderr stands between what goes to stdout, as on a terminal.
                shell.args(["-c", &format!("{{ {text}\n}} 2>&1")]).current_dir(home.checkout());
                let output = finished(newcomer(&mut shell, &home, &target), text)?;
                let printed = String::from_utf8_lossy(&output.stdout);
                if let Some(difference) = transcript.and_then(|shown| transcript::first_difference(shown, &printed)) {
                    return Err(Failure::Check(format!(
                        "README.md:{line}: `{text}` no longer prints this line there:\n{difference}\nit printed:\n{printed}"
                    )));
                }
            }
            Step::Manifest { text } => {
                // Without a workspace of its own, a crate inside the target folder would belong to the one around it.
                let package = "[package]\nname = \"desk\"\nedition = \"2024\"\n\n[workspace]\n\n";
                write(&home.desk().join("Cargo.toml"), &format!("{package}{text}"))?;
                let lock = read(&home.checkout().join("Cargo.lock"))?;
                write(&home.desk().join("Cargo.lock"), &lock)?;
            }
            Step::Program { line, text } => {
                let name = format!("line_{line}");
                write(&home.desk().join("src/bin").join(format!("{name}.rs")), text)?;
                eprintln!("README.md:{line}: a program");
                let mut program = Command::new("cargo");
                program.args(["run", "--quiet", "--bin", &name]).current_dir(home.desk());
                finished(newcomer(&mut program, &home, &target), &format!("the program in README.md:{line}"))?;
            }
        }
    }
    if !steps.iter().any(|step| matches!(step, Step::Command { transcript: Some(_), .. })) {
        return Err(Failure::Check("README.md shows no transcript".to_owned()));
    }
    nothing_left_behind(&home)
}

/// Fails when the commands left files in the clone that git shows.
fn nothing_left_behind(home: &Home) -> Result<(), Failure> {
    let left = git(&home.checkout(), &["status", "--porcelain"])?;
    if left.is_empty() {
        return Ok(());
    }
    Err(Failure::Check(format!("the README's commands leave this in the checkout:\n{left}")))
}

/// Gives a command the newcomer's surroundings: no account, no settings, no network, and the programs it has installed.
fn newcomer<'a>(command: &'a mut Command, home: &Home, target: &Path) -> &'a mut Command {
    for (name, _) in std::env::vars_os() {
        let name_starts_with = |prefix: &&str| name.to_str().is_some_and(|name| name.starts_with(*prefix));
        if OWN_SETTINGS.iter().any(name_starts_with) {
            command.env_remove(&name);
        }
    }
    let mut path = OsString::from(home.installed().join("bin"));
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    command
        .env("PATH", path)
        .envs(WITHOUT_OPTIMISATION_OF_THE_WHOLE)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_INSTALL_ROOT", home.installed())
        .env("CARGO_NET_OFFLINE", "true")
        // The same program, in a fraction of the minutes that the smallest one takes.
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("XDG_CONFIG_HOME", home.root.join("config"))
        .env("COLUMNS", "120")
        .stdin(Stdio::null())
}
