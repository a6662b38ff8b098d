//! JSON as text: read in one pass into types, written from them, and held as a value that keeps what the text says.
//!
//! [`JsonReader`] and [`JsonWriter`] are what [`Wire`](crate::Wire) reads from and writes to.

mod error;
mod mistakes;
mod reader;
mod scan;
mod split;
mod value;
mod writer;

pub use error::ReadError;
pub(crate) use mistakes::shortened;
pub use reader::JsonReader;
pub(crate) use split::{elements, fields};
pub use value::Json;
pub use writer::JsonWriter;
