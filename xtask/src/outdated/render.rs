//! Tells what differs, in a line each for people and as a list for programs.

use super::finding::{Change, Finding, LISTED, NOTHING};
use crate::import::facts::Place;
use crate::problem::Source;
use serde_json::json;

/// How differences are told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// For people, a line each
    #[default]
    Text,
    /// For programs
    Json,
}

pub(super) fn render(findings: &[Finding], sources: &[Source], format: Format) -> String {
    match format {
        Format::Text => findings.iter().map(|finding| format!("{}\n", line(finding, sources))).collect(),
        Format::Json => {
            let list: Vec<_> = findings.iter().map(|finding| as_json(finding, sources)).collect();
            format!("{:#}\n", json!(list))
        }
    }
}

pub(super) fn line(finding: &Finding, sources: &[Source]) -> String {
    let spec = finding.spec_place(sources).map(|(path, line, column)| format!("{path}:{line}:{column}: "));
    let told = finding.told.as_ref().map(|told| format!(" ({})", place_text(told)));
    let call = if finding.place.is_none() { format!("{}: ", finding.call) } else { String::new() };
    format!("{}{call}{}{}; {}", spec.unwrap_or_default(), sentence(finding), told.unwrap_or_default(), finding.write)
}

fn sentence(finding: &Finding) -> String {
    let Finding { subject, page, spec, .. } = finding;
    match finding.change {
        _ if spec.is_empty() => page.clone(),
        Change::Added => format!("the page has `{subject}`, and the spec has not"),
        Change::Removed => format!("the page has no `{subject}`"),
        Change::Renamed => format!("`{subject}` is called `{page}` on the page"),
        Change::Rule if page == NOTHING => format!("the page does not say: {subject}"),
        Change::Rule if spec == NOTHING || page == LISTED => format!("the page says: {subject}"),
        Change::Rule => format!("the page says: {page}; the spec: {spec}"),
        _ if page == spec => format!("`{subject}`: page and spec agree on {page}"),
        _ => format!("`{subject}`: the page says {page}, the spec {spec}"),
    }
}

fn place_text(place: &Place) -> String {
    if place.line == 0 { place.file.clone() } else { format!("{}:{}", place.file, place.line) }
}

fn as_json(finding: &Finding, sources: &[Source]) -> serde_json::Value {
    let spec = finding.spec_place(sources);
    let told = finding.told.as_ref();
    json!({
        "call": finding.call,
        "change": finding.change.as_str(),
        "of": finding.subject,
        "page": finding.page,
        "spec": finding.spec,
        "spec_file": spec.map(|(path, _, _)| path),
        "spec_line": spec.map(|(_, line, _)| line),
        "spec_column": spec.map(|(_, _, column)| column),
        "page_file": told.map(|told| told.file.as_str()),
        "page_line": told.map(|told| told.line).filter(|line| *line > 0),
        "write": finding.write,
        "applicable": finding.edit.is_some(),
    })
}
