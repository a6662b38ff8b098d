//! JSON lines: one object per row, with every column in its order. Decimals are texts, an absent value is `null`.

use super::super::cell::Cell;
use super::super::dataset::Dataset;
use super::super::row_text::write_text;
use super::RowWriter;
use std::io::{self, Write};

/// Rows as JSON lines.
pub(super) struct JsonlRows<W> {
    /// What stands before each value: a separator and the name.
    before: Vec<String>,
    /// The line of a row.
    line: Vec<u8>,
    out: W,
}

impl<W: Write> JsonlRows<W> {
    pub(super) fn new(dataset: &Dataset, out: W) -> Self {
        let before = dataset.columns.iter().enumerate().map(|(index, column)| {
            let separator = if index == 0 { '{' } else { ',' };
            format!("{separator}{}:", serde_json::Value::from(column.name.as_str()))
        });
        Self { before: before.collect(), line: Vec::new(), out }
    }
}

impl<W: Write> RowWriter<W> for JsonlRows<W> {
    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        let line = &mut self.line;
        line.clear();
        for (before, cell) in self.before.iter().zip(cells) {
            line.extend_from_slice(before.as_bytes());
            match cell {
                Cell::Absent => line.extend_from_slice(b"null"),
                Cell::Text(text) => write_text(line, text)?,
                Cell::Decimal(number) => write_text(line, number.text())?,
                Cell::Integer(number) => write!(line, "{number}")?,
                Cell::Switch(on) => write!(line, "{on}")?,
            }
        }
        line.extend_from_slice(b"}\n");
        self.out.write_all(line)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn finish(self: Box<Self>) -> io::Result<W> {
        Ok(self.out)
    }
}
