//! `papi intents list`: reads the file and nothing else, so it needs no key and disturbs no process.

use super::{client_order_id, named_file, params_text, read, sent_at_text, tell_findings, where_to_look};
use crate::failure::Failure;
use crate::global_options::GlobalOptions;
use crate::output::{Output, ReplyDescription};
use crate::profile::settings;
use crate::stderr;
use binance_papi::intents::{self, Intent};
use binance_papi::json::Json;

pub(super) fn run(global: &GlobalOptions) -> Result<(), Failure> {
    let settings = settings(global)?;
    let path = named_file(&settings)?;
    let listing = read(path)?;
    tell_findings(path, &listing);
    if let Some(owner) = intents::owner(path) {
        let text = "what it is sending at this moment is listed as well";
        stderr::note(&format!("{} belongs to {owner}; {text}", path.display()));
    }
    let output = Output::of(global);
    let row = if output.format().is_for_people() { overview } else { description };
    let rows = Json::List(listing.intents.iter().map(row).collect());
    output.print(&rows, ReplyDescription::default())
}

/// Returns a row for people.
fn overview(intent: &Intent) -> Json {
    Json::object([
        ("number", Json::number(intent.number())),
        ("sent", Json::text(sent_at_text(intent))),
        ("call", Json::text(intent.call())),
        ("params", Json::text(params_text(intent))),
        ("next", Json::text(where_to_look(intent).unwrap_or_else(|| "papi intents settle".to_owned()))),
    ])
}

/// Returns everything about an intent, for programs: every row has all keys.
fn description(intent: &Intent) -> Json {
    let params = intent.params().into_iter().map(|(name, value)| (name.into(), Json::text(value)));
    let sent_at = intent.sent_at().iter().map(|at| Json::number(at.as_millis()));
    let recv_window = i128::try_from(intent.recv_window().as_millis()).unwrap_or(i128::MAX);
    Json::object([
        ("number", Json::number(intent.number())),
        ("call", Json::text(intent.call())),
        ("clientOrderId", client_order_id(intent)),
        ("params", Json::Object(params.collect())),
        ("host", Json::text(intent.host())),
        ("sentAt", Json::List(sent_at.collect())),
        ("recvWindow", Json::number(recv_window)),
        ("whyNotAsked", intent.why_not_asked().map_or(Json::null(), |why| Json::text(why.to_string()))),
        ("shownBy", intent.shown_by().map_or(Json::null(), Json::text)),
    ])
}
