//! The limits of weight and orders: reserved before sending, corrected by the exchange's own count afterwards.
//!
//! Whether the exchange's minute is aligned or rolling is not documented, so the window here is the stricter reading of
//! both: no span of the window's length holds more than the limit, no matter when it starts. A permit counts until the
//! window has passed since its *answer*, because the exchange may have counted it at any moment up to then.
//!
//! The book-keeping runs on this machine's clock, never on an estimate of the exchange's: a new estimate
//! would move every window, and other processes have their own. Only lengths of time leave this module.
//!
//! - `limits`: what is allowed, and the part of it that reads leave to others.
//! - `ledger`: the pure book-keeping, of what `charge` says calls cost. `cooldown`: until when the exchange is closed.
//! - `limiter`: what the client asks: reserve and wait, send, settle.
//! - `ledger_store`, `open_ledger`: where the ledger is kept: in this process, in a file that processes share, or on a Redis
//!   server that hosts share.
//! - `shared_ledger`, `ledger_file`: that file: its lock, and how it is read and written so that a crash loses nothing.
//! - `redis_ledger`: that server: the same rules as scripts that run there, and what a client does while it is away.
//! - `fuzzed`: a ledger as fuzzing sees it.

mod account;
mod charge;
mod cooldown;
pub mod fuzzed;
mod ledger;
mod ledger_file;
mod ledger_store;
mod limiter;
mod limits;
mod open_ledger;
#[cfg(feature = "redis")]
mod redis_ledger;
mod shared_ledger;

pub(crate) use account::Account;
pub(crate) use cooldown::CooldownLength;
pub(crate) use ledger::{Denied, PermitRequest};
pub use ledger_store::LedgerStore;
pub(crate) use limiter::{Permit, RateLimiter};
pub use limits::Limits;
pub(crate) use open_ledger::{LedgerSurroundings, OpenLedger};
#[cfg(feature = "redis")]
pub use redis_ledger::{LedgerStatus, SharedAmount};
