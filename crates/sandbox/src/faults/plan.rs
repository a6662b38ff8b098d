//! The faults that are still to come: which of them meets a request, by rule and by seeded chance.

use super::{Fault, FaultKind};
use crate::rng::Rng;
use papi_types::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// The parts of a request that decide which faults it meets.
#[derive(Debug)]
pub(crate) struct Subject<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    /// The client ids it names, in any role.
    pub(crate) client_ids: BTreeSet<&'a str>,
    /// Only a fault that names the path meets it.
    pub(crate) only_by_path: bool,
}

/// The faults that are still to come, in the order in which they were added.
#[derive(Debug)]
pub(crate) struct Faults {
    seed: u64,
    added: i64,
    planned: Vec<Planned>,
}

/// A fault with its place in the plan.
#[derive(Debug)]
struct Planned {
    number: i64,
    fault: Fault,
    /// How often it is still to come; `None` means without end.
    left: Option<u64>,
    /// How often each subject came, for faults with a chance.
    came: BTreeMap<i64, i64>,
    /// When a fault of the stream happens next, once a connection was open.
    due: Option<Timestamp>,
}

impl Faults {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed, added: 0, planned: Vec::new() }
    }

    pub(crate) fn add(&mut self, fault: Fault) {
        self.added += 1;
        let left = fault.limit();
        if left != Some(0) {
            self.planned.push(Planned { number: self.added, fault, left, came: BTreeMap::new(), due: None });
        }
    }

    pub(crate) fn clear(&mut self) {
        self.planned.clear();
    }

    /// Returns the faults that are still to come, and how often each will act.
    pub(crate) fn list(&self) -> impl Iterator<Item = (&Fault, Option<u64>)> {
        self.planned.iter().map(|planned| (&planned.fault, planned.left))
    }

    /// Returns the first fault of certain kinds that meets a request, by its index and kind. Nothing is used up yet.
    pub(crate) fn find(
        &mut self,
        subject: &Subject<'_>,
        kinds: impl Fn(FaultKind) -> bool,
    ) -> Option<(usize, FaultKind)> {
        let seed = self.seed;
        self.planned.iter_mut().enumerate().find_map(|(index, planned)| {
            let kind = planned.fault.kind;
            let meets = kinds(kind) && planned.fault.is_about(subject) && planned.comes_up(seed, subject);
            meets.then_some((index, kind))
        })
    }

    /// Returns the faults of the stream that happen now that a connection of it is open, and counts that they did.
    pub(crate) fn take_of_stream(&mut self, now: Timestamp) -> Vec<Fault> {
        let mut happening = Vec::new();
        for planned in self.planned.iter_mut().filter(|planned| planned.fault.kind.is_of_stream()) {
            let span = planned.fault.waits();
            if *planned.due.get_or_insert(now.plus(span)) > now {
                continue;
            }
            happening.push(planned.fault.clone());
            planned.left = planned.left.map(|left| left - 1);
            planned.due = Some(now.plus(span));
        }
        self.planned.retain(|planned| planned.left != Some(0));
        happening
    }

    /// Returns a fault that was found, and counts that it acts once more.
    pub(crate) fn take(&mut self, (index, _): (usize, FaultKind)) -> Option<Fault> {
        let planned = self.planned.get_mut(index)?;
        let fault = planned.fault.clone();
        if let Some(left) = &mut planned.left {
            *left -= 1;
            if *left == 0 {
                self.planned.remove(index);
            }
        }
        Some(fault)
    }
}

impl Planned {
    /// Returns whether it acts by its chance. That depends on how often this same subject came, and not on other
    /// requests at the same time.
    fn comes_up(&mut self, seed: u64, subject: &Subject<'_>) -> bool {
        let Some(percent) = self.fault.percent else { return true };
        let name = subject.number();
        let came = self.came.entry(name).or_default();
        *came += 1;
        Rng::new(seed, &[self.number, name, *came]).chance(percent.into())
    }
}

impl Fault {
    /// Returns whether a request has the method, path and client id that the fault names. None meets a fault of the
    /// stream, whoever asks for it.
    pub(crate) fn is_about(&self, subject: &Subject<'_>) -> bool {
        let is = |wanted: &Option<String>, sent: &str| wanted.as_ref().is_none_or(|wanted| wanted == sent);
        !self.kind.is_of_stream()
            && is(&self.method, subject.method)
            && is(&self.path, subject.path)
            && self.client_order_id.as_ref().is_none_or(|id| subject.client_ids.contains(id.as_str()))
            && (!subject.only_by_path || self.path.is_some())
    }
}

impl Subject<'_> {
    /// Returns a number that stands for it.
    fn number(&self) -> i64 {
        let texts = [self.method, self.path].into_iter().chain(self.client_ids.iter().copied());
        texts
            .flat_map(|text| text.bytes().chain([0]))
            .fold(0, |sum: i64, byte| sum.wrapping_mul(0x0100_0193).wrapping_add(byte.into()))
    }
}
