//! Typed client for the Binance Portfolio Margin API (`https://papi.binance.com`).
//!
//! A request is a plain value; [`Client::send`] is the only verb.
//!
//! ```no_run
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use binance_papi::{Client, Credentials, um};
//!
//! let credentials = Credentials::from_env()?.ok_or("set BINANCE_API_KEY and BINANCE_API_SECRET")?;
//! let client = Client::builder().credentials(credentials).build()?;
//! for order in client.send(&um::ForceOrders::new().symbol("BTCUSDT")).await?.data {
//!     println!("{} {} {} at {}", order.time, order.side, order.executed_qty, order.avg_price);
//! }
//! # Ok(()) }
//! ```
//!
//! # What it promises
//!
//! - A request that breaks a documented rule is refused before it is sent, naming parameter, rule and page.
//!   [`Client::send_unchecked`] sends it anyway.
//! - A call that acts on every arrival (an order, a loan, a transfer) is sent again only when it provably never arrived.
//!   When its answer is lost, the error says so ([`Error::is_unknown`]), and [`Client::settle`] asks the exchange what
//!   became of it.
//! - Money is exact: decimals keep every digit and their scale.
//! - A word or field that this version does not know never breaks a reply.
//! - All calls of a client, and of its clones, share one budget of request weight and orders.
//!
//! # Orders
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
//!             Settlement::Absent => println!("it was not executed, and will not be: sending it anew is safe"),
//!             still_unknown => println!("do not send it anew: {still_unknown:?}"),
//!         }
//!     }
//!     // It was not executed.
//!     Err(error) if error.code() == Some(ErrorCode::MARGIN_NOT_SUFFICIENT) => println!("not enough margin"),
//!     Err(error) => return Err(error.into()),
//! }
//! # Ok(()) }
//! ```
//!
//! To be able to ask after the future was dropped or the process has ended, give the order an id of your own
//! ([`ClientOrderId::generate`]), write it down before you send, and build the [`Pending`] from the same request.
//!
//! # What it leaves to you
//!
//! Filters of a symbol (tick size, lot size, notional) and the position mode of the account are not known to a request;
//! the exchange decides about both.
//!
//! # Where to look
//!
//! [`um`], [`cm`] and [`margin`] hold the requests with their weights and constraints; [`ENDPOINTS`] is the
//! same as data, in the vocabulary of [`spec`]. [`error`] and [`history`] hold what is rarely named.
//! An endpoint that is missing here can be called by path: [`RawCall`].

// Expanded code asks for this path; see `papi_types`.
pub use papi_runtime::history;
pub use papi_runtime::{
    Call, Client, ClientBuilder, ClockOffset, Credentials, Error, ErrorKind, Found, KeyType, Limits, Meta, Notice,
    PRODUCTION_TIME_URL, PRODUCTION_URL, Patience, Pending, RawCall, Reply, Settlement,
};
#[doc(hidden)]
pub use papi_types::__rt;
pub use papi_types::*;

/// What can be wrong with a request or a reply, what proves that a call was accepted all the same, and what leaves an
/// outcome unknown, in detail.
pub mod error {
    pub use papi_runtime::{Accepted, Doubt, DoubtReason};
    #[doc(inline)]
    pub use papi_types::error::*;
}
