//! Rows of a file as texts, the same from each format of an export.

use crate::failure::Failure;
use binance_papi::json::Json;
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::Field;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};

/// A file with rows.
pub(super) struct Table {
    path: PathBuf,
    format: Format,
    /// The names of its columns; none of a file without anything in it.
    pub(super) columns: Vec<String>,
    /// What a Parquet file says of itself.
    pub(super) dataset: Option<String>,
    pub(super) schema_version: Option<String>,
}

/// How rows are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Csv,
    Jsonl,
    Parquet,
}

/// The values of a row in the columns that are wanted; an absent one is none.
pub(super) type Values = [Option<String>];

/// What a file begins with when it is a workbook, which is a ZIP archive.
const WORKBOOK: &[u8] = b"PK\x03\x04";

impl Table {
    /// Opens a file; its format follows from its first bytes, whatever its name.
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        let mut first = [0; 4];
        let mut file = File::open(path).map_err(|error| unreadable(path, &error))?;
        if file.metadata().is_ok_and(|about| about.is_dir()) {
            return Err(Failure::bad_input(format!("{} is a folder", path.display())).hint("name the files of exports"));
        }
        let count = file.read(&mut first).map_err(|error| unreadable(path, &error))?;
        let begin = &first[..count];
        if begin == WORKBOOK {
            let failure = Failure::bad_input(format!("{} is a workbook, which cannot be read back", path.display()));
            return Err(failure.hint("export the same as csv, jsonl or parquet"));
        }
        let format = match begin {
            b"PAR1" => Format::Parquet,
            [b'{', ..] => Format::Jsonl,
            _ => Format::Csv,
        };
        let mut table =
            Self { path: path.to_owned(), format, columns: Vec::new(), dataset: None, schema_version: None };
        table.read_columns()?;
        Ok(table)
    }

    fn read_columns(&mut self) -> Result<(), Failure> {
        match self.format {
            Format::Csv => {
                let mut reader = self.csv()?;
                let header = reader.headers().map_err(|error| self.damaged(&error))?;
                self.columns = header.iter().map(ToOwned::to_owned).collect();
            }
            Format::Jsonl => {
                let mut line = String::new();
                self.lines()?.read_line(&mut line).map_err(|error| unreadable(&self.path, &error))?;
                let Json::Object(members) = Json::parse(&line).map_err(|error| self.damaged(&error))? else {
                    return Err(self.damaged(&"its first line is no object"));
                };
                self.columns = members.into_iter().map(|(name, _)| name.into_owned()).collect();
            }
            Format::Parquet => {
                let reader = self.parquet()?;
                let about = reader.metadata().file_metadata();
                let columns = about.schema_descr().columns();
                self.columns = columns.iter().map(|column| column.name().to_owned()).collect();
                let said = |key: &str| {
                    about
                        .key_value_metadata()?
                        .iter()
                        .find(|entry| entry.key == key)
                        .and_then(|entry| entry.value.clone())
                };
                self.dataset = said("papi.dataset");
                self.schema_version = said("papi.schema_version");
            }
        }
        Ok(())
    }

    /// Hands out the values of each row in the wanted columns. What `take` finds wrong with a row is told with its number.
    pub(super) fn each(
        &self,
        wanted: &[&str],
        mut take: impl FnMut(&Values) -> Result<(), String>,
    ) -> Result<u64, Failure> {
        let mut rows = 0;
        let mut values = vec![None; wanted.len()];
        let mut judge = |values: &mut Values| {
            rows += 1;
            take(values).map_err(|why| Failure::bad_input(format!("{}, row {rows}: {why}", self.path.display())))?;
            values.fill(None);
            Ok(())
        };
        match self.format {
            Format::Csv => self.each_record(wanted, &mut values, &mut judge)?,
            Format::Jsonl => self.each_line(wanted, &mut values, &mut judge)?,
            Format::Parquet => self.each_parquet_row(wanted, &mut values, &mut judge)?,
        }
        Ok(rows)
    }

    fn each_record(
        &self,
        wanted: &[&str],
        values: &mut Values,
        judge: &mut impl FnMut(&mut Values) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let places: Vec<_> = wanted.iter().map(|name| self.columns.iter().position(|column| column == name)).collect();
        let (mut reader, mut record) = (self.csv()?, csv::StringRecord::new());
        while reader.read_record(&mut record).map_err(|error| self.damaged(&error))? {
            for (value, place) in values.iter_mut().zip(&places) {
                let field = place.and_then(|place| record.get(place)).filter(|field| !field.is_empty());
                *value = field.map(ToOwned::to_owned);
            }
            judge(values)?;
        }
        Ok(())
    }

    fn each_line(
        &self,
        wanted: &[&str],
        values: &mut Values,
        judge: &mut impl FnMut(&mut Values) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        for line in self.lines()?.lines() {
            let line = line.map_err(|error| unreadable(&self.path, &error))?;
            let Json::Object(members) = Json::parse(&line).map_err(|error| self.damaged(&error))? else {
                return Err(self.damaged(&"one of its lines is no object"));
            };
            for (name, json) in members {
                let place = wanted.iter().position(|wanted| *wanted == name);
                if let Some(value) = place.and_then(|place| values.get_mut(place)) {
                    *value = json.scalar().filter(|_| json != Json::null()).map(ToOwned::to_owned);
                }
            }
            judge(values)?;
        }
        Ok(())
    }

    fn each_parquet_row(
        &self,
        wanted: &[&str],
        values: &mut Values,
        judge: &mut impl FnMut(&mut Values) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let reader = self.parquet()?;
        let rows = reader.get_row_iter(None).map_err(|error| self.damaged(&error))?;
        for row in rows {
            let row = row.map_err(|error| self.damaged(&error))?;
            for (name, field) in row.get_column_iter() {
                let place = wanted.iter().position(|wanted| wanted == name);
                if let Some(value) = place.and_then(|place| values.get_mut(place)) {
                    *value = text_of(field);
                }
            }
            judge(values)?;
        }
        Ok(())
    }

    fn csv(&self) -> Result<csv::Reader<File>, Failure> {
        let file = File::open(&self.path).map_err(|error| unreadable(&self.path, &error))?;
        Ok(csv::Reader::from_reader(file))
    }

    fn lines(&self) -> Result<BufReader<File>, Failure> {
        File::open(&self.path).map(BufReader::new).map_err(|error| unreadable(&self.path, &error))
    }

    fn parquet(&self) -> Result<SerializedFileReader<File>, Failure> {
        let file = File::open(&self.path).map_err(|error| unreadable(&self.path, &error))?;
        SerializedFileReader::new(file).map_err(|error| self.damaged(&error))
    }

    fn damaged(&self, what: &dyn std::fmt::Display) -> Failure {
        Failure::bad_input(format!("{} cannot be read to its end: {what}", self.path.display())).hint(format!(
            "it may be damaged: `papi export --verify {}` tells, where an export wrote it",
            self.path.display()
        ))
    }
}

pub(super) fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::bad_input(format!("cannot read {}: {error}", path.display()))
}

/// Returns a value as text: of a decimal its digits without zeros at the end.
fn text_of(field: &Field) -> Option<String> {
    match field {
        Field::Null => None,
        Field::Str(text) => Some(text.clone()),
        Field::Decimal(decimal) => {
            let unscaled = decimal.data().iter().fold(None, |number: Option<i128>, byte| {
                Some(number.map_or_else(|| i128::from(byte.cast_signed()), |number| (number << 8) | i128::from(*byte)))
            });
            let scale = u32::try_from(decimal.scale()).unwrap_or(0);
            unscaled.map(|unscaled| super::super::model::Amount::new(unscaled, scale).to_string())
        }
        other => Some(other.to_string()),
    }
}
