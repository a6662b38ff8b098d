//! Every endpoint has valid requests, the smallest and the largest; both become texts and come back unchanged.

mod requests;

use papi_types::spec::Kind;
use papi_types::{ENDPOINTS, EndpointInfo, Query, Timestamp};
use requests::{Draft, Edit, maximal_requests, minimal_requests, with_one_more};

const NOW: Timestamp = Timestamp::from_millis(1_792_000_000_000);

/// The pairs of a query, decoded.
fn pairs_of(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').expect("a pair")).map(|(name, value)| (plain(name), plain(value))).collect()
}

fn plain(encoded: &str) -> String {
    let mut parts = encoded.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).expect("two hex digits"));
        bytes.extend(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).expect("UTF-8")
}

fn assert_survives_the_wire(draft: &Draft) {
    let path = draft.info.type_path();
    let request = draft.parse().unwrap_or_else(|invalid| panic!("{path}: {invalid}"));
    request.check(NOW).unwrap_or_else(|invalid| panic!("{path}: {invalid}"));
    let mut query = Query::new();
    request.encode(&mut query);
    let sent = pairs_of(query.as_str());
    let sent: Vec<_> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(sent, draft.pairs(), "{path}");
    let again = (draft.info.parse)(&sent).unwrap_or_else(|invalid| panic!("{path}: {invalid}"));
    assert_eq!(format!("{again:?}"), format!("{request:?}"), "{path}");
}

/// The words of required parameters, each of which must be in some request.
fn required_words(info: &EndpointInfo) -> Vec<(&'static str, &'static str)> {
    let words = info.params.iter().filter(|param| param.required && matches!(param.kind, Kind::Word | Kind::Bool));
    words.flat_map(|param| param.words.iter().map(|word| (param.name, *word))).collect()
}

#[test]
fn every_endpoint_has_a_smallest_request_for_each_word_it_requires() {
    let mut count = 0;
    for info in ENDPOINTS {
        let requests = minimal_requests(info, NOW);
        for (param, word) in required_words(info) {
            let sends = requests.iter().any(|request| request.get(param) == Some(word));
            assert!(sends, "{}: no request with {param}={word}", info.type_path());
        }
        for request in &requests {
            assert_survives_the_wire(request);
            for name in request.names() {
                let smaller = request.edited(&Edit::Omit(name));
                assert!(!smaller.is_valid(NOW), "{}: {name} is superfluous in {request:?}", info.type_path());
            }
        }
        count += requests.len();
    }
    println!("{count} smallest requests of {} endpoints", ENDPOINTS.len());
}

#[test]
fn every_endpoint_has_a_largest_request_that_takes_nothing_more() {
    let mut count = 0;
    for info in ENDPOINTS {
        let mut sent = Vec::new();
        for request in maximal_requests(info, NOW) {
            assert_survives_the_wire(&request);
            for param in info.params {
                let larger = with_one_more(&request, param.name, NOW);
                assert!(larger.is_none(), "{}: {} is missing in {request:?}", info.type_path(), param.name);
            }
            sent.extend(request.names());
            count += 1;
        }
        for param in info.params {
            assert!(sent.contains(&param.name), "{}: {} is in no request", info.type_path(), param.name);
        }
    }
    println!("{count} largest requests of {} endpoints", ENDPOINTS.len());
}
