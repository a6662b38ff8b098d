//! Names that a spec cannot give, because the library or Rust has them already. Those of the library are read from its
//! source, so that a new one needs no entry here.

use std::collections::BTreeSet;
use std::sync::LazyLock;
use syn::{Item, TraitItem, UseTree};

/// The roots of the crate that generated code is part of, and of the one that holds the vocabulary.
const LIBRARY: [&str; 2] =
    [include_str!("../../../crates/types/src/lib.rs"), include_str!("../../../crates/spec/src/lib.rs")];
/// The source of the trait that every request has.
const REQUEST: &str = include_str!("../../../crates/types/src/endpoint.rs");

/// What generated files take from Rust's prelude and standard library.
const OF_RUST: [&str; 23] = [
    "BTreeMap", "Box", "Clone", "Copy", "Debug", "Default", "Display", "Eq", "Err", "From", "Hash", "Into", "Iterator",
    "None", "Ok", "Option", "Ord", "Result", "Self", "Some", "String", "Unknown", "Vec",
];

static TYPES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let mut names: BTreeSet<String> = OF_RUST.into_iter().map(str::to_owned).collect();
    for source in LIBRARY {
        collect_items(parsed(source), &mut names);
    }
    names
});

static METHODS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let of_every_type = ["clone", "example", "from_pairs", "new"].map(str::to_owned);
    let of_requests = parsed(REQUEST).into_iter().flat_map(|item| match item {
        Item::Trait(request) if request.ident == "Endpoint" => request.items,
        _ => Vec::new(),
    });
    let names = of_requests.filter_map(|item| match item {
        TraitItem::Fn(method) => Some(method.sig.ident.to_string()),
        _ => None,
    });
    of_every_type.into_iter().chain(names).collect()
});

/// Returns whether a type of this name would hide one of the library, or of Rust.
pub(crate) fn is_type(name: &str) -> bool {
    TYPES.contains(name)
}

/// Returns whether every request has a function of this name, so that no parameter or constructor can have it.
pub(crate) fn is_method(name: &str) -> bool {
    METHODS.contains(name)
}

fn parsed(source: &str) -> Vec<Item> {
    syn::parse_file(source).map(|file| file.items).unwrap_or_default()
}

/// The names that a module and those in it export.
fn collect_items(items: Vec<Item>, names: &mut BTreeSet<String>) {
    for item in items {
        match item {
            Item::Use(exported) => collect(&exported.tree, names),
            Item::Mod(module) => collect_items(module.content.map(|(_, items)| items).unwrap_or_default(), names),
            _ => {}
        }
    }
}

/// The names that a `use` brings into a module.
fn collect(tree: &UseTree, names: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => collect(&path.tree, names),
        UseTree::Group(group) => group.items.iter().for_each(|tree| collect(tree, names)),
        UseTree::Name(name) => {
            names.insert(name.ident.to_string());
        }
        UseTree::Rename(renamed) => {
            names.insert(renamed.rename.to_string());
        }
        UseTree::Glob(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{is_method, is_type};

    #[test]
    fn what_the_library_exports_is_reserved() {
        for name in ["Page", "Paged", "Field", "Schema", "CloseKind", "Symbol", "Constraint", "Vec"] {
            assert!(is_type(name), "{name}");
        }
        assert!(!is_type("ForceOrder") && !is_type("Side"), "those come from specs");
    }

    #[test]
    fn what_every_request_has_is_reserved() {
        for name in ["info", "each", "check", "encode", "client_ids", "cost", "new", "from_pairs", "clone"] {
            assert!(is_method(name), "{name}");
        }
        assert!(!is_method("symbol") && !is_method("parse"));
    }
}
