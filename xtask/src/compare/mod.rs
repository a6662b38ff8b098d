//! `cargo xtask compare`: what changed in the specs since a revision, and which version that needs.

mod change;
mod endpoint;
mod param;
mod render;
mod shape;
mod specs;
#[cfg(test)]
mod tests;

pub(crate) use change::{Change, Impact};
pub(crate) use specs::compare;

use crate::failure::Failure;
use crate::git::texts_at;
use crate::problem::{self, Problems};
use crate::spec::Specs;
use clap::ValueEnum;
use std::path::Path;

/// How changes are told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, by impact and type
    #[default]
    Text,
    /// For programs
    Json,
    /// As a section of CHANGELOG.md
    Changelog,
}

/// Compares the specs of a revision with those in the folder. Returns what to print.
pub(crate) fn run(root: &Path, revision: &str, format: Format) -> Result<String, Failure> {
    let before = specs_at(root, revision)?;
    let mut problems = Problems::default();
    let after = Specs::read(root, &mut problems)?;
    if problems.errors() > 0 {
        let rendered = problem::render(&after.sources, &problems, false);
        return Err(Failure::Specs { rendered, count: problems.errors() });
    }
    Ok(render::render(&compare(&before, &after), revision, format))
}

/// Reads the specs of a revision with the reader of today. Only their form has to be right: what is checked of their
/// meaning grows stricter, and stops no comparison.
fn specs_at(root: &Path, revision: &str) -> Result<Specs, Failure> {
    let mut texts = texts_at(root, revision, "spec")?;
    texts.retain(|(path, _)| Path::new(path).extension().is_some_and(|kind| kind == "yaml" || kind == "yml"));
    texts.sort();
    let mut problems = Problems::default();
    let specs = Specs::of_texts(texts, &mut problems);
    if problems.errors() == 0 {
        return Ok(specs);
    }
    let rendered = problem::render(&specs.sources, &problems, false);
    let first = rendered.split("\n\n").next().unwrap_or_default();
    Err(Failure::Check(format!(
        "the specs of {revision} are written in another language than this version of xtask reads; the first of {} places:\n\
         {first}\ncompare with a later revision",
        problems.errors()
    )))
}
