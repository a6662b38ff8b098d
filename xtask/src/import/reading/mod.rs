//! From pages to facts: one reading for all layouts, in English and Chinese. Nothing is guessed: a sentence that no pattern
//! covers becomes a note.

mod bounds;
mod call;
mod cell;
mod fields;
mod finding;
mod length;
mod params;
mod pattern;
mod remarks;
mod resolve;
mod rules;
mod said;
mod sentence;
mod table;
#[cfg(test)]
mod tests;
mod unite;
mod weight;
mod windows;
mod words;

use super::example;
use super::facts::{CallFacts, Place};
use super::page::{Block, Example, Family, Language, Page, Section, SectionKind, Text};
use papi_spec::Access;
use said::Said;
use std::fmt;
use table::TableKind;

/// The facts of one call, and of which pages they were read.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) facts: CallFacts,
    pub(crate) sources: Vec<Source>,
    /// What was mended in examples, with its place.
    pub(crate) repairs: Vec<(String, Place)>,
}

/// One page of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) file: String,
    pub(crate) family: Family,
    pub(crate) language: Language,
}

/// Why a page has no facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) place: Place,
    pub(crate) reason: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.reason)
    }
}

/// Reads all pages and unites those of one call, in the order in which the calls come first.
pub(crate) fn read(pages: &[Page]) -> Result<Vec<Reading>, Refusal> {
    let mut readings: Vec<Reading> = Vec::new();
    for page in pages {
        let (facts, repairs) = read_page(page)?;
        let source = Source { file: page.file.clone(), family: page.family, language: page.language };
        let known =
            readings.iter_mut().find(|known| (known.facts.method, &known.facts.path) == (facts.method, &facts.path));
        match known {
            Some(known) => {
                let first = known.sources.first().map_or_else(String::new, |source| source.file.clone());
                unite::unite(&mut known.facts, &Place { file: first, line: 0 }, facts, &title_place(page));
                known.sources.push(source);
                known.repairs.extend(repairs);
            }
            None => readings.push(Reading { facts, sources: vec![source], repairs }),
        }
    }
    Ok(readings)
}

fn title_place(page: &Page) -> Place {
    Place { file: page.file.clone(), line: page.title.line }
}

/// Reads one page alone.
fn read_page(page: &Page) -> Result<(CallFacts, Vec<(String, Place)>), Refusal> {
    let (method, path) = call::call(page)?;
    let names = params::names(page);
    let mut said = Said::default();
    let weights = weight::read_weights(page, &names, &mut said);
    let mut facts = CallFacts {
        method,
        path,
        title: call::plain_title(&page.title.text),
        doc: None,
        address: page.address.clone(),
        access: call::access(&page.title.text),
        is_deprecated: call::is_deprecated(&page.title.text),
        retired_on: None,
        weight: weights.weight,
        orders: weights.orders,
        caps: Vec::new(),
        params: params::read_params(page, &names, &mut said),
        rules: Vec::new(),
        remarks: Vec::new(),
        examples: Vec::new(),
        fields: Vec::new(),
        notes: Vec::new(),
        conflicts: Vec::new(),
        understood: 0,
    };
    let repairs = read_examples(page, &mut facts, &mut said);
    for section in &page.sections {
        read_section(page, section, &names, &mut facts, &mut said);
    }
    fields::add_shown(&mut facts.fields, &facts.examples);
    fields::add_words(&mut facts.fields, &said.field_words);
    resolve::resolve(&said, &mut facts);
    facts.retired_on =
        said.notes.iter().filter(|note| note.of_param.is_none()).find_map(|note| call::retired_on(&note.text));
    facts.is_deprecated |= facts.retired_on.is_some();
    if facts.access.is_none() && !facts.is_deprecated && facts.params.as_ref().is_some_and(Vec::is_empty) {
        // Who makes a call that takes nothing at all, not even a time, cannot sign it.
        facts.access = Some(Access::None);
    }
    facts.notes = said.notes;
    facts.understood = said.understood;
    Ok((facts, repairs))
}

/// Reads the examples of the answer, and what their comments say.
fn read_examples(page: &Page, facts: &mut CallFacts, said: &mut Said) -> Vec<(String, Place)> {
    let mut repairs = Vec::new();
    let blocks = page.of_kind(SectionKind::Response).flat_map(|section| &section.blocks);
    let mut examples: Vec<&Example> = blocks
        .filter_map(|block| match block {
            Block::Example(example) => Some(example),
            _ => None,
        })
        .collect();
    // One that was printed again lost digits: the others stand before it.
    examples.sort_by_key(|example| example.is_reprinted);
    for example in examples {
        let place = |line| Place { file: page.file.clone(), line };
        let read = example::read(example);
        if read.is_empty() && example.text.chars().any(char::is_alphanumeric) {
            said.note(None, &format!("An example could not be read: {}", example.text), &place(example.line));
        }
        for one in read {
            repairs.extend(one.repairs.into_iter().map(|repair| (repair.kind.to_string(), place(repair.line))));
            fields::add_comments(&mut facts.fields, one.comments);
            unite::add_example(&mut facts.examples, one.json);
        }
    }
    repairs
}

/// Reads what stands in a section beside parameters, weights and examples.
fn read_section(page: &Page, section: &Section, names: &[String], facts: &mut CallFacts, said: &mut Said) {
    // How deep an item is that holds for those below it and was not understood.
    let mut under: Option<usize> = None;
    // The field of the reply whose words the items below one list, and how deep that one is.
    let mut words_of: Option<(String, usize)> = None;
    for (index, block) in section.blocks.iter().enumerate() {
        match block {
            Block::Prose { text, depth } => {
                if is_elsewhere(section, text, section.blocks.get(index + 1)) {
                    continue;
                }
                let place = Place { file: page.file.clone(), line: text.line };
                under = under.filter(|above| depth > above);
                words_of = words_of.filter(|(_, above)| depth > above);
                if let Some((field, _)) = &words_of {
                    said.field_words.extend(fields::word_of_item(&text.text).map(|word| (field.clone(), word)));
                }
                if let Some(field) = fields::listed_below(&text.text) {
                    words_of = Some((field, *depth));
                }
                if under.is_some() {
                    for sentence in sentence::sentences(&text.text) {
                        said.note(None, &sentence, &place);
                    }
                } else if section.kind == SectionKind::Description && facts.doc.is_none() {
                    read_description(text, names, &place, facts, said);
                } else if !said.read_prose(&text.text, names, &place) && ends_in_colon(&text.text) {
                    under = Some(*depth);
                }
            }
            Block::Table(table) => {
                let params = facts.params.clone().unwrap_or_default();
                match table::kind(table) {
                    TableKind::Conditions => params::read_conditions(page, table, &params, names, said),
                    TableKind::Fields(columns) => {
                        for field in fields::read_fields(page, table, columns, &facts.examples, said) {
                            fields::add(&mut facts.fields, field);
                        }
                    }
                    TableKind::Parameters(columns) if section.kind == SectionKind::Response => {
                        for field in fields::read_fields(page, table, columns, &facts.examples, said) {
                            fields::add(&mut facts.fields, field);
                        }
                    }
                    TableKind::Parameters(_) if section.kind != SectionKind::Response => {}
                    _ if matches!(section.kind, SectionKind::Weight(_)) => {}
                    _ => {
                        for row in &table.rows {
                            let place = Place { file: page.file.clone(), line: row.line };
                            said.note(None, &row.cells.join(" | "), &place);
                        }
                    }
                }
            }
            Block::Example(example) if section.kind != SectionKind::Response => {
                let place = Place { file: page.file.clone(), line: example.line };
                said.note(None, &example.text, &place);
            }
            Block::Example(_) => {}
        }
    }
}

/// Returns whether a paragraph is read elsewhere: the call, weights, the caption of a table, and that there are no parameters.
fn is_elsewhere(section: &Section, text: &Text, next: Option<&Block>) -> bool {
    let is_caption = matches!(next, Some(Block::Table(table))
        if table.caption.as_ref().is_some_and(|caption| caption.text == text.text));
    is_caption
        || matches!(section.kind, SectionKind::Weight(_))
        || (section.kind == SectionKind::Parameters && params::is_none(&text.text))
        || (section.kind == SectionKind::Request && text.text.contains("/papi/"))
}

fn ends_in_colon(text: &str) -> bool {
    text.trim_end().ends_with([':', '：'])
}

/// The first sentence that states no rule says what the call does.
fn read_description(text: &Text, names: &[String], place: &Place, facts: &mut CallFacts, said: &mut Said) {
    for sentence in sentence::sentences(&text.text) {
        let compact = sentence::Compact::of(&sentence, names, sentence::Quoted::Capitals);
        if let Some(found) = pattern::understand(&compact, None) {
            said.understand(found, place);
        } else if facts.doc.is_none() {
            facts.doc = Some(sentence.split_whitespace().collect::<Vec<_>>().join(" "));
            said.understood += 1;
        } else {
            said.note(None, &sentence, place);
        }
    }
}
