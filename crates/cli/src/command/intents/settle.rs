//! `papi intents settle`: asks the exchange for everything in the file that it can be asked for.

use super::{client_order_id, counted_calls, named_file, read, tell_findings, where_to_look};
use crate::command::patience::PatienceOptions;
use crate::command::settle::shown;
use crate::connect::{Need, connect};
use crate::exit_code::ExitCode;
use crate::failure::Failure;
use crate::global_options::GlobalOptions;
use crate::output::{Output, ReplyDescription};
use crate::profile::settings;
use crate::stderr;
use binance_papi::intents::{Intent, IntentEnd, SettledIntent};
use binance_papi::json::Json;
use binance_papi::{Call, Settlement};
use clap::Args;
use papi_runtime::with_causes;

/// Ask the exchange what became of each call without a known end, and write that down. It only asks, and sends nothing anew.
///
/// Calls that nothing can be asked about are printed with where to look. Those of another key or host are printed as well, and
/// not asked for: name the profile that has sent them.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  papi intents settle --intents desk.intents
  papi intents settle --profile main --timeout 20 --format json

Prints `outcome` (accepted, absent, unknown) for each, and what the exchange shows. Exit codes: 0 all were executed, or there
was none; 8 some were not and will not be; 6 some are still unknown.")]
pub(super) struct SettleIntents {
    #[command(flatten)]
    patience: PatienceOptions,
}

impl SettleIntents {
    pub(super) async fn run(self, global: &GlobalOptions) -> Result<(), Failure> {
        let settings = settings(global)?;
        let path = named_file(&settings)?.to_owned();
        let listing = read(&path)?;
        let output = Output::of(global);
        if listing.intents.is_empty() {
            tell_findings(&path, &listing);
            stderr::note(&format!("every call in {} has its end", path.display()));
            return output.print(&Json::List(Vec::new()), ReplyDescription::default());
        }
        let connection = connect(global, settings, Call::default(), Need::HostKeyAndIntents).await?;
        let calls = counted_calls(listing.intents.len());
        stderr::note(&format!("asking what became of {calls}, for {} s at most each", self.patience.timeout));
        let settled = tokio::select! {
            settled = connection.client.settle_all(self.patience.patience()) => settled?,
            Ok(()) = tokio::signal::ctrl_c() => {
                return Err(Failure::new(ExitCode::Unknown, "interrupted: `papi intents list` shows what is still unknown"));
            }
        };
        let row = if output.format().is_for_people() { overview } else { description };
        output.print(&Json::List(settled.iter().map(row).collect()), ReplyDescription::default())?;
        verdict(&settled)
    }
}

/// What became of an intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Accepted,
    Absent,
    Unknown,
}

impl Outcome {
    fn of(settled: &SettledIntent) -> Self {
        match settled.end {
            IntentEnd::Settled(Settlement::Accepted(_)) => Self::Accepted,
            IntentEnd::Settled(Settlement::Absent) => Self::Absent,
            _ => Self::Unknown,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Absent => "absent",
            Self::Unknown => "unknown",
        }
    }
}

/// Returns how the command ends: what is still unknown is worse than what was not executed.
fn verdict(settled: &[SettledIntent]) -> Result<(), Failure> {
    let count = |outcome| settled.iter().filter(|settled| Outcome::of(settled) == outcome).count();
    match (count(Outcome::Unknown), count(Outcome::Absent)) {
        (0, 0) => Ok(()),
        (0, absent) => Err(Failure::new(
            ExitCode::NotExecuted,
            format!("not executed, and will not be: {}; sending such a call anew is safe", counted_calls(absent)),
        )),
        (unknown, _) => Err(Failure::new(ExitCode::Unknown, format!("still unknown: {}", counted_calls(unknown)))
            .hint("do not send them anew before you know; run the same command again, or look at the account")
            .hint("when you have looked, `papi intents forget NUMBER` ends a call that is never known otherwise")),
    }
}

/// Returns why it is still unknown, where it is.
fn doubt(settled: &SettledIntent) -> Option<String> {
    match &settled.end {
        IntentEnd::Settled(Settlement::StillUnknown(doubt)) => Some(doubt.to_string()),
        IntentEnd::Failed(error) => Some(with_causes(error)),
        IntentEnd::NotAsked(_) => where_to_look(&settled.intent),
        _ => None,
    }
}

/// Returns what the exchange shows of an executed call.
fn found(settled: &SettledIntent) -> Option<Json> {
    match &settled.end {
        IntentEnd::Settled(Settlement::Accepted(found)) => Some(shown(found)),
        _ => None,
    }
}

fn of_intent(intent: &Intent) -> [(&'static str, Json); 3] {
    [
        ("number", Json::number(intent.number())),
        ("call", Json::text(intent.call())),
        ("clientOrderId", client_order_id(intent)),
    ]
}

/// Returns a row for people, with what tells an order's state at a glance.
fn overview(settled: &SettledIntent) -> Json {
    let [number, call, id] = of_intent(&settled.intent);
    let state = found(settled).map(|found| {
        let field = |name| found.get(name).and_then(Json::scalar).map(|value| format!("{name} {value}"));
        ["orderId", "strategyId", "algoId", "status"].into_iter().filter_map(field).collect::<Vec<_>>().join(", ")
    });
    let detail = doubt(settled).or(state).unwrap_or_default();
    Json::object([
        number,
        call,
        id,
        ("outcome", Json::text(Outcome::of(settled).as_str())),
        ("detail", Json::text(detail)),
    ])
}

/// Returns everything that became known, for programs: every row has all keys.
fn description(settled: &SettledIntent) -> Json {
    let [number, call, id] = of_intent(&settled.intent);
    let outcome = ("outcome", Json::text(Outcome::of(settled).as_str()));
    let doubt = doubt(settled).map_or(Json::null(), Json::text);
    Json::object([number, call, id, outcome, ("doubt", doubt), ("found", found(settled).unwrap_or_else(Json::null))])
}
