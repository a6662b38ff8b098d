//! Data on its way to stdout, in the format that was asked for or that suits the reader.

mod csv;
pub(crate) mod json;
mod rows;
mod table;

use crate::exit_code::ExitCode;
use crate::failure::Failure;
use crate::stderr;
use clap::ValueEnum;
use json::{Json, Layout};
use rows::Shape;
use std::io::{ErrorKind, IsTerminal as _, Write as _};

/// The formats of data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: a line per row, or a line per field of a single object.
    Table,
    /// The reply itself; an array for a list.
    Json,
    /// One row of the reply per line, as JSON.
    Jsonl,
    /// A header with the wire names, then one record per row.
    Csv,
    /// For `papi export` alone.
    Parquet,
}

/// How data is printed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output {
    format: Format,
    layout: Layout,
}

/// Data in its format, and what is said beside it.
#[derive(Debug, PartialEq)]
struct Rendered {
    stdout: String,
    stderr: Vec<String>,
}

impl Output {
    /// The given format, or a table on a terminal and JSON in a pipe.
    pub(crate) fn new(format: Option<Format>) -> Self {
        let is_terminal = std::io::stdout().is_terminal();
        Self {
            format: format.unwrap_or(if is_terminal { Format::Table } else { Format::Json }),
            layout: if is_terminal { Layout::Pretty } else { Layout::Compact },
        }
    }

    /// The format in which data is printed.
    pub(crate) fn format(self) -> Format {
        self.format
    }

    /// Prints data. `rows_field` is the field that holds the rows, where the endpoint's description names one.
    pub(crate) fn print(self, value: &Json, rows_field: Option<&str>) -> Result<(), Failure> {
        let rendered = render(value, rows_field, self.format, self.layout)
            .map_err(|error| Failure::new(ExitCode::Other, format!("the data cannot be printed: {error}")))?;
        to_stdout(&rendered.stdout)?;
        rendered.stderr.iter().for_each(|line| stderr::plain(line));
        Ok(())
    }
}

/// Writes to stdout. A reader that has gone, as in `papi .. | head -1`, has all it wanted.
pub(crate) fn to_stdout(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::new(ExitCode::Other, format!("the data cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}

fn render(value: &Json, rows_field: Option<&str>, format: Format, layout: Layout) -> Result<Rendered, ::csv::Error> {
    let mut stderr = Vec::new();
    if format == Format::Json || format == Format::Parquet {
        return Ok(Rendered { stdout: value.print(layout) + "\n", stderr });
    }
    let rows = match Shape::of(value, rows_field) {
        Shape::Rows { rows, beside } => {
            stderr.extend(beside.iter().map(|(key, value)| format!("{key}: {}", value.cell())));
            rows
        }
        Shape::Single(value) if format == Format::Table => {
            return Ok(Rendered { stdout: table::of_single(value), stderr });
        }
        Shape::Single(value) => std::slice::from_ref(value),
    };
    if rows.is_empty() && format != Format::Jsonl {
        stderr.push("no rows".to_owned());
        return Ok(Rendered { stdout: String::new(), stderr });
    }
    let stdout = match format {
        Format::Table => table::of_rows(rows),
        Format::Csv => csv::of_rows(rows)?,
        Format::Json | Format::Jsonl | Format::Parquet => {
            rows.iter().map(|row| row.print(Layout::Compact) + "\n").collect()
        }
    };
    Ok(Rendered { stdout, stderr })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(text: &str, format: Format) -> (String, Vec<String>) {
        let value = Json::parse(text).expect("valid");
        let rendered = render(&value, None, format, Layout::Compact).expect("printable");
        (rendered.stdout, rendered.stderr)
    }

    #[test]
    fn json_is_the_reply_itself() {
        for reply in [r#"[{"b":1.0,"a":"x"}]"#, "[]", r#"{"rows":[{"a":1}],"total":1}"#] {
            assert_eq!(rendered(reply, Format::Json), (format!("{reply}\n"), vec![]));
        }
    }

    #[test]
    fn jsonl_and_csv_are_the_rows() {
        let list = r#"[{"b":1.0,"a":"x"},{"b":2,"a":"y"}]"#;
        assert_eq!(rendered(list, Format::Jsonl).0, "{\"b\":1.0,\"a\":\"x\"}\n{\"b\":2,\"a\":\"y\"}\n");
        assert_eq!(rendered(list, Format::Csv).0, "b,a\n1.0,x\n2,y\n");
        let paged = r#"{"rows":[{"a":1}],"total":7}"#;
        assert_eq!(rendered(paged, Format::Jsonl), ("{\"a\":1}\n".to_owned(), vec!["total: 7".to_owned()]));
        assert_eq!(rendered(paged, Format::Csv), ("a\n1\n".to_owned(), vec!["total: 7".to_owned()]));
    }

    #[test]
    fn one_object_is_one_row_or_a_list_of_fields() {
        let order = r#"{"orderId":7,"price":"1.50"}"#;
        assert_eq!(rendered(order, Format::Csv).0, "orderId,price\n7,1.50\n");
        assert_eq!(rendered(order, Format::Jsonl).0, format!("{order}\n"));
        assert_eq!(rendered(order, Format::Table).0, "field    value\norderId  7\nprice    1.50\n");
    }

    #[test]
    fn an_empty_list_is_said_to_be_empty() {
        for format in [Format::Table, Format::Csv] {
            assert_eq!(rendered("[]", format), (String::new(), vec!["no rows".to_owned()]));
        }
        assert_eq!(rendered("[]", Format::Jsonl), (String::new(), vec![]));
    }
}
