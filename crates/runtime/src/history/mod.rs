//! The whole history of a list, provably complete.
//!
//! The exchange answers with at most a page of rows, from a window of time that must not be long, in no promised order, and
//! forgets what is old. [`Client::history`](crate::Client::history) walks such a list from one end of a period to the
//! other: every row once, in order of time, built from the endpoint's spec alone.
//!
//! ```no_run
//! # async fn run(client: binance_papi::Client) -> Result<(), Box<dyn std::error::Error>> {
//! use binance_papi::{CloseKind, history::Period, um};
//! use std::time::Duration;
//!
//! let period = Period::last(Duration::from_secs(90 * 86_400));
//! let mut history = client.history(&um::ForceOrders::new(), period)?;
//! while let Some(row) = history.next().await {
//!     let order = row?;
//!     println!("{} {} {}", order.time, order.symbol, CloseKind::of(&order.client_order_id));
//! }
//! # Ok(()) }
//! ```
//!
//! # What it promises
//!
//! - A page that reaches the cap proves nothing: its window is cut at its rows' own times, until a page of exactly that
//!   window stays below the cap. Nothing relies on the order of rows in a page, or on which ones a full page holds.
//! - Neighbouring windows share a millisecond where they can. A row that is outside its window is handed out all the same,
//!   and so is one that only a full page had. When the walk of its own window does not have it, that millisecond is
//!   *incomplete*: the exchange keeps back rows.
//! - A page of as many rows as the documented default, or of as many as two neighbours while no page had
//!   more, may have been cut below the cap that was asked for: it is asked once more in halves. Equal sums are believed for the rest of the walk.
//! - A row of a shared millisecond that only one of its windows shows proves that the exchange leaves out an end of its
//!   windows. Requests are wider from then on, and what may have been left out is asked for again and comes last.
//! - What is found out about the exchange is in the report, as remarks.
//! - A full page that has no row of its window ends the walk with an error: it would go on for ever.
//! - A row is known by its key and its time. When two pages have it, the later reading counts. Rows of one page that agree
//!   in key and time and differ otherwise are different rows; the same text twice is one row.
//! - A single millisecond that fills a page is asked again along the parameters that narrow the request: words, and names
//!   seen in rows, given by the caller or listed by the account. The report names it as *unproven*, or as *incomplete* when
//!   rows are known to be out of reach. Rows that turn up when a name becomes known later come last, out of order.
//! - A window begins no earlier than what the exchange keeps at the time it is sent; what is lost that way is in the report.
//! - A request whose failure may pass is repeated; one that will be refused again ends the walk with an error.
//! - Memory holds the pages under way, some full ones, and one number for each row that was handed out.

mod batch;
mod batches;
mod bounds;
mod cut;
mod delivery;
mod doubts;
mod hints;
mod identity;
mod interval;
mod numbered;
mod pace;
mod period;
mod question;
mod remark;
mod report;
mod row_error;
mod rows;
mod saturated_instant;
mod send;
mod setup;
mod shape;
mod span_issue;
mod stream;
#[cfg(test)]
mod tests;
mod walk;

pub use batch::Batch;
pub use batches::Batches;
pub use bounds::WindowEnd;
pub use identity::Identity;
pub use period::Period;
pub use remark::Remark;
pub use report::{Progress, Report};
pub use row_error::RowError;
pub use rows::RawRow;
pub use setup::Plan;
pub use span_issue::{SpanIssue, SpanIssueKind};
pub use stream::History;
