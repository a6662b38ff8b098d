//! Finds whether the stream of the account's events can be listened to: its key, the connection, the first pong.

use super::super::cause::{Cause, ConnectError};
use super::super::facts::{Facts, Failed, Step};
use super::finding::{Check, Finding, Verdict};
use super::key::KEYS_PAGE;

/// Finds whether the stream can be listened to.
pub(super) fn stream(facts: &Facts) -> Finding {
    match &facts.stream.opened {
        Step::Done(()) => Finding::ok(
            Check::Stream,
            format!("{} gave a sign of life: listen key, connection and pong.", facts.stream.url),
        ),
        Step::Failed(failed) => failed_stream(failed, &facts.stream.url),
        Step::Skipped(skip) => Finding::skipped(Check::Stream, *skip),
    }
}

fn failed_stream(failed: &Failed, url: &str) -> Finding {
    let problem = |sentence: String| Finding::new(Check::Stream, Verdict::Problem(failed.exit), sentence);
    let unreachable = |why: String| problem(format!("No connection to the stream at {url}: {why}."));
    match &failed.cause {
        Cause::Code { code, message, .. } => {
            problem(format!("The exchange gives no listen key (code {code}: {}).", message.trim_end_matches('.')))
                .next(format!("The key may lack the right to Portfolio Margin: tick it at {KEYS_PAGE}"))
        }
        Cause::Throttled { .. } | Cause::Banned { .. } => {
            problem("The exchange gives no listen key: too much was asked from this address.".to_owned())
                .next("`papi doctor` again in a minute.")
        }
        Cause::NoConnection(ConnectError::NoSuchName) => unreachable("its name does not resolve".to_owned())
            .next("The stream has a host of its own: does the network or the firewall know that name?"),
        Cause::NoConnection(ConnectError::Refused) => unreachable("no program listens there".to_owned())
            .next("A firewall may let the calls pass and not the stream: allow that host and port."),
        Cause::NoConnection(ConnectError::TimedOut) | Cause::NoAnswer => unreachable("nothing came back".to_owned())
            .next("A firewall may let the calls pass and not the stream: allow that host and port."),
        Cause::NoConnection(ConnectError::Other(why)) | Cause::Other(why) => {
            unreachable(why.trim_end_matches('.').to_owned())
                .next("A proxy or firewall on the way may not let websockets pass: ask who runs it.")
        }
        other => unreachable(refusal(other))
            .next("A proxy or firewall on the way may not let websockets pass: ask who runs it."),
    }
}

fn refusal(cause: &Cause) -> String {
    match cause {
        Cause::Server(status) | Cause::Redirect(status) | Cause::NotPortfolioMargin(status) => {
            format!("the websocket was answered with HTTP {status}")
        }
        Cause::Firewall => "the websocket was answered with HTTP 403".to_owned(),
        Cause::Restricted => "the websocket was answered with HTTP 451".to_owned(),
        Cause::NoConnection(_) => "TLS failed".to_owned(),
        _ => "the websocket was refused".to_owned(),
    }
}
