//! The answer of every call that has no code of its own: the documented example, adapted to the request.

use crate::account::Account;
use crate::json::Json;
use crate::refusal::Refusal;
use crate::routes::Request;
use crate::template;
use crate::windows::{count, searched};
use papi_types::{Effect, Span, Timestamp};

/// What a list may be asked to have only one row of.
const SUBJECTS: [&str; 4] = ["symbol", "asset", "pair", "marginAsset"];

/// How far back anything is known.
const KEPT: Span = papi_types::spec::months(12);

/// Numbers that the exchange makes anew for every request that does something.
const NEW_NUMBERS: [&str; 2] = ["tranId", "downloadId"];

/// The documented example with what was sent in it, the times of the search, and the account's settings.
pub(crate) fn documented(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let mut reply = only_asked(request.example()?, request);
    template::echo(&mut reply, request);
    template::move_to(&mut reply, searched(request, now, KEPT).1.as_millis());
    account.switches.show(&mut reply, request.info.group);
    if request.info.effect == Effect::Once {
        for name in NEW_NUMBERS.iter().filter(|name| request.sent(name).is_none()) {
            if let Some(shown) = reply.get(name) {
                let number = shown.like(&account.next_transaction().to_string());
                reply.replace(name, number);
            }
        }
    }
    Ok(reply.to_string())
}

/// The one row that was asked for, in a list or, where a page shows it so, without; at most as many rows as have room.
fn only_asked(example: Json, request: &Request<'_>) -> Json {
    let Json::List(mut rows) = example else { return example };
    let subjects: Vec<_> = SUBJECTS.iter().filter_map(|name| request.sent(name).map(|sent| (*name, sent))).collect();
    if !subjects.is_empty() {
        let is_about = |row: &Json, (name, sent): &(&str, &str)| {
            row.get(name).and_then(Json::told).is_some_and(|told| told == *sent)
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
