//! What a page says of the fields of a reply: comments of examples, and tables of the answer.

use super::said::Said;
use super::sentence::{Compact, Quoted, sentences};
use super::table::{Columns, cell, name, page_type};
use super::words::words;
use crate::import::facts::seen::{Scalar, Seen};
use crate::import::facts::{FieldFacts, Json, Place};
use crate::import::page::{Page, Table};
use crate::spec::is_decimal;
use regex::Regex;
use std::sync::LazyLock;

/// Wordings by which a page says that a field may be absent.
const ABSENT: [&str; 31] = [
    "will not return",
    "only have when",
    "if existing",
    "if appliable",
    "if applicable",
    "才有",
    "will not be returned",
    "will not return",
    "won't be returned",
    "not exist if",
    "not be returned",
    "not returned",
    "only returned",
    "returned only",
    "only return",
    "return only",
    "appears only",
    "only appears",
    "only present",
    "only visible",
    "only exist",
    "may be absent",
    "may be null",
    "may be empty",
    "can be empty",
    "can be null",
    "仅在",
    "才返回",
    "才会返回",
    "不返回",
    "可能为空",
];

/// Adds what comments of an example say.
pub(super) fn add_comments(fields: &mut Vec<FieldFacts>, comments: Vec<(String, String)>) {
    for (path, text) in comments {
        let text = text.trim().trim_end_matches(['.', '。']).to_owned();
        if !text.is_empty() {
            add(fields, field(path, &text, None));
        }
    }
}

/// Reads a table of the answer.
pub(super) fn read_fields(
    page: &Page,
    table: &Table,
    columns: Columns,
    examples: &[Json],
    said: &mut Said,
) -> Vec<FieldFacts> {
    let prefix = if matches!(examples.first(), Some(Json::List(_))) { "[]." } else { "" };
    let mut fields = Vec::new();
    for row in &table.rows {
        let written = cell(row, columns.name).trim().trim_matches('`').to_owned();
        let is_path = written.contains('.') || written.contains("[]");
        let path = if is_path { written } else { format!("{prefix}{}", name(&written)) };
        if path == prefix {
            let place = Place { file: page.file.clone(), line: row.line };
            said.note(None, &row.cells.join(" | "), &place);
            continue;
        }
        let text = columns.description.map_or("", |index| cell(row, index));
        let ty = kind_of(&page_type(cell(row, columns.ty)), &path).to_owned();
        said.understood += 1;
        let mut read = field(path, text, Some(ty));
        let says_no = columns.required.is_some_and(|index| cell(row, index).eq_ignore_ascii_case("no"));
        if says_no && read.optional.is_none() {
            read.optional = Some("The page does not call it mandatory.".to_owned());
        }
        add(&mut fields, read);
    }
    fields
}

fn field(path: String, text: &str, page_type: Option<String>) -> FieldFacts {
    let lower = text.to_lowercase();
    // Words in a comment are examples unless it says that they are all.
    let says_all = ["enum", "枚举"].iter().any(|word| lower.contains(word)) || page_type.as_deref() == Some("word");
    let listed = all_listed(text).or_else(|| {
        let read =
            |sentence: &String| words(&Compact::of(sentence, &[], Quoted::Capitals), "").map(|(listed, _)| listed);
        sentences(text).iter().find_map(read).filter(|_| says_all)
    });
    let is_for_some = lower.contains('仅') && lower.contains("返回");
    let optional = (is_for_some || ABSENT.iter().any(|wording| lower.contains(wording))).then(|| text.to_owned());
    FieldFacts { path, doc: text.to_owned(), page_type, words: listed, optional }
}

/// What says that all words follow.
static ALL_FOLLOW: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)(?:\benums?|\bone of|枚举(?:值|类型)?)\s*[:：]?\s*(.+)$").ok());
/// A name behind which words in capitals are all of them.
static STATUS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)^(?:[a-z ]*status|状态)\s*[:：]\s*(.+)$").ok());
static ASIDE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[(（][^)）]*[)）]").ok());

/// Reads a list that says to be whole: `Enum: a, b`, `one of A (what it is), B (what it is)`.
fn all_listed(text: &str) -> Option<Vec<String>> {
    let named = ALL_FOLLOW.as_ref()?.captures(text);
    let is_named = named.is_some();
    let captures = named.or_else(|| STATUS.as_ref()?.captures(text))?;
    let rest = ASIDE.as_ref()?.replace_all(captures.get(1)?.as_str(), "").replace(" or ", ",").replace(" and ", ",");
    let parts: Vec<&str> = rest
        .split([',', '，', '、', '/', ';', '；', '或', '和'])
        .map(|part| part.trim_matches(|letter: char| letter.is_whitespace() || "\"`'“”.。".contains(letter)))
        .map(without_gloss)
        .filter(|part| !part.is_empty())
        .collect();
    let is_one = |part: &&str| part.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    let fits = parts.len() > 1 && parts.iter().all(is_one) && (is_named || parts.iter().all(|part| is_word(part)));
    fits.then(|| parts.into_iter().map(str::to_owned).collect())
}

/// `alpha 甲类` without what it is in Chinese.
fn without_gloss(part: &str) -> &str {
    match part.split_once(char::is_whitespace) {
        Some((word, gloss)) if !gloss.chars().any(|letter| letter.is_ascii_alphanumeric()) => word,
        _ => part,
    }
}

/// The field of the reply of which a sentence says that its words follow: `Type in response has 3 enums:`.
pub(super) fn listed_below(text: &str) -> Option<String> {
    static FOLLOW: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?i)^(?:the )?`?([a-z]+)`? in (?:the )?response has \d+ (?:enums?|types|values|kinds)|^返回的`?([A-Za-z]+)`?(?:数据|字段)?有\s*\d+\s*种",
        )
        .ok()
    });
    let captures = FOLLOW.as_ref()?.captures(text.trim())?;
    captures.get(1).or_else(|| captures.get(2)).map(|name| name.as_str().to_owned())
}

/// The word with which an item of a list begins.
pub(super) fn word_of_item(text: &str) -> Option<String> {
    let word: String = text
        .trim_start_matches(['`', '"', ' '])
        .chars()
        .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_')
        .collect();
    is_word(&word).then_some(word)
}

/// Adds words to the fields of a name, in whatever case it is written.
pub(super) fn add_words(fields: &mut [FieldFacts], listed: &[(String, String)]) {
    for (name, word) in listed {
        let is_named =
            |field: &&mut FieldFacts| field.path.rsplit('.').next().is_some_and(|last| last.eq_ignore_ascii_case(name));
        for field in fields.iter_mut().filter(is_named) {
            let words = field.words.get_or_insert_default();
            if !words.contains(word) {
                words.push(word.clone());
            }
        }
    }
}

/// What kind of value the vendor's word for a type is.
fn kind_of(page_type: &str, path: &str) -> &'static str {
    match page_type {
        "LONG" | "INT" if is_time(path) => "time",
        "LONG" | "INT" => "integer",
        "DECIMAL" => "decimal",
        "BOOLEAN" => "bool",
        "ENUM" => "word",
        "LIST" => "list",
        "OBJECT" | "MAP" => "object",
        _ => "text",
    }
}

fn is_time(path: &str) -> bool {
    let name = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    ["time", "timestamp", "date"].iter().any(|end| name.ends_with(end))
}

/// Adds each field that an example shows, with the kind of its values and whether some reply does without it.
pub(super) fn add_shown(fields: &mut Vec<FieldFacts>, examples: &[Json]) {
    let (mut shown, mut moves) = (Vec::new(), Vec::new());
    let seen = Seen::of(examples);
    if seen.object.is_some() && seen.elements.as_ref().is_some_and(|elements| elements.object.is_some()) {
        moves.push((String::new(), "[].".to_owned()));
    }
    collect(&seen.with_rows_united(), "", &mut shown, &mut moves);
    // The order of the reply, and what only a comment or a table names behind it.
    let told = std::mem::take(fields);
    for field in shown {
        add(fields, field);
    }
    for mut field in told {
        field.path = moved(field.path, &moves);
        let is_shown = fields.iter().any(|known| known.path == field.path);
        // What a comment says of each element belongs to the list.
        if let Some(list) = field.path.strip_suffix("[]").filter(|list| !is_shown && !list.is_empty()) {
            let list = list.to_owned();
            match fields.iter_mut().find(|known| known.path == list) {
                Some(known) if known.doc.is_empty() => known.doc = field.doc,
                Some(known) => known.doc = format!("{}; {}", known.doc, field.doc),
                None => {}
            }
            continue;
        }
        if let Some(known) = fields.iter_mut().find(|known| known.path == field.path && field.words.is_some()) {
            known.page_type = known.page_type.take().filter(|ty| ty != "text").or(Some("word".to_owned()));
        }
        add(fields, field);
    }
}

/// A path as the fields have it: `<SYMBOL>` for a key that is data, and `[].` for one object that may also come in a list.
fn moved(path: String, moves: &[(String, String)]) -> String {
    moves.iter().fold(path, |path, (from, to)| match path.strip_prefix(from.as_str()) {
        Some(_) if from.is_empty() && path.starts_with("[]") => path,
        Some(rest) if from.is_empty() || rest.is_empty() || rest.starts_with(['.', '[']) => format!("{to}{rest}"),
        _ => path,
    })
}

fn collect(seen: &Seen, path: &str, shown: &mut Vec<FieldFacts>, moves: &mut Vec<(String, String)>) {
    if let Some(elements) = &seen.elements {
        let path = format!("{path}[]");
        if !elements.scalars.is_empty() && path.len() > 2 {
            shown.push(FieldFacts {
                path: path.clone(),
                doc: String::new(),
                // `assets[]` is an asset.
                page_type: kind_shown(elements, path.trim_end_matches("[]").trim_end_matches('s')).map(str::to_owned),
                words: None,
                optional: None,
            });
        }
        collect(elements, &path, shown, moves);
    }
    let Some(object) = &seen.object else { return };
    let prefix = if path.is_empty() { String::new() } else { format!("{path}.") };
    if object.as_map().is_some() {
        let path = format!("{prefix}<SYMBOL>");
        moves.extend(object.fields.iter().map(|(key, ..)| (format!("{prefix}{key}"), path.clone())));
        return collect(&object.merged(), &path, shown, moves);
    }
    for (key, seen, count) in &object.fields {
        let path = format!("{prefix}{key}");
        let optional = if *count < object.count {
            Some("Absent from some documented replies.")
        } else if seen.is_null {
            Some("Null in a documented reply.")
        } else if seen.is_empty && seen.elements.is_none() && seen.object.is_none() {
            Some("Empty in a documented reply.")
        } else {
            None
        };
        shown.push(FieldFacts {
            path: path.clone(),
            doc: String::new(),
            page_type: kind_shown(seen, &path).map(str::to_owned),
            words: None,
            optional: optional.map(str::to_owned),
        });
        collect(seen, &path, shown, moves);
    }
}

/// The kind of values that were seen; none when they tell nothing.
fn kind_shown(seen: &Seen, path: &str) -> Option<&'static str> {
    let name = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let all = |is: &dyn Fn(&Scalar) -> bool| !seen.scalars.is_empty() && seen.scalars.iter().all(is);
    let is_integer = |text: &str| text.parse::<i64>().is_ok();
    let is_code =
        ["asset", "symbol", "pair", "coin", "currency", "quote", "base"].iter().any(|end| name.ends_with(end));
    let is_prose = ["info", "msg", "message", "note", "remark"].contains(&name.as_str());
    let is_count = name.ends_with("leverage");
    Some(if seen.elements.is_some() {
        "list"
    } else if seen.object.is_some() {
        "object"
    } else if seen.scalars.is_empty() {
        return None;
    } else if all(&|scalar| matches!(scalar, Scalar::Bool(_)) || matches!(scalar.text().as_str(), "true" | "false")) {
        "bool"
    } else if is_time(path) && all(&|scalar| is_integer(&scalar.text())) {
        "time"
    } else if all(&|scalar| matches!(scalar, Scalar::Number(text) if is_integer(text)))
        || (is_count && all(&|scalar| is_integer(&scalar.text())))
    {
        "integer"
    } else if !name.ends_with("id") && all(&|scalar| is_decimal(&scalar.text())) {
        "decimal"
    } else if !is_code && !is_prose && all(&|scalar| is_word(&scalar.text())) {
        "word"
    } else {
        "text"
    })
}

fn is_word(text: &str) -> bool {
    text.len() > 1
        && text.starts_with(|first: char| first.is_ascii_uppercase())
        && text.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_')
}

/// Adds what is new of a field.
pub(super) fn add(fields: &mut Vec<FieldFacts>, field: FieldFacts) {
    match fields.iter_mut().find(|known| known.path == field.path) {
        Some(known) => {
            if known.doc.is_empty() {
                known.doc = field.doc;
            }
            known.page_type = known.page_type.take().or(field.page_type);
            known.words = known.words.take().or(field.words);
            known.optional = known.optional.take().or(field.optional);
        }
        None => fields.push(field),
    }
}
