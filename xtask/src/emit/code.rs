//! Lays expressions and attributes out in lines. Rustfmt leaves attributes alone, so their lines are broken here as it would.

const WIDTH: usize = 120;
const STEP: &str = "    ";

/// An expression, or what stands between the brackets of an attribute.
pub(crate) enum Code {
    /// Tokens that stay together.
    Plain(String),
    /// Parts between brackets: `name(a, b)`, `[a, b]`, `&[a, b]`.
    List { open: String, parts: Vec<Code>, close: &'static str },
    /// Method calls: `first.second(..).third(..)`.
    Chain(Vec<Code>),
    /// `key = value`.
    Is(String, Box<Code>),
}

impl Code {
    /// `name(a, b)`.
    pub(crate) fn call(name: &str, parts: Vec<Self>) -> Self {
        Self::List { open: format!("{name}("), parts, close: ")" }
    }

    /// `[a, b]`.
    pub(crate) fn array(parts: Vec<Self>) -> Self {
        Self::List { open: "[".to_owned(), parts, close: "]" }
    }

    /// `&["a", "b"]`.
    pub(crate) fn texts<T: AsRef<str>>(texts: &[T]) -> Self {
        let parts = texts.iter().map(|text| Self::text(text.as_ref())).collect();
        Self::List { open: "&[".to_owned(), parts, close: "]" }
    }

    /// `"text"`.
    pub(crate) fn text(text: &str) -> Self {
        Self::Plain(format!("{text:?}"))
    }

    /// `r#"text"#`, with as many `#` as the text needs.
    pub(crate) fn raw_text(text: &str) -> Self {
        let mut fence = String::new();
        while text.contains(&format!("\"{fence}")) {
            fence.push('#');
        }
        Self::Plain(format!("r{fence}\"{text}\"{fence}"))
    }

    /// `key = value`.
    pub(crate) fn is(key: &str, value: Self) -> Self {
        Self::Is(key.to_owned(), Box::new(value))
    }

    /// `key = "text"`.
    pub(crate) fn says(key: &str, text: &str) -> Self {
        Self::is(key, Self::text(text))
    }

    /// The code on one line, however long it is.
    pub(super) fn flat(&self) -> String {
        let all = |parts: &[Self], between: &str| parts.iter().map(Self::flat).collect::<Vec<_>>().join(between);
        match self {
            Self::Plain(tokens) => tokens.clone(),
            Self::List { open, parts, close } => format!("{open}{}{close}", all(parts, ", ")),
            Self::Chain(parts) => all(parts, "."),
            Self::Is(key, value) => format!("{key} = {}", value.flat()),
        }
    }

    /// The lines of the code when `used` columns of the first are taken and `after` columns follow the last. Further lines
    /// are indented by `indent`.
    fn lines(&self, indent: &str, used: usize, after: usize) -> String {
        let flat = self.flat();
        if used + flat.chars().count() + after <= WIDTH {
            return flat;
        }
        match self {
            Self::Plain(_) => flat,
            Self::List { open, parts, close } => format!("{open}\n{}{indent}{close}", tall(indent, parts)),
            Self::Chain(parts) => {
                let next = format!("\n{indent}{STEP}.");
                let lines = |part: &Self| part.lines(&format!("{indent}{STEP}"), next.len() - 1, 1);
                parts.iter().map(lines).collect::<Vec<_>>().join(&next)
            }
            Self::Is(key, value) => format!("{key} = {}", value.lines(indent, used + key.len() + 3, after)),
        }
    }
}

/// Each part on a line of its own, or on several.
fn tall(indent: &str, parts: &[Code]) -> String {
    let indent = format!("{indent}{STEP}");
    parts.iter().map(|part| format!("{indent}{},\n", part.lines(&indent, indent.len(), 1))).collect()
}

/// An attribute, on one line when it fits.
pub(crate) fn attribute(indent: &str, name: &str, parts: Vec<Code>) -> String {
    if parts.is_empty() {
        return format!("{indent}#[{name}]\n");
    }
    let is_literal = matches!(parts.as_slice(), [Code::Plain(_)]);
    let all = Code::List { open: format!("#[{name}("), parts, close: ")]" };
    // A literal cannot be broken, and alone it needs no line of its own.
    let lines = if is_literal { all.flat() } else { all.lines(indent, indent.len(), 0) };
    format!("{indent}{lines}\n")
}

/// An attribute with a line for each part.
pub(crate) fn tall_attribute(name: &str, parts: &[Code]) -> String {
    format!("#[{name}(\n{})]\n", tall("", parts))
}
