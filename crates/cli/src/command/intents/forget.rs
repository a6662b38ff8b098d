//! `papi intents forget`: ends calls that are to be asked for no more, after showing them.

use super::{counted_calls, named_file, params_text, read, sent_at_text, where_to_look};
use crate::exit_code::ExitCode;
use crate::failure::Failure;
use crate::global_options::GlobalOptions;
use crate::notices::Notices;
use crate::profile::settings;
use crate::request::{Answer, ask};
use crate::stderr;
use binance_papi::Client;
use binance_papi::intents::Intent;
use clap::Args;
use std::path::Path;

/// End calls that are to be asked for no more, after you have looked at the account. Nothing is sent and no key is needed.
///
/// They are shown first. Forgetting takes nothing back: an order that was executed stays executed.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  papi intents forget 7 --intents desk.intents
  papi intents forget 7 8 --intents desk.intents --yes")]
pub(super) struct ForgetIntents {
    /// The numbers that `papi intents list` shows.
    #[arg(value_name = "NUMBER", required = true, num_args = 1..)]
    numbers: Vec<u64>,

    /// Forget them without being asked.
    #[arg(long)]
    yes: bool,
}

impl ForgetIntents {
    pub(super) async fn run(self, global: &GlobalOptions) -> Result<(), Failure> {
        let settings = settings(global)?;
        let path = named_file(&settings)?;
        // Before this process becomes the owner: that would make a file that is missing.
        chosen(&self.numbers, read(path)?.intents, path)?;
        let notices = Notices::default();
        let client = Client::builder().intents(path).on_notice(move |notice| notices.tell(notice)).build()?;
        let chosen = chosen(&self.numbers, client.unsettled(), path)?;
        for intent in &chosen {
            stderr::plain(&shown(intent));
        }
        if !self.yes {
            require_yes()?;
        }
        for intent in &chosen {
            client.forget(intent).await?;
        }
        stderr::note(&format!("forgotten: {}", counted_calls(chosen.len())));
        Ok(())
    }
}

/// Finds the intents with these numbers, each once.
fn chosen(numbers: &[u64], intents: Vec<Intent>, path: &Path) -> Result<Vec<Intent>, Failure> {
    let is_there = |number: &&u64| intents.iter().any(|intent| intent.number() == **number);
    if let Some(number) = numbers.iter().find(|number| !is_there(number)) {
        let text = format!("nothing is forgotten: {} has no call {number} without an end", path.display());
        return Err(Failure::bad_input(text).hint("`papi intents list` shows the numbers"));
    }
    Ok(intents.into_iter().filter(|intent| numbers.contains(&intent.number())).collect())
}

/// Returns an intent for the person who has to agree.
fn shown(intent: &Intent) -> String {
    let head = format!("{}: {} at {}, sent at {}", intent.number(), intent.call(), intent.host(), sent_at_text(intent));
    let can_be_asked = "the exchange can be asked for it: `papi intents settle`".to_owned();
    let next = where_to_look(intent).unwrap_or(can_be_asked);
    format!("{head}\n  {}\n  {next}", params_text(intent))
}

fn require_yes() -> Result<(), Failure> {
    match ask("Forget what became of this?") {
        Answer::Yes => Ok(()),
        Answer::No => Err(Failure::new(ExitCode::Other, "nothing is forgotten: the answer was not `yes`")),
        Answer::NobodyThere => Err(Failure::bad_input("nothing is forgotten: nobody has agreed")
            .hint("look at the account first, then add --yes to forget without being asked")),
    }
}
