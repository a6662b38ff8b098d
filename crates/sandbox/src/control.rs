//! What the sandbox answers about itself, under a path that no exchange has: the faults to come, and the log of
//! requests.

use crate::answer::Answer;
use crate::exchange::Exchange;
use crate::faults::Fault;
use crate::raw_request::RawRequest;
use papi_types::Timestamp;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const ROOT: &str = "/sandbox/";
const FAULTS: &str = "/sandbox/faults";
const JOURNAL: &str = "/sandbox/journal";

/// Returns whether a path is about the sandbox and not about the exchange.
pub(crate) fn is_control(path: &str) -> bool {
    path.starts_with(ROOT)
}

/// Answers a request about the sandbox.
pub(crate) fn answer(exchange: &mut Exchange, raw: &RawRequest, now: Timestamp) -> Answer {
    match (raw.method.as_str(), raw.path.as_str()) {
        ("GET", FAULTS) => faults(exchange),
        ("POST", FAULTS) => match Fault::script(&raw.body) {
            Ok(added) => {
                for fault in added {
                    exchange.inject(fault, now);
                }
                faults(exchange)
            }
            Err(error) => Answer::not_understood(400, &error.to_string()),
        },
        ("DELETE", FAULTS) => {
            exchange.clear_faults();
            faults(exchange)
        }
        ("GET", JOURNAL) => Answer::ok(journal(exchange).to_string()),
        (_, FAULTS | JOURNAL) => Answer::not_understood(405, "faults take GET, POST and DELETE; the journal takes GET"),
        _ => Answer::not_understood(404, "there are /sandbox/faults and /sandbox/journal"),
    }
}

fn faults(exchange: &Exchange) -> Answer {
    Answer::ok(exchange.faults.list().map(|(fault, left)| fault.written(left)).collect::<Value>().to_string())
}

fn journal(exchange: &Exchange) -> Value {
    let requests = &exchange.requests;
    let calls: Vec<_> = requests
        .calls()
        .map(|(method, path, count)| {
            json!({ "method": method, "path": path, "requests": count, "executed": requests.executed(method, path) })
        })
        .collect();
    let executions = exchange.account.orders.executions();
    let client_ids: BTreeMap<_, _> = requests
        .client_ids()
        .map(|(id, count)| (id, json!({ "requests": count, "executions": executions.get(id).copied().unwrap_or(0) })))
        .collect();
    json!({
        "total": requests.total(),
        "calls": calls,
        "client_order_ids": client_ids,
        "usage": exchange.meter.usage,
    })
}
