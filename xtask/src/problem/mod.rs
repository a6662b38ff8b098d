//! Problems of specs, each at its own place. They are collected and not returned early, so that one run reports all of them.

mod render;
mod suggest;

pub(crate) use render::render;
pub(crate) use suggest::nearest;

use std::ops::Deref;

/// A spec file as it was read.
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

/// Something wrong with a spec.
pub(crate) struct Problem {
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
        let index = self.list.len();
        self.list.push(Problem { place, title: title.into(), help: None });
        &mut self.list[index]
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// The problems in reading order.
    fn in_order(&self) -> Vec<&Problem> {
        let mut list: Vec<&Problem> = self.list.iter().collect();
        list.sort_by_key(|problem| (problem.place.source, problem.place.start));
        list
    }
}
