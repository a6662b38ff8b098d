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
//!   When nobody can know, the error says so: [`Error::is_unknown`].
//! - Money is exact: decimals keep every digit and their scale.
//! - A word or field that this version does not know never breaks a reply.
//! - All calls of a client, and of its clones, share one budget of request weight and orders.
//!
//! # What it leaves to you
//!
//! Filters of a symbol (tick size, lot size, notional) and the position mode of the account are not known to a request;
//! the exchange has the last word on both.
//!
//! # Where to look
//!
//! [`um`], [`cm`] and [`margin`] hold the requests with their weights and rules; [`ENDPOINTS`] is the same as data.
//! An endpoint that is missing here can be called by path: [`RawCall`].

// Expanded code asks for this path; see `papi_types`.
pub use papi_runtime::{
    Call, Client, ClientBuilder, Credentials, Error, ErrorKind, Limits, Meta, PRODUCTION_URL, RawCall, Reply,
};
#[doc(hidden)]
pub use papi_types::__rt;
pub use papi_types::*;
