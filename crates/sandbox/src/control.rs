//! What the sandbox answers about itself, under a path that no exchange has: the faults to come, the events
//! that were told, and the log of requests.

use crate::answer::Answer;
use crate::exchange::Exchange;
use crate::faults::Fault;
use crate::raw_request::RawRequest;
use papi_types::Timestamp;
use papi_types::json::Json;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::IpAddr;

const ROOT: &str = "/sandbox/";
const FAULTS: &str = "/sandbox/faults";
const JOURNAL: &str = "/sandbox/journal";
const EVENTS: &str = "/sandbox/events";

/// Returns whether a path is about the sandbox and not about the exchange.
pub(crate) fn is_control(path: &str) -> bool {
    path.starts_with(ROOT)
}

/// Returns the answer to a request about the sandbox that was sent to the name of another host: a web page whose name
/// leads to this machine must not read the log or inject faults.
pub(crate) fn refusal(raw: &RawRequest) -> Option<Answer> {
    let is_loopback = raw.host.as_deref().is_some_and(is_loopback);
    (!is_loopback).then(|| Answer::not_understood(403, "ask for it by a loopback address or as localhost"))
}

/// Returns whether a host, perhaps with a port, is this machine.
fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let address = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    name.eq_ignore_ascii_case("localhost") || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
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
        ("GET", EVENTS) => events(exchange),
        ("POST", EVENTS) => {
            for text in emitted(&raw.body) {
                exchange.emit(text, now);
            }
            events(exchange)
        }
        (_, FAULTS | JOURNAL | EVENTS) => Answer::not_understood(
            405,
            "faults take GET, POST and DELETE; events take GET and POST; the journal takes GET",
        ),
        _ => Answer::not_understood(404, "there are /sandbox/faults, /sandbox/events and /sandbox/journal"),
    }
}

fn faults(exchange: &Exchange) -> Answer {
    Answer::ok(exchange.faults.list().map(|(fault, left)| fault.written(left)).collect::<Value>().to_string())
}

/// Returns the events in a body: the elements of a list, or all of it, which need not be JSON.
fn emitted(body: &str) -> Vec<String> {
    match Json::parse(body) {
        Ok(Json::List(events)) => events.iter().map(Json::to_string).collect(),
        _ => vec![body.to_owned()],
    }
}

/// Lists the events that were told; one that is not JSON as a text.
fn events(exchange: &Exchange) -> Answer {
    let told = exchange.told().map(|text| Json::parse(text).unwrap_or_else(|_| Json::text(text)));
    Answer::ok(Json::List(told.collect()).to_string())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_loopback() {
        for host in ["127.0.0.1:8080", "127.0.0.1", "127.8.8.8:1", "localhost", "LocalHost:80", "[::1]:8080", "[::1]"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in
            ["", ":80", "evil.example:8080", "localhost.evil.example", "127.0.0.1.evil.example:80", "10.0.0.1", "[::2]"]
        {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
