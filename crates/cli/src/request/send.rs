//! Sends a request after it was shown or confirmed, and prints the reply.

use super::confirm::{Consent, confirm};
use super::outgoing::{Outgoing, Rules};
use super::page;
use crate::connect::{Need, connect};
use crate::failure::Failure;
use crate::global_options::GlobalOptions;
use crate::kebab::command_words;
use crate::output::{Output, ReplyDescription, Times};
use crate::profile::settings;
use crate::stderr;
use binance_papi::json::Json;
use binance_papi::{Call, Client, Effect};
use clap::Args;
use std::time::Duration;

const SENDING: &str = "Sending";

/// The options of every command that sends a request.
#[derive(Debug, Clone, Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(crate) struct SendOptions {
    /// Print method, host, path, query and weight, and send nothing.
    #[arg(long, help_heading = SENDING)]
    dry_run: bool,

    /// Send although a constraint is broken, and words as they are written; what changes something is confirmed as ever.
    #[arg(long, help_heading = SENDING)]
    unchecked: bool,

    /// Send a call that changes something on a real exchange without being asked.
    #[arg(long, help_heading = SENDING)]
    yes: bool,

    /// How long the exchange may take to receive the request, in milliseconds [default: 5000]
    #[arg(long, value_name = "MS", help_heading = SENDING, value_parser = clap::value_parser!(u64).range(1..=60_000))]
    recv_window: Option<u64>,

    /// How often to send at most; what acts on every arrival is repeated only if it provably never arrived [default: 3]
    #[arg(long, value_name = "N", help_heading = SENDING, value_parser = clap::value_parser!(u32).range(1..=20))]
    attempts: Option<u32>,

    /// When to give up, pauses and all attempts together [default: 90]
    #[arg(long, value_name = "SECONDS", help_heading = SENDING, value_parser = clap::value_parser!(u64).range(1..=3_600))]
    timeout: Option<u64>,

    /// Say on stderr what came with the answer: status, used weight, order count, attempts.
    #[arg(long, help_heading = SENDING)]
    show_meta: bool,
}

impl SendOptions {
    /// Returns whether the request is checked.
    pub(crate) fn rules(&self) -> Rules {
        if self.unchecked { Rules::Skipped } else { Rules::Applied }
    }

    fn call(&self) -> Call {
        let default = Call::default();
        Call {
            deadline: self.timeout.map_or(default.deadline, Duration::from_secs),
            recv_window: self.recv_window.map_or(default.recv_window, Duration::from_millis),
            attempts: self.attempts.unwrap_or(default.attempts),
            ..default
        }
    }
}

/// Sends a request and prints the reply, or only shows what would be sent.
pub(crate) async fn send(
    outgoing: Outgoing,
    options: &SendOptions,
    times: Times,
    global: &GlobalOptions,
) -> Result<(), Failure> {
    let output = Output::of(global).with_times(times);
    let reply = match outgoing.info {
        // A reply without a type may be another one than the description says.
        Some(info) if outgoing.typed.is_some() => ReplyDescription::of(info),
        Some(info) => ReplyDescription::with_rows(info.paging.and_then(|paging| paging.rows)),
        None => ReplyDescription::default(),
    };
    let need = match (options.dry_run, outgoing.access.needs_key(), outgoing.effect) {
        (true, ..) => Need::Nothing,
        (false, true, Effect::Once) => Need::HostKeyAndIntents,
        (false, true, _) => Need::HostAndKey,
        (false, false, _) => Need::Host,
    };
    let connection = connect(global, settings(global)?, options.call(), need).await?;
    if options.dry_run {
        Output::new(global.format).print(&shown(&outgoing, &connection.client), ReplyDescription::default())?;
        stderr::note("dry run: nothing was sent");
        return Ok(());
    }
    let of_profile = outgoing.info.and_then(|info| connection.columns.get(&command_words(info)));
    let output = output.or_columns(of_profile.map_or(&[], Vec::as_slice));
    output.check_columns(reply)?;
    let consent = if options.yes { Consent::Given } else { Consent::NotGiven };
    confirm(&outgoing, &connection.client, consent)?;
    let (answer, meta) = tokio::select! {
        // In this order: from the first byte on, an interruption must be able to say that the outcome is unknown.
        biased;
        Ok(()) = tokio::signal::ctrl_c() => return Err(outgoing.interrupted(&connection)),
        answer = outgoing.send(&connection) => answer?,
    };
    output.print(&answer, reply)?;
    if let Some(note) = page::full_page(&outgoing, &answer, &page::exchange_flags(global, &connection.client)) {
        stderr::note(&note);
    }
    if options.show_meta {
        let used = meta.used_weight.map(|weight| format!(", used weight {weight}")).unwrap_or_default();
        let orders = meta.order_count.map(|count| format!(", order count {count}")).unwrap_or_default();
        stderr::note(&format!("status {}, attempts {}{used}{orders}", meta.status, meta.attempts));
    }
    Ok(())
}

/// Returns what would be sent.
fn shown(outgoing: &Outgoing, client: &Client) -> Json {
    Json::object([
        ("method", Json::text(outgoing.method.as_str())),
        ("host", Json::text(client.host())),
        ("path", Json::text(outgoing.path.as_str())),
        ("query", Json::text(outgoing.query().into_string())),
        ("weight", Json::number(outgoing.cost.weight)),
        ("orders", Json::number(outgoing.cost.orders)),
        ("effect", Json::text(outgoing.effect.as_str())),
    ])
}
