//! `llms.txt`: the page for programs that write code against the library. Its prose is written by hand; the lists between
//! its markers are made from the specs and sources, so that they cannot become stale.

mod lists;

use crate::failure::Failure;
use crate::files::read;
use crate::model::Model;
use std::path::Path;

/// The page, from the workspace root.
pub(crate) const PAGE: &str = "llms.txt";

/// Where the sources of its lists stand, from the workspace root.
const FEATURES: &str = "crates/binance-papi/Cargo.toml";
const ERROR_KINDS: &str = "crates/runtime/src/error/kind.rs";

/// Returns the page with its lists as they should be.
pub(crate) fn page(root: &Path, model: &Model<'_>) -> Result<String, Failure> {
    let page = read(&root.join(PAGE))?.replace("\r\n", "\n");
    let lists = [
        ("endpoints", lists::endpoints(model)),
        ("datasets", lists::datasets(model)),
        ("events", lists::events(model)),
        ("features", lists::features(&read(&root.join(FEATURES))?)),
        ("error kinds", lists::error_kinds(&read(&root.join(ERROR_KINDS))?, ERROR_KINDS)?),
    ];
    lists.into_iter().try_fold(page, |page, (name, list)| fill(&page, name, &list))
}

/// Puts a list between its markers.
fn fill(page: &str, name: &str, list: &str) -> Result<String, Failure> {
    let (begin, end) = (format!("<!-- {name}: generated -->\n"), format!("<!-- end of {name} -->"));
    let parts = page.split_once(&begin).and_then(|(before, rest)| Some((before, rest.split_once(&end)?.1)));
    let Some((before, after)) = parts else {
        return Err(Failure::Check(format!("{PAGE} has no lines `{}` and `{end}`", begin.trim_end())));
    };
    Ok(format!("{before}{begin}\n{list}\n{end}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_replaces_what_stands_between_its_markers_and_nothing_else() {
        let page = "a\n<!-- x: generated -->\nold\n<!-- end of x -->\nb\n";
        let filled = fill(page, "x", "- new\n").expect("markers");
        assert_eq!(filled, "a\n<!-- x: generated -->\n\n- new\n\n<!-- end of x -->\nb\n");
        assert_eq!(fill(&filled, "x", "- new\n").expect("markers"), filled);
        assert!(fill(page, "y", "").is_err());
    }
}
