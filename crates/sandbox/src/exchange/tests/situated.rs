//! Named situations, each with what a client sees in it.

use super::*;
use crate::scenario::Scenario;

fn situated(scenario: Scenario) -> Exchange {
    let mut exchange = exchange(Limits::default());
    exchange.enter(scenario, Timestamp::from_millis(NOW));
    exchange
}

#[test]
fn a_refused_key_is_refused_wherever_it_is_needed() {
    let text = "Invalid API-key, IP, or permissions for action, request ip: 127.0.0.1";
    for scenario in [Scenario::UnknownKey, Scenario::NoPortfolioMargin, Scenario::IpNotAllowed] {
        let mut exchange = situated(scenario);
        assert_refused(&ask(&mut exchange, "GET", "/papi/v1/balance", ""), 401, -2015, text);
        assert_refused(&ask(&mut exchange, "POST", "/papi/v1/listenKey", ""), 401, -2015, text);
        assert_eq!(ask(&mut exchange, "GET", "/papi/v1/ping", "").status, 200);
        assert_eq!(ask(&mut exchange, "GET", "/fapi/v1/time", "").status, 200);
    }
    let mut exchange = situated(Scenario::ReadOnlyKey);
    assert_eq!(ask(&mut exchange, "GET", "/papi/v1/balance", "").status, 200);
    let order = "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1";
    assert_refused(&ask(&mut exchange, "POST", UM_ORDER, order), 401, -2015, text);
    assert_refused(&ask(&mut exchange, "POST", "/papi/v1/marginLoan", "asset=USDT&amount=1"), 401, -2015, text);
}

#[test]
fn a_wrong_host_answers_everything_alike() {
    let mut test_host = situated(Scenario::TestHost);
    for path in ["/papi/v1/balance", "/papi/v1/ping", UM_ORDER] {
        let answer = ask(&mut test_host, "GET", path, "");
        assert_eq!((answer.status, answer.body.as_str()), (202, ""), "{path}");
    }
    assert_eq!(ask(&mut test_host, "GET", "/fapi/v1/time", "").status, 200);
    let mut other_host = situated(Scenario::OtherHost);
    for path in ["/papi/v1/balance", "/fapi/v1/time"] {
        let answer = ask(&mut other_host, "GET", path, "");
        assert_eq!((answer.status, header(&answer, USED_WEIGHT)), (404, None), "{path}");
        assert!(answer.body.starts_with("<html>"));
    }
}

#[test]
fn a_ban_ends_and_others_go_on() {
    let mut exchange = situated(Scenario::Banned);
    let mut after =
        |millis: i64| exchange.answer(&signed("GET", "/papi/v1/ping", ""), Timestamp::from_millis(NOW + millis));
    let banned = after(0);
    assert_eq!((banned.status, header(&banned, RETRY_AFTER)), (418, Some("600")));
    assert!(banned.body.contains(&format!("IP banned until {}.", NOW + 600_000)));
    assert_eq!(after(600_000).status, 200);

    let mut exchange = situated(Scenario::NearWeightLimit);
    let mut used = |params: &str| {
        let answer = ask(&mut exchange, "GET", UM_FORCE_ORDERS, params);
        (answer.status, header(&answer, USED_WEIGHT).map(str::to_owned))
    };
    assert_eq!(used("symbol=BTCUSDT"), (200, Some("5720".into())));
    for _ in 0..5 {
        used("");
    }
    assert_eq!(used("").0, 429);
}

#[test]
fn every_scenario_has_one_name_and_is_found_by_it() {
    assert_eq!(Scenario::NearWeightLimit as usize + 1, Scenario::all().len(), "the last one has the last row");
    for (index, scenario) in Scenario::all().enumerate() {
        assert_eq!((scenario as usize, Scenario::named(scenario.name())), (index, Some(scenario)));
    }
}
