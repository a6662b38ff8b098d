//! Puts the tables of web clips together again, which are loose paragraphs there: one for each cell that is not empty.

use super::heading;
use super::piece::{Piece, PieceKind};
use super::{Row, Table};

/// Replaces paragraphs that were a table by that table.
pub(super) fn with_tables(pieces: &[Piece]) -> Vec<Piece> {
    let mut whole = Vec::with_capacity(pieces.len());
    let mut at = 0;
    while at < pieces.len() {
        if let Some((table, taken)) = table(&pieces[at..]) {
            whole.push(Piece { line: pieces[at].line, is_quoted: false, kind: PieceKind::Table(table) });
            at += taken;
        } else {
            whole.push(pieces[at].clone());
            at += 1;
        }
    }
    whole
}

/// The text of a paragraph that may be a cell, or a part of one: a list in a cell is still a list.
fn cell(piece: &Piece) -> Option<&str> {
    let prose = piece.prose().filter(|_| !piece.is_quoted)?;
    heading::pseudo(&prose.text, prose.bold).is_none().then_some(prose.text.as_str())
}

/// The text of a paragraph that is a cell by itself.
fn loose(piece: &Piece) -> Option<&str> {
    cell(piece).filter(|_| piece.prose().is_some_and(|prose| !prose.is_item))
}

/// What a column is known for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Name,
    Type,
    Mandatory,
    Text,
}

fn column(header: &str) -> Option<Column> {
    Some(match heading::compared(header).as_str() {
        "name" | "field" | "parameter" | "key" | "名称" | "字段" | "字段名" | "参数" | "参数名" | "参数名称" => {
            Column::Name
        }
        "type" | "类型" | "数据类型" => Column::Type,
        "mandatory" | "required" | "是否必需" | "是否必须" | "是否必填" | "必需" => Column::Mandatory,
        "description" | "value" | "meaning" | "描述" | "取值" | "说明" | "含义" => Column::Text,
        "additionalmandatoryparameters" | "强制要求的参数" | "其他强制参数" => Column::Text,
        _ => return None,
    })
}

/// Reads a table from the beginning of paragraphs, and how many of them it takes.
fn table(pieces: &[Piece]) -> Option<(Table, usize)> {
    let mut columns: Vec<Column> = pieces.iter().map_while(|piece| column(loose(piece)?)).take(6).collect();
    // A header is the first cell of no row.
    while columns.len() >= 2 && columns.last() != Some(&Column::Text) && columns.len() > 3 {
        columns.pop();
    }
    let has_types = columns.first() == Some(&Column::Name) && columns.get(1) == Some(&Column::Type);
    if columns.len() < 2 {
        return None;
    }
    let header: Vec<String> = pieces[..columns.len()].iter().filter_map(loose).map(str::to_owned).collect();
    let end = pieces.iter().take_while(|piece| cell(piece).is_some()).count();
    let body = &pieces[columns.len()..end];
    let (rows, taken) = if has_types && columns.len() >= 3 {
        typed_rows(body, columns.len())
    } else if columns.len() == 2 && columns[1] == Column::Text {
        pairs(body)
    } else {
        return None;
    };
    (!rows.is_empty()).then(|| (Table { caption: None, header, rows }, columns.len() + taken))
}

/// Rows that begin with a name and a type, and the word for required where the table has a column for it.
fn typed_rows(body: &[Piece], columns: usize) -> (Vec<Row>, usize) {
    let mut starts: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while at < body.len() {
        if let Some(fixed) = fixed_cells(&body[at..], columns) {
            starts.push((at, fixed));
            at += fixed;
        } else {
            at += 1;
        }
    }
    if starts.first().is_none_or(|(at, _)| *at > 0) {
        return (Vec::new(), 0);
    }
    let mut rows = Vec::new();
    let mut taken = 0;
    for (nth, (start, fixed)) in starts.iter().enumerate() {
        let behind = start + fixed;
        taken = match starts.get(nth + 1) {
            Some((next, _)) => *next,
            // What follows the last row may be a note: its cell is one paragraph, and that of the time of the request is empty.
            None if loose(&body[*start]) == Some("timestamp") => behind,
            None => behind + body.get(behind).and_then(loose).map_or(0, |_| 1),
        };
        let text = |pieces: &[Piece]| pieces.iter().filter_map(cell).map(str::to_owned).collect::<Vec<_>>();
        let mut cells = text(&body[*start..behind]);
        cells.resize(columns - 1, String::new());
        cells.push(text(&body[behind..taken.max(behind)]).join("\n"));
        rows.push(Row { line: body[*start].line, depth: 0, cells });
    }
    (rows, taken)
}

/// How many cells a row has before its text, when one begins here.
fn fixed_cells(body: &[Piece], columns: usize) -> Option<usize> {
    let is_name = |text: &str| {
        let is_part =
            |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.' | '[' | ']' | '-' | '`');
        !text.is_empty() && text.chars().all(is_part)
    };
    let is_required = |text: &str| {
        matches!(text.to_ascii_uppercase().as_str(), "YES" | "NO" | "Y" | "N" | "CONDITIONAL" | "是" | "否")
    };
    let text = |at: usize| body.get(at).and_then(loose);
    let begins = text(0).is_some_and(is_name) && text(1).is_some_and(is_type);
    let has_required = columns > 3 && text(2).is_some_and(is_required);
    begins.then_some(if has_required { 3 } else { 2 })
}

fn is_type(text: &str) -> bool {
    const TYPES: &[&str] = &[
        "STRING",
        "LONG",
        "INT",
        "INTEGER",
        "DECIMAL",
        "ENUM",
        "BOOLEAN",
        "BOOL",
        "LIST",
        "ARRAY",
        "DOUBLE",
        "FLOAT",
        "BIGDECIMAL",
        "NUMBER",
        "OBJECT",
    ];
    let word: String = text.trim_matches('`').chars().take_while(char::is_ascii_alphabetic).collect();
    text.len() < 24 && TYPES.contains(&word.to_ascii_uppercase().as_str())
}

/// Rows of two cells, neither of which is empty.
fn pairs(body: &[Piece]) -> (Vec<Row>, usize) {
    let rows = body.chunks_exact(2).map_while(|pair| {
        let cells: Vec<String> = pair.iter().filter_map(loose).map(str::to_owned).collect();
        // A sentence is no first cell.
        (cells.len() == 2 && cells[0].chars().count() < 60 && !cells[0].ends_with(['.', '。', ':', '：']))
            .then(|| Row { line: pair[0].line, depth: 0, cells })
    });
    let rows: Vec<Row> = rows.collect();
    let taken = rows.len() * 2;
    (rows, taken)
}
