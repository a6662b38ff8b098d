//! Attributes as data, in the grammar that the macros read: entries, each a word, a value, or a group of entries.

/// An attribute.
pub(crate) struct Annotation {
    pub(crate) name: &'static str,
    pub(crate) entries: Vec<Entry>,
    /// Whether each entry has a line of its own even when one line would do.
    pub(crate) tall: bool,
}

impl Annotation {
    pub(crate) fn new(name: &'static str, entries: Vec<Entry>) -> Self {
        Self { name, entries, tall: false }
    }

    /// `#[example(r#"{}"#)]`
    pub(crate) fn example(json: &str) -> Self {
        Self::new("example", vec![Entry::raw(json)])
    }
}

/// A part of an attribute.
pub(crate) enum Entry {
    /// Tokens that stay together.
    Plain(String),
    /// A name with entries in parentheses.
    Group(String, Vec<Entry>),
}

impl Entry {
    pub(crate) fn plain(tokens: impl Into<String>) -> Self {
        Self::Plain(tokens.into())
    }

    pub(crate) fn group(name: impl Into<String>, entries: Vec<Self>) -> Self {
        Self::Group(name.into(), entries)
    }

    /// `"text"`
    pub(crate) fn quoted(text: &str) -> Self {
        Self::Plain(format!("{text:?}"))
    }

    /// `r#"text"#`, with as many `#` as the text needs.
    pub(crate) fn raw(text: &str) -> Self {
        let mut fence = String::new();
        while text.contains(&format!("\"{fence}")) {
            fence.push('#');
        }
        Self::Plain(format!("r{fence}\"{text}\"{fence}"))
    }

    /// `name = tokens`
    pub(crate) fn is(name: &str, tokens: &str) -> Self {
        Self::Plain(format!("{name} = {tokens}"))
    }

    /// `name = "text"`
    pub(crate) fn says(name: &str, text: &str) -> Self {
        Self::Plain(format!("{name} = {text:?}"))
    }

    /// `name(a, b)`
    pub(crate) fn names<'n>(name: &str, names: impl IntoIterator<Item = &'n str>) -> Self {
        Self::group(name, names.into_iter().map(Self::plain).collect())
    }
}
