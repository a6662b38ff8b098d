//! The command: reads the pages it is given, and writes all drafts or none.

use super::draft::{Dictionary, Draft, Names, draft};
use super::facts::json;
use super::page;
use super::reading::{self, Reading};
use super::summary::summary;
use crate::failure::Failure;
use crate::files::write;
use crate::outdated::with_differences;
use crate::problem::Problems;
use crate::spec::Specs;
use clap::Args;
use papi_spec::{Method, Route};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// What `import` is told.
#[derive(Debug, Clone, Args)]
pub(crate) struct Options {
    /// Saved pages: Markdown, HTML, or an `OpenAPI` 3 document in JSON or YAML. Pages of one call, such as its English and its
    /// Chinese one, are united
    #[arg(required = true, value_name = "PAGE")]
    pages: Vec<PathBuf>,
    /// Write the drafts into this folder, and no facts
    #[arg(long, value_name = "DIR", conflicts_with = "stdout")]
    out: Option<PathBuf>,
    /// Print the drafts, separated by `---`, and write nothing
    #[arg(long)]
    stdout: bool,
    /// Write over a spec that is there
    #[arg(long)]
    force: bool,
    /// Write what the pages say into `tests/facts`, and no drafts
    #[arg(long, conflicts_with_all = ["out", "stdout"])]
    facts: bool,
    /// Take this date for the day on which the pages are compared
    #[arg(long, hide = true, value_name = "DATE")]
    today: Option<String>,
}

/// What the command has to say.
#[derive(Debug)]
pub(crate) struct Told {
    /// For stdout.
    pub(crate) drafts: String,
    /// For stderr.
    pub(crate) summary: String,
    /// Whether pages disagree.
    pub(crate) has_conflicts: bool,
}

/// Why nothing was written.
#[derive(Debug)]
pub(crate) enum Refused {
    /// A page cannot become a draft; the message has the place.
    Input(String),
    Failed(Failure),
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// Imports the pages. `today` is the day on which they are compared, unless the options name another one.
pub(crate) fn run(root: &Path, options: &Options, today: &str) -> Result<Told, Refused> {
    let today = options.today.as_deref().unwrap_or(today);
    let readings = read(&options.pages)?;
    let mut problems = Problems::default();
    let specs = Specs::read(root, &mut problems)?;
    if !options.stdout && !options.facts && options.out.is_none() && !options.force {
        check_retired(&readings, &specs)?;
    }
    let drafts = drafts(&readings, specs, today);
    let mut files = Vec::new();
    for (reading, draft) in readings.iter().zip(&drafts) {
        if !options.facts && !options.stdout {
            let path = match &options.out {
                Some(folder) => folder.join(draft.path.trim_start_matches("spec/")),
                None => root.join(&draft.path),
            };
            files.push((path, draft.text.clone(), true));
        }
        if options.facts || (!options.stdout && options.out.is_none()) {
            files.push((facts_file(root, reading, draft), json::write(&reading.facts), options.facts));
        }
    }
    if let Some((path, ..)) = files.iter().find(|(path, _, is_asked)| *is_asked && !options.force && path.exists()) {
        let path = path.strip_prefix(root).unwrap_or(path).display();
        return Err(Refused::Input(format!(
            "{path} is there already; `--force` writes over it, `--stdout` shows the draft"
        )));
    }
    let mut summary = summary(&readings, &drafts);
    for (path, text, _) in &files {
        write(path, text)?;
        let _ = writeln!(summary, "wrote {}", path.strip_prefix(root).unwrap_or(path).display());
    }
    let texts: Vec<&str> = drafts.iter().map(|draft| draft.text.as_str()).collect();
    let has_conflicts = readings.iter().any(|reading| !reading.facts.conflicts.is_empty());
    Ok(Told { drafts: if options.stdout { texts.join("---\n") } else { String::new() }, summary, has_conflicts })
}

/// Reads all pages, or tells which of them cannot be read.
pub(crate) fn read(files: &[PathBuf]) -> Result<Vec<Reading>, Refused> {
    let mut pages = Vec::new();
    for file in files {
        let bytes =
            fs::read(file).map_err(|error| Refused::Input(format!("cannot read {}: {error}", file.display())))?;
        let read = page::read(&file.display().to_string(), &bytes);
        pages.extend(read.map_err(|refusal| Refused::Input(refusal.to_string()))?);
    }
    reading::read(&pages).map_err(|refusal| Refused::Input(refusal.to_string()))
}

/// A call that is gone must have no spec, so its draft would be refused where it stands.
fn check_retired(readings: &[Reading], specs: &Specs) -> Result<(), Refused> {
    for Reading { facts, sources, .. } in readings {
        let is_it = |call: &Route| call.method == facts.method && call.path == facts.path;
        if let Some(gone) = specs.retired.iter().find(|gone| is_it(&gone.call)) {
            let file = sources.first().map(|source| source.file.as_str()).unwrap_or_default();
            return Err(Refused::Input(format!(
                "{file}: `{}` was taken away on {}, as spec/retired.yaml says, so it has no spec; `--stdout` shows the draft",
                gone.call.value, *gone.retired.since
            )));
        }
    }
    Ok(())
}

/// Writes a draft for each call. Reads come first, so that the questions of the others find them.
fn drafts(readings: &[Reading], mut specs: Specs, today: &str) -> Vec<Draft> {
    let mut names = Names::default();
    let mut drafts: Vec<Option<Draft>> = vec![None; readings.len()];
    let (reads, others): (Vec<usize>, Vec<usize>) =
        (0..readings.len()).partition(|index| readings[*index].facts.method == Method::Get);
    for index in reads.into_iter().chain(others) {
        let facts = &readings[index].facts;
        let mut one = draft(facts, &mut names, today, Dictionary::of(&specs));
        one.text = with_differences(&one, facts, &specs, today);
        specs = specs.with(&one.path, one.text.clone(), &mut Problems::default()).0;
        drafts[index] = Some(one);
    }
    drafts.into_iter().flatten().collect()
}

/// Where the facts of a call stand: the file that has them already, or one that its path names.
fn facts_file(root: &Path, reading: &Reading, draft: &Draft) -> PathBuf {
    let facts = &reading.facts;
    let mut parts: Vec<&str> = facts.path.split('/').skip(2).filter(|part| *part != "v1").collect();
    if parts.first().is_some_and(|part| *part == draft.group.as_str()) {
        parts.remove(0);
    } else if parts.get(1).is_some_and(|part| *part == draft.group.as_str()) {
        parts.remove(1);
    }
    let name =
        format!("{}_{}.json", crate::rust_name::snake_case(&parts.join("_")), facts.method.as_str().to_lowercase());
    root.join("tests/facts").join(draft.group.as_str()).join(name)
}
