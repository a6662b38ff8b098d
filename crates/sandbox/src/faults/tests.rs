//! Faults without an exchange: as text, as a plan, and what each answers.

use super::*;
use crate::answer::{Answer, Delivery, RETRY_AFTER};
use papi_types::Timestamp;
use std::collections::BTreeSet;
use std::time::Duration;

const NOW: Timestamp = Timestamp::from_millis(1_790_000_012_345);
const ORDER: &str = "/papi/v1/um/order";

fn subject<'a>(method: &'a str, path: &'a str, client_id: Option<&'a str>) -> Subject<'a> {
    Subject { method, path, client_ids: client_id.into_iter().collect(), only_by_path: path == "/fapi/v1/time" }
}

/// Which of the requests a fault meets, with all faults of the plan being used up as they come.
fn met(fault: Fault, seed: u64, requests: &[Subject<'_>]) -> Vec<bool> {
    let mut faults = Faults::new(seed);
    faults.add(fault);
    let mut meets = |request| faults.find(request, |_| true).and_then(|met| faults.take(met)).is_some();
    requests.iter().map(&mut meets).collect()
}

#[test]
fn a_fault_is_a_name_or_an_object() {
    let text = r#"{"fault": "answer", "method": "post", "path": "/papi/v1/um/order", "client_order_id": "a", "times": 3,
        "percent": 20, "acts": "before", "reveal_after_ms": 1500, "status": 400, "code": -2010, "message": "No.",
        "headers": {"X-One": "1"}}"#;
    let answer = CannedAnswer::refusal(400, -2010, "No.").header("x-one", "1");
    let fault = Fault::answering(answer).method("POST").path(ORDER).client_order_id("a").times(3).percent(20);
    let fault = fault.acts(Acts::Before).reveal_after(Duration::from_millis(1_500));
    assert_eq!(text.parse(), Ok(fault));
    assert_eq!(" 503-unknown ".parse(), Ok(Fault::new(FaultKind::UnknownError503)));
    let refuse = Fault::new(FaultKind::Refuse).lasting(Duration::from_millis(5));
    assert_eq!(Fault::script(r#"{"fault": "refuse", "for_ms": 5}"#), Ok(vec![refuse]));
    let stall = Fault::new(FaultKind::StallMidBody).always().holding(Duration::from_secs(2));
    let wait = Fault::new(FaultKind::TooManyRequests429).retry_after(7);
    let script =
        r#"[{"fault": "stall-mid-body", "times": "always", "hold_ms": 2000}, {"fault": "429", "retry_after": 7}]"#;
    assert_eq!(Fault::script(script), Ok(vec![stall, wait]));
}

#[test]
fn every_fault_reads_as_it_is_written() {
    for fault in Fault::script(FAULTS_EXAMPLE).unwrap() {
        let left = fault.limit();
        let again: Fault = fault.written(left).to_string().parse().unwrap();
        assert_eq!((again.limit(), again.written(left)), (left, fault.written(left)));
    }
}

#[test]
fn what_is_wrong_with_a_script_is_said() {
    for (script, said) in [
        ("", "EOF"),
        ("7", "a script is a list of faults"),
        (r#"["429", 7]"#, "fault 2 of the list: a fault is a name or an object"),
        (r#"["504"]"#, "fault 1 of the list: no fault is named \"504\"; there are refuse, reset-before-read"),
        (r#"{"times": 2}"#, "`fault` is missing; there are refuse"),
        (r#"{"fault": "429", "tims": 2}"#, "unknown field `tims`, expected one of `fault`, `method`"),
        (r#"{"fault": "429", "times": 0}"#, "`times` is a whole number from 1, or \"always\""),
        (r#"{"fault": "429", "times": "often"}"#, "`times` is a whole number from 1, or \"always\""),
        (r#"{"fault": "429", "percent": 101}"#, "`percent` is a whole number from 1 to 100"),
        (r#"{"fault": "429", "acts": "later"}"#, "`acts` is \"before\" or \"never\""),
        (r#"{"fault": "-1021", "acts": "before"}"#, "-1021 leaves nothing to act before it"),
        (r#"{"fault": "429", "hold_ms": 1}"#, "`hold_ms` has no meaning for 429"),
        (r#"{"fault": "503-unknown", "reveal_after_ms": 1}"#, "`reveal_after_ms` has no meaning for 503-unknown"),
        (r#"{"fault": "refuse", "for_ms": 1, "path": "/x"}"#, "`path` has no meaning for refuse"),
        (r#"{"fault": "half-open", "path": "/x"}"#, "`path` has no meaning for half-open"),
        (r#"{"fault": "stream-cut", "hold_ms": 1}"#, "`hold_ms` has no meaning for stream-cut"),
        (r#"{"fault": "429", "after_ms": 1}"#, "`after_ms` has no meaning for 429"),
        (r#"{"fault": "unknown-event", "count": 1}"#, "`count` has no meaning for unknown-event"),
        (r#"{"fault": "events-first", "acts": "never"}"#, "`acts` has no meaning for events-first"),
        (
            r#"{"fault": "events-first", "path": "/pm/ws"}"#,
            "events-first is about a call, and /pm/ws opens a connection; on those happen half-open, stream-cut, ",
        ),
        (r#"{"fault": "late-reveal", "path": "/pm/ws", "reveal_after_ms": 1}"#, "late-reveal is about a call"),
        (r#"["events-late"]"#, "events-late needs `after_ms`"),
        (r#"["refuse"]"#, "refuse needs `for_ms`"),
        (r#"["late-reveal"]"#, "late-reveal needs `reveal_after_ms`"),
        (r#"["answer"]"#, "answer needs `status`"),
        (r#"{"fault": "answer", "status": 99}"#, "`status` is a number from 200 to 599"),
        (r#"{"fault": "answer", "status": 400, "code": 1, "body": ""}"#, "either `code` and `message`, or `body`"),
        (r#"{"fault": "answer", "status": 400, "message": "x"}"#, "either `code` and `message`, or `body`"),
        (r#"{"fault": "answer", "status": 400, "headers": {"a b": ""}}"#, "\"a b\" is no name of a header"),
    ] {
        let error = Fault::script(script).unwrap_err().to_string();
        assert!(error.contains(said), "{script}: {error}");
    }
}

#[test]
fn a_fault_meets_the_requests_that_it_is_about() {
    let requests = [
        subject("GET", "/fapi/v1/time", None),
        subject("GET", ORDER, Some("a")),
        subject("POST", ORDER, Some("a")),
        subject("POST", ORDER, Some("b")),
        subject("POST", "/papi/v1/cm/order", None),
    ];
    let lost = || Fault::new(FaultKind::Lost).always();
    for (fault, expected) in [
        (lost(), [false, true, true, true, true]),
        (lost().path("/fapi/v1/time"), [true, false, false, false, false]),
        (lost().method("post"), [false, false, true, true, true]),
        (lost().method("POST").path(ORDER), [false, false, true, true, false]),
        (lost().client_order_id("a"), [false, true, true, false, false]),
        (lost().times(2), [false, true, true, false, false]),
        (lost().times(0), [false; 5]),
        (Fault::new(FaultKind::Lost), [false, true, false, false, false]),
    ] {
        assert_eq!(met(fault.clone(), 1, &requests), expected, "{fault:?}");
    }
}

#[test]
fn the_first_fault_that_meets_a_request_counts() {
    let mut faults = Faults::new(1);
    faults.add(Fault::new(FaultKind::Lost).method("POST"));
    faults.add(Fault::new(FaultKind::BadJson).times(2));
    let mut next = |method| {
        let met = faults.find(&subject(method, ORDER, None), |_| true)?;
        Some(faults.take(met)?.kind())
    };
    let kinds = [next("GET"), next("POST"), next("POST"), next("POST")];
    assert_eq!(kinds, [Some(FaultKind::BadJson), Some(FaultKind::Lost), Some(FaultKind::BadJson), None]);
}

#[test]
fn chance_follows_from_the_seed_and_the_request_and_not_from_what_else_goes_on() {
    let fault = || Fault::new(FaultKind::Lost).percent(30);
    let names: Vec<String> = (0..200).map(|number| format!("order-{number}")).collect();
    let requests: Vec<_> = names.iter().map(|name| subject("POST", ORDER, Some(name))).collect();
    let first = met(fault(), 1, &requests);
    let share = first.iter().filter(|met| **met).count();
    assert!((40..80).contains(&share), "{share} of 200");
    assert_eq!(met(fault(), 1, &requests), first);
    assert_ne!(met(fault(), 2, &requests), first);
    let backwards: Vec<_> = names.iter().rev().map(|name| subject("POST", ORDER, Some(name))).collect();
    assert!(met(fault(), 1, &backwards).into_iter().rev().eq(first));
    // The same request again has a chance of its own.
    let again: Vec<_> = (0..200).map(|_| subject("POST", ORDER, Some("x"))).collect();
    let kinds: BTreeSet<bool> = met(fault(), 1, &again).into_iter().collect();
    assert_eq!(kinds.len(), 2);
}

fn answer(kind: FaultKind) -> Answer {
    Fault::new(kind).apply(None, ORDER, NOW)
}

#[test]
fn made_up_answers_say_what_the_documentation_says() {
    use FaultKind as K;
    let until = NOW.plus(Duration::from_secs(120));
    for (kind, status, said, wait) in [
        (K::Html404, 404, "<html>", None),
        (K::Html403, 403, "<html>", None),
        (K::Html502, 502, "<html>", None),
        (K::Html504, 504, "<html>", None),
        (K::Redirect, 302, "", None),
        (K::UnknownError503, 503, r#""msg":"Unknown error, please check your request or try again later.""#, None),
        (K::Unavailable503, 503, r#""msg":"Service Unavailable.""#, None),
        (
            K::Throttled503,
            503,
            r#"{"code":-1008,"msg":"Request throttled by system-level protection. Reduce-only/close-position orders are exempt. Please try again."}"#,
            None,
        ),
        (K::ThrottledOtherwise503, 503, r#"{"code":-1008,"msg":"Server is currently overloaded"#, None),
        (K::InternalError503, 503, r#"{"code":-1001,"msg":"Internal error; unable to process your request. "#, None),
        (K::Unknown500, 500, r#"{"code":-1000,"#, None),
        (K::Timeout408, 408, r#"{"code":-1007,"#, None),
        (K::UnexpectedResponse, 400, r#"{"code":-1006,"#, None),
        (K::BackendTimeout, 400, r#"{"code":-1007,"#, None),
        (K::TooManyRequests429, 429, r#"{"code":-1003,"#, Some("1")),
        (K::TooManyRequests429Bare, 429, r#"{"code":-1003,"#, None),
        (K::Banned418, 418, r#"{"code":-1003,"#, Some("120")),
        (K::Banned418Bare, 418, r#"{"code":-1003,"#, None),
        (K::Banned418Until, 418, &*format!("IP banned until {}.", until.as_millis()), None),
        (K::TooManyRequests400, 400, r#"{"code":-1003,"#, None),
        (K::OutsideRecvWindow, 400, r#"{"code":-1021,"#, None),
    ] {
        let answer = answer(kind);
        assert_eq!((answer.status, answer.delivery), (status, Delivery::Whole), "{kind:?}");
        assert!(answer.body.contains(said), "{kind:?}: {}", answer.body);
        let told = answer.headers.iter().find(|(name, _)| name == RETRY_AFTER).map(|(_, value)| value.as_str());
        assert_eq!(told, wait, "{kind:?}");
        assert_eq!(answer.body.contains("banned until"), kind == K::Banned418Until);
    }
}

#[test]
fn broken_connections_carry_the_answer_to_the_request_or_one_like_it() {
    use FaultKind as K;
    let hold = Duration::from_secs(30);
    for (kind, delivery) in [
        (K::ResetAfterRead, Delivery::Reset),
        (K::Lost, Delivery::Reset),
        (K::StallBeforeHeaders, Delivery::StallBeforeHeaders(hold)),
        (K::StallAfterHeaders, Delivery::StallAfterHeaders(hold)),
        (K::StallMidBody, Delivery::StallMidBody(hold)),
        (K::CutBody, Delivery::Cut),
    ] {
        assert_eq!(answer(kind).delivery, delivery, "{kind:?}");
        let served = Answer::ok(r#"{"a":1}"#.to_owned()).with("x-one", "1");
        let spoiled = Fault::new(kind).apply(Some(served.clone()), ORDER, NOW);
        assert_eq!(spoiled, served.delivered(delivery), "{kind:?}");
        assert!(answer(kind).body.len() > 1, "{kind:?}: there are halves");
    }
}

#[test]
fn bad_json_is_a_success_that_cannot_be_read() {
    for body in [r#"{"a":1}"#, "[]", "{}", "{\"symbol\":\"币安人生USDT\"}", "", "7"] {
        let spoiled = Fault::new(FaultKind::BadJson).apply(Some(Answer::new(400, body)), ORDER, NOW);
        assert_eq!((spoiled.status, spoiled.delivery), (200, Delivery::Whole));
        assert!(!spoiled.body.is_empty() && papi_types::json::Json::parse(&spoiled.body).is_err(), "{}", spoiled.body);
    }
}
