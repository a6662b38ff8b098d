//! Events of the user data stream: one is read as the type of its name reads it, whatever form it has and whether it is wrapped,
//! and prints what reads again; one that nobody knows is kept as it came.

use crate::rewritten::rewritten;
use crate::slow::Fields;
use papi_types::error::DecodeError;
use papi_types::{AccountEvent, EVENTS, EventInfo, Wire, decode, encode_json};
use serde_json::value::RawValue;

/// Reads the text of an event.
///
/// # Panics
///
/// When two ways to read the event differ, or an error does not say where and why.
pub fn event(data: &[u8]) {
    let read = decode::<AccountEvent>(data);
    if let Some(other) = rewritten(data, &AccountEvent::SCHEMA) {
        let reread = decode::<AccountEvent>(other.as_bytes());
        assert_eq!(read.as_ref().ok(), reread.as_ref().ok(), "{read:?}, {reread:?} when it is written as {other}");
    }
    if let Some((name, whole)) = slow_name(data) {
        is_read_by_its_name(data, &name, &read);
        let wrapped = [br#"{"subscriptionId":1,"event":"#, whole.as_bytes(), b"}"].concat();
        let reread = decode::<AccountEvent>(&wrapped);
        assert_eq!(read.as_ref().ok(), reread.as_ref().ok(), "{read:?}, {reread:?} when it is wrapped");
        if let Ok(AccountEvent::Unknown(unknown)) = &read {
            assert_eq!((unknown.name(), unknown.json()), (name.as_str(), whole), "an unknown event");
        }
    }
    match read {
        Ok(event) => {
            assert_eq!(serde_json::from_slice::<AccountEvent>(data).as_ref().ok(), Some(&event), "read by serde");
            let printed = encode_json(&event);
            assert_eq!(decode::<AccountEvent>(printed.as_bytes()).as_ref().ok(), Some(&event), "read again: {printed}");
            let is_of_slow_time = |time: i64| event.event_time().is_none_or(|read| read.as_millis() == time);
            assert!(slow_time(&printed).is_none_or(is_of_slow_time), "the time of {printed}");
        }
        Err(error) => {
            let told = format!("at {}: {}", error.path(), error.reason());
            assert!(!error.path().is_empty() && !error.reason().is_empty(), "it says where and why: {told}");
            assert!(error.to_string().starts_with(&told), "it says so: {error}");
        }
    }
}

/// The slow way to the name of an event, and its text without what stands around it; none when it is no event, or wrapped.
fn slow_name(data: &[u8]) -> Option<(String, &str)> {
    let whole: &RawValue = serde_json::from_slice(data).ok()?;
    let Fields(fields) = serde_json::from_str(whole.get()).ok()?;
    let (_, name) = fields.iter().find(|(key, _)| key == "e")?;
    Some((serde_json::from_str(name.get()).ok()?, whole.get()))
}

/// The time of an event where it is a plain number.
fn slow_time(printed: &str) -> Option<i64> {
    let Fields(fields) = serde_json::from_str(printed).ok()?;
    fields.iter().find(|(key, _)| key == "E")?.1.get().parse().ok()
}

fn is_read_by_its_name(data: &[u8], name: &str, read: &Result<AccountEvent, DecodeError>) {
    let Some(info) = EventInfo::of(name) else { return };
    match (read, (info.reprint)(data), info.find_drift(data)) {
        (Ok(event), Ok(printed), Ok(_)) => {
            assert_eq!((event.name(), encode_json(event)), (name, printed), "read as its type");
        }
        (Err(error), Err(other), Err(drift)) => {
            assert_eq!(error.to_string(), other.to_string(), "read as its type");
            assert_eq!(error.to_string(), drift.to_string(), "looked through for what is new");
        }
        (one, other, drift) => panic!("{one:?}, but {other:?} as its type, and {drift:?}"),
    }
}

/// Documented and observed events, bare and wrapped, and one that nobody knows.
pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let varied = include_str!("../../../crates/types/tests/events/varied.jsonl");
    let documented = EVENTS.iter().flat_map(|info| info.examples.iter().copied());
    let wrapped = documented.clone().map(|event| format!(r#"{{"subscriptionId":0,"event":{event}}}"#));
    let others = [r#"{"e":"serverShutdown","E":1792000000001}"#, r#"{"E":"7","e":"new","a":[1.50,{"e":"\u0041"}]}"#];
    let bare = documented.clone().chain(varied.lines().filter(|line| !line.starts_with('#'))).chain(others);
    bare.map(ToOwned::to_owned).chain(wrapped).map(String::into_bytes).collect()
}
