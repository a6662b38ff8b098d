//! Tells of calls that act and of which no end is known, where they are written down.

use super::super::facts::{Facts, IntentContent, IntentFile, UnsettledCalls};
use super::finding::{Check, Finding, Verdict};
use crate::command::intents::counted_calls;
use crate::exit_code::ExitCode;
use crate::shell_word::shell_word;

/// Tells of the file of intents, where one is named.
pub(super) fn intents(facts: &Facts) -> Option<Finding> {
    let IntentFile { path, content } = facts.intents.as_deref()?;
    Some(match content {
        IntentContent::Missing => {
            Finding::ok(Check::Intents, format!("{path} is not there yet: the first call that acts makes it."))
        }
        IntentContent::Unusable(reason) => Finding::new(
            Check::Intents,
            Verdict::Problem(ExitCode::BadInput),
            format!("{reason}. No call that acts leaves."),
        )
        .next("Name another file: `papi profile show` tells what names this one."),
        IntentContent::Read(calls) => of_calls(path, calls),
    })
}

fn of_calls(path: &str, calls: &UnsettledCalls) -> Finding {
    let UnsettledCalls { count, oldest, damage, owner } = calls;
    let mut told = match oldest {
        Some(oldest) => {
            format!("{} in {path} without a known end, the oldest sent at {oldest}.", counted_calls(*count))
        }
        None => format!("Every call in {path} has its end."),
    };
    if let Some(owner) = owner {
        told += &format!(" The file belongs to {owner}, and no other one can send calls that act with it.");
    }
    let damage: Vec<_> = damage.iter().map(|damage| format!("In {path}, {damage}.")).collect();
    let file = shell_word(path);
    match (count, owner) {
        (0, _) if damage.is_empty() => Finding::ok(Check::Intents, told),
        (0, _) => Finding::warning(Check::Intents, told),
        (_, None) => Finding::warning(Check::Intents, told)
            .next(format!("`papi intents settle --intents {file}` asks what became of them and sends nothing anew.")),
        (_, Some(owner)) => Finding::warning(Check::Intents, told)
            .next(format!(
                "`papi intents list --intents {file}` shows them; {owner} may be sending them at this moment."
            ))
            .next("What stays is settled by that process, or by `papi intents settle` when it has ended."),
    }
    .then(damage)
}
