//! Replies as CSV for spreadsheets and scripts: a header with the wire names, then one record per row.

use super::rows::{cells, columns};
use binance_papi::json::Json;

/// Returns the rows as CSV. No rows give no text at all: without a row the columns are not known.
pub(super) fn of_rows(rows: &[Json]) -> Result<String, csv::Error> {
    if rows.is_empty() {
        return Ok(String::new());
    }
    let columns = columns(rows);
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&columns)?;
    for row in rows {
        writer.write_record(cells(row, &columns))?;
    }
    let bytes = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_needed() {
        let Json::List(rows) =
            Json::parse(r#"[{"id":1,"note":"a,\"b\"","of":[1,2]},{"id":"10913.21000"}]"#).expect("valid")
        else {
            panic!()
        };
        let expected = "id,note,of\n1,\"a,\"\"b\"\"\",\"[1,2]\"\n10913.21000,,\n";
        assert_eq!(of_rows(&rows).expect("printable"), expected);
        assert_eq!(of_rows(&[]).expect("printable"), "");
    }
}
