//! The account's settings: remembered when they are set, and shown by every reply that has a field for them.

use crate::template;
use papi_types::Group;
use papi_types::json::Json;
use std::collections::BTreeMap;

/// The field of the position mode. UM and CM have one mode: a call that changes it for one changes it for both.
pub(crate) const POSITION_MODE: &str = "dualSidePosition";

/// Settings by part of the account, symbol (empty for those that are not about one) and field.
#[derive(Debug)]
pub(crate) struct Settings(BTreeMap<(&'static str, String, String), String>);

impl Default for Settings {
    fn default() -> Self {
        let mut settings = Self(BTreeMap::new());
        settings.remember(Group::Um, "", POSITION_MODE, "false");
        settings
    }
}

impl Settings {
    fn part(group: Group, field: &str) -> &'static str {
        if field == POSITION_MODE { "futures" } else { group.as_str() }
    }

    pub(crate) fn get(&self, group: Group, symbol: &str, field: &str) -> Option<&str> {
        self.0.get(&(Self::part(group, field), symbol.to_owned(), field.to_owned())).map(String::as_str)
    }

    pub(crate) fn remember(&mut self, group: Group, symbol: &str, field: &str, value: &str) {
        self.0.insert((Self::part(group, field), symbol.to_owned(), field.to_owned()), value.to_owned());
    }

    /// Puts the settings into a reply, wherever it has a field of their name.
    pub(crate) fn show(&self, reply: &mut Json, group: Group) {
        template::each_object(reply, &mut |fields| {
            let symbol = fields.iter().find(|(name, _)| name == "symbol").and_then(|(_, value)| value.scalar());
            let symbol = symbol.unwrap_or_default().to_owned();
            for (field, value) in fields {
                if let Some(set) = self.get(group, &symbol, field) {
                    *value = template::like(value, set);
                }
            }
        });
    }
}
