//! What expanded code needs to name, gathered in one place so that a macro's output has a single root.
//! Not part of the public promise: anything here may change in any release.

pub use crate::decode::{example, find_drift, reprint};
pub use crate::pairs::Pairs;
pub use crate::wire::with as wire;
pub use crate::wire::{RawValue, read_either, read_object, read_optional_word, read_raw, read_word, write_word};
pub use crate::{
    Access, CallCap, Condition, Cost, Demand, Edge, Effect, Endpoint, EndpointInfo, Field, Form, Group, History,
    Invalid, Keeps, Kind, Method, OpenEnum, Paged, Paging, PagingWindow, ParamInfo, ParamValue, ParseValueError,
    Retired, Rule, SettleCall, Shows, Span, SpanLimit, State, StateWords, UnknownWord, Value, Weight, Window, Wire,
};
pub use serde;
pub use std::boxed::Box;
pub use std::convert::{From, Into};
pub use std::option::Option;
pub use std::result::Result;
