//! The columns of a dataset, by the description of its endpoint alone, and the cells of a row in these columns.

use super::cell::{self, Cell, ColumnKind};
use crate::kebab::kebab;
use binance_papi::{CloseKind, EndpointInfo, Field, spec};
use serde::de::{Deserializer as _, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// The version of the layout of all datasets. Names, kinds and order of columns never change within one.
pub(crate) const SCHEMA_VERSION: u32 = 1;

/// Whether the last column holds each row as it was received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RawColumn {
    With,
    Without,
}

/// The columns of a dataset, the same in every format.
#[derive(Debug, Clone)]
pub(crate) struct Schema {
    pub(crate) dataset: String,
    pub(crate) columns: Vec<Column>,
    fields: &'static [Field],
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) kind: ColumnKind,
    source: Source,
}

/// Where the cells of a column come from; fields are given by their place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    Field(usize),
    /// The text of the instant in the column before.
    Utc,
    /// The kind that the client order id in this field tells; always absent for rows without one.
    CloseKind(Option<usize>),
    Raw,
}

/// Why a row has no place in the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misfit {
    pub(crate) path: String,
    pub(crate) reason: String,
}

/// The name of the dataset that an endpoint fills, such as `um-force-orders`; none for what is no list in parts.
pub(crate) fn dataset(info: &EndpointInfo) -> Option<String> {
    info.row_fields().map(|_| format!("{}-{}", info.group, kebab(info.name)))
}

impl Schema {
    /// The columns: the fields of a row under their wire names in their order, after each instant its text, then
    /// `close_kind` for force orders, then `raw` where it is wanted. None for an endpoint without rows.
    pub(crate) fn of(info: &EndpointInfo, raw: RawColumn) -> Option<Self> {
        let fields = info.row_fields()?;
        let mut columns = Vec::new();
        for (index, field) in fields.iter().enumerate() {
            let name = field.name.to_owned();
            columns.push(Column { name, kind: kind(field.schema), source: Source::Field(index) });
            if field.schema == spec::Schema::Time {
                let name = format!("{}_utc", field.name);
                columns.push(Column { name, kind: ColumnKind::Text, source: Source::Utc });
            }
        }
        if info.name == "ForceOrders" {
            let id = fields.iter().position(|field| field.name == "clientOrderId");
            columns.push(Column {
                name: "close_kind".to_owned(),
                kind: ColumnKind::Text,
                source: Source::CloseKind(id),
            });
        }
        if raw == RawColumn::With {
            columns.push(Column { name: "raw".to_owned(), kind: ColumnKind::Text, source: Source::Raw });
        }
        Some(Self { dataset: dataset(info)?, columns, fields })
    }

    /// The place of a column.
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    pub(crate) fn has_raw(&self) -> bool {
        self.columns.iter().any(|column| column.source == Source::Raw)
    }

    /// The cells of a row that was read into its type and printed back.
    pub(crate) fn cells(&self, row: &str, raw: Option<&str>) -> Result<Vec<Cell>, Misfit> {
        let values = self.values(row)?;
        let value = |index: usize| values.get(index).copied().flatten();
        let mut cells: Vec<Cell> = Vec::with_capacity(self.columns.len());
        for column in &self.columns {
            let cell = match column.source {
                Source::Field(index) => match value(index) {
                    Some(json) => cell::read(json, column.kind).map_err(|expected| Misfit {
                        path: column.name.clone(),
                        reason: format!("expected {expected}, found {}", json.get()),
                    })?,
                    None => Cell::Absent,
                },
                Source::Utc => cells.last().map_or(Cell::Absent, cell::utc),
                Source::CloseKind(id) => match id.and_then(value).and_then(cell::text) {
                    Some(id) => Cell::Text(CloseKind::of_text(&id).as_str().to_owned()),
                    None => Cell::Absent,
                },
                Source::Raw => raw.map_or(Cell::Absent, |raw| Cell::Text(raw.to_owned())),
            };
            cells.push(cell);
        }
        Ok(cells)
    }

    /// The values of a row, each in the place of its field.
    fn values<'a>(&self, row: &'a str) -> Result<Vec<Option<&'a RawValue>>, Misfit> {
        let visitor = Values { fields: self.fields };
        serde_json::Deserializer::from_str(row)
            .deserialize_map(visitor)
            .map_err(|error| Misfit { path: ".".to_owned(), reason: error.to_string() })
    }
}

/// The kind of column for a field; what has parts is a text of JSON.
fn kind(schema: spec::Schema) -> ColumnKind {
    match schema {
        spec::Schema::Decimal => ColumnKind::Decimal,
        spec::Schema::Time | spec::Schema::Integer => ColumnKind::Integer,
        spec::Schema::Bool => ColumnKind::Switch,
        _ => ColumnKind::Text,
    }
}

struct Values {
    fields: &'static [Field],
}

impl<'de> Visitor<'de> for Values {
    type Value = Vec<Option<&'de RawValue>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut values = vec![None; self.fields.len()];
        while let Some((name, value)) = map.next_entry::<String, &RawValue>()? {
            if let Some(index) = self.fields.iter().position(|field| field.name == name) {
                values[index] = Some(value);
            }
        }
        Ok(values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use binance_papi::{ENDPOINTS, cm, um};

    #[test]
    fn the_columns_of_every_dataset_stay_as_they_are_within_a_schema_version() {
        let mut text = format!("schema version {SCHEMA_VERSION}\n");
        for schema in ENDPOINTS.iter().filter_map(|info| Schema::of(info, RawColumn::With)) {
            let columns = schema.columns.iter().map(|column| format!("{}:{:?}", column.name, column.kind));
            text.push_str(&format!("\n{}\n  {}\n", schema.dataset, columns.collect::<Vec<_>>().join(" ")));
        }
        insta::assert_snapshot!("columns", text);
    }

    #[test]
    fn a_column_stands_once() {
        for schema in ENDPOINTS.iter().filter_map(|info| Schema::of(info, RawColumn::With)) {
            for (index, column) in schema.columns.iter().enumerate() {
                assert_eq!(schema.position(&column.name), Some(index), "{} {}", schema.dataset, column.name);
            }
        }
    }

    #[test]
    fn every_documented_row_has_a_place_in_the_columns() {
        for info in ENDPOINTS.iter().filter(|info| info.row_fields().is_some()) {
            let schema = Schema::of(info, RawColumn::Without).expect("rows");
            for example in info.examples {
                let printed = (info.reprint)(example.as_bytes()).expect("documented");
                let rows = match info.paging.and_then(|paging| paging.rows) {
                    Some(field) => {
                        let reply: std::collections::BTreeMap<String, &RawValue> =
                            serde_json::from_str(&printed).expect("an object");
                        reply[field].get().to_owned()
                    }
                    None => printed,
                };
                for row in serde_json::from_str::<Vec<&RawValue>>(&rows).expect("a list") {
                    let cells = schema.cells(row.get(), None).expect("fits");
                    assert!(cells.iter().filter(|cell| **cell != Cell::Absent).count() > 1, "{}", schema.dataset);
                }
            }
        }
    }

    #[test]
    fn a_cell_says_what_the_row_says() {
        let schema = Schema::of(um::ForceOrders::INFO, RawColumn::With).expect("rows");
        let cells = schema
            .cells(r#"{"orderId":9007199254740993,"clientOrderId":"adl_autoclose","avgPrice":"10913.21000","reduceOnly":false,"time":1596107620044}"#, Some("{ }"))
            .expect("fits");
        let cell = |name: &str| cells[schema.position(name).expect("a column")].clone();
        assert_eq!(cell("orderId"), Cell::Integer(9_007_199_254_740_993));
        assert_eq!(cell("close_kind"), Cell::Text("adl".into()));
        assert_eq!(cell("time_utc"), Cell::Text("2020-07-30T11:13:40.044Z".into()));
        assert_eq!(cell("updateTime_utc"), Cell::Absent);
        assert_eq!(cell("raw"), Cell::Text("{ }".into()));
        let Cell::Decimal(price) = cell("avgPrice") else { panic!("a decimal") };
        assert_eq!(price.text(), "10913.21000");
    }

    #[test]
    fn a_list_or_object_in_a_row_is_a_text_of_json() {
        let schema = Schema::of(cm::Amendments::INFO, RawColumn::Without).expect("rows");
        let cells =
            schema.cells(r#"{"amendment":{"count":3,"price":{"before":"1","after":"2"}}}"#, None).expect("fits");
        let json = r#"{"count":3,"price":{"before":"1","after":"2"}}"#;
        assert_eq!(cells[schema.position("amendment").expect("a column")], Cell::Text(json.into()));
    }

    #[test]
    fn what_does_not_fit_names_its_column() {
        let schema = Schema::of(um::ForceOrders::INFO, RawColumn::Without).expect("rows");
        let misfit = schema.cells(r#"{"price":"0.1234567890123456789"}"#, None).expect_err("19 digits");
        assert_eq!(misfit.path, "price");
        assert!(misfit.reason.contains("0.1234567890123456789"), "{}", misfit.reason);
    }
}
