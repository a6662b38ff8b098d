//! A loopback exchange that answers like Binance Portfolio Margin, because almost nobody can get an account to test
//! with.
//!
//! ```no_run
//! # async fn run() -> Result<(), papi_sandbox::StartError> {
//! let sandbox = papi_sandbox::Sandbox::builder().seed(7).start().await?;
//! println!("point the client at {}", sandbox.base_url());
//! # Ok(()) }
//! ```
//!
//! It knows the calls from the same endpoint table as the client, checks key, signature and timing with code of its
//! own, refuses what the exchange refuses with the exchange's status, code and message, meters weight and orders, serves
//! a history that follows from a seed (see [`history`]), and remembers orders.
//!
//! # Choices of its own
//!
//! Where the documentation is silent or open, the sandbox does this:
//!
//! | About | Choice |
//! |---|---|
//! | order of checks | limits, path, key, timing, signature, parameters; the first fault is answered |
//! | order within parameters | encoding, duplicates, unknown, mandatory, empty, words, types, ranges, rules |
//! | range of time reversed, too long, too old | -1023, -1127 (in hours), -4165 (in days) |
//! | `recvWindow` above 60000 or not a number | -1130 |
//! | signature missing; not last, or wrong | -1102; -1022 |
//! | parameter in query and body | the query wins; twice in either is -1101 |
//! | number out of range | -1130; for `size` -1102, which was seen on the wire |
//! | parameters that do not go together | none of several, or missing -1102; not allowed -1106; else -1128 |
//! | client id of an open order of the same symbol | -4116, the code of the USDⓈ-M page |
//! | unknown path, retired call | 404 with a JSON body that has no `code`; weight 1 |
//! | minute of the limits | the minute of the clock |
//! | request that passes the weight limit | counted, 429, `Retry-After` to the end of the minute |
//! | eleventh such request in a minute | 418 for two minutes, twice as long each further time, at most three days |
//! | order past the order limit | 429 with -1015, not counted |
//! | `/fapi/v1/time` | belongs to another host: no weight, never refused |
//! | only `startTime` | searched up to now |
//! | `autoCloseType` | selects neither settlements nor deliveries |
//! | symbols | not checked: a history has no rows for an unknown one, orders take any |
//! | FOK that cannot be filled | EXPIRED, as documented (-5021 was seen too) |

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod account;
mod exchange;
mod force_orders;
mod gate;
pub mod history;
mod journal;
mod meter;
mod orders;
mod params;
mod refusal;
mod routes;
mod rules;
mod sandbox;
mod serve;

pub use gate::{DEMO_KEY, DEMO_SECRET};
pub use journal::{Requests, Seen};
pub use meter::Limits;
pub use orders::PlacedOrder;
pub use sandbox::{Sandbox, SandboxBuilder, StartError};
