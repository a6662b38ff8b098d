//! Reads `differs` of the specs: where a spec says on purpose another thing than its page. Generated code does not have it.

use super::difference::Difference;
use super::read::entries;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const SPECS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec");

/// Of a file below `spec/`, what is about differences.
#[derive(Deserialize)]
struct SpecFile {
    call: Option<String>,
    event: Option<String>,
    #[serde(default)]
    differs: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    of: OneOrMany,
    page: String,
    because: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

/// What the specs say of how they differ from their pages.
pub(super) struct Said {
    /// The file of each call and event.
    files: BTreeMap<String, String>,
    /// What the page says, by call or event, and subject.
    entries: BTreeMap<(String, String), String>,
}

impl Said {
    /// Reads the specs of all calls and events.
    pub(super) fn read() -> Self {
        let mut said = Self { files: BTreeMap::new(), entries: BTreeMap::new() };
        let folders = entries(Path::new(SPECS)).into_iter().filter(|path| path.is_dir());
        for file in folders.flat_map(|folder| entries(&folder)) {
            let text = fs::read_to_string(&file).expect("a spec");
            let spec: SpecFile =
                serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            let of = spec.call.or(spec.event.map(|event| format!("event {event}"))).expect("a call or an event");
            let name = file.strip_prefix(SPECS).expect("a file of the specs").display().to_string();
            for entry in spec.differs {
                let subjects = match entry.of {
                    OneOrMany::One(subject) => vec![subject],
                    OneOrMany::Many(subjects) => subjects,
                };
                assert!(!entry.because.trim().is_empty(), "{name}: {subjects:?} without a reason");
                for subject in subjects {
                    let before = said.entries.insert((of.clone(), subject.clone()), entry.page.clone());
                    assert!(before.is_none(), "{name}: two entries of {subject}");
                }
            }
            said.files.insert(of, format!("spec/{name}"));
        }
        said
    }

    /// Returns whether the spec says of this difference that the page says this.
    pub(super) fn says(&self, difference: &Difference) -> bool {
        self.entries.get(&(difference.of.clone(), difference.subject.clone())) == Some(&difference.facts)
    }

    /// Returns what to add to which file.
    pub(super) fn to_add(&self, difference: &Difference) -> String {
        let file = self.files.get(&difference.of).map_or(difference.of.as_str(), String::as_str);
        let Difference { subject, facts, ours, .. } = difference;
        format!("{file}: {{ of: \"{subject}\", page: \"{facts}\", because: .., since: .. }}; the spec has {ours}")
    }

    /// Returns the entries that are about none of the differences.
    pub(super) fn without<'a>(&'a self, found: &'a [Difference]) -> impl Iterator<Item = String> + 'a {
        let is_found = |of: &str, subject: &str, page: &str| {
            found.iter().any(|one| (one.of.as_str(), one.subject.as_str(), one.facts.as_str()) == (of, subject, page))
        };
        let gone = self.entries.iter().filter(move |((of, subject), page)| !is_found(of, subject, page));
        gone.map(|((of, subject), page)| format!("{}: {subject}, page: {page}", self.files[of]))
    }
}
