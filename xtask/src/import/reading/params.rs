//! The parameters of a page: its table, what else stands in that section, and which parameters a kind of order needs.

use super::cell::read_cell;
use super::finding::Finding;
use super::said::Said;
use super::sentence::{Compact, Quoted};
use super::table::{Columns, TableKind, cell, is_required, kind, name, page_type, plain};
use crate::import::facts::{ParamFacts, Place, RuleKind};
use crate::import::page::{Block, Page, SectionKind, Table};

/// The names of all parameters, which sentences are read with.
pub(super) fn names(page: &Page) -> Vec<String> {
    let mut names = Vec::new();
    for (table, columns) in tables(page) {
        for row in top_rows(table, columns) {
            let name = name(cell(row, columns.name));
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// The tables of parameters: the first, and others that go on with it. One that is about the elements of a list is none.
fn tables(page: &Page) -> Vec<(&Table, Columns)> {
    let mut found: Vec<(&Table, Columns)> = Vec::new();
    for section in page.sections.iter().filter(|section| !matches!(section.kind, SectionKind::Response)) {
        for block in &section.blocks {
            if let Block::Table(table) = block
                && let TableKind::Parameters(columns) = kind(table)
                && (found.is_empty() || !is_about_elements(table))
            {
                found.push((table, columns));
            }
        }
    }
    found
}

fn is_about_elements(table: &Table) -> bool {
    let Some(caption) = &table.caption else { return false };
    let caption = caption.text.to_lowercase();
    ["each", "item", "element", "where", "list of", "每个", "每一", "其中", "元素"]
        .iter()
        .any(|word| caption.contains(word))
}

/// The rows that are parameters of the call, without those of the elements of a list.
fn top_rows(table: &Table, columns: Columns) -> Vec<&crate::import::page::Row> {
    let mut rows = Vec::new();
    let mut in_list = false;
    for row in &table.rows {
        let is_runtime = ["recvWindow", "timestamp", "signature"].contains(&name(cell(row, columns.name)).as_str());
        in_list = in_list && !is_runtime;
        if row.depth == 0 && !in_list {
            rows.push(row);
            let text = columns.description.map_or("", |index| cell(row, index)).to_lowercase();
            let tells =
                ["each element", "each item", "elements are", "items are", "with the fields", "每个元素", "每一项"];
            in_list = page_type(cell(row, columns.ty)) == "LIST" && tells.iter().any(|word| text.contains(word));
        }
    }
    rows
}

/// Reads the parameters. None when the page has no section of them; an empty list when it says that there are none.
pub(super) fn read_params(page: &Page, names: &[String], said: &mut Said) -> Option<Vec<ParamFacts>> {
    let tables = tables(page);
    if tables.is_empty() {
        return says_none(page).then(Vec::new);
    }
    let mut params: Vec<ParamFacts> = Vec::new();
    for (table, columns) in &tables {
        let tops = top_rows(table, *columns);
        for row in &table.rows {
            let place = Place { file: page.file.clone(), line: row.line };
            let name = name(cell(row, columns.name));
            let is_top = tops.iter().any(|top| std::ptr::eq(*top, row));
            if name.is_empty() || !is_top {
                let text = row.cells.iter().filter(|cell| !cell.trim().is_empty()).cloned().collect::<Vec<_>>();
                if !text.is_empty() {
                    said.note(params.last().map(|param| param.name.as_str()), &text.join(" | "), &place);
                }
                continue;
            }
            let mut param = ParamFacts {
                name,
                page_type: page_type(cell(row, columns.ty)),
                required: is_required(row, *columns),
                line: row.line,
                ..ParamFacts::default()
            };
            let text = columns.description.map_or("", |index| cell(row, index));
            read_cell(text, &mut param, names, &place, said);
            if !params.iter().any(|known| known.name == param.name) {
                params.push(param);
            }
        }
    }
    Some(params)
}

fn says_none(page: &Page) -> bool {
    page.of_kind(SectionKind::Parameters).flat_map(|section| &section.blocks).any(|block| match block {
        Block::Prose { text, .. } => is_none(&text.text),
        _ => false,
    })
}

/// Returns whether a text says that there are no parameters.
pub(super) fn is_none(text: &str) -> bool {
    matches!(plain(text).trim_matches(['.', '。']), "none" | "无" | "无参数" | "noparameters" | "na" | "n/a" | "空")
}

/// Reads a table `Type | Additional mandatory parameters` into one rule for each of its rows.
pub(super) fn read_conditions(page: &Page, table: &Table, params: &[ParamFacts], names: &[String], said: &mut Said) {
    for row in &table.rows {
        let place = Place { file: page.file.clone(), line: row.line };
        let words = Compact::of(cell(row, 0), names, Quoted::All);
        let words = words.words_in(&words.text);
        let needed = Compact::of(cell(row, 1), names, Quoted::Capitals);
        let only_names = needed.text.chars().all(|letter| !letter.is_alphanumeric() || u32::from(letter) >= 0xE000);
        let needed = needed.names_in(&needed.text);
        let subject = kind_of_order(params, &words);
        match subject {
            Some(subject) if !words.is_empty() && !needed.is_empty() && only_names => {
                let when = |word: String| Finding::Rule {
                    when: vec![(subject.clone(), vec![word])],
                    requirement: RuleKind::Need(needed.clone()),
                };
                said.understand(words.into_iter().map(when).collect(), &place);
            }
            _ => said.note(None, &row.cells.join(" | "), &place),
        }
        for more in row.cells.iter().skip(2).filter(|cell| !cell.trim().is_empty()) {
            said.note(None, &format!("{}: {more}", cell(row, 0)), &place);
        }
    }
}

/// The parameter that says of which kind an order is: one that has these words, or one of such a name.
pub(super) fn kind_of_order(params: &[ParamFacts], words: &[String]) -> Option<String> {
    let has =
        |param: &&ParamFacts| param.words.as_ref().is_some_and(|known| words.iter().any(|word| known.contains(word)));
    let is_kind = |param: &&ParamFacts| {
        let name = param.name.to_ascii_lowercase();
        matches!(name.as_str(), "type" | "strategytype" | "ordertype")
    };
    let found = params.iter().filter(is_kind).find(has).or_else(|| params.iter().find(is_kind));
    found.or_else(|| params.iter().filter(|param| param.page_type == "ENUM").find(has)).map(|param| param.name.clone())
}
