//! What is asked about a lost call, as annotations and as a sentence.

use super::annotation::Entry;
use crate::problem::At;
use crate::spec::{Ask, Endpoint, Keeps, Shows, StateWords};

/// `settle(ask(..), ..)` or `shown_by = ".."`; nothing for calls of which nothing tells.
pub(super) fn entries(endpoint: &Endpoint) -> Vec<Entry> {
    let mut entries = Vec::new();
    if !endpoint.settle.is_empty() {
        entries.push(Entry::group("settle", endpoint.settle.iter().filter_map(ask).collect()));
    }
    entries.extend(endpoint.shown_by.as_ref().map(|call| Entry::says("shown_by", &call.value.to_string())));
    entries
}

fn ask(ask: &Ask) -> Option<Entry> {
    let mut entries = vec![Entry::says("call", &ask.call.as_ref()?.value.to_string())];
    entries.extend(ask.each.as_ref().map(|field| Entry::is("each", field)));
    if !ask.with.is_empty() {
        entries.push(pairs("with", &ask.with));
    }
    match ask.shows.as_ref()? {
        Shows::Found(Keeps::For(span)) => entries.push(Entry::group("found", vec![Entry::says("keeps", &span.text)])),
        Shows::Found(Keeps::OpenOnly) => entries.push(Entry::names("found", ["open_only"])),
        Shows::NothingLeft => entries.push(Entry::plain("nothing_left")),
        Shows::Fields { same, state } => {
            if !same.is_empty() {
                entries.push(pairs("same", same));
            }
            entries.extend(state.as_ref().map(self::state));
        }
    }
    entries.extend(ask.since.as_ref().map(|field| Entry::is("since", field)));
    Some(Entry::group("ask", entries))
}

fn pairs(name: &str, pairs: &[(At<String>, At<String>)]) -> Entry {
    Entry::group(name, pairs.iter().map(|(theirs, ours)| Entry::is(theirs, ours)).collect())
}

/// Words that say nothing are left out, like all those that nobody knows yet.
fn state(state: &StateWords) -> Entry {
    let mut entries = vec![Entry::is("field", &state.field)];
    for (name, words) in [("acted", &state.acted), ("open", &state.open), ("ended", &state.ended)] {
        if !words.is_empty() {
            entries.push(Entry::group(name, words.iter().map(|word| Entry::quoted(word)).collect()));
        }
    }
    Entry::group("state", entries)
}

/// The sentence for people.
pub(super) fn sentence(endpoint: &Endpoint) -> Option<String> {
    if let Some(call) = &endpoint.shown_by {
        let call = &call.value;
        return Some(format!("When no answer arrives, look at `{call}`: no call tells of this one alone."));
    }
    let calls = endpoint.settle.iter().filter_map(|ask| ask.call.as_ref());
    let mut asked: Vec<String> = calls.map(|call| format!("`{}`", call.value)).collect();
    asked.dedup();
    (!asked.is_empty()).then(|| format!("When no answer arrives, ask {}.", asked.join(", then ")))
}
