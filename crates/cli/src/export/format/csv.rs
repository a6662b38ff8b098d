//! CSV: a header with the names of the columns, then one record per row. An absent value is an empty field.

use super::super::cell::Cell;
use super::super::dataset::Dataset;
use super::RowWriter;
use ::csv::{ByteRecord, ErrorKind, IntoInnerError, Reader, Writer};
use std::fs::File;
use std::io::{self, Write};

/// Begins a file with its header.
pub(super) fn begin<W: Write>(dataset: &Dataset, out: W) -> io::Result<Writer<W>> {
    let mut writer = Writer::from_writer(out);
    writer.write_record(dataset.columns.iter().map(|column| &column.name)).map_err(to_io)?;
    Ok(writer)
}

/// Returns how many records a file has after its header.
pub(super) fn count(file: File) -> io::Result<u64> {
    let (mut reader, mut record, mut count) = (Reader::from_reader(file), ByteRecord::new(), 0);
    while reader.read_byte_record(&mut record)? {
        count += 1;
    }
    Ok(count)
}

impl<W: Write> RowWriter<W> for Writer<W> {
    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        for cell in cells {
            match cell {
                Cell::Absent => self.write_field(""),
                Cell::Text(text) => self.write_field(text.as_bytes()),
                Cell::Decimal(number) => self.write_field(number.text()),
                Cell::Integer(number) => self.write_field(number.to_string()),
                Cell::Switch(on) => self.write_field(if *on { "true" } else { "false" }),
            }
            .map_err(to_io)?;
        }
        self.write_record(None::<&[u8]>).map_err(to_io)
    }

    fn flush(&mut self) -> io::Result<()> {
        Self::flush(self)
    }

    fn finish(self: Box<Self>) -> io::Result<W> {
        self.into_inner().map_err(IntoInnerError::into_error)
    }
}

/// Returns the error of the disk behind it, where there is one: "no space left" and a closed pipe must stay recognisable.
fn to_io(error: ::csv::Error) -> io::Error {
    let text = error.to_string();
    match error.into_kind() {
        ErrorKind::Io(error) => error,
        _ => io::Error::other(text),
    }
}
