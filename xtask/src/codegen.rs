//! From specs to files, one way: read, check, model, emit, format, put. The lists of `llms.txt` go the same way.

use crate::failure::Failure;
use crate::files::{Folder, Mode, put};
use crate::model::Model;
use crate::problem::{self, Problems};
use crate::spec::Specs;
use crate::{check, emit, format, llms_txt};
use papi_spec::Timestamp;
use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::path::Path;

/// Where the generated files are, from the workspace root.
const GENERATED: &str = "crates/types/src/generated";

/// Does the same as [`run_on`] with the date of this machine's clock.
pub(crate) fn run(root: &Path, mode: Mode) -> Result<String, Failure> {
    run_on(root, mode, &today())
}

/// Returns the date of this machine's clock: `2026-10-23`.
pub(crate) fn today() -> String {
    let now = Timestamp::now().to_string();
    now.split('T').next().unwrap_or_default().to_owned()
}

/// Generates all files, or checks that they are as they would be generated. Returns what to tell.
///
/// `today` is a date such as `2026-10-23`; nothing can have been compared or taken away after it.
pub(crate) fn run_on(root: &Path, mode: Mode, today: &str) -> Result<String, Failure> {
    let mut problems = Problems::default();
    let specs = Specs::read(root, &mut problems)?;
    check::check(&specs, today, &mut problems);
    let rendered = problem::render(&specs.sources, &problems, std::io::stderr().is_terminal());
    if problems.errors() > 0 {
        return Err(Failure::Specs { rendered, count: problems.errors() });
    }
    let model = Model::of(&specs);
    let files = format::format(root, &emit::emit(&model)?)?;
    let mut folder = Folder::open(root.join(GENERATED), mode);
    for (file, text) in &files {
        folder.put(file, text)?;
    }
    let mut changes = folder.close()?;
    let page = root.join(llms_txt::PAGE);
    let change = put(&page, &llms_txt::page(root, &model)?, mode)?;
    changes.extend(change.map(|change| (page, change)));
    let mut list = String::new();
    for (path, change) in changes {
        let path = path.strip_prefix(root).unwrap_or(&path).display();
        let _ = writeln!(list, "{}: {path}", change.as_str(mode));
    }
    if mode == Mode::Check && !list.is_empty() {
        return Err(Failure::Stale { list });
    }
    let (endpoints, events) = (specs.endpoints.len(), specs.events.len());
    Ok(format!("{rendered}{list}{endpoints} endpoints, {events} events, {} files", files.len()))
}
