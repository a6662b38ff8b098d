//! What the client writes to `tracing`: each attempt; notices are in `notice.rs`. No parameter, key, signature or address with a
//! query is ever part of an event.

use crate::execution_status::ExecutionStatus;
use crate::prepared::Prepared;
use crate::retry::RetryDecision;

pub(crate) fn attempt(prepared: &Prepared<'_>, number: u32, status: ExecutionStatus, decision: RetryDecision) {
    let client_order_id = prepared.client_order_id();
    tracing::debug!(
        target: "papi",
        method = %prepared.method,
        path = prepared.path,
        effect = %prepared.effect,
        weight = prepared.cost.weight,
        client_order_id = client_order_id.as_ref().map(papi_types::ClientOrderId::as_str),
        attempt = number,
        status = ?status,
        decision = ?decision,
        "attempt"
    );
}
