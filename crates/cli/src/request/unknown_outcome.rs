//! The message about a call with an unknown outcome: the command that asks, or the call that shows it.

use crate::connect::{Connection, exchange_options};
use crate::failure::Failure;
use crate::shell_word::shell_word;
use binance_papi::{Call, Error, Pending};
use std::path::Path;

/// What to do about a call that cannot be asked for.
pub(super) const LOOK: &str = "it may have been executed: look at the account before sending it again";

/// Reports an error; one of unknown outcome ends with how to find out.
pub(super) fn failure(error: Error, connection: &Connection) -> Failure {
    let (pending, is_unknown) = (error.pending().cloned(), error.is_unknown());
    let failure = Failure::from(error);
    match pending {
        Some(pending) => with_question(failure, &pending, connection),
        None if is_unknown => with_intent(failure, connection),
        None => failure,
    }
}

/// Says where the intent of a call stands that nothing can be asked about, where intents are kept.
pub(super) fn with_intent(failure: Failure, connection: &Connection) -> Failure {
    failure.hints(connection.intents.as_ref().map(|file| {
        let file = shell_word(&file.display().to_string());
        format!("its intent stands in {file}; when you have looked: papi intents forget NUMBER --intents {file}")
    }))
}

/// Adds the command that asks, or the call that shows it.
pub(super) fn with_question(failure: Failure, pending: &Pending, connection: &Connection) -> Failure {
    match (pending.info().settle.is_empty(), pending.info().shown_by, &connection.intents) {
        (false, _, Some(file)) => {
            let command =
                settle_all_command(file, connection.client.base_url(), connection.profile_argument.as_deref());
            failure.hint(format!(
                "its intent stands in {}; ask what became of it, now or later: {command}",
                file.display()
            ))
        }
        (false, _, None) => {
            let command = settle_command(pending, connection.client.base_url(), connection.profile_argument.as_deref());
            failure.hint(format!("ask what became of it: {command}"))
        }
        (true, Some(call), _) => {
            let hint = format!("{call} shows it if it was executed; sent at {}", pending.sent_at());
            with_intent(failure.hint(hint), connection)
        }
        (true, None, _) => with_intent(failure.hint(LOOK), connection),
    }
}

/// Returns the command that asks for every call in a file of intents.
fn settle_all_command(file: &Path, base_url: &str, profile: Option<&str>) -> String {
    let mut words = vec![format!("papi intents settle --intents {}", shell_word(&file.display().to_string()))];
    words.extend(exchange_options(base_url, profile));
    words.join(" ")
}

/// Returns the command that asks for a pending call. `profile` is the one that was named on the command line: without it,
/// another account would be asked.
pub(crate) fn settle_command(pending: &Pending, base_url: &str, profile: Option<&str>) -> String {
    let info = pending.info();
    let id_param = info.client_ids.first().copied();
    let mut words = vec!["papi settle".to_owned()];
    words.extend(pending.client_order_id().map(|id| shell_word(id.as_str())));
    words.push(format!("{} {}", info.method, info.path.trim_start_matches("/papi/v1/")));
    for (name, value) in pending.params_to_ask_with() {
        if Some(name) != id_param {
            words.push(shell_word(&format!("{name}={value}")));
        }
    }
    words.push(format!("--sent-at {}", pending.sent_at().as_millis()));
    if pending.recv_window() != Call::default().recv_window {
        words.push(format!("--recv-window {}", pending.recv_window().as_millis()));
    }
    words.extend(exchange_options(base_url, profile));
    words.join(" ")
}
