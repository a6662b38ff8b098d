//! Parquet: decimals as `DECIMAL(38, 18)`, whole numbers and instants as `INT64`, texts as strings. Every column may be
//! null. Rows are written in groups of a fixed number, so that the same rows are always the same bytes.

use super::super::cell::{Cell, ColumnKind, DECIMAL_PRECISION, DECIMAL_SCALE};
use super::super::dataset::{Column, Dataset, SCHEMA_VERSION};
use super::RowWriter;
use ::parquet::basic::{LogicalType, Repetition, Type as Physical};
use ::parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, FixedLenByteArray, FixedLenByteArrayType, Int64Type,
};
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
    /// The columns of the group that is not written yet.
    columns: Vec<Values>,
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
        let columns = dataset.columns.iter().map(|column| Values::new(column.kind));
        Ok(Self { writer, columns: columns.collect(), rows: 0 })
    }

    fn write_group(&mut self) -> io::Result<()> {
        let mut group = self.writer.next_row_group().map_err(to_io)?;
        for values in &mut self.columns {
            if let Some(mut column) = group.next_column().map_err(to_io)? {
                values.write(&mut column).map_err(to_io)?;
                column.close().map_err(to_io)?;
            }
        }
        group.close().map_err(to_io)?;
        self.rows = 0;
        Ok(())
    }
}

impl<W: Write + Send> RowWriter<W> for ParquetRows<W> {
    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
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

/// The values of a column that are there, in the form of its kind, and for each row whether one is.
struct Values {
    there: Vec<i16>,
    typed: Typed,
}

enum Typed {
    Text(Vec<ByteArray>),
    Decimal(Vec<FixedLenByteArray>),
    Integer(Vec<i64>),
    Switch(Vec<bool>),
}

impl Values {
    fn new(kind: ColumnKind) -> Self {
        let typed = match kind {
            ColumnKind::Text => Typed::Text(Vec::new()),
            ColumnKind::Decimal => Typed::Decimal(Vec::new()),
            ColumnKind::Integer => Typed::Integer(Vec::new()),
            ColumnKind::Switch => Typed::Switch(Vec::new()),
        };
        Self { there: Vec::new(), typed }
    }

    fn push(&mut self, cell: &Cell<'_>) {
        let is_there = match (&mut self.typed, cell) {
            (Typed::Text(values), Cell::Text(text)) => {
                values.push(text.as_bytes().to_vec().into());
                true
            }
            (Typed::Decimal(values), Cell::Decimal(number)) => {
                values.push(number.unscaled().to_be_bytes().to_vec().into());
                true
            }
            (Typed::Integer(values), Cell::Integer(number)) => {
                values.push(*number);
                true
            }
            (Typed::Switch(values), Cell::Switch(on)) => {
                values.push(*on);
                true
            }
            _ => false,
        };
        self.there.push(i16::from(is_there));
    }

    /// Writes them into a column of a group, and forgets them.
    fn write(&mut self, column: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let there = std::mem::take(&mut self.there);
        match &mut self.typed {
            Typed::Text(values) => write::<ByteArrayType>(column, values, &there),
            Typed::Decimal(values) => write::<FixedLenByteArrayType>(column, values, &there),
            Typed::Integer(values) => write::<Int64Type>(column, values, &there),
            Typed::Switch(values) => write::<BoolType>(column, values, &there),
        }
    }
}

fn write<T: DataType>(
    column: &mut SerializedColumnWriter<'_>,
    values: &mut Vec<T::T>,
    there: &[i16],
) -> Result<(), ParquetError> {
    column.typed::<T>().write_batch(values, Some(there), None)?;
    values.clear();
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
