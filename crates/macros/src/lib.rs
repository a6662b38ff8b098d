//! Expands the annotations of requests, replies and words.
//!
//! Generated code holds annotated data and nothing else; these macros give it its behaviour. An endpoint that is written by hand
//! in another crate uses the same macros. Each macro parses, builds a model of its own, checks it, and quotes. It reports all
//! mistakes at once, each at its own word, and emits the type even then, so that one mistake does not become thirty.

// The compiler gives the tokens by value.
#![allow(clippy::needless_pass_by_value)]

mod either;
mod endpoint;
mod entry;
mod item;
mod problems;
mod reply;
mod root;
mod through_wire;
mod word;

#[cfg(test)]
mod expansions;

use proc_macro::TokenStream;

/// Makes a struct the request of an endpoint: one of your own, when the exchange has a call that this library does not know.
///
/// It is then sent, budgeted, checked, walked and settled like every other request.
///
/// ```
/// use binance_papi::{Decimal, Endpoint, OpenEnum, OrderId, Symbol, Timestamp, UnknownWord, endpoint, reply};
///
/// /// Orders by which the exchange closed positions.
/// #[endpoint(
///     group = Group::Um,
///     call = "GET /papi/v1/um/forceOrders",
///     access = Access::UserData,
///     effect = Effect::Read,
///     weight = Weight::with(&[("symbol", 20)]).otherwise(50),
///     constraints = [
///         Constraint::always().window(Window::between("startTime", "endTime").at_most(days(7)).reaches_back(days(90))),
///     ],
///     paging = Paging::by_key(&["orderId"]).window("startTime", "endTime", days(7)).cap("limit").time("time"),
///     row = Closed,
///     reply = Vec<Closed>,
///     doc_url = "https://developers.binance.com/docs/derivatives/portfolio-margin/trade/Query-Users-UM-Force-Orders",
///     verified_on = "2026-10-23",
/// )]
/// pub struct Closings {
///     /// One symbol only; all when absent.
///     #[param("symbol")]
///     pub symbol: Option<Symbol>,
///     /// Which kind; both when absent.
///     #[param("autoCloseType")]
///     pub kind: Option<Kind>,
///     /// First millisecond of the range.
///     #[param("startTime")]
///     pub start_time: Option<Timestamp>,
///     /// Last millisecond of the range.
///     #[param("endTime")]
///     pub end_time: Option<Timestamp>,
///     /// Rows to return.
///     #[param("limit", default = "50", min = "1", max = "100")]
///     pub limit: Option<u32>,
/// }
///
/// /// One of them.
/// #[reply]
/// pub struct Closed {
///     /// Exchange's number of the order.
///     #[field("orderId")]
///     pub order_id: OrderId,
///     /// Average price of the fills; absent before the first.
///     #[field("avgPrice")]
///     pub avg_price: Option<Decimal>,
///     /// When the order was placed.
///     #[field("time")]
///     pub time: Timestamp,
/// }
///
/// /// Why a position was closed.
/// #[derive(Debug, Clone, PartialEq, Eq, OpenEnum)]
/// pub enum Kind {
///     /// A liquidation.
///     #[word("LIQUIDATION")]
///     Liquidation,
///     /// A word of tomorrow.
///     Unknown(UnknownWord),
/// }
///
/// let request = Closings::new().symbol("BTCUSDT").kind(Kind::Liquidation).limit(500);
/// assert_eq!(request.cost().weight, 20);
/// let refused = request.check(Timestamp::now()).expect_err("100 rows at most");
/// assert!(refused.to_string().starts_with("`limit` must be at most 100, not 500"));
/// ```
///
/// # Parameters
///
/// A field is required unless it is an `Option`. `#[param]` has its name on the wire, then facts: `default`, `min`, `above`,
/// `max`, `below`, `length`, `chars`, `words`. Each is the method of its name of `ParamInfo`. The struct has a constructor `new`
/// that takes what is required, or those that `#[constructor(market, doc = "..", set(type = "MARKET"), take(symbol))]` names,
/// and a setter for each optional parameter. `deprecated = ".."` in it says what to call in place of a constructor that is only
/// kept. `#[example(r#"[..]"#)]` gives a documented reply.
///
/// # Arguments
///
/// They are Rust: each is the method of its name of `EndpointInfo`, where a list needs no `&`, and all names of the module
/// `spec` are in scope. `group`, `call`, `access`, `effect`, `weight`, `doc_url`, `verified_on` and `reply` are needed; `orders`,
/// `caps`, `client_ids`, `constraints`, `settle`, `shown_by`, `retired`, and `paging` with `row`, are not. `reply`, `row` and
/// `crate` (where the library has another name) take a type or a path. Constraints name parameters as the wire does.
///
/// # Mistakes
///
/// What the generator refuses in a spec does not compile here either, and a mistake is one message at the argument or parameter
/// that makes it: names that are no parameter or no field of a row, bounds that leave nothing, a default outside them, words
/// that the enum does not have, a constraint that says nothing, a read that is settled, and more. Not judged are the calls that
/// `settle`, `shown_by`, `names` and `instead` name, what their replies have, and whether an example fits the reply.
#[proc_macro_attribute]
pub fn endpoint(arguments: TokenStream, item: TokenStream) -> TokenStream {
    endpoint::expand(arguments.into(), item.into()).into()
}

/// Makes a struct a reply, or a part of one. Each field names its key: `#[field("orderId")]`; an `Option` field may be
/// absent, null or empty. `#[example(r#"{..}"#)]` gives the type its `example()`.
///
/// `#[event("NAME")]` makes it an event of the user data stream: its key `e` has this name, which no field holds.
#[proc_macro_attribute]
pub fn reply(arguments: TokenStream, item: TokenStream) -> TokenStream {
    reply::expand(arguments.into(), item.into()).into()
}

/// Makes an enum a reply of several kinds of objects, each with a key that only this kind has: `#[when("contingencyType")]` on
/// a variant, and `#[otherwise]` on the last, which has no such key.
#[proc_macro_attribute]
pub fn either(arguments: TokenStream, item: TokenStream) -> TokenStream {
    either::expand(arguments.into(), item.into()).into()
}

/// Makes an enum the words of one meaning: `#[word("BUY")]` on each variant, and a last `Unknown(UnknownWord)` that
/// keeps every other word.
#[proc_macro_derive(OpenEnum, attributes(word, papi))]
pub fn open_enum(item: TokenStream) -> TokenStream {
    word::expand(item.into()).into()
}
