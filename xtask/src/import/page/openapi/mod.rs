//! `OpenAPI` 3 documents: each operation becomes a page with the sections and tables that pages have, so that whoever reads
//! facts need not know where they came from.

mod document;
mod schema;

use super::heading;
use super::markdown;
use super::piece::PieceKind;
use super::text::{is_chinese, one_space};
use super::{Block, Example, Family, Language, Page, Pool, Reason, Refusal, Row, Section, SectionKind, Table, Text};
use crate::import::facts::Json;
use document::{Part, written};
use schema::{Schema, Schemas};

const METHODS: [&str; 5] = ["get", "post", "put", "delete", "patch"];

/// How deep the schemas of a reply stand in each other at most.
const DEEPEST: usize = 24;

/// Returns a page for each operation.
pub(super) fn pages(file: &str, text: &str) -> Result<Vec<Page>, Refusal> {
    let not_a_page = |(line, why)| Refusal::new(file, line, Reason::NotAPage(why));
    let document = document::read(text).map_err(not_a_page)?;
    if document.get("openapi").is_none() || document.get("paths").is_none() {
        return Err(not_a_page((1, "it is JSON or YAML without `openapi` and `paths`".to_owned())));
    }
    let schemas = Schemas::of(&document);
    let mut pages = Vec::new();
    for (path, item) in document.fields("paths") {
        let item = schemas.follow(item);
        for method in METHODS {
            if let Some(operation @ Json::Object(_)) = item.get(method) {
                schemas.next_call();
                let call = Call { schemas: &schemas, item, operation, line: line_of(text, path, method) };
                let request = format!("{} {}{path}", method.to_uppercase(), base_path(&document));
                pages.push(call.page(file, request, &document));
            }
        }
    }
    if pages.is_empty() { Err(Refusal::new(file, 0, Reason::NoCall)) } else { Ok(pages) }
}

/// The path that a server puts before all paths.
fn base_path(document: &Json) -> &str {
    let url = document.list("servers").first().and_then(|server| server.text("url")).unwrap_or_default();
    let path =
        url.split_once("://").map_or(url, |(_, rest)| rest.split_once('/').map_or("", |(host, _)| &rest[host.len()..]));
    let path = path.trim_end_matches('/');
    if path.starts_with('/') { path } else { "" }
}

/// The line on which an operation begins, as far as text tells.
fn line_of(text: &str, path: &str, method: &str) -> usize {
    let is_key = |at: &usize| text[at + path.len()..].trim_start_matches(['"', '\'']).trim_start().starts_with(':');
    let Some(at) = text.match_indices(path).map(|(at, _)| at).find(is_key) else { return 0 };
    let behind = text[at..].match_indices(method).map(|(offset, _)| at + offset);
    let own = behind.into_iter().find(|at| {
        let before = text[..*at].trim_end_matches(['"', '\'']).chars().next_back();
        let after = text[at + method.len()..].trim_start_matches(['"', '\'']).trim_start();
        before.is_none_or(|before| before.is_whitespace() || before == '{' || before == ',') && after.starts_with(':')
    });
    1 + text[..own.unwrap_or(at)].matches('\n').count()
}

/// One operation.
struct Call<'a> {
    schemas: &'a Schemas<'a>,
    /// What all operations of the path share.
    item: &'a Json,
    operation: &'a Json,
    line: usize,
}

impl<'a> Call<'a> {
    fn page(&self, file: &str, request: String, document: &Json) -> Page {
        let named = ["summary", "operationId"].iter().find_map(|key| self.operation.text(key)).unwrap_or_default();
        let is_marked = named.to_ascii_lowercase().contains("deprecated");
        let mark = if self.operation.is_true("deprecated") && !is_marked { " (Deprecated)" } else { "" };
        let title = format!("{}{mark}", one_space(named));
        let mut sections = self.description();
        sections.extend(self.parameters());
        sections.extend(self.response());
        let is_foreign = is_chinese(&title) || self.operation.text("description").is_some_and(is_chinese);
        let docs = self.operation.get("externalDocs").or_else(|| document.get("externalDocs"));
        Page {
            file: file.to_owned(),
            family: Family::OpenApi,
            language: if is_foreign { Language::Chinese } else { Language::English },
            title: self.text(title),
            address: docs.and_then(|docs| docs.text("url")).map(str::to_owned),
            request: Some(self.text(request)),
            sections,
        }
    }

    fn text(&self, text: String) -> Text {
        Text { text, line: self.line }
    }

    fn section(&self, kind: SectionKind, blocks: Vec<Block>) -> Section {
        Section { kind, heading: self.text(String::new()), blocks }
    }

    /// The description is Markdown, and may hold whole sections.
    fn description(&self) -> Vec<Section> {
        let Some(text) = self.operation.text("description") else { return Vec::new() };
        let mut sections = vec![self.section(SectionKind::Description, Vec::new())];
        let mut last = 0;
        for piece in markdown::pieces(&super::text::without_invisible(text), 1, Family::Markdown) {
            match piece.kind {
                PieceKind::Heading { text, .. } => {
                    let kind = heading::kind_of(&text).unwrap_or(SectionKind::Other);
                    last = sections.len();
                    sections.push(Section { kind, heading: self.text(text), blocks: Vec::new() });
                }
                PieceKind::Prose(prose) => match section_in_line(&prose.text, prose.bold) {
                    // The line is the whole section.
                    Some((kind, rest)) if !rest.is_empty() => {
                        let block = Block::Prose { text: self.text(rest), depth: 0 };
                        sections.push(self.section(kind, vec![block]));
                    }
                    Some((kind, _)) => {
                        last = sections.len();
                        sections.push(self.section(kind, Vec::new()));
                    }
                    None => {
                        let block = Block::Prose { text: self.text(prose.text), depth: prose.depth };
                        sections[last].blocks.push(block);
                    }
                },
                PieceKind::Table(mut table) => {
                    table.rows.iter_mut().for_each(|row| row.line = self.line);
                    sections[last].blocks.push(Block::Table(table));
                }
                PieceKind::Code { text, .. } => {
                    let example = Example { line: self.line, text, is_reprinted: false };
                    sections[last].blocks.push(Block::Example(example));
                }
            }
        }
        sections.retain(|section| !section.blocks.is_empty() || section.kind != SectionKind::Description);
        sections
    }

    fn parameters(&self) -> Option<Section> {
        let mut rows: Vec<Row> = Vec::new();
        let mut add = |row: Row| {
            if !rows.iter().any(|known| known.cells[0] == row.cells[0]) {
                rows.push(row);
            }
        };
        let body = self.operation.get("requestBody").map(|body| self.schemas.follow(body));
        let lists = ["parameters"].iter().flat_map(|key| self.operation.list(key).iter().chain(self.item.list(key)));
        for parameter in lists.map(|parameter| self.schemas.follow(parameter)) {
            let is_sent = !matches!(parameter.text("in"), Some("header" | "cookie"));
            // The signature is no parameter on pages: it follows from the access.
            if let Some(name) = parameter.text("name").filter(|name| is_sent && *name != "signature") {
                let schema = parameter.get("schema").or_else(|| media(parameter).and_then(|media| media.get("schema")));
                let schema = schema.map(|schema| self.schemas.whole(schema)).unwrap_or_default();
                let is_required = parameter.is_true("required") || parameter.text("in") == Some("path");
                add(self.parameter(name, is_required, parameter.text("description"), &schema));
            }
        }
        if let Some(schema) = body.and_then(media).and_then(|media| media.get("schema")) {
            let schema = self.schemas.whole(schema);
            for (name, field) in schema.fields.iter().filter(|(name, _)| *name != "signature") {
                let is_required = schema.required.as_ref().is_some_and(|required| required.contains(name));
                let field = self.schemas.whole(field);
                add(self.parameter(name, is_required, None, &field));
            }
        }
        let is_told =
            body.is_some() || self.operation.get("parameters").is_some() || self.item.get("parameters").is_some();
        let block = if rows.is_empty() {
            Block::Prose { text: self.text("None".to_owned()), depth: 0 }
        } else {
            let header = ["Name", "Type", "Mandatory", "Description"].map(str::to_owned).to_vec();
            Block::Table(Table { caption: None, header, rows })
        };
        is_told.then(|| self.section(SectionKind::Parameters, vec![block]))
    }

    fn parameter(&self, name: &str, is_required: bool, description: Option<&str>, schema: &Schema<'_>) -> Row {
        let required = if is_required { "YES" } else { "NO" };
        let said = said_of(description.or(schema.description), schema);
        self.row([name, schema.page_type(), required, &said])
    }

    fn row(&self, cells: [&str; 4]) -> Row {
        Row { line: self.line, depth: 0, cells: cells.map(str::to_owned).to_vec() }
    }

    fn response(&self) -> Option<Section> {
        let responses = self.operation.fields("responses");
        let good = responses.iter().find(|(status, _)| status.starts_with('2'));
        let (_, response) = good.or_else(|| responses.iter().find(|(status, _)| status == "default"))?;
        let response = self.schemas.follow(response);
        let mut blocks = Vec::new();
        if let Some(text) = response.text("description").filter(|text| !is_empty_word(text)) {
            blocks.push(Block::Prose { text: self.text(one_space(text)), depth: 0 });
        }
        let media = media(response);
        let schema = media.and_then(|media| media.get("schema"));
        if let Some(schema) = schema {
            let mut rows = Vec::new();
            self.fields(schema, "", &[], &mut rows);
            if !rows.is_empty() {
                let header = ["Field", "Type", "Mandatory", "Description"].map(str::to_owned).to_vec();
                blocks.push(Block::Table(Table { caption: None, header, rows }));
            }
        }
        let own = media.and_then(|media| media.get("example"));
        let named = media.map_or(&[][..], |media| media.fields("examples"));
        let named = named.iter().filter_map(|(_, example)| self.schemas.follow(example).get("value"));
        let mut examples: Vec<&Json> = own.into_iter().chain(named).collect();
        if let Some(example) =
            schema.and_then(|schema| self.schemas.whole(schema).example).filter(|_| examples.is_empty())
        {
            examples.push(example);
        }
        for example in examples {
            // A document may hold its example as a text.
            let text = if let Json::Text(text) = example { text.clone() } else { written(example) };
            blocks.push(Block::Example(Example { line: self.line, text, is_reprinted: false }));
        }
        Some(self.section(SectionKind::Response, blocks))
    }

    /// Lists the fields of a reply with their whole paths: `[].legs[].price`, `<KEY>.price`. What holds itself is listed once.
    fn fields(&self, part: &'a Json, path: &str, around: &[&'a Json], rows: &mut Vec<Row>) {
        let part = self.schemas.follow(part);
        let is_known = around.iter().any(|known| std::ptr::eq(*known, part));
        if is_known || around.len() > DEEPEST || self.schemas.is_over() {
            return;
        }
        let within = [around, &[part]].concat();
        let schema = self.schemas.whole(part);
        for variant in &schema.variants {
            self.fields(variant, path, &within, rows);
        }
        if let Some(items) = schema.items {
            self.fields(items, &format!("{path}[]"), &within, rows);
        }
        let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        if let Some(values) = schema.values {
            self.fields(values, &below("<KEY>"), &within, rows);
        }
        for (name, field) in &schema.fields {
            let own = below(name);
            if rows.iter().any(|row| row.cells[0] == own) {
                continue;
            }
            let required = match &schema.required {
                Some(required) if required.contains(name) => "YES",
                Some(_) => "NO",
                None => "",
            };
            let whole = self.schemas.whole(field);
            rows.push(self.row([&own, whole.page_type(), required, &said_of(whole.description, &whole)]));
            self.fields(field, &own, &within, rows);
        }
    }
}

/// The one kind of content that counts: JSON or a form, or else the first.
fn media(part: &Json) -> Option<&Json> {
    let contents = part.fields("content");
    let wanted = contents.iter().find(|(kind, _)| kind.contains("json") || kind.contains("form"));
    wanted.or(contents.first()).map(|(_, media)| media)
}

/// What a description and a schema say, as a cell says it.
fn said_of(description: Option<&str>, schema: &Schema<'_>) -> String {
    let mut parts: Vec<String> = description.map(one_space).filter(|text| !text.is_empty()).into_iter().collect();
    let bare = |value: &Json| match value {
        Json::Text(text) => text.clone(),
        value => written(value),
    };
    let bounds = [("Default", schema.default), ("min", schema.minimum), ("max", schema.maximum)];
    let bounds =
        bounds.iter().filter_map(|(name, value)| Some(format!("{name} {}", bare((*value)?)))).collect::<Vec<_>>();
    if !bounds.is_empty() {
        parts.push(format!("{}.", bounds.join("; ")));
    }
    if !schema.words.is_empty() {
        parts.push(schema.words.iter().map(|word| format!("`{}`", bare(word))).collect::<Vec<_>>().join(", "));
    }
    parts.extend(schema.pattern.map(|pattern| format!("`{pattern}`")));
    if schema.is_nullable {
        parts.push("May be `null`.".to_owned());
    }
    parts.join("\n")
}

/// A section that a single line gives: `Weight(IP): 5`.
fn section_in_line(text: &str, bold: usize) -> Option<(SectionKind, String)> {
    if let Some((kind, _, rest)) = heading::pseudo(text, bold) {
        return Some((kind, rest));
    }
    let (name, rest) = text.split_once([':', '：'])?;
    let kind = heading::kind_of(name)?;
    matches!(kind, SectionKind::Weight(Pool::Ip | Pool::Order | Pool::Uid)).then(|| (kind, rest.trim().to_owned()))
}

/// What documents say of a reply when they say nothing.
fn is_empty_word(text: &str) -> bool {
    let text = text.trim().trim_end_matches('.');
    text.is_empty()
        || ["ok", "success", "successful", "successful operation", "successful response", "成功"]
            .contains(&text.to_lowercase().as_str())
}
