//! The calls without an answer yet, in an order in which no change has to look at all of them: there may be hundreds.

use crate::rate_limit::charge::Charge;
use papi_types::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// A call without an answer yet. Its lease says when there will be none any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct UnderWay {
    pub(super) number: u64,
    pub(super) charge: Charge,
    pub(super) asked: Timestamp,
    pub(super) lease_end: Timestamp,
}

/// Calls under way, by number and by the end of their leases.
///
/// A later number never has an earlier `asked`: numbers rise, and a clock that was set back mends what lies after it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct CallsUnderWay {
    calls: BTreeMap<u64, UnderWay>,
    leases: BTreeSet<(Timestamp, u64)>,
}

impl CallsUnderWay {
    pub(super) fn add(&mut self, call: UnderWay) {
        self.leases.insert((call.lease_end, call.number));
        self.calls.insert(call.number, call);
    }

    pub(super) fn remove(&mut self, number: u64) -> Option<UnderWay> {
        let call = self.calls.remove(&number)?;
        self.leases.remove(&(call.lease_end, number));
        Some(call)
    }

    /// Removes the call whose lease ended first, if that was not after an instant.
    pub(super) fn take_lapsed(&mut self, now: Timestamp) -> Option<UnderWay> {
        let (_, number) = *self.leases.first().filter(|(lease_end, _)| *lease_end <= now)?;
        self.remove(number)
    }

    /// The call that was asked first.
    pub(super) fn oldest(&self) -> Option<&UnderWay> {
        self.calls.values().next()
    }

    /// The calls in the order of their numbers.
    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = &UnderWay> {
        self.calls.values()
    }

    /// Calls that were asked after an instant, because the clock was set back, are taken to have been asked then.
    pub(super) fn mend_future(&mut self, now: Timestamp) {
        if self.calls.values().next_back().is_none_or(|call| call.asked <= now) {
            return;
        }
        for call in self.calls.values_mut().rev().take_while(|call| call.asked > now) {
            call.lease_end = call.lease_end.min(now.plus(call.lease_end.since(call.asked)));
            call.asked = now;
        }
        self.leases = self.calls.values().map(|call| (call.lease_end, call.number)).collect();
    }
}

#[cfg(test)]
impl CallsUnderWay {
    pub(super) fn is_empty(&self) -> bool {
        self.calls.is_empty()
    }
}
