//! What changes of specs mean, as tables: one row for each kind of change, and one for each change that the vendor made.

mod replay;
mod revision;
mod table;

use super::{Change, Impact, compare};
use crate::problem::{self, Problems};
use crate::spec::Specs;

/// Texts of spec files, which edits change.
#[derive(Clone)]
pub(super) struct Texts(Vec<(String, String)>);

/// In which file, what, and what stands there afterwards. Without the first the whole file is written; an empty file is none.
pub(super) type Edit = (&'static str, &'static str, &'static str);

impl Texts {
    fn of(texts: &[(&str, &str)]) -> Self {
        Self(texts.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect())
    }

    fn edited(&self, edits: &[Edit]) -> Self {
        let mut texts = self.clone();
        for &(path, from, to) in edits {
            let file = texts.0.iter_mut().find(|(each, _)| each == path);
            match file {
                Some((_, text)) if from.is_empty() => *text = to.to_owned(),
                Some((_, text)) => {
                    assert!(text.contains(from), "{path} has no {from:?}");
                    *text = text.replacen(from, to, 1);
                }
                None => texts.0.push((path.to_owned(), to.to_owned())),
            }
        }
        texts.0.retain(|(_, text)| !text.is_empty());
        texts.0.sort();
        texts
    }

    fn read(&self) -> Specs {
        let mut problems = Problems::default();
        let specs = Specs::of_texts(self.0.clone(), &mut problems);
        assert_eq!(problems.errors(), 0, "{}", problem::render(&specs.sources, &problems, false));
        specs
    }

    /// Compares with what edits make of it.
    fn changes_by(&self, edits: &[Edit]) -> Vec<Change> {
        compare(&self.read(), &self.edited(edits).read())
    }
}

fn told(changes: &[Change]) -> Vec<String> {
    changes.iter().map(|change| format!("{} {}: {}", change.impact.as_str(), change.subject, change.text)).collect()
}

fn is_breaking(changes: &[Change]) -> bool {
    changes.iter().any(|change| change.impact == Impact::Breaking)
}
