//! Everything that can be asked is answered: every endpoint's smallest and largest request, and every form of an order,
//! through client and sandbox.

#[path = "../../crates/types/tests/requests/mod.rs"]
mod valid;

use binance_papi::{
    Decimal, ENDPOINTS, Endpoint, EndpointInfo, Price, PriceMatch, Quantity, Side, TimeInForce, cm, margin, stream, um,
};
use papi_sandbox::Limits;
use papi_tests::{NOON, World};
use serde_json::Value;
use valid::{Draft, Edit, complete, maximal_requests, minimal_requests, required_only};

async fn unhurried() -> World {
    World::with_limits(Limits { weight: 1_000_000, orders: 1_000_000, ..Limits::default() }).await
}

/// Something that must exist before it can be asked for, changed or ended.
struct Before {
    /// The start of the names of the requests that need it.
    of: &'static str,
    /// The parameters of which one is sent by those requests, with its value where only that one matters.
    sent: &'static [(&'static str, Option<&'static str>)],
    /// The request that makes it, and what that sends beside what it must.
    made_by: &'static EndpointInfo,
    with: &'static [(&'static str, &'static str)],
}

const LIMIT: &[(&str, &str)] = &[("type", "LIMIT"), ("price", "19000.00"), ("newClientOrderId", "origClientOrderId")];
const ORDER: &[(&str, Option<&str>)] = &[("orderId", None), ("origClientOrderId", None)];
const LIST: &[(&str, Option<&str>)] =
    &[("orderListId", None), ("origClientOrderId", None), ("listClientOrderId", None)];
const ALGO: &[(&str, Option<&str>)] = &[("algoId", None), ("clientAlgoId", None)];
const STRATEGY: &[(&str, Option<&str>)] = &[("strategyId", None), ("newClientStrategyId", None)];
const DOWNLOAD: &[(&str, Option<&str>)] = &[("downloadId", None)];
const ONE_WAY: &[(&str, Option<&str>)] = &[("dualSidePosition", Some("false"))];

const BEFORE: &[Before] = &[
    Before { of: "um::", sent: ORDER, made_by: um::NewOrder::INFO, with: LIMIT },
    Before { of: "cm::", sent: ORDER, made_by: cm::NewOrder::INFO, with: LIMIT },
    Before {
        of: "margin::OrderList",
        sent: LIST,
        made_by: margin::NewOco::INFO,
        with: &[("listClientOrderId", "origClientOrderId")],
    },
    Before {
        of: "margin::CancelOrderList",
        sent: LIST,
        made_by: margin::NewOco::INFO,
        with: &[("listClientOrderId", "listClientOrderId")],
    },
    Before { of: "margin::", sent: ORDER, made_by: margin::NewOrder::INFO, with: LIMIT },
    Before {
        of: "um::",
        sent: ALGO,
        made_by: um::NewAlgoOrder::INFO,
        with: &[("type", "STOP_MARKET"), ("clientAlgoId", "clientAlgoId")],
    },
    Before {
        of: "cm::",
        sent: STRATEGY,
        made_by: cm::NewConditionalOrder::INFO,
        with: &[("strategyType", "STOP_MARKET"), ("newClientStrategyId", "newClientStrategyId")],
    },
    Before { of: "um::IncomeDownload", sent: DOWNLOAD, made_by: um::RequestIncomeDownload::INFO, with: &[] },
    Before { of: "um::OrderDownload", sent: DOWNLOAD, made_by: um::RequestOrderDownload::INFO, with: &[] },
    Before { of: "um::TradeDownload", sent: DOWNLOAD, made_by: um::RequestTradeDownload::INFO, with: &[] },
    Before { of: "um::SetPositionMode", sent: ONE_WAY, made_by: um::SetPositionMode::INFO, with: HEDGE },
    Before { of: "cm::SetPositionMode", sent: ONE_WAY, made_by: cm::SetPositionMode::INFO, with: HEDGE },
    Before { of: "stream::KeepStreamAlive", sent: &[], made_by: stream::OpenStream::INFO, with: &[] },
    Before { of: "stream::CloseStream", sent: &[], made_by: stream::OpenStream::INFO, with: &[] },
];

const HEDGE: &[(&str, &str)] = &[("dualSidePosition", "true")];

/// What the exchange gives a number or name, told in the reply and asked for under the same name.
const NUMBERS: [&str; 5] = ["orderId", "orderListId", "algoId", "strategyId", "downloadId"];

impl Before {
    fn is_for(&self, draft: &Draft) -> bool {
        let sends = |(name, value): &(&str, Option<&str>)| {
            draft.get(name).is_some_and(|sent| value.is_none_or(|value| value == sent))
        };
        let makes_another = draft.info.type_path() == self.made_by.type_path() && draft.info.order_cost > 0;
        let fits = draft.info.type_path().starts_with(self.of) && !makes_another;
        fits && (self.sent.is_empty() || self.sent.iter().any(sends))
    }

    fn request(&self) -> Draft {
        let with: Vec<_> = self.with.iter().map(|(name, value)| Edit::Send(name, (*value).to_owned())).collect();
        let draft = required_only(self.made_by, NOON).edited_by(&with);
        let fixed = draft.names().collect();
        complete(&draft, &fixed, NOON).expect("a valid request")
    }

    /// Makes it, and names it in the request that needs it.
    async fn make(&self, world: &World, draft: &Draft) -> Result<Draft, String> {
        let made = send(world, &self.request()).await?;
        let number = |field: &str| made[field].as_str().map_or_else(|| made[field].to_string(), str::to_owned);
        let named = NUMBERS.into_iter().filter(|name| draft.has(name) && !made[name].is_null());
        Ok(draft.edited_by(&named.map(|name| Edit::Send(name, number(name))).collect::<Vec<_>>()))
    }
}

/// Sends a request as it is.
async fn send(world: &World, draft: &Draft) -> Result<Value, String> {
    let request = draft.parse().map_err(|invalid| invalid.to_string())?;
    let reply = world.client().send_dyn(request.as_ref()).await.map_err(|error| format!("{draft:?}: {error}"))?;
    serde_json::from_str(&reply.data).map_err(|error| format!("{draft:?}: {error}: {}", reply.data))
}

/// Sends a request to a new account, once there is what it asks for.
async fn answered(draft: &Draft) -> Result<Value, String> {
    let world = unhurried().await;
    let mut draft = draft.clone();
    if let Some(before) = BEFORE.iter().find(|before| before.is_for(&draft)) {
        draft = before.make(&world, &draft).await?;
    }
    if draft.info.path == cm::ConditionalOrder::INFO.path {
        // The call knows only orders that no longer wait.
        let everything = required_only(cm::CancelAllConditionalOrders::INFO, NOON);
        send(&world, &everything).await?;
    }
    send(&world, &draft).await
}

async fn all_answered(requests: impl Fn(&'static EndpointInfo) -> Vec<Draft>) {
    let mut failures = Vec::new();
    let mut count = 0;
    for info in ENDPOINTS.iter().filter(|info| info.retired.is_none()) {
        for draft in requests(info) {
            count += 1;
            failures.extend(answered(&draft).await.err());
        }
    }
    println!("{count} requests sent");
    assert!(failures.is_empty(), "{} of {count} requests failed:\n{}", failures.len(), failures.join("\n"));
}

#[tokio::test]
async fn every_smallest_request_is_answered() {
    all_answered(|info| minimal_requests(info, NOON)).await;
}

#[tokio::test]
async fn every_largest_request_is_answered() {
    all_answered(|info| maximal_requests(info, NOON)).await;
}

fn quantity() -> Quantity {
    Quantity::new(decimal("2"))
}

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

fn price(text: &str) -> Price {
    Price::new(decimal(text))
}

/// Places an order, and collects what the exchange refuses.
async fn place<E: Endpoint>(failures: &mut Vec<String>, order: E) {
    let accepted = unhurried().await.client().send(&order).await;
    failures.extend(accepted.err().map(|error| format!("{order:?}: {error}")));
}

fn assert_none(failures: &[String]) {
    assert!(failures.is_empty(), "{} orders were refused:\n{}", failures.len(), failures.join("\n"));
}

/// For each side a price that the market must come to, and one on its other side: bought low and sold high.
const SIDES: [(Side, &str, &str); 2] = [(Side::Buy, "20000.10", "90000.10"), (Side::Sell, "90000.10", "20000.10")];

#[tokio::test]
async fn every_form_of_an_um_order_is_accepted() {
    let failures = &mut Vec::new();
    for (side, good, bad) in SIDES {
        let (good, bad, qty, gtc) = (price(good), price(bad), quantity(), TimeInForce::Gtc);
        let (symbol, side, best) = ("BTCUSDT", || side.clone(), PriceMatch::Queue);
        place(failures, um::NewOrder::market(symbol, side(), qty)).await;
        place(failures, um::NewOrder::limit(symbol, side(), qty, good, gtc.clone())).await;
        place(failures, um::NewOrder::limit_matched(symbol, side(), qty, best.clone(), gtc)).await;
        place(failures, um::NewAlgoOrder::stop(symbol, side(), qty, bad, bad)).await;
        place(failures, um::NewAlgoOrder::stop_matched(symbol, side(), qty, bad, best.clone())).await;
        place(failures, um::NewAlgoOrder::stop_market(symbol, side(), qty, bad)).await;
        place(failures, um::NewAlgoOrder::stop_market_close(symbol, side(), bad)).await;
        place(failures, um::NewAlgoOrder::take_profit(symbol, side(), qty, good, good)).await;
        place(failures, um::NewAlgoOrder::take_profit_matched(symbol, side(), qty, good, best)).await;
        place(failures, um::NewAlgoOrder::take_profit_market(symbol, side(), qty, good)).await;
        place(failures, um::NewAlgoOrder::take_profit_market_close(symbol, side(), good)).await;
        place(failures, um::NewAlgoOrder::trailing_stop_market(symbol, side(), qty, decimal("1.5"))).await;
    }
    assert_none(failures);
}

#[tokio::test]
async fn every_form_of_a_cm_order_is_accepted() {
    let failures = &mut Vec::new();
    for (side, good, bad) in SIDES {
        let (good, bad, qty, gtc) = (price(good), price(bad), quantity(), TimeInForce::Gtc);
        let (symbol, side) = ("BTCUSD_PERP", || side.clone());
        place(failures, cm::NewOrder::market(symbol, side(), qty)).await;
        place(failures, cm::NewOrder::limit(symbol, side(), qty, good, gtc.clone())).await;
        place(failures, cm::NewOrder::limit_matched(symbol, side(), qty, PriceMatch::Queue, gtc)).await;
        place(failures, cm::NewConditionalOrder::stop(symbol, side(), qty, bad, bad)).await;
        place(failures, cm::NewConditionalOrder::stop_market(symbol, side(), qty, bad)).await;
        place(failures, cm::NewConditionalOrder::take_profit(symbol, side(), qty, good, good)).await;
        place(failures, cm::NewConditionalOrder::take_profit_market(symbol, side(), qty, good)).await;
        let rate = decimal("1.5");
        place(failures, cm::NewConditionalOrder::trailing_stop_market(symbol, side(), qty, rate)).await;
    }
    assert_none(failures);
}

#[tokio::test]
async fn every_form_of_a_margin_order_is_accepted() {
    let failures = &mut Vec::new();
    for (side, good, bad) in SIDES {
        let (good, bad, qty, gtc) = (price(good), price(bad), quantity(), || TimeInForce::Gtc);
        let (symbol, side) = ("BTCUSDT", || side.clone());
        place(failures, margin::NewOrder::market(symbol, side(), qty)).await;
        place(failures, margin::NewOrder::market_by_quote(symbol, side(), decimal("500"))).await;
        place(failures, margin::NewOrder::limit(symbol, side(), qty, good, gtc())).await;
        place(failures, margin::NewOrder::limit_maker(symbol, side(), qty, good)).await;
        place(failures, margin::NewOrder::stop_loss(symbol, side(), qty, bad)).await;
        place(failures, margin::NewOrder::stop_loss_limit(symbol, side(), qty, bad, bad, gtc())).await;
        place(failures, margin::NewOrder::take_profit(symbol, side(), qty, good)).await;
        place(failures, margin::NewOrder::take_profit_limit(symbol, side(), qty, good, good, gtc())).await;
        let oco = margin::NewOco::new(symbol, side(), qty, good, bad);
        place(failures, oco.clone().stop_limit_price(bad).stop_limit_time_in_force(gtc())).await;
        place(failures, oco).await;
    }
    assert_none(failures);
}
