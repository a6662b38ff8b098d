//! Events of the user data stream: their description as data, and what all of them share when they are read.

use crate::error::{DecodeError, Drift, find_drift};
use crate::json::{JsonReader, ReadError, fields};
use crate::spec::{ReprintReply, Schema};
use crate::{AccountEvent, Symbol, Timestamp};

/// The key under which an event is wrapped by connections that carry more than events.
const WRAPPED: &str = "event";

/// The description of an event: everything its spec says, as data.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct EventInfo {
    /// The name on the wire, such as `ORDER_TRADE_UPDATE`.
    pub event: &'static str,
    /// The name of its type, such as `OrderTradeUpdate`.
    pub name: &'static str,
    /// When it comes, in a sentence.
    pub doc: &'static str,
    /// The address of the vendor's page.
    pub doc_url: &'static str,
    /// The day the page was last compared with this description, as `YYYY-MM-DD`.
    pub verified_on: &'static str,
    /// What it looks like when it is printed.
    pub schema: Schema,
    /// Documented events, and observed ones that differ from them, as JSON.
    pub examples: &'static [&'static str],
    /// Reads it into its type and prints it back as JSON.
    pub reprint: ReprintReply,
}

impl EventInfo {
    /// Returns the description of the event with this name on the wire; none when this version does not know it.
    pub fn of(event: &str) -> Option<&'static Self> {
        crate::EVENTS.iter().find(|info| info.event == event)
    }

    /// Reads an event and returns what it has that this version does not know.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn find_drift(&self, json: &[u8]) -> Result<Vec<Drift>, DecodeError> {
        (self.reprint)(json).map(|_| find_drift(json, &self.schema))
    }
}

/// An event that this version does not know, as it was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownEvent {
    name: String,
    json: String,
}

impl UnknownEvent {
    /// Reads the event that is next.
    pub(crate) fn read(from: &mut JsonReader<'_>, name: &str) -> Result<Self, ReadError> {
        Ok(Self { name: name.to_owned(), json: from.raw()?.to_owned() })
    }

    /// Returns its name on the wire.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns all of it as it was received.
    pub fn json(&self) -> &str {
        &self.json
    }

    /// Returns when the exchange sent it: the milliseconds of the key `E`, which all known events have.
    pub fn event_time(&self) -> Option<Timestamp> {
        let fields = fields(&self.json).ok()?;
        let (_, millis) = fields.iter().find(|(name, _)| name == "E")?;
        crate::decode(millis.as_bytes()).ok()
    }
}

impl AccountEvent {
    /// Returns the contracts and pairs that the event is about, each once: none of an event about assets, the account or
    /// the stream, or of one that this version does not know.
    pub fn symbols(&self) -> Vec<&Symbol> {
        match self {
            Self::AccountConfigUpdate(event) => vec![&event.config.symbol],
            Self::AccountUpdate(event) => {
                let mut symbols: Vec<&Symbol> =
                    event.update.positions.iter().flatten().map(|position| &position.symbol).collect();
                symbols.extend(event.update.symbol.as_ref());
                symbols.sort_unstable();
                symbols.dedup();
                symbols
            }
            Self::AlgoUpdate(event) => vec![&event.order.symbol],
            Self::ConditionalOrderTradeUpdate(event) => vec![&event.order.symbol],
            Self::OrderTradeUpdate(event) => vec![&event.order.symbol],
            Self::ExecutionReport(event) => vec![&event.symbol],
            Self::BalanceUpdate(_)
            | Self::LiabilityChange(_)
            | Self::ListenKeyExpired(_)
            | Self::OpenOrderLoss(_)
            | Self::OutboundAccountPosition(_)
            | Self::RiskLevelChange(_)
            | Self::Unknown(_) => Vec::new(),
        }
    }
}

/// Reads an event: `read` gets its name. An event may be wrapped: `{"event": {..}}`.
pub(crate) fn read_event<T>(
    from: &mut JsonReader<'_>,
    read: impl Fn(&mut JsonReader<'_>, &str) -> Result<T, ReadError>,
) -> Result<T, ReadError> {
    if let Some(name) = from.text_of_key("e")? {
        return read(from, &name);
    }
    let mut wrapped = None;
    from.map(&mut |from, key| {
        let name = if key == WRAPPED && wrapped.is_none() { from.text_of_key("e")? } else { None };
        match name {
            Some(name) => wrapped = Some(read(from, &name)?),
            None => from.skip()?,
        }
        Ok(())
    })?;
    from.required(wrapped, "e")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_symbols_of_every_documented_event_are_found() {
        let with_symbols = [
            "ACCOUNT_CONFIG_UPDATE",
            "ACCOUNT_UPDATE",
            "ALGO_UPDATE",
            "CONDITIONAL_ORDER_TRADE_UPDATE",
            "ORDER_TRADE_UPDATE",
            "executionReport",
        ];
        for info in crate::EVENTS {
            let event: AccountEvent = crate::decode(info.examples[0].as_bytes()).expect("an event");
            assert_eq!(!event.symbols().is_empty(), with_symbols.contains(&info.event), "{}", info.event);
        }
    }

    #[test]
    fn a_symbol_with_two_positions_is_one() {
        let info = EventInfo::of("ACCOUNT_UPDATE").expect("a known event");
        let event: AccountEvent = crate::decode(info.examples[0].as_bytes()).expect("an event");
        assert_eq!(event.symbols(), [&Symbol::new("BTCUSDT")]);
    }
}
