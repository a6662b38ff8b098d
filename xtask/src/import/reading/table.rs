//! Which kind of table stands on a page, told by its header and its cells and not by the section that it is in.

use crate::import::page::{Row, Table};

/// The columns of a table of parameters, or of the fields of a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) name: usize,
    pub(super) ty: usize,
    pub(super) required: Option<usize>,
    pub(super) description: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TableKind {
    Parameters(Columns),
    /// Which parameters a kind of order needs.
    Conditions,
    Fields(Columns),
    /// Names with values, such as those of an example of signing.
    Values,
    Other,
}

const NAMES: [&str; 10] =
    ["name", "parameter", "parameters", "param", "名称", "参数", "参数名", "参数名称", "field", "字段"];
const FIELDS: [&str; 7] = ["field", "fieldname", "字段", "字段名", "字段名称", "key", "responsefield"];
const TYPES: [&str; 5] = ["type", "datatype", "类型", "数据类型", "参数类型"];
const REQUIRED: [&str; 10] =
    ["mandatory", "required", "isrequired", "是否必需", "是否必须", "是否必填", "是否必要", "必填", "必需", "必须"];
const DESCRIPTIONS: [&str; 12] = [
    "description",
    "descriptions",
    "desc",
    "描述",
    "说明",
    "备注",
    "含义",
    "comment",
    "comments",
    "remark",
    "remarks",
    "notes",
];
const VALUES: [&str; 6] = ["value", "values", "取值", "值", "参数值", "数值"];

/// A cell without what markup leaves, in small letters.
pub(super) fn plain(cell: &str) -> String {
    let kept = cell.chars().filter(|letter| !letter.is_whitespace() && !"`*_\\:：\u{200B}\u{FEFF}\0".contains(*letter));
    kept.collect::<String>().to_lowercase()
}

pub(super) fn kind(table: &Table) -> TableKind {
    let header: Vec<String> = table.header.iter().map(|cell| plain(cell)).collect();
    let at = |names: &[&str]| header.iter().position(|cell| names.contains(&cell.as_str()));
    if header
        .iter()
        .skip(1)
        .any(|cell| cell.contains("mandatoryparam") || cell.contains("强制") || cell.contains("必填参数"))
    {
        return TableKind::Conditions;
    }
    let required = required_column(table, &header);
    let (name, ty) = (
        at(&NAMES),
        header.iter().enumerate().position(|(index, cell)| TYPES.contains(&cell.as_str()) && Some(index) != required),
    );
    let description = at(&DESCRIPTIONS);
    if let (Some(name), Some(ty), Some(required)) = (name, ty, required) {
        let columns = Columns { name, ty, required: Some(required), description };
        return if at(&FIELDS) == Some(name) { TableKind::Fields(columns) } else { TableKind::Parameters(columns) };
    }
    if let (Some(name), Some(_), 2) = (at(&NAMES).or(at(&FIELDS)), at(&VALUES), header.len())
        && name == 0
    {
        return TableKind::Values;
    }
    if let (Some(name), Some(ty)) = (at(&FIELDS).or(name), ty) {
        return TableKind::Fields(Columns { name, ty, required: None, description });
    }
    TableKind::Other
}

/// The column that says what is required: by its header, or by its cells when the header repeats another one.
fn required_column(table: &Table, header: &[String]) -> Option<usize> {
    let says = |cell: &str| matches!(plain(cell).as_str(), "yes" | "no" | "y" | "n" | "true" | "false" | "是" | "否");
    let by_header = header.iter().position(|cell| REQUIRED.contains(&cell.as_str()));
    by_header.or_else(|| {
        (0..header.len()).find(|index| {
            let mut cells =
                table.rows.iter().filter_map(|row| row.cells.get(*index)).filter(|cell| !cell.is_empty()).peekable();
            TYPES.contains(&header[*index].as_str()) && cells.peek().is_some() && cells.all(|cell| says(cell))
        })
    })
}

/// Returns whether a row says that its parameter is required.
pub(super) fn is_required(row: &Row, columns: Columns) -> bool {
    let cell = columns.required.and_then(|index| row.cells.get(index)).map(|cell| plain(cell));
    matches!(cell.as_deref(), Some("yes" | "y" | "true" | "是"))
}

/// A cell of a row; empty when there is none.
pub(super) fn cell(row: &Row, index: usize) -> &str {
    row.cells.get(index).map_or("", String::as_str)
}

/// The name in a cell: what is no name behind it is left out, and so are marks and brackets of a list.
pub(super) fn name(text: &str) -> String {
    let plain: String = text.chars().filter(|letter| !"`*\\\u{200B}\u{FEFF}\0\u{A0}".contains(*letter)).collect();
    plain
        .trim()
        .trim_start_matches(['-', '>', '·', '└', '├', '─', ' '])
        .chars()
        .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_')
        .collect()
}

/// The vendor's word for a type: `LIST<JSON>` is LIST, `BigDecimal` is DECIMAL.
pub(super) fn page_type(text: &str) -> String {
    let word: String = text
        .chars()
        .filter(|letter| !"`*\\\u{200B}\u{FEFF}\0".contains(*letter))
        .collect::<String>()
        .trim()
        .chars()
        .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_')
        .collect::<String>()
        .to_ascii_uppercase();
    match word.as_str() {
        "INTEGER" => "INT".to_owned(),
        "BIGDECIMAL" | "DOUBLE" | "FLOAT" | "NUMBER" => "DECIMAL".to_owned(),
        "BOOL" => "BOOLEAN".to_owned(),
        "ARRAY" => "LIST".to_owned(),
        "STR" => "STRING".to_owned(),
        _ => word,
    }
}
