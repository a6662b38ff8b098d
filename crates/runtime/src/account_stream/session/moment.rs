//! A moment as the session sees it.

use papi_types::Timestamp;
use std::time::Duration;

/// A moment on both clocks: what is waited for is measured on the steady one, what is told is in exchange time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::account_stream) struct Moment {
    /// Since the stream began.
    pub(in crate::account_stream) steady: Duration,
    pub(in crate::account_stream) exchange: Timestamp,
}
