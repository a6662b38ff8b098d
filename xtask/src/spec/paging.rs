//! How the rows of a list are walked, as specs write it.

use super::endpoint::read_call;
use super::keys::{self, Keys};
use super::read_span;
use super::yaml::Entry;
use crate::problem::{At, Place, Problems};
use papi_spec::{Route, Span, days};

/// How the rows of a list that comes in parts are walked.
#[derive(Debug, Clone)]
pub(crate) struct Paging {
    pub(crate) place: Place,
    pub(crate) window: Option<Steps>,
    pub(crate) cap: Option<At<String>>,
    pub(crate) from_id: Option<At<String>>,
    pub(crate) page: Option<At<String>>,
    pub(crate) rows: Option<At<String>>,
    pub(crate) total: Option<At<String>>,
    pub(crate) key: Vec<At<String>>,
    pub(crate) time: Option<At<String>>,
    pub(crate) narrow_by: Vec<At<String>>,
    /// The call whose reply lists further values of the parameters in `narrow_by`.
    pub(crate) names: Option<At<Route>>,
}

/// Windows of time, one after the other.
#[derive(Debug, Clone)]
pub(crate) struct Steps {
    pub(crate) from: At<String>,
    pub(crate) to: At<String>,
    pub(crate) step: Span,
    pub(crate) step_place: Place,
}

pub(crate) fn read_paging(Entry { key, value }: &Entry, problems: &mut Problems) -> Option<Paging> {
    let mut keys = Keys::open(value, "`paging`", key.place, problems)?;
    let window = keys.may("window").and_then(|entry| read_steps(entry, problems));
    let mut name = |name| keys.may_text(name, problems);
    let [cap, from_id, page] = [name("cap"), name("from_id"), name("page")];
    let [rows, total, time] = [name("rows"), name("total"), name("time")];
    let row_key = keys.must("key", problems).map(|entry| keys::names(&entry.value, "key", false, problems));
    let narrow_by = keys.may("narrow_by").map(|entry| keys::names(&entry.value, "narrow_by", false, problems));
    let names = keys.may("names").and_then(|entry| read_call(&entry.value, "names", problems));
    keys.done(problems);
    let (place, key, narrow_by) = (key.place, row_key.unwrap_or_default(), narrow_by.unwrap_or_default());
    Some(Paging { place, window, cap, from_id, page, rows, total, key, time, narrow_by, names })
}

fn read_steps(Entry { key, value }: &Entry, problems: &mut Problems) -> Option<Steps> {
    let mut keys = Keys::open(value, "the window of `paging`", key.place, problems)?;
    let from = keys.must_text("from", problems);
    let to = keys.must_text("to", problems);
    let step = keys.must("step", problems);
    let step_place = step.map_or(key.place, |entry| entry.value.place);
    let step = step.and_then(|entry| read_span(&entry.value, "step", problems));
    keys.done(problems);
    Some(Steps { from, to, step: step.unwrap_or(days(1)), step_place })
}
