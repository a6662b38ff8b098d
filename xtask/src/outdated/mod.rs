//! `cargo xtask outdated`: what pages of the vendor say that the specs do not.

mod call;
mod change_log;
mod compare;
mod drafted;
mod edit;
mod finding;
mod implied;
mod param;
mod render;
mod reply;
mod rules;
#[cfg(test)]
mod tests;
mod value;

pub(crate) use drafted::with_differences;

use crate::failure::Failure;
use crate::files::write;
use crate::import::page::{self, Family, Language, Page};
use crate::import::{Refused, reading};
use crate::problem::{self, Problems};
use crate::spec::Specs;
use clap::Args;
use compare::{FieldTypes, Languages, Told, ToldCall, compare};
use finding::Finding;
use render::{Format, line, render};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What `outdated` is told.
#[derive(Debug, Clone, Args)]
pub(crate) struct Options {
    #[allow(clippy::doc_markdown, reason = "it is the text of `--help`")]
    /// Saved pages of calls, an OpenAPI 3 document, or the saved change log. A page that tells of no call is skipped
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How to tell it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Write weights, defaults, bounds and added words into the specs, and tell only what is left
    #[arg(long)]
    apply: bool,
}

/// What the command has to say.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// For stdout.
    pub(crate) told: String,
    /// What was written, for stderr.
    pub(crate) written: String,
    /// Whether something differs still.
    pub(crate) is_outdated: bool,
}

/// Compares the files with the specs, and writes what needs no thought when it is asked to.
pub(crate) fn run(root: &Path, options: &Options) -> Result<Outcome, Refused> {
    let told = read(&options.files)?;
    let specs = specs(root)?;
    let findings = compare(&told, &specs);
    let applied: Vec<&Finding> = findings.iter().filter(|finding| options.apply && finding.edit.is_some()).collect();
    if applied.is_empty() {
        let told = render(&findings, &specs.sources, options.format);
        return Ok(Outcome { told, written: String::new(), is_outdated: !findings.is_empty() });
    }
    let edits: Vec<edit::Edit> = applied.iter().filter_map(|finding| finding.edit.clone()).collect();
    for (path, text) in edit::apply(&specs.sources, &edits) {
        write(&root.join(path), &text)?;
    }
    let written = applied.iter().map(|finding| format!("wrote {}\n", line(finding, &specs.sources))).collect();
    // What is left stands on other lines now.
    let specs = self::specs(root)?;
    let left = compare(&told, &specs);
    Ok(Outcome { told: render(&left, &specs.sources, options.format), written, is_outdated: !left.is_empty() })
}

fn specs(root: &Path) -> Result<Specs, Failure> {
    let mut problems = Problems::default();
    let specs = Specs::read(root, &mut problems)?;
    if problems.errors() == 0 {
        return Ok(specs);
    }
    let rendered = problem::render(&specs.sources, &problems, false);
    Err(Failure::Specs { rendered, count: problems.errors() })
}

/// Reads all files. Change logs are told apart first, for they look like pages without a call.
fn read(files: &[PathBuf]) -> Result<Told, Refused> {
    let mut told = Told::default();
    let mut pages: Vec<Page> = Vec::new();
    let mut without_call = Vec::new();
    for file in files {
        let name = file.display().to_string();
        let bytes = fs::read(file).map_err(|error| Refused::Input(format!("cannot read {name}: {error}")))?;
        if let Some(announcements) = std::str::from_utf8(&bytes).ok().and_then(change_log::read) {
            told.announcements.extend(announcements.into_iter().map(|one| (one, name.clone())));
            continue;
        }
        match page::read(&name, &bytes) {
            Ok(read) => pages.extend(read),
            Err(refusal) if refusal.is_no_call() => without_call.push(refusal),
            Err(refusal) => return Err(Refused::Input(refusal.to_string())),
        }
    }
    let readings = reading::read(&pages).map_err(|refusal| Refused::Input(refusal.to_string()))?;
    if let (true, true, Some(refusal)) = (readings.is_empty(), told.announcements.is_empty(), without_call.first()) {
        return Err(Refused::Input(refusal.to_string()));
    }
    let mut lists: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for reading in readings {
        let call = format!("{} {}", reading.facts.method, reading.facts.path);
        for source in
            reading.sources.iter().filter(|source| matches!(source.family, Family::Catalogue | Family::OpenApi))
        {
            lists.entry(source.file.clone()).or_default().push(call.clone());
        }
        let file = reading.sources.first().map(|source| source.file.clone()).unwrap_or_default();
        let has = |language| reading.sources.iter().any(|source| source.language == language);
        let both = has(Language::English) && has(Language::Chinese);
        let languages = if both { Languages::Both } else { Languages::One };
        told.calls.push(ToldCall { facts: reading.facts, file, languages, types: FieldTypes::Form });
    }
    told.lists = lists.into_values().collect();
    Ok(told)
}
