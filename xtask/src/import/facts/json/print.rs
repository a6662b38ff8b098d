//! Prints JSON so that people read it: what fits on a line stands on one, and lists of words fill their lines.

use super::Json;

/// How many characters a line may have.
const WIDTH: usize = 119;

const INDENT: usize = 2;

/// Returns JSON as the text of a file. An object that is the whole file has a line for each key.
pub(crate) fn print(json: &Json) -> String {
    let mut text = match json {
        Json::Object(entries) if !entries.is_empty() => broken(json, 0),
        _ => print_at(json, 0, 0),
    };
    text.push('\n');
    text
}

/// Prints a value `level` steps from the left. So many characters stand on its first or last line besides.
fn print_at(json: &Json, level: usize, besides: usize) -> String {
    let line = on_one_line(json);
    if level * INDENT + besides + line.chars().count() <= WIDTH { line } else { broken(json, level) }
}

fn broken(json: &Json, level: usize) -> String {
    match json {
        Json::Object(entries) if !entries.is_empty() => {
            let key = |name: &str| format!("{}: ", quoted(name));
            let lines = entries.iter().enumerate().map(|(index, (name, value))| {
                let comma = usize::from(index + 1 < entries.len());
                let key = key(name);
                let value = print_at(value, level + 1, key.chars().count() + comma);
                format!("{key}{value}")
            });
            between('{', &lines.collect::<Vec<_>>(), '}', level)
        }
        Json::List(elements) if !elements.is_empty() => {
            let lines = if elements.iter().all(is_scalar) {
                filled(elements, level + 1)
            } else {
                let line = |(index, element)| print_at(element, level + 1, usize::from(index + 1 < elements.len()));
                elements.iter().enumerate().map(line).collect()
            };
            between('[', &lines, ']', level)
        }
        _ => on_one_line(json),
    }
}

fn between(open: char, lines: &[String], close: char, level: usize) -> String {
    let margin = " ".repeat(level * INDENT);
    let inner = " ".repeat((level + 1) * INDENT);
    format!("{open}\n{inner}{}\n{margin}{close}", lines.join(&format!(",\n{inner}")))
}

/// As many scalars on each line as fit, with their commas but for that of the last on a line.
fn filled(elements: &[Json], level: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (index, element) in elements.iter().enumerate() {
        let text = on_one_line(element);
        let comma = usize::from(index + 1 < elements.len());
        match lines.last_mut() {
            Some(line) if level * INDENT + line.chars().count() + 2 + text.chars().count() + comma <= WIDTH => {
                line.push_str(", ");
                line.push_str(&text);
            }
            _ => lines.push(text),
        }
    }
    lines
}

fn is_scalar(json: &Json) -> bool {
    !matches!(json, Json::List(_) | Json::Object(_))
}

fn on_one_line(json: &Json) -> String {
    match json {
        Json::Null => "null".to_owned(),
        Json::Bool(on) => on.to_string(),
        Json::Number(number) => number.clone(),
        Json::Text(text) => quoted(text),
        Json::List(elements) => format!("[{}]", elements.iter().map(on_one_line).collect::<Vec<_>>().join(", ")),
        Json::Object(entries) if entries.is_empty() => "{}".to_owned(),
        Json::Object(entries) => {
            let entry = |(name, value): &(String, Json)| format!("{}: {}", quoted(name), on_one_line(value));
            format!("{{ {} }}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
