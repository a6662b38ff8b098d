//! Measures what the library costs to build: the seconds of a cold `cargo check` beyond its dependencies, and their number.

use crate::cargo;
use crate::failure::Failure;
use crate::files::remove_folder;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// The crates of this workspace that a user of the library compiles.
const OURS: [&str; 4] = ["papi-macros", "papi-types", "papi-runtime", "binance-papi"];

/// Checks the bare dependencies from nothing, then the library with them from nothing, then the library alone.
pub(crate) fn run(root: &Path) -> Result<String, Failure> {
    let tree = |arguments: &[&str]| -> Result<BTreeSet<String>, Failure> {
        let text =
            cargo(root, &[&["tree", "--edges=normal,build", "--prefix=none", "--format={p}"], arguments].concat())?;
        let name = |line: &str| {
            let mut words = line.split_whitespace();
            let (name, version) = (words.next()?, words.next()?.strip_prefix('v')?);
            (!OURS.contains(&name)).then(|| format!("{name}@{version}"))
        };
        Ok(text.lines().filter_map(name).collect())
    };
    let all = tree(&["--package=binance-papi"])?;
    let mut direct = BTreeSet::new();
    for ours in OURS {
        direct.extend(tree(&["--depth=1", &format!("--package={ours}")])?);
    }

    let folder = root.join("target/weigh");
    let direct: Vec<String> = direct.iter().map(|package| format!("--package={package}")).collect();
    let direct: Vec<&str> = direct.iter().map(String::as_str).collect();
    let library = ["--package=binance-papi"];
    remove_folder(&folder)?;
    let dependencies = check(root, &folder, &direct)?;
    remove_folder(&folder)?;
    let together = check(root, &folder, &library)?;
    let target = format!("--target-dir={}", folder.display());
    cargo(root, &[&["clean", "--quiet", &target], &OURS.map(|ours| ["--package", ours]).concat()[..]].concat())?;
    let alone = check(root, &folder, &library)?;
    let seconds = [dependencies, together, together.saturating_sub(dependencies), alone].map(|time| time.as_secs_f64());
    Ok(format!(
        "{:6.1} s  {} crates that it depends on\n{:6.1} s  with the library\n{:6.1} s  added by the library\n\
         {:6.1} s  the library alone, after its dependencies",
        seconds[0],
        all.len(),
        seconds[1],
        seconds[2],
        seconds[3],
    ))
}

fn check(root: &Path, folder: &Path, packages: &[&str]) -> Result<Duration, Failure> {
    let target = format!("--target-dir={}", folder.display());
    let start = Instant::now();
    cargo(root, &[&["check", "--quiet", "--locked", &target], packages].concat())?;
    Ok(start.elapsed())
}

fn cargo(root: &Path, arguments: &[&str]) -> Result<String, Failure> {
    cargo::cargo(root, arguments, &[], Stdio::piped())
}
