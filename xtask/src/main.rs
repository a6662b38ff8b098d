//! `cargo xtask`: turns the specs into code and runs what CI runs. It depends on nothing that contains generated code,
//! so that it builds even when that does not.

mod archive;
mod bench;
mod cargo;
mod check;
mod ci;
mod codegen;
mod compare;
mod dist;
mod emit;
mod example;
mod failure;
mod files;
mod format;
mod fuzz;
mod git;
#[cfg(feature = "import")]
mod import;
mod llms_txt;
mod model;
#[cfg(feature = "import")]
mod outdated;
mod problem;
mod program;
mod rust_name;
mod simulate;
mod spec;
mod weigh;
#[cfg(not(feature = "import"))]
mod with_feature;
mod workspace_facts;

use clap::{Parser, Subcommand};
use files::Mode;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Chores of this repository
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Xtask {
    #[command(subcommand)]
    command: Command,
    /// Work on another copy of the workspace
    #[arg(long, global = true, hide = true, value_name = "DIR")]
    root: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Turn the specs in `spec/` into `crates/types/src/generated/` and the lists of `llms.txt`
    ///
    /// All problems of all specs are reported in one run, and then nothing is written.
    Codegen {
        /// Write nothing; fail when a generated file is not what the specs say
        #[arg(long)]
        check: bool,
        /// Take this date for today's: dates in specs do not lie ahead of it
        #[arg(long, hide = true, value_name = "DATE")]
        today: Option<String>,
    },
    /// Tell what changed in the specs since a revision, and what that means for programs that use the library
    ///
    /// Breaking: a program may no longer compile. Additive: there is more to use. Behaviour: it compiles, and something else
    /// happens, such as another weight, default or bound, or a word that was read as unknown before.
    Compare {
        /// A revision that git knows, such as a tag
        revision: String,
        /// How to tell it
        #[arg(long, value_enum, default_value_t)]
        format: compare::Format,
    },
    /// Run what CI runs, up to the first failure
    Ci {
        /// One job only
        job: Option<ci::Job>,
    },
    /// Build the release archive of `papi` for this machine's kind, with a SHA-256 beside it, in `target/dist/`
    Dist,
    /// Count the instructions of what the library does, beside work by others; needs valgrind
    Bench(bench::Options),
    /// Try many bytes on the readers of replies, events, pages, refusals, keys, ledgers, journals, intents, specs and saved pages of the vendor
    Fuzz(fuzz::Options),
    /// Turn saved pages of the vendor into drafts of specs, which `codegen` accepts as they stand
    ///
    /// A draft goes to `spec/<group>/`, and what its page says to `tests/facts`. Each sentence that no rule could be made of stands
    /// in it with a mark TODO, and so does what no page says. A summary goes to stderr. Pages of one call that
    /// disagree end with code 1: the first one counts. Bad input ends with code 2, and nothing is written.
    #[cfg(feature = "import")]
    Import(import::Options),
    /// Turn saved pages of the vendor into drafts of specs
    #[cfg(not(feature = "import"))]
    #[command(disable_help_flag = true)]
    Import(with_feature::Arguments),
    /// Tell where saved pages of the vendor say something else than the specs
    ///
    /// A line for each difference, with the place in the spec and what to write there; no line when there is none. What the specs
    /// say of it under `differs` is not told. Ends with code 1 when something differs, and with 2 for bad input.
    #[cfg(feature = "import")]
    Outdated(outdated::Options),
    /// Tell where saved pages of the vendor say something else than the specs
    #[cfg(not(feature = "import"))]
    #[command(disable_help_flag = true)]
    Outdated(with_feature::Arguments),
    /// Play client, network and exchange from seeds, and hold what the client said against what the exchange did
    ///
    /// Time is virtual, and a seed always runs the same way. A seed that breaks a promise is printed with the command that runs it
    /// again.
    Simulate(simulate::Options),
    /// Measure what the library costs those who build it, on a machine that does nothing else
    Weigh,
}

fn main() -> ExitCode {
    let xtask = Xtask::parse();
    let root = xtask.root.unwrap_or_else(workspace);
    let done = match xtask.command {
        Command::Codegen { check, today } => {
            let mode = if check { Mode::Check } else { Mode::Write };
            match today {
                Some(today) => codegen::run_on(&root, mode, &today),
                None => codegen::run(&root, mode),
            }
        }
        Command::Compare { revision, format } => compare::run(&root, &revision, format).map(|told| {
            print!("{told}");
            String::new()
        }),
        Command::Ci { job } => ci::run(&root, job),
        Command::Bench(options) => bench::run(&root, &options),
        Command::Dist => dist::run(&root),
        #[cfg(feature = "import")]
        Command::Import(options) => return import(&root, &options),
        #[cfg(not(feature = "import"))]
        Command::Import(arguments) => return with_feature::run(&workspace(), &root, "import", &arguments),
        #[cfg(feature = "import")]
        Command::Outdated(options) => return outdated(&root, &options),
        #[cfg(not(feature = "import"))]
        Command::Outdated(arguments) => return with_feature::run(&workspace(), &root, "outdated", &arguments),
        Command::Fuzz(options) => fuzz::run(&root, &options),
        Command::Simulate(options) => simulate::run(&root, &options),
        Command::Weigh => weigh::run(&root),
    };
    match done {
        Ok(text) => {
            if !text.is_empty() {
                eprintln!("{text}");
            }
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

/// Imports pages. Bad input is a mistake of the caller, and no failure of the work.
#[cfg(feature = "import")]
fn import(root: &Path, options: &import::Options) -> ExitCode {
    match import::run(root, options, &codegen::today()) {
        Ok(told) => {
            eprint!("{}", told.summary);
            print!("{}", told.drafts);
            if told.has_conflicts { ExitCode::FAILURE } else { ExitCode::SUCCESS }
        }
        Err(import::Refused::Input(message)) => {
            eprintln!("{message}");
            eprintln!("nothing was written");
            ExitCode::from(2)
        }
        Err(import::Refused::Failed(failure)) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

/// Compares pages with the specs. A difference is no failure of the work either.
#[cfg(feature = "import")]
fn outdated(root: &Path, options: &outdated::Options) -> ExitCode {
    match outdated::run(root, options) {
        Ok(outcome) => {
            eprint!("{}", outcome.written);
            print!("{}", outcome.told);
            ExitCode::from(u8::from(outcome.is_outdated))
        }
        Err(import::Refused::Input(message)) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
        Err(import::Refused::Failed(failure)) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

/// The folder that this crate's folder is in. Cargo says where it runs this program; where it was built may be a copy of the
/// checkout that shares the folder of what is built.
fn workspace() -> PathBuf {
    let own = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    own.parent().map_or_else(|| own.clone(), Path::to_owned)
}
