//! Parquet: decimals as `DECIMAL(38, 18)`, whole numbers and instants as `INT64`, texts as strings. Every column may be
//! null. Rows are written in groups of a fixed number, so that the same rows are always the same bytes.

use super::super::cell::{Cell, ColumnKind, DECIMAL_PRECISION, DECIMAL_SCALE};
use super::super::dataset::{Column, Dataset, SCHEMA_VERSION};
use super::RowWriter;
use ::parquet::basic::{LogicalType, Repetition, Type as Physical};
use ::parquet::data_type::{BoolType, ByteArrayType, DataType, FixedLenByteArrayType, Int64Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::reader::{FileReader as _, SerializedFileReader};
use ::parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use ::parquet::schema::types::Type;
use std::fs::File;
use std::io::{self, Write};
use std::sync::Arc;

/// Rows of a group; about ten megabytes in memory.
const GROUP: usize = 8_192;

/// Returns how many rows a file has.
pub(super) fn count(file: File) -> io::Result<u64> {
    let reader = SerializedFileReader::new(file).map_err(to_io)?;
    u64::try_from(reader.metadata().file_metadata().num_rows()).map_err(io::Error::other)
}

/// Rows as Parquet.
pub(super) struct ParquetRows<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    /// The kind of each column, and its cells in the group that is not written yet.
    columns: Vec<(ColumnKind, Vec<Cell>)>,
    /// The rows of that group.
    rows: usize,
}

impl<W: Write + Send> ParquetRows<W> {
    pub(super) fn new(dataset: &Dataset, out: W) -> io::Result<Self> {
        let fields: Result<Vec<_>, _> = dataset.columns.iter().map(|column| field(column).map(Arc::new)).collect();
        let root = Type::group_type_builder("row").with_fields(fields.map_err(to_io)?).build().map_err(to_io)?;
        let about = [("papi.schema_version", SCHEMA_VERSION.to_string()), ("papi.dataset", dataset.name.clone())];
        let about = about.map(|(name, value)| KeyValue::new(name.to_owned(), value)).to_vec();
        let properties = WriterProperties::builder()
            .set_created_by("papi".to_owned())
            .set_key_value_metadata(Some(about))
            .set_max_row_group_row_count(Some(GROUP))
            .build();
        let writer = SerializedFileWriter::new(out, Arc::new(root), Arc::new(properties)).map_err(to_io)?;
        let columns = dataset.columns.iter().map(|column| (column.kind, Vec::new()));
        Ok(Self { writer, columns: columns.collect(), rows: 0 })
    }

    fn write_group(&mut self) -> io::Result<()> {
        let mut group = self.writer.next_row_group().map_err(to_io)?;
        for (kind, cells) in &mut self.columns {
            let cells = std::mem::take(cells);
            if let Some(mut column) = group.next_column().map_err(to_io)? {
                write_column(&mut column, cells, *kind).map_err(to_io)?;
                column.close().map_err(to_io)?;
            }
        }
        group.close().map_err(to_io)?;
        self.rows = 0;
        Ok(())
    }
}

impl<W: Write + Send> RowWriter<W> for ParquetRows<W> {
    fn row(&mut self, cells: Vec<Cell>) -> io::Result<()> {
        for ((_, column), cell) in self.columns.iter_mut().zip(cells) {
            column.push(cell);
        }
        self.rows += 1;
        if self.rows == GROUP { self.write_group() } else { Ok(()) }
    }

    /// Does nothing: a group of rows is written as a whole.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<W> {
        if self.rows > 0 {
            self.write_group()?;
        }
        self.writer.into_inner().map_err(to_io)
    }
}

fn field(column: &Column) -> Result<Type, ParquetError> {
    let (physical, logical) = match column.kind {
        ColumnKind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        ColumnKind::Decimal => (
            Physical::FIXED_LEN_BYTE_ARRAY,
            Some(LogicalType::decimal(DECIMAL_SCALE.cast_signed(), DECIMAL_PRECISION.cast_signed())),
        ),
        ColumnKind::Integer => (Physical::INT64, None),
        ColumnKind::Switch => (Physical::BOOLEAN, None),
    };
    let mut builder = Type::primitive_type_builder(&column.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical);
    if column.kind == ColumnKind::Decimal {
        builder = builder
            .with_length(16)
            .with_scale(DECIMAL_SCALE.cast_signed())
            .with_precision(DECIMAL_PRECISION.cast_signed());
    }
    builder.build()
}

fn write_column(
    column: &mut SerializedColumnWriter<'_>,
    cells: Vec<Cell>,
    kind: ColumnKind,
) -> Result<(), ParquetError> {
    match kind {
        ColumnKind::Text => write::<ByteArrayType>(column, cells, |cell| match cell {
            Cell::Text(text) => Some(text.into_bytes().into()),
            _ => None,
        }),
        ColumnKind::Decimal => write::<FixedLenByteArrayType>(column, cells, |cell| match cell {
            Cell::Decimal(number) => Some(number.unscaled().to_be_bytes().to_vec().into()),
            _ => None,
        }),
        ColumnKind::Integer => write::<Int64Type>(column, cells, |cell| match cell {
            Cell::Integer(number) => Some(number),
            _ => None,
        }),
        ColumnKind::Switch => write::<BoolType>(column, cells, |cell| match cell {
            Cell::Switch(on) => Some(on),
            _ => None,
        }),
    }
}

/// Writes the values that are there, and for each row whether one is.
fn write<T: DataType>(
    column: &mut SerializedColumnWriter<'_>,
    cells: Vec<Cell>,
    value: impl Fn(Cell) -> Option<T::T>,
) -> Result<(), ParquetError> {
    let values: Vec<Option<T::T>> = cells.into_iter().map(value).collect();
    let there: Vec<i16> = values.iter().map(|value| i16::from(value.is_some())).collect();
    let values: Vec<T::T> = values.into_iter().flatten().collect();
    column.typed::<T>().write_batch(&values, Some(&there), None)?;
    Ok(())
}

/// Returns the error of the disk behind it, where there is one: "no space left" must stay recognisable.
fn to_io(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(cause) => match cause.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(cause) => io::Error::other(cause.to_string()),
        },
        other => io::Error::other(other.to_string()),
    }
}
