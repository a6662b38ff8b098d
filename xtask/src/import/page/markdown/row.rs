//! Rows of tables as lines: where their cells end, whatever stands in backticks, and how far they are indented.

/// Whether a line parts the header of a table from its rows.
pub(crate) fn is_delimiter(line: &str) -> bool {
    let line = line.trim();
    line.contains('|') && line.contains("--") && line.chars().all(|letter| matches!(letter, '|' | '-' | ':' | ' '))
}

/// Whether a line may be a row.
pub(super) fn is_row(line: &str) -> bool {
    cells(line, true).len() > 1 || line.trim_start().starts_with('|')
}

/// Whether a table has pipes at the ends of its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pipes {
    Outer,
    Inner,
}

impl Pipes {
    /// Tells it from the header.
    pub(super) fn of(header: &str) -> Self {
        if header.trim_start().starts_with('|') { Self::Outer } else { Self::Inner }
    }
}

/// Cuts a row into cells, as many as the header has when it is known. Pipes in code and behind backslashes part nothing, and what
/// is too much belongs to the last cell.
pub(super) fn split(line: &str, pipes: Pipes, columns: Option<usize>) -> Vec<String> {
    let line = if pipes == Pipes::Outer { line.trim() } else { line.trim_end() };
    let line = match pipes {
        Pipes::Outer => line.strip_prefix('|').unwrap_or(line),
        Pipes::Inner => line,
    };
    let mut found = cells(line, true);
    if columns.is_some_and(|columns| found.len() < columns) {
        // A backtick that nothing closes makes no code.
        found = cells(line, false);
    }
    let is_closed = found.len() > 1 && found.last().is_some_and(|last| last.trim().is_empty());
    if is_closed && (pipes == Pipes::Outer || columns.is_some_and(|columns| found.len() > columns)) {
        found.pop();
    }
    let Some(columns) = columns.filter(|columns| *columns > 0) else {
        return found.into_iter().map(str::to_owned).collect();
    };
    let mut row: Vec<String> = found.iter().take(columns).map(|cell| (*cell).to_owned()).collect();
    if let (Some(last), Some(rest)) = (row.last_mut(), found.get(columns..)) {
        for cell in rest {
            last.push('|');
            last.push_str(cell);
        }
    }
    row.resize(columns, String::new());
    row
}

/// Writes cells as a row that any reader of Markdown cuts alike. Every pipe within a cell gets its backslash.
pub(super) fn joined(cells: &[String]) -> String {
    let mut row = String::from("|");
    for cell in cells {
        row.push_str(&cell.replace("\\|", "|").replace('|', "\\|"));
        row.push('|');
    }
    row
}

fn cells(line: &str, code_counts: bool) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut start, mut at, bytes) = (0, 0, line.as_bytes());
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'`' if code_counts => {
                let ticks = bytes[at..].iter().take_while(|byte| **byte == b'`').count();
                let closer = closing_ticks(&bytes[at + ticks..], ticks);
                at += ticks + closer.map_or(0, |offset| offset + ticks) - 1;
            }
            b'|' => {
                found.push(&line[start..at]);
                start = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    found.push(&line[start..]);
    found
}

/// Where as many backticks in a row stand.
fn closing_ticks(bytes: &[u8], ticks: usize) -> Option<usize> {
    let mut at = 0;
    while at < bytes.len() {
        let run = bytes[at..].iter().take_while(|byte| **byte == b'`').count();
        if run == ticks {
            return Some(at);
        }
        at += run.max(1);
    }
    None
}

/// Returns how far the first cell of a row is indented, and the cell without what indents it.
pub(crate) fn indent(cell: &str) -> (usize, &str) {
    let mut width = 0_usize;
    let mut marks = 0;
    let mut rest = cell;
    while let Some(first) = rest.chars().next() {
        match first {
            ' ' | '\u{a0}' | '\u{3000}' | '\t' => width += 1,
            '-' | '–' | '>' | '·' | '└' | '├' | '─' | '↳' | '»' | '∟' | '•' => marks += 1,
            _ => break,
        }
        rest = &rest[first.len_utf8()..];
    }
    let is_number = marks > 0 && rest.starts_with(|first: char| first.is_ascii_digit());
    if rest.trim().is_empty() || is_number {
        return (0, cell.trim());
    }
    let depth = if marks > 0 { marks } else { width.div_ceil(2) };
    (depth, rest)
}
