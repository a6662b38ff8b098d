//! Faults between a client and the exchange, injected on purpose: reproducibly, and before or after the exchange acted.
//! A fault is data; [`crate::exchange`] decides with it, and `serve` carries out what it decides.

mod answers;
mod canned;
mod fault;
mod kind;
mod plan;
mod text;

pub use canned::CannedAnswer;
pub use fault::Fault;
pub use kind::{Acts, FaultKind};
pub(crate) use plan::{Faults, Subject};
pub use text::{FAULTS_EXAMPLE, FaultError};

#[cfg(test)]
mod tests;
