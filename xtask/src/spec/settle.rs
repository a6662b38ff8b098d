//! What to ask about a call whose answer was lost, and what in the reply shows that it acted, as specs write it.

use super::endpoint::read_call;
use super::keys::{self, Keys};
use super::param::read_values;
use super::read_span;
use super::yaml::{Entry, Kind, Node};
use crate::problem::{At, Place, Problems};
use papi_spec::{Retention, Route};

/// One question about a lost call.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    pub(crate) place: Place,
    pub(crate) call: Option<At<Route>>,
    /// The parameters of the question, each with the parameter of the lost call that gives the value; with `each`, with the
    /// field of the row.
    pub(crate) with: Vec<(At<String>, At<String>)>,
    /// The list in the reply before; the question is asked about each row of it.
    pub(crate) each: Option<At<String>>,
    pub(crate) shows: Option<Shows>,
    /// The field with the time of what the reply is about.
    pub(crate) since: Option<At<String>>,
}

/// What in the reply shows that the call acted.
#[derive(Debug, Clone)]
pub(crate) enum Shows {
    /// Being found.
    Found(Retention),
    /// An empty list.
    NothingLeft,
    Fields {
        /// Fields of the reply, each with the parameter of the lost call that has the same value.
        same: Vec<(At<String>, At<String>)>,
        state: Option<StateWords>,
    },
}

/// What the words of a field say.
#[derive(Debug, Clone)]
pub(crate) struct StateWords {
    pub(crate) field: At<String>,
    pub(crate) acted: Vec<At<String>>,
    pub(crate) open: Vec<At<String>>,
    pub(crate) ended: Vec<At<String>>,
    pub(crate) unclear: Vec<At<String>>,
}

impl StateWords {
    /// Returns every word that has a meaning here.
    pub(crate) fn all(&self) -> impl Iterator<Item = &At<String>> {
        self.acted.iter().chain(&self.open).chain(&self.ended).chain(&self.unclear)
    }
}

/// One question, or a list of them.
pub(super) fn read_settle(Entry { key, value }: &Entry, problems: &mut Problems) -> Vec<Ask> {
    let questions = match &value.kind {
        Kind::List(list) if !list.is_empty() => list.as_slice(),
        Kind::List(_) => {
            problems.at(value.place, "`settle` asks nothing");
            &[]
        }
        _ => std::slice::from_ref(value),
    };
    questions.iter().filter_map(|question| read_ask(question, key.place, problems)).collect()
}

fn read_ask(node: &Node, owner: Place, problems: &mut Problems) -> Option<Ask> {
    let owner = if matches!(node.kind, Kind::Map(_)) { node.place } else { owner };
    let mut keys = Keys::open(node, "`settle`", owner, problems)?;
    let call = keys.must("call", problems).and_then(|entry| read_call(&entry.value, "call", problems));
    let with = keys.may("with").map(|entry| read_values(&entry.value, "with", problems)).unwrap_or_default();
    let each = keys.may_text("each", problems);
    let shows = keys.must("shows", problems);
    let keeps = keys.may("keeps");
    let since = keys.may_text("since", problems);
    keys.done(problems);
    let shows = shows.and_then(|shows| read_shows(shows, keeps, problems));
    Some(Ask { place: owner, call, with, each, shows, since })
}

const SHOWS: &str = "write `found`, `nothing left`, or a map with `same`, `state` or both";

fn read_shows(Entry { key, value }: &Entry, keeps: Option<&Entry>, problems: &mut Problems) -> Option<Shows> {
    let says = |word: &str| matches!(&value.kind, Kind::Text(text) if text == word);
    match (says("found"), keeps) {
        (true, Some(keeps)) => return Some(Shows::Found(read_keeps(&keeps.value, problems)?)),
        (true, None) => {
            let help = "for how long does the query find it? `keeps: 3d`, or `keeps: open only`";
            problems.at(value.place, "`found` needs `keeps`").help(help);
            return None;
        }
        (false, Some(keeps)) => {
            let help = "only what the lost call was to make can be missing and mean something";
            problems.at(keeps.key.place, "`keeps` belongs to `shows: found`").help(help);
        }
        (false, None) => {}
    }
    if says("nothing left") {
        return Some(Shows::NothingLeft);
    }
    if !matches!(value.kind, Kind::Map(_)) {
        let problem = problems.at(value.place, format!("`shows` cannot be {}", value.describe())).help(SHOWS);
        if let Kind::Text(text) = &value.kind {
            problem.suggest(text, ["found", "nothing left"]);
        }
        return None;
    }
    let mut keys = Keys::open(value, "`shows`", key.place, problems)?;
    let (same, state) = (keys.may("same"), keys.may("state"));
    keys.done(problems);
    let compares = same.is_some_and(|entry| !matches!(&entry.value.kind, Kind::Map(pairs) if pairs.is_empty()));
    if !compares && state.is_none() {
        problems.at(value.place, "`shows` shows nothing").help(SHOWS);
    }
    let same = same.map(|entry| read_values(&entry.value, "same", problems)).unwrap_or_default();
    let state = state.and_then(|entry| read_state(entry, problems));
    Some(Shows::Fields { same, state })
}

fn read_keeps(node: &Node, problems: &mut Problems) -> Option<Retention> {
    if matches!(&node.kind, Kind::Text(text) if text == "open only") {
        return Some(Retention::OpenOnly);
    }
    read_span(node, "keeps", problems).map(Retention::For)
}

fn read_state(Entry { key, value }: &Entry, problems: &mut Problems) -> Option<StateWords> {
    let mut keys = Keys::open(value, "`state`", key.place, problems)?;
    let field = keys.must("field", problems).and_then(|entry| keys::text(&entry.value, "field", problems));
    let mut words =
        |name| keys.may(name).map(|entry| keys::names(&entry.value, name, true, problems)).unwrap_or_default();
    let [acted, open, ended, unclear] = [words("acted"), words("open"), words("ended"), words("unclear")];
    keys.done(problems);
    Some(StateWords { field: field?, acted, open, ended, unclear })
}
