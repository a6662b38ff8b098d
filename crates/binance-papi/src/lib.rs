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
//! # Orders
//!
//! An order without a client order id gets one before it is sent. Made by you, it is still known when the future is
//! dropped or the process ends: write it down, then send.
//!
//! ```no_run
//! # #[cfg(feature = "um")]
//! # async fn place(client: binance_papi::Client) -> Result<(), Box<dyn std::error::Error>> {
//! use binance_papi::{ClientOrderId, ErrorCode, Quantity, Side, um};
//!
//! let id = ClientOrderId::generate();
//! let quantity: Quantity = "0.010".parse()?;
//! let order = um::NewOrder::market("BTCUSDT", Side::Buy, quantity).new_client_order_id(&id);
//! match client.send(&order).await {
//!     Ok(placed) => println!("{id} is order {}", placed.data.order_id),
//!     // Perhaps executed, perhaps not. Sent again it may be executed twice, whatever its id. Ask for it; that there is
//!     // no such order proves nothing in the first seconds.
//!     Err(error) if error.is_unknown() => {
//!         let found = client.send(&um::Order::new("BTCUSDT").orig_client_order_id(&id)).await?;
//!         println!("{id} is {}", found.data.status);
//!     }
//!     // Everything else says that it was not executed.
//!     Err(error) if error.code() == Some(ErrorCode::MARGIN_NOT_SUFFICIENT) => println!("not enough margin"),
//!     Err(error) => return Err(error.into()),
//! }
//! # Ok(()) }
//! ```
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
pub use papi_runtime::history;
pub use papi_runtime::{
    Call, Client, ClientBuilder, ClockOffset, Credentials, Doubt, DoubtReason, Error, ErrorKind, Found, KeyType,
    Limits, Meta, Notice, PRODUCTION_TIME_URL, PRODUCTION_URL, Patience, Pending, RawCall, Reply, Settlement,
};
#[doc(hidden)]
pub use papi_types::__rt;
pub use papi_types::*;
