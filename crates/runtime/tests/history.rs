//! What a walked history is to its user: rows, bad rows, losses and failures, with a server at the other end.

use papi_runtime::history::{History, Period, RawRow, Remark, RowError};
use papi_runtime::{Client, Credentials, ErrorKind};
use papi_types::error::BadRow;
use papi_types::{Clock, CloseKind, ErrorCode, Timestamp, um};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use wiremock::matchers::{any, path};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

const NOW: i64 = 1_792_000_000_000;
const DAY: i64 = 86_400_000;
const DAYS: Duration = Duration::from_secs(86_400);

#[derive(Debug)]
struct SetClock;

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(NOW)
    }
}

/// Force orders by age in days, and answers that come instead of a page.
#[derive(Debug, Clone, Default)]
struct Exchange(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    rows: Vec<(i64, String)>,
    instead: VecDeque<ResponseTemplate>,
    /// Longer windows are refused.
    longest: Option<i64>,
    /// Pages hold the oldest rows, whatever the window.
    ignores_windows: bool,
    /// Pages have no more rows than this, whatever is asked.
    cap: Option<i64>,
    queries: Vec<String>,
}

impl Respond for Exchange {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let mut inner = self.0.lock().expect("no panic before");
        inner.queries.push(request.url.query().unwrap_or_default().to_owned());
        if let Some(instead) = inner.instead.pop_front() {
            return instead;
        }
        let find = |name: &str| request.url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value);
        let number = |name| find(name).and_then(|text| text.parse::<i64>().ok()).expect("a number");
        let (from, to, limit) = (number("startTime"), number("endTime"), number("limit"));
        if inner.longest.is_some_and(|longest| to - from > longest) {
            return refusal(400, -1127, "More than 48 hours between startTime and endTime.");
        }
        let (from, to) = if inner.ignores_windows { (i64::MIN, i64::MAX) } else { (from, to) };
        let found = inner.rows.iter().filter(|(at, _)| (from..=to).contains(at)).map(|(_, row)| row.as_str());
        let limit = inner.cap.map_or(limit, |cap| cap.min(limit));
        let found: Vec<&str> = found.take(usize::try_from(limit).expect("a limit")).collect();
        ResponseTemplate::new(200).set_body_raw(format!("[{}]", found.join(",")), "application/json")
    }
}

fn refusal(status: u16, code: i64, message: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw(format!(r#"{{"code":{code},"msg":"{message}"}}"#), "application/json")
}

fn html(status: u16) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw("<html>", "text/html")
}

/// A row of the documented form.
fn row(id: i64, at: i64) -> String {
    format!(
        r#"{{"orderId":{id},"symbol":"BTCUSDT","status":"FILLED","clientOrderId":"autoclose-{id}","price":"1.50","avgPrice":"1.50","origQty":"1","executedQty":"1","cumQuote":"1.50","timeInForce":"IOC","type":"LIMIT","reduceOnly":false,"side":"SELL","positionSide":"BOTH","origType":"LIMIT","time":{at},"updateTime":{at}}}"#
    )
}

/// A row for each day of the past, starting with the oldest; the number is the age.
fn daily(days: i64) -> Vec<(i64, String)> {
    (0..days).rev().map(|age| (NOW - age * DAY, row(age, NOW - age * DAY))).collect()
}

async fn exchange(rows: Vec<(i64, String)>) -> (MockServer, Exchange, Client) {
    let exchange = Exchange::default();
    exchange.0.lock().expect("no panic before").rows = rows;
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(exchange.clone()).mount(&server).await;
    let credentials = Credentials::new("key", "secret").expect("plain text");
    let client =
        Client::builder().base_url(server.uri()).credentials(credentials).clock(Arc::new(SetClock)).trust_clock();
    (server, exchange, client.build().expect("a client"))
}

impl Exchange {
    fn instead(&self, answers: impl IntoIterator<Item = ResponseTemplate>) {
        self.0.lock().expect("no panic before").instead.extend(answers);
    }

    fn queries(&self) -> Vec<String> {
        self.0.lock().expect("no panic before").queries.clone()
    }
}

fn force_orders(client: &Client, days: u32) -> History<um::ForceOrder> {
    client.history(&um::ForceOrders::new(), Period::last(days * DAYS)).expect("a history")
}

/// The ages of all rows, in the order in which they came, and the error that ended the history.
async fn read(history: &mut History<um::ForceOrder>) -> (Vec<i64>, Option<papi_runtime::Error>) {
    let mut ages = Vec::new();
    while let Some(next) = history.next().await {
        match next {
            Ok(row) => ages.push(row.order_id.get()),
            Err(RowError::Ended(error)) => return (ages, Some(error)),
            Err(other) => panic!("not a good row: {other}"),
        }
    }
    (ages, None)
}

#[tokio::test]
async fn every_row_comes_once_in_order_and_typed() {
    let (_server, exchange, client) = exchange(daily(60)).await;
    let mut history = force_orders(&client, 59);
    let plan = history.plan();
    assert!(exchange.queries().is_empty(), "planning sends nothing");
    let (ages, error) = read(&mut history).await;
    assert!(error.is_none());
    assert_eq!(ages, (0..60).rev().collect::<Vec<_>>());
    let report = history.report();
    assert!(report.is_complete() && report.is_proven());
    assert_eq!((report.rows, report.windows, report.requests, report.weight), (60, 9, plan.requests, plan.weight));
    assert!(exchange.queries().iter().all(|query| query.contains("&limit=100&")));
}

#[tokio::test]
async fn failures_that_pass_are_sat_out() {
    let (_server, exchange, client) = exchange(daily(20)).await;
    let garbled = ResponseTemplate::new(200).set_body_raw("<html>", "text/html");
    exchange.instead([html(404), html(502), garbled, refusal(400, -1021, "Timestamp"), html(403)]);
    let mut history = force_orders(&client, 19).concurrency(1);
    let (ages, error) = read(&mut history).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(ages.len(), 20);
    let report = history.report();
    assert_eq!((report.requests, report.retries), (report.windows + 5, 5));
}

#[tokio::test]
async fn a_refusal_for_good_ends_the_walk_at_once() {
    let (_server, exchange, client) = exchange(daily(20)).await;
    exchange.instead([refusal(401, -2015, "Invalid API-key, IP, or permissions for action.")]);
    let mut history = force_orders(&client, 19).concurrency(1);
    let (ages, error) = read(&mut history).await;
    assert_eq!((ages.len(), error.and_then(|error| error.code())), (0, Some(ErrorCode::REJECTED_MBX_KEY)));
    assert_eq!(exchange.queries().len(), 1);
    assert!(history.next().await.is_none(), "nothing comes after an error");
}

#[tokio::test]
async fn a_bad_row_is_handed_out_as_one_and_the_walk_goes_on() {
    let mut rows = daily(20);
    rows[12].1 = rows[12].1.replace(r#""price":"1.50""#, r#""price":"high""#);
    rows[15].1 = "7".to_owned();
    let (_server, _exchange, client) = exchange(rows).await;
    let mut history = force_orders(&client, 19);
    let (mut good, mut bad) = (0, Vec::new());
    while let Some(row) = history.next().await {
        match row {
            Ok(_) => good += 1,
            Err(RowError::Bad(row)) => bad.push(row),
            Err(other) => panic!("a failure: {other}"),
        }
    }
    assert_eq!(good, 18);
    let paths: Vec<_> = bad.iter().map(|BadRow { path, raw, .. }| (path.as_str(), raw.len() > 100)).collect();
    assert_eq!(paths, [("price", true), (".", false)]);
    assert_eq!((history.report().bad_rows, history.report().rows), (2, 20));
}

#[tokio::test]
async fn raw_rows_have_their_text_their_identity_and_their_canonical_form() {
    let (_server, _exchange, client) = exchange(daily(3)).await;
    let request = um::ForceOrders::new();
    let mut history = client.history_dyn(&request, Period::last(2 * DAYS)).expect("a history").into_batches();
    let mut rows: Vec<RawRow> = Vec::new();
    while let Some(part) = history.next().await {
        rows.extend(part.expect("a part").rows);
    }
    let [oldest, _, newest] = rows.as_slice() else { panic!("three rows: {rows:?}") };
    assert_eq!(oldest.raw(), row(2, NOW - 2 * DAY));
    assert_eq!(oldest.json().expect("it reads"), row(2, NOW - 2 * DAY));
    assert_eq!(newest.identity().key().collect::<Vec<_>>(), ["BTCUSDT", "0"]);
    assert_eq!(newest.time(), Some(Timestamp::from_millis(NOW)));
    let typed: um::ForceOrder = newest.read().expect("it reads");
    assert_eq!(CloseKind::of(&typed.client_order_id), CloseKind::Liquidation);
}

#[tokio::test]
async fn what_the_exchange_forgets_is_a_note_at_a_relative_beginning_and_a_loss_elsewhere() {
    let (_server, exchange, client) = exchange(daily(90)).await;
    let mut relative = force_orders(&client, 90);
    let (ages, error) = read(&mut relative).await;
    assert!(error.is_none());
    assert_eq!((ages.len(), relative.report().noted.len()), (90, 1));
    assert!(relative.report().is_complete());
    let oldest = NOW - 90 * DAY + 60_000;
    for query in exchange.queries() {
        let (_, start) = query.split_once("startTime=").expect("a beginning");
        let start: i64 = start.split('&').next().and_then(|text| text.parse().ok()).expect("a time");
        assert!(start >= oldest, "{start}");
    }

    let fixed = Period::between(Timestamp::from_millis(NOW - 95 * DAY), Timestamp::from_millis(NOW - 80 * DAY));
    let mut fixed_history = client.history(&um::ForceOrders::new(), fixed).expect("a history");
    let (ages, error) = read(&mut fixed_history).await;
    let error = error.expect("it is incomplete");
    assert_eq!((ages.len(), error.kind()), (10, ErrorKind::Incomplete));
    assert!(error.to_string().contains(&(NOW - 95 * DAY).to_string()), "{error}");
    let [lost] = fixed_history.report().lost.as_slice() else { panic!("one loss: {:?}", fixed_history.report()) };
    assert_eq!((lost.from.as_millis(), lost.to.as_millis()), (NOW - 95 * DAY, oldest - 1));

    let mut allowed = client.history(&um::ForceOrders::new(), fixed).expect("a history").allow_lost();
    assert!(read(&mut allowed).await.1.is_none());
    assert!(allowed.report().is_complete());
}

#[tokio::test]
async fn windows_that_the_exchange_finds_too_long_get_shorter() {
    let (_server, exchange, client) = exchange(daily(20)).await;
    exchange.0.lock().expect("no panic before").longest = Some(2 * DAY);
    let mut history = force_orders(&client, 19);
    let (ages, error) = read(&mut history).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(ages.len(), 20);
}

#[tokio::test]
async fn a_millisecond_that_no_filter_splits_makes_the_history_incomplete_and_the_rest_is_there() {
    let mut rows = daily(20);
    let at = NOW - 4 * DAY - 1;
    rows.extend((0..150).map(|number| (at, row(1_000 + number, at))));
    let (_server, exchange, client) = exchange(rows).await;
    // The account that lists symbols has none.
    let request = um::ForceOrders::new().symbol("BTCUSDT").auto_close_type("LIQUIDATION");
    let mut history = client.history(&request, Period::last(19 * DAYS)).expect("a history");
    let (ages, error) = read(&mut history).await;
    let error = error.expect("it is incomplete");
    assert!(error.is_incomplete() && error.to_string().contains(&at.to_string()), "{error}");
    assert_eq!(ages.len(), 20 + 100);
    assert!(exchange.queries().iter().all(|query| query.contains("symbol=BTCUSDT")));
}

#[tokio::test]
async fn a_list_of_names_that_is_refused_for_good_is_asked_for_once_and_the_walk_goes_on() {
    let refused = refusal(401, -2015, "Invalid API-key, IP, or permissions for action.");
    for answer in [html(404), ResponseTemplate::new(404), refused] {
        let mut rows = daily(20);
        let at = NOW - 4 * DAY - 1;
        rows.extend((0..150).map(|number| (at, row(1_000 + number, at))));
        let (server, _exchange, client) = exchange(rows).await;
        let names = Mock::given(path("/papi/v1/um/account")).respond_with(answer).with_priority(1);
        server.register(names.expect(1)).await;
        let mut history = force_orders(&client, 19);
        let walked = tokio::time::timeout(Duration::from_secs(20), read(&mut history)).await;
        let (ages, error) = walked.expect("no minutes of repeating");
        assert!(error.is_some_and(|error| error.is_incomplete() && error.to_string().contains(&at.to_string())));
        assert_eq!(ages.len(), 20 + 100);
    }
}

#[tokio::test]
async fn names_that_cannot_be_had_cost_seconds_and_the_report_names_the_call_that_failed() {
    for answer in [html(403), html(500), refusal(503, -1000, "An unknown error"), html(200)] {
        let mut rows = daily(20);
        let at = NOW - 4 * DAY - 1;
        rows.extend((0..150).map(|number| (at, row(1_000 + number, at))));
        let (server, _exchange, client) = exchange(rows).await;
        server.register(Mock::given(path("/papi/v1/um/account")).respond_with(answer.clone()).with_priority(1)).await;
        let mut history = force_orders(&client, 19);
        let walked = tokio::time::timeout(Duration::from_secs(20), read(&mut history)).await;
        let (ages, error) = walked.expect("no minutes of repeating");
        let error = error.expect("it is incomplete");
        assert!(error.is_incomplete() && error.to_string().contains(&at.to_string()), "{answer:?}: {error}");
        assert!(error.to_string().contains("GET /papi/v1/um/account"), "{answer:?}: {error}");
        assert_eq!(ages.len(), 20 + 100);
        let report = history.report();
        let [Remark::NamesMissing { call, reason }] = &report.remarks[..] else { panic!("{report:?}") };
        assert!(call == "GET /papi/v1/um/account" && !reason.is_empty(), "{report:?}");
        assert!(!report.is_complete());
    }
}

#[tokio::test]
async fn a_full_page_of_other_times_ends_the_walk_with_a_message() {
    let rows = (0..300).map(|number| (NOW - 30 * DAY, row(number, NOW - 30 * DAY))).collect();
    let (_server, exchange, client) = exchange(rows).await;
    exchange.0.lock().expect("no panic before").ignores_windows = true;
    let walked = tokio::time::timeout(Duration::from_secs(20), async {
        let mut history = force_orders(&client, 19);
        read(&mut history).await.1
    });
    let error = walked.await.expect("it ends").expect("it ends with an error");
    assert!(error.is_incomplete(), "{error}");
    let text = error.to_string();
    assert!(text.contains("GET /papi/v1/um/forceOrders") && text.contains("no row of that time"), "{text}");
    assert!(exchange.queries().len() < 10);
}

#[tokio::test]
async fn an_exchange_that_gives_fewer_rows_than_it_is_asked_for_loses_none_and_the_report_says_so() {
    let rows = (0..673).map(|number| (NOW - (673 - number) * DAY / 14, row(number, NOW - (673 - number) * DAY / 14)));
    let (_server, exchange, client) = exchange(rows.collect()).await;
    exchange.0.lock().expect("no panic before").cap = Some(50);
    let mut history = force_orders(&client, 59);
    let (ids, error) = read(&mut history).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(ids, (0..673).collect::<Vec<_>>());
    assert_eq!(history.report().remarks, [Remark::LowerCap { asked: 100, given: 50 }]);
}

#[tokio::test]
async fn a_window_that_no_server_knows_is_asked_for_once() {
    let (_server, exchange, client) = exchange(daily(20)).await;
    let nowhere = r#"{"timestamp":"2026-01-01T00:00:00Z","status":404,"error":"Not Found"}"#;
    exchange.instead([ResponseTemplate::new(404).set_body_raw(nowhere, "application/json")]);
    let (ages, error) = read(&mut force_orders(&client, 19).concurrency(1)).await;
    assert_eq!((ages.len(), error.and_then(|error| error.status())), (0, Some(404)));
    assert_eq!(exchange.queries().len(), 1);
}

#[tokio::test]
async fn progress_ends_where_the_plan_said_when_no_page_is_full() {
    let (_server, _exchange, client) = exchange(daily(60)).await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let listener = told.clone();
    let mut history =
        force_orders(&client, 59).on_progress(move |now| listener.lock().expect("no panic before").push(*now));
    let plan = history.plan();
    assert_eq!(read(&mut history).await.0.len(), 60);
    let told = told.lock().expect("no panic before");
    assert!(told.iter().all(|now| now.windows_total == plan.windows));
    let last = told.last().expect("progress");
    assert_eq!((last.windows_done, last.rows, last.weight), (plan.windows, 60, plan.weight));
    assert_eq!(last.time_left, Some(Duration::ZERO));
}

#[tokio::test]
async fn a_walk_that_goes_on_where_another_one_stopped_has_the_remaining_rows() {
    let (_server, _exchange, client) = exchange(daily(60)).await;
    let period = Period::last(59 * DAYS).pinned(Timestamp::from_millis(NOW));
    let mut parts = client.history(&um::ForceOrders::new(), period).expect("a history").into_batches();
    let mut seen = Vec::new();
    let mut resume_at = None;
    for _ in 0..4 {
        let part = parts.next().await.expect("a part").expect("no failure");
        seen.extend(part.rows.iter().map(|row| row.identity().clone()));
        resume_at = Some(part.resume_at);
    }
    drop(parts);
    let now = Timestamp::from_millis(NOW);
    let rest = Period::between(resume_at.expect("four parts"), period.end(now));
    let mut parts = client.history(&um::ForceOrders::new(), rest).expect("a history").into_batches();
    while let Some(part) = parts.next().await {
        seen.extend(part.expect("no failure").rows.iter().map(|row| row.identity().clone()));
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 60);
    assert!(parts.report().is_proven());
}

#[test]
fn a_walk_can_be_spawned_and_used_as_a_stream() {
    fn is_usable<S: futures_core::Stream + Send + Unpin>() {}
    is_usable::<History<um::ForceOrder>>();
    is_usable::<papi_runtime::history::Batches>();
}
