//! How Portfolio Margin is asked: one call is checked, encoded, budgeted, signed, sent, classified and read, in that order.
//!
//! Users depend on `binance-papi`, which re-exports this crate's public names.

// On docs.rs, what a cargo feature switches says so.
#![cfg_attr(docsrs, feature(doc_cfg))]
// What users run gets time, randomness and settings as parameters; clippy.toml names what is refused. Tests may take them.
#![cfg_attr(test, allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "no user runs a test"))]

#[doc(hidden)]
pub mod __fuzz;
mod acceptance;
#[cfg(feature = "account-stream")]
pub mod account_stream;
mod answer;
#[cfg(feature = "blocking")]
pub mod blocking;
mod call;
mod causes;
mod client;
mod clock;
mod clock_sync;
mod connection;
mod credentials;
mod deadline;
mod environment;
mod error;
mod excerpt;
mod exchange;
mod execution_status;
pub mod history;
mod hook;
pub mod intents;
#[cfg(any(feature = "account-stream", feature = "redis"))]
mod line;
mod notice;
mod pending;
mod percent;
mod plural;
mod prepared;
mod private_key;
mod rate_limit;
mod raw;
mod reading;
mod reply;
mod retry;
mod run;
mod seal;
mod secret_shape;
mod settings;
mod settle;
mod shared;
mod signing_key;
#[cfg(papi_simulation)]
#[doc(hidden)]
pub mod simulation;
mod tokio_runtime;
#[cfg(feature = "tracing")]
mod trace;
mod transport;
#[cfg(test)]
mod wrong_input;

pub use acceptance::Accepted;
pub use call::Call;
pub use causes::{causes, with_causes};
pub use client::Client;
pub use clock::ClockOffset;
pub use credentials::Credentials;
pub use error::{Error, ErrorKind};
pub use excerpt::excerpt;
pub use notice::Notice;
pub use pending::Pending;
pub use plural::counted;
pub use prepared::missing_client_ids;
#[cfg(feature = "redis")]
pub use rate_limit::{LedgerStatus, SharedAmount};
pub use rate_limit::{LedgerStore, Limits};
pub use raw::RawCall;
pub use reply::{Meta, Reply};
pub use secret_shape::{is_secret, shown_path};
pub use settings::ClientBuilder;
pub use settle::{Doubt, DoubtReason, Found, IntentEnd, Patience, SettledIntent, Settlement};
pub use signing_key::KeyType;
#[cfg(feature = "account-stream")]
pub use transport::PRODUCTION_STREAM_URL;
pub use transport::{PRODUCTION_TIME_URL, PRODUCTION_URL};
