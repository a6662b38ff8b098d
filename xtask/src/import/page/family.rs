//! Tells in which layout a file was saved.

use super::Family;
use super::front_matter::FrontMatter;
use super::markdown::row;

/// Returns the layout of a text, in the order of what is the clearest sign.
pub(super) fn of(text: &str, front: &FrontMatter<'_>) -> Family {
    let start = text.trim_start();
    if start.starts_with('{') || is_openapi_yaml(text) {
        return Family::OpenApi;
    }
    if is_html(start) {
        return Family::Html;
    }
    if front.has("fetched_at") {
        return Family::WebClip;
    }
    if front.has("scraped_at") || (front.has("kind") && front.has("category")) {
        return Family::Scraper;
    }
    if front.has("exchange") || front.has("api_type") {
        return Family::Html2Text;
    }
    if text.lines().any(|line| line.starts_with("import ") && line.contains(" from ") && line.contains("zudoku")) {
        return Family::Catalogue;
    }
    let first = start.lines().next().unwrap_or_default().trim();
    if first.starts_with("<!-- Source:") {
        return Family::Navigation;
    }
    if matches!(first, "On this page" | "本页总览") {
        return Family::OnThisPage;
    }
    let has_open_rows = text.lines().any(|line| row::is_delimiter(line) && !line.trim_start().starts_with('|'));
    // A single one may be astray.
    let fences = text.lines().filter(|line| line.trim_start_matches(['>', ' ']).starts_with("```")).count();
    let has_bare_code = text.lines().any(|line| line.starts_with("    {") || line.starts_with("    ["));
    if has_open_rows || (has_bare_code && fences < 2) {
        return Family::Html2Text;
    }
    Family::Markdown
}

fn is_html(start: &str) -> bool {
    let first = start.get(..start.len().min(9)).unwrap_or_default().to_ascii_lowercase();
    start.starts_with('<') && !start.starts_with("<!--")
        || (first.starts_with("<!--") && start.find("-->").is_some_and(|end| is_html(start[end + 3..].trim_start())))
}

fn is_openapi_yaml(text: &str) -> bool {
    text.lines().take_while(|line| !line.starts_with("# ")).any(|line| {
        let key = line.trim_start_matches(['"', '\'']);
        key.starts_with("openapi:") || key.starts_with("openapi\":") || key.starts_with("openapi':")
    })
}
