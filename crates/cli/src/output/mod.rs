//! Prints data to stdout, in the format that was asked for or that suits the reader.

mod csv;
mod rows;
mod table;

use crate::exit_code::ExitCode;
use crate::failure::Failure;
use crate::stderr;
use binance_papi::json::Json;
use clap::ValueEnum;
use rows::{Shape, cell};
use std::io::{ErrorKind, IsTerminal as _, Write as _};

/// How JSON is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// On one line.
    Compact,
    /// One value per line, indented.
    Pretty,
}

/// The formats of data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputFormat {
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
    format: OutputFormat,
    layout: Layout,
}

/// Data in its format, and the lines that go to stderr.
#[derive(Debug, PartialEq)]
struct Rendered {
    stdout: String,
    stderr: Vec<String>,
}

impl Output {
    /// Takes the given format, or a table on a terminal and JSON in a pipe.
    pub(crate) fn new(format: Option<OutputFormat>) -> Self {
        let is_terminal = std::io::stdout().is_terminal();
        Self {
            format: format.unwrap_or(if is_terminal { OutputFormat::Table } else { OutputFormat::Json }),
            layout: if is_terminal { Layout::Pretty } else { Layout::Compact },
        }
    }

    /// Returns the format in which data is printed.
    pub(crate) fn format(self) -> OutputFormat {
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

/// Writes to stdout. It is no failure when the reader has gone, as in `papi .. | head -1`.
pub(crate) fn to_stdout(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::new(ExitCode::Other, format!("the data cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}

fn render(
    value: &Json,
    rows_field: Option<&str>,
    format: OutputFormat,
    layout: Layout,
) -> Result<Rendered, ::csv::Error> {
    let mut stderr = Vec::new();
    if format == OutputFormat::Json || format == OutputFormat::Parquet {
        let stdout = match layout {
            Layout::Compact => format!("{value}\n"),
            Layout::Pretty => format!("{value:#}\n"),
        };
        return Ok(Rendered { stdout, stderr });
    }
    let rows = match Shape::of(value, rows_field) {
        Shape::Rows { rows, beside } => {
            stderr.extend(beside.iter().map(|(key, value)| format!("{key}: {}", cell(value))));
            rows
        }
        Shape::Single(value) if format == OutputFormat::Table => {
            return Ok(Rendered { stdout: table::of_single(value), stderr });
        }
        Shape::Single(value) => std::slice::from_ref(value),
    };
    if rows.is_empty() && format != OutputFormat::Jsonl {
        stderr.push("no rows".to_owned());
        return Ok(Rendered { stdout: String::new(), stderr });
    }
    let stdout = match format {
        OutputFormat::Table => table::of_rows(rows),
        OutputFormat::Csv => csv::of_rows(rows)?,
        OutputFormat::Json | OutputFormat::Jsonl | OutputFormat::Parquet => {
            rows.iter().map(|row| row.to_string() + "\n").collect()
        }
    };
    Ok(Rendered { stdout, stderr })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(text: &str, format: OutputFormat) -> (String, Vec<String>) {
        let value = Json::parse(text).expect("valid");
        let rendered = render(&value, None, format, Layout::Compact).expect("printable");
        (rendered.stdout, rendered.stderr)
    }

    #[test]
    fn json_is_the_reply_itself() {
        for reply in [r#"[{"b":1.0,"a":"x"}]"#, "[]", r#"{"rows":[{"a":1}],"total":1}"#] {
            assert_eq!(rendered(reply, OutputFormat::Json), (format!("{reply}\n"), vec![]));
        }
    }

    #[test]
    fn jsonl_and_csv_are_the_rows() {
        let list = r#"[{"b":1.0,"a":"x"},{"b":2,"a":"y"}]"#;
        assert_eq!(rendered(list, OutputFormat::Jsonl).0, "{\"b\":1.0,\"a\":\"x\"}\n{\"b\":2,\"a\":\"y\"}\n");
        assert_eq!(rendered(list, OutputFormat::Csv).0, "b,a\n1.0,x\n2,y\n");
        let paged = r#"{"rows":[{"a":1}],"total":7}"#;
        assert_eq!(rendered(paged, OutputFormat::Jsonl), ("{\"a\":1}\n".to_owned(), vec!["total: 7".to_owned()]));
        assert_eq!(rendered(paged, OutputFormat::Csv), ("a\n1\n".to_owned(), vec!["total: 7".to_owned()]));
    }

    #[test]
    fn one_object_is_one_row_or_a_list_of_fields() {
        let order = r#"{"orderId":7,"price":"1.50"}"#;
        assert_eq!(rendered(order, OutputFormat::Csv).0, "orderId,price\n7,1.50\n");
        assert_eq!(rendered(order, OutputFormat::Jsonl).0, format!("{order}\n"));
        assert_eq!(rendered(order, OutputFormat::Table).0, "field    value\norderId  7\nprice    1.50\n");
    }

    #[test]
    fn an_empty_list_is_said_to_be_empty() {
        for format in [OutputFormat::Table, OutputFormat::Csv] {
            assert_eq!(rendered("[]", format), (String::new(), vec!["no rows".to_owned()]));
        }
        assert_eq!(rendered("[]", OutputFormat::Jsonl), (String::new(), vec![]));
    }
}
