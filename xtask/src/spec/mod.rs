//! Reads the spec files strictly and with positions. Only their form is checked here.

mod constraint;
mod date;
mod differs;
mod endpoint;
mod event;
mod keys;
mod paging;
mod param;
pub(crate) mod reserved;
mod retired;
mod settle;
mod shared;
mod span;
mod types;
mod vocabulary;
mod yaml;

pub(crate) use constraint::{Constraints, Mention, Must};
#[cfg(feature = "import")]
pub(crate) use differs::Difference;
pub(crate) use endpoint::{Endpoint, Weight};
pub(crate) use event::{Common, Event};
pub(crate) use paging::Paging;
pub(crate) use param::{Constructor, Param, is_decimal};
pub(crate) use retired::RetiredCall;
pub(crate) use settle::{Ask, Shows, StateWords};
pub(crate) use shared::{Named, Printing, Shared, Word, WordSet};
pub(crate) use types::{Body, Either, Field, Shape, TypeUse};
pub(crate) use vocabulary::{Meaning, Notation, Vocabulary};
#[cfg(feature = "import")]
pub(crate) use yaml::read as read_yaml;
pub(crate) use yaml::{Entry, Kind, Node};

use date::read_date;
use span::read_span;

use crate::failure::Failure;
use crate::files::read;
use crate::problem::{Place, Problems, Source};
use papi_spec::Group;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of events.
const EVENTS: &str = "events";

/// Keeps a text for as long as the program runs. The data that specs are read into is made for constants.
fn forever(text: &str) -> &'static str {
    text.to_owned().leak()
}

/// All specs, and the texts they were read from.
#[derive(Clone, Default)]
pub(crate) struct Specs {
    pub(crate) sources: Vec<Source>,
    pub(crate) shared: Shared,
    pub(crate) retired: Vec<RetiredCall>,
    pub(crate) endpoints: Vec<Endpoint>,
    pub(crate) events: Vec<Event>,
}

impl Specs {
    /// Reads every file below `spec/`.
    pub(crate) fn read(root: &Path, problems: &mut Problems) -> Result<Self, Failure> {
        let mut files = Vec::new();
        collect(&root.join("spec"), &mut files)?;
        let mut texts = Vec::new();
        for file in files {
            let parts: Vec<_> =
                file.strip_prefix(root).unwrap_or(&file).iter().map(|part| part.to_string_lossy()).collect();
            texts.push((parts.join("/"), read(&file)?));
        }
        Ok(Self::of_texts(texts, problems))
    }

    /// Reads files that are given with their paths from the workspace root.
    pub(crate) fn of_texts(texts: Vec<(String, String)>, problems: &mut Problems) -> Self {
        let mut specs = Self::default();
        for (path, text) in texts {
            specs.read_file(&path, text, problems);
        }
        specs
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
        } else if let Some(file) = event_file(path, place) {
            self.events.extend(node.and_then(|node| Event::read(file, &node, problems)));
        } else {
            let folders = Group::ALL.into_iter().map(Group::as_str);
            let help = format!(
                "endpoints are `.yaml` files in {}, and events in events; what they share is in `spec/types.yaml`",
                folders.clone().collect::<Vec<_>>().join(", ")
            );
            let folder = path.split('/').nth(1).unwrap_or_default();
            problems
                .at(place, format!("`{path}` is not where specs are"))
                .help(help)
                .suggest(folder, folders.chain([EVENTS]));
        }
        self.sources.push(Source { path: path.to_owned(), text });
    }
}

impl Specs {
    /// Returns these specs with one more file, which takes the place of what was at its path and of what described its call.
    /// The number is that of the new source.
    #[cfg(feature = "import")]
    pub(crate) fn with(&self, path: &str, text: String, problems: &mut Problems) -> (Self, usize) {
        let mut specs = self.clone();
        specs.endpoints.retain(|endpoint| endpoint.file.path != path);
        let (before, source) = (specs.endpoints.len(), specs.sources.len());
        specs.read_file(path, text, problems);
        let added = specs.endpoints.get(before).and_then(|endpoint| endpoint.call.as_ref()).map(|call| call.value);
        let mut index = 0;
        specs.endpoints.retain(|endpoint| {
            index += 1;
            index > before || added.is_none() || endpoint.call.as_ref().map(|call| call.value) != added
        });
        (specs, source)
    }

    /// The names of all shapes that are part of the reply of an endpoint, or of an event, whose file declares these types.
    pub(crate) fn shapes_of<'s>(&'s self, reply: &'s TypeUse, types: &'s [Shape]) -> BTreeSet<&'s str> {
        let mut reached = BTreeSet::new();
        reach(reply, &Vocabulary::of(&self.shared, types), &mut reached);
        reached
    }

    /// The names of the shapes of `types.yaml` that the replies of a group have.
    pub(crate) fn shared_shapes_of(&self, group: Group) -> Vec<&str> {
        let endpoints = self.endpoints.iter().filter(|endpoint| endpoint.file.group == group);
        let reached: BTreeSet<&str> =
            endpoints.flat_map(|endpoint| self.shapes_of(&endpoint.reply, &endpoint.types)).collect();
        let is_shared = |name: &&str| self.shared.shapes.iter().any(|shape| *shape.name == **name);
        reached.into_iter().filter(is_shared).collect()
    }
}

fn reach<'s>(ty: &'s TypeUse, vocabulary: &Vocabulary<'s>, reached: &mut BTreeSet<&'s str>) {
    ty.names(&mut |name| reach_name(name, vocabulary, reached));
}

fn reach_name<'s>(name: &'s str, vocabulary: &Vocabulary<'s>, reached: &mut BTreeSet<&'s str>) {
    let Some(shape) = vocabulary.shape(name) else { return };
    if !reached.insert(&shape.name.value) {
        return;
    }
    match &shape.body {
        Body::Fields(fields) => fields.iter().for_each(|field| reach(&field.ty, vocabulary, reached)),
        Body::Either(either) => either.types().for_each(|name| reach_name(name, vocabulary, reached)),
    }
}

/// What the path of an endpoint's file says, if it is one.
fn endpoint_file(path: &str, place: Place) -> Option<endpoint::File> {
    let (folder, file) = path.strip_prefix("spec/")?.split_once('/')?;
    let group = Group::ALL.into_iter().find(|group| group.as_str() == folder)?;
    let stem = file.strip_suffix(".yaml").filter(|stem| !stem.contains('/'))?.to_owned();
    Some(endpoint::File { path: path.to_owned(), group, stem, place })
}

/// What the path of an event's file says, if it is one.
fn event_file(path: &str, place: Place) -> Option<event::EventFile> {
    let (folder, file) = path.strip_prefix("spec/")?.split_once('/')?;
    let stem = file.strip_suffix(".yaml").filter(|stem| folder == EVENTS && !stem.contains('/'))?.to_owned();
    Some(event::EventFile { path: path.to_owned(), stem, place })
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
