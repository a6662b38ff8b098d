//! The formats of an export. All of them hold the same columns and the same values.

mod csv;
mod jsonl;
mod parquet;

use super::cell::Cell;
use super::dataset::Dataset;
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
    /// Returns the format that the ending of a file's name tells.
    pub(crate) fn of_path(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "jsonl" | "ndjson" => Some(Self::Jsonl),
            "parquet" | "pq" => Some(Self::Parquet),
            _ => None,
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Parquet => "parquet",
        })
    }
}

/// Writes rows in a format. What it holds in memory does not grow with their number.
pub(crate) trait RowWriter<W> {
    /// Writes a row, whose cells stand in the order of the columns.
    fn row(&mut self, cells: Vec<Cell>) -> io::Result<()>;

    /// Hands over what is written so far, as far as the format allows.
    fn flush(&mut self) -> io::Result<()>;

    /// Ends the file and gives it back.
    fn finish(self: Box<Self>) -> io::Result<W>;
}

/// Begins a file.
pub(crate) fn row_writer<W>(format: Format, dataset: &Dataset, out: W) -> io::Result<Box<dyn RowWriter<W>>>
where
    W: Write + Send + 'static,
{
    Ok(match format {
        Format::Csv => Box::new(csv::begin(dataset, out)?),
        Format::Jsonl => Box::new(jsonl::JsonlRows::new(dataset, out)),
        Format::Parquet => Box::new(parquet::ParquetRows::new(dataset, out)?),
    })
}

#[cfg(test)]
mod tests;
