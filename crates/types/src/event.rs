//! Events of the user data stream: their description as data, and what all of them share when they are read.

use crate::Timestamp;
use crate::error::{DecodeError, Drift, find_drift};
use crate::json::{JsonReader, ReadError, fields};
use crate::mask_listen_keys;
use crate::spec::{ReprintReply, Schema};
use std::fmt;

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

/// An event that this version does not know, as it was received. Its `Debug` masks listen keys.
#[derive(Clone, PartialEq, Eq)]
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

impl fmt::Debug for UnknownEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let json = mask_listen_keys(&self.json);
        f.debug_struct("UnknownEvent").field("name", &self.name).field("json", &json).finish()
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
