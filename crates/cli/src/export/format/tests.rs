//! The same rows, written in each format and read back.

use super::super::cell::Cell;
use super::super::dataset::{Dataset, RawColumn};
use super::{Format, row_writer};
use ::parquet::file::reader::{FileReader as _, SerializedFileReader};
use ::parquet::record::Field;
use binance_papi::um;

fn written(format: Format, rows: &[String]) -> Vec<u8> {
    let dataset = dataset();
    let mut writer = row_writer(format, &dataset, Vec::new()).expect("a writer");
    for row in rows {
        writer.row(&dataset.cells(row, Some(row)).expect("fits")).expect("written");
    }
    writer.finish().expect("finished")
}

fn dataset() -> Dataset {
    Dataset::of(um::ForceOrders::INFO, RawColumn::With).expect("rows")
}

fn rows(count: i64) -> Vec<String> {
    (0..count)
        .map(|index| match index % 3 {
            0 => format!(r#"{{"orderId":{index},"symbol":"a,\"b\"\n","price":"-0.{:018}","time":{index}}}"#, index + 1),
            1 => format!(
                r#"{{"orderId":{index},"reduceOnly":true,"avgPrice":"99999999999999999999.10","updateTime":0}}"#
            ),
            _ => format!(r#"{{"orderId":{index},"clientOrderId":"autoclose-1","symbol":"币安","cumQuote":"0"}}"#),
        })
        .collect()
}

fn cells(rows: &[String]) -> Vec<Vec<Cell<'_>>> {
    let dataset = dataset();
    rows.iter().map(|row| dataset.cells(row, Some(row)).expect("fits")).collect()
}

/// A cell as CSV has it.
fn text(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Absent => String::new(),
        Cell::Text(text) => text.clone().into_owned(),
        Cell::Decimal(number) => number.text().to_owned(),
        Cell::Integer(number) => number.to_string(),
        Cell::Switch(on) => on.to_string(),
    }
}

#[test]
fn csv_reads_back_equal() {
    let rows = rows(10);
    let written = written(Format::Csv, &rows);
    let mut reader = ::csv::Reader::from_reader(written.as_slice());
    let header: Vec<_> = reader.headers().expect("a header").iter().map(ToOwned::to_owned).collect();
    assert_eq!(header, dataset().columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>());
    let read: Vec<Vec<String>> =
        reader.records().map(|record| record.expect("a record").iter().map(ToOwned::to_owned).collect()).collect();
    assert_eq!(read, cells(&rows).iter().map(|row| row.iter().map(text).collect()).collect::<Vec<Vec<_>>>());
}

#[test]
fn json_lines_read_back_equal() {
    let rows = rows(10);
    let written = String::from_utf8(written(Format::Jsonl, &rows)).expect("text");
    for (line, cells) in written.lines().zip(cells(&rows)) {
        let read: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).expect("an object");
        assert_eq!(read.len(), cells.len());
        for (column, cell) in dataset().columns.iter().zip(&cells) {
            let expected = match cell {
                Cell::Absent => serde_json::Value::Null,
                Cell::Integer(number) => (*number).into(),
                Cell::Switch(on) => (*on).into(),
                other => text(other).into(),
            };
            assert_eq!(read[&column.name], expected, "{}", column.name);
        }
    }
    assert_eq!(written.lines().count(), rows.len());
}

#[test]
fn parquet_reads_back_equal_across_groups_of_rows() {
    let rows = rows(20_000);
    let written = written(Format::Parquet, &rows);
    let reader = SerializedFileReader::new(bytes::Bytes::from(written)).expect("Parquet");
    assert_eq!(reader.metadata().num_row_groups(), 3);
    let read = reader.get_row_iter(None).expect("rows");
    let mut count = 0;
    for (row, cells) in read.zip(cells(&rows)) {
        let row = row.expect("a row");
        for ((name, field), cell) in row.get_column_iter().zip(&cells) {
            match (field, cell) {
                (Field::Null, Cell::Absent) => {}
                (Field::Str(read), Cell::Text(text)) => assert_eq!(read, text, "{name}"),
                (Field::Long(read), Cell::Integer(number)) => assert_eq!(read, number, "{name}"),
                (Field::Bool(read), Cell::Switch(on)) => assert_eq!(read, on, "{name}"),
                (Field::Decimal(read), Cell::Decimal(number)) => {
                    let unscaled = i128::from_be_bytes(read.data().try_into().expect("16 bytes"));
                    assert_eq!((unscaled, read.scale(), read.precision()), (number.unscaled(), 18, 38), "{name}");
                }
                other => panic!("{name}: {other:?}"),
            }
        }
        count += 1;
    }
    assert_eq!(count, rows.len());
}

#[test]
fn parquet_says_which_schema_it_has_and_nothing_of_the_day() {
    let reader = SerializedFileReader::new(bytes::Bytes::from(written(Format::Parquet, &rows(3)))).expect("Parquet");
    let about = reader.metadata().file_metadata();
    let pairs = about.key_value_metadata().expect("pairs").iter();
    let pairs: Vec<_> = pairs.map(|pair| (pair.key.as_str(), pair.value.as_deref().unwrap_or_default())).collect();
    assert_eq!(pairs, [("papi.schema_version", "1"), ("papi.dataset", "um-force-orders")]);
    assert_eq!(about.created_by(), Some("papi"));
}

#[test]
fn no_rows_are_a_file_with_its_columns() {
    assert!(written(Format::Csv, &[]).starts_with(b"orderId,symbol,"));
    assert!(written(Format::Jsonl, &[]).is_empty());
    let reader = SerializedFileReader::new(bytes::Bytes::from(written(Format::Parquet, &[]))).expect("Parquet");
    assert_eq!(reader.metadata().file_metadata().schema_descr().num_columns(), dataset().columns.len());
}

/// A disk that is full after some bytes.
struct Full(usize);

impl std::io::Write for Full {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 = self.0.checked_sub(bytes.len()).ok_or(std::io::ErrorKind::StorageFull)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_is_recognised_behind_every_format() {
    let dataset = dataset();
    for format in Format::ALL {
        let write = || {
            let mut writer = row_writer(format, &dataset, Full(20_000))?;
            cells(&rows(2_000)).iter().try_for_each(|cells| writer.row(cells))?;
            writer.finish().map(drop)
        };
        assert_eq!(write().expect_err("full").kind(), std::io::ErrorKind::StorageFull, "{format}");
    }
}
