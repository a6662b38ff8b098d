//! `papi intents`: the calls that a file of intents has no end of. `list` shows them, `settle` asks the exchange for each,
//! `forget` ends those that nothing can be asked about.

mod forget;
mod list;
mod settle;

use crate::failure::Failure;
use crate::global_options::GlobalOptions;
use crate::profile::Settings;
use crate::stderr;
use binance_papi::intents::{self, Intent, Listing};
use binance_papi::json::Json;
use clap::{Args, Subcommand};
use forget::ForgetIntents;
use papi_runtime::{causes, counted, with_causes};
use settle::SettleIntents;
use std::io;
use std::path::Path;

/// List, settle and forget calls whose outcome is unknown, also those of processes that are gone.
///
/// With --intents FILE each call that acts on every arrival, such as an order, is written into FILE and forced to the disk before
/// it leaves. When its answer never came, or the process ended before it was read, the call still stands there: these commands
/// find out what became of it.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  papi --intents desk.intents um new-order --symbol BTCUSDT --side BUY --type MARKET --quantity 1
  papi --intents desk.intents intents list        what has no known end; needs no key, and works beside a running process
  papi --intents desk.intents intents settle      asks for each, and sends nothing anew
  papi --intents desk.intents intents forget 7    after looking at the account, when nothing can be asked about it

PAPI_INTENTS, or `intents = \"desk.intents\"` in a profile, names the file for all commands. One process at a time can write to
it: another one is refused before it sends. It holds no secret and no signature. Beside it lies FILE.lock, which says whose
it is.")]
pub(crate) struct IntentsCommand {
    #[command(subcommand)]
    action: IntentsAction,
}

/// What to do with the calls of a file.
#[derive(Debug, Clone, Subcommand)]
enum IntentsAction {
    /// List the calls without a known end. A running process may be sending some of them at this moment.
    List,
    // Described where they are defined: a description here would hide the longer one.
    Settle(SettleIntents),
    Forget(ForgetIntents),
}

impl IntentsCommand {
    pub(crate) async fn run(self, global: &GlobalOptions) -> Result<(), Failure> {
        match self.action {
            IntentsAction::List => list::run(global),
            IntentsAction::Settle(command) => command.run(global).await,
            IntentsAction::Forget(command) => command.run(global).await,
        }
    }
}

/// Returns the file that is named, or says how to name one.
fn named_file(settings: &Settings) -> Result<&Path, Failure> {
    settings.intents.value.as_deref().ok_or_else(|| {
        Failure::bad_input("no file of intents is named")
            .hint("name it with --intents FILE, in the variable PAPI_INTENTS, or as `intents = \"FILE\"` in a profile")
            .hint("with --sandbox only --intents counts: the other two are for the real exchange")
    })
}

/// Reads the file. One that is missing is not made.
fn read(path: &Path) -> Result<Listing, Failure> {
    intents::read(path).map_err(|error| {
        let kind_of = |cause: &(dyn std::error::Error + 'static)| cause.downcast_ref().map(io::Error::kind);
        let is_missing = causes(&error).any(|cause| kind_of(cause) == Some(io::ErrorKind::NotFound));
        let hint = "the first call that acts makes it; is this the name that calls are sent with?";
        Failure::bad_input(with_causes(&error)).hints(is_missing.then(|| hint.to_owned()))
    })
}

/// Says what in the file is not as it was written.
fn tell_findings(path: &Path, listing: &Listing) {
    for finding in &listing.findings {
        stderr::note(&format!("the file of intents {}: {finding}", path.display()));
    }
}

/// Returns how many intents there are, in words.
pub(super) fn counted_calls(intents: usize) -> String {
    counted(u64::try_from(intents).unwrap_or(u64::MAX), "call")
}

/// Returns the parameters in one text.
fn params_text(intent: &Intent) -> String {
    intent.params().iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
}

/// Returns the moment of the last attempt.
fn sent_at_text(intent: &Intent) -> String {
    intent.sent_at().last().map(ToString::to_string).unwrap_or_default()
}

fn client_order_id(intent: &Intent) -> Json {
    intent.client_order_id().map_or(Json::null(), |id| Json::text(id.as_str()))
}

/// Says why the exchange is not asked, and where to look instead; none when it can be asked.
fn where_to_look(intent: &Intent) -> Option<String> {
    let why = intent.why_not_asked()?;
    Some(match intent.shown_by() {
        Some(call) => format!("{why}; {call} shows it if it was executed"),
        None => format!("{why}; look at the account"),
    })
}
