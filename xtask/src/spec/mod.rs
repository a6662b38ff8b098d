//! What was written: the spec files, read strictly and with positions. Nothing is judged here beyond the form.

mod endpoint;
mod keys;
mod paging;
mod param;
mod retired;
mod rule;
mod settle;
mod shared;
mod span;
mod types;
mod vocabulary;
mod yaml;

pub(crate) use endpoint::{Call, Cap, Endpoint, Weight};
pub(crate) use paging::Paging;
pub(crate) use param::{Bound, Form as Constructor, Param, is_decimal};
pub(crate) use retired::RetiredCall;
pub(crate) use rule::{Condition, Demand, Grouping, Rule, State, Window};
pub(crate) use settle::{Ask, Keeps, Shows, StateWords};
pub(crate) use shared::{Named, Shared, Word, WordSet};
pub(crate) use span::Span;
pub(crate) use types::{Body, Either, Field, Shape, TypeUse};
pub(crate) use vocabulary::{Form, Meaning, Vocabulary, is_taken};
pub(crate) use yaml::{Entry, Kind, Node};

use crate::failure::Failure;
use crate::problem::{Place, Problems, Source};
use std::fs;
use std::path::{Path, PathBuf};

/// A folder of specs.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Group {
    /// The folder, module and prefix of commands.
    pub(crate) name: &'static str,
    /// What its endpoints are about.
    pub(crate) about: &'static str,
}

impl Group {
    /// Whether a cargo feature of its name switches it. Calls that need no account are always there.
    pub(crate) fn is_optional(&self) -> bool {
        self.name != "market"
    }
}

/// The groups in the order in which they are listed everywhere.
pub(crate) static GROUPS: [Group; 6] = [
    Group { name: "um", about: "USDⓈ-M futures" },
    Group { name: "cm", about: "COIN-M futures" },
    Group { name: "margin", about: "Cross margin" },
    Group { name: "account", about: "The account as a whole" },
    Group { name: "market", about: "Nothing of the account" },
    Group { name: "stream", about: "The user data stream" },
];

/// All specs, and the texts they were read from.
#[derive(Default)]
pub(crate) struct Specs {
    pub(crate) sources: Vec<Source>,
    pub(crate) shared: Shared,
    pub(crate) retired: Vec<RetiredCall>,
    pub(crate) endpoints: Vec<Endpoint>,
}

impl Specs {
    /// Reads every file below `spec/`.
    pub(crate) fn read(root: &Path, problems: &mut Problems) -> Result<Self, Failure> {
        let mut specs = Self::default();
        let mut files = Vec::new();
        collect(&root.join("spec"), &mut files)?;
        for file in files {
            let text = fs::read_to_string(&file).map_err(|error| Failure::io("read", &file, error))?;
            let parts: Vec<_> =
                file.strip_prefix(root).unwrap_or(&file).iter().map(|part| part.to_string_lossy()).collect();
            specs.read_file(&parts.join("/"), text, problems);
        }
        Ok(specs)
    }

    fn read_file(&mut self, path: &str, text: String, problems: &mut Problems) {
        let source = self.sources.len();
        let place = Place { source, start: 0, end: text.lines().next().unwrap_or_default().trim_end().len() };
        let node = yaml::read(source, &text, problems);
        if path == "spec/types.yaml" {
            self.shared = node.map(|node| Shared::read(&node, problems)).unwrap_or_default();
        } else if path == "spec/retired.yaml" {
            self.retired = node.map(|node| retired::read_retired_calls(&node, problems)).unwrap_or_default();
        } else if let Some(file) = endpoint_file(path, place) {
            self.endpoints.extend(node.and_then(|node| Endpoint::read(file, &node, problems)));
        } else {
            let folders = GROUPS.iter().map(|group| group.name);
            let help = format!(
                "endpoints are `.yaml` files in {}; what they share is in `spec/types.yaml`",
                folders.clone().collect::<Vec<_>>().join(", ")
            );
            let folder = path.split('/').nth(1).unwrap_or_default();
            problems.at(place, format!("`{path}` is not where specs are")).help(help).suggest(folder, folders);
        }
        self.sources.push(Source { path: path.to_owned(), text });
    }
}

/// What the path of an endpoint's file says, if it is one.
fn endpoint_file(path: &str, place: Place) -> Option<endpoint::File> {
    let (folder, file) = path.strip_prefix("spec/")?.split_once('/')?;
    let group = GROUPS.iter().find(|group| group.name == folder)?;
    let stem = file.strip_suffix(".yaml").filter(|stem| !stem.contains('/'))?.to_owned();
    Some(endpoint::File { path: path.to_owned(), group, stem, place })
}

/// Finds all `.yaml` and `.yml` files, in a fixed order.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let failed = |error| Failure::io("read", folder, error);
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        paths.push(entry.map_err(failed)?.path());
    }
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml") {
            files.push(path);
        }
    }
    Ok(())
}
