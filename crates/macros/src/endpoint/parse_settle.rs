//! Reads `settle(..)`: what to ask when no answer arrived, and what in the reply shows that the call acted.

use super::model::{Ask, Keeps, Shows, StateWords};
use super::parse::{span, word_list};
use crate::entry::{Body, Entry, entries};
use crate::problems::Problems;
use proc_macro2::TokenStream;
use syn::Ident;

/// `settle(ask(..), ask(..))`.
pub(super) fn settle(entry: Entry, problems: &mut Problems) -> Vec<Ask> {
    let name = entry.name.clone();
    let Some(tokens) = entry.group(problems) else { return Vec::new() };
    let mut asks = Vec::new();
    let parts = entries(tokens, problems);
    if parts.is_empty() {
        problems.at(&name, "`settle` asks nothing");
    }
    for part in parts {
        if part.name == "ask" {
            asks.extend(ask(part, problems));
        } else {
            part.unknown(&["ask"], problems);
        }
    }
    asks
}

const ASK_ENTRIES: [&str; 8] = ["call", "with", "each", "found", "nothing_left", "same", "state", "since"];

/// `ask(call = "GET ..", with(symbol = symbol), found(keeps = "3d"), since = time)`.
fn ask(entry: Entry, problems: &mut Problems) -> Option<Ask> {
    let name = entry.name.clone();
    let (mut call, mut with, mut each, mut since) = (None, Vec::new(), None, None);
    let (mut ways, mut same, mut state) = (Vec::new(), Vec::new(), None);
    let mut tells_fields = false;
    for entry in entries(entry.group(problems)?, problems) {
        match entry.name.to_string().as_str() {
            "call" => call = entry.text(problems),
            "with" => with = pairs(entry, problems),
            "each" => each = entry.word(problems),
            "since" => since = entry.word(problems),
            "found" => ways.push(keeps(entry, problems).map(Shows::Found)),
            "nothing_left" => ways.push(entry.bare(problems).then_some(Shows::NothingLeft)),
            "same" => (same, tells_fields) = (pairs(entry, problems), true),
            "state" => (state, tells_fields) = (state_words(entry, problems), true),
            _ => entry.unknown(&ASK_ENTRIES, problems),
        }
    }
    if tells_fields {
        ways.push(Some(Shows::Fields { same, state }));
    }
    if ways.len() != 1 {
        let known = "`found(..)`, `nothing_left`, and `same(..)` with or without `state(..)`";
        problems.at(&name, format!("`ask(..)` needs one of {known}"));
    }
    let shows = ways.pop().flatten();
    if call.is_none() {
        problems.at(&name, "`ask(..)` lacks `call = \"GET /..\"`");
    }
    Some(Ask { call: call?, with, each, since, shows: shows? })
}

/// `symbol = symbol, origClientOrderId = newClientOrderId`: theirs, then ours.
fn pairs(entry: Entry, problems: &mut Problems) -> Vec<(Ident, Ident)> {
    let parts = entry.group(problems).map(|tokens| entries(tokens, problems)).unwrap_or_default();
    let pair = |entry: Entry| {
        let theirs = entry.name.clone();
        entry.word(problems).map(|ours| (theirs, ours))
    };
    parts.into_iter().filter_map(pair).collect()
}

/// `found(keeps = "3d")` or `found(open_only)`.
fn keeps(entry: Entry, problems: &mut Problems) -> Option<Keeps> {
    let name = entry.name.clone();
    let tokens = if let Body::Group(tokens) = entry.body { tokens } else { TokenStream::new() };
    let parts = entries(tokens, problems);
    if parts.is_empty() {
        problems.at(&name, "expected for how long it is found: `found(keeps = \"3d\")` or `found(open_only)`");
    }
    let mut keeps = None;
    for entry in parts {
        match entry.name.to_string().as_str() {
            "keeps" => {
                let text = entry.text(problems);
                keeps = text.and_then(|text| problems.keep(span(&text))).map(Keeps::For);
            }
            "open_only" => keeps = entry.bare(problems).then_some(Keeps::OpenOnly),
            _ => entry.unknown(&["keeps", "open_only"], problems),
        }
    }
    keeps
}

/// `state(field = status, acted("CANCELED"), open("NEW"), ended("FILLED"))`.
fn state_words(entry: Entry, problems: &mut Problems) -> Option<StateWords> {
    let name = entry.name.clone();
    let mut field = None;
    let (mut acted, mut open, mut ended) = (Vec::new(), Vec::new(), Vec::new());
    for entry in entries(entry.group(problems)?, problems) {
        match entry.name.to_string().as_str() {
            "field" => field = entry.word(problems),
            "acted" => acted = word_list(entry, problems),
            "open" => open = word_list(entry, problems),
            "ended" => ended = word_list(entry, problems),
            _ => entry.unknown(&["field", "acted", "open", "ended"], problems),
        }
    }
    if field.is_none() {
        problems.at(&name, "`state(..)` lacks `field = ..`");
    }
    Some(StateWords { field: field?, acted, open, ended })
}
