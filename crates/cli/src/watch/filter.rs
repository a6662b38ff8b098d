//! Which events are shown. What tells about the stream itself is always shown.

use super::entry::{Entry, Told};
use super::symbols::symbols;
use binance_papi::{AccountEvent, EVENTS};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

/// Stands for all events that this version does not know.
const UNKNOWN: &str = "unknown";

/// The events that are wanted.
#[derive(Debug, Clone, Default)]
pub(super) struct Filter {
    /// Names on the wire; all when empty.
    pub(super) events: Vec<String>,
    /// Symbols; all when empty.
    pub(super) symbols: Vec<String>,
}

impl Filter {
    /// Returns whether something is shown. An event of no symbol is not, where symbols are wanted; one that this version
    /// does not know may be of any.
    pub(super) fn lets_pass(&self, entry: &Entry) -> bool {
        let Told::Event { event, .. } = &entry.told else { return true };
        let name = if matches!(event, AccountEvent::Unknown(_)) { UNKNOWN } else { event.name() };
        let is_named = self.events.is_empty() || self.events.iter().any(|wanted| wanted == name);
        let is_of_symbol = self.symbols.is_empty()
            || name == UNKNOWN
            || symbols(event).iter().any(|symbol| self.symbols.iter().any(|wanted| wanted == symbol.as_str()));
        is_named && is_of_symbol
    }
}

/// Reads the name of an event, in any case.
pub(super) fn event_names() -> impl TypedValueParser<Value = String> {
    let known = EVENTS.iter().map(|info| PossibleValue::new(info.event).help(info.doc));
    let unknown = PossibleValue::new(UNKNOWN).help("Any event that this version does not know");
    PossibleValuesParser::new(known.chain([unknown])).try_map(|given| {
        let mut names = EVENTS.iter().map(|info| info.event).chain([UNKNOWN]);
        names.find(|name| name.eq_ignore_ascii_case(&given)).map(str::to_owned).ok_or("no such event")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(payload: &str) -> Entry {
        Entry::read(&format!(r#"{{"received_at":1,"kind":"event","event":"","payload":{payload}}}"#)).expect("a line")
    }

    #[test]
    fn events_are_chosen_by_name_and_symbol_and_gaps_are_always_shown() {
        let leverage = entry(r#"{"e":"ACCOUNT_CONFIG_UPDATE","fs":"UM","E":1,"T":1,"ac":{"s":"BTCUSDT","l":25}}"#);
        let loss = entry(r#"{"e":"openOrderLoss","E":1,"O":[]}"#);
        let unknown = entry(r#"{"e":"NEW","E":1}"#);
        let gap =
            Entry::read(r#"{"received_at":1,"kind":"gap","from":1,"to":null,"reason":"silent"}"#).expect("a line");
        let shown = |events: &[&str], symbols: &[&str]| {
            let texts = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
            let filter = Filter { events: texts(events), symbols: texts(symbols) };
            [&leverage, &loss, &unknown, &gap].map(|entry| filter.lets_pass(entry))
        };
        assert_eq!(shown(&[], &[]), [true; 4]);
        assert_eq!(shown(&["openOrderLoss"], &[]), [false, true, false, true]);
        assert_eq!(shown(&["unknown"], &[]), [false, false, true, true]);
        assert_eq!(shown(&[], &["BTCUSDT"]), [true, false, true, true]);
        assert_eq!(shown(&[], &["ETHUSDT"]), [false, false, true, true]);
    }
}
