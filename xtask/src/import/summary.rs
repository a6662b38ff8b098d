//! Tells what was read from the pages, what was not understood, and where pages disagree.

use super::draft::Draft;
use super::facts::Place;
use super::page::{Family, Language};
use super::reading::Reading;
use std::fmt::Write as _;

/// Tells of each call in turn.
pub(super) fn summary(readings: &[Reading], drafts: &[Draft]) -> String {
    let mut told = String::new();
    for (reading, draft) in readings.iter().zip(drafts) {
        let facts = &reading.facts;
        let _ = writeln!(told, "{} {}: {}", facts.method.as_str(), facts.path, draft.path);
        for source in &reading.sources {
            let language = match source.language {
                Language::English => "English",
                Language::Chinese => "Chinese",
            };
            let _ = writeln!(told, "  {}: {}, {language}", source.file, layout(source.family));
        }
        let (understood, todo) = (facts.understood, facts.notes.len());
        let _ = writeln!(told, "  {} sentences found, {understood} understood, {todo} TODO", understood + todo);
        for note in &facts.notes {
            let of = note.of_param.as_ref().map(|param| format!("`{param}`: ")).unwrap_or_default();
            let _ = writeln!(told, "  TODO {}: {of}{}", note.place, note.text);
        }
        for (what, count, place) in repairs(reading) {
            let times = if count == 1 { String::new() } else { format!(" ({count} times, here first)") };
            let _ = writeln!(told, "  repaired {place}: {what}{times}");
        }
        for conflict in &facts.conflicts {
            let ((kept, at), (other, there)) = (&conflict.kept, &conflict.other);
            let _ = writeln!(told, "  conflict: {}: {kept} ({at}), {other} ({there})", conflict.subject);
        }
        for (name, is_there) in [("weight", facts.weight.is_some()), ("parameters", facts.params.is_some())] {
            if !is_there {
                let _ = writeln!(told, "  no page tells its {name}");
            }
        }
    }
    told
}

/// The repairs of each kind, with their number and the first place.
fn repairs(reading: &Reading) -> Vec<(String, usize, &Place)> {
    let mut kinds: Vec<(String, usize, &Place)> = Vec::new();
    for (what, place) in &reading.repairs {
        let kind: Vec<&str> =
            what.split('`').enumerate().map(|(index, part)| if index % 2 == 1 { ".." } else { part }).collect();
        match kinds
            .iter_mut()
            .find(|(known, _, first)| known.replace('`', "") == kind.concat() && first.file == place.file)
        {
            Some((_, count, _)) => *count += 1,
            None => kinds.push((kind.join("`"), 1, place)),
        }
    }
    kinds
}

fn layout(family: Family) -> &'static str {
    match family {
        Family::Navigation => "Markdown with navigation",
        Family::OnThisPage => "Markdown without navigation",
        Family::Html2Text => "html2text",
        Family::Scraper => "Markdown of a scraper",
        Family::WebClip => "web clip",
        Family::Html => "HTML",
        Family::Catalogue => "catalogue",
        Family::OpenApi => "OpenAPI",
        Family::Markdown => "Markdown of no known layout, read by its headings",
    }
}
