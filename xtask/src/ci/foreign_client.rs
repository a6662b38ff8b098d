//! Lets a client that shares no code with this repository, the exchange's own Python library, receive the events of an order from
//! `papi sandbox`.

use super::cargo;
use crate::failure::Failure;
use crate::program::finished;
use crate::workspace_facts;
use std::path::Path;
use std::process::Command;

/// What pip says when it finds no package registry.
const UNREACHABLE: [&str; 2] = ["connection broken by", "Could not fetch URL"];

/// Installs the library into a folder of its own, and runs the script with it. Without a package registry it is skipped.
pub(super) fn run(root: &Path) -> Result<(), Failure> {
    cargo(root, &["build", "--locked", "--package", "papi-cli"], &[])?;
    let target = workspace_facts::read(root)?.target;
    let folder = target.join("foreign-client");
    let python = folder.join("bin/python");
    let scripts = root.join("tests/foreign");
    if !python.exists() {
        finished(Command::new("python3").args(["-m", "venv"]).arg(&folder), "python3 -m venv")?;
    }
    let mut install = Command::new(&python);
    // What is installed already is not asked for again.
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries=1", "--timeout=15"]);
    install.arg("--requirement").arg(scripts.join("requirements.txt"));
    if let Err(failure) = finished(&mut install, "pip install") {
        if UNREACHABLE.iter().any(|said| failure.to_string().contains(said)) {
            eprintln!("skipped: no package registry of Python can be reached");
            return Ok(());
        }
        return Err(failure);
    }
    let program = target.join("debug/papi");
    let mut script = Command::new(&python);
    let output = finished(script.arg(scripts.join("official_sdk.py")).arg(program), "official_sdk.py")?;
    eprint!("{}", String::from_utf8_lossy(&output.stdout));
    Ok(())
}
