//! The datasets that can be exported: their list, and which of them a word means.

use super::range;
use crate::failure::Failure;
use crate::kebab::{dataset_name, kebab};
use crate::request::Endpoints;
use binance_papi::EndpointInfo;
use binance_papi::json::Json;
use binance_papi::spec::nearest;

/// What people call a list, and what its datasets are called behind the part of the account.
const ALIASES: &[(&str, &str)] = &[
    ("adl", "force-orders"),
    ("fills", "trades"),
    ("income", "income-history"),
    ("interest", "interest-history"),
    ("liquidation", "force-orders"),
    ("liquidations", "force-orders"),
    ("orders", "all-orders"),
    ("user-trades", "trades"),
];

/// Returns the endpoint that fills a dataset, or says what there is.
pub(super) fn find(name: &str, endpoints: Endpoints) -> Result<&'static EndpointInfo, Failure> {
    let found = endpoints.iter().find(|info| dataset_name(info).is_some_and(|dataset| dataset == name));
    found.copied().ok_or_else(|| {
        let mut near = meant(name, endpoints);
        if near.is_empty() {
            let names: Vec<_> = endpoints.iter().filter_map(|info| dataset_name(info)).collect();
            near.extend(nearest(name, names.iter().map(String::as_str)).map(ToOwned::to_owned));
        }
        Failure::bad_input(format!("there is no dataset {name:?}"))
            .hints((!near.is_empty()).then(|| format!("did you mean {}?", near.join(" or "))))
            .hint("`papi export` alone lists the datasets")
    })
}

/// Returns the datasets that a word means without naming the part of the account, such as `force-orders`.
pub(super) fn meant(word: &str, endpoints: Endpoints) -> Vec<String> {
    let word = kebab(word.trim_matches('-'));
    let alias = ALIASES.iter().find(|(alias, _)| *alias == word);
    let tail = alias.map_or(word.as_str(), |(_, tail)| tail);
    let is_meant = |info: &EndpointInfo| kebab(info.name) == tail;
    endpoints.iter().filter(|info| is_meant(info)).filter_map(|info| dataset_name(info)).collect()
}

/// Returns how to export what a word means, for one that was taken for a command.
pub(crate) fn hint(word: &str, endpoints: Endpoints) -> Option<String> {
    let (first, others) =
        meant(word, endpoints).split_first().map(|(first, others)| (first.clone(), others.join(", ")))?;
    let others = if others.is_empty() { String::new() } else { format!("; the same holds for {others}") };
    Some(format!("`papi export {first} --out {first}.csv` writes all of them into a file{others}"))
}

/// Returns the list of all datasets.
pub(super) fn list(endpoints: Endpoints) -> Json {
    let row = |info: &&'static EndpointInfo| {
        let name = dataset_name(info)?;
        let keeps = range::reach(info).map_or_else(|| "no limit stated".to_owned(), |reach| reach.to_string());
        Some(Json::object([
            ("dataset", Json::text(name)),
            ("needs", Json::text(needs(info).join(" "))),
            ("keeps", Json::text(keeps)),
            ("what", Json::text(info.doc)),
        ]))
    };
    Json::List(endpoints.iter().filter_map(row).collect())
}

/// Returns the options without which a dataset cannot be exported.
fn needs(info: &EndpointInfo) -> Vec<String> {
    let window = info.paging.and_then(|paging| paging.window);
    let is_ours = |name: &str| window.is_some_and(|window| [window.from, window.to].contains(&name));
    let needed = info.params.iter().filter(|param| param.required && !is_ours(param.name));
    let option = |name: &str| match name {
        "symbol" => "--symbol".to_owned(),
        name => format!("--param {name}=.."),
    };
    needed.map(|param| option(param.name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use binance_papi::ENDPOINTS;

    #[test]
    fn a_word_leads_to_its_datasets_in_every_part_of_the_account() {
        let liquidations = ["um-force-orders", "cm-force-orders", "margin-force-orders"];
        for word in ["force-orders", "forceOrders", "liquidations", "liquidation"] {
            let mut meant = meant(word, ENDPOINTS);
            meant.sort_by_key(|name| liquidations.iter().position(|each| each == name));
            assert_eq!(meant, liquidations, "{word}");
        }
        assert_eq!(meant("balance", ENDPOINTS), [""; 0]);
    }

    #[test]
    fn every_alias_leads_somewhere_and_is_no_name_itself() {
        for (alias, _) in ALIASES {
            assert!(!meant(alias, ENDPOINTS).is_empty(), "{alias}");
            assert!(!ENDPOINTS.iter().any(|info| kebab(info.name) == *alias), "{alias}");
        }
    }
}
