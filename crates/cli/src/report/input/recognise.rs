//! Which dataset a file holds, by its columns: they never change within a version of the schema.

use super::table::Table;
use crate::export::{Dataset, RawColumn, SCHEMA_VERSION};
use crate::failure::Failure;
use crate::request::Endpoints;
use std::cmp::Reverse;
use std::path::Path;

/// Refuses a file with another version of the columns than this program has.
pub(super) fn check_version(path: &Path, version: &str) -> Result<(), Failure> {
    if version == SCHEMA_VERSION.to_string() {
        return Ok(());
    }
    let text = format!(
        "{} has version {version} of the columns, and this program reads version {SCHEMA_VERSION}",
        path.display()
    );
    Err(Failure::bad_input(text).hint("export it again with this version of papi"))
}

/// Returns the names of the datasets that have just the columns of a file. Those of income have the same.
pub(super) fn recognise(path: &Path, table: &Table, endpoints: Endpoints) -> Result<Vec<String>, Failure> {
    let shown = path.display();
    if let Some(version) = &table.schema_version {
        check_version(path, version)?;
    }
    if table.columns.is_empty() {
        return Err(Failure::bad_input(format!("{shown} is empty"))
            .hint("an export without rows has at least a header, unless it is of JSON lines"));
    }
    let datasets = || endpoints.iter().filter_map(|info| Dataset::of(info, RawColumn::Without));
    let is_it = |dataset: &Dataset| {
        let named = table.dataset.as_ref().is_none_or(|name| *name == dataset.name);
        let mut theirs = table.columns.iter().filter(|column| *column != "raw");
        named && dataset.columns.iter().map(|column| &column.name).eq(theirs.by_ref())
    };
    let found: Vec<_> = datasets().filter(is_it).map(|dataset| dataset.name).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let shared =
        |dataset: &Dataset| dataset.columns.iter().filter(|column| table.columns.contains(&column.name)).count();
    let nearest = datasets()
        .filter(|dataset| dataset.name.ends_with("force-orders"))
        .max_by_key(|dataset| (shared(dataset), Reverse(dataset.columns.len())));
    let failure = Failure::bad_input(format!("{shown} is no export of forced closes, by its columns"));
    let difference = nearest.filter(|dataset| shared(dataset) > 2).map(|dataset| {
        let lacks = dataset.columns.iter().map(|column| &column.name).filter(|name| !table.columns.contains(name));
        let lacks: Vec<_> = lacks.map(String::as_str).collect();
        let what = if lacks.is_empty() {
            "it has others, or in another order".to_owned()
        } else {
            format!("it lacks {}", lacks.join(", "))
        };
        format!("of {} in version {SCHEMA_VERSION} of the columns {what}", dataset.name)
    });
    Err(failure
        .hints(difference)
        .hint("`papi export um-force-orders --out closes.csv` writes what a report is made of"))
}
