//! How every command sends a request: it is looked up, shown or confirmed, sent, and its reply printed.

mod confirm;
mod lookup;
mod outgoing;
mod page;
mod send;
mod unknown_outcome;
mod words;

pub(crate) use confirm::{Answer, ask};
pub(crate) use lookup::{Endpoints, find, full_path, pair};
pub(crate) use outgoing::{Outgoing, Rules};
pub(crate) use send::{SendOptions, send};
#[cfg(test)]
pub(crate) use unknown_outcome::settle_command;
