//! Counts the instructions of what the library does, beside work by others in the same run, and compares the ratios with
//! those that were accepted. `BENCHMARKS.md` says what is counted and why.

mod baseline;
mod callgrind;
mod exchange;
mod table;
mod works;

use crate::failure::Failure;
use crate::files::{read, remove_folder, write};
use crate::{cargo, workspace_facts};
use baseline::Ratios;
use exchange::Exchange;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;
use works::{COMPARISONS, Program, ROWS, Row, Times, Work};

/// What `cargo xtask bench` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Count only the rows that have this text in their name
    #[arg(conflicts_with_all = ["accept", "write", "peers"])]
    only: Option<String>,
    /// Count the official SDK and hyper as well: a build of some minutes, which needs OpenSSL's headers
    #[arg(long)]
    peers: bool,
    /// Make the ratios of this run the baseline; the commit says why they changed
    #[arg(long)]
    accept: bool,
    /// Rewrite the tables of BENCHMARKS.md, that of the peers as well
    #[arg(long, requires = "peers")]
    write: bool,
}

/// The instructions of one repetition, by the name of the work.
type Counts = BTreeMap<&'static str, f64>;

/// What valgrind is missing for.
const NO_VALGRIND: &str = "valgrind is not installed";

/// The key and secret of the sandbox's account.
const ACCOUNT: [(&str, &str); 2] = [
    ("BINANCE_API_KEY", "SandboxDemoKeyNotARealCredentialSandboxDemoKeyNotARealCredential"),
    ("BINANCE_API_SECRET", "SandboxDemoSecretNotARealSecret0SandboxDemoSecretNotARealSecret0"),
];

/// Counts, prints the tables, and writes what is asked for.
pub(crate) fn run(root: &Path, options: &Options) -> Result<String, Failure> {
    let valgrind = callgrind::version().ok_or_else(|| Failure::Check(NO_VALGRIND.to_owned()))?;
    let only = options.only.as_deref().unwrap_or_default();
    let rows: Vec<Row> = ROWS.iter().filter(|row| row.name.contains(only)).copied().collect();
    let counts = count_all(root, &rows, options.peers)?;
    let (ratios, path) = (ratios(&rows, &counts), baseline_path(root));
    if options.accept {
        baseline::save(&path, &ratios)?;
    }
    let accepted = baseline::load(&path)?;
    let mut text = table::of_rows(&rows, &counts, &ratios, &accepted);
    if options.peers {
        text += &format!("\n{}", table::of_peers(&counts));
    }
    if options.write {
        let page = root.join("BENCHMARKS.md");
        let text = format!("{}\n{text}", circumstances(root, &valgrind)?);
        write(&page, &table::put(&read(&page)?, &text)?)?;
    }
    if only.is_empty() {
        text += &baseline::differences(&accepted, &ratios).join("\n");
    }
    Ok(text)
}

/// Counts, and fails when a ratio has risen. Says so where nothing can be counted.
pub(crate) fn check(root: &Path) -> Result<(), Failure> {
    if callgrind::version().is_none() {
        eprintln!("skipped: {NO_VALGRIND}; with it, instructions are counted and compared with benches/baseline.json");
        return Ok(());
    }
    let counts = count_all(root, ROWS, false)?;
    let (ratios, accepted) = (ratios(ROWS, &counts), baseline::load(&baseline_path(root))?);
    eprint!("{}", table::of_rows(ROWS, &counts, &ratios, &accepted));
    let told = baseline::differences(&accepted, &ratios);
    if told.is_empty() {
        return Ok(());
    }
    Err(Failure::Check(format!(
        "more instructions than before, measured by work of the same run:\n{}\nif that is meant, run `cargo xtask bench \
         --accept` and commit benches/baseline.json with the reason",
        told.join("\n")
    )))
}

fn baseline_path(root: &Path) -> PathBuf {
    root.join("benches/baseline.json")
}

/// Returns how each row compares with its reference.
fn ratios(rows: &[Row], counts: &Counts) -> Ratios {
    let of = |row: &Row| counts.get(row.reference).map(|reference| count_of(row, counts) / reference);
    rows.iter().filter_map(|row| Some((row.name.to_owned(), of(row)?))).collect()
}

/// Returns the instructions of a row, without those that are not its own.
fn count_of(row: &Row, counts: &Counts) -> f64 {
    let count = |name: &str| counts.get(name).copied().unwrap_or_default();
    count(row.work) - row.less.map_or(0.0, count)
}

/// The programs that are counted, and where each run leaves its files.
struct Programs {
    measured: PathBuf,
    papi: PathBuf,
    peers: PathBuf,
    folder: PathBuf,
}

/// Builds the programs and counts all works of the rows, and those of the peers.
fn count_all(root: &Path, rows: &[Row], peers: bool) -> Result<Counts, Failure> {
    let target = workspace_facts::read(root)?.target;
    let build = ["build", "--quiet", "--locked", "--profile", "bench"];
    let ours = ["--package", "papi-benches", "--package", "papi-cli", "--bins"];
    eprintln!("building what is counted");
    cargo::cargo(root, &[&build[..], &ours].concat(), &[], Stdio::inherit())?;
    let in_release =
        |target: &Path, name: &str| target.join("release").join(name).with_extension(std::env::consts::EXE_EXTENSION);
    let peers_target = target.join("peers");
    let mut names: BTreeSet<&str> = rows.iter().flat_map(Row::works).collect();
    if peers {
        let (manifest, target) = (root.join("benches/peers/Cargo.toml"), peers_target.display().to_string());
        let places = ["--manifest-path", &manifest.display().to_string(), "--target-dir", &target];
        cargo::cargo(root, &[&build[..], &places].concat(), &[], Stdio::inherit())?;
        names.extend(COMPARISONS.iter().flat_map(|comparison| comparison.works.into_iter().flatten()));
    }
    let programs = Programs {
        measured: in_release(&target, "measured"),
        papi: in_release(&target, "papi"),
        peers: in_release(&peers_target, "peers"),
        folder: target.join("bench"),
    };
    remove_folder(&programs.folder)?;
    eprintln!("counting {} works, each twice", names.len());
    let exchange = Exchange::start(&programs.measured)?;
    in_parallel(works::WORKS.iter().filter(|work| names.contains(work.name)), |work| {
        programs.instructions(work, &exchange)
    })
}

/// Counts on all processors. Instructions are the same on a busy machine.
fn in_parallel(
    works: impl Iterator<Item = &'static Work> + Send,
    count: impl Fn(&Work) -> Result<f64, Failure> + Sync,
) -> Result<Counts, Failure> {
    let (works, counts) = (Mutex::new(works), Mutex::new(Ok(Counts::new())));
    let next = || works.lock().ok()?.next();
    let put = |name, counted: Result<f64, Failure>| {
        if let Ok(mut counts) = counts.lock() {
            match (counts.as_mut(), counted) {
                (Ok(counts), Ok(count)) => drop(counts.insert(name, count)),
                (Ok(_), Err(failure)) => *counts = Err(failure),
                (Err(_), _) => {}
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(work) = next() {
                    put(work.name, count(work));
                }
            });
        }
    });
    counts.into_inner().unwrap_or_else(|_| Err(Failure::Check("a count was lost".to_owned())))
}

impl Programs {
    /// Returns the instructions of one repetition of a work.
    fn instructions(&self, work: &Work, exchange: &Exchange) -> Result<f64, Failure> {
        match work.times {
            Times::Whole => self.run(work, 1, exchange),
            Times::FewAndMany(few, many) => {
                let difference = self.run(work, many, exchange)? - self.run(work, few, exchange)?;
                Ok(difference / f64::from(many - few))
            }
        }
    }

    /// Returns the instructions of a program that does a work a number of times.
    fn run(&self, work: &Work, times: u32, exchange: &Exchange) -> Result<f64, Failure> {
        let folder = self.folder.join(format!("{}-{times}", work.name));
        fs::create_dir_all(&folder).map_err(|error| Failure::io("make", &folder, error))?;
        let repeated = || [&[work.name.to_owned(), times.to_string()], &exchange.words[..]].concat();
        let (program, words) = match work.program {
            Program::Measured => (&self.measured, repeated()),
            Program::Peers => (&self.peers, repeated()),
            Program::Papi(words) => (&self.papi, words.iter().map(ToString::to_string).collect()),
            Program::PapiExport => (&self.papi, export(times, &exchange.words)),
        };
        let count = callgrind::count(program, &words, &ACCOUNT, &folder)?;
        // Exact below 2^53, and no run is near that.
        #[expect(clippy::cast_precision_loss)]
        Ok(count as f64)
    }
}

/// The words of `papi` for an export of the first rows of the sandbox.
fn export(rows: u32, [_, sandbox, begin, step]: &[String; 4]) -> Vec<String> {
    let number = |text: &String| text.parse::<i64>().unwrap_or_default();
    let end = number(begin) + i64::from(rows) * number(step) - 1;
    let words = ["--base-url", sandbox, "--weight-limit", "100000000", "export", "um-force-orders", "--from", begin];
    let end = end.to_string();
    let words = [&words[..], &["--to", &end, "--out", "rows.csv"]].concat();
    words.into_iter().map(ToOwned::to_owned).collect()
}

/// Returns when and with what was counted.
fn circumstances(root: &Path, valgrind: &str) -> Result<String, Failure> {
    let said = |program: &str, words: &[&str]| {
        let output = Command::new(program).current_dir(root).args(words).output();
        output.map_or_else(|_| "unknown".to_owned(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let processors = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let processor = processors.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let versions = |lock: &str, names: &[&str]| -> Result<String, Failure> {
        let lock = read(&root.join(lock))?;
        let of = |name: &&str| {
            let version = lock.split_once(&format!("name = \"{name}\"\nversion = \""))?.1.split_once('"')?.0;
            Some(format!("{name} {version}"))
        };
        Ok(names.iter().filter_map(of).collect::<Vec<_>>().join(", "))
    };
    let facts = workspace_facts::read(root)?;
    Ok(format!(
        "- {}\n- {}, {} processors, {}\n- {}, {valgrind}, the profile `bench` of Cargo.toml\n- binance-papi {}, {}, {}\n",
        said("date", &["-u", "+%F"]),
        processor.map_or("unknown processor", |(_, model)| model.trim()),
        thread::available_parallelism().map_or(1, usize::from),
        said("uname", &["-sm"]),
        said("rustc", &["--version"]),
        facts.version_of("binance-papi")?,
        versions("Cargo.lock", &["reqwest", "serde_json", "rust_decimal"])?,
        versions("benches/peers/Cargo.lock", &["binance-sdk", "hyper"])?,
    ))
}
