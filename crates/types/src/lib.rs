//! What can be asked of Binance Portfolio Margin, and what it answers.
//!
//! Plain data and pure functions: no socket, no clock of its own, no async. The client, the sandbox exchange and the
//! command line all speak through these types. Users depend on `binance-papi`, which re-exports what they need.

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
mod evidence;
mod generated;
mod lost_call;
mod number;
mod page;
mod pairs;
mod param_value;
mod query;
mod salvage;
mod scalar;
mod text;
mod wire;
mod word;

pub use papi_spec as spec;

pub use amount::{Price, Quantity};
pub use client_id::ClientOrderId;
pub use clock::{Clock, SystemClock};
pub use close_kind::CloseKind;
pub use decode::{DecodeError, decode, encode_json};
pub use drift::{Drift, DriftKind, find_drift};
pub use endpoint::{Endpoint, EndpointInfo, Paged, ParseRequest, ReprintReply, RetiredCall};
pub use error_code::ErrorCode;
pub use evidence::Evidence;
pub use generated::*;
pub use lost_call::LostCall;
pub use number::{OrderId, ParseIdError};
pub use page::{Page, scalars};
pub use papi_macros::{OpenEnum, either, endpoint, reply};
pub use papi_spec::{
    Access, Bound, CallCap, Condition, Constraint, Cost, Decimal, Effect, EvidenceRule, Field, Group, Invalid, Kind,
    Limit, Method, Paging, PagingWindow, ParamInfo, ParseSpanError, ParseValueError, Question, Reach, Requirement,
    Retention, Retired, Route, Schema, Span, SpanLimit, State, StateWords, Timestamp, Value, Violation, ViolationKind,
    Weight, Window,
};
pub use param_value::ParamValue;
pub use query::{Query, percent_encode};
pub use salvage::BadRow;
pub use text::{Asset, Pair, Symbol};
pub use wire::{OneOrMany, Wire};
pub use word::{OpenEnum, UnknownWord};

#[doc(hidden)]
pub mod __rt;
