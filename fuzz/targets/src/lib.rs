//! What must be so of any bytes that come from outside: one function for each reader that is tried, which panics when it is not. `cargo xtask
//! fuzz` calls them on a stable compiler, and `cargo fuzz` in search of new paths.

mod event;
mod import;
mod intents;
mod journal;
mod ledger;
mod page;
mod private_key;
mod refusal;
mod reply;
mod rewritten;
mod spec_file;

pub use event::event;
pub use import::import;
pub use intents::intents;
pub use journal::journal;
pub use ledger::ledger;
pub use page::page;
pub use private_key::private_key;
pub use refusal::refusal;
pub use reply::reply;
pub use spec_file::spec;

use papi_types::{ENDPOINTS, EndpointInfo};

/// A function, and inputs that it is content with, to begin from.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// As `cargo xtask fuzz` and `cargo fuzz run` know it.
    pub name: &'static str,
    /// Panics when something is not as it must be.
    pub run: fn(&[u8]),
    /// Documented examples and inputs by hand.
    pub seeds: fn() -> Vec<Vec<u8>>,
}

/// All targets. Each has a file of its name in `fuzz/fuzz_targets`, too.
pub const TARGETS: [Target; 10] = [
    Target { name: "event", run: event, seeds: event::seeds },
    Target { name: "import", run: import, seeds: import::seeds },
    Target { name: "intents", run: intents, seeds: intents::seeds },
    Target { name: "journal", run: journal, seeds: journal::seeds },
    Target { name: "ledger", run: ledger, seeds: ledger::seeds },
    Target { name: "page", run: page, seeds: page::seeds },
    Target { name: "private_key", run: private_key, seeds: private_key::seeds },
    Target { name: "refusal", run: refusal, seeds: refusal::seeds },
    Target { name: "reply", run: reply, seeds: reply::seeds },
    Target { name: "spec", run: spec, seeds: spec_file::seeds },
];

/// Splits an input into its first line, which says what the rest is, and the rest.
fn first_line(data: &[u8]) -> (&[u8], &[u8]) {
    let end = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    (&data[..end], data.get(end + 1..).unwrap_or_default())
}

/// Returns the endpoint with a name such as `um::ForceOrders`, and for any other name some endpoint, always the same one.
fn endpoint(name: &[u8], among: impl Iterator<Item = &'static EndpointInfo> + Clone) -> &'static EndpointInfo {
    let named = among.clone().find(|info| info.type_path().as_bytes() == name);
    let sum: usize = name.iter().map(|byte| usize::from(*byte)).sum();
    named.or_else(|| among.clone().nth(sum % among.count())).unwrap_or(ENDPOINTS[0])
}

/// The documented replies of endpoints, below a line with the endpoint's name.
fn examples(of: impl Iterator<Item = &'static EndpointInfo>) -> Vec<Vec<u8>> {
    let texts = |info: &'static EndpointInfo| {
        info.examples.iter().map(move |example| format!("{}\n{example}", info.type_path()).into_bytes())
    };
    of.flat_map(texts).collect()
}

// Readers of programs, which no library has. Their files are compiled in here under the names that they have at home.

#[path = "../../../xtask/src/check/mod.rs"]
#[allow(dead_code, unused_imports, reason = "only what reads and checks is used here")]
mod check;
#[path = "../../../xtask/src/example.rs"]
#[allow(dead_code, unused_imports, reason = "only what reads and checks is used here")]
mod example;
#[path = "../../../xtask/src/failure.rs"]
#[allow(dead_code, unused_imports, reason = "only what reads and checks is used here")]
mod failure;
#[path = "../../../xtask/src/files.rs"]
#[allow(dead_code, unused_imports, reason = "only what reads and checks is used here")]
mod files;
#[path = "../../../xtask/src/problem/mod.rs"]
mod problem;
#[path = "../../../xtask/src/rust_name.rs"]
#[allow(dead_code, unused_imports, reason = "only what reads and checks is used here")]
mod rust_name;
#[path = "../../../xtask/src/spec/mod.rs"]
#[allow(dead_code, unused_imports, reason = "only what reads and checks is used here")]
mod spec;
#[path = "../../../crates/cli/src/time_text.rs"]
#[allow(dead_code, reason = "only what a journal needs is used here")]
mod time_text;

#[path = "../../../crates/types/tests/slow/mod.rs"]
mod slow;
