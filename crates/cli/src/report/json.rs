//! A report as JSON, with all figures.

use super::model::Figures;

/// Returns the text; equal figures are equal texts.
pub(super) fn json(figures: &Figures) -> serde_json::Result<String> {
    serde_json::to_string_pretty(figures).map(|text| text + "\n")
}
