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
mod llms_txt;
mod model;
mod problem;
mod program;
mod rust_name;
mod simulate;
mod spec;
mod weigh;
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
    /// Try many bytes on the readers of replies, pages, refusals, keys, ledgers, journals and specs
    Fuzz(fuzz::Options),
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

/// The folder that this crate's folder is in. Cargo says where it runs this program; where it was built may be a copy of the
/// checkout that shares the folder of what is built.
fn workspace() -> PathBuf {
    let own = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    own.parent().map_or_else(|| own.clone(), Path::to_owned)
}
