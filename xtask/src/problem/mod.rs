//! Problems of specs, each at its own place. They are collected and not returned early, so that one run reports all of them.

mod render;

pub(crate) use render::render;

use papi_spec::nearest;
use std::ops::Deref;

/// A spec file as it was read.
#[derive(Clone)]
pub(crate) struct Source {
    /// The path from the workspace root, with `/` on every system.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// A range of bytes in one of the sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Place {
    /// Which of the sources.
    pub(crate) source: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// A value together with where it was written.
#[derive(Debug, Clone, Default)]
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) place: Place,
}

impl<T> At<T> {
    pub(crate) fn new(value: T, place: Place) -> Self {
        Self { value, place }
    }
}

impl<T> Deref for At<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Severity {
    /// Nothing is written.
    Error,
    /// It is told, and everything goes on.
    Warning,
}

/// Something wrong with a spec.
pub(crate) struct Problem {
    severity: Severity,
    place: Place,
    title: String,
    help: Option<String>,
}

impl Problem {
    /// Adds what to do about it.
    pub(crate) fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Adds "did you mean", when one of the names is similar.
    pub(crate) fn suggest<'n>(&mut self, written: &str, names: impl IntoIterator<Item = &'n str>) -> &mut Self {
        if let Some(name) = nearest(written, names) {
            self.help = Some(format!("did you mean `{name}`?"));
        }
        self
    }
}

/// Everything found so far.
#[derive(Default)]
pub(crate) struct Problems {
    list: Vec<Problem>,
}

impl Problems {
    /// Notes a problem; details can be added to what is returned.
    pub(crate) fn at(&mut self, place: Place, title: impl Into<String>) -> &mut Problem {
        self.note(Severity::Error, place, title.into())
    }

    /// Notes what is probably wrong and stops nothing.
    pub(crate) fn warn(&mut self, place: Place, title: impl Into<String>) -> &mut Problem {
        self.note(Severity::Warning, place, title.into())
    }

    fn note(&mut self, severity: Severity, place: Place, title: String) -> &mut Problem {
        let index = self.list.len();
        self.list.push(Problem { severity, place, title, help: None });
        &mut self.list[index]
    }

    /// Returns the number of problems that stop the generation.
    pub(crate) fn errors(&self) -> usize {
        self.list.iter().filter(|problem| problem.severity == Severity::Error).count()
    }

    /// Returns where each problem that stops the generation begins in one of the sources, in reading order.
    #[cfg(feature = "import")]
    pub(crate) fn errors_in(&self, source: usize) -> Vec<usize> {
        let errors = self.in_order().into_iter().filter(|problem| problem.severity == Severity::Error);
        errors.filter(|problem| problem.place.source == source).map(|problem| problem.place.start).collect()
    }

    /// The problems in reading order.
    fn in_order(&self) -> Vec<&Problem> {
        let mut list: Vec<&Problem> = self.list.iter().collect();
        list.sort_by_key(|problem| (problem.place.source, problem.place.start));
        list
    }
}
