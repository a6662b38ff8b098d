//! Says in the draft of a spec where it differs from the page that it was made from: what the language of specs writes in another
//! way, such as a default of what is always sent.

use super::compare::{FieldTypes, Languages, Told, ToldCall, compare};
use super::edit::scalar;
use super::finding::{Change, Finding};
use crate::import::draft::Draft;
use crate::import::facts::CallFacts;
use crate::problem::Problems;
use crate::spec::Specs;

/// Returns the text of a draft with an entry under `differs` for each difference. The specs are those beside it.
pub(crate) fn with_differences(draft: &Draft, facts: &CallFacts, specs: &Specs, today: &str) -> String {
    let (drafted, _) = specs.with(&draft.path, draft.text.clone(), &mut Problems::default());
    let call =
        ToldCall { facts: facts.clone(), file: String::new(), languages: Languages::Both, types: FieldTypes::Exact };
    let told = Told { calls: vec![call], ..Told::default() };
    let found = compare(&told, &drafted);
    let entries: Vec<String> =
        found.iter().filter(|finding| is_of_page(finding)).map(|one| entry(one, today)).collect();
    let end_of_source =
        draft.text.find("\nsource:").and_then(|at| draft.text[at + 1..].find('\n').map(|end| at + end + 2));
    match end_of_source {
        Some(at) if !entries.is_empty() && !draft.text.contains("\ndiffers:") => {
            let (before, after) = draft.text.split_at(at);
            format!("{before}differs:\n{}{after}", entries.concat())
        }
        _ => draft.text.clone(),
    }
}

/// Returns whether it is about what the page says of a call, and not about the call as a whole.
fn is_of_page(finding: &Finding) -> bool {
    finding.place.is_some()
        && !matches!(finding.change, Change::Retired | Change::Disagree | Change::Gone | Change::Announced)
}

fn entry(finding: &Finding, today: &str) -> String {
    let Finding { subject, page, .. } = finding;
    let because = "TODO: say why, or change the draft";
    format!("  - {{ of: {}, page: {}, because: {because:?}, since: {today} }}\n", text(subject), text(page))
}

/// A text as YAML; what looks like a number or a bool stands in quotes.
fn text(text: &str) -> String {
    let plain = scalar(text);
    let is_text = text.starts_with(|first: char| first.is_ascii_alphabetic()) && !["true", "false"].contains(&text);
    if is_text || plain != text { plain } else { format!("{text:?}") }
}
