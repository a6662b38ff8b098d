//! Writes a reply so that the reader's quick ways do not fit: fields in the opposite order, scalars quoted, every character as an
//! escape. It is still the same reply.

use crate::slow::Fields;
use papi_types::spec::Schema;
use serde_json::value::RawValue;

/// Returns the reply in another form. None when it is no JSON, has a field twice, because then the
/// order counts, or is of a kind that nobody knows, because such a one is kept as it came.
pub(crate) fn rewritten(body: &[u8], schema: &Schema) -> Option<String> {
    let body: &RawValue = serde_json::from_slice(body).ok()?;
    value(body, schema)
}

fn value(raw: &RawValue, schema: &Schema) -> Option<String> {
    let text = raw.get();
    match (schema, text.as_bytes().first()?) {
        (Schema::OneOrMany(one), first) if *first != b'[' => value(raw, one),
        (Schema::List(row) | Schema::OneOrMany(row), b'[') => {
            let rows: Vec<&RawValue> = serde_json::from_str(text).ok()?;
            let rows: Option<Vec<_>> = rows.into_iter().map(|raw| value(raw, row)).collect();
            Some(format!("[ {} ]", rows?.join("\n,")))
        }
        (Schema::Object(_) | Schema::Map(_) | Schema::Either { .. } | Schema::Tagged { .. }, b'{') => {
            object(text, schema)
        }
        (_, b'{' | b'[' | b'n') => Some(text.to_owned()),
        (_, b'"') => Some(match serde_json::from_str::<String>(text) {
            Ok(text) => escaped(&text),
            // Half of a character, which no text can hold.
            Err(_) => text.to_owned(),
        }),
        _ => Some(escaped(text)),
    }
}

fn object(text: &str, schema: &Schema) -> Option<String> {
    let Fields(fields) = serde_json::from_str(text).ok()?;
    let is_twice = |index: usize| fields[..index].iter().any(|(name, _)| *name == fields[index].0);
    if (0..fields.len()).any(is_twice) {
        return None;
    }
    let mut tag = None;
    let schema = match schema {
        Schema::Tagged { key, kinds } => {
            let (_, told) = fields.iter().find(|(name, _)| name == key)?;
            let told: String = serde_json::from_str(told.get()).ok()?;
            tag = Some(key);
            &kinds.iter().find(|(kind, _)| *kind == told)?.1
        }
        Schema::Either { kinds, otherwise } => {
            let kind = kinds.iter().find(|(key, _)| fields.iter().any(|(name, _)| name == key));
            kind.map_or(*otherwise, |(_, schema)| schema)
        }
        other => other,
    };
    let written = fields.iter().rev().map(|(name, raw)| {
        let written = match schema {
            Schema::Map(each) => value(raw, each)?,
            _ if tag.is_some_and(|tag| tag == name) => value(raw, &Schema::Text)?,
            object => object.field(name).map_or_else(|| Some(raw.get().to_owned()), |schema| value(raw, &schema))?,
        };
        Some(format!("{} : {written}", escaped(name)))
    });
    Some(format!("{{ {} }}", written.collect::<Option<Vec<_>>>()?.join(",\t")))
}

/// A text in quotes, every character of which is an escape.
fn escaped(text: &str) -> String {
    let units: String = text.encode_utf16().map(|unit| format!("\\u{unit:04X}")).collect();
    format!("\"{units}\"")
}
