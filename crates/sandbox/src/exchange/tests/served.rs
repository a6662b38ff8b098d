//! What the exchange serves: the right rows, as many as fit, in the shape of the reply type.

use super::*;
use crate::rows::{Product, SeededRows};

fn times(answer: &Answer) -> Vec<i64> {
    body(answer).as_array().unwrap().iter().map(|row| row["time"].as_i64().unwrap()).collect()
}

#[test]
fn the_time_is_told_to_anyone_and_costs_nothing() {
    let mut exchange = exchange(Limits { weight: 0, orders: 0, ..Limits::default() });
    let raw = RawRequest { method: "GET".into(), path: "/fapi/v1/time".into(), ..RawRequest::default() };
    let answer = exchange.answer(&raw, Timestamp::from_millis(NOW));
    assert_eq!((answer.status, answer.body.as_str()), (200, r#"{"serverTime":1790000012345}"#));
    assert_eq!(header(&answer, USED_WEIGHT), Some("0"));
}

#[test]
fn replies_fit_their_types() {
    for path in [UM_FORCE_ORDERS, CM_FORCE_ORDERS] {
        let answer = get(path, &format!("startTime={}&limit=100", NOW - 80 * DAY));
        assert_eq!(body(&answer).as_array().map(Vec::len), Some(100), "{path}");
        assert_fits("GET", path, &answer);
    }
    let answer = get(MARGIN_FORCE_ORDERS, "size=100");
    assert!(body(&answer)["rows"].as_array().is_some_and(|rows| rows.len() > 10));
    assert_fits("GET", MARGIN_FORCE_ORDERS, &answer);
}

#[test]
fn endpoints_without_code_answer_with_their_example() {
    for info in papi_types::ENDPOINTS {
        if let Some(example) = info.examples.first() {
            let reprinted = (info.reprint)(example.as_bytes());
            assert!(reprinted.is_ok(), "{}: {reprinted:?}", info.type_path());
        }
    }
}

#[test]
fn missing_ends_of_a_range_are_the_documented_ones() {
    let within = |params: &str, from: i64, to: i64| {
        let found = times(&get(UM_FORCE_ORDERS, params));
        let whole = SeededRows::new(1).between(Product::Um, Timestamp::from_millis(from), Timestamp::from_millis(to));
        let limit = if params.contains("limit=100") { 100 } else { 50 };
        let expected: Vec<_> = whole.iter().take(limit).map(|row| row.time.as_millis()).collect();
        assert_eq!(found, expected, "{params}");
        assert!(!found.is_empty(), "{params}");
    };
    within("", NOW - 7 * DAY, NOW);
    within(&format!("endTime={}", NOW - 30 * DAY), NOW - 37 * DAY, NOW - 30 * DAY);
    within(&format!("startTime={}", NOW - 90 * DAY), NOW - 90 * DAY, NOW);
    within(&format!("startTime={}&endTime={}&limit=100", NOW - 7 * DAY, NOW), NOW - 7 * DAY, NOW);
    within(&format!("startTime={}&endTime={}", NOW - DAY, NOW + 5 * DAY), NOW - DAY, NOW);
    // What is too old is left out, not served and not refused, when only the search reaches back to it.
    within(&format!("endTime={}", NOW - 85 * DAY), NOW - 90 * DAY, NOW - 85 * DAY);
}

#[test]
fn the_ends_of_a_range_are_included() {
    let row =
        &SeededRows::new(1).between(Product::Um, Timestamp::from_millis(NOW - 7 * DAY), Timestamp::from_millis(NOW))[0];
    let at = row.time.as_millis();
    assert!(times(&get(UM_FORCE_ORDERS, &format!("startTime={at}&endTime={at}"))).contains(&at));
    assert!(!times(&get(UM_FORCE_ORDERS, &format!("startTime={}&endTime={}", at + 1, at + DAY))).contains(&at));
}

#[test]
fn rows_are_selected_by_symbol_and_kind() {
    let client_ids = |params: &str| -> Vec<String> {
        let answer = get(UM_FORCE_ORDERS, &format!("startTime={}&limit=100{params}", NOW - 80 * DAY));
        let rows = body(&answer);
        rows.as_array().unwrap().iter().map(|row| row["clientOrderId"].as_str().unwrap().to_owned()).collect()
    };
    let all_begin = |ids: &[String], beginning: &str| !ids.is_empty() && ids.iter().all(|id| id.starts_with(beginning));
    assert!(all_begin(&client_ids("&autoCloseType=LIQUIDATION"), "autoclose-"));
    assert!(all_begin(&client_ids("&autoCloseType=ADL"), "adl_autoclose"));
    assert!(client_ids("").iter().any(|id| id.starts_with("settlement_autoclose-")));

    let chinese =
        get(UM_FORCE_ORDERS, &format!("startTime={}&symbol=%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT", NOW - 80 * DAY));
    let rows = body(&chinese);
    assert!(!rows.as_array().unwrap().is_empty());
    assert!(rows.as_array().unwrap().iter().all(|row| row["symbol"] == "币安人生USDT"));
    assert_refused(&get(UM_FORCE_ORDERS, "symbol=NOSUCHUSDT"), 400, -1121, "Invalid symbol.");
}

#[test]
fn margin_pages_are_disjoint_and_complete_newest_first() {
    let page = |current: usize| {
        let answer = body(&get(MARGIN_FORCE_ORDERS, &format!("current={current}")));
        let times: Vec<i64> =
            answer["rows"].as_array().unwrap().iter().map(|row| row["updatedTime"].as_i64().unwrap()).collect();
        (times, answer["total"].as_u64().unwrap())
    };
    let total = page(1).1;
    let mut all = Vec::new();
    for current in 1.. {
        let (times, counted) = page(current);
        assert_eq!(counted, total);
        if times.is_empty() {
            break;
        }
        all.extend(times);
    }
    assert_eq!(all.len() as u64, total);
    assert!(all.is_sorted_by(|newer, older| newer >= older));
}

#[test]
fn walking_the_whole_history_costs_less_than_half_a_minute_of_weight() {
    for seed in [0, 1, 2, 7] {
        let mut exchange = Exchange::new(Credentials::new(DEMO_KEY, DEMO_SECRET).unwrap(), Limits::default(), seed);
        let mut from = NOW - 90 * DAY;
        let mut rows = 0;
        while from <= NOW {
            let to = (from + 7 * DAY - 1).min(NOW);
            let page =
                times(&ask(&mut exchange, "GET", UM_FORCE_ORDERS, &format!("startTime={from}&endTime={to}&limit=100")));
            // A full page goes on at its last millisecond; what stands there twice is not counted twice.
            from = match page.last() {
                Some(&last) if page.len() == 100 => {
                    rows += page.iter().filter(|time| **time < last).count();
                    last
                }
                _ => {
                    rows += page.len();
                    to + 1
                }
            };
        }
        let whole = exchange.account.seeded_rows.between(
            Product::Um,
            Timestamp::from_millis(NOW - 90 * DAY),
            Timestamp::from_millis(NOW),
        );
        assert_eq!(rows, whole.len(), "seed {seed}");
        let used = exchange.meter.weight_used(Timestamp::from_millis(NOW));
        assert!(used < 3_000, "seed {seed}: {used}");
    }
}
