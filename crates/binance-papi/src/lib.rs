//! Typed client for the Binance Portfolio Margin API (`https://papi.binance.com`): orders, positions, histories and
//! transfers of one account, for USDⓈ-M futures, COIN-M futures and cross margin.
//!
//! It is async and runs on [tokio]. A program needs both:
//!
//! ```toml
//! [dependencies]
//! binance-papi = "0.1"
//! tokio = { version = "1.49", features = ["macros", "rt-multi-thread"] }
//! ```
//!
//! # Send
//!
//! A request is a plain value with a constructor and setters; [`Client::send`] sends it.
//!
//! ```no_run
//! # #[cfg(feature = "um")]
//! # mod example {
//! use binance_papi::{Client, um};
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     // BINANCE_API_KEY, and BINANCE_API_SECRET or BINANCE_PRIVATE_KEY
//!     let client = Client::from_env()?;
//!     for order in client.send(&um::ForceOrders::new().symbol("BTCUSDT")).await?.data {
//!         println!("{} {} at {}", order.side, order.executed_qty, order.avg_price);
//!     }
//!     Ok(())
//! }
//! # }
//! # fn main() {}
//! ```
//!
//! [`um`], [`cm`], [`margin`], [`account`], [`stream`] and [`market`] hold the requests, each with its weight, parameters
//! and constraints; [`ENDPOINTS`] is the same as data. [`ClientBuilder`] sets everything else: address, key, limits,
//! deadlines, proxy, what is logged. Clones of a client share connections and one budget of weight and orders.
//!
//! # What it promises
//!
//! - A request that breaks a documented rule is refused before it is sent, naming parameter, rule and page.
//!   [`Client::send_unchecked`] sends it anyway.
//! - A call that acts on every arrival (an order, a loan, a transfer) is sent again only when it provably never arrived.
//! - Money is exact: decimals keep every digit and their scale.
//! - A word or field that this version does not know never breaks a reply.
//! - Every call reserves its weight first, and waits when there is no room.
//!
//! Filters of a symbol (tick size, lot size, notional) and the position mode of the account are not known to a request;
//! the exchange decides about both.
//!
//! # When a call fails
//!
//! [`Error::kind`] is the phase in which it failed, because that decides what to do next; see [`Error`].
//!
//! An order without a client order id gets one before it is sent. When no answer comes, it may have been executed or not:
//! never send it again before [`Client::settle`] has asked the exchange.
//!
//! ```no_run
//! # #[cfg(feature = "um")]
//! # async fn place(client: binance_papi::Client) -> Result<(), Box<dyn std::error::Error>> {
//! use binance_papi::{ErrorCode, Patience, Quantity, Settlement, Side, um};
//!
//! let quantity: Quantity = "0.010".parse()?;
//! let order = um::NewOrder::market("BTCUSDT", Side::Buy, quantity);
//! match client.send(&order).await {
//!     Ok(placed) => println!("placed as order {}", placed.data.order_id),
//!     // The answer is lost. The error holds what is needed to ask.
//!     Err(error) if error.is_unknown() => {
//!         let Some(pending) = error.pending() else { return Err(error.into()) };
//!         match client.settle(pending, Patience::default()).await? {
//!             Settlement::Accepted(found) => println!("it was executed: {}", found.json()),
//!             Settlement::Absent => println!("it was not executed: sending it anew is safe"),
//!             still_unknown => println!("do not send it anew: {still_unknown:?}"),
//!         }
//!     }
//!     // It was not executed.
//!     Err(error) if error.code() == Some(ErrorCode::MARGIN_NOT_SUFFICIENT) => {
//!         println!("not enough margin");
//!     }
//!     Err(error) => return Err(error.into()),
//! }
//! # Ok(()) }
//! ```
//!
//! To be able to ask after the future was dropped or the process has ended, give the order an id of your own
//! ([`ClientOrderId::generate`]), write it down before you send, and build the [`Pending`] from the same request.
//! Or let the client do it: [`ClientBuilder::intents`] makes each such call durable before it leaves, and
//! [`Client::settle_all`] asks for those of a process that has ended.
//!
//! # Whole histories
//!
//! The exchange answers with a page of a window. [`Client::history`] walks all of them: every row once, in order of time,
//! and a [`Report`](history::Report) of whether all are there.
//!
//! ```no_run
//! # #[cfg(feature = "um")]
//! # async fn walk(client: binance_papi::Client) -> Result<(), Box<dyn std::error::Error>> {
//! use binance_papi::{history::Period, um};
//! use std::time::Duration;
//!
//! let quarter = Period::last(Duration::from_secs(90 * 86_400));
//! let mut history = client.history(&um::ForceOrders::new(), quarter)?;
//! while let Some(order) = history.next().await {
//!     println!("{}", order?.symbol);
//! }
//! println!("complete: {}", history.report().is_complete());
//! # Ok(()) }
//! ```
//!
//! # Without async
//!
//! With the cargo feature `blocking`, the client in [`blocking`][blocking] has the same calls without `.await`, and a
//! runtime of its own. It also works inside of another runtime, where it stops the thread that calls it.
//!
//! ```no_run
//! # #[cfg(all(feature = "blocking", feature = "um"))]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use binance_papi::{blocking, um};
//!
//! let client = blocking::Client::from_env()?;
//! let orders = client.send(&um::ForceOrders::new().symbol("BTCUSDT"))?.data;
//! # drop(orders);
//! # Ok(()) }
//! # #[cfg(not(all(feature = "blocking", feature = "um")))]
//! # fn main() {}
//! ```
//!
//! # An endpoint of your own
//!
//! What this version lacks is written in your crate by [`#[endpoint]`](endpoint) and [`#[reply]`](reply): a struct with its
//! rules, which is then sent, checked and budgeted like all others.
//!
//! ```no_run
//! # async fn ask(client: binance_papi::Client) -> Result<(), binance_papi::Error> {
//! use binance_papi::{Decimal, Symbol, endpoint, reply};
//!
//! /// The funding that the account paid.
//! #[endpoint(
//!     group = Group::Um,
//!     call = "GET /papi/v1/um/fundingPaid",
//!     access = Access::UserData,
//!     effect = Effect::Read,
//!     weight = 30,
//!     reply = Vec<FundingPaid>,
//!     doc_url = "https://example.com/funding-paid",
//!     verified_on = "2026-10-23",
//! )]
//! pub struct FundingPayments {
//!     /// The contract.
//!     #[param("symbol")]
//!     pub symbol: Symbol,
//!     /// Rows to return at most.
//!     #[param("limit", default = "100", min = "1", max = "1000")]
//!     pub limit: Option<u32>,
//! }
//!
//! /// One payment.
//! #[reply]
//! pub struct FundingPaid {
//!     /// The amount, in the quote asset.
//!     #[field("amount")]
//!     pub amount: Decimal,
//! }
//!
//! let payments = client.send(&FundingPayments::new("BTCUSDT").limit(5)).await?.data;
//! # drop(payments);
//! # Ok(()) }
//! ```
//!
//! A call that is made once in a while needs no type: [`RawCall`] takes method, path and parameters.
//!
//! # Cargo features
//!
//! | feature | | default |
//! |---|---|---|
//! | `um` | requests of USDⓈ-M futures | yes |
//! | `cm` | requests of COIN-M futures | yes |
//! | `margin` | requests of cross margin | yes |
//! | `account` | requests of the account as a whole | yes |
//! | `stream` | listen keys of the user data stream | yes |
//! | `account-stream` | the account's events as they happen | |
//! | `blocking` | a client for code that is not async | |
//! | `encrypted-keys` | private keys that are encrypted with a passphrase | |
//! | `redis` | a budget that hosts share through Redis or Valkey | |
//! | `tracing` | events of attempts, waits and retries | |
//!
//! # Where to look
//!
//! - [`Client`] sends, [`ClientBuilder`] sets up, [`Call`] has the options of a call, [`Limits`] those of the budget.
//! - [`Error`] and [`ErrorKind`] tell what failed, [`ErrorCode`] the exchange's codes, [`error`](mod@error) the details.
//! - [`history`] says what a walk promises, [`spec`] is the vocabulary of rules and weights.
//! - The examples of the repository run as they are, against an exchange on this machine that needs no account:
//!   `cargo run -p binance-papi --example force_orders`.
//!
//! [tokio]: https://docs.rs/tokio
#![cfg_attr(feature = "blocking", doc = "[blocking]: crate::blocking")]
#![cfg_attr(not(feature = "blocking"), doc = "[blocking]: https://docs.rs/binance-papi/latest/binance_papi/blocking/")]
// On docs.rs, what a cargo feature switches says so.
#![cfg_attr(docsrs, feature(doc_cfg))]

// Expanded code asks for this path; see `papi_types`.
#[cfg(feature = "blocking")]
pub use papi_runtime::blocking;
pub use papi_runtime::history;
pub use papi_runtime::{
    Call, Client, ClientBuilder, ClockOffset, Credentials, Error, ErrorKind, Found, KeyType, LedgerStore, Limits, Meta,
    Notice, PRODUCTION_TIME_URL, PRODUCTION_URL, Patience, Pending, RawCall, Reply, Settlement,
};
#[cfg(feature = "redis")]
pub use papi_runtime::{LedgerStatus, SharedAmount};
#[cfg(feature = "account-stream")]
pub use papi_runtime::{PRODUCTION_STREAM_URL, account_stream};
#[doc(hidden)]
pub use papi_types::__rt;
pub use papi_types::*;

/// Calls that act, written down before they leave: what [`ClientBuilder::intents`] keeps, and what became of it.
pub mod intents {
    pub use papi_runtime::intents::*;
    pub use papi_runtime::{IntentEnd, SettledIntent};
}

/// What can be wrong with a request or a reply, what proves that a call was accepted all the same, and what leaves an
/// outcome unknown, in detail.
pub mod error {
    pub use papi_runtime::{Accepted, Doubt, DoubtReason};
    #[doc(inline)]
    pub use papi_types::error::*;
}
