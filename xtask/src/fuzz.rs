//! Starts the driver of the fuzz targets, which is compiled like any other program.

use crate::cargo;
use crate::failure::Failure;
use crate::simulate::fresh_seed;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

/// What `cargo xtask fuzz` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// One target only, such as `reply`; a wrong name lists them
    target: Option<String>,
    /// How many changed inputs each target gets
    #[arg(long, conflicts_with = "time", value_name = "N")]
    inputs: Option<u64>,
    /// How long to go on, all targets together, such as `90s` or `5m`
    #[arg(long, default_value = "60s", value_parser = read_time)]
    time: Duration,
    /// What the inputs follow from; a fresh one is printed when none is given
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Try this file alone
    #[arg(long, value_name = "FILE", requires = "target", conflicts_with_all = ["inputs", "time", "seed"])]
    input: Option<PathBuf>,
    /// Compile for speed first, which pays for itself after some minutes
    #[arg(long)]
    optimised: bool,
}

/// What CI runs.
pub(crate) const FOR_A_MINUTE: Options =
    Options { target: None, inputs: None, time: Duration::from_secs(60), seed: None, input: None, optimised: false };

/// Tries kept inputs and examples, then changes of them. Returns what to tell.
pub(crate) fn run(root: &Path, options: &Options) -> Result<String, Failure> {
    let target = options.target.as_deref().unwrap_or("all");
    let seed = options.seed.unwrap_or_else(fresh_seed).to_string();
    let (unit, value) = match (&options.input, options.inputs) {
        (Some(input), _) => ("file", absolute(input)?),
        (None, Some(inputs)) => ("inputs", inputs.to_string()),
        (None, None) => ("seconds", options.time.as_secs().to_string()),
    };
    if unit != "file" {
        let limit = match options.inputs {
            Some(inputs) => format!("--inputs {inputs}"),
            None => format!("--time {}s", options.time.as_secs()),
        };
        let name = options.target.as_deref().map(|target| format!(" {target}")).unwrap_or_default();
        eprintln!("to try the same again: cargo xtask fuzz{name} {limit} --seed {seed}");
    }
    let profile = if options.optimised { "fuzz" } else { "dev" };
    let program =
        ["run", "--quiet", "--locked", "--package", "papi-fuzz-targets", "--bin", "fuzz", "--profile", profile];
    let arguments = [&program[..], &["--", target, &seed, unit, &value]].concat();
    cargo::cargo(root, &arguments, &[], Stdio::inherit())?;
    Ok("no input was found that a target does not hold for".to_owned())
}

/// The program runs in another folder.
fn absolute(path: &Path) -> Result<String, Failure> {
    let path = std::path::absolute(path).map_err(|error| Failure::io("find", path, error))?;
    Ok(path.display().to_string())
}

/// Reads a number of seconds, or of minutes.
fn read_time(text: &str) -> Result<Duration, String> {
    let (number, unit) = match text.strip_suffix('m') {
        Some(minutes) => (minutes, 60),
        None => (text.strip_suffix('s').unwrap_or(text), 1),
    };
    let seconds = number.parse().ok().and_then(|number: u64| number.checked_mul(unit));
    seconds.map(Duration::from_secs).ok_or_else(|| "a time is a number with s or m, such as 90s".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_seconds_or_minutes() {
        let seconds = |text| read_time(text).map(|time| time.as_secs());
        assert_eq!((seconds("90"), seconds("60s"), seconds("5m")), (Ok(90), Ok(60), Ok(300)));
        for wrong in ["", "m", "1h", "-1s", "99999999999999999999m", "18446744073709551615m"] {
            assert!(read_time(wrong).is_err(), "{wrong}");
        }
    }
}
