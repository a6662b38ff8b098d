//! Group, name and page of a draft, from its call and its title.

use super::dictionary::Dictionary;
use crate::import::facts::{CallFacts, Json};
use crate::rust_name::{is_type_name, snake_case};
use crate::spec::reserved;
use papi_spec::{Access, Group, Method};
use std::collections::BTreeSet;

/// Names that drafts of one run have, so that two of a group never share one.
#[derive(Debug, Default)]
pub(crate) struct Names {
    taken: BTreeSet<(&'static str, String)>,
}

/// Returns the group of a call: by its path, or that of calls with a path of the same kind.
pub(super) fn group(facts: &CallFacts, dictionary: Dictionary<'_>) -> Group {
    if let Some(known) = Method::ALL.into_iter().find_map(|method| dictionary.endpoint(method, &facts.path)) {
        return known.file.group;
    }
    let mut parts = facts.path.split('/').skip(3);
    let first = parts.next().unwrap_or_default();
    if let Some(group) = [Group::Um, Group::Cm, Group::Margin].into_iter().find(|group| group.as_str() == first) {
        return group;
    }
    let under_margin = facts.path.replacen(&format!("/{first}"), &format!("/margin/{first}"), 1);
    let is_of_margin = Method::ALL.into_iter().any(|method| dictionary.endpoint(method, &under_margin).is_some());
    let is_signed = facts.params.iter().flatten().any(|param| param.name == "timestamp");
    let loans = first.starts_with("margin") || first.starts_with("repay") && first.ends_with("Loan");
    match facts.access {
        _ if first == "listenKey" => Group::Stream,
        Some(Access::UserStream) => Group::Stream,
        _ if is_of_margin || loans => Group::Margin,
        None | Some(Access::None) if !is_signed => Group::Market,
        _ => Group::Account,
    }
}

impl Names {
    /// Returns a name for the call that no other has: that of its spec, or one made of its path.
    pub(super) fn of_call(&mut self, facts: &CallFacts, group: Group, dictionary: Dictionary<'_>) -> String {
        let known = dictionary.endpoint(facts.method, &facts.path).map(|endpoint| endpoint.name.value.clone());
        let is_list = facts.examples.iter().any(|example| matches!(example, Json::List(_)));
        let ends: &[&str] = match facts.method {
            Method::Get if is_list => &["", "s", "Query"],
            Method::Get => &["", "Query"],
            _ => &["", "Call"],
        };
        let name = known.unwrap_or_else(|| self.free(&from_path(facts, dictionary), ends, group, "", dictionary));
        self.taken.insert((group.as_str(), name.clone()));
        name
    }

    /// Returns a name for a type of a reply.
    pub(super) fn of_type(&mut self, wish: &str, group: Group, own: &str, dictionary: Dictionary<'_>) -> String {
        let name = self.free(wish, &["", "Row", "Item"], group, own, dictionary);
        self.taken.insert((group.as_str(), name.clone()));
        name
    }

    /// The first name that is free, of a wish with each of these ends, and then with numbers.
    fn free(&self, wish: &str, ends: &[&str], group: Group, own: &str, dictionary: Dictionary<'_>) -> String {
        let wish = if is_type_name(wish) { wish.to_owned() } else { format!("Call{}", camel(wish)) };
        let is_free = |name: &String| {
            is_type_name(name)
                && !reserved::is_type(name)
                && snake_case(name) != group.as_str()
                && !dictionary.is_taken(group, own, name)
                && !self.taken.contains(&(group.as_str(), name.clone()))
        };
        let ended = ends.iter().map(|end| format!("{wish}{end}"));
        let numbered = (2..).map(|number| format!("{wish}{number}"));
        ended.chain(numbered).find(is_free).unwrap_or_else(|| wish.clone())
    }
}

/// `GET ../um/fundingFees` is `FundingFees`, `POST ../um/slicedOrder` is `NewSlicedOrder`.
fn from_path(facts: &CallFacts, dictionary: Dictionary<'_>) -> String {
    let mut parts: Vec<&str> = facts.path.split('/').filter(|part| !part.is_empty()).skip(2).collect();
    if parts.len() > 1 && matches!(parts[0], "um" | "cm" | "margin") {
        parts.remove(0);
    }
    let noun: String = parts.iter().map(|part| camel(part)).collect();
    let last = parts.last().copied().unwrap_or_default().to_ascii_lowercase();
    let is_read_too = dictionary.endpoint(Method::Get, &facts.path).is_some();
    let verb = match facts.method {
        Method::Get => "",
        Method::Delete => "Cancel",
        Method::Put if last.contains("order") => "Amend",
        Method::Put => "Update",
        _ if last.ends_with("order") || last == "oco" => "New",
        _ if is_read_too => "Set",
        Method::Post => "",
    };
    let version = facts.path.split('/').nth(2).filter(|version| *version != "v1").map(camel).unwrap_or_default();
    format!("{verb}{noun}{version}")
}

/// `repay-debt` is `RepayDebt`.
pub(super) fn camel(part: &str) -> String {
    let words = part.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words
        .map(|word| {
            let (first, rest) = word.split_at(1);
            format!("{}{rest}", first.to_ascii_uppercase())
        })
        .collect()
}

/// `Orders` is `Order`, `histories` is `history`.
pub(super) fn singular(name: &str) -> String {
    match name {
        _ if name.ends_with("ies") && name.len() > 4 => format!("{}y", &name[..name.len() - 3]),
        _ if name.ends_with("sses") => name[..name.len() - 2].to_owned(),
        _ if name.ends_with('s') && !name.ends_with("ss") && !name.ends_with("us") => name[..name.len() - 1].to_owned(),
        _ => name.to_owned(),
    }
}

/// Returns the page as specs name it, relative to the vendor's folder.
pub(super) fn page(facts: &CallFacts, dictionary: Dictionary<'_>) -> String {
    let address = facts.address.as_deref().and_then(|address| address.split("portfolio-margin/").nth(1));
    let page = address.map(|address| address.split(['#', '?']).next().unwrap_or_default().trim_matches('/').to_owned());
    let is_usable = |page: &String| {
        !page.is_empty() && page.chars().all(|letter| letter.is_ascii_alphanumeric() || "/-_.".contains(letter))
    };
    page.filter(is_usable)
        .or_else(|| dictionary.endpoint(facts.method, &facts.path).map(|known| known.doc_path.value.clone()))
        .unwrap_or_else(|| {
            let words =
                facts.title.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
            let title = words.collect::<Vec<_>>().join("-");
            if title.is_empty() { facts.path.trim_matches('/').to_owned() } else { title }
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_singular_and_in_camel_case() {
        for (many, one) in [("Orders", "Order"), ("Histories", "History"), ("Status", "Status"), ("Losses", "Loss")] {
            assert_eq!(singular(many), one);
        }
        assert_eq!((camel("repay-debt").as_str(), camel("fundingFees").as_str()), ("RepayDebt", "FundingFees"));
    }
}
