//! What proves that a call was accepted although its reply cannot be read whole: the ids in it.

use crate::prepared::Typed;
use papi_types::EndpointInfo;
use papi_types::spec::Schema;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fmt;

/// The ids in the answer to a call that the exchange accepted: those that it gave to what was placed, and the caller's
/// own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    ids: Vec<(&'static str, String)>,
}

impl Accepted {
    /// Returns the first id under a name of the reply, such as `orderId`, `strategyId`, `algoId`, `orderListId` or
    /// `clientOrderId`.
    pub fn id(&self, name: &str) -> Option<&str> {
        self.ids().find(|(field, _)| *field == name).map(|(_, id)| id)
    }

    /// Returns all ids that could be read, each with its name in the reply.
    pub fn ids(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.ids.iter().map(|(name, id)| (*name, id.as_str()))
    }

    /// Reads the ids of an answer with success, where the endpoint's reply has them. None when there is none: then it
    /// proves nothing.
    pub(crate) fn read(body: &[u8], info: &EndpointInfo, typed: Option<&Typed>) -> Option<Self> {
        let body: &RawValue = serde_json::from_slice(body).ok()?;
        let mut search = Search { ours: typed.map(own_ids).unwrap_or_default(), ids: Vec::new() };
        search.value(body, &info.reply);
        (!search.ids.is_empty()).then_some(Self { ids: search.ids })
    }
}

impl fmt::Display for Accepted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, (name, id)) in self.ids().enumerate() {
            write!(f, "{}{name} {id}", if number == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

/// The client ids that were sent: those that name what is placed, and the one of an order that is amended.
fn own_ids(typed: &Typed) -> Vec<&str> {
    let is_own = |name: &str| typed.info.client_ids.contains(&name) || is_client_id(name);
    typed.sent.iter().filter(|(name, _)| is_own(name)).map(|(_, id)| id.as_str()).collect()
}

/// Whether a name is that of a caller's id, such as `clientOrderId` or `newClientStrategyId`.
fn is_client_id(name: &str) -> bool {
    name.to_ascii_lowercase().contains("client") && name.ends_with("Id")
}

struct Search<'a> {
    ours: Vec<&'a str>,
    ids: Vec<(&'static str, String)>,
}

impl Search<'_> {
    /// Looks through a value in the places that its schema names. What looks otherwise than it should is passed over.
    fn value(&mut self, json: &RawValue, schema: &Schema) {
        match schema {
            Schema::Object(fields) => {
                let Some(object) = object(json) else { return };
                for field in *fields {
                    let Some(json) = object.get(field.name) else { continue };
                    match self.id(field.name, json, &field.schema) {
                        Some(id) => self.ids.push((field.name, id)),
                        None => self.value(json, &field.schema),
                    }
                }
            }
            Schema::List(each) => self.rows(json, each),
            Schema::OneOrMany(each) => {
                self.value(json, each);
                self.rows(json, each);
            }
            Schema::Either { kinds, otherwise } => {
                let Some(object) = object(json) else { return };
                let kind = kinds.iter().find(|(key, _)| object.contains_key(*key)).map(|(_, schema)| schema);
                self.value(json, kind.unwrap_or(otherwise));
            }
            _ => {}
        }
    }

    fn rows(&mut self, json: &RawValue, each: &Schema) {
        let rows: Vec<&RawValue> = serde_json::from_str(json.get()).unwrap_or_default();
        for row in rows {
            self.value(row, each);
        }
    }

    /// The id that a field holds: one of the exchange, which is above zero, or one of ours.
    fn id(&self, name: &str, json: &RawValue, schema: &Schema) -> Option<String> {
        match schema {
            Schema::Integer if name.ends_with("Id") => {
                json.get().trim_matches('"').parse::<u64>().ok().filter(|id| *id > 0).map(|id| id.to_string())
            }
            Schema::Text if is_client_id(name) => {
                serde_json::from_str::<String>(json.get()).ok().filter(|id| self.ours.contains(&id.as_str()))
            }
            _ => None,
        }
    }
}

fn object(json: &RawValue) -> Option<BTreeMap<String, &RawValue>> {
    serde_json::from_str(json.get()).ok()
}
