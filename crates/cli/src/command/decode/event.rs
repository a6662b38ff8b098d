//! `papi decode event`: one event of the user data stream.

use super::saved::Saved;
use crate::failure::Failure;
use crate::global_options::GlobalOptions;
use crate::output::{Output, ReplyDescription, TimeOptions};
use crate::stderr;
use binance_papi::error::{DecodeError, find_drift};
use binance_papi::{AccountEvent, EVENTS, Wire as _, decode, encode_json};
use clap::Args;

/// Read a saved event of the user data stream through its type and print it back.
///
/// What is printed comes from the typed value, so it shows what this version understands of the event. The exit code is 7 when
/// the event cannot be read. An event of a name that this version does not know is printed as it came, with a note.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  papi decode event event.json
  tail -1 events.jsonl | papi decode event --strict --format json")]
pub(super) struct DecodeEventCommand {
    /// The file with one event; stdin when absent or `-`.
    #[arg(default_value = "-")]
    file: String,

    /// Report fields, words and events that this version does not know; the exit code is then 7.
    #[arg(long)]
    strict: bool,

    #[command(flatten)]
    times: TimeOptions,
}

impl DecodeEventCommand {
    pub(super) fn run(&self, global: &GlobalOptions) -> Result<(), Failure> {
        let output = Output::of(global).with_times(self.times.times());
        let mut saved = Saved::read(&self.file, "the event is not what its page says")?;
        saved.decode(reprint)?;
        let event: AccountEvent = decode(saved.readable()).map_err(|error| saved.unreadable(error))?;
        if event.info().is_none() {
            let known: Vec<&str> = EVENTS.iter().map(|info| info.event).collect();
            let name = event.name();
            stderr::note(&format!("this version does not know the event {name:?}; it knows {}", known.join(", ")));
        }
        let description = event.info().map(ReplyDescription::of_event).unwrap_or_default();
        output.check_columns(description)?;
        if self.strict {
            saved.refuse(&find_drift(saved.readable(), &AccountEvent::SCHEMA));
        }
        saved.print(&output, description)
    }
}

fn reprint(json: &[u8]) -> Result<String, DecodeError> {
    decode::<AccountEvent>(json).map(|event| encode_json(&event))
}
