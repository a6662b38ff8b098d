//! Measures what the library costs to build: the seconds, and the seconds of the processors, that a cold `cargo check` takes
//! beyond its dependencies, and their number.

use crate::cargo;
use crate::failure::Failure;
use crate::files::remove_folder;
use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// The crates of this workspace that a user of the library compiles.
const OURS: [&str; 5] = ["papi-spec", "papi-macros", "papi-types", "papi-runtime", "binance-papi"];

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
    Ok(format!(
        "{dependencies}  {} crates that it depends on\n{together}  with the library\n{}  added by the library\n\
         {alone}  the library alone, after its dependencies",
        all.len(),
        together.less(dependencies),
    ))
}

/// How long something took.
#[derive(Debug, Clone, Copy)]
struct Taken {
    time: Duration,
    /// What all processors together spent on it. Unlike the time, it hardly depends on what else the machine does.
    of_processors: Duration,
}

impl Taken {
    fn less(self, other: Self) -> Self {
        Self {
            time: self.time.saturating_sub(other.time),
            of_processors: self.of_processors.saturating_sub(other.of_processors),
        }
    }
}

impl fmt::Display for Taken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:6.1} s, {:6.1} cpu s", self.time.as_secs_f64(), self.of_processors.as_secs_f64())
    }
}

fn check(root: &Path, folder: &Path, packages: &[&str]) -> Result<Taken, Failure> {
    let target = format!("--target-dir={}", folder.display());
    let (start, spent) = (Instant::now(), spent_by_children());
    cargo(root, &[&["check", "--quiet", "--locked", &target], packages].concat())?;
    Ok(Taken { time: start.elapsed(), of_processors: spent_by_children().saturating_sub(spent) })
}

/// Returns what the processors have spent on programs that this one has waited for. Zero where the system has no `/proc`.
fn spent_by_children() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    ticks_of_children(&stat).map_or(Duration::ZERO, |ticks| Duration::from_millis(ticks * 10))
}

/// Returns the hundredths of seconds that children have spent, for users and in the kernel: fields 16 and 17. The program's name
/// before them may contain anything.
fn ticks_of_children(stat: &str) -> Option<u64> {
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(13);
    let (user, kernel): (u64, u64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some(user + kernel)
}

fn cargo(root: &Path, arguments: &[&str]) -> Result<String, Failure> {
    cargo::cargo(root, arguments, &[], Stdio::piped())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_children_spent_stands_behind_the_programs_name() {
        let stat = "7 (a (b) c) S 1 2 3 4 5 6 7 8 9 10 11 12 1300 45 20 0\n";
        assert_eq!(ticks_of_children(stat), Some(1345));
        assert_eq!(ticks_of_children(""), None);
    }
}
