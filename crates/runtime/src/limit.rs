//! The budget of weight and orders: reserved before sending, corrected by the exchange's own count afterwards.
//!
//! Whether the exchange's minute is aligned or rolling is not documented, so the window here is the stricter reading of
//! both: no span of the window's length, wherever it starts, holds more than the limit. A reservation counts until the
//! window has passed since its *answer*, because the exchange may have counted it at any moment up to then.
//!
//! The book-keeping runs on this machine's clock, never on an estimate of the exchange's: an estimate that is mended
//! would move every window, and other processes have their own. Only lengths of time leave this module.
//!
//! - `limits`: what is allowed, and the part of it that reads leave to others.
//! - `ledger`: the pure book-keeping, of what `charge` says calls cost. `door`: when the exchange lets nobody in.
//! - `budget`: what the client asks: reserve and wait, send, settle.
//! - `books`: where the ledger is kept: in this process, or in a file that processes share.
//! - `shared`, `file`: that file: who holds it, how it is read and written so that no crash costs anything.

mod account;
mod books;
mod budget;
mod charge;
mod door;
mod file;
mod ledger;
mod limits;
mod millis;
mod shared;

pub(crate) use account::Account;
pub(crate) use books::Books;
pub(crate) use budget::{Ask, Budget, NoRoom, Reservation};
pub(crate) use door::Closing;
pub use limits::Limits;
