//! The phases in which a call can fail.

/// The phase in which a call failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request, the settings or the credentials are wrong. Nothing was sent.
    Invalid,
    /// No connection could be made, or the intent could not be made durable. Nothing arrived.
    NotSent,
    /// The exchange refused. Nothing was executed.
    Rejected,
    /// Too much was asked of the exchange, or would be. Nothing was executed.
    Throttled,
    /// It may or may not have been executed.
    Unknown,
    /// The exchange answered with success, and the answer could not be read. A call that acts has acted: do not send it
    /// again.
    Decode,
    /// A history was walked to its end, and rows of it may be missing. The message names the milliseconds.
    Incomplete,
}
