//! Workbooks for Excel and its kin. They compute with 15 digits: what has more, and every id, is a text. Instants are dates
//! in UTC, and no text is ever a formula. A workbook has no day and no program version of its own in it, so that the same
//! rows are always the same bytes.

use super::super::cell::{Cell, digits};
use super::super::dataset::{Column, Dataset, SCHEMA_VERSION};
use super::RowWriter;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format as CellFormat, IgnoreError, Workbook, Worksheet, XlsxError,
};
use std::error::Error;
use std::fmt;
use std::io::{self, Write};

/// Rows that a sheet has room for, below its header.
const MOST_ROWS: u32 = 1_048_575;

/// A number with more digits would be rounded.
const MOST_DIGITS: u32 = 15;

/// A sheet's name is no longer.
const MOST_NAME: usize = 31;

/// How an instant is shown.
const DATE: &str = "yyyy-mm-dd hh:mm:ss.000";

/// What that takes, in characters.
const DATE_WIDTH: u32 = 24;

/// The number of 1970-01-01, counted in days as a workbook does.
const DAYS_TO_1970: f64 = 25_569.0;

/// Days before 1900-03-01 have other numbers in other programs.
const FIRST_DAY: f64 = 61.0;

const DAY: f64 = 86_400_000.0;

/// Says that a sheet is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooManyRows;

impl fmt::Display for TooManyRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there are more rows than the {MOST_ROWS} that a sheet of a workbook has room for")
    }
}

impl Error for TooManyRows {}

impl TooManyRows {
    /// Returns whether this is what an error tells of.
    pub(crate) fn is_behind(error: &io::Error) -> bool {
        let Some(cause) = error.get_ref() else { return false };
        cause.is::<Self>()
    }
}

/// Rows as a workbook with one sheet.
pub(super) struct XlsxRows<W> {
    workbook: Workbook,
    columns: Vec<Column>,
    date: CellFormat,
    /// The formats of decimals, by the number of digits after the point.
    decimals: Vec<CellFormat>,
    /// Rows that are written.
    rows: u32,
    most: u32,
    out: W,
}

impl<W: Write + Send> XlsxRows<W> {
    pub(super) fn new(dataset: &Dataset, out: W) -> io::Result<Self> {
        Self::with_room(dataset, out, MOST_ROWS)
    }

    /// Begins a workbook that takes no more than so many rows.
    pub(super) fn with_room(dataset: &Dataset, out: W, most: u32) -> io::Result<Self> {
        let mut workbook = Workbook::new();
        let made = ExcelDateTime::from_timestamp(0).map_err(to_io)?;
        let about = DocProperties::new()
            .set_creation_datetime(&made)
            .set_custom_property("papi.schema_version", SCHEMA_VERSION.to_string())
            .set_custom_property("papi.dataset", dataset.name.clone());
        workbook.set_properties(&about);
        // Each row leaves memory when the next one begins.
        let sheet = workbook.add_worksheet_with_constant_memory().map_err(to_io)?;
        describe(sheet, dataset).map_err(to_io)?;
        Ok(Self {
            workbook,
            columns: dataset.columns.clone(),
            date: CellFormat::new().set_num_format(DATE),
            decimals: Vec::new(),
            rows: 0,
            most,
            out,
        })
    }

    /// Returns the place of the format that shows a decimal with so many digits after the point.
    fn decimal(&mut self, scale: usize) -> usize {
        for places in self.decimals.len()..=scale {
            let form = if places == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(places)) };
            self.decimals.push(CellFormat::new().set_num_format(form));
        }
        scale
    }

    fn write(&mut self, row: u32, cells: &[Cell<'_>]) -> Result<(), XlsxError> {
        let mut millis = None;
        for (place, cell) in (0_u16..).zip(cells) {
            let column = self.columns.get(usize::from(place));
            let (is_utc, is_id) = column.map_or((false, false), |column| (column.is_utc(), column.is_id()));
            let before = millis.take();
            let decimal = match cell {
                Cell::Decimal(number) => self.decimal(number.scale()),
                _ => 0,
            };
            let sheet = self.workbook.worksheet_from_index(0)?;
            match cell {
                Cell::Absent => sheet,
                Cell::Text(text) => match before.filter(|_| is_utc).and_then(day_number) {
                    Some(day) => sheet.write_number_with_format(row, place, day, &self.date)?,
                    None => sheet.write_string(row, place, text.as_ref())?,
                },
                Cell::Integer(number) => {
                    millis = Some(*number);
                    match whole(*number).filter(|_| !is_id) {
                        Some(number) => sheet.write_number(row, place, number)?,
                        None => sheet.write_string(row, place, number.to_string())?,
                    }
                }
                Cell::Decimal(number) => {
                    let exact = (number.significant_digits() <= MOST_DIGITS as usize)
                        .then(|| number.text().parse::<f64>().ok());
                    match exact.flatten().zip(self.decimals.get(decimal)) {
                        Some((exact, form)) => sheet.write_number_with_format(row, place, exact, form)?,
                        None => sheet.write_string(row, place, number.text())?,
                    }
                }
                Cell::Switch(on) => sheet.write_boolean(row, place, *on)?,
            };
        }
        Ok(())
    }
}

impl<W: Write + Send> RowWriter<W> for XlsxRows<W> {
    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        if self.rows == self.most {
            return Err(io::Error::other(TooManyRows));
        }
        self.rows += 1;
        self.write(self.rows, cells).map_err(to_io)
    }

    /// Does nothing: a workbook is written as a whole.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<W> {
        self.workbook.save_to_writer(&mut self.out).map_err(to_io)?;
        Ok(self.out)
    }
}

/// Writes what stands above the rows, and how columns look.
fn describe(sheet: &mut Worksheet, dataset: &Dataset) -> Result<(), XlsxError> {
    let name: String = dataset.name.chars().take(MOST_NAME).collect();
    sheet.set_name(name)?.set_freeze_panes(1, 0)?;
    for (place, column) in (0_u16..).zip(&dataset.columns) {
        if column.is_utc() {
            sheet.set_column_width(place, DATE_WIDTH)?;
        }
        // Digits in a text are meant.
        sheet.ignore_error_range(1, place, MOST_ROWS, place, IgnoreError::NumberStoredAsText)?;
    }
    for (place, column) in (0_u16..).zip(&dataset.columns) {
        sheet.write_string(0, place, &column.name)?;
    }
    Ok(())
}

/// Returns a whole number, if a workbook can keep all its digits.
fn whole(number: i64) -> Option<f64> {
    #[allow(clippy::cast_precision_loss, reason = "15 digits are exact")]
    (digits(number.unsigned_abs()) <= MOST_DIGITS).then_some(number as f64)
}

/// Returns an instant as the number of days that a workbook takes; none for days that have no number everywhere.
fn day_number(millis: i64) -> Option<f64> {
    let day = whole(millis)? / DAY + DAYS_TO_1970;
    (day >= FIRST_DAY).then_some(day)
}

/// Returns the error of the disk behind it, where there is one: "no space left" must stay recognisable.
fn to_io(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) | XlsxError::TempFileError(_, error) => error,
        XlsxError::ZipError(error) => error.into(),
        other => io::Error::other(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::dataset::RawColumn;
    use super::*;
    use binance_papi::um;

    #[test]
    fn a_sheet_that_is_full_takes_no_further_row() {
        let dataset = Dataset::of(um::ForceOrders::INFO, RawColumn::Without).expect("rows");
        let mut rows = XlsxRows::with_room(&dataset, Vec::new(), 2).expect("a workbook");
        let cells = || dataset.cells(r#"{"orderId":1}"#, None).expect("fits");
        rows.row(&cells()).and_then(|()| rows.row(&cells())).expect("room for two");
        let error = rows.row(&cells()).expect_err("no room for a third");
        assert!(TooManyRows::is_behind(&error));
    }

    #[test]
    fn a_number_that_would_be_rounded_is_no_number() {
        assert_eq!(whole(999_999_999_999_999), Some(999_999_999_999_999.0));
        assert_eq!(whole(-1_000_000_000_000_000), None);
        assert_eq!(whole(i64::MIN), None);
        assert_eq!(day_number(0), Some(25_569.0));
        assert_eq!(day_number(-2_203_891_200_001), None, "before 1900-03-01");
        assert_eq!(day_number(-2_203_891_200_000), Some(61.0));
    }
}
