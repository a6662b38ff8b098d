//! A loopback exchange that answers like Binance Portfolio Margin, because few can get an account to test with.
//!
//! ```no_run
//! # async fn run() -> Result<(), papi_sandbox::StartError> {
//! let sandbox = papi_sandbox::Sandbox::builder().seed(7).start().await?;
//! println!("point the client at {}", sandbox.base_url());
//! # Ok(()) }
//! ```
//!
//! It knows the calls from the same endpoint table as the client, checks key, signature and timing with code of its
//! own, refuses what the exchange refuses with the exchange's status, code and message, meters weight and orders,
//! serves histories that follow from a seed (see [`rows`]), and remembers orders and settings. Every call is answered:
//! by code of its own, by rows of the account's histories, or by the documented example adapted to the request.
//!
//! # Faults
//!
//! Faults between a client and the exchange can be injected, reproducibly, and before or after the exchange acted: see
//! [`FaultKind`] for what goes wrong, and [`Fault`] for when. Faults come with the
//! [builder](SandboxBuilder::faults), while it [runs](Sandbox::inject), by script, by request, or over HTTP;
//! [`RequestLog`] lists what was asked and executed. A [`Scenario`] is a named situation in which calls fail for one
//! reason.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use papi_sandbox::{Fault, Sandbox};
//! // The first order is executed, its answer is lost, and for three seconds no query finds it. Of all other calls one
//! // in five is answered with "Service Unavailable.", and then not executed.
//! let script = r#"[
//!   {"fault": "lost", "method": "POST", "path": "/papi/v1/um/order", "reveal_after_ms": 3000},
//!   {"fault": "503-unavailable", "percent": 20}
//! ]"#;
//! let sandbox = Sandbox::builder().seed(7).faults(Fault::script(script)?).start().await?;
//! # assert_eq!(sandbox.requests().total(), 0);
//! # Ok(()) }
//! ```
//!
//! The same script in a file is what `papi sandbox --faults FILE` takes. Over HTTP, which clients in any language can
//! use, under a loopback address or as localhost:
//!
//! | Request | Does |
//! |---|---|
//! | `POST /sandbox/faults` | adds the faults of the script in the body |
//! | `GET /sandbox/faults` | lists those that are still to come |
//! | `DELETE /sandbox/faults` | clears them |
//! | `POST /sandbox/events` | tells the event in the body, or each of a list, on the user data stream |
//! | `GET /sandbox/events` | lists the events so far, oldest first |
//! | `GET /sandbox/journal` | lists requests and executions, by call and by client order id, and how far limits were used |
//! | any, with `x-sandbox-fault: lost` | meets this fault itself; the header has a name or an object |
//!
//! # User data stream
//!
//! Connections to `/pm/ws/<listenKey>` of the same port hear what happens to the account: calls cause the documented
//! events, and what a fill did to the account comes before the fill. Events leave shortly
//! [after the answer](SandboxBuilder::event_delay) to their call, or before it with
//! [`EventsFirst`](FaultKind::EventsFirst). All connections of the account hear the same; the server pings them every
//! 3 minutes, cuts those that let 10 minutes pass without a pong or do not read, and all after a day. A key that
//! expired or was deleted leaves its connections open and silent. [`Sandbox::emit`] tells anything else,
//! [`Sandbox::events`] lists what was told, and [`SandboxBuilder::play_day`] plays a day of the account.
//!
//! Faults of the stream happen on all its connections once one is open ([`FaultKind::is_of_stream`]); a fault that
//! names the path `/pm/ws` meets the opening of a connection, unless it is about [orders and events](FaultKind::meets_opening).
//!
//! # Rows of a test
//!
//! A test that is about a history gives it rows of its own: see [`GivenRows`](rows::GivenRows). Which of them a full
//! page holds, and in which order they stand, can be [chosen](SandboxBuilder::selection) as well, because the exchange
//! promises neither.
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
//! | client id of an open order of the same kind and symbol | -4116, the code of the USDⓈ-M page |
//! | client id of an open algo order or order list | -4116, for any symbol |
//! | order asked for by number and client id | the number counts; where a client id was used again, its latest order |
//! | cancel and amend an order that is not open | -2011; -2013 |
//! | amend with another `side` | the order keeps its own |
//! | amendments of an unknown order | -2013 |
//! | cancel all where nothing is open | done; on margin an empty list |
//! | cancel one order of an OCO list | ends the list |
//! | margin reply without `newOrderRespType` | FULL for LIMIT and MARKET, ACK for others, as on spot |
//! | margin orders | never borrow, no fee; `quoteOrderQty` buys at the reference price |
//! | orders that wait for a price | wait until they are cancelled |
//! | more rows than fit a reply | the first after `startTime` or a from-id, else the latest; oldest first |
//! | lists in numbered pages | newest first |
//! | rows of histories | a handful a day, about a few symbols and assets, kept for a year |
//! | orders in histories | none but those placed; the seeded trades belong to no order that can be found |
//! | from-id, or the number of a row | searched in everything that is kept |
//! | times in other reads | the latest is now; what lies ahead is a day later |
//! | position mode | One-way at first; one for UM and CM; -4059 when unchanged, -4067 with open orders |
//! | leverage, fee burn, auto repay | remembered, and shown wherever a reply has the field |
//! | `listenKey` | lives an hour from the last POST or PUT; `listenKeyExpired` is told once |
//! | connection of the stream with a key that is not active | 401, with a JSON body without `code` |
//! | `/pm/stream` | subscribes to keys by message, as the exchange's libraries do; any key is accepted there |
//! | attempts to open a connection of the stream | 300 in any 5 minutes, refused ones included; then 429 with -1003 |
//! | fees in events | none; profit goes to a wallet that begins at zero |
//! | margin balances | 10,000 of each asset at first; open orders lock what they would spend |
//! | `liabilityChange` for a repayment | `t` is `REPAY`; only `BORROW` is documented |
//! | order lists in events | an `executionReport` for each order, with the list's number; no event of the list |
//! | algo orders in events | none: the exchange was seen to tell neither placing nor cancelling |
//! | times of pings, pongs and the day of a connection | by the exchange's clock |
//! | `tranId`, `downloadId` | a new number for each call that acts |
//! | unknown path, retired call | 404 with a JSON body that has no `code`; weight 1 |
//! | window of the limits | the minute of the clock, unless [`Limits`] say otherwise |
//! | request that passes the weight limit | counted, 429, `Retry-After` until it would fit |
//! | eleventh such request in a window | 418 for two minutes, twice as long each further time, at most three days |
//! | order past the order limit | 429 with -1015, not counted |
//! | `/fapi/v1/time` | belongs to another host: no weight, never refused, met only by faults that name it |
//! | request that meets a fault | comes after the limits and before all other checks |
//! | weight of such a request | as usual; none with 503 B, 503 C and where it was not read |
//! | 503 A and B | `timestamp`, `path` and `msg` without `code`, as seen on the futures hosts |
//! | -1006, -1007 and -1008 | status 400; 400, and 408 for the fault of that name; 503 |
//! | order that is revealed late | hidden from queries and lists; can be cancelled and amended, and has its name |
//! | order that ended without a fill | found and listed as long as the pages say, counted from when it was placed |
//! | conditional order that waits | is no history: found as an open one only |
//! | only `startTime` | searched up to now |
//! | `autoCloseType` | selects neither settlements nor deliveries |
//! | symbols | each part of the account has a few; given rows add theirs, and all others get -1121 |
//! | pairs | those of the COIN-M symbols; all others get -4144 |
//! | assets | not checked: a history has no rows for an unknown one |
//! | FOK that cannot be filled | EXPIRED, as documented (-5021 was seen too) |

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod account;
mod answer;
mod auth;
mod call;
mod control;
mod events;
mod exchange;
mod faults;
mod handlers;
mod instruments;
mod known_symbols;
mod meter;
mod outgoing;
mod pages;
mod params;
mod public_key;
mod raw_request;
mod refusal;
mod request;
mod request_log;
mod rng;
mod routes;
pub mod rows;
mod rules;
mod sandbox;
mod scenario;
mod search;
mod serve;
#[cfg(papi_simulation)]
#[doc(hidden)]
pub mod simulation;
mod template;

pub use account::{OrderKind, PlacedOrder};
pub use auth::{DEMO_KEY, DEMO_SECRET};
pub use faults::{Acts, CannedAnswer, FAULTS_EXAMPLE, Fault, FaultError, FaultKind};
pub use meter::{Limits, Metering, Usage};
pub use pages::{RowOrder, Selection};
pub use request_log::{RequestLog, SeenRequest};
pub use sandbox::{Sandbox, SandboxBuilder, StartError};
pub use scenario::Scenario;
pub use serve::StreamTiming;

/// The program of the package's own page.
#[doc = include_str!("../README.md")]
#[cfg(doctest)]
pub struct Readme;
