//! The account's settings: remembered when they are set, and shown by every reply that has a field for them.

use crate::account::Account;
use crate::json::Json;
use crate::reads;
use crate::refusal::{OPEN_ORDERS_EXIST, Refusal, SAME_POSITION_MODE};
use crate::routes::Request;
use papi_types::{Group, Timestamp};
use std::collections::BTreeMap;

/// UM and CM have one position mode: what changes it for one changes it for both.
const POSITION_MODE: &str = "dualSidePosition";

/// Settings by part of the account, symbol (empty for those that are not about one) and field.
#[derive(Debug)]
pub(crate) struct Switches(BTreeMap<(&'static str, String, String), String>);

impl Default for Switches {
    fn default() -> Self {
        let mut switches = Self(BTreeMap::new());
        switches.remember(Group::Um, "", POSITION_MODE, "false");
        switches
    }
}

impl Switches {
    fn part(group: Group, field: &str) -> &'static str {
        if field == POSITION_MODE { "futures" } else { group.as_str() }
    }

    fn get(&self, group: Group, symbol: &str, field: &str) -> Option<&str> {
        self.0.get(&(Self::part(group, field), symbol.to_owned(), field.to_owned())).map(String::as_str)
    }

    fn remember(&mut self, group: Group, symbol: &str, field: &str, value: &str) {
        self.0.insert((Self::part(group, field), symbol.to_owned(), field.to_owned()), value.to_owned());
    }

    /// Puts the settings into a reply, wherever it has a field of their name.
    pub(crate) fn show(&self, reply: &mut Json, group: Group) {
        reply.each_object(&mut |object| {
            let symbol = object.get("symbol").and_then(Json::told).unwrap_or_default();
            let Json::Object(fields) = object else { return };
            for (field, value) in fields {
                if let Some(set) = self.get(group, &symbol, field) {
                    *value = value.like(set);
                }
            }
        });
    }
}

/// Remembers all that was sent.
pub(crate) fn set(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let group = request.info.group;
    if let Some(mode) = request.sent(POSITION_MODE) {
        if account.switches.get(group, "", POSITION_MODE) == Some(mode) {
            return Err(SAME_POSITION_MODE.plain());
        }
        if account.orders.has_open_futures() {
            return Err(OPEN_ORDERS_EXIST.plain());
        }
    }
    let symbol = request.sent("symbol").unwrap_or_default();
    for (name, value) in request.params.iter().filter(|(name, _)| *name != "symbol") {
        account.switches.remember(group, symbol, name, value);
    }
    reads::documented(request, account, now)
}
