//! How Portfolio Margin is asked: one call is checked, encoded, budgeted, signed, sent, judged and read, in that order.
//!
//! Users depend on `binance-papi`, which re-exports this crate's public names.

mod advice;
mod call;
mod client;
mod credentials;
mod error;
mod exchange;
mod limit;
mod raw;
mod reading;
mod reply;
mod retry;
mod settings;
mod sign;

pub use call::Call;
pub use client::Client;
pub use credentials::Credentials;
pub use error::{Error, ErrorKind};
pub use limit::Limits;
pub use raw::RawCall;
pub use reply::{Meta, Reply};
pub use settings::{ClientBuilder, PRODUCTION_URL};
