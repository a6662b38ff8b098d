//! Each call of `tests/facts`, written in each layout and language, is read back as it was.

use super::render::{FAMILIES, LANGUAGES, Parts, Told, all, render, render_all, render_both};
use super::{examples, pages, prose, tables};
use crate::import::example;
use crate::import::facts::Json;
use crate::import::page::{Family, Language, Page, Pool, SectionKind};

#[test]
fn each_call_is_read_from_each_layout_and_language() {
    let calls = all();
    assert!(calls.len() > 100);
    for call in &calls {
        for family in FAMILIES {
            for language in LANGUAGES {
                let text = render(call, family, language);
                let pages = pages(&text);
                assert_eq!(pages.len(), 1, "{family:?} {language}\n{text}\n{pages:#?}");
                holds(&pages[0], call, family, language, &text);
            }
        }
    }
}

#[test]
fn two_languages_in_one_file_are_two_pages_of_one_call() {
    for call in all() {
        let text = render_both(&call);
        let pages = pages(&text);
        assert_eq!(pages.len(), 2, "{text}\n{pages:#?}");
        holds(&pages[0], &call, Family::Html2Text, Language::English, &text);
        holds(&pages[1], &call, Family::Html2Text, Language::Chinese, &text);
    }
}

#[test]
fn a_file_with_all_calls_gives_a_page_for_each() {
    let calls = all();
    for family in [Family::Catalogue, Family::OpenApi] {
        for language in LANGUAGES {
            let text = render_all(&calls, family, language);
            let pages = pages(&text);
            assert_eq!(pages.len(), calls.len(), "{family:?} {language}");
            for call in &calls {
                let request = format!("{} {}", call.method, call.path);
                let of_call = |page: &&Page| page.request.as_ref().is_some_and(|own| own.text == request);
                let page = pages.iter().find(of_call).unwrap_or_else(|| panic!("{request} in {family:?}"));
                holds(page, call, family, language, &request);
            }
        }
    }
}

/// Holds a page against what it was made from.
pub(super) fn holds(page: &Page, call: &Told, family: Family, language: Language, text: &str) {
    let parts = Parts::of(call, family, language);
    let place = format!("{family:?} {language} {} {}\n{text}\n{page:#?}", call.method, call.path);
    assert_eq!((page.family, page.language), (family, language), "{place}");
    assert_eq!(page.title.text, parts.title, "{place}");
    let request = page.request.as_ref().map(|request| request.text.as_str());
    assert_eq!(request, Some(format!("{} {}", call.method, call.path).as_str()), "{place}");
    let pool = |name: &str| if name == "(Order)" { Pool::Order } else { Pool::Ip };
    for (name, weight) in &parts.weights {
        assert_eq!(prose(page, SectionKind::Weight(pool(name))), [weight.replace("**", "")], "{place}");
    }
    let notes: Vec<&str> =
        [SectionKind::Notes, SectionKind::Description, SectionKind::Weight(Pool::Ip), SectionKind::Weight(Pool::Order)]
            .into_iter()
            .flat_map(|kind| prose(page, kind))
            .collect();
    if family != Family::OpenApi {
        assert_eq!(prose(page, SectionKind::Notes), parts.notes, "{place}");
        assert_eq!(prose(page, SectionKind::Description), [parts.description.as_str()], "{place}");
    }
    assert!(parts.notes.iter().all(|note| notes.contains(&note.as_str())), "{place}");
    rows(page, call, &parts, family, &place);
    replies(page, call, family, &place);
}

fn rows(page: &Page, call: &Told, parts: &Parts, family: Family, place: &str) {
    let tables = tables(page);
    if call.params.is_empty() {
        assert!(tables.is_empty(), "{place}");
        assert_eq!(prose(page, SectionKind::Parameters), ["None"], "{place}");
        return;
    }
    assert_eq!(tables.len(), 1, "{place}");
    assert_eq!(tables[0].rows.len(), parts.rows.len(), "{place}");
    for (row, (cells, param)) in tables[0].rows.iter().zip(parts.rows.iter().zip(&call.params)) {
        assert_eq!(row.depth, 0, "{place}");
        if family != Family::OpenApi {
            assert_eq!(row.cells, cells, "{place}");
            continue;
        }
        assert_eq!((&row.cells[0], &row.cells[2]), (&cells[0], &cells[2]), "{place}");
        let told = param.words.iter().chain(&param.default).chain(&param.pattern);
        for word in told {
            assert!(row.cells[3].contains(word.as_str()), "{word} in {place}");
        }
    }
    if family != Family::OpenApi {
        assert_eq!(tables[0].header, parts.header, "{place}");
    }
}

fn replies(page: &Page, call: &Told, family: Family, place: &str) {
    let blocks = examples(page);
    let read: Vec<_> = blocks.iter().flat_map(|block| example::read(block)).collect();
    assert_eq!(read.len(), call.examples.len(), "{read:#?}\n{place}");
    assert!(blocks.iter().all(|block| block.is_reprinted == (family == Family::Scraper)), "{place}");
    for (read, told) in read.iter().zip(&call.examples) {
        let told = if family == Family::Scraper { rounded(told) } else { told.clone() };
        assert_eq!(read.json, told, "{:#?}\n{place}", read.repairs);
    }
    let has_comments = !matches!(family, Family::Scraper | Family::OpenApi);
    for (path, words) in
        call.reply_words.iter().filter(|(path, _)| has_comments && call.examples.iter().any(|json| has(json, path)))
    {
        let comments: Vec<&str> = read
            .iter()
            .flat_map(|read| &read.comments)
            .filter(|(of, _)| of == path)
            .map(|(_, comment)| comment.as_str())
            .collect();
        assert!(comments.iter().any(|comment| comment.ends_with(&words.join(", "))), "{path}: {comments:?}\n{place}");
    }
}

/// Whether a path leads to a value.
fn has(json: &Json, path: &str) -> bool {
    if path.is_empty() {
        return true;
    }
    match json {
        Json::List(items) => {
            path.strip_prefix("[]").is_some_and(|rest| items.iter().any(|item| has(item, rest.trim_start_matches('.'))))
        }
        Json::Object(fields) => fields.iter().any(|(key, value)| {
            let rest = path.strip_prefix(key.as_str());
            rest.is_some_and(|rest| {
                (rest.is_empty() || rest.starts_with(['.', '['])) && has(value, rest.trim_start_matches('.'))
            })
        }),
        _ => false,
    }
}

/// What a scraper makes of long numbers.
fn rounded(json: &Json) -> Json {
    match json {
        Json::Number(digits) => match digits.parse::<i64>() {
            #[allow(clippy::cast_precision_loss, reason = "this is what the scraper loses")]
            Ok(value) => Json::Number(format!("{}", value as f64)),
            Err(_) => json.clone(),
        },
        Json::List(items) => Json::List(items.iter().map(rounded).collect()),
        Json::Object(fields) => Json::Object(fields.iter().map(|(key, value)| (key.clone(), rounded(value))).collect()),
        other => other.clone(),
    }
}
