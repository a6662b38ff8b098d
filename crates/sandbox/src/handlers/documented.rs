//! The answer of every call that has no code of its own: the documented example, adapted to the request.

use crate::account::Account;
use crate::refusal::Refusal;
use crate::request::Request;
use crate::search::{RECORDS_KEPT, count, searched};
use crate::template;
use papi_types::json::Json;
use papi_types::{Effect, Timestamp};

/// The parameters that ask a list for the row of one thing only.
const SUBJECTS: [&str; 4] = ["symbol", "asset", "pair", "marginAsset"];

/// The fields with a new number for every request that acts.
const NEW_NUMBERS: [&str; 2] = ["tranId", "downloadId"];

/// Answers with the documented example: with the values that were sent, the times of the search, and the account's
/// settings.
pub(crate) fn answer(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let mut reply = only_asked(request.example()?, request);
    template::echo(&mut reply, request);
    template::move_to(&mut reply, searched(request, now, RECORDS_KEPT).1.as_millis());
    account.settings.show(&mut reply, request.info.group);
    if request.info.effect == Effect::Once {
        for name in NEW_NUMBERS.iter().filter(|name| request.sent(name).is_none()) {
            if reply.get(name).is_some() {
                template::fill(&mut reply, name, &account.next_transaction().to_string());
            }
        }
    }
    Ok(reply.to_string())
}

/// Returns the one row that was asked for, in a list or without one as the page shows it; otherwise as many rows as a
/// page holds.
fn only_asked(example: Json, request: &Request<'_>) -> Json {
    let Json::List(mut rows) = example else { return example };
    let subjects: Vec<_> = SUBJECTS.iter().filter_map(|name| request.sent(name).map(|sent| (*name, sent))).collect();
    if !subjects.is_empty() {
        let is_about = |row: &Json, (name, sent): &(&str, &str)| {
            row.get(name).and_then(Json::scalar).is_some_and(|shown| shown == *sent)
        };
        let found = rows.iter().position(|row| subjects.iter().all(|subject| is_about(row, subject)));
        rows.swap(0, found.unwrap_or(0));
        rows.truncate(1);
        if request.info.examples.iter().any(|example| example.trim_start().starts_with('{'))
            && let Some(row) = rows.pop()
        {
            return row;
        }
    }
    rows.truncate(count(request, "limit").min(count(request, "size")));
    Json::List(rows)
}
