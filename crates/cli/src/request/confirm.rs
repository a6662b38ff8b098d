//! Decides whether a call may be sent: one that changes something on a real exchange is shown first, and needs a yes.

use super::outgoing::Outgoing;
use crate::exit_code::ExitCode;
use crate::failure::Failure;
use crate::stderr;
use binance_papi::{Client, Effect};
use std::io::IsTerminal as _;

/// Whether the caller has agreed in advance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Consent {
    Given,
    NotGiven,
}

/// Where a call goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Destination {
    Loopback,
    Remote,
}

/// Whether there is a person who can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Session {
    Interactive,
    Batch,
}

/// What to do with a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Decision {
    Send,
    ShowAndSend,
    ShowAndAsk,
    ShowAndRefuse,
}

fn decide(effect: Effect, destination: Destination, consent: Consent, session: Session) -> Decision {
    match (effect, destination, consent, session) {
        (Effect::Read, ..) | (_, Destination::Loopback, ..) => Decision::Send,
        (_, _, Consent::Given, _) => Decision::ShowAndSend,
        (_, _, Consent::NotGiven, Session::Interactive) => Decision::ShowAndAsk,
        (_, _, Consent::NotGiven, Session::Batch) => Decision::ShowAndRefuse,
    }
}

/// Shows a call and asks before it is sent, where that is needed.
pub(crate) fn confirm(outgoing: &Outgoing, client: &Client, consent: Consent) -> Result<(), Failure> {
    let destination = if client.is_loopback() { Destination::Loopback } else { Destination::Remote };
    let decision = decide(outgoing.effect, destination, consent, session());
    if decision != Decision::Send {
        stderr::plain(&description(outgoing, client.host()));
    }
    match decision {
        Decision::Send | Decision::ShowAndSend => Ok(()),
        Decision::ShowAndAsk if ask("Send it?") == Answer::Yes => Ok(()),
        Decision::ShowAndAsk => Err(Failure::new(ExitCode::Other, "not sent: the answer was not `yes`")),
        Decision::ShowAndRefuse => {
            Err(Failure::bad_input(format!("not sent: this call changes something at {}", client.host()))
                .hint("add --yes to send it without being asked; --dry-run shows it; --sandbox plays it through"))
        }
    }
}

/// Returns method, host and parameters, for the person who has to agree.
fn description(outgoing: &Outgoing, host: &str) -> String {
    let width = outgoing.params.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    let call = format!("{outgoing} at {host}, effect {}", outgoing.effect);
    let params = outgoing.params.iter().map(|(name, value)| format!("  {name:width$}  {}", value.replace('\n', "\\n")));
    std::iter::once(call).chain(params).collect::<Vec<_>>().join("\n")
}

/// What was said to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    Yes,
    No,
    /// There is no person who can be asked.
    NobodyThere,
}

/// Asks for a yes, where there is a person.
pub(crate) fn ask(question: &str) -> Answer {
    if session() == Session::Batch {
        return Answer::NobodyThere;
    }
    stderr::ask(&format!("{question} Type yes: "));
    let mut answer = String::new();
    // An answer that cannot be read is not a yes.
    let _ = std::io::stdin().read_line(&mut answer);
    if is_yes(&answer) { Answer::Yes } else { Answer::No }
}

fn session() -> Session {
    let is_terminal = std::io::stdin().is_terminal() && stderr::is_terminal();
    if is_terminal { Session::Interactive } else { Session::Batch }
}

fn is_yes(answer: &str) -> bool {
    answer.trim().eq_ignore_ascii_case("yes")
}

#[cfg(test)]
mod tests {
    use super::*;
    use Consent::{Given, NotGiven};
    use Destination::{Loopback, Remote};
    use Session::{Batch, Interactive};

    #[test]
    fn reading_and_loopback_pass_unasked() {
        for consent in [Given, NotGiven] {
            for session in [Interactive, Batch] {
                assert_eq!(decide(Effect::Read, Remote, consent, session), Decision::Send);
                assert_eq!(decide(Effect::Once, Loopback, consent, session), Decision::Send);
            }
        }
    }

    #[test]
    fn changing_something_elsewhere_needs_a_yes() {
        for effect in [Effect::Once, Effect::Idempotent] {
            assert_eq!(decide(effect, Remote, Given, Batch), Decision::ShowAndSend);
            assert_eq!(decide(effect, Remote, Given, Interactive), Decision::ShowAndSend);
            assert_eq!(decide(effect, Remote, NotGiven, Interactive), Decision::ShowAndAsk);
            assert_eq!(decide(effect, Remote, NotGiven, Batch), Decision::ShowAndRefuse);
        }
    }

    #[test]
    fn only_the_whole_word_is_a_yes() {
        assert!(is_yes("yes\n") && is_yes(" YES "));
        for no in ["", "\n", "y", "no", "yess", "yes no"] {
            assert!(!is_yes(no), "{no:?}");
        }
    }
}
