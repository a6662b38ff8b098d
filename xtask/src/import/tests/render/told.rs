//! What is known of a call, as it stands in `tests/facts`.

use crate::import::example;
use crate::import::facts::Json;
use crate::import::page::{Example, Language};
use std::path::{Path, PathBuf};

/// The facts of one call.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) access: String,
    /// `always`, `with symbol`, `without symbol`.
    pub(crate) weight: Vec<(String, u32)>,
    pub(crate) orders: u32,
    pub(crate) params: Vec<ToldParam>,
    pub(crate) reply_words: Vec<(String, Vec<String>)>,
    pub(crate) examples: Vec<Json>,
    /// Sentences in English and Chinese; those that say nothing about this call are no part of its facts.
    pub(crate) notes: Vec<(String, String)>,
}

#[derive(Debug, Clone)]
pub(crate) struct ToldParam {
    pub(crate) name: String,
    pub(crate) page_type: String,
    pub(crate) required: bool,
    pub(crate) default: Option<String>,
    pub(crate) min: Option<String>,
    pub(crate) max: Option<String>,
    pub(crate) pattern: Option<String>,
    pub(crate) words: Vec<String>,
}

/// All calls of `tests/facts`, in the order of their paths.
pub(crate) fn all() -> Vec<Told> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/facts");
    let mut files: Vec<PathBuf> = ["account", "cm", "margin", "market", "stream", "um"]
        .iter()
        .flat_map(|group| std::fs::read_dir(root.join(group)).expect("a folder of facts"))
        .map(|entry| entry.expect("a file").path())
        .collect();
    files.sort();
    assert!(!files.is_empty());
    files.iter().map(|file| Told::read(&std::fs::read_to_string(file).expect("a text"))).collect()
}

impl Told {
    fn read(text: &str) -> Self {
        let file = Example { line: 1, text: text.to_owned(), is_reprinted: false };
        let read = example::read(&file);
        assert!(read.len() == 1 && read[0].repairs.is_empty(), "a file of facts is JSON: {text}");
        let json = &read[0].json;
        let notes = [
            ("Values may change without notice.", "数值可能随时变化。"),
            ("Only accounts of this kind can use it", "仅该类账户可用"),
        ];
        Self {
            method: text_of(field(json, "method")),
            path: text_of(field(json, "path")),
            access: text_of(field(json, "access")),
            weight: fields(field(json, "weight")).iter().map(|(case, weight)| (case.clone(), number(weight))).collect(),
            orders: number(field(json, "orders")),
            params: items(field(json, "params")).iter().map(ToldParam::read).collect(),
            reply_words: items(field(json, "fields"))
                .iter()
                .map(|told| (text_of(field(told, "path")), items(field(told, "words")).iter().map(text_of).collect()))
                .filter(|(_, words): &(String, Vec<String>)| !words.is_empty())
                .collect(),
            examples: items(field(json, "examples")).to_vec(),
            notes: notes.map(|(english, chinese)| (english.to_owned(), chinese.to_owned())).to_vec(),
        }
    }

    /// The name of the call, with its word of security.
    pub(crate) fn title_in(&self, language: Language) -> String {
        let words: Vec<&str> = self.path.split('/').skip(3).collect();
        let name = format!("{} {}", self.method, words.join(" "));
        let mark = if self.access == "NONE" { String::new() } else { format!("({})", self.access) };
        match language {
            Language::English => format!("Example {name}{mark}"),
            Language::Chinese => format!("示例 {name}{mark}"),
        }
    }

    /// The sections about weight: which pool the heading names, and what it says.
    pub(super) fn weights_in(&self, language: Language) -> Vec<(&'static str, String)> {
        let case = |case: &(String, u32)| match (language, case.0.as_str()) {
            (_, "always") => format!("**{}**", case.1),
            (Language::English, name) => format!("**{}** {name}", case.1),
            (Language::Chinese, name) => {
                let name = name.replace("without ", "不带").replace("with ", "带").replace(" and ", "和");
                format!("{name} **{}**", case.1)
            }
        };
        let weight = self.weight.iter().map(case).collect::<Vec<_>>().join(", ");
        if self.orders == 0 {
            return vec![("", weight)];
        }
        vec![("(IP)", weight), ("(Order)", format!("**{}**", self.orders))]
    }

    pub(super) fn notes_in(&self, language: Language) -> Vec<String> {
        let one = |(english, chinese): &(String, String)| match language {
            Language::English => english.clone(),
            Language::Chinese => chinese.clone(),
        };
        self.notes.iter().map(one).collect()
    }
}

impl ToldParam {
    fn read(json: &Json) -> Self {
        let optional = |key: &str| fields(json).iter().find(|(name, _)| name == key).map(|(_, value)| text_of(value));
        Self {
            name: text_of(field(json, "name")),
            page_type: text_of(field(json, "type")),
            required: fields(json).iter().any(|(key, value)| key == "required" && *value == Json::Bool(true)),
            default: optional("default"),
            min: optional("min"),
            max: optional("max"),
            pattern: optional("pattern"),
            words: items(field(json, "words")).iter().map(text_of).collect(),
        }
    }

    /// The cells of its row.
    pub(super) fn cells(&self, language: Language) -> [String; 4] {
        let required = if self.required { "YES" } else { "NO" };
        [self.name.clone(), self.page_type.clone(), required.to_owned(), self.description(language)]
    }

    /// What the vendor would say of it.
    pub(super) fn description(&self, language: Language) -> String {
        let is_english = language == Language::English;
        let mut parts: Vec<String> = Vec::new();
        let words: Vec<String> = self.words.iter().map(|word| format!("`{word}`")).collect();
        parts.extend((!words.is_empty()).then(|| words.join(", ")));
        if let (Some(first), Some(last)) = (&self.min, &self.max)
            && let Some(millis) = first.strip_prefix("> now + ").and_then(|rest| rest.strip_suffix(" ms"))
        {
            let (seconds, last) = (&millis[..millis.len() - 3], last.trim_start_matches("< "));
            let name = &self.name;
            parts.push(if is_english {
                format!(
                    "The {name} timestamp must be greater than the current time plus {seconds} seconds and smaller than {last}"
                )
            } else {
                format!("时间戳需大于当前时间+{seconds}s且小于{last}")
            });
            return parts.join(if is_english { "; " } else { "；" });
        }
        let mut bound = |value: &Option<String>, english: &str, chinese: &str| {
            let name = if is_english { english } else { chinese };
            parts.extend(value.as_ref().map(|value| format!("{name} {value}")));
        };
        bound(&self.default, "Default", "默认");
        bound(&self.min, "min", "最小");
        if self.name == "recvWindow" {
            bound(&self.max, "The value cannot be greater than", "赋值不能超过");
        } else {
            bound(&self.max, "max", "最大");
        }
        let rule = if is_english { "Must follow the rule:" } else { "必须满足正则规则" };
        parts.extend(self.pattern.as_ref().map(|pattern| format!("{rule} `{pattern}`")));
        parts.join(if is_english { "; " } else { "；" })
    }
}

fn field<'a>(json: &'a Json, key: &str) -> &'a Json {
    fields(json).iter().find(|(name, _)| name == key).map_or(&Json::Null, |(_, value)| value)
}

fn fields(json: &Json) -> &[(String, Json)] {
    if let Json::Object(fields) = json { fields } else { &[] }
}

fn items(json: &Json) -> &[Json] {
    if let Json::List(items) = json { items } else { &[] }
}

fn text_of(json: &Json) -> String {
    if let Json::Text(text) = json { text.clone() } else { String::new() }
}

fn number(json: &Json) -> u32 {
    if let Json::Number(digits) = json { digits.parse().expect("a whole number") } else { 0 }
}
