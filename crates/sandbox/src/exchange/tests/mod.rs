//! Requests against the exchange without a socket: how the tests below ask, and what they look at.

mod controlled;
mod counted;
mod every;
mod faulty;
mod forgotten;
mod given;
mod placed;
mod refused;
mod served;
mod settings;
mod situated;
mod traded;

use super::*;
use crate::answer::RETRY_AFTER;
use crate::auth::{DEMO_KEY, DEMO_SECRET};
use crate::request_log::SeenRequest;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::Value;
use std::fmt::Write as _;

const NOW: i64 = 1_790_000_012_345;
const DAY: i64 = 86_400_000;
const UM_FORCE_ORDERS: &str = "/papi/v1/um/forceOrders";
const CM_FORCE_ORDERS: &str = "/papi/v1/cm/forceOrders";
const MARGIN_FORCE_ORDERS: &str = "/papi/v1/margin/forceOrders";
const UM_ORDER: &str = "/papi/v1/um/order";

fn exchange(limits: Limits) -> Exchange {
    Exchange::new(Credentials::new(DEMO_KEY, DEMO_SECRET).unwrap(), limits, 1)
}

fn signature(payload: &str) -> String {
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(DEMO_SECRET.as_bytes()).unwrap();
    mac.update(payload.as_bytes());
    mac.finalize().into_bytes().iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

/// A signed request, with the parameters in the query.
fn signed(method: &str, path: &str, params: &str) -> RawRequest {
    let separator = if params.is_empty() { "" } else { "&" };
    let payload = format!("{params}{separator}timestamp={NOW}");
    let query = format!("{payload}&signature={}", signature(&payload));
    RawRequest { method: method.into(), path: path.into(), query, key: Some(DEMO_KEY.into()), ..RawRequest::default() }
}

fn ask(exchange: &mut Exchange, method: &str, path: &str, params: &str) -> Answer {
    exchange.answer(&signed(method, path, params), Timestamp::from_millis(NOW))
}

fn get(path: &str, params: &str) -> Answer {
    ask(&mut exchange(Limits::default()), "GET", path, params)
}

fn body(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap()
}

fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    answer.headers.iter().find(|(each, _)| each == name).map(|(_, value)| value.as_str())
}

/// What a reply says, however it says it: nothing by a field that is null, empty or not there, and the same by a number
/// with and without quotes.
fn said(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let is_said = |value: &&Value| !value.is_null() && value.as_str() != Some("");
            let fields = fields.iter().filter(|(_, value)| is_said(value));
            Value::Object(fields.map(|(name, value)| (name.clone(), said(value))).collect())
        }
        Value::Array(rows) => Value::Array(rows.iter().map(said).collect()),
        Value::Number(number) => Value::String(number.to_string()),
        other => other.clone(),
    }
}

/// The answer must read into the endpoint's reply type.
fn assert_fits(method: &str, path: &str, answer: &Answer) {
    assert_eq!(answer.status, 200, "{}", answer.body);
    let info = crate::request::endpoint(method.parse().ok(), path).unwrap();
    let reprinted = (info.reprint)(answer.body.as_bytes()).unwrap_or_else(|error| panic!("{path}: {error}"));
    let (ours, theirs) = (said(&body(answer)), said(&serde_json::from_str(&reprinted).unwrap()));
    assert_eq!(ours, theirs, "{path}: no field is lost or changed by the reply type");
}

#[track_caller]
fn assert_refused(answer: &Answer, status: u16, code: i64, message: &str) {
    let told = body(answer);
    assert_eq!((answer.status, &told["code"], &told["msg"]), (status, &code.into(), &message.into()));
}
