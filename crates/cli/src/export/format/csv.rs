//! CSV: a header with the names of the columns, then one record per row. An absent value is an empty field.

use super::super::cell::Cell;
use super::super::schema::Schema;
use std::io::{self, Write};

/// Rows as CSV.
pub(crate) struct CsvRows<W: Write> {
    writer: ::csv::Writer<W>,
}

impl<W: Write> CsvRows<W> {
    pub(super) fn new(schema: &Schema, out: W) -> io::Result<Self> {
        let mut writer = ::csv::Writer::from_writer(out);
        writer.write_record(schema.columns.iter().map(|column| &column.name))?;
        Ok(Self { writer })
    }

    pub(super) fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        Ok(self.writer.write_record(cells.iter().map(text))?)
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }

    pub(super) fn finish(self) -> io::Result<W> {
        self.writer.into_inner().map_err(::csv::IntoInnerError::into_error)
    }
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Absent => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Decimal(number) => number.text(),
        Cell::Integer(number) => number.to_string(),
        Cell::Switch(on) => on.to_string(),
    }
}
