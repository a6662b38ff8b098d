//! One thing that the stream told, as an object of the documented JSON lines: written, and read back.

use binance_papi::account_stream::{GapReason, StreamItem};
use binance_papi::json::Json;
use binance_papi::{AccountEvent, Error, Timestamp, decode, encode_json, mask_listen_keys};
use serde::Deserialize;
use serde_json::value::RawValue;

/// What the stream told, and when.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) received_at: Timestamp,
    pub(super) told: Told,
}

#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "nearly all are events")]
pub(super) enum Told {
    /// An event and its text on one line, without listen keys.
    Event {
        event: AccountEvent,
        payload: String,
    },
    Malformed {
        raw: String,
        error: String,
    },
    Gap {
        from: Timestamp,
        to: Option<Timestamp>,
        reason: String,
        dropped: Option<u64>,
    },
    Resumed {
        at: Timestamp,
    },
}

impl Entry {
    /// Takes an item of the stream with its text.
    ///
    /// # Errors
    ///
    /// The one that the stream has ended with.
    pub(super) fn of(item: StreamItem, text: Option<String>, received_at: Timestamp) -> Result<Option<Self>, Error> {
        let told = match item {
            StreamItem::Event(event) => {
                let text = text.unwrap_or_else(|| encode_json(&event));
                // A line break of JSON is white space.
                Told::Event { event, payload: mask_listen_keys(&text).replace(['\n', '\r'], " ") }
            }
            StreamItem::Malformed { raw, error } => {
                let error = mask_listen_keys(&error.to_string()).into_owned();
                Told::Malformed { raw: mask_listen_keys(&raw).into_owned(), error }
            }
            StreamItem::Gap { from, to, reason } => {
                let dropped = match reason {
                    GapReason::Lagging { dropped } => Some(dropped),
                    _ => None,
                };
                Told::Gap { from, to, reason: reason_word(reason).to_owned(), dropped }
            }
            StreamItem::Resumed { at } => Told::Resumed { at },
            StreamItem::Ended { error } => return Err(error),
            _ => return Ok(None),
        };
        Ok(Some(Self { received_at, told }))
    }

    /// Reads a line that [`to_line`](Self::to_line) wrote. The error says what is wrong with it.
    pub(super) fn read(line: &str) -> Result<Self, String> {
        let read: Line<'_> = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let time = |millis: Option<i64>, name: &str| {
            millis.map(Timestamp::from_millis).ok_or_else(|| format!("{name} is missing"))
        };
        let told = match read.kind.as_str() {
            "event" => {
                let payload = read.payload.ok_or("payload is missing")?.get().to_owned();
                let event = decode(payload.as_bytes()).map_err(|error| format!("payload: {error}"))?;
                Told::Event { event, payload }
            }
            "malformed" => {
                Told::Malformed { raw: read.raw.ok_or("raw is missing")?, error: read.error.ok_or("error is missing")? }
            }
            "gap" => Told::Gap {
                from: time(read.from, "from")?,
                to: read.to.map(Timestamp::from_millis),
                reason: read.reason.ok_or("reason is missing")?,
                dropped: read.dropped,
            },
            "resumed" => Told::Resumed { at: time(read.at, "at")? },
            other => return Err(format!("this version does not know the kind {other:?}")),
        };
        Ok(Self { received_at: Timestamp::from_millis(read.received_at), told })
    }

    /// Returns it as one line of JSON, without the line break.
    pub(super) fn to_line(&self) -> String {
        let text = |text: &str| Json::text(text).to_string();
        let start = |kind: &str| format!("{{\"received_at\":{},\"kind\":\"{kind}\"", self.received_at.as_millis());
        match &self.told {
            Told::Event { event, payload } => {
                format!("{},\"event\":{},\"payload\":{payload}}}", start("event"), text(event.name()))
            }
            Told::Malformed { raw, error } => {
                format!("{},\"raw\":{},\"error\":{}}}", start("malformed"), text(raw), text(error))
            }
            Told::Gap { from, to, reason, dropped } => {
                let to = to.map_or("null".to_owned(), |to| to.as_millis().to_string());
                let dropped = dropped.map(|dropped| format!(",\"dropped\":{dropped}")).unwrap_or_default();
                let from = from.as_millis();
                format!("{},\"from\":{from},\"to\":{to},\"reason\":{}{dropped}}}", start("gap"), text(reason))
            }
            Told::Resumed { at } => format!("{},\"at\":{}}}", start("resumed"), at.as_millis()),
        }
    }
}

/// The keys of a line; `kind` says which are there. Keys of later versions are left alone.
#[derive(Deserialize)]
struct Line<'a> {
    received_at: i64,
    kind: String,
    #[serde(borrow)]
    payload: Option<&'a RawValue>,
    raw: Option<String>,
    error: Option<String>,
    from: Option<i64>,
    to: Option<i64>,
    reason: Option<String>,
    dropped: Option<u64>,
    at: Option<i64>,
}

/// Returns the word of a reason, which stays the same in later versions.
fn reason_word(reason: GapReason) -> &'static str {
    match reason {
        GapReason::Disconnected => "disconnected",
        GapReason::Silent => "silent",
        GapReason::KeyExpired => "key_expired",
        GapReason::KeyReplaced => "key_replaced",
        GapReason::Lagging { .. } => "lagging",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use binance_papi::EVENTS;

    #[test]
    fn every_line_reads_back_as_it_was_written() {
        let at = Timestamp::from_millis(1_792_742_400_000);
        let gap = |to, reason| StreamItem::Gap { from: at, to, reason };
        let malformed = decode::<AccountEvent>(b"{").expect_err("half an event");
        let others = [
            gap(None, GapReason::Silent),
            gap(Some(at), GapReason::Lagging { dropped: 3 }),
            StreamItem::Resumed { at },
            StreamItem::Malformed { raw: "{\"a\n".to_owned(), error: malformed },
        ];
        let events = EVENTS.iter().flat_map(|info| info.examples).map(|example| {
            let event = decode(example.as_bytes()).expect("an event");
            (StreamItem::Event(event), Some((*example).to_owned()))
        });
        for (item, text) in events.chain(others.map(|item| (item, None))) {
            let line = Entry::of(item, text.clone(), at).expect("no end").expect("known").to_line();
            assert!(!line.contains('\n') && text.is_none_or(|text| line.contains(&text)), "{line}");
            assert_eq!(Entry::read(&line).expect("readable").to_line(), line);
        }
    }

    #[test]
    fn a_listen_key_is_not_in_a_line() {
        let text = "{\"e\":\"listenKeyExpired\",\n\"E\":1,\"listenKey\":\"abc123\"}";
        let event = decode(text.as_bytes()).expect("an event");
        let at = Timestamp::from_millis(1);
        let entry = Entry::of(StreamItem::Event(event), Some(text.to_owned()), at).expect("no end").expect("known");
        let payload = r#"{"e":"listenKeyExpired", "E":1,"listenKey":".."}"#;
        assert!(entry.to_line().ends_with(&format!("\"payload\":{payload}}}")), "{}", entry.to_line());
    }
}
