//! The names that expanded code uses, in one place, so that the output of every macro has a single root. They are not part of
//! the public interface: anything here may change in any release.

pub use crate::decode::{example, reprint};
pub use crate::json::{JsonReader, JsonWriter, ReadError};
pub use crate::pairs::Pairs;
pub use crate::scalar::{read_optional_word, read_word};
pub use crate::serde_traits::{deserialize, serialize};
pub use crate::spec::ParamValue;
pub use crate::static_check;
pub use crate::{Endpoint, EndpointInfo, OpenEnum, Paged, UnknownWord, Wire, spec};
pub use papi_spec::{Field, Invalid, Kind, ParamInfo, ParseValueError, Schema, Value, Weight};
pub use serde;
pub use std::boxed::Box;
pub use std::convert::{From, Into};
pub use std::option::Option;
pub use std::result::Result;
