//! A call whose outcome is unknown, with all that is needed to ask for it.

use crate::call::Call;
use crate::prepared::Typed;
use papi_types::spec::LostCall;
use papi_types::{ClientOrderId, Endpoint, EndpointInfo, Timestamp};
use std::fmt;
use std::time::Duration;

/// A call that acts and whose outcome is unknown, with all that is needed to ask for it.
///
/// An [`Error`](crate::Error) of unknown outcome holds one. To be able to ask even when the future of the call was
/// dropped, or after a restart, make one yourself: give the request an id of your own, keep that, and build the `Pending`
/// from the same request.
///
/// ```
/// use binance_papi::{ClientOrderId, Pending, Quantity, Side, Timestamp, um};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let id = ClientOrderId::generate();
/// let order = um::NewOrder::market("BTCUSDT", Side::Buy, "0.01".parse::<Quantity>()?).new_client_order_id(&id);
/// let pending = Pending::new(&order, Timestamp::from_millis(1_792_000_000_000));
/// assert_eq!(pending.client_order_id(), Some(id));
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Pending {
    info: &'static EndpointInfo,
    lost: LostCall,
    sent_at: Timestamp,
    recv_window: Duration,
}

impl Pending {
    /// Returns a request that may have been sent, at `sent_at` in exchange time at the latest, with a recv window as
    /// long as [`Call`](crate::Call)'s default.
    ///
    /// What the exchange made more than a second before `sent_at` counts as older than the request, and does not show that
    /// it was executed: an id may have been used before. When only the latest moment is known, add the earliest with
    /// [`since`](Self::since).
    pub fn new(request: &dyn Endpoint, sent_at: Timestamp) -> Self {
        let recv_window = Call::default().recv_window;
        Self::at(request.info(), LostCall::of(request), sent_at, recv_window)
    }

    /// Returns the same request, which may have been sent at any moment from `earliest` on, in exchange time: what was made
    /// since then shows that it was executed.
    #[must_use]
    pub fn since(self, earliest: Timestamp) -> Self {
        Self { lost: self.lost.stamped(earliest, self.recv_window), ..self }
    }

    /// A lost call that was sent once.
    pub(crate) fn at(info: &'static EndpointInfo, lost: LostCall, sent_at: Timestamp, recv_window: Duration) -> Self {
        Self { info, lost: lost.stamped(sent_at, recv_window), sent_at, recv_window }
    }

    /// A call that was sent at each of `stamps`.
    pub(crate) fn of_sent(typed: &Typed, stamps: &[Timestamp], recv_window: Duration) -> Option<Self> {
        let pairs: Vec<_> = typed.sent.iter().map(|(name, value)| (*name, value.as_str())).collect();
        Self::of_pairs(typed.info, &pairs, stamps, recv_window)
    }

    /// A call that was sent with these parameters, at each of `stamps`.
    pub(crate) fn of_pairs(
        info: &'static EndpointInfo,
        pairs: &[(&str, &str)],
        stamps: &[Timestamp],
        recv_window: Duration,
    ) -> Option<Self> {
        let lost = stamps.iter().fold(LostCall::from_pairs(pairs), |lost, at| lost.stamped(*at, recv_window));
        Some(Self { info, lost, sent_at: *stamps.last()?, recv_window })
    }

    /// Whether both are one call: sent with the same parameters at the same moments.
    pub(crate) fn is_same_call(&self, other: &Self) -> bool {
        let of = |pending: &Self| (pending.info.method, pending.info.path, pending.sent_at, pending.recv_window);
        of(self) == of(other) && self.lost == other.lost
    }

    /// Returns the endpoint that was called.
    pub fn info(&self) -> &'static EndpointInfo {
        self.info
    }

    /// Returns a parameter as it was sent, before percent-encoding.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.lost.param(name)
    }

    /// Returns the caller's id of what was to be placed.
    pub fn client_order_id(&self) -> Option<ClientOrderId> {
        self.lost.param(self.info.client_ids.first()?).map(ClientOrderId::new)
    }

    /// Returns the timestamp of the last attempt, in exchange time.
    pub fn sent_at(&self) -> Timestamp {
        self.sent_at
    }

    /// Returns the recv window that each attempt carried.
    pub fn recv_window(&self) -> Duration {
        self.recv_window
    }

    pub(crate) fn lost(&self) -> &LostCall {
        &self.lost
    }
}

/// The call, and what was sent with it, a line each.
impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sent = self
            .info
            .params
            .iter()
            .filter_map(|param| Some(format!("{}={}", param.name, self.lost.param(param.name)?)));
        f.debug_struct("Pending")
            .field("call", &format_args!("{} {}", self.info.method, self.info.path))
            .field("sent", &sent.collect::<Vec<_>>().join("&"))
            .field("sent_at", &format_args!("{}", self.sent_at))
            .field("recv_window", &self.recv_window)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use papi_types::{Quantity, Side, um};

    #[test]
    fn what_was_made_since_the_earliest_moment_may_be_what_was_sent() {
        let at = |seconds: i64| Timestamp::from_millis(seconds * 1_000);
        let quantity: Quantity = "0.010".parse().expect("a decimal");
        let order = um::NewOrder::market("BTCUSDT", Side::Buy, quantity).new_client_order_id("mine");
        let pending = Pending::new(&order, at(100)).since(at(40));
        assert_eq!(pending.lost().first_taken(), Some(at(39)));
        assert_eq!(pending.lost().last_taken(), Some(at(105)), "the latest moment decides when absence is proof");
        assert_eq!(pending.sent_at(), at(100));
    }

    #[test]
    fn debug_fits_a_few_lines_and_says_what_was_sent() {
        let quantity: Quantity = "0.010".parse().expect("a decimal");
        let order = um::NewOrder::market("BTCUSDT", Side::Buy, quantity).new_client_order_id("mine");
        let pending = Pending::new(&order, Timestamp::from_millis(1_792_000_000_000));
        insta::assert_snapshot!(format!("{pending:#?}"), @r#"
        Pending {
            call: POST /papi/v1/um/order,
            sent: "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.010&newClientOrderId=mine",
            sent_at: 2026-10-14T17:46:40.000Z,
            recv_window: 5s,
        }
        "#);
    }
}
