//! The rules of the first endpoints: what is refused before sending, and how it is said.

use papi_types::error::{Invalid, ViolationKind};
use papi_types::{
    ClientOrderId, Decimal, Endpoint, OrderType, PositionSide, Price, PriceMatch, Quantity, SelfTradePreventionMode,
    Side, TimeInForce, Timestamp, cm, margin, um,
};
use std::time::Duration;

const DAY: i64 = 86_400_000;
const NOW: Timestamp = Timestamp::from_millis(1_792_000_000_000);

fn ago(days: i64) -> Timestamp {
    Timestamp::from_millis(NOW.as_millis() - days * DAY)
}

fn refusal(request: &impl Endpoint) -> Invalid {
    request.check(NOW).expect_err("breaks a rule")
}

/// Kind, parameter and text of the only broken rule.
fn only(request: &impl Endpoint) -> (ViolationKind, String, String) {
    let invalid = refusal(request);
    assert_eq!(invalid.violations().len(), 1, "{invalid}");
    let violation = &invalid.violations()[0];
    (violation.kind(), violation.param().to_owned(), violation.to_string())
}

fn amount<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().expect("a decimal")
}

fn limit_order() -> um::NewOrder {
    um::NewOrder::limit("BTCUSDT", Side::Buy, amount::<Quantity>("0.01"), amount::<Price>("20000"), TimeInForce::Gtc)
}

#[test]
fn a_refusal_names_parameter_rule_and_page() {
    let invalid = refusal(&um::ForceOrders::new().symbol("").limit(101));
    assert_eq!(
        invalid.to_string(),
        "`symbol` must not be empty; `limit` must be at most 100, not 101 \
         (see https://developers.binance.com/docs/derivatives/portfolio-margin/trade/Query-Users-UM-Force-Orders)"
    );
    let (kind, param, text) = only(&um::ForceOrders::new().limit(0));
    assert_eq!((kind, param.as_str()), (ViolationKind::OutOfRange, "limit"));
    assert_eq!(text, "`limit` must be at least 1, not 0");
}

#[test]
fn a_window_is_in_order_short_enough_and_not_too_old() {
    let window = |from, to| um::ForceOrders::new().start_time(from).end_time(to);
    for fine in [
        um::ForceOrders::new(),
        window(ago(7), NOW),
        window(NOW, NOW),
        window(ago(90), ago(83)),
        um::ForceOrders::new().start_time(ago(90)),
        um::ForceOrders::new().end_time(ago(90)),
    ] {
        assert_eq!(fine.check(NOW), Ok(()), "{fine:?}");
    }
    assert_eq!(only(&window(ago(1), ago(2))).0, ViolationKind::WindowReversed);
    let one_millisecond_more = Timestamp::from_millis(ago(7).as_millis() - 1);
    assert_eq!(only(&window(one_millisecond_more, NOW)).0, ViolationKind::WindowTooLong);
    let too_old = Timestamp::from_millis(ago(90).as_millis() - 1);
    let (kind, param, text) = only(&window(too_old, ago(84)));
    assert_eq!((kind, param.as_str()), (ViolationKind::WindowTooOld, "startTime"));
    assert!(text.contains("older than 90 days") && text.contains("no data before 2026-07-16T"), "{text}");
    assert_eq!(only(&um::ForceOrders::new().end_time(too_old)).1, "endTime");
}

#[test]
fn margin_history_has_no_stated_span_or_age() {
    let request = margin::ForceOrders::new().start_time(ago(400)).end_time(NOW).size(100).current(7);
    assert_eq!(request.check(NOW), Ok(()));
    assert_eq!(only(&margin::ForceOrders::new().current(0)).1, "current");
}

#[test]
fn a_limit_order_needs_exactly_one_source_of_its_price() {
    assert_eq!(limit_order().check(NOW), Ok(()));
    let mut without = limit_order();
    without.price = None;
    let (kind, param, text) = only(&without);
    assert_eq!((kind, param.as_str()), (ViolationKind::Combination, "price"));
    assert_eq!(text, "one of `price` and `priceMatch` is required when type=LIMIT");
    assert_eq!(without.price_match(PriceMatch::Queue5).check(NOW), Ok(()));
    let both = limit_order().price_match(PriceMatch::Queue);
    assert_eq!(only(&both).2, "only one of `price` and `priceMatch` may be sent when type=LIMIT");
    let mut bare = limit_order();
    (bare.time_in_force, bare.quantity) = (None, None);
    let texts: Vec<_> = refusal(&bare).violations().iter().map(ToString::to_string).collect();
    assert_eq!(texts, ["`timeInForce` is required when type=LIMIT", "`quantity` is required when type=LIMIT"]);
}

#[test]
fn forms_set_the_type_and_take_what_it_needs() {
    let market = um::NewOrder::market("BTCUSDT", Side::Sell, amount::<Quantity>("1"));
    assert_eq!((market.order_type.clone(), market.check(NOW)), (OrderType::Market, Ok(())));
    let matched = um::NewOrder::limit_matched(
        "BTCUSDT",
        Side::Buy,
        amount::<Quantity>("1"),
        PriceMatch::Opponent,
        TimeInForce::Ioc,
    );
    assert_eq!((matched.order_type.clone(), matched.check(NOW)), (OrderType::Limit, Ok(())));
    assert_eq!(only(&market.price_match(PriceMatch::Queue)).0, ViolationKind::Forbidden);
}

#[test]
fn a_gtd_order_ends_more_than_ten_minutes_from_now() {
    let gtd = |order: um::NewOrder| order.time_in_force(TimeInForce::Gtd);
    assert_eq!(only(&gtd(limit_order())).1, "goodTillDate");
    let edge = NOW.plus(Duration::from_secs(600));
    let (kind, _, text) = only(&gtd(limit_order().good_till_date(edge)));
    assert_eq!(kind, ViolationKind::OutOfRange);
    assert!(text.starts_with("`goodTillDate` must be greater than now + 10 minutes, not "), "{text}");
    assert_eq!(gtd(limit_order().good_till_date(edge.plus(Duration::from_millis(1)))).check(NOW), Ok(()));
    let end_of_time = Timestamp::from_millis(253_402_300_799_000);
    assert_eq!(only(&gtd(limit_order().good_till_date(end_of_time))).0, ViolationKind::OutOfRange);
}

#[test]
fn hedge_mode_sides_refuse_reduce_only() {
    for side in [PositionSide::Long, PositionSide::Short] {
        assert_eq!(only(&limit_order().position_side(side).reduce_only(true)).1, "reduceOnly");
    }
    assert_eq!(limit_order().position_side(PositionSide::Both).reduce_only(true).check(NOW), Ok(()));
}

#[test]
fn a_client_id_has_1_to_32_characters_of_its_class() {
    let named = |id: &str| limit_order().new_client_order_id(ClientOrderId::from(id));
    assert_eq!(named("desk.A:7/x_y-Z").check(NOW), Ok(()));
    assert_eq!(named(&"a".repeat(32)).check(NOW), Ok(()));
    assert_eq!(only(&named(&"a".repeat(33))).0, ViolationKind::Length);
    assert_eq!(only(&named("desk A")).0, ViolationKind::Chars);
    assert_eq!(refusal(&named("")).violations()[0].kind(), ViolationKind::Empty);
}

#[test]
fn a_known_word_that_is_not_offered_is_refused_and_an_unknown_one_is_left_to_the_exchange() {
    let order = limit_order().self_trade_prevention_mode(SelfTradePreventionMode::None);
    assert_eq!(
        only(&order).2,
        "`selfTradePreventionMode` must be one of EXPIRE_TAKER, EXPIRE_BOTH, EXPIRE_MAKER, not NONE"
    );
    assert_eq!(limit_order().self_trade_prevention_mode("EXPIRE_OLDEST").check(NOW), Ok(()));
}

#[test]
fn texts_become_requests_or_reasons() {
    let pairs =
        [("symbol", "BTCUSDT"), ("side", "BUY"), ("type", "LIMIT"), ("price", "2000.10"), ("reduceOnly", "true")];
    let order = um::NewOrder::from_pairs(&pairs).expect("reads");
    assert_eq!(order.price.map(Decimal::from).map(|price| price.to_string()).as_deref(), Some("2000.10"));
    assert_eq!(order.reduce_only, Some(true));
    let reasons = um::NewOrder::from_pairs(&[
        ("symbol", "X"),
        ("symbl", "X"),
        ("symbol", "Y"),
        ("price", "1,5"),
        ("reduceOnly", "yes"),
    ])
    .expect_err("reasons");
    let texts: Vec<_> = reasons.violations().iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        [
            "`symbl` is not a parameter of NewOrder, did you mean `symbol`?",
            "`symbol` is given twice",
            "`side` is required",
            "`type` is required",
            "`reduceOnly` must be true or false, not \"yes\"",
            "`price` must be a decimal number, not \"1,5\"",
        ]
    );
}

#[test]
fn a_parameter_that_was_taken_away_is_refused_with_the_reason() {
    let endpoints = [(um::IncomeHistory::INFO, "um"), (cm::IncomeHistory::INFO, "cm")];
    for (info, group) in endpoints {
        assert!(info.param("page").is_none(), "{group}: it is not sent");
        let refused = (info.parse)(&[("page", "2")]).expect_err("is refused");
        assert_eq!(refused.violations().len(), 1);
        let violation = &refused.violations()[0];
        assert_eq!((violation.kind(), violation.param()), (ViolationKind::Unknown, "page"));
        assert_eq!(
            violation.to_string(),
            "`page` was taken away on 2026-10-28: Which page of the rows; the range of times selects rows now."
        );
    }
}

#[test]
fn cost_follows_the_parameters_that_are_sent() {
    assert_eq!(um::ForceOrders::new().cost().weight, 50);
    assert_eq!(um::ForceOrders::new().symbol("BTCUSDT").limit(5).cost().weight, 20);
    assert_eq!(margin::ForceOrders::new().cost().weight, 1);
    assert_eq!((limit_order().cost().weight, limit_order().cost().orders), (1, 1));
}
