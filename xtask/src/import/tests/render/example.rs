//! Writes an example as pages have it, which is seldom JSON.

use crate::import::facts::Json;
use crate::import::page::{Family, Language};

/// How the example differs from JSON.
struct Style {
    keys: Keys,
    comments: Comments,
    commas: Commas,
    lines: Lines,
}

#[derive(PartialEq, Eq)]
enum Keys {
    Quoted,
    Bare,
}

#[derive(PartialEq, Eq)]
enum Comments {
    Kept,
    Lost,
}

#[derive(PartialEq, Eq)]
enum Commas {
    Plain,
    /// Also behind the last member.
    Trailing,
    FullWidth,
}

#[derive(PartialEq, Eq)]
enum Lines {
    Plain,
    /// Two blanks at each end.
    Blanks,
    Joined,
}

/// Returns the text of an example, and what its fence says.
pub(super) fn text(
    json: &Json,
    words: &[(String, Vec<String>)],
    family: Family,
    language: Language,
) -> (String, &'static str) {
    let is_english = language == Language::English;
    let style = |keys, comments, commas, lines| Style { keys, comments, commas, lines };
    let plain = || style(Keys::Quoted, Comments::Kept, Commas::Plain, Lines::Plain);
    let (style, fence) = match family {
        Family::Navigation if is_english => (Style { lines: Lines::Blanks, ..plain() }, ""),
        Family::Navigation => (style(Keys::Bare, Comments::Kept, Commas::Trailing, Lines::Blanks), ""),
        Family::OnThisPage if is_english => (Style { lines: Lines::Blanks, ..plain() }, "prism-code"),
        Family::OnThisPage => (Style { commas: Commas::FullWidth, lines: Lines::Blanks, ..plain() }, "prism-code"),
        Family::Html2Text => (Style { commas: Commas::Trailing, lines: Lines::Blanks, ..plain() }, ""),
        Family::Scraper => (Style { comments: Comments::Lost, ..plain() }, "json"),
        Family::WebClip => (Style { lines: Lines::Joined, ..plain() }, ""),
        Family::Html => (plain(), "javascript"),
        Family::Catalogue => (plain(), "json"),
        Family::OpenApi => (Style { comments: Comments::Lost, ..plain() }, ""),
        Family::Markdown => (Style { commas: Commas::Trailing, ..plain() }, "javascript"),
    };
    let is_joined = style.lines == Lines::Joined;
    let mut writer = Writer { style, words, language, told: Vec::new(), rounds: family == Family::Scraper };
    let mut text = String::new();
    writer.value(json, "", 0, &mut text);
    if is_joined {
        text = text.lines().map(str::trim_end).collect::<Vec<_>>().join(" ");
    }
    (text, fence)
}

struct Writer<'a> {
    style: Style,
    words: &'a [(String, Vec<String>)],
    language: Language,
    /// The fields whose words were told already.
    told: Vec<String>,
    /// Whether long numbers lose digits.
    rounds: bool,
}

impl Writer<'_> {
    fn value(&mut self, json: &Json, path: &str, depth: usize, text: &mut String) {
        match json {
            Json::Null => text.push_str("null"),
            Json::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
            Json::Number(digits) => text.push_str(&self.number(digits)),
            Json::Text(value) => text.push_str(&serde_json::Value::from(value.as_str()).to_string()),
            Json::List(items) => {
                let own = format!("{path}[]");
                let members: Vec<(Option<&str>, &Json)> = items.iter().map(|item| (None, item)).collect();
                self.members(&members, ['[', ']'], &own, depth, text);
            }
            Json::Object(fields) => {
                let members: Vec<(Option<&str>, &Json)> =
                    fields.iter().map(|(key, value)| (Some(key.as_str()), value)).collect();
                self.members(&members, ['{', '}'], path, depth, text);
            }
        }
    }

    fn members(
        &mut self,
        all: &[(Option<&str>, &Json)],
        brackets: [char; 2],
        path: &str,
        depth: usize,
        text: &mut String,
    ) {
        text.push(brackets[0]);
        for (at, (key, value)) in all.iter().enumerate() {
            text.push_str(self.line_end());
            text.push('\n');
            text.push_str(&"  ".repeat(depth + 1));
            let own = match key {
                Some(key) if path.is_empty() => (*key).to_owned(),
                Some(key) => format!("{path}.{key}"),
                None => path.to_owned(),
            };
            if let Some(key) = key {
                let is_word = key.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
                let quote = if self.style.keys == Keys::Quoted || !is_word { "\"" } else { "" };
                text.push_str(&format!("{quote}{key}{quote}: "));
            }
            self.value(value, &own, depth + 1, text);
            if at + 1 < all.len() || self.style.commas == Commas::Trailing {
                text.push(if self.style.commas == Commas::FullWidth { '，' } else { ',' });
            }
            self.comment(&own, text);
        }
        if !all.is_empty() {
            text.push_str(self.line_end());
            text.push('\n');
            text.push_str(&"  ".repeat(depth));
        }
        text.push(brackets[1]);
    }

    fn line_end(&self) -> &'static str {
        if self.style.lines == Lines::Blanks { "  " } else { "" }
    }

    fn comment(&mut self, path: &str, text: &mut String) {
        let Some((_, words)) = self.words.iter().find(|(of, _)| of == path) else { return };
        if self.style.comments == Comments::Lost || self.told.iter().any(|told| told == path) {
            return;
        }
        self.told.push(path.to_owned());
        let name = if self.language == Language::English { "enum: " } else { "枚举：" };
        text.push_str(&format!("  // {name}{}", words.join(", ")));
    }

    /// Beyond 2^53 a scraper that prints numbers again keeps seventeen digits or fewer.
    fn number(&self, digits: &str) -> String {
        match digits.parse::<i64>() {
            #[allow(clippy::cast_precision_loss, reason = "this is what the scraper loses")]
            Ok(value) if self.rounds => format!("{}", value as f64),
            _ => digits.to_owned(),
        }
    }
}
