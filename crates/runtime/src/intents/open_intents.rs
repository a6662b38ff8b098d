//! The intents without an end, in memory: pure. What is written to the file is decided elsewhere.

use super::record::{CallForm, IntentRecord, params_of};
use crate::pending::Pending;
use papi_types::{EndpointInfo, Timestamp};
use std::collections::BTreeMap;
use std::time::Duration;

/// The intents without an end, by number.
#[derive(Debug)]
pub(super) struct OpenIntents {
    next: u64,
    open: BTreeMap<u64, OpenIntent>,
}

#[derive(Debug, Clone)]
pub(super) struct OpenIntent {
    pub(super) record: IntentRecord,
    /// Of the type that was sent; of a record that was read, the one in this version's list.
    pub(super) info: Option<&'static EndpointInfo>,
    standing: Standing,
}

/// Whether its call goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// A future of this process is sending it, so its end is not due yet.
    UnderWay,
    /// Nobody sends it any more.
    Left,
}

impl OpenIntents {
    /// The intents that were read from a file.
    pub(super) fn read(next: u64, open: BTreeMap<u64, IntentRecord>) -> Self {
        let open = open.into_iter().map(|(number, record)| (number, OpenIntent::read(record)));
        Self { next, open: open.collect() }
    }

    /// Adds a call that is going to be sent, and returns its number.
    pub(super) fn begin(&mut self, mut record: IntentRecord, info: Option<&'static EndpointInfo>) -> &IntentRecord {
        // A file may say anything of numbers: behind the last one come the first again, but for those that are open.
        while self.open.contains_key(&self.next) {
            self.next = self.next.wrapping_add(1);
        }
        let number = self.next;
        self.next = number.wrapping_add(1);
        record.number = number;
        let intent = OpenIntent { record, info, standing: Standing::UnderWay };
        &self.open.entry(number).or_insert(intent).record
    }

    /// Adds an attempt.
    pub(super) fn stamp(&mut self, number: u64, sent_at: Timestamp) {
        if let Some(intent) = self.open.get_mut(&number) {
            intent.record.sent_at.push(sent_at);
        }
    }

    /// Takes back an attempt that did not leave.
    pub(super) fn unstamp(&mut self, number: u64, sent_at: Timestamp) {
        if let Some(intent) = self.open.get_mut(&number) {
            intent.record.sent_at.pop_if(|last| *last == sent_at);
        }
    }

    /// Notes that nobody sends the call any more.
    pub(super) fn leave(&mut self, number: u64) {
        if let Some(intent) = self.open.get_mut(&number) {
            intent.standing = Standing::Left;
        }
    }

    /// Takes an intent out. Returns whether it was there.
    pub(super) fn remove(&mut self, number: u64) -> bool {
        self.open.remove(&number).is_some()
    }

    /// The number of the intent of a call, unless that is still being sent.
    pub(super) fn of(&self, pending: &Pending) -> Option<u64> {
        let is_it = |intent: &&OpenIntent| intent.pending().is_some_and(|ours| ours.is_same_call(pending));
        self.left().find(is_it).map(|intent| intent.record.number)
    }

    /// All that nobody sends any more, oldest first.
    pub(super) fn left(&self) -> impl Iterator<Item = &OpenIntent> {
        self.open.values().filter(|intent| intent.standing == Standing::Left)
    }

    /// Everything that has to stay in the file.
    pub(super) fn records(&self) -> impl Iterator<Item = &IntentRecord> {
        self.open.values().map(|intent| &intent.record)
    }

    pub(super) fn next(&self) -> u64 {
        self.next
    }
}

impl OpenIntent {
    pub(super) fn read(record: IntentRecord) -> Self {
        let is_it = |info: &&EndpointInfo| info.method.as_str() == record.method && info.path == record.path;
        let info = papi_types::ENDPOINTS.iter().copied().find(is_it);
        Self { record, info, standing: Standing::Left }
    }

    /// What the exchange is asked with. None for a call without a type, and for one that this version does not know.
    pub(super) fn pending(&self) -> Option<Pending> {
        let info = self.info.filter(|_| self.record.form == CallForm::Typed)?;
        let params = params_of(&self.record.query);
        let pairs: Vec<_> = params.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let recv_window = Duration::from_millis(self.record.recv_window_ms);
        Pending::of_pairs(info, &pairs, &self.record.sent_at, recv_window)
    }
}
