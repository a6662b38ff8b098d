//! Prints data to stdout, in the format that was asked for or that suits the reader.

mod chosen;
mod csv;
mod description;
mod flat;
mod records;
mod rows;
mod table;
mod times;
mod width;

use crate::exit_code::ExitCode;
use crate::failure::Failure;
use crate::global_options::GlobalOptions;
use crate::stderr;
use binance_papi::json::Json;
use clap::ValueEnum;
pub(crate) use description::ReplyDescription;
use rows::{Shape, cell};
use std::borrow::Cow;
use std::io::{self, ErrorKind, IsTerminal as _, Write as _};
use table::Table;
pub(crate) use times::{TimeOptions, Times};

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
    /// For people: a line per row, or records where the terminal is too narrow; a line per field of a single object.
    Table,
    /// For people: a line per field, rows one below the other.
    Records,
    /// For people: a line per row, however wide; what is nested gets columns such as a.b.
    Wide,
    /// The reply itself; an array for a list.
    Json,
    /// One row of the reply per line, as JSON.
    Jsonl,
    /// A header with the wire names, then one record per row.
    Csv,
    /// For `papi export` alone.
    Parquet,
    /// For `papi export` alone.
    Xlsx,
    /// For `papi report` alone.
    Html,
    /// For `papi report` alone: Markdown.
    Md,
}

impl OutputFormat {
    /// Returns whether only files of an export have it.
    pub(crate) fn is_for_export(self) -> bool {
        matches!(self, Self::Parquet | Self::Xlsx)
    }

    /// Returns whether only reports have it.
    pub(crate) fn is_for_report(self) -> bool {
        matches!(self, Self::Html | Self::Md)
    }
}

impl OutputFormat {
    /// Returns whether it is made for reading, not for programs.
    pub(crate) fn is_for_people(self) -> bool {
        matches!(self, Self::Table | Self::Records | Self::Wide)
    }
}

/// How data is printed.
#[derive(Debug, Clone)]
pub(crate) struct Output {
    format: OutputFormat,
    layout: Layout,
    /// How many columns there are for a line; none when lines may have any width.
    width: Option<usize>,
    /// The fields of each row to print; all when empty.
    columns: Vec<String>,
    times: Times,
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
            width: width::of_stdout(),
            columns: Vec::new(),
            times: Times::Utc,
        }
    }

    /// Takes format and columns from the options of all commands.
    pub(crate) fn of(global: &GlobalOptions) -> Self {
        Self { columns: global.columns.clone(), ..Self::new(global.format) }
    }

    /// Takes these columns where people read and have chosen none.
    pub(crate) fn or_columns(self, columns: &[String]) -> Self {
        if self.columns.is_empty() && self.format.is_for_people() {
            return Self { columns: columns.to_vec(), ..self };
        }
        self
    }

    /// Says how times are shown; in UTC otherwise.
    pub(crate) fn with_times(self, times: Times) -> Self {
        Self { times, ..self }
    }

    /// Returns the format in which data is printed.
    pub(crate) fn format(&self) -> OutputFormat {
        self.format
    }

    /// Refuses chosen columns that a reply will not have, as far as that is known before it is there.
    pub(crate) fn check_columns(&self, reply: ReplyDescription) -> Result<(), Failure> {
        reply.columns().map_or(Ok(()), |known| chosen::check(&self.columns, &known, ExitCode::BadInput))
    }

    /// Refuses chosen columns that data of this program does not have.
    pub(crate) fn check_columns_of(&self, rows: &Json) -> Result<(), Failure> {
        if self.columns.is_empty() {
            return Ok(());
        }
        chosen::check(&self.columns, &chosen::columns_of(rows, None), ExitCode::BadInput)
    }

    /// Prints data.
    pub(crate) fn print(&self, value: &Json, reply: ReplyDescription) -> Result<(), Failure> {
        let rendered = self.render(value, reply)?;
        to_stdout(&rendered.stdout)?;
        rendered.stderr.iter().for_each(|line| stderr::plain(line));
        Ok(())
    }

    fn render(&self, value: &Json, reply: ReplyDescription) -> Result<Rendered, Failure> {
        let mut value = Cow::Borrowed(value);
        if let (Some(schema), Times::Utc, true) = (reply.schema, self.times, self.format.is_for_people()) {
            value = Cow::Owned(times::in_utc(&value, schema));
        }
        if !self.columns.is_empty() {
            if reply.columns().is_none() {
                let known = chosen::columns_of(&value, reply.rows_field);
                // Without a row the columns are not known.
                chosen::check(&self.columns, if known.is_empty() { &self.columns } else { &known }, ExitCode::Other)?;
            }
            value = Cow::Owned(chosen::choose(value.into_owned(), reply.rows_field, &self.columns));
        }
        laid_out(&value, reply.rows_field, self.format, self.layout, self.width)
            .map_err(|error| Failure::new(ExitCode::Other, format!("the data cannot be printed: {error}")))
    }
}

/// Writes to stdout. It is no failure when the reader has gone, as in `papi .. | head -1`.
pub(crate) fn to_stdout(text: &str) -> Result<(), Failure> {
    write_to_stdout(text).map_err(|error| Failure::new(ExitCode::Other, format!("the data cannot be written: {error}")))
}

/// Writes to stdout, for a caller with words of its own for a failure. A reader that has gone is none.
pub(crate) fn write_to_stdout(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

fn laid_out(
    value: &Json,
    rows_field: Option<&str>,
    format: OutputFormat,
    layout: Layout,
    width: Option<usize>,
) -> Result<Rendered, ::csv::Error> {
    let mut stderr = Vec::new();
    if format == OutputFormat::Json || format.is_for_export() || format.is_for_report() {
        let stdout = match layout {
            Layout::Compact => format!("{value}\n"),
            Layout::Pretty => format!("{value:#}\n"),
        };
        return Ok(Rendered { stdout, stderr });
    }
    let rows = match Shape::of(value, rows_field) {
        Shape::Rows { rows, beside, .. } => {
            stderr.extend(beside.iter().map(|(key, value)| format!("{key}: {}", cell(value))));
            rows
        }
        Shape::Single(value) if format.is_for_people() => {
            let width = width.filter(|_| format != OutputFormat::Wide);
            let lines = match format {
                OutputFormat::Records => records::of_single(value, width),
                _ => records::of_single(&with_header(value), width),
            };
            return Ok(Rendered { stdout: text(&lines), stderr });
        }
        Shape::Single(value) => std::slice::from_ref(value),
    };
    if rows.is_empty() && format != OutputFormat::Jsonl {
        stderr.push("no rows".to_owned());
        return Ok(Rendered { stdout: String::new(), stderr });
    }
    let stdout = match format {
        OutputFormat::Table => match records::fitting_table(rows, width) {
            Some(table) => text(&table.lines()),
            None => text(&records::of_rows(rows, width)),
        },
        OutputFormat::Records => text(&records::of_rows(rows, width)),
        OutputFormat::Wide => text(&Table::of(rows).lines()),
        OutputFormat::Csv => csv::of_rows(rows)?,
        OutputFormat::Json
        | OutputFormat::Jsonl
        | OutputFormat::Parquet
        | OutputFormat::Xlsx
        | OutputFormat::Html
        | OutputFormat::Md => rows.iter().map(|row| row.to_string() + "\n").collect(),
    };
    Ok(Rendered { stdout, stderr })
}

/// Puts a header above the fields of an object.
fn with_header(value: &Json) -> Json {
    let Json::Object(members) = value else { return value.clone() };
    let header = ("field".into(), Json::text("value"));
    Json::Object(std::iter::once(header).chain(members.iter().cloned()).collect())
}

fn text(lines: &[String]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(text: &str, format: OutputFormat) -> (String, Vec<String>) {
        let value = Json::parse(text).expect("valid");
        let rendered = laid_out(&value, None, format, Layout::Compact, None).expect("printable");
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
