//! Of every call that changes something: what tells what became of a lost one can be asked, or is named.

mod requests;

use papi_types::spec::{LostCall, Question};
use papi_types::{ENDPOINTS, Effect, EndpointInfo, Timestamp};
use requests::{Draft, Edit, maximal_requests, minimal_requests, plain_value};
use std::collections::BTreeSet;
use std::io::Write as _;

const NOW: Timestamp = Timestamp::from_millis(1_792_000_000_000);

/// Calls of which nothing tells, and why that is bearable or unavoidable.
const NOTHING_TELLS: [(&str, &str); 7] = [
    ("um::RequestIncomeDownload", "the file is asked for by an id that only the lost answer has"),
    ("um::RequestOrderDownload", "the file is asked for by an id that only the lost answer has"),
    ("um::RequestTradeDownload", "the file is asked for by an id that only the lost answer has"),
    ("um::SignStockContract", "no call tells whether it is signed; signing twice does no harm"),
    ("stream::OpenStream", "opening again gives the same key"),
    ("stream::KeepStreamAlive", "the next one keeps it alive as well"),
    ("stream::CloseStream", "an open stream ends by itself within the hour"),
];

/// A new call of which nothing tells is named past the capture of the test's output and is no failure: its spec says why.
#[test]
fn every_call_that_changes_something_can_be_settled_or_is_shown_by_another_but_for_these() {
    let found: BTreeSet<String> = ENDPOINTS
        .iter()
        .filter(|info| info.effect != Effect::Read && info.settle.is_empty() && info.shown_by.is_none())
        .map(|info| info.type_path())
        .collect();
    let expected: BTreeSet<String> = NOTHING_TELLS.iter().map(|(path, _)| (*path).to_owned()).collect();
    for path in found.difference(&expected) {
        let _ = writeln!(std::io::stderr(), "nothing tells what became of a lost {path}: its spec says why");
    }
    let told_of: Vec<&String> = expected.difference(&found).collect();
    assert!(told_of.is_empty(), "something tells of these after all: {told_of:?}");
}

/// The request as the client sends it: with the ids that tell it from others.
fn named(request: &Draft) -> Draft {
    let missing = request.info.client_ids.iter().filter(|id| !request.has(id));
    let edits: Vec<Edit> = missing
        .map(|id| {
            let param = request.info.param(id).expect("a parameter");
            Edit::Send(param.name, plain_value(request.info, param, NOW))
        })
        .collect();
    request.edited_by(&edits)
}

/// Asserts that a question can be put, and returns an answer to it.
fn put(question: &Question, lost: &LostCall, before: Option<&str>, of: &EndpointInfo) -> String {
    let asked = EndpointInfo::of(question.route).unwrap_or_else(|| panic!("{}: no {}", of.type_path(), question.route));
    assert_eq!(asked.effect, Effect::Read, "{}", of.type_path());
    let requests = lost.requests(question, before.map(str::as_bytes));
    assert!(!requests.is_empty(), "{}: nothing is asked", of.type_path());
    for pairs in requests {
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let request = (asked.parse)(&pairs).unwrap_or_else(|invalid| panic!("{}: {invalid}", of.type_path()));
        request.check(NOW).unwrap_or_else(|invalid| panic!("{}: {invalid}", of.type_path()));
    }
    (asked.reprint)(asked.examples[0].as_bytes()).expect("reads")
}

#[test]
fn every_question_can_be_put_for_the_smallest_and_the_largest_request() {
    let mut count = 0;
    for info in ENDPOINTS.iter().filter(|info| !info.settle.is_empty()) {
        for draft in minimal_requests(info, NOW).iter().chain(&maximal_requests(info, NOW)) {
            let request = named(draft).parse().unwrap_or_else(|invalid| panic!("{}: {invalid}", info.type_path()));
            let lost = LostCall::of(&*request);
            let mut before: Option<String> = None;
            for question in info.settle {
                before = Some(put(question, &lost, before.as_deref(), info));
                count += 1;
            }
        }
    }
    println!("{count} questions");
    assert!(count > 0);
}

#[test]
fn what_shows_a_call_is_a_read() {
    for (info, call) in ENDPOINTS.iter().filter_map(|info| Some((info, info.shown_by?))) {
        let shown_by = EndpointInfo::of(call).unwrap_or_else(|| panic!("{}: no {call}", info.type_path()));
        assert_eq!(shown_by.effect, Effect::Read, "{}", info.type_path());
    }
}

#[test]
fn a_parameter_that_was_not_sent_is_not_asked_for() {
    let lost = LostCall::from_pairs(&[("symbol", "BTCUSDT"), ("orderId", "7")]);
    let asked = lost.requests(&papi_types::um::CancelOrder::INFO.settle[0], None);
    assert_eq!(asked, [[("symbol", "BTCUSDT".to_owned()), ("orderId", "7".to_owned())]]);
}
