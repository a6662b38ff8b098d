//! What the client writes to `tracing`: each attempt and each notice. No parameter, key, signature or address with a
//! query is ever part of an event.

use crate::Notice;
use crate::prepared::Prepared;
use crate::retry::{Fate, Verdict};

pub(crate) fn attempt(prepared: &Prepared<'_>, number: u32, fate: Fate, verdict: Verdict) {
    let client_order_id = prepared.typed.as_ref().and_then(crate::prepared::Typed::client_order_id);
    tracing::debug!(
        target: "papi",
        method = %prepared.method,
        path = prepared.path,
        effect = %prepared.effect,
        weight = prepared.cost.weight,
        client_order_id = client_order_id.as_ref().map(papi_types::ClientOrderId::as_str),
        attempt = number,
        fate = ?fate,
        verdict = ?verdict,
        "attempt"
    );
}

pub(crate) fn notice(notice: &Notice) {
    match notice {
        Notice::ClockUnreachable { .. } | Notice::LedgerUnavailable { .. } => {
            tracing::warn!(target: "papi", "{notice}");
        }
        Notice::Waiting { .. } | Notice::Retrying { .. } => tracing::info!(target: "papi", "{notice}"),
    }
}
