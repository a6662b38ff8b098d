//! Notices an input for which a target does not hold, keeps it in a file, and says how to try it again.

use papi_fuzz_targets::Target;
use std::fmt;
use std::fs;
use std::io;
use std::panic::{self, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// Where inputs are kept for which a target does not hold; `cargo fuzz` does the same.
const FOUND: &str = "fuzz/artifacts";

/// An input that takes longer is taken to have no end.
const PATIENCE: Duration = Duration::from_secs(20);

/// What is tried at the moment.
static CURRENT: Mutex<Attempt> = Mutex::new(Attempt { target: "", number: 0, input: Vec::new() });

/// What the last panic said.
static PANIC: Mutex<String> = Mutex::new(String::new());

struct Attempt {
    target: &'static str,
    number: u64,
    input: Vec<u8>,
}

/// Why a target was not tried to the end.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Failure {
    pub(crate) fn file(path: &Path, error: &io::Error) -> Self {
        Self(format!("cannot read {}: {error}", path.display()))
    }

    /// Keeps the input, and says where.
    fn of(target: &str, input: &[u8], what: &str) -> Self {
        let path = kept_at(target, input);
        let shown = path.display();
        let kept = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, input));
        let kept = match kept {
            Ok(()) => format!(
                "the input is in {shown}; to try it again: cargo xtask fuzz {target} --input {shown}\n\
                 move it to fuzz/corpus/{target}/ when the mistake is mended, so that it is always tried"
            ),
            Err(error) => format!("the input cannot be written to {shown}: {error}"),
        };
        Self(format!("{target}: {what}\n{kept}"))
    }
}

/// Keeps what a panic says, in place of printing it.
pub(crate) fn note_panics() {
    panic::set_hook(Box::new(|info| *PANIC.lock().unwrap_or_else(PoisonError::into_inner) = info.to_string()));
}

/// Ends the program when one input takes too long.
pub(crate) fn watch() {
    thread::spawn(|| {
        let mut before = None;
        loop {
            thread::sleep(PATIENCE);
            let current = CURRENT.lock().unwrap_or_else(PoisonError::into_inner);
            if before == Some(current.number) {
                let what = format!("no end after {} seconds", PATIENCE.as_secs());
                eprintln!("{}", Failure::of(current.target, &current.input, &what));
                std::process::exit(1);
            }
            before = Some(current.number);
        }
    });
}

/// Tries one input.
pub(crate) fn attempt(target: &Target, input: &[u8]) -> Result<(), Failure> {
    {
        let mut current = CURRENT.lock().unwrap_or_else(PoisonError::into_inner);
        (current.target, current.number) = (target.name, current.number + 1);
        current.input.clear();
        current.input.extend_from_slice(input);
    }
    catch_unwind(|| (target.run)(input)).map_err(|_| {
        let what = PANIC.lock().unwrap_or_else(PoisonError::into_inner);
        Failure::of(target.name, input, &what)
    })
}

/// The name says what is in it, so that the same input is kept once.
fn kept_at(target: &str, input: &[u8]) -> PathBuf {
    let hash = input
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3));
    Path::new(FOUND).join(target).join(format!("{hash:016x}"))
}
