//! Tells changes to people, to programs and to the changelog.

use super::{Change, Format, Impact};
use serde_json::json;
use std::fmt::Write as _;

pub(super) fn render(changes: &[Change], revision: &str, format: Format) -> String {
    match format {
        Format::Text => text(changes, revision),
        Format::Json => as_json(changes, revision),
        Format::Changelog => changelog(changes),
    }
}

fn of(changes: &[Change], impact: Impact) -> Vec<&Change> {
    changes.iter().filter(|change| change.impact == impact).collect()
}

/// Which part of the version has to grow. Before 1.0 the second part stands for the first.
fn version(changes: &[Change]) -> &'static str {
    if !of(changes, Impact::Breaking).is_empty() {
        "major"
    } else if changes.is_empty() {
        "none"
    } else {
        "minor"
    }
}

fn text(changes: &[Change], revision: &str) -> String {
    if changes.is_empty() {
        return format!("the specs say what they said at {revision}\n");
    }
    let mut told = String::new();
    for impact in Impact::ALL {
        let list = of(changes, impact);
        if !list.is_empty() {
            let _ = writeln!(told, "{} ({})", impact.as_str(), list.len());
        }
        for Change { subject, text, .. } in list {
            let _ = writeln!(told, "  {subject}: {text}");
        }
    }
    let _ = writeln!(told, "since {revision}: {} changes, which need a {} version", changes.len(), version(changes));
    told
}

fn as_json(changes: &[Change], revision: &str) -> String {
    let list: Vec<_> = changes
        .iter()
        .map(|change| json!({"impact": change.impact.as_str(), "type": change.subject, "text": change.text}))
        .collect();
    let told = json!({"since": revision, "version": version(changes), "changes": list});
    format!("{told:#}\n")
}

fn changelog(changes: &[Change]) -> String {
    let mut told = "## Unreleased\n".to_owned();
    for (impact, heading) in Impact::ALL.into_iter().zip(["Breaking", "Added", "Changed behaviour"]) {
        let list = of(changes, impact);
        if !list.is_empty() {
            let _ = write!(told, "\n### {heading}\n\n");
        }
        for Change { subject, text, .. } in list {
            let _ = writeln!(told, "- `{subject}`: {text}.");
        }
    }
    told
}
