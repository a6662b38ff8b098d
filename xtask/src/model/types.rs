//! Types of specs in Rust's words, and what has to be imported for them.

use crate::spec::{Meaning, TypeUse, Vocabulary};
use std::collections::BTreeSet;

/// What one generated file imports.
#[derive(Default)]
pub(crate) struct Imports {
    /// Names of the crate's root.
    pub(crate) of_crate: BTreeSet<String>,
    pub(crate) map: bool,
}

impl Imports {
    fn name(&mut self, name: &str, vocabulary: &Vocabulary<'_>) {
        let is_prelude = matches!(vocabulary.find(name), Some(Meaning::Scalar(scalar)) if scalar.prelude);
        if !is_prelude && !vocabulary.is_own(name) {
            self.of_crate.insert(name.to_owned());
        }
    }
}

/// The Rust type, its names noted as imports.
pub(crate) fn rust_type(ty: &TypeUse, vocabulary: &Vocabulary<'_>, imports: &mut Imports) -> String {
    match ty {
        TypeUse::Named(name) => {
            imports.name(name, vocabulary);
            name.value.clone()
        }
        TypeUse::List(inner) => format!("Vec<{}>", rust_type(inner, vocabulary, imports)),
        TypeUse::OneOrMany(inner) => {
            imports.of_crate.insert("OneOrMany".to_owned());
            format!("OneOrMany<{}>", rust_type(inner, vocabulary, imports))
        }
        TypeUse::Map(key, value) => {
            imports.map = true;
            let key = rust_type(key, vocabulary, imports);
            format!("BTreeMap<{key}, {}>", rust_type(value, vocabulary, imports))
        }
        // Specs with problems never get here.
        TypeUse::Unreadable => String::new(),
    }
}
