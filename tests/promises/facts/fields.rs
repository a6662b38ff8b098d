//! The fields of a reply or an event by their paths: `a.B[].wb`, with `<SYMBOL>` for a key that is data.

use super::read::in_order;
use binance_papi::spec::Schema;
use serde_json::Value;
use std::collections::BTreeMap;

/// What is said of each field, by its path.
type Fields = BTreeMap<String, BTreeMap<String, String>>;

/// Returns all fields of what a schema describes, each with its type, and its words.
pub(super) fn in_schema(schema: Schema) -> Fields {
    let mut fields = Fields::new();
    add(schema, "", &mut fields);
    fields
}

fn add(schema: Schema, path: &str, fields: &mut Fields) {
    match schema {
        Schema::Object(inside) => {
            for field in inside {
                let path = if path.is_empty() { field.name.to_owned() } else { format!("{path}.{}", field.name) };
                add_field(path, field.schema, fields);
            }
        }
        Schema::List(row) | Schema::OneOrMany(row) => match row {
            Schema::List(_) | Schema::Object(_) | Schema::Either { .. } => add(*row, &format!("{path}[]"), fields),
            scalar => add_field(format!("{path}[]"), *scalar, fields),
        },
        Schema::Map(value) => {
            let path = if path.is_empty() { "<SYMBOL>".to_owned() } else { format!("{path}.<SYMBOL>") };
            add_field(path, *value, fields);
        }
        Schema::Either { kinds, otherwise } => {
            kinds.iter().map(|(_, kind)| *kind).chain([*otherwise]).for_each(|kind| add(kind, path, fields));
        }
        _ => {}
    }
}

fn add_field(path: String, schema: Schema, fields: &mut Fields) {
    let kind = match schema {
        Schema::Text => "text",
        Schema::Word(_) => "word",
        Schema::Decimal => "decimal",
        Schema::Time => "time",
        Schema::Integer => "integer",
        Schema::Bool => "bool",
        Schema::List(_) => "list",
        Schema::Object(_) | Schema::Map(_) | Schema::Either { .. } => "object",
        other => panic!("no fact has {other:?}"),
    };
    let mut said = BTreeMap::from([("type".to_owned(), kind.to_owned())]);
    if let Schema::Word(words) = schema {
        said.insert("words".to_owned(), in_order(words.iter().copied()));
    }
    add(schema, &path, fields);
    fields.insert(path, said);
}

/// Returns whether a path of a schema is that of a field: a key that is data stands for any key.
pub(super) fn is_at(of_schema: &str, of_field: &str) -> bool {
    let steps = |path: &'_ str| path.split('.').map(str::to_owned).collect::<Vec<_>>();
    let (schema, field) = (steps(of_schema), steps(of_field));
    let is_step = |(schema, field): (&String, &String)| {
        schema == field || schema.starts_with('<') && schema.ends_with("[]") == field.ends_with("[]")
    };
    schema.len() == field.len() && schema.iter().zip(&field).all(is_step)
}

/// Returns whether what has a field reads when it is left out, in each example that has it or lacks it.
pub(super) fn reads_without<E>(examples: &[String], path: &str, reprint: fn(&[u8]) -> Result<String, E>) -> bool {
    examples.iter().all(|example| {
        let mut value: Value = serde_json::from_str(example).expect("an example");
        remove(&mut value, path);
        reprint(value.to_string().as_bytes()).is_ok()
    })
}

/// Removes the field at a path wherever it stands.
fn remove(value: &mut Value, path: &str) {
    let steps: Vec<&str> = path.split('.').map(|step| step.trim_end_matches("[]")).collect();
    remove_steps(value, &steps);
}

fn remove_steps(value: &mut Value, steps: &[&str]) {
    match (value, steps) {
        (Value::Array(elements), ["", rest @ ..]) => elements.iter_mut().for_each(|one| remove_steps(one, rest)),
        (Value::Array(elements), _) => elements.iter_mut().for_each(|one| remove_steps(one, steps)),
        (Value::Object(fields), [last]) if last.starts_with('<') => fields.clear(),
        (Value::Object(fields), [last]) => _ = fields.remove(*last),
        (Value::Object(fields), [field, rest @ ..]) if field.starts_with('<') => {
            fields.values_mut().for_each(|value| remove_steps(value, rest));
        }
        (Value::Object(fields), [field, rest @ ..]) => {
            if let Some(value) = fields.get_mut(*field) {
                remove_steps(value, rest);
            }
        }
        _ => {}
    }
}
