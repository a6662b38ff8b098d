//! Whole pages: identity, sections, tables, several pages of one call.

use super::{facts, page};
use crate::import::facts::{CallFacts, RuleKind, WeightCase};
use crate::import::page as pages;
use crate::import::reading::read;
use papi_spec::{Access, Method};

const SYMBOL: &str = "| symbol | STRING | NO | |";

fn notes(facts: &CallFacts) -> Vec<&str> {
    facts.notes.iter().map(|note| note.text.as_str()).collect()
}

#[test]
fn the_section_of_the_request_alone_says_which_call_it_is() {
    let text =
        page(SYMBOL, "> * POST /papi/v1/um/exampleOrder places one").replace("Query Example Orders", "New Order");
    let facts = facts(&text);
    assert_eq!((facts.method, facts.path.as_str()), (Method::Get, "/papi/v1/um/exampleOrders"));
    assert_eq!((facts.title.as_str(), facts.access), ("New Order", Some(Access::UserData)));
    assert_eq!(notes(&facts), ["POST /papi/v1/um/exampleOrder places one"]);
    for (other, reason) in [
        (text.replace("/papi/v1/um", "/fapi/v1"), "`/fapi/v1/exampleOrders` is a path of another product"),
        (text.replace("GET `/papi/v1/um/exampleOrders`", "See below."), "no call"),
    ] {
        let told = match pages::read("page.md", other.as_bytes()) {
            Ok(pages) => read(&pages).expect_err("no call").to_string(),
            Err(refusal) => refusal.to_string(),
        };
        assert!(told.starts_with("page.md") && told.contains(reason), "{told}");
    }
}

#[test]
fn a_deprecated_call_has_no_class_and_is_not_public() {
    let text = page(SYMBOL, "> * This will be retired on 2026-04-28").replace("(USER_DATA)", " (Deprecated)");
    let facts = facts(&text);
    assert_eq!((facts.access, facts.is_deprecated), (None, true));
    assert_eq!(facts.retired_on.as_deref(), Some("2026-04-28"));
}

#[test]
fn a_section_that_is_missing_is_unknown_and_none_is_empty() {
    let table = page(SYMBOL, "");
    let start = table.find("| Name").expect("a table");
    let end = table.find("## Response").expect("an answer");
    let none = format!("{}**None**\n\n{}", &table[..start], &table[end..]);
    assert_eq!(facts(&none).params, Some(Vec::new()));
    let section = none.find("## Request Parameters").expect("a section");
    let end = none.find("## Response").expect("an answer");
    let missing = format!("{}{}", &none[..section], &none[end..]);
    assert_eq!(facts(&missing).params, None);
    let weight = missing.find("## Request Weight").expect("a section");
    let end = missing.find("## Response").expect("an answer");
    assert_eq!(facts(&format!("{}{}", &missing[..weight], &missing[end..])).weight, None);
}

#[test]
fn weights_go_to_the_pool_that_their_heading_names() {
    let text = page(SYMBOL, "");
    let order = facts(&text.replace("## Request Weight", "## Request Weight(Order)"));
    assert_eq!((order.weight, order.orders), (None, Some(3)));
    let ip = facts(&text.replace("## Request Weight", "## Request Weight(IP)"));
    assert_eq!((ip.weight, ip.orders), (Some(vec![WeightCase { with: None, weight: 3 }]), None));
    let careful = "**3** for a single symbol; **7** when the symbol parameter is omitted\n\n**Careful** when accessing this with no symbol.";
    let read = facts(&text.replace("**3**", careful));
    let by_symbol = vec![WeightCase { with: Some("symbol".into()), weight: 3 }, WeightCase { with: None, weight: 7 }];
    assert_eq!(read.weight, Some(by_symbol));
    assert_eq!(notes(&read), ["Careful when accessing this with no symbol"]);
    let glued = text.replace(
        "**3**",
        "**3** for a single symbol; **7** when the symbol parameter is omitted **Careful** when accessing this with no symbol.",
    );
    assert_eq!((facts(&glued).weight, notes(&facts(&glued)).len()), (read.weight, 1));
    let steps = text.replace("**3**", "| limit | weight |\n| --- | --- |\n| 1-30 | 3 |\n| 31-60 | 7 |");
    let read = facts(&steps);
    assert_eq!(read.weight, Some(vec![WeightCase { with: None, weight: 7 }]));
    assert_eq!(notes(&read), ["limit | weight: 1-30 | 3", "limit | weight: 31-60 | 7"]);
}

#[test]
fn what_a_kind_of_order_needs_is_a_rule_for_each_row() {
    let rows = "| type | ENUM | YES | `ALPHA`/`BETA`/`GAMMA` |\n| price | DECIMAL | NO | |\n| limit | INT | NO | |";
    for (caption, header) in [
        ("Additional mandatory parameters based on type:", "| Type | Additional mandatory parameters |"),
        ("根据类型的不同，某些参数强制要求:", "| 类型 | 强制要求的参数 |"),
    ] {
        let table =
            format!("{caption}\n\n{header}\n| --- | --- |\n| `ALPHA/BETA` | `price`, `limit` |\n| GAMMA | price |");
        let facts = facts(&page(rows, &table));
        let rules: Vec<_> = facts
            .rules
            .iter()
            .map(|rule| match &rule.requirement {
                RuleKind::Need(names) => format!("{}: {}", rule.when[0].1.join("/"), names.join(" ")),
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(rules, ["ALPHA: price limit", "BETA: price limit", "GAMMA: price"]);
        assert_eq!(facts.params.as_ref().map(Vec::len), Some(3));
        assert_eq!(notes(&facts), Vec::<&str>::new());
    }
}

#[test]
fn the_column_of_yes_and_no_says_what_is_required_whatever_it_is_called() {
    let text = page("| symbol | STRING | YES | |\n| limit | INT | NO | |", "").replace("| Mandatory |", "| Type |");
    let params = facts(&text).params.expect("parameters");
    assert_eq!(
        params.iter().map(|param| (param.page_type.as_str(), param.required)).collect::<Vec<_>>(),
        [("STRING", true), ("INT", false)]
    );
}

#[test]
fn elements_of_a_list_and_fields_of_the_answer_are_no_parameters() {
    let rows = "| orders | LIST | YES | |\n| timestamp | LONG | YES | |";
    let elements = "where each item has:\n\n| Name | Type | Mandatory | Description |\n| --- | --- | --- | --- |\n\
        | symbol | STRING | YES | |";
    let values = "| Parameter | Value |\n| --- | --- |\n| symbol | BTCUSDT |";
    let fields = "| Field | Type | Description |\n| --- | --- | --- |\n| status | ENUM | enum: ALPHA, BETA |";
    let facts = facts(&page(rows, &format!("{elements}\n\n{values}\n\n{fields}")));
    let names: Vec<&str> = facts.params.iter().flatten().map(|param| param.name.as_str()).collect();
    assert_eq!(names, ["orders", "timestamp"]);
    let status = facts.fields.iter().find(|field| field.path.ends_with("status")).expect("a field");
    assert_eq!(status.words.as_deref().unwrap_or_default(), ["ALPHA", "BETA"]);
    assert!(notes(&facts).contains(&"symbol | BTCUSDT"), "{:?}", notes(&facts));
}

#[test]
fn what_stands_below_a_condition_that_is_not_understood_is_no_rule() {
    let note = "> * In some account modes:\n>   + Either `symbol` or `pair` must be sent";
    let facts = facts(&page("| symbol | STRING | NO | |\n| pair | STRING | NO | |", note));
    assert_eq!(facts.rules, []);
    assert_eq!(notes(&facts), ["In some account modes", "Either `symbol` or `pair` must be sent"]);
}

#[test]
fn pages_of_one_call_are_one_and_tell_where_they_disagree() {
    let english = page("| limit | INT | NO | Default 30; max 60. |\n| kind | ENUM | NO | `ALPHA` |", "");
    let chinese =
        page("| limit | INT | YES | 默认 40；最大 60 |\n| pair | STRING | NO | |", "").replace("**3**", "**5**");
    let mut all = pages::read("en.md", english.as_bytes()).expect("a page");
    all.extend(pages::read("zh.md", chinese.as_bytes()).expect("a page"));
    let readings = read(&all).expect("a call");
    assert_eq!((readings.len(), readings[0].sources.len()), (1, 2));
    let facts = &readings[0].facts;
    let params: Vec<&str> = facts.params.iter().flatten().map(|param| param.name.as_str()).collect();
    assert_eq!(params, ["limit", "kind", "pair"]);
    let conflicts: Vec<_> =
        facts.conflicts.iter().map(|one| format!("{}: {} {}", one.subject, one.kept.0, one.other.0)).collect();
    assert_eq!(
        conflicts,
        [
            "weight: 3 5",
            "parameter pair: not there there",
            "parameter kind: there not there",
            "required of limit: NO YES",
            "default of limit: 30 40",
        ]
    );
    let limit = facts.params.iter().flatten().next().expect("limit");
    assert_eq!((limit.required, limit.default.as_deref()), (false, Some("30")));
}

#[test]
fn each_sentence_is_counted_once() {
    let rows = "| limit | INT | NO | Rows to return. Default 30; max 60. |\n| symbol | STRING | NO | |";
    let facts = facts(&page(
        rows,
        "> * Response in descending order. Nobody knows why.\n> * If symbol is not sent, all of them will be returned",
    ));
    // The weight, two bounds, the order and what is without a symbol; what limit is, and the last half.
    assert_eq!((facts.understood, notes(&facts)), (5, vec!["Rows to return", "Nobody knows why"]));
    assert_eq!(facts.notes[0].of_param.as_deref(), Some("limit"));
}

#[test]
fn what_a_page_says_of_fields_is_read_from_comments_and_lists() {
    let reply = "{\n  \"kind\": \"ALPHA\",\n  \"state\": \"done\", // 状态，枚举类型：done 已完成，open 处理中\n  \
                 \"status\": \"NEW\", // one of NEW (it is new), OLD (it is old)\n  \"legs\": [ // all of them\n    \
                 // closed ones too\n    { \"leverage\": \"20\" }\n  ],\n  \"assets\": [\"USDX\"]\n}";
    let text = page(
        "| symbol | STRING | NO | |",
        "> * Kind in response has 2 enums:\n>   + `ALPHA` first\n>   + `BETA` second",
    )
    .replace("{ \"orderId\": 7 }", reply)
    .replace("```json", "```");
    let facts = facts(&text);
    let field = |path: &str| facts.fields.iter().find(|field| field.path == path).expect("the field");
    let words = |path: &str| field(path).words.clone().unwrap_or_default();
    assert_eq!(words("kind"), ["ALPHA", "BETA"]);
    assert_eq!(words("state"), ["done", "open"]);
    assert_eq!(words("status"), ["NEW", "OLD"]);
    assert_eq!(field("state").page_type.as_deref(), Some("word"));
    assert_eq!(field("legs[].leverage").page_type.as_deref(), Some("integer"));
    assert_eq!(field("assets[]").page_type.as_deref(), Some("text"));
    assert!(facts.fields.iter().all(|field| field.path != "legs[]"));
    assert!(field("legs").doc.contains("closed ones too"));
    assert_eq!(facts.notes.len(), 3);
}

#[test]
fn exactly_one_in_one_language_says_more_than_at_least_one_in_the_other() {
    let rows = "| symbol | STRING | NO | |\n| pair | STRING | NO | |";
    let notes = ["> * Either `symbol` or `pair` must be sent", "> * `symbol` 或 `pair` 必须传一个,不能同时传"];
    let all: Vec<_> =
        notes.iter().flat_map(|note| pages::read("page.md", page(rows, note).as_bytes()).expect("a page")).collect();
    let facts = read(&all).expect("a call").pop().expect("one call").facts;
    let rules: Vec<_> = facts.rules.iter().map(|rule| rule.requirement.clone()).collect();
    assert_eq!(rules, [RuleKind::ExactlyOne(vec!["symbol".to_owned(), "pair".to_owned()])]);
}

#[test]
fn one_row_alone_has_the_fields_of_the_list() {
    let text = page("| symbol | STRING | NO | |", "").replace(
        "```json\n{ \"orderId\": 7 }\n```",
        "```\n[{ \"orderId\": 7, // the number\n\"gone\": 1 }]\n```\n\nOr\n\n```\n{ \"orderId\": 7 // the number\n}\n```",
    );
    let facts = facts(&text);
    let paths: Vec<&str> = facts.fields.iter().map(|field| field.path.as_str()).collect();
    assert_eq!(paths, ["[].orderId", "[].gone"]);
    assert!(facts.fields[1].optional.is_some());
}

#[test]
fn a_call_that_takes_nothing_is_open_to_all() {
    let text = "# Test Example\n\n## HTTP Request\n\nGET `/papi/v1/example`\n\n## Request Parameters\n\n**None**\n";
    assert_eq!(facts(text).access, Some(papi_spec::Access::None));
    let text = text.replace("**None**", "");
    assert_eq!(facts(&text).access, None);
}
