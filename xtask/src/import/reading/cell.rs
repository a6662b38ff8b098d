//! The description of one parameter in its row: words, default, bounds and rules whose subject is the row.

use super::finding::Finding;
use super::pattern::understand;
use super::said::Said;
use super::sentence::{Compact, Quoted, sentences};
use super::words::words;
use crate::import::facts::{ParamFacts, Place};
use regex::Regex;
use std::sync::LazyLock;

/// `^[\.A-Z]{1,32}$`
static CLASS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"`?\^?\[[^`\s]+\]\{\d+,\d+\}\$?`?").ok());

/// What introduces a regular expression.
const RULE: [&str; 10] = ["rule", "regex", "regular", "pattern", "match", "正则", "规则", "符合", "满足", "格式"];

/// Beginnings of what holds under a condition only.
const CONDITIONS: [&str; 16] =
    ["if", "when", "for", "unless", "only", "with", "in ", "except", "如果", "若", "当", "在", "如", "除", "仅", "只"];

/// Reads the cell of a parameter into its facts, and what it says of others.
pub(super) fn read_cell(text: &str, param: &mut ParamFacts, params: &[String], place: &Place, said: &mut Said) {
    let text = take_pattern(text, param, place, said);
    let mut rest = Vec::new();
    for sentence in sentences(&text) {
        // What may be chosen under a condition is a choice as well; the condition is told.
        let choice = if param.page_type == "ENUM" {
            ["且仅可选", "仅可选"].iter().find_map(|start| sentence.find(start))
        } else {
            None
        };
        if let Some((condition, choice)) = choice.filter(|at| *at > 0).and_then(|at| sentence.split_at_checked(at))
            && take_words(choice, param, params, place, said)
        {
            said.understood -= 1;
            said.note(Some(&param.name), &sentence, place);
            rest.push(condition.to_owned());
            continue;
        }
        if take_words(&sentence, param, params, place, said) {
            continue;
        }
        let compact = Compact::of(&sentence, params, Quoted::Capitals);
        if let Some(found) = understand(&compact, Some(&param.name)) {
            said.understand(found, place);
            continue;
        }
        let left = take_parts(&sentence, param, params, place, said);
        if left.trim().is_empty() {
            said.understood += 1;
            continue;
        }
        said.note(Some(&param.name), &left, place);
        rest.push(left);
    }
    param.doc = rest.join("; ");
}

/// Takes the regular expression out of a cell, with the words that introduce it.
fn take_pattern(text: &str, param: &mut ParamFacts, place: &Place, said: &mut Said) -> String {
    let Some(found) = CLASS.as_ref().and_then(|class| class.find(text)) else { return text.to_owned() };
    let pattern = found.as_str().trim_matches('`');
    let pattern = format!("^{}$", pattern.trim_start_matches('^').trim_end_matches('$'));
    if param.page_type != "STRING" {
        return text.to_owned();
    }
    param.pattern = Some(pattern);
    let (before, after) = (&text[..found.start()], &text[found.end()..]);
    let mut parts = sentences(before);
    if let Some(intro) = parts.last().map(|last| last.to_lowercase())
        && RULE.iter().any(|word| intro.contains(word))
    {
        parts.pop();
    }
    said.understand(Vec::new(), place);
    parts.push(after.to_owned());
    parts.join(". ")
}

/// Takes the words that a sentence lists. A text is a choice when there are several, or when the page says so.
fn take_words(sentence: &str, param: &mut ParamFacts, params: &[String], place: &Place, said: &mut Said) -> bool {
    if !matches!(param.page_type.as_str(), "ENUM" | "STRING" | "BOOLEAN") {
        return false;
    }
    let quoted = if param.page_type == "ENUM" { Quoted::All } else { Quoted::Capitals };
    let Some((listed, found)) = words(&Compact::of(sentence, params, quoted), &param.name) else { return false };
    let says_so = ["support", "only", "支持", "仅", "枚举", "enum", "values"];
    // `"ALPHA": what it is` alone, for each stands in a sentence of its own.
    let is_quoted = |text: &str| text.len() > 2 && text.starts_with('`') && text.ends_with('`');
    let is_glossed =
        is_quoted(sentence.trim()) || (sentence.starts_with(['"', '`', '“', '\'']) && sentence.contains([':', '：']));
    let says_so = says_so.iter().any(|word| sentence.to_lowercase().contains(word));
    if listed.len() < 2 && param.page_type != "ENUM" && !is_glossed && !says_so {
        return false;
    }
    let known = param.words.get_or_insert_default();
    for word in listed {
        if !known.contains(&word) {
            known.push(word);
        }
    }
    said.understand(found, place);
    true
}

/// Takes the parts of a sentence that say something alone, up to the first that holds under a condition. Returns what is left.
fn take_parts(sentence: &str, param: &mut ParamFacts, params: &[String], place: &Place, said: &mut Said) -> String {
    let parts = parts(sentence);
    let mut left = String::new();
    for (index, part) in parts.iter().enumerate() {
        let rest = parts[index..].concat();
        if index > 0 && rest.contains([',', '，', '/', '、']) && take_words(rest.trim(), param, params, place, said) {
            said.understood -= 1;
            break;
        }
        let read = |text: &str| understand(&Compact::of(text, params, Quoted::Capitals), Some(&param.name));
        let mut take =
            |found: Vec<Finding>| said.findings.extend(found.into_iter().map(|finding| (finding, place.clone())));
        if let Some(found) = read(&rest) {
            take(found);
            break;
        }
        let plain = part.trim().to_lowercase();
        match read(part).filter(|_| !goes_on(parts.get(index + 1))) {
            Some(found) => take(found),
            None if CONDITIONS.iter().any(|condition| plain.starts_with(condition)) => {
                left.push_str(&rest);
                break;
            }
            None => left.push_str(part),
        }
    }
    left
}

/// Parts a sentence behind its commas, colons and before its brackets, but not inside of brackets or code.
fn parts(sentence: &str) -> Vec<String> {
    let (mut parts, mut part, mut in_code, mut depth) = (Vec::new(), String::new(), false, 0_usize);
    let mut rest = sentence;
    for letter in sentence.chars() {
        match letter {
            '`' => in_code = !in_code,
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        // `Number of rows Default: 30 Max: 60` has no commas.
        let starts = ["默认", "最大", "最小", "default", "max", "min"];
        let before = &sentence[..sentence.len() - rest.len()];
        if part.ends_with(' ') && !has_word(before) && starts.iter().any(|word| rest.to_lowercase().starts_with(word)) {
            parts.push(std::mem::take(&mut part));
        }
        rest = &rest[letter.len_utf8()..];
        part.push(letter);
        if !in_code && depth == 0 && matches!(letter, ',' | '，' | ':' | '：' | '(' | '（') {
            parts.push(std::mem::take(&mut part));
        }
    }
    parts.push(part);
    parts
}

/// Returns whether a text has a word in capitals, of which what follows may be said.
fn has_word(text: &str) -> bool {
    text.as_bytes().windows(2).any(|pair| pair.iter().all(u8::is_ascii_uppercase))
}

/// Returns whether a part is the middle of a list, so that it alone would say less than the page.
fn goes_on(next: Option<&String>) -> bool {
    let Some(next) = next.map(|next| next.trim_start()) else { return false };
    let first: String = next.chars().take(2).collect();
    next.starts_with(['`', '"', '“', '或', '和', '与'])
        || next.starts_with("and ")
        || next.starts_with("or ")
        || (first.chars().count() == 2 && first.chars().all(|letter| letter.is_ascii_uppercase()))
}
