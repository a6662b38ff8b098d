//! What is known about a reply before it is there: where its rows are, what they look like, and so which columns it has.

use super::flat::DOT;
use binance_papi::spec::Schema;
use binance_papi::{EndpointInfo, EventInfo};

/// What is known about a reply before it is there.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ReplyDescription {
    /// The field that holds the rows, where the endpoint's description names one.
    pub(super) rows_field: Option<&'static str>,
    /// What all of it looks like.
    pub(super) schema: Option<Schema>,
}

impl ReplyDescription {
    /// Returns what the description of an endpoint says.
    pub(crate) fn of(info: &'static EndpointInfo) -> Self {
        Self { rows_field: info.paging.and_then(|paging| paging.rows), schema: Some(info.reply) }
    }

    /// Returns what the description of an event says.
    pub(crate) fn of_event(info: &'static EventInfo) -> Self {
        Self { rows_field: None, schema: Some(info.schema) }
    }

    /// Returns a description that says only which field holds the rows.
    pub(crate) fn with_rows(rows_field: Option<&'static str>) -> Self {
        Self { rows_field, schema: None }
    }

    /// Returns the columns of a row, those inside nested objects included; none where they are not known.
    pub(super) fn columns(self) -> Option<Vec<String>> {
        let reply = self.schema?;
        let row = match self.rows_field.map_or(reply, |field| reply.field(field).unwrap_or(reply)) {
            Schema::List(row) | Schema::OneOrMany(row) => *row,
            other => other,
        };
        let mut columns = Vec::new();
        add_columns(row, "", &mut columns).then_some(columns)
    }
}

/// Adds the columns of an object. Returns whether all of them are known.
fn add_columns(schema: Schema, before: &str, columns: &mut Vec<String>) -> bool {
    match schema {
        Schema::Object(fields) => fields.iter().all(|field| {
            let name = format!("{before}{}", field.name);
            let inside = format!("{name}{DOT}");
            columns.push(name);
            !matches!(field.schema, Schema::Object(_)) || add_columns(field.schema, &inside, columns)
        }),
        Schema::Either { kinds, otherwise } => {
            let all_kinds = kinds.iter().map(|(_, schema)| *schema).chain([*otherwise]);
            all_kinds.filter(|schema| !add_columns(*schema, before, columns)).count() == 0
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use binance_papi::{account, cm, margin, um};

    #[test]
    fn the_columns_are_those_of_a_row_wherever_the_rows_are() {
        for (info, column) in [
            (um::ForceOrders::INFO, "updateTime"),
            (margin::ForceOrders::INFO, "updatedTime"),
            (account::Balance::INFO, "totalWalletBalance"),
            (um::Account::INFO, "positions"),
            (cm::Amendments::INFO, "amendment.price.before"),
        ] {
            let columns = ReplyDescription::of(info).columns().expect("known");
            assert!(columns.iter().any(|name| name == column), "{column}: {columns:?}");
        }
        assert_eq!(ReplyDescription::default().columns(), None);
    }
}
