//! The words of a choice, in the forms in which cells list them. Prose that has words in it is no list.

use super::finding::Finding;
use super::pattern::understand;
use super::sentence::{Compact, NAME_CLASS, WORD_CLASS};
use regex::Regex;
use std::sync::LazyLock;

/// What may stand before a list: a text that ends in a colon, or says that a choice follows.
const INTRO: &str = "(?:[^,.;:\u{E400}-\u{E7FF}]*:|(?:(?:it)?canbe(?:setto|oneof)?|(?:the)?(?:valid|possible|allowed|supported|available|enum|\
    possiblesupported|validenum)*(?:values|value|enums|enum|options|words)+(?:is|are|:)*|(?:only)?supports?(?:only)?|currentlyonlysupports?|\
    (?:can)?only(?:support|supports|accept|accepts|be)+|oneof|enum:?|目前仅?支持|目前只支持|仅支持|只支持|支持|可选值?(?:为|是|有)?|可以?(?:设置)?为|取值(?:为|有|范围)*|\
    枚举值?|有效值(?:为|是)?|且?仅可(?:选择?|填)|(?:可)?选择|可用值(?:为|是)?)+:?)?";

/// What a text before a colon says when no list follows.
const NO_INTRO: [&str; 14] =
    ["default", "except", "if", "when", "usedwith", "not", "exclud", "默认", "缺省", "如果", "当", "除", "不", "若"];

/// What stands between two words.
const BETWEEN: &str = r"(?:,?(?:or|and|或者|或|和|与|以及|及)|[,/、|:.]+(?:or|and|或|和)?)+";

static PLAIN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!("^{INTRO}({WORD_CLASS}(?:{BETWEEN}{WORD_CLASS})*)")).ok());
/// `A: what it is, B: what it is`; what is said of one may name others.
static GLOSSED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&format!("^{INTRO}{WORD_CLASS}[:=(-]")).ok());
static GLOSSED_WORD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&format!("({WORD_CLASS})[:=(-]")).ok());
/// `A for this, B for that`.
static FOR: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let item = format!("{WORD_CLASS}(?:{BETWEEN}{WORD_CLASS})*for[^,.;\u{E400}-\u{E7FF}]*(?:{WORD_CLASS}[^,.;]*)?");
    Regex::new(&format!("^{INTRO}{item}(?:{BETWEEN}{item})*$")).ok()
});
static FOR_WORD: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!("({WORD_CLASS}(?:{BETWEEN}{WORD_CLASS})*)for")).ok());

/// `For ALPHA algoType, A/B as order type`.
static UNDER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let list = format!("{WORD_CLASS}(?:{BETWEEN}{WORD_CLASS})*");
    Regex::new(&format!(
        "^for{WORD_CLASS}{NAME_CLASS}?[a-z]*,({list})as(?:the)?(?:order|{NAME_CLASS})?(?:types?|{NAME_CLASS})?$"
    ))
    .ok()
});

/// A name before a list, such as `Side of the order A, B`. What says when or for what is no name.
static LABELLED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!("^([^,.;:()=\u{E000}-\u{EBFF}]{{1,30}})({WORD_CLASS}(?:{BETWEEN}{WORD_CLASS})+)$")).ok()
});
const NO_LABEL: [&str; 26] = [
    "if",
    "when",
    "only",
    "used",
    "use",
    "for",
    "default",
    "with",
    "not",
    "except",
    "cannot",
    "effective",
    "be",
    "in",
    "仅",
    "只",
    "当",
    "如果",
    "若",
    "默认",
    "使用",
    "用于",
    "不",
    "需",
    "时",
    "除",
];

/// Reads the words that a sentence of a cell lists, and what it says behind them. None when it lists none.
pub(super) fn words(compact: &Compact, row: &str) -> Option<(Vec<String>, Vec<Finding>)> {
    let text = compact.text.trim_matches([',', '.', ';', ':', '/', '(', ')', '、', '|']);
    // `Default: A` names one word, and lists none.
    let start = text.find(|letter| ('\u{E400}'..='\u{E7FF}').contains(&letter))?;
    if text[..start].ends_with(':') && NO_INTRO.iter().any(|word| text[..start].contains(word)) {
        return None;
    }
    if let Some(captures) = PLAIN.as_ref()?.captures(text) {
        let rest = &text[captures.get_match().end()..];
        let words = compact.words_in(captures.get(1)?.as_str());
        let is_whole = rest.trim_matches([',', '.', ';', ':', '/', ')', '、', '|']).is_empty();
        if is_whole {
            return Some((words, Vec::new()));
        }
        if rest.starts_with([',', '(', '、', '/', '.'])
            && let Some(found) = understand(&compact.rest_of(rest), Some(row))
        {
            return Some((words, found));
        }
    }
    if let Some(captures) = LABELLED.as_ref()?.captures(text) {
        let label = captures.get(1)?.as_str();
        if !NO_LABEL.iter().any(|word| label.contains(word)) {
            return Some((compact.words_in(captures.get(2)?.as_str()), Vec::new()));
        }
    }
    if let Some(captures) = UNDER.as_ref()?.captures(text) {
        return Some((compact.words_in(captures.get(1)?.as_str()), Vec::new()));
    }
    if GLOSSED.as_ref()?.is_match(text) {
        let pieces = GLOSSED_WORD.as_ref()?.captures_iter(text);
        let words: Vec<String> =
            pieces.filter_map(|piece| Some(compact.words_in(piece.get(1)?.as_str()))).flatten().collect();
        return Some((words, Vec::new()));
    }
    if FOR.as_ref()?.is_match(text) {
        let pieces = FOR_WORD.as_ref()?.captures_iter(text);
        let words: Vec<String> =
            pieces.filter_map(|piece| Some(compact.words_in(piece.get(1)?.as_str()))).flatten().collect();
        return Some((words, Vec::new()));
    }
    None
}
