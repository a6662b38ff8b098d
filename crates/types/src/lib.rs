//! What can be asked of Binance Portfolio Margin, and what it answers.
//!
//! It is plain data and pure functions, without sockets, async or a clock of its own. The client, the sandbox exchange and
//! the command line share these types. Users depend on `binance-papi`, which re-exports what they need.

// On docs.rs, what a cargo feature switches says so.
#![cfg_attr(docsrs, feature(doc_cfg))]
// What users run gets time, randomness and settings as parameters; clippy.toml names what is refused. Tests may take them.
#![cfg_attr(test, allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "no user runs a test"))]

// The macros expand to `::binance_papi::__rt`, here as well as in any crate that depends on the facade.
extern crate self as binance_papi;

mod amount;
mod client_id;
mod clock;
mod close_kind;
mod decode;
mod drift;
mod endpoint;
mod error_code;
#[cfg(feature = "stream")]
mod event;
mod evidence;
mod generated;
pub mod json;
mod listen_key_mask;
mod lost_call;
mod number;
mod page;
mod pairs;
mod param_value;
mod query;
mod salvage;
mod scalar;
mod serde_traits;
#[cfg(papi_simulation)]
#[doc(hidden)]
pub mod simulation;
mod text;
mod wire;
mod word;

pub use amount::{Notional, Price, Quantity};
pub use client_id::ClientOrderId;
pub use clock::{Clock, SystemClock};
pub use close_kind::CloseKind;
pub use decode::{decode, encode_json};
pub use endpoint::{Endpoint, EndpointInfo, Paged};
pub use error_code::ErrorCode;
#[cfg(feature = "stream")]
pub use event::{EventInfo, UnknownEvent};
pub use generated::*;
pub use listen_key_mask::mask_listen_keys;
pub use number::OrderId;
pub use papi_macros::{OpenEnum, either, endpoint, reply};
pub use papi_spec::{Access, Cost, Decimal, Effect, Group, Method, Timestamp};
pub use query::{Query, percent_encode};
pub use text::{Asset, Pair, Symbol};
pub use wire::{OneOrMany, Wire};
pub use word::{OpenEnum, UnknownWord};

/// What a spec says of an endpoint, as data: the vocabulary of `#[endpoint]`, and what is done with it.
pub mod spec {
    pub use crate::endpoint::{ParseRequest, ReprintReply, RetiredCall};
    pub use crate::evidence::Evidence;
    pub use crate::lost_call::LostCall;
    pub use crate::page::{Page, scalars};
    pub use crate::param_value::ParamValue;
    #[doc(inline)]
    pub use papi_spec::*;
}

/// What can be wrong with a request or a reply, in detail.
pub mod error {
    pub use crate::decode::DecodeError;
    pub use crate::drift::{Drift, DriftKind, find_drift};
    pub use crate::salvage::BadRow;
    #[doc(inline)]
    pub use papi_spec::{Invalid, ParseValueError, Violation, ViolationKind};
}

#[doc(hidden)]
pub mod __rt;
#[doc(hidden)]
pub mod static_check;
