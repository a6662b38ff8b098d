//! A client for code that is not async. Its calls wait for their result.
//!
//! ```no_run
//! # fn main() -> Result<(), binance_papi::Error> {
//! use binance_papi::{blocking, um};
//!
//! let client = blocking::Client::from_env()?;
//! for order in client.send(&um::ForceOrders::new().symbol("BTCUSDT"))?.data {
//!     println!("{} {} {} at {}", order.time, order.side, order.executed_qty, order.avg_price);
//! }
//! # Ok(()) }
//! ```
//!
//! Everything that is said of the async [`Client`](crate::Client) holds here as well. Each client has a tokio runtime of its
//! own, on a thread of its own, which ends when the last clone is dropped; connections and clock are kept there. It can be
//! built, used and dropped anywhere, inside of another runtime too. There a call stops the thread that makes it until its
//! result is there, like all code that blocks: what is to go on meanwhile needs another thread, such as
//! `tokio::task::spawn_blocking` gives.

mod client;
mod history;
mod runtime_thread;

pub use client::Client;
pub use history::{Batches, History};
