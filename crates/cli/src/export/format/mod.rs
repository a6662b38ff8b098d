//! The formats of an export. All of them hold the same columns and the same values, each as exactly as it can.

mod csv;
mod jsonl;
mod parquet;
mod xlsx;

pub(crate) use xlsx::TooManyRows;

use super::cell::Cell;
use super::dataset::Dataset;
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Write};
use std::path::Path;

/// How rows are laid out in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Csv,
    Jsonl,
    Parquet,
    Xlsx,
}

impl Format {
    /// All of them.
    pub(crate) const ALL: [Self; 4] = [Self::Csv, Self::Jsonl, Self::Parquet, Self::Xlsx];

    /// Returns whether it is no text, which a terminal must not be given.
    pub(crate) fn is_binary(self) -> bool {
        matches!(self, Self::Parquet | Self::Xlsx)
    }

    /// Returns the format that the ending of a file's name tells.
    pub(crate) fn of_path(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "jsonl" | "ndjson" => Some(Self::Jsonl),
            "parquet" | "pq" => Some(Self::Parquet),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }

    /// Returns the format of a name that [`Format`] prints.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.to_string() == name)
    }

    /// Returns how many rows a file has.
    pub(crate) fn count_rows(self, file: File) -> io::Result<u64> {
        match self {
            Self::Csv => csv::count(file),
            Self::Jsonl => count_lines(file),
            Self::Parquet => parquet::count(file),
            // Only exports from before there were seals are counted, and there was no such format then.
            Self::Xlsx => Err(io::ErrorKind::Unsupported.into()),
        }
    }
}

/// Returns how many lines a file has.
pub(crate) fn count_lines(file: File) -> io::Result<u64> {
    let mut lines = BufReader::new(file);
    let (mut count, mut line) = (0, Vec::new());
    while lines.read_until(b'\n', &mut line)? > 0 {
        count += 1;
        line.clear();
    }
    Ok(count)
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Parquet => "parquet",
            Self::Xlsx => "xlsx",
        })
    }
}

/// Writes rows in a format. What it holds in memory does not grow with their number.
pub(crate) trait RowWriter<W> {
    /// Writes a row, whose cells stand in the order of the columns.
    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()>;

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
        Format::Xlsx => Box::new(xlsx::XlsxRows::new(dataset, out)?),
    })
}

#[cfg(test)]
mod tests;
