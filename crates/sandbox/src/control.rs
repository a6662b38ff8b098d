//! What the sandbox answers about itself, under a path that no exchange has: the faults to come, and what it saw.

use crate::answer::Answer;
use crate::exchange::{Asked, Exchange};
use crate::faults::Fault;
use papi_types::Timestamp;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const ROOT: &str = "/sandbox/";
const FAULTS: &str = "/sandbox/faults";
const JOURNAL: &str = "/sandbox/journal";

/// Whether a path is about the sandbox and not about the exchange.
pub(crate) fn is_control(path: &str) -> bool {
    path.starts_with(ROOT)
}

/// Answers a request about the sandbox.
pub(crate) fn answer(exchange: &mut Exchange, asked: &Asked, now: Timestamp) -> Answer {
    match (asked.method.as_str(), asked.path.as_str()) {
        ("GET", FAULTS) => Answer::ok(faults(exchange).to_string()),
        ("POST", FAULTS) => match Fault::script(&asked.body) {
            Ok(added) => {
                for fault in added {
                    exchange.inject(fault, now);
                }
                Answer::ok(faults(exchange).to_string())
            }
            Err(error) => complaint(400, &error.to_string()),
        },
        ("DELETE", FAULTS) => {
            exchange.clear_faults();
            Answer::ok(faults(exchange).to_string())
        }
        ("GET", JOURNAL) => Answer::ok(journal(exchange).to_string()),
        (_, FAULTS | JOURNAL) => complaint(405, "faults take GET, POST and DELETE; the journal takes GET"),
        _ => complaint(404, "there are /sandbox/faults and /sandbox/journal"),
    }
}

/// An answer of the sandbox to something that it does not understand.
pub(crate) fn complaint(status: u16, text: &str) -> Answer {
    Answer::new(status, json!({ "error": text }).to_string())
}

fn faults(exchange: &Exchange) -> Value {
    exchange.faults.list().map(|(fault, left)| fault.written(left)).collect()
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
