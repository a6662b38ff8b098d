//! Events of the user data stream: a file each, and the one with the enum of all and their table.

use super::code::Code;
use super::{doc, each, header, imports, reply};
use crate::model::EventType;
use crate::spec::Common;

/// The file of one event.
pub(crate) fn file(event: &EventType) -> String {
    let header = header(&doc::lines("//!", &event.about), &event.path);
    let types: Vec<String> = event.types.iter().map(reply::item).collect();
    format!("{header}{}{}", imports(&event.imports), types.join("\n"))
}

/// `events/mod.rs`
pub(crate) fn index(events: &[EventType]) -> String {
    let mut about = vec![
        "//! The events of the user data stream.".to_owned(),
        "//!".to_owned(),
        "//! | Event | On the wire | When it comes |".to_owned(),
        "//! |---|---|---|".to_owned(),
    ];
    for event in events {
        let doc = doc::escape(event.about.first()).replace('|', "\\|");
        about.push(format!("//! | [`{}`] | `{}` | {doc} |", event.name, event.wire));
    }
    let header = header(&about, "spec/events/");
    let modules = each(events, |event| format!("mod {};\n", event.module));
    let names = each(events, |event| format!("pub use {}::*;\n", event.module));
    let commons: Vec<Common> =
        Common::ALL.into_iter().filter(|common| events.iter().any(|event| event.has(*common))).collect();
    let mut used: Vec<&str> = commons.iter().map(|common| common.ty).collect();
    used.push("Wire");
    used.sort_unstable();
    used.dedup();
    format!(
        "{header}{modules}
{names}
use crate::decode::reprint;
use crate::event::{{EventInfo, UnknownEvent, read_event}};
use crate::json::{{JsonReader, JsonWriter, ReadError}};
use crate::serde_traits::serde_through_wire;
use crate::spec::Schema;
use crate::{{{}}};

{}
{}
{}
serde_through_wire!(AccountEvent);

{}",
        used.join(", "),
        enumeration(events),
        methods(events, &commons),
        wire(events),
        table(events)
    )
}

fn enumeration(events: &[EventType]) -> String {
    let variants = each(events, |event| {
        let name = &event.name;
        format!("{}    {name}({name}),\n", doc::comment("    ///", &event.about))
    });
    format!(
        "/// An event of the user data stream.
///
/// [`decode`](fn@crate::decode) reads one from its JSON, [`encode_json`](crate::encode_json) prints it back.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AccountEvent {{
{variants}    /// An event that this version does not know.
    Unknown(UnknownEvent),
}}
"
    )
}

fn methods(events: &[EventType], commons: &[Common]) -> String {
    let names = each(events, |event| format!("            Self::{}(_) => {:?},\n", event.name, event.wire));
    let commons = each(commons, |common| method(events, *common));
    format!(
        "impl AccountEvent {{
    /// Returns the name on the wire.
    pub fn name(&self) -> &str {{
        match self {{
{names}            Self::Unknown(event) => event.name(),
        }}
    }}

    /// Returns the description of the event; none of one that this version does not know.
    pub fn info(&self) -> Option<&'static EventInfo> {{
        EventInfo::of(self.name())
    }}
{commons}}}
"
    )
}

/// A method that returns what several events have.
fn method(events: &[EventType], Common { field, ty }: Common) -> String {
    let (about, result, value) = match field {
        "event_time" => (
            "when the exchange sent the event; none of an unknown event without a time",
            ty.to_owned(),
            "event.event_time",
        ),
        "transaction_time" => (
            "when that happened which the event tells of, where the event says so",
            ty.to_owned(),
            "event.transaction_time",
        ),
        _ => (
            "which product's account the event is about, where the event says so",
            format!("&{ty}"),
            "&event.business_unit",
        ),
    };
    let with: Vec<&EventType> = events.iter().filter(|event| event.has(Common { field, ty })).collect();
    let some = each(&with, |event| format!("            Self::{}(event) => Some({value}),\n", event.name));
    let unknown = if field == "event_time" { "Self::Unknown(event) => event.event_time()" } else { "_ => None" };
    format!(
        "
    /// Returns {about}.
    pub fn {field}(&self) -> Option<{result}> {{
        match self {{
{some}            {unknown},
        }}
    }}
"
    )
}

fn wire(events: &[EventType]) -> String {
    let kinds = each(events, |event| format!("            ({:?}, <{} as Wire>::SCHEMA),\n", event.wire, event.name));
    let reads =
        each(events, |event| format!("            {:?} => Wire::read(from).map(Self::{}),\n", event.wire, event.name));
    let writes = each(events, |event| format!("            Self::{}(event) => event.write(out),\n", event.name));
    format!(
        "impl Wire for AccountEvent {{
    const SCHEMA: Schema = Schema::Tagged {{
        key: \"e\",
        kinds: &[
{kinds}        ],
    }};

    fn read(from: &mut JsonReader<'_>) -> Result<Self, ReadError> {{
        read_event(from, |from, name| match name {{
{reads}            _ => UnknownEvent::read(from, name).map(Self::Unknown),
        }})
    }}

    fn write(&self, out: &mut JsonWriter) {{
        match self {{
{writes}            Self::Unknown(event) => out.bare(event.json()),
        }}
    }}
}}
"
    )
}

fn table(events: &[EventType]) -> String {
    let rows = each(events, |event| {
        let examples: Vec<String> = event.examples.iter().map(|json| Code::raw_text(json).flat()).collect();
        format!(
            "    EventInfo {{
        event: {:?},
        name: {:?},
        doc: {:?},
        doc_url: {:?},
        verified_on: {:?},
        schema: <{} as Wire>::SCHEMA,
        examples: &[{}],
        reprint: reprint::<{}>,
    }},
",
            event.wire,
            event.name,
            event.about.first(),
            event.doc_url,
            event.verified_on,
            event.name,
            examples.join(", "),
            event.name
        )
    });
    format!(
        "/// Every event this version knows, by its name on the wire.
pub static EVENTS: &[EventInfo] = &[
{rows}];
"
    )
}
