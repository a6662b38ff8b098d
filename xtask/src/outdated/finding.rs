//! One thing on which a page and a spec differ, and what to write into the spec.

use super::edit::Edit;
use crate::import::facts;
use crate::problem::{Place, Source};
use crate::spec::{Difference, Endpoint};

/// Stands for what one side does not say. `differs` of specs has the same word.
pub(super) const NOTHING: &str = "nothing";

/// Stands for something that one side has, and of which nothing else is said.
pub(super) const LISTED: &str = "listed";

/// What kind of thing differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// The page has it, and the spec has not.
    Added,
    /// The spec has it, and the page has not.
    Removed,
    Renamed,
    Retyped,
    Required,
    Access,
    Weight,
    Orders,
    Cap,
    Window,
    Rule,
    Bound,
    Default,
    Word,
    Optional,
    /// No page tells of the call any more.
    Gone,
    /// The exchange takes the call away.
    Retired,
    /// The change log speaks of the call.
    Announced,
    /// Two pages say different things.
    Disagree,
}

impl Change {
    /// Returns its word.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::Retyped => "retyped",
            Self::Required => "required",
            Self::Access => "access",
            Self::Weight => "weight",
            Self::Orders => "orders",
            Self::Cap => "cap",
            Self::Window => "window",
            Self::Rule => "rule",
            Self::Bound => "bound",
            Self::Default => "default",
            Self::Word => "word",
            Self::Optional => "optional",
            Self::Gone => "gone",
            Self::Retired => "retired",
            Self::Announced => "announced",
            Self::Disagree => "disagree",
        }
    }
}

/// One thing on which pages and specs differ.
#[derive(Debug, Clone)]
pub(crate) struct Finding {
    /// Method and path.
    pub(crate) call: String,
    pub(crate) change: Change,
    /// What it is about, as `differs` names it: `limit default`.
    pub(crate) subject: String,
    pub(crate) page: String,
    pub(crate) spec: String,
    /// What to write into the spec, or to do.
    pub(crate) write: String,
    /// Where the spec says it, or should; none when there is no spec.
    pub(crate) place: Option<Place>,
    /// Where the page says it; line 0 for the page as a whole.
    pub(crate) told: Option<facts::Place>,
    /// What writes it, where that needs no thought.
    pub(crate) edit: Option<Edit>,
}

/// The findings about one call, without what its spec says it differs in.
pub(super) struct Findings<'s> {
    pub(super) endpoint: &'s Endpoint,
    call: String,
    /// The first page of the call.
    page: facts::Place,
    pub(super) list: Vec<Finding>,
}

/// What a page and a spec say of one thing.
pub(super) struct Both {
    pub(super) page: String,
    pub(super) spec: String,
}

impl Both {
    pub(super) fn of(page: impl Into<String>, spec: impl Into<String>) -> Self {
        Self { page: page.into(), spec: spec.into() }
    }

    /// Only the page has it.
    pub(super) fn new_on_page() -> Self {
        Self::of(LISTED, NOTHING)
    }

    /// Only the spec has it.
    pub(super) fn gone_from_page() -> Self {
        Self::of(NOTHING, LISTED)
    }
}

impl<'s> Findings<'s> {
    pub(super) fn of(endpoint: &'s Endpoint, call: String, file: &str) -> Self {
        Self { endpoint, call, page: facts::Place { file: file.to_owned(), line: 0 }, list: Vec::new() }
    }

    /// Notes a difference, unless the spec says it, and returns it for what can be added.
    pub(super) fn add(
        &mut self,
        change: Change,
        subject: impl Into<String>,
        both: Both,
        place: Place,
        write: impl Into<String>,
    ) -> Option<&mut Finding> {
        let subject = subject.into();
        if is_said(&self.endpoint.differs, &subject, &both.page) {
            return None;
        }
        self.list.push(Finding {
            call: self.call.clone(),
            change,
            subject,
            page: both.page,
            spec: both.spec,
            write: write.into(),
            place: Some(place),
            told: Some(self.page.clone()),
            edit: None,
        });
        self.list.last_mut()
    }

    /// Notes that page and spec agree. A spec that says otherwise is out of date as well. Where languages disagree, one of them may
    /// say what the spec says.
    pub(super) fn agree(&mut self, change: Change, subject: &str, value: &str) {
        let differs = self.endpoint.differs.iter();
        let mut entries = differs.flat_map(|entry| entry.of.iter().map(move |of| (of, &entry.page)));
        let Some((of, page)) = entries.find(|(of, _)| ***of == *subject) else { return };
        if page.split(" or ").any(|one| one == value) {
            return;
        }
        let (place, write) = (of.place, format!("no `differs` of `{subject}`, which says {}", **page));
        self.add(change, subject, Both::of(value, value), place, write);
    }
}

impl Finding {
    /// Adds the line of the page that says it.
    pub(super) fn at_line(&mut self, line: usize) -> &mut Self {
        if let Some(told) = &mut self.told {
            told.line = line;
        }
        self
    }

    /// Returns the path, line and column of the spec, each counted from 1.
    pub(super) fn spec_place<'a>(&self, sources: &'a [Source]) -> Option<(&'a str, usize, usize)> {
        let place = self.place?;
        let source = sources.get(place.source)?;
        let before = source.text.get(..place.start)?;
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Some((&source.path, line, column))
    }
}

/// Returns whether a spec says that its page says this. Where languages disagree, it has all that they say.
pub(super) fn is_said(differs: &[Difference], subject: &str, page: &str) -> bool {
    let mut entries = differs.iter().filter(|entry| entry.of.iter().any(|of| **of == *subject));
    entries.any(|entry| *entry.page == *page || entry.page.split(" or ").any(|one| one == page))
}
