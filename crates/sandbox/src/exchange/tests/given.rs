//! Histories that a test gives: the right rows of them, on pages as the test wants them, at the cost of a page.

use super::*;
use crate::pages::{Pages, RowOrder, Selection};
use crate::rows::{ForceOrder, GivenRows, GivenRowsError, Product};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

const UM_INCOME: &str = "/papi/v1/um/income";
const LOANS: &str = "/papi/v1/margin/marginLoan";
const MINUTE: i64 = 60_000;

fn with(given_rows: GivenRows) -> Exchange {
    let mut exchange = exchange(Limits { weight: u32::MAX, ..Limits::default() });
    exchange.account.given_rows = given_rows;
    exchange
}

fn paged(given_rows: GivenRows, selection: Selection, order: RowOrder) -> Exchange {
    let mut exchange = with(given_rows);
    exchange.account.pages = Pages::new(1, Some(selection), Some(order));
    exchange
}

/// Rows a minute up to now.
fn minutes(count: i64) -> impl Iterator<Item = i64> {
    (0..count).map(|back| NOW - back * MINUTE)
}

#[track_caller]
fn rows(answer: &Answer) -> Vec<Value> {
    assert_eq!(answer.status, 200, "{}", answer.body);
    let body = body(answer);
    body.as_array().or_else(|| body["rows"].as_array()).unwrap().clone()
}

#[track_caller]
fn numbers(answer: &Answer, field: &str) -> Vec<i64> {
    rows(answer).iter().map(|row| row[field].as_i64().unwrap()).collect()
}

fn income(number: i64, time: i64) -> String {
    let symbol = ["BTCUSDT", "ETHUSDT"][usize::try_from(number % 2).unwrap()];
    format!(r#"{{"symbol":"{symbol}","incomeType":"FUNDING_FEE","income":"-0.50","tranId":{number},"time":{time}}}"#)
}

fn loan(number: i64, time: i64) -> String {
    let asset = if number % 3 == 0 { "BTC" } else { "USDT" };
    format!(r#"{{"txId":{number},"asset":"{asset}","principal":"1.50","timestamp":{time},"status":"CONFIRMED"}}"#)
}

#[test]
fn given_rows_stand_by_time_and_are_served_as_they_are_written() {
    let texts = [3, 1, 2].map(|number| income(number, NOW - DAY + number));
    let mut exchange = with(GivenRows::new().rows(UM_INCOME, texts.clone()).unwrap());
    let answer = ask(&mut exchange, "GET", UM_INCOME, &format!("startTime={}&endTime={NOW}", NOW - 2 * DAY));
    assert_eq!(answer.body, format!("[{},{},{}]", texts[1], texts[2], texts[0]));
    let seeded = format!("startTime={}", NOW - 80 * DAY);
    let is_seeded = ask(&mut exchange, "GET", CM_FORCE_ORDERS, &seeded).body == get(CM_FORCE_ORDERS, &seeded).body;
    assert!(is_seeded, "what is not given stays as it is");
}

#[test]
fn force_orders_are_valid_and_told_apart_by_their_keys() {
    for product in [Product::Um, Product::Cm, Product::Margin] {
        let path = product.path();
        // Many in one millisecond, and some on every day.
        let times = std::iter::repeat_n(NOW - DAY, 40).chain(minutes(5_000));
        let given_rows = GivenRows::new().force_orders(product, times);
        let told: Vec<Value> = given_rows.rows_of(path).map(|row| serde_json::from_str(&row).unwrap()).collect();
        let keys: BTreeSet<_> =
            told.iter().map(|row| (row["symbol"].to_string(), row["orderId"].as_i64().unwrap())).collect();
        assert_eq!((told.len(), keys.len()), (5_040, 5_040), "{path}");
        let ids: BTreeSet<_> = keys.iter().map(|(_, id)| id).collect();
        assert!(ids.len() < keys.len(), "{path}: symbols share numbers");
        let range = format!("startTime={}&endTime={NOW}", NOW - DAY);
        assert_fits("GET", path, &ask(&mut with(given_rows), "GET", path, &range));
    }
}

#[test]
fn one_millisecond_has_every_symbol_and_kind_and_is_split_by_them() {
    let mut exchange = with(GivenRows::new().force_orders(Product::Um, std::iter::repeat_n(NOW - DAY, 120)));
    let at = format!("startTime={0}&endTime={0}&limit=100", NOW - DAY);
    let mut count = |more: &str| rows(&ask(&mut exchange, "GET", UM_FORCE_ORDERS, &format!("{at}{more}"))).len();
    assert_eq!((count(""), count("&symbol=BTCUSDT")), (100, 30));
    assert_eq!(
        (count("&autoCloseType=LIQUIDATION"), count("&autoCloseType=ADL")),
        (40, 40),
        "the rest are settlements"
    );
    assert_eq!(count("&autoCloseType=ADL&symbol=ETHUSDT"), 10);
    let unknown = ask(&mut exchange, "GET", UM_FORCE_ORDERS, &format!("{at}&symbol=NOSUCHUSDT"));
    assert_refused(&unknown, 400, -1121, "Invalid symbol.");
}

#[test]
fn a_range_includes_its_ends_and_no_search_reaches_further_back_than_rows_are_kept() {
    let mut exchange =
        with(GivenRows::new().force_orders(Product::Um, [NOW - 91 * DAY, NOW - 89 * DAY, NOW - DAY, NOW + 1]));
    let mut found = |params: String| {
        let answer = ask(&mut exchange, "GET", UM_FORCE_ORDERS, &params);
        (answer.status == 200).then(|| numbers(&answer, "time"))
    };
    assert_eq!(found(format!("startTime={0}&endTime={0}", NOW - DAY)), Some(vec![NOW - DAY]));
    assert_eq!(found(format!("startTime={}&endTime={}", NOW - DAY + 1, NOW)), Some(vec![]));
    assert_eq!(found(format!("endTime={}", NOW - 87 * DAY)), Some(vec![NOW - 89 * DAY]));
    assert_eq!(found(format!("startTime={}", NOW - 91 * DAY)), None, "refused as ever");
    assert_eq!(found(format!("startTime={}", NOW - DAY)), Some(vec![NOW - DAY]), "the future is not served");
}

#[test]
fn a_full_page_holds_the_rows_and_has_the_order_that_were_chosen() {
    let newest_first: Vec<i64> = minutes(20).collect();
    let range = format!("startTime={}&endTime={NOW}&limit=10", NOW - DAY);
    for (selection, chosen) in [(Selection::Earliest, &newest_first[10..]), (Selection::Latest, &newest_first[..10])] {
        let mut ascending = chosen.to_vec();
        ascending.sort_unstable();
        for order in [RowOrder::Ascending, RowOrder::Descending, RowOrder::Shuffled] {
            let given_rows = GivenRows::new().force_orders(Product::Um, minutes(20));
            let mut exchange = paged(given_rows, selection, order);
            let answer = ask(&mut exchange, "GET", UM_FORCE_ORDERS, &range);
            let found = numbers(&answer, "time");
            match order {
                RowOrder::Ascending => assert_eq!(found, ascending),
                RowOrder::Descending => assert_eq!(found, chosen),
                RowOrder::Shuffled => {
                    assert!(!found.is_sorted() && !found.iter().rev().is_sorted(), "{found:?}");
                    let mut sorted = found;
                    sorted.sort_unstable();
                    assert_eq!(sorted, ascending);
                    assert_eq!(ask(&mut exchange, "GET", UM_FORCE_ORDERS, &range).body, answer.body);
                }
            }
        }
    }
}

#[test]
fn seeded_pages_are_made_in_the_chosen_way_too() {
    let params = format!("startTime={}&limit=100", NOW - 80 * DAY);
    let mut usual = numbers(&get(UM_FORCE_ORDERS, &params), "time");
    let mut shuffled = paged(GivenRows::new(), Selection::Earliest, RowOrder::Shuffled);
    let mut found = numbers(&ask(&mut shuffled, "GET", UM_FORCE_ORDERS, &params), "time");
    assert_ne!(found, usual);
    found.sort_unstable();
    usual.sort_unstable();
    assert_eq!(found, usual);
}

#[test]
fn numbered_pages_are_disjoint_and_complete_in_every_order() {
    for selection in [Selection::Earliest, Selection::Latest] {
        for order in [RowOrder::Ascending, RowOrder::Descending, RowOrder::Shuffled] {
            let given_rows =
                GivenRows::new().rows(LOANS, (0..250).map(|number| loan(number, NOW - number * MINUTE))).unwrap();
            let mut exchange = paged(given_rows, selection, order);
            let mut seen = BTreeSet::new();
            for page in 1..=4 {
                let params = format!("asset=USDT&startTime={}&current={page}&size=50", NOW - DAY);
                let answer = ask(&mut exchange, "GET", LOANS, &params);
                assert_eq!(body(&answer)["total"], 166);
                let found = numbers(&answer, "txId");
                let is_latest = found.contains(&1);
                assert_eq!(is_latest, (page == 1) == (selection == Selection::Latest) && (page == 1 || page == 4));
                assert_eq!(found.len(), if page == 4 { 16 } else { 50 });
                seen.extend(found);
            }
            assert_eq!(seen.len(), 166);
        }
    }
}

#[test]
fn a_row_that_appears_shifts_the_pages_after_it() {
    let given_rows = GivenRows::new().rows(LOANS, (0..30).map(|number| loan(3 * number, NOW - DAY - number))).unwrap();
    let given_rows = given_rows.row_after(LOANS, 1, loan(999, NOW - MINUTE)).unwrap();
    let mut exchange = with(given_rows);
    let page = |exchange: &mut Exchange, current: i64| {
        let params = format!("asset=BTC&startTime={}&current={current}&size=10", NOW - 2 * DAY);
        let answer = ask(exchange, "GET", LOANS, &params);
        (numbers(&answer, "txId"), body(&answer)["total"].as_i64().unwrap())
    };
    let (first, total) = page(&mut exchange, 1);
    assert_eq!((first.first(), first.last(), total), (Some(&0), Some(&27), 30));
    let (second, total) = page(&mut exchange, 2);
    assert_eq!((second.first(), total), (Some(&27), 31), "the last row of the first page again");
    exchange.account.given_rows.add(LOANS, 0, loan(1_002, NOW - 1)).unwrap();
    assert_eq!(page(&mut exchange, 1).0[..2], [1_002, 999]);
    assert_eq!(exchange.account.given_rows.rows_of(LOANS).count(), 32);
}

#[test]
fn what_is_no_row_of_a_history_is_refused_by_name() {
    let refusal = |path: &str, row: &str| GivenRows::new().rows(path, [income(1, NOW), row.to_owned()]).unwrap_err();
    assert_eq!(refusal("/papi/v1/balance", "{}"), GivenRowsError::NoHistory { path: "/papi/v1/balance".into() });
    for bad in ["{}", "[]", "no JSON", r#"{"time":"soon"}"#] {
        let expected = GivenRowsError::NoTime { path: UM_INCOME.into(), index: 1, field: "time" };
        assert_eq!(refusal(UM_INCOME, bad), expected, "{bad}");
    }
    let not_given = GivenRows::new().row_after(UM_INCOME, 0, income(1, NOW)).unwrap_err();
    assert_eq!(not_given, GivenRowsError::NotGiven { path: UM_INCOME.into() });
}

#[test]
fn every_history_that_is_given_is_served_at_its_times() {
    for info in papi_types::ENDPOINTS.iter().filter(|info| info.paging.is_some()) {
        let paging = info.paging.unwrap();
        let reply = papi_types::json::Json::parse(info.examples[0]).unwrap();
        let example = paging.rows.map_or(Some(&reply), |field| reply.get(field)).unwrap().rows()[0].clone();
        let time = paging.time.unwrap();
        let row = move |_: usize, at: i64| {
            let mut row = example.clone();
            crate::template::fill(&mut row, time, &at.to_string());
            row.to_string()
        };
        let given_rows = GivenRows::new().generated(info.path, [NOW - MINUTE, NOW - 1, NOW - 200 * DAY], row).unwrap();
        let rows: Vec<String> = given_rows.rows_of(info.path).collect();
        assert_eq!(rows.len(), 3);
        let mut exchange = with(given_rows);
        let mut account = std::mem::replace(&mut exchange.account, Account::new(1));
        let window = paging.window.map_or(["startTime", "endTime"], |window| [window.from, window.to]);
        let (from, to) = ((NOW - MINUTE).to_string(), NOW.to_string());
        let request = Request { info, params: vec![(window[0], &from), (window[1], &to)] };
        let body = crate::routes::given_handler(info)(&request, &mut account, Timestamp::from_millis(NOW)).unwrap();
        assert!(
            body.contains(&rows[1]) && body.contains(&rows[2]) && !body.contains(&rows[0]),
            "{}: {body}",
            info.path
        );
        assert!((info.reprint)(body.as_bytes()).is_ok(), "{}", info.path);
    }
}

/// How many rows are made to answer requests for a full page of a million rows.
#[test]
fn a_page_of_a_million_rows_costs_no_more_than_its_rows() {
    let made = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&made);
    let times = (0..1_000_000).map(|number| NOW - 7 * DAY + number * 600);
    let row = move |index, time| {
        counted.fetch_add(1, Ordering::Relaxed);
        ForceOrder::numbered(Product::Um, index, Timestamp::from_millis(time)).json()
    };
    let mut exchange = with(GivenRows::new().generated(UM_FORCE_ORDERS, times, row).unwrap());
    for part in 0..7 {
        let from = NOW - (7 - part) * DAY;
        let params = format!("startTime={from}&endTime={NOW}&limit=100");
        assert_eq!(numbers(&ask(&mut exchange, "GET", UM_FORCE_ORDERS, &params), "time").len(), 100);
    }
    assert_eq!(made.load(Ordering::Relaxed), 700);
    let filtered = format!("startTime={}&endTime={NOW}&limit=100&symbol=BTCUSDT", NOW - 7 * DAY);
    assert_eq!(rows(&ask(&mut exchange, "GET", UM_FORCE_ORDERS, &filtered)).len(), 100);
    assert!(made.load(Ordering::Relaxed) < 700 + 500);
    assert_eq!(exchange.requests.count("GET", UM_FORCE_ORDERS), 8);
}

/// Pages of a filtered list look through all rows once, not once a page.
#[test]
fn numbered_pages_of_a_filter_look_through_the_rows_once() {
    let made = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&made);
    let row = move |index, time| {
        counted.fetch_add(1, Ordering::Relaxed);
        loan(i64::try_from(index).unwrap(), time)
    };
    let mut exchange = with(GivenRows::new().generated(LOANS, minutes(3_000), row).unwrap());
    for page in 1..=20 {
        let params = format!("asset=USDT&startTime={}&current={page}&size=100", NOW - 29 * DAY);
        assert_eq!(rows(&ask(&mut exchange, "GET", LOANS, &params)).len(), 100);
    }
    assert_eq!(made.load(Ordering::Relaxed), 3_000 + 2_000);
}

#[test]
fn a_symbol_in_a_given_row_is_known_to_its_part_of_the_account() {
    let row = r#"{"symbol":"FTTUSDT","incomeType":"FUNDING_FEE","income":"1","tranId":1,"time":1790000000000}"#;
    let printed = |_: usize, time: i64| row.replace("1790000000000", &time.to_string()).replace("FTTUSDT", "LUNAUSDT");
    let given_rows = GivenRows::new().rows(UM_INCOME, [row]).unwrap();
    let given_rows = given_rows.generated("/papi/v1/um/userTrades", minutes(3), printed).unwrap();
    let given_rows = given_rows.row_after(UM_INCOME, 99, row.replace("FTTUSDT", "SRMUSDT")).unwrap();
    let escaped = row.replace("FTTUSDT", r"\u0042TT");
    let given_rows = given_rows.rows("/papi/v1/um/allOrders", [escaped]).unwrap();
    let mut exchange = with(given_rows);
    for symbol in ["FTTUSDT", "LUNAUSDT", "SRMUSDT", "BTT", "FTTUSDT"] {
        let params = format!("symbol={symbol}");
        assert_eq!(ask(&mut exchange, "GET", "/papi/v1/um/commissionRate", &params).status, 200, "{symbol}");
        let other_part = ask(&mut exchange, "GET", "/papi/v1/margin/openOrders", &params);
        assert_refused(&other_part, 400, -1121, "Invalid symbol.");
    }
    // A part of a symbol, and a text in another field, are no symbols.
    for symbol in ["FTT", "FUNDING_FEE"] {
        let answer = ask(&mut exchange, "GET", "/papi/v1/um/commissionRate", &format!("symbol={symbol}"));
        assert_refused(&answer, 400, -1121, "Invalid symbol.");
    }
}
