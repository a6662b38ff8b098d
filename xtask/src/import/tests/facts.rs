//! Each call of `tests/facts`, written in each layout and language, has the facts that it was written from.

use super::render::{FAMILIES, LANGUAGES, Told, all as told, render, render_both};
use crate::import::facts::json::read::all;
use crate::import::facts::{CallFacts, Conflict, ParamFacts, Rule, RuleKind, Strictness, WindowFacts};
use crate::import::page::{self, Family};
use crate::import::reading::{Reading, read};
use papi_spec::{Access, Span};

/// Reads a page that holds one call.
fn reading(text: &str) -> Reading {
    let pages = page::read("page", text.as_bytes()).expect("a page");
    let mut readings = read(&pages).expect("a call");
    assert_eq!(readings.len(), 1, "{text}");
    readings.remove(0)
}

/// What differs between what was read and what the page was written from.
fn differences(read: &CallFacts, known: &CallFacts) -> Vec<String> {
    let mut found = Vec::new();
    let mut differ = |what: String, read: String, known: String| {
        if read != known {
            found.push(format!("{what}: read {read}, known {known}"));
        }
    };
    // A title without a word tells no access.
    let access = |facts: &CallFacts| facts.access.filter(|access| *access != Access::None);
    differ("access".into(), format!("{:?}", access(read)), format!("{:?}", access(known)));
    differ("weight".into(), format!("{:?}", read.weight), format!("{:?}", known.weight));
    differ("orders".into(), format!("{:?}", read.orders.unwrap_or(0)), format!("{:?}", known.orders.unwrap_or(0)));
    let names = |facts: &CallFacts| facts.params.iter().flatten().map(|param| param.name.clone()).collect::<Vec<_>>();
    differ("params".into(), names(read).join(" "), names(known).join(" "));
    for (param, known) in read.params.iter().flatten().zip(known.params.iter().flatten()) {
        let mut of = |what: &str, read: String, known: String| differ(format!("{what} of {}", param.name), read, known);
        // An OpenAPI document calls each choice an enum.
        let ty = |param: &ParamFacts| if param.words.is_some() { "ENUM".to_owned() } else { param.page_type.clone() };
        of("type", ty(param), ty(known));
        of("required", param.required.to_string(), known.required.to_string());
        of("default", format!("{:?}", param.default), format!("{:?}", known.default));
        of("min", format!("{:?}", param.min), format!("{:?}", known.min));
        of("max", format!("{:?}", param.max), format!("{:?}", known.max));
        of("pattern", format!("{:?}", param.pattern), format!("{:?}", known.pattern));
        of("words", format!("{:?}", param.words), format!("{:?}", known.words));
    }
    differ("examples".into(), format!("{:?}", read.examples.len()), format!("{:?}", known.examples.len()));
    found
}

/// All calls as they are rendered, with their facts.
fn calls() -> Vec<(Told, CallFacts)> {
    let all = all();
    let known = |call: &Told| {
        let is_it = |facts: &&CallFacts| facts.method.as_str() == call.method && facts.path == call.path;
        all.iter().map(|(_, _, facts)| facts).find(is_it).cloned().expect("its facts")
    };
    told().into_iter().map(|call| (call.clone(), known(&call))).collect()
}

#[test]
fn each_call_has_its_facts_in_each_layout_and_language() {
    let mut wrong = Vec::new();
    for (call, known) in calls() {
        for family in FAMILIES {
            for language in LANGUAGES {
                let text = render(&call, family, language);
                let place = format!("{} {} {family:?} {language}", call.method, call.path);
                let reading = reading(&text);
                wrong.extend(differences(&reading.facts, &known).into_iter().map(|one| format!("{place}: {one}")));
                let notes: Vec<&str> = reading.facts.notes.iter().map(|note| note.text.as_str()).collect();
                if notes.len() != 2 && family != Family::OpenApi {
                    wrong.push(format!("{place}: {notes:?}"));
                }
            }
        }
    }
    wrong.truncate(60);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn two_languages_that_agree_have_no_conflict() {
    for call in told() {
        let reading = reading(&render_both(&call));
        assert_eq!(reading.sources.len(), 2);
        assert_eq!(reading.facts.conflicts, Vec::<Conflict>::new(), "{} {}", call.method, call.path);
    }
}

/// A sentence for each part of a rule, in English and Chinese; none when no note says such a thing.
pub(crate) fn sentences(rule: &Rule) -> Option<Vec<(String, String)>> {
    let or = |names: &[String], joint: &str| names.join(joint);
    let pair = |english: String, chinese: String| Some(vec![(english, chinese)]);
    match (rule.when.as_slice(), &rule.requirement) {
        ([], RuleKind::AtLeastOne(names)) => pair(
            format!("Either {} must be sent.", or(names, " or ")),
            format!("{} 必须至少发送一个", or(names, " 或 ")),
        ),
        ([], RuleKind::ExactlyOne(names)) => pair(
            format!("Exactly one of {} must be sent.", or(names, " and ")),
            format!("{} 必须传一个,不能同时传", or(names, " 或 ")),
        ),
        ([], RuleKind::AtMostOne(names)) => {
            pair(format!("{} cannot be sent together", or(names, " and ")), format!("{} 不能同时传", or(names, " 和 ")))
        }
        ([], RuleKind::Together(names)) => {
            pair(format!("{} must be sent together", or(names, " and ")), format!("{} 必须同时发送", or(names, " 和 ")))
        }
        ([(param, words)], RuleKind::Need(names)) if words.len() == 1 => pair(
            format!("When {param} is `{}`, {} is required", words[0], or(names, ", ")),
            format!("当{param}为`{}`时，{}必传", words[0], or(names, "、")),
        ),
        ([(param, words)], RuleKind::Need(names)) if words.is_empty() => pair(
            format!("If {param} is sent, {} is required", or(names, ", ")),
            format!("如果传{param}，必须同时传{}", or(names, "、")),
        ),
        ([(param, words)], RuleKind::Forbid(names)) if words.len() == 1 => pair(
            format!("If {param} is `{}`, {} cannot be sent", words[0], or(names, ", ")),
            format!("当{param}为`{}`时，{}不能发送", words[0], or(names, "、")),
        ),
        ([], RuleKind::Window(window)) => Some(of_window(window)),
        _ => None,
    }
}

fn of_window(window: &WindowFacts) -> Vec<(String, String)> {
    let (from, to) = (&window.from, &window.to);
    let mut all = Vec::new();
    let english = |span: Span| span.to_string();
    let chinese = |span: Span| {
        let (count, unit) = span.count();
        let unit = match unit {
            "year" => "年",
            "month" => "个月",
            "day" => "天",
            _ => "小时",
        };
        format!("{count}{unit}")
    };
    if let Some((span, strictness)) = window.span {
        let (how, zh) = match strictness {
            Strictness::AtMost => ("can not be longer than", "不能超过"),
            Strictness::Under => ("must be less then", "需要小于"),
        };
        all.push((
            format!("The time between `{from}` and `{to}` {how} {}.", english(span)),
            format!("{from}与{to}的间隔{zh}{}", chinese(span)),
        ));
    }
    if let Some(span) = window.default {
        all.push((
            format!("If {from} and {to} are both not sent, then the last '{}' data will be returned.", english(span)),
            format!("{from} 和 {to} 均未发送, 只会返回最近{}的数据", chinese(span)),
        ));
    }
    if let Some(span) = window.default_from {
        all.push((
            format!("If {from} is more than {0} ago, the past {0} will be returned", english(span)),
            format!("若{from}至今超过{0}，则返回过去{0}的记录", chinese(span)),
        ));
    }
    if let Some(span) = window.default_to {
        all.push((
            format!(
                "If {from} is not sent and {to} is sent, the records of the {} before {to} is returned.",
                english(span)
            ),
            format!("如果没有发送{from}而发送了{to}，则返回{to}之前{}的记录", chinese(span)),
        ));
    }
    if let Some(span) = window.history.filter(|_| window.history_unless.is_none()) {
        all.push((
            format!("Only support querying data in the past {}", english(span)),
            format!("仅支持查询最近{}的数据", chinese(span)),
        ));
    }
    all
}

#[test]
fn each_rule_is_read_from_its_sentence_in_each_language() {
    let mut wrong = Vec::new();
    let mut said = 0;
    for (mut call, known) in calls() {
        let told: Vec<(Rule, Vec<(String, String)>)> =
            known.rules.iter().filter_map(|rule| Some((rule.clone(), sentences(rule)?))).collect();
        said += told.len();
        call.notes = told.iter().flat_map(|(_, sentences)| sentences.clone()).collect();
        for (family, language) in
            [(Family::Html2Text, LANGUAGES[1]), (Family::Html, LANGUAGES[0]), (Family::Scraper, LANGUAGES[1])]
        {
            let facts = reading(&render(&call, family, language)).facts;
            for (rule, sentences) in &told {
                let mut expected = rule.clone();
                if let RuleKind::Window(window) = &mut expected.requirement
                    && window.history_unless.is_some()
                {
                    (window.history, window.history_unless) = (None, None);
                }
                let is_there = facts
                    .rules
                    .iter()
                    .any(|read| read.when == expected.when && resolve_same(&read.requirement, &expected.requirement));
                let is_nothing = matches!(&expected.requirement, RuleKind::Window(window)
                    if *window == WindowFacts { from: window.from.clone(), to: window.to.clone(), ..WindowFacts::default() });
                if !is_there && !is_nothing {
                    wrong.push(format!("{} {} {language}: {sentences:?}: {:?}", call.method, call.path, facts.rules));
                }
            }
            if !facts.notes.is_empty() {
                wrong.push(format!("{} {} {language}: {:?}", call.method, call.path, facts.notes));
            }
        }
    }
    assert!(said > 60, "{said}");
    wrong.truncate(20);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn resolve_same(read: &RuleKind, expected: &RuleKind) -> bool {
    let sorted = |kind: &RuleKind| {
        let mut kind = kind.clone();
        match &mut kind {
            RuleKind::AtLeastOne(names)
            | RuleKind::ExactlyOne(names)
            | RuleKind::AtMostOne(names)
            | RuleKind::Together(names)
            | RuleKind::Need(names)
            | RuleKind::Forbid(names) => names.sort(),
            RuleKind::Only { .. } | RuleKind::Window(_) => {}
        }
        kind
    };
    sorted(read) == sorted(expected)
}
