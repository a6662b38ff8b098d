//! The call that an error is about, as far as its sending came.

use crate::prepared::{Prepared, Typed};
use papi_types::{Effect, Timestamp};
use std::time::Duration;

/// The call that an error is about.
#[derive(Debug)]
pub(crate) struct Story {
    pub(crate) call: String,
    pub(crate) effect: Effect,
    pub(crate) typed: Option<Typed>,
    /// The timestamp of each attempt.
    pub(crate) stamps: Vec<Timestamp>,
    pub(crate) recv_window: Duration,
}

impl Story {
    /// Of a call that was not sent at all.
    pub(crate) fn unsent(prepared: &Prepared<'_>) -> Self {
        Self {
            call: prepared.name(),
            effect: prepared.effect,
            typed: prepared.typed.clone(),
            stamps: Vec::new(),
            recv_window: Duration::ZERO,
        }
    }
}
