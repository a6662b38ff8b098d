//! What can be asked of Binance Portfolio Margin, and what it answers.
//!
//! Plain data and pure functions: no socket, no clock of its own, no async. The client, the sandbox exchange and the
//! command line all speak through these types. Users depend on `binance-papi`, which re-exports what they need.

// The macros expand to `::binance_papi::__rt`, here as well as in any crate that depends on the facade.
extern crate self as binance_papi;

mod amount;
mod check;
mod client_id;
mod close_kind;
mod cost;
mod decode;
mod drift;
mod endpoint;
mod error_code;
mod form;
mod generated;
mod invalid;
mod nature;
mod number;
mod page;
mod paging;
mod pairs;
mod param;
mod query;
mod rule;
mod salvage;
mod scalar;
mod settle;
mod sighting;
mod span;
mod text;
mod time;
mod value;
mod wire;
mod word;

pub use amount::{Decimal, Price, Quantity};
pub use client_id::ClientOrderId;
pub use close_kind::CloseKind;
pub use cost::{Cost, Weight};
pub use decode::{DecodeError, decode, encode_json};
pub use drift::{Drift, DriftKind};
pub use endpoint::{
    CallCap, Endpoint, EndpointInfo, FindDrift, Paged, ParseRequest, ReprintReply, Retired, RetiredCall,
};
pub use error_code::ErrorCode;
pub use form::{Field, Form};
pub use generated::*;
pub use invalid::{Invalid, Violation, ViolationKind};
pub use nature::{Access, Effect, Group, Method};
pub use number::{OrderId, ParseIdError};
pub use page::{Page, scalars};
pub use paging::{Paging, PagingWindow};
pub use papi_macros::{OpenEnum, either, endpoint, reply};
pub use param::{Edge, Kind, ParamInfo};
pub use query::{Query, percent_encode};
pub use rule::{Condition, Demand, History, Rule, SpanLimit, State, Window};
pub use salvage::BadRow;
pub use settle::{Keeps, LostCall, Route, SettleCall, Shows, StateWords};
pub use sighting::Sighting;
pub use span::{ParseSpanError, Span};
pub use text::{Asset, Pair, Symbol};
pub use time::{Clock, SystemClock, Timestamp};
pub use value::{ParamValue, ParseValueError, Value};
pub use wire::{OneOrMany, Wire};
pub use word::{OpenEnum, UnknownWord};

#[doc(hidden)]
pub mod __rt;
