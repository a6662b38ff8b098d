//! Prints attributes. Rustfmt leaves those alone that are not in Rust's own form, so they are broken into lines here.

use crate::model::{Annotation, Entry};

const WIDTH: usize = 120;
const STEP: &str = "    ";

/// The attribute on a line of its own, or on several.
pub(crate) fn attribute(indent: &str, annotation: &Annotation) -> String {
    let name = annotation.name;
    if annotation.entries.is_empty() {
        return format!("{indent}#[{name}]\n");
    }
    let flat = format!("{indent}#[{name}({})]", flat_list(&annotation.entries));
    // A literal cannot be broken, and alone it needs no line of its own.
    let is_literal = matches!(annotation.entries.as_slice(), [Entry::Plain(_)]);
    if is_literal || (!annotation.tall && flat.chars().count() <= WIDTH) {
        return format!("{flat}\n");
    }
    if let [Entry::Group(inner, entries)] = annotation.entries.as_slice() {
        let lines = tall_list(&format!("{indent}{STEP}"), entries);
        return format!("{indent}#[{name}({inner}(\n{lines}{indent}))]\n");
    }
    let lines = tall_list(&format!("{indent}{STEP}"), &annotation.entries);
    format!("{indent}#[{name}(\n{lines}{indent})]\n")
}

fn flat_list(entries: &[Entry]) -> String {
    entries.iter().map(flat).collect::<Vec<_>>().join(", ")
}

fn flat(entry: &Entry) -> String {
    match entry {
        Entry::Plain(tokens) => tokens.clone(),
        Entry::Group(name, entries) => format!("{name}({})", flat_list(entries)),
    }
}

/// Each entry on a line, or on several where one is too short.
fn tall_list(indent: &str, entries: &[Entry]) -> String {
    let line = |entry: &Entry| {
        let line = format!("{indent}{},\n", flat(entry));
        match entry {
            Entry::Group(name, entries) if line.chars().count() > WIDTH => {
                let lines = tall_list(&format!("{indent}{STEP}"), entries);
                format!("{indent}{name}(\n{lines}{indent}),\n")
            }
            _ => line,
        }
    };
    entries.iter().map(line).collect()
}
