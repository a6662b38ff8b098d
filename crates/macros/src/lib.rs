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

/// Makes a struct the request of an endpoint.
///
/// ```
/// use binance_papi::{OrderId, Symbol, Timestamp, endpoint, reply};
///
/// /// Orders by which the exchange closed positions.
/// #[endpoint(
///     group = Group::Um,
///     call = "GET /papi/v1/um/forceOrders",
///     access = Access::UserData,
///     effect = Effect::Read,
///     weight = Weight::with(&[("symbol", 20)]).otherwise(50),
///     doc_url = "https://developers.binance.com/docs/derivatives/portfolio-margin/trade/Query-Users-UM-Force-Orders",
///     verified_on = "2026-10-23",
///     constraints = [
///         Constraint::always().window(Window::between("startTime", "endTime").default(days(7)).reaches_back(days(90))),
///     ],
///     reply = Vec<Closed>,
/// )]
/// pub struct Closings {
///     /// One symbol only; all when absent.
///     #[param("symbol")]
///     pub symbol: Option<Symbol>,
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
/// }
///
/// let request = Closings::new().symbol("BTCUSDT").limit(5);
/// assert_eq!(binance_papi::Endpoint::cost(&request).weight, 20);
/// ```
///
/// A field is required unless it is an `Option`. The arguments are Rust: each is the method of its name of `EndpointInfo`,
/// or of `ParamInfo` in `#[param]`, where a list needs no `&`. All names of the module `spec` are in scope. Constraints name
/// parameters as the wire does; a name that is no parameter does not compile. `reply`, `row` (of a list that comes in parts)
/// and `crate` (where the library has another name) take a type or a path. The struct also takes `#[constructor]` and `#[example]`.
#[proc_macro_attribute]
pub fn endpoint(arguments: TokenStream, item: TokenStream) -> TokenStream {
    endpoint::expand(arguments.into(), item.into()).into()
}

/// Makes a struct a reply, or a part of one. Each field names its key: `#[field("orderId")]`; an `Option` field may be
/// absent, null or empty. `#[example(r#"{..}"#)]` gives the type its `example()`.
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
