//! What sections are called, in English and Chinese, and how the request of a call is written.

use super::{Pool, SectionKind};

const DESCRIPTION: &[&str] = &["apidescription", "description", "接口描述", "描述", "接口说明"];
const REQUEST: &[&str] = &["httprequest", "http请求", "httprequests", "requestmethod", "请求方式", "endpoint"];
const WEIGHT: &[&str] = &["requestweight", "weight", "ipweight", "请求权重", "权重"];
const PARAMETERS: &[&str] = &[
    "requestparameters",
    "requestparameter",
    "parameters",
    "parameter",
    "queryparameters",
    "pathparameters",
    "bodyparameters",
    "requestbody",
    "请求参数",
    "参数",
    "查询参数",
    "请求体",
];
const NOTES: &[&str] = &[
    "notes",
    "note",
    "notice",
    "otherinfo",
    "otherinformation",
    "remarks",
    "remark",
    "注意",
    "注意事项",
    "备注",
    "其他信息",
];
const RESPONSE: &[&str] = &[
    "responseexample",
    "responseexamples",
    "response",
    "responses",
    "responseparameters",
    "responsefields",
    "响应示例",
    "响应",
    "返回示例",
    "返回",
    "响应参数",
    "响应字段",
];

/// Returns what a section of this heading is about, or None when the heading is no section's.
pub(super) fn kind_of(heading: &str) -> Option<SectionKind> {
    let name = compared(heading);
    // `Response 200`.
    let name = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let (name, pool) = match name.rsplit_once(['(', '（']) {
        Some((before, pool)) => (before, Some(pool.trim_end_matches([')', '）']))),
        None => (name, None),
    };
    let of_weight = || match pool {
        None | Some("ip") => Some(Pool::Ip),
        Some("uid" | "account") => Some(Pool::Uid),
        Some("order" | "orders") => Some(Pool::Order),
        Some(_) => None,
    };
    match name {
        _ if WEIGHT.contains(&name) => of_weight().map(SectionKind::Weight),
        // A word of security makes a title of it.
        _ if pool.is_some_and(|pool| pool.contains(['_', '-']) || ["trade", "margin", "none"].contains(&pool)) => None,
        _ if DESCRIPTION.contains(&name) => Some(SectionKind::Description),
        _ if REQUEST.contains(&name) => Some(SectionKind::Request),
        _ if PARAMETERS.contains(&name) => Some(SectionKind::Parameters),
        _ if NOTES.contains(&name) => Some(SectionKind::Notes),
        _ if RESPONSE.contains(&name) => Some(SectionKind::Response),
        _ => None,
    }
}

/// Returns a heading without what is not compared: blanks, backslashes, a colon at its end, the case of letters.
pub(super) fn compared(heading: &str) -> String {
    let plain: String =
        heading.chars().filter(|letter| !letter.is_whitespace() && !matches!(letter, '\\' | '*' | '`')).collect();
    plain.trim_end_matches([':', '：']).to_lowercase()
}

/// Returns the section that a heading begins, and what it says of it at once: `Weight: 5`.
pub(super) fn section(heading: &str) -> Option<(SectionKind, String)> {
    if let Some(kind) = kind_of(heading) {
        return Some((kind, String::new()));
    }
    let (name, rest) = heading.split_once([':', '：'])?;
    Some((kind_of(name)?, rest.trim().to_owned()))
}

/// Returns the section that a bold or short line begins, and what stands behind its colon: `**Notes:** ..`, `Notes:`.
pub(super) fn pseudo(text: &str, bold: usize) -> Option<(SectionKind, String, String)> {
    let whole = text.trim();
    let is_whole_bold = bold > 0 && bold >= whole.len();
    if let Some(kind) = kind_of(whole).filter(|_| is_whole_bold || whole.ends_with([':', '：'])) {
        return Some((kind, whole.to_owned(), String::new()));
    }
    let (at, colon) = text.char_indices().find(|(_, letter)| matches!(letter, ':' | '：'))?;
    let (name, rest) = (&text[..at], &text[at + colon.len_utf8()..]);
    let is_bold = bold >= name.len() && bold > 0 && bold < text.len();
    // A weight is told so without bold, too.
    let is_weight = || rest.trim_start().starts_with(|first: char| first.is_ascii_digit());
    let kind = kind_of(name).filter(|kind| is_bold || (matches!(kind, SectionKind::Weight(_)) && is_weight()))?;
    Some((kind, text[..at + colon.len_utf8()].to_owned(), rest.trim().to_owned()))
}

/// Reads a method and a path that stand alone in a text, glued or not, with backticks or without: `GET /papi/v1/um/exampleOrders`.
pub(super) fn request(text: &str) -> Option<String> {
    let plain = text.replace(['`', '*'], " ");
    let plain = plain.trim();
    let end = plain.find(|letter: char| !letter.is_ascii_alphabetic())?;
    let (method, path) =
        (plain[..end].to_ascii_uppercase(), plain[end..].trim_start_matches([' ', '\n', ':', '：', '\t']));
    let is_method = matches!(method.as_str(), "GET" | "POST" | "PUT" | "DELETE" | "PATCH");
    let path = path.trim_end_matches(['.', '。', ' ']);
    // The host is the same for all calls.
    let path = match path.strip_prefix("https://") {
        Some(rest) => rest.find('/').map_or("", |at| &rest[at..]),
        None => path,
    };
    // The slash before `papi/v1` is forgotten at times.
    let is_rootless = path
        .split_once("/v")
        .is_some_and(|(api, _)| api.ends_with("api") && api.chars().all(|letter| letter.is_ascii_lowercase()));
    let path = if is_rootless { format!("/{path}") } else { path.to_owned() };
    let is_path = path.len() > 1 && path.starts_with('/') && !path.contains(char::is_whitespace);
    (is_method && is_path).then(|| format!("{method} {path}"))
}
