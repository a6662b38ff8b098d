//! How Portfolio Margin is asked: one call is checked, encoded, budgeted, signed, sent, judged and read, in that order.
//!
//! Users depend on `binance-papi`, which re-exports this crate's public names.

mod advice;
mod call;
mod client;
mod clock;
mod credentials;
mod environment;
mod error;
mod excerpt;
mod exchange;
pub mod history;
mod limit;
mod notice;
mod prepared;
mod private_key;
mod raw;
mod reading;
mod reply;
mod retry;
mod run;
mod settings;
mod settle;
mod sign;
mod story;
#[cfg(feature = "tracing")]
mod trace;

pub use call::Call;
pub use client::Client;
pub use clock::ClockOffset;
pub use credentials::{Credentials, KeyType};
pub use error::{Error, ErrorKind};
pub use limit::Limits;
pub use notice::Notice;
pub use raw::RawCall;
pub use reply::{Meta, Reply};
pub use settings::{ClientBuilder, PRODUCTION_TIME_URL, PRODUCTION_URL};
pub use settle::{Doubt, DoubtReason, Found, Patience, Pending, Settlement};
