//! What cargo knows of this workspace: its crates, their versions, which are published, and where things are built.

use crate::cargo;
use crate::failure::Failure;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Stdio;

pub(crate) struct WorkspaceFacts {
    /// Where things are built.
    pub(crate) target: PathBuf,
    pub(crate) crates: Vec<Crate>,
}

/// A crate of the workspace.
pub(crate) struct Crate {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) is_published: bool,
}

/// Asks cargo. Nothing is fetched.
pub(crate) fn read(root: &Path) -> Result<WorkspaceFacts, Failure> {
    let text = cargo::cargo(root, &["metadata", "--no-deps", "--format-version", "1"], &[], Stdio::piped())?;
    let incomplete = || Failure::Check("cargo metadata does not tell of the workspace".to_owned());
    let metadata: Value = serde_json::from_str(&text).map_err(|_| incomplete())?;
    let target = metadata["target_directory"].as_str().ok_or_else(incomplete)?;
    let packages = metadata["packages"].as_array().ok_or_else(incomplete)?;
    let text = |package: &Value, key: &str| package[key].as_str().map(ToOwned::to_owned).ok_or_else(incomplete);
    let crates = packages.iter().map(|package| {
        // `publish = false` is an empty list of registries.
        let is_published = !package["publish"].is_array();
        Ok(Crate { name: text(package, "name")?, version: text(package, "version")?, is_published })
    });
    Ok(WorkspaceFacts { target: target.into(), crates: crates.collect::<Result<_, Failure>>()? })
}

impl WorkspaceFacts {
    /// Returns the version of a crate.
    pub(crate) fn version_of(&self, name: &str) -> Result<&str, Failure> {
        let found = self.crates.iter().find(|each| each.name == name);
        found.map(|each| each.version.as_str()).ok_or_else(|| Failure::Check(format!("there is no crate {name}")))
    }
}
