//! What the account is set to, the stream, and numbers that are new each time.

use super::*;

#[test]
fn settings_are_remembered_and_shown() {
    let mut exchange = exchange(Limits::default());
    let mut shown = |path: &str, params: &str, pointer: &str| {
        body(&ask(&mut exchange, "GET", path, params)).pointer(pointer).cloned().unwrap()
    };
    assert_eq!(shown("/papi/v1/um/positionSide/dual", "", "/dualSidePosition"), false);
    assert_eq!(shown("/papi/v1/um/accountConfig", "", "/dualSidePosition"), false);
    for (path, params) in [
        ("/papi/v1/um/positionSide/dual", "dualSidePosition=true"),
        ("/papi/v1/um/leverage", "symbol=ETHUSDT&leverage=7"),
        ("/papi/v1/um/feeBurn", "feeBurn=false"),
        ("/papi/v1/repay-futures-switch", "autoRepay=false"),
    ] {
        let answer = ask(&mut exchange, "POST", path, params);
        assert_fits("POST", path, &answer);
    }
    let mut shown = |path: &str, params: &str, pointer: &str| {
        body(&ask(&mut exchange, "GET", path, params)).pointer(pointer).cloned().unwrap()
    };
    assert_eq!(shown("/papi/v1/cm/positionSide/dual", "", "/dualSidePosition"), true);
    assert_eq!(shown("/papi/v1/um/accountConfig", "", "/dualSidePosition"), true);
    assert_eq!(shown("/papi/v1/um/symbolConfig", "symbol=ETHUSDT", "/0/leverage"), 7);
    assert_ne!(shown("/papi/v1/um/symbolConfig", "symbol=BTCUSDT", "/0/leverage"), 7);
    assert_eq!(shown("/papi/v1/um/positionRisk", "symbol=ETHUSDT", "/0/leverage"), "7");
    assert_eq!(shown("/papi/v1/um/feeBurn", "", "/feeBurn"), false);
    assert_eq!(shown("/papi/v1/repay-futures-switch", "", "/autoRepay"), false);
    let again = ask(&mut exchange, "POST", "/papi/v1/um/positionSide/dual", "dualSidePosition=true");
    assert_refused(&again, 400, -4059, "No need to change position side.");
    ask(&mut exchange, "POST", UM_ORDER, "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=1&timeInForce=GTC");
    let open = ask(&mut exchange, "POST", "/papi/v1/cm/positionSide/dual", "dualSidePosition=false");
    assert_refused(&open, 400, -4067, "Position side cannot be changed if there exists open orders.");
}

#[test]
fn a_stream_is_opened_kept_and_closed() {
    const PATH: &str = "/papi/v1/listenKey";
    let mut exchange = exchange(Limits::default());
    let mut at = |method: &str, after: i64| {
        let raw = RawRequest { query: String::new(), ..signed(method, PATH, "") };
        exchange.answer(&raw, Timestamp::from_millis(NOW + after))
    };
    let gone = "This listenKey does not exist. Please use POST /papi/v1/listenKey to recreate listenKey";
    assert_refused(&at("PUT", 0), 400, -1125, gone);
    assert_refused(&at("DELETE", 0), 400, -1125, gone);
    let key = body(&at("POST", 0))["listenKey"].clone();
    assert_eq!(key.as_str().map(str::len), Some(64));
    assert_eq!(body(&at("POST", 1_000))["listenKey"], key, "an active key comes again");
    assert_eq!(at("PUT", 3_000_000).body, "{}");
    assert_eq!(at("PUT", 6_000_000).status, 200);
    assert_refused(&at("PUT", 9_600_000), 400, -1125, gone);
    assert_ne!(body(&at("POST", 9_600_000))["listenKey"], key);
    assert_eq!(at("DELETE", 9_600_001).status, 200);
    assert_refused(&at("DELETE", 9_600_002), 400, -1125, gone);
}

#[test]
fn transfers_and_loans_have_numbers_of_their_own() {
    let mut exchange = exchange(Limits::default());
    let mut number = |path: &str, params: &str| body(&ask(&mut exchange, "POST", path, params))["tranId"].clone();
    let numbers = [
        number("/papi/v1/marginLoan", "asset=USDT&amount=1"),
        number("/papi/v1/repayLoan", "asset=USDT&amount=1"),
        number("/papi/v1/bnb-transfer", "amount=1&transferSide=TO_UM"),
    ];
    assert_eq!(numbers, [100_000_001, 100_000_002, 100_000_003]);
}
