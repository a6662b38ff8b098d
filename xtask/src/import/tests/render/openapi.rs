//! An `OpenAPI` document with all calls, in JSON and YAML.

use super::{Told, ToldParam, example};
use crate::import::facts::Json;
use crate::import::page::{Family, Language};

pub(super) fn json(calls: &[Told], language: Language) -> String {
    example::text(&document(calls, language), &[], Family::OpenApi, language).0
}

pub(super) fn yaml(calls: &[Told], language: Language) -> String {
    let mut text = String::new();
    block(&document(calls, language), 0, &mut text);
    text
}

fn document(calls: &[Told], language: Language) -> Json {
    let mut paths: Vec<(String, Json)> = Vec::new();
    for call in calls {
        let operation = (call.method.to_lowercase(), operation(call, language));
        match paths.iter_mut().find(|(path, _)| *path == call.path) {
            Some((_, Json::Object(operations))) => operations.push(operation),
            _ => paths.push((call.path.clone(), Json::Object(vec![operation]))),
        }
    }
    let recv_window = object([
        ("name", text("recvWindow")),
        ("in", text("query")),
        ("schema", object([("$ref", text("#/components/schemas/RecvWindow"))])),
    ]);
    let schema = object([
        ("type", text("integer")),
        ("format", text("int64")),
        ("default", number("5000")),
        ("maximum", number("60000")),
    ]);
    object([
        ("openapi", text("3.0.3")),
        ("info", object([("title", text("Portfolio Margin")), ("version", text("1.0.0"))])),
        ("servers", Json::List(vec![object([("url", text("https://HOST"))])])),
        ("paths", Json::Object(paths)),
        (
            "components",
            object([
                ("parameters", object([("RecvWindow", recv_window)])),
                ("schemas", object([("RecvWindow", schema)])),
            ]),
        ),
    ])
}

fn operation(call: &Told, language: Language) -> Json {
    let is_english = language == Language::English;
    let heading = if is_english { "Weight" } else { "权重" };
    let mut description = vec![if is_english { "Tells or does something." } else { "查询或操作。" }.to_owned()];
    description.extend(call.weights_in(language).iter().map(|(pool, weight)| format!("{heading}{pool}: {weight}")));
    description.extend(call.notes_in(language));
    let parameters = call.params.iter().map(|param| parameter(param, language)).collect();
    let examples =
        call.examples.iter().enumerate().map(|(at, json)| (format!("case{at}"), object([("value", json.clone())])));
    let media =
        object([("schema", object([("type", text("object"))])), ("examples", Json::Object(examples.collect()))]);
    let content = object([("application/json", media)]);
    let response = object([("description", text("OK")), ("content", content)]);
    object([
        ("summary", Json::Text(call.title_in(language))),
        ("description", Json::Text(description.join("\n\n"))),
        ("parameters", Json::List(parameters)),
        ("responses", object([("200", response)])),
    ])
}

fn parameter(param: &ToldParam, language: Language) -> Json {
    if param.name == "recvWindow" {
        return object([("$ref", text("#/components/parameters/RecvWindow"))]);
    }
    let (kind, format) = match param.page_type.as_str() {
        "LONG" => ("integer", Some("int64")),
        "INT" => ("integer", None),
        "DECIMAL" => ("number", None),
        "BOOLEAN" => ("boolean", None),
        "LIST" => ("array", None),
        _ => ("string", None),
    };
    let is_number = matches!(kind, "integer" | "number");
    let scalar = |value: &String| if is_number { Json::Number(value.clone()) } else { Json::Text(value.clone()) };
    let bound = |value: &Option<String>| value.clone().filter(|value| value.parse::<f64>().is_ok()).map(Json::Number);
    let mut schema = vec![("type", text(kind))];
    schema.extend(format.map(|format| ("format", text(format))));
    schema.extend(param.default.as_ref().map(|default| ("default", scalar(default))));
    schema.extend(bound(&param.min).map(|min| ("minimum", min)));
    schema.extend(bound(&param.max).map(|max| ("maximum", max)));
    schema.extend(param.pattern.as_ref().map(|pattern| ("pattern", text(pattern))));
    if !param.words.is_empty() {
        schema.push(("enum", Json::List(param.words.iter().map(|word| text(word)).collect())));
    }
    // What a schema cannot say stands in words.
    let said = ToldParam {
        default: None,
        words: Vec::new(),
        pattern: None,
        min: param.min.clone().filter(|_| bound(&param.min).is_none()),
        max: param.max.clone().filter(|_| bound(&param.max).is_none()),
        ..param.clone()
    };
    let mut fields = vec![("name", text(&param.name)), ("in", text("query")), ("required", Json::Bool(param.required))];
    let description = said.description(language);
    if !description.is_empty() {
        fields.push(("description", Json::Text(description)));
    }
    fields.push(("schema", own(schema)));
    own(fields)
}

fn text(text: &str) -> Json {
    Json::Text(text.to_owned())
}

fn number(digits: &str) -> Json {
    Json::Number(digits.to_owned())
}

fn object<const N: usize>(fields: [(&str, Json); N]) -> Json {
    own(fields.into())
}

fn own(fields: Vec<(&str, Json)>) -> Json {
    Json::Object(fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// Writes a value below its key in block style.
fn block(json: &Json, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    match json {
        Json::Object(fields) if !fields.is_empty() => {
            for (key, value) in fields {
                let is_plain = key.chars().all(|letter| letter.is_ascii_alphabetic());
                let key = if is_plain { key.clone() } else { serde_json::Value::from(key.as_str()).to_string() };
                text.push_str(&format!("{indent}{key}:"));
                nested(value, depth, text);
            }
        }
        Json::List(items) if !items.is_empty() => {
            for item in items {
                text.push_str(&format!("{indent}-"));
                nested(item, depth, text);
            }
        }
        _ => {}
    }
}

fn nested(json: &Json, depth: usize, text: &mut String) {
    match json {
        Json::Object(fields) if !fields.is_empty() => {
            text.push('\n');
            block(json, depth + 1, text);
        }
        Json::List(items) if !items.is_empty() => {
            text.push('\n');
            block(json, depth + 1, text);
        }
        Json::Object(_) => text.push_str(" {}\n"),
        Json::List(_) => text.push_str(" []\n"),
        Json::Null => text.push_str(" null\n"),
        Json::Bool(value) => text.push_str(&format!(" {value}\n")),
        Json::Number(digits) => text.push_str(&format!(" {digits}\n")),
        Json::Text(value) => text.push_str(&format!(" {}\n", serde_json::Value::from(value.as_str()))),
    }
}
