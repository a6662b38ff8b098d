//! What a call gives back: the typed reply, and what the answer says beside it.

use papi_types::{ClientOrderId, Timestamp};

/// A successful answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reply<T> {
    /// What was asked for.
    pub data: T,
    /// What came with it.
    pub meta: Meta,
}

/// What comes with an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Meta {
    /// The HTTP status.
    pub status: u16,
    /// Weight used in the running minute by everyone at this IP address, in the exchange's count.
    pub used_weight: Option<u32>,
    /// Orders of this account in the running minute, in the exchange's count; on order replies.
    pub order_count: Option<u32>,
    /// How often the call was sent.
    pub attempts: u32,
    /// The timestamp that the last attempt carried.
    pub sent_at: Timestamp,
    /// The caller's id of the order, list, algo or conditional order that the call placed; made by the client when the
    /// request had none.
    pub client_order_id: Option<ClientOrderId>,
}
