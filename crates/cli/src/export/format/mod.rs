//! The formats of an export. All of them hold the same columns and the same values.

mod csv;
mod jsonl;
mod parquet;

use super::cell::Cell;
use super::schema::Schema;
use std::fmt;
use std::io::{self, Write};
use std::path::Path;

/// How rows are laid out in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Csv,
    Jsonl,
    Parquet,
}

impl Format {
    /// The format that the ending of a file's name tells.
    pub(crate) fn of_path(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "jsonl" | "ndjson" => Some(Self::Jsonl),
            "parquet" | "pq" => Some(Self::Parquet),
            _ => None,
        }
    }

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Parquet => "parquet",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Writes rows in a format. What it holds in memory does not grow with their number.
pub(crate) enum RowWriter<W: Write + Send> {
    Csv(Box<csv::CsvRows<W>>),
    Jsonl(jsonl::JsonlRows<W>),
    Parquet(Box<parquet::ParquetRows<W>>),
}

impl<W: Write + Send> RowWriter<W> {
    /// Begins a file.
    pub(crate) fn new(format: Format, schema: &Schema, out: W) -> io::Result<Self> {
        Ok(match format {
            Format::Csv => Self::Csv(Box::new(csv::CsvRows::new(schema, out)?)),
            Format::Jsonl => Self::Jsonl(jsonl::JsonlRows::new(schema, out)),
            Format::Parquet => Self::Parquet(Box::new(parquet::ParquetRows::new(schema, out)?)),
        })
    }

    /// Writes a row, whose cells stand in the order of the columns.
    pub(crate) fn row(&mut self, cells: Vec<Cell>) -> io::Result<()> {
        match self {
            Self::Csv(rows) => rows.row(&cells),
            Self::Jsonl(rows) => rows.row(&cells),
            Self::Parquet(rows) => rows.row(cells),
        }
    }

    /// Hands over what is written so far, as far as the format allows.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Csv(rows) => rows.flush(),
            Self::Jsonl(rows) => rows.flush(),
            Self::Parquet(_) => Ok(()),
        }
    }

    /// Ends the file and gives it back.
    pub(crate) fn finish(self) -> io::Result<W> {
        match self {
            Self::Csv(rows) => rows.finish(),
            Self::Jsonl(rows) => Ok(rows.finish()),
            Self::Parquet(rows) => rows.finish(),
        }
    }
}

#[cfg(test)]
mod tests;
