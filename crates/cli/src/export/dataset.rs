//! The columns of a dataset, by the description of its endpoint alone, and the cells of a row in these columns.

use super::cell::{self, Cell, ColumnKind};
use super::row_text::each_field;
use crate::kebab::dataset_name;
use binance_papi::{CloseKind, EndpointInfo, spec};
use std::borrow::Cow;
use std::io;

/// The version of the layout of all datasets. Names, kinds and order of columns never change within one.
pub(crate) const SCHEMA_VERSION: u32 = 1;

/// Whether the last column holds each row as it was received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RawColumn {
    With,
    Without,
}

/// The columns that an endpoint fills, the same in every format.
#[derive(Debug, Clone)]
pub(crate) struct Dataset {
    pub(crate) name: String,
    pub(crate) columns: Vec<Column>,
    pub(crate) info: &'static EndpointInfo,
    /// A row.
    row: spec::Schema,
    /// The place of the column of each field of a row.
    places: Vec<usize>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) kind: ColumnKind,
    source: Source,
}

/// Where the cells of a column come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// The field of the column's name.
    Field,
    /// The text of the instant in the column before.
    Utc,
    /// The kind that the client order id tells; always absent for rows without one.
    CloseKind,
    Raw,
}

impl Column {
    /// Returns whether its cells are the text of the instant in the column before.
    pub(crate) fn is_utc(&self) -> bool {
        self.source == Source::Utc
    }

    /// Returns whether its cells are whole numbers that name something, and count nothing.
    pub(crate) fn is_id(&self) -> bool {
        self.kind == ColumnKind::Integer && (self.name.eq_ignore_ascii_case("id") || self.name.ends_with("Id"))
    }
}

/// Why a row has no place in the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misfit {
    pub(crate) path: String,
    pub(crate) reason: String,
}

impl From<Misfit> for io::Error {
    fn from(misfit: Misfit) -> Self {
        Self::other(misfit.reason)
    }
}

impl Dataset {
    /// Returns the columns: the fields of a row under their wire names in their order, after each instant its text, then
    /// `close_kind` for force orders, then `raw` where it is wanted. None for an endpoint without rows.
    pub(crate) fn of(info: &'static EndpointInfo, raw: RawColumn) -> Option<Self> {
        let text = |name: String, source| Column { name, kind: ColumnKind::Text, source };
        let fields = info.row_fields()?;
        let (mut columns, mut places) = (Vec::new(), Vec::new());
        for field in fields {
            places.push(columns.len());
            columns.push(Column { name: field.name.to_owned(), kind: kind(field.schema), source: Source::Field });
            if field.schema == spec::Schema::Time {
                columns.push(text(format!("{}_utc", field.name), Source::Utc));
            }
        }
        if info.name == "ForceOrders" {
            columns.push(text("close_kind".to_owned(), Source::CloseKind));
        }
        if raw == RawColumn::With {
            columns.push(text("raw".to_owned(), Source::Raw));
        }
        Some(Self { name: dataset_name(info)?, columns, info, row: spec::Schema::Object(fields), places })
    }

    /// Returns the place of a column.
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    pub(crate) fn has_raw(&self) -> bool {
        self.columns.iter().any(|column| column.source == Source::Raw)
    }

    /// Returns why a row that was read into its type and printed back has no place in the columns, if it has none.
    pub(crate) fn misfit(&self, row: &str) -> Option<Misfit> {
        self.each_cell(row, |_, _| {}).err()
    }

    /// Returns the cells of a row that was read into its type and printed back.
    pub(crate) fn cells<'a>(&self, row: &'a str, raw: Option<&'a str>) -> Result<Vec<Cell<'a>>, Misfit> {
        let mut cells = vec![Cell::Absent; self.columns.len()];
        self.each_cell(row, |place, cell| cells[place] = cell)?;
        for (place, column) in self.columns.iter().enumerate() {
            match column.source {
                Source::Field => {}
                Source::Utc => cells[place] = cells[..place].last().map_or(Cell::Absent, cell::utc),
                Source::CloseKind => {
                    if let Some(Cell::Text(id)) = self.position("clientOrderId").map(|id| &cells[id]) {
                        cells[place] = Cell::Text(Cow::Borrowed(CloseKind::of_text(id).as_str()));
                    }
                }
                Source::Raw => cells[place] = raw.map_or(Cell::Absent, |raw| Cell::Text(Cow::Borrowed(raw))),
            }
        }
        Ok(cells)
    }

    /// Hands out the cells of a row that its fields fill, each with the place of its column.
    fn each_cell<'a>(&self, row: &'a str, mut take: impl FnMut(usize, Cell<'a>)) -> Result<(), Misfit> {
        let read = each_field(row, &self.row, |field, value| {
            // A field that the schema does not know has no place.
            let Some(place) = self.places.get(field).copied() else { return Ok(()) };
            let column = &self.columns[place];
            let cell = cell::read(value, column.kind).map_err(|expected| Misfit {
                path: column.name.clone(),
                reason: format!("expected {expected}, found {value}"),
            })?;
            take(place, cell);
            Ok(())
        });
        read.unwrap_or_else(|| Err(Misfit { path: ".".to_owned(), reason: "expected an object".to_owned() }))
    }
}

/// Returns the kind of column for a field; a list or an object becomes a text of JSON.
fn kind(schema: spec::Schema) -> ColumnKind {
    match schema {
        spec::Schema::Decimal => ColumnKind::Decimal,
        spec::Schema::Time | spec::Schema::Integer => ColumnKind::Integer,
        spec::Schema::Bool => ColumnKind::Switch,
        _ => ColumnKind::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use binance_papi::{ENDPOINTS, cm, um};
    use serde_json::value::RawValue;
    use std::collections::BTreeMap;
    use std::io::Write as _;

    /// A dataset that is not pinned yet is told past the capture of the test's output, so that it is read where the test
    /// passes.
    #[test]
    fn the_columns_of_every_dataset_stay_as_they_are_within_a_schema_version() {
        let mut blocks = include_str!("columns.txt").trim_end().split("\n\n");
        assert_eq!(blocks.next(), Some(format!("schema version {SCHEMA_VERSION}").as_str()));
        let mut pinned: BTreeMap<&str, &str> = blocks.filter_map(|block| block.split_once("\n  ")).collect();
        for dataset in ENDPOINTS.iter().filter_map(|info| Dataset::of(info, RawColumn::With)) {
            let columns = dataset.columns.iter().map(|column| format!("{}:{:?}", column.name, column.kind));
            let columns = columns.collect::<Vec<_>>().join(" ");
            match pinned.remove(dataset.name.as_str()) {
                Some(as_pinned) => assert_eq!(columns, as_pinned, "{}", dataset.name),
                None => {
                    let _ = writeln!(std::io::stderr(), "not in columns.txt yet:\n\n{}\n  {columns}", dataset.name);
                }
            }
        }
        assert_eq!(pinned, BTreeMap::new(), "columns of datasets that are gone");
    }

    #[test]
    fn the_page_for_programs_names_each_dataset() {
        let page = include_str!("../../../../llms.txt");
        let listed = page.split("<!-- datasets: generated -->").nth(1).expect("the list").lines();
        let listed: Vec<_> = listed.filter_map(|line| Some(line.strip_prefix("- `")?.split_once("`: ")?.0)).collect();
        assert_eq!(listed, ENDPOINTS.iter().filter_map(|info| dataset_name(info)).collect::<Vec<_>>());
    }

    #[test]
    fn a_column_stands_once() {
        for dataset in ENDPOINTS.iter().filter_map(|info| Dataset::of(info, RawColumn::With)) {
            for (index, column) in dataset.columns.iter().enumerate() {
                assert_eq!(dataset.position(&column.name), Some(index), "{} {}", dataset.name, column.name);
            }
        }
    }

    #[test]
    fn every_documented_row_has_a_place_in_the_columns() {
        for info in ENDPOINTS.iter().filter(|info| info.row_fields().is_some()) {
            let dataset = Dataset::of(info, RawColumn::Without).expect("rows");
            for example in info.examples {
                let printed = (info.reprint)(example.as_bytes()).expect("documented");
                let rows = match info.paging.and_then(|paging| paging.rows) {
                    Some(field) => {
                        let reply: BTreeMap<String, &RawValue> = serde_json::from_str(&printed).expect("an object");
                        reply[field].get().to_owned()
                    }
                    None => printed,
                };
                for row in serde_json::from_str::<Vec<&RawValue>>(&rows).expect("a list") {
                    let cells = dataset.cells(row.get(), None).expect("fits");
                    assert!(cells.iter().filter(|cell| **cell != Cell::Absent).count() > 1, "{}", dataset.name);
                }
            }
        }
    }

    #[test]
    fn a_cell_says_what_the_row_says() {
        let dataset = Dataset::of(um::ForceOrders::INFO, RawColumn::With).expect("rows");
        let cells = dataset
            .cells(r#"{"orderId":9007199254740993,"clientOrderId":"adl_autoclose","avgPrice":"10913.21000","reduceOnly":false,"time":1596107620044}"#, Some("{ }"))
            .expect("fits");
        let cell = |name: &str| cells[dataset.position(name).expect("a column")].clone();
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
        let dataset = Dataset::of(cm::Amendments::INFO, RawColumn::Without).expect("rows");
        let cells =
            dataset.cells(r#"{"amendment":{"count":3,"price":{"before":"1","after":"2"}}}"#, None).expect("fits");
        let json = r#"{"count":3,"price":{"before":"1","after":"2"}}"#;
        assert_eq!(cells[dataset.position("amendment").expect("a column")], Cell::Text(json.into()));
    }

    #[test]
    fn what_does_not_fit_names_its_column() {
        let dataset = Dataset::of(um::ForceOrders::INFO, RawColumn::Without).expect("rows");
        let misfit = dataset.cells(r#"{"price":"0.1234567890123456789"}"#, None).expect_err("19 digits");
        assert_eq!(misfit.path, "price");
        assert!(misfit.reason.contains("0.1234567890123456789"), "{}", misfit.reason);
    }
}
