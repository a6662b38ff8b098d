//! `cargo bench --package papi-benches` is another name of `cargo xtask bench`, for those who look for it there.

use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    // `--bench` is cargo's own word.
    let options = std::env::args().skip(1).filter(|option| option != "--bench");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    match Command::new(cargo).args(["xtask", "bench"]).args(options).status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("cargo xtask bench did not start: {error}");
            ExitCode::FAILURE
        }
    }
}
