//! The lines between two `---` that some scrapers put before a page.

/// What stands in front of a page.
#[derive(Debug, Default)]
pub(super) struct FrontMatter<'a> {
    entries: Vec<(&'a str, &'a str)>,
    /// How many lines it takes, its rules included.
    pub(super) lines: usize,
}

impl<'a> FrontMatter<'a> {
    /// Reads it from the beginning of a text. Nothing is read where there is none, or where it does not end.
    pub(super) fn read(text: &'a str) -> Self {
        let mut lines = text.lines();
        if lines.next().map(str::trim_end) != Some("---") {
            return Self::default();
        }
        let mut entries = Vec::new();
        for (at, line) in lines.enumerate() {
            if line.trim_end() == "---" {
                return Self { entries, lines: at + 2 };
            }
            if let Some((key, value)) = line.split_once(':') {
                entries.push((key.trim(), value.trim().trim_matches(['"', '\''])));
            }
        }
        Self::default()
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    pub(super) fn get(&self, key: &str) -> Option<&'a str> {
        self.entries.iter().find(|(known, _)| *known == key).map(|(_, value)| *value)
    }

    /// The address from which the page was saved.
    pub(super) fn address(&self) -> Option<&'a str> {
        ["source_url", "url", "source"].iter().filter_map(|key| self.get(key)).find(|value| value.contains("://"))
    }
}
