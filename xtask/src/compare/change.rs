//! One thing that changed in the specs, and what it means for those who use the library.

/// What a change means for a program that compiled before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Impact {
    /// It may compile no longer, which needs a major version.
    Breaking,
    /// There is something more to use.
    Additive,
    /// It compiles as before, and what happens then is another thing.
    Behaviour,
}

impl Impact {
    /// All, the worst first.
    pub(crate) const ALL: [Self; 3] = [Self::Breaking, Self::Additive, Self::Behaviour];

    /// Returns its word.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Additive => "additive",
            Self::Behaviour => "behaviour",
        }
    }
}

/// One thing that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) impact: Impact,
    /// The type that it is about, such as `um::ForceOrders`.
    pub(crate) subject: String,
    /// What changed, in a sentence without its full stop.
    pub(crate) text: String,
}

/// The changes of one subject.
pub(super) struct Changes<'a> {
    list: &'a mut Vec<Change>,
    subject: &'a str,
}

impl<'a> Changes<'a> {
    pub(super) fn of(subject: &'a str, list: &'a mut Vec<Change>) -> Self {
        Self { list, subject }
    }

    pub(super) fn add(&mut self, impact: Impact, text: impl Into<String>) {
        self.list.push(Change { impact, subject: self.subject.to_owned(), text: text.into() });
    }

    /// Notes another value of something that programs see only when they run.
    pub(super) fn value(&mut self, what: &str, before: Option<String>, after: Option<String>) {
        match (before, after) {
            (before, after) if before == after => {}
            (Some(before), Some(after)) => self.add(Impact::Behaviour, format!("{what} was {before} and is {after}")),
            (None, Some(after)) => self.add(Impact::Behaviour, format!("{what} is {after}; it had none")),
            (Some(before), None) => self.add(Impact::Behaviour, format!("{what} was {before} and has none")),
            (None, None) => {}
        }
    }

    /// Notes another type or name of something that programs name.
    pub(super) fn name(&mut self, what: &str, before: &str, after: &str) {
        if before != after {
            self.add(Impact::Breaking, format!("{what} was `{before}` and is `{after}`"));
        }
    }
}
