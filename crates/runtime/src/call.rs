//! The options of one call.

use std::time::Duration;

/// How one call is made. The client has a default for all calls; `client.with(call)` overrides it for some.
///
/// ```
/// use binance_papi::Call;
/// use std::time::Duration;
///
/// let patient = Call { deadline: Duration::from_secs(300), ..Call::default() };
/// assert_eq!(patient.attempts, 3);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Call {
    /// When to give up, counted from the beginning: waiting for budget, attempts and pauses together.
    /// Default 90 s, so that a full minute of weight can be waited for.
    pub deadline: Duration,
    /// How long the exchange may take to receive a signed request, counted from its timestamp; sent as `recvWindow`.
    /// Default 5 s, at most 60 s. A call with effect `once` waits for budget no longer than this.
    pub recv_window: Duration,
    /// How often a call is sent at most. Default 3. A call with effect `once` is sent again only when the failure
    /// proves that it never arrived.
    pub attempts: u32,
    /// How long one attempt may take, from connecting to the last byte. Default 10 s.
    pub attempt_timeout: Duration,
}

impl Default for Call {
    fn default() -> Self {
        Self {
            deadline: Duration::from_secs(90),
            recv_window: Duration::from_secs(5),
            attempts: 3,
            attempt_timeout: Duration::from_secs(10),
        }
    }
}
