//! The oldest compiler that our crates name must be enough for what they depend on. Tests and this xtask may need a newer one.

use crate::failure::Failure;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A version such as 1.89 or 1.89.0.
type Version = [u64; 3];

/// Says which crates need a newer compiler than the published crates that depend on them, of what `cargo metadata` prints.
pub(super) fn too_old_for(metadata: &str) -> Result<Vec<String>, Failure> {
    let metadata: Value = serde_json::from_str(metadata)
        .map_err(|error| Failure::Check(format!("cargo metadata printed no JSON: {error}")))?;
    let packages: BTreeMap<&str, &Value> = by_id(&metadata["packages"]).collect();
    let nodes: BTreeMap<&str, &Value> = by_id(&metadata["resolve"]["nodes"]).collect();
    let members = list(&metadata["workspace_members"]).iter().filter_map(Value::as_str);
    let mut found = BTreeSet::new();
    for member in members {
        // `publish = false` is an empty list of registries.
        let Some(package) = packages.get(member).filter(|package| !package["publish"].is_array()) else { continue };
        let Some(ours) = package["rust_version"].as_str() else {
            found.insert(format!("{} names no rust-version", text(package, "name")));
            continue;
        };
        for needed in needed_by(member, &nodes) {
            let Some(package) = packages.get(needed) else { continue };
            let Some(theirs) = package["rust_version"].as_str() else { continue };
            if version(theirs) > version(ours) {
                let (name, its_version) = (text(package, "name"), text(package, "version"));
                found.insert(format!("{name} {its_version} needs Rust {theirs}, rust-version is {ours}"));
            }
        }
    }
    Ok(found.into_iter().collect())
}

/// Returns everything that is compiled for a package, without what only its tests need.
fn needed_by<'a>(package: &'a str, nodes: &BTreeMap<&str, &'a Value>) -> BTreeSet<&'a str> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![package]);
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        let Some(node) = nodes.get(id) else { continue };
        for dependency in list(&node["deps"]) {
            let mut kinds = list(&dependency["dep_kinds"]).iter().map(|kind| &kind["kind"]);
            if kinds.any(|kind| kind.as_str() != Some("dev")) {
                open.extend(dependency["pkg"].as_str());
            }
        }
    }
    seen
}

fn by_id(list_of: &Value) -> impl Iterator<Item = (&str, &Value)> {
    list(list_of).iter().filter_map(|each| Some((each["id"].as_str()?, each)))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text<'a>(package: &'a Value, key: &str) -> &'a str {
    package[key].as_str().unwrap_or_default()
}

fn version(text: &str) -> Version {
    let mut parts = text.split('.').map(|part| part.parse().unwrap_or_default());
    std::array::from_fn(|_| parts.next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// Metadata of a published crate `ours` and an unpublished `chores`, which both name 1.89. The first depends on `needed`
    /// by way of `between`, and on `tests` for its tests; the second depends on `tool`.
    fn metadata(needed: &str) -> String {
        let package = |name: &str, rust: &str, publish: Value| json!({"id": name, "name": name, "version": "1.0.0", "rust_version": rust, "publish": publish});
        let on = |name: &str, kind: Value| json!({"pkg": name, "dep_kinds": [{"kind": kind}]});
        json!({
            "packages": [
                package("ours", "1.89", Value::Null),
                package("chores", "1.89", json!([])),
                package("between", "1.80.1", Value::Null),
                package("needed", needed, Value::Null),
                package("tests", "1.99", Value::Null),
                package("tool", "1.99", Value::Null),
            ],
            "workspace_members": ["ours", "chores"],
            "resolve": {"nodes": [
                {"id": "ours", "deps": [on("between", Value::Null), on("tests", json!("dev"))]},
                {"id": "between", "deps": [on("needed", json!("build"))]},
                {"id": "chores", "deps": [on("tool", Value::Null)]},
            ]},
        })
        .to_string()
    }

    #[test]
    fn a_dependency_that_needs_more_is_named() {
        for fine in ["1.89", "1.89.0", "1.9", "1.88.5"] {
            assert_eq!(too_old_for(&metadata(fine)).expect("metadata"), [""; 0], "{fine}");
        }
        for more in ["1.90", "1.89.1", "2"] {
            let sentence = format!("needed 1.0.0 needs Rust {more}, rust-version is 1.89");
            assert_eq!(too_old_for(&metadata(more)).expect("metadata"), [sentence], "{more}");
        }
        assert!(too_old_for("no JSON").is_err());
    }

    #[test]
    fn a_published_crate_names_a_version() {
        let without = metadata("1.89").replacen(r#""rust_version":"1.89""#, r#""rust_version":null"#, 2);
        assert_eq!(too_old_for(&without).expect("metadata"), ["ours names no rust-version"]);
    }
}
