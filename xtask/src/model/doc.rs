//! Documentation as blocks. The emitter breaks them into lines.

/// The documentation of one item.
#[derive(Default)]
pub(crate) struct Doc {
    pub(crate) blocks: Vec<Block>,
}

pub(crate) enum Block {
    /// A paragraph of text from a spec.
    Text(String),
    Heading(&'static str),
    /// The items of one list.
    Items(Vec<String>),
    /// Lines of Markdown that stay as they are.
    Lines(Vec<String>),
}

impl Doc {
    /// Returns one paragraph.
    pub(crate) fn text(text: &str) -> Self {
        Self { blocks: vec![Block::Text(sentence(text))] }
    }

    /// Adds where it was taken from, and when.
    pub(super) fn add_source(&mut self, doc_url: &str, verified_on: &str) {
        self.blocks.push(Block::Heading("Source"));
        self.blocks
            .push(Block::Lines(vec![format!("[Vendor's page]({doc_url}),"), format!("compared on {verified_on}.")]));
    }

    /// Returns the text of the first paragraph.
    pub(crate) fn first(&self) -> &str {
        match self.blocks.first() {
            Some(Block::Text(text)) => text,
            _ => "",
        }
    }

    /// Returns one paragraph of several sentences.
    pub(crate) fn sentences(texts: &[String]) -> Self {
        let texts: Vec<String> = texts.iter().map(|text| sentence(text)).collect();
        Self { blocks: vec![Block::Text(texts.join(" "))] }
    }
}

/// Returns the text on one line, with a full stop at its end.
fn sentence(text: &str) -> String {
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if !text.ends_with(['.', '!', '?', ':']) {
        text.push('.');
    }
    text
}
