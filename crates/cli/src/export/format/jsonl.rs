//! JSON lines: one object per row, with every column in its order. Decimals are texts, an absent value is `null`.

use super::super::cell::Cell;
use super::super::dataset::Dataset;
use super::RowWriter;
use std::io::{self, Write};

/// Rows as JSON lines.
pub(super) struct JsonlRows<W> {
    /// What stands before each value: a separator and the name.
    before: Vec<String>,
    out: W,
}

impl<W: Write> JsonlRows<W> {
    pub(super) fn new(dataset: &Dataset, out: W) -> Self {
        let before = dataset.columns.iter().enumerate().map(|(index, column)| {
            let separator = if index == 0 { '{' } else { ',' };
            format!("{separator}{}:", serde_json::Value::from(column.name.as_str()))
        });
        Self { before: before.collect(), out }
    }
}

impl<W: Write> RowWriter<W> for JsonlRows<W> {
    fn row(&mut self, cells: Vec<Cell>) -> io::Result<()> {
        for (before, cell) in self.before.iter().zip(cells) {
            self.out.write_all(before.as_bytes())?;
            match cell {
                Cell::Absent => self.out.write_all(b"null")?,
                Cell::Text(text) => serde_json::to_writer(&mut self.out, &text)?,
                Cell::Decimal(number) => serde_json::to_writer(&mut self.out, &number.text())?,
                Cell::Integer(number) => write!(self.out, "{number}")?,
                Cell::Switch(on) => write!(self.out, "{on}")?,
            }
        }
        self.out.write_all(b"}\n")
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn finish(self: Box<Self>) -> io::Result<W> {
        Ok(self.out)
    }
}
