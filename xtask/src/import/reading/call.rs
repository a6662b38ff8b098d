//! Which call a page is about, who may make it, and whether it is still there.

use super::Refusal;
use crate::import::facts::Place;
use crate::import::page::{Page, Text};
use papi_spec::{Access, Method};
use regex::Regex;
use std::sync::LazyLock;

/// What every path of Portfolio Margin begins with.
const ROOT: &str = "/papi/v";

/// Returns method and path as the section of the request has them. Nothing else tells them: titles, addresses and notes name
/// other calls.
pub(super) fn call(page: &Page) -> Result<(Method, String), Refusal> {
    let place =
        Place { file: page.file.clone(), line: page.request.as_ref().map_or(page.title.line, |text| text.line) };
    let Some(request) = &page.request else {
        return Err(Refusal {
            place,
            reason: "no call found: the page has no section with a method and a path".to_owned(),
        });
    };
    let Some((method, path)) = find(request) else {
        let reason = format!("no call found: `{}` is no method and path", request.text);
        return Err(Refusal { place, reason });
    };
    if !path.starts_with(ROOT) {
        let reason = format!("`{path}` is a path of another product; those of Portfolio Margin begin with `/papi/v1/`");
        return Err(Refusal { place, reason });
    }
    Ok((method, path))
}

static CALL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let methods = Method::ALL.map(Method::as_str).join("|");
    Regex::new(&format!(r"(?i)\b({methods})\s*(?:https?://[^/\s]+)?(/[A-Za-z0-9/_.\-]+)")).ok()
});

fn find(request: &Text) -> Option<(Method, String)> {
    let text = request.text.replace('`', " ");
    let captures = CALL.as_ref()?.captures(&text)?;
    let named = captures.get(1)?.as_str().to_ascii_uppercase();
    let method = Method::ALL.into_iter().find(|method| method.as_str() == named)?;
    let path = captures.get(2)?.as_str().trim_end_matches(['/', '.']);
    Some((method, path.to_owned()))
}

/// Returns the security word in the brackets of a title; none when it has none.
pub(super) fn access(title: &str) -> Option<Access> {
    title.split(['(', '（']).skip(1).find_map(|bracket| {
        let inner = bracket.split([')', '）']).next().unwrap_or_default();
        let word: String = inner.chars().filter(char::is_ascii_alphanumeric).collect();
        let is_it = |access: &Access| access.as_str().replace('_', "").eq_ignore_ascii_case(&word);
        Access::ALL.into_iter().find(is_it)
    })
}

/// Returns the title without its security word and marks.
pub(super) fn plain_title(title: &str) -> String {
    let name = title.split(['(', '（']).next().unwrap_or_default();
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns whether a title says that the call is going.
pub(super) fn is_deprecated(title: &str) -> bool {
    let title = title.to_lowercase();
    ["deprecat", "废弃", "弃用", "已下线", "即将下线", "不再支持"].iter().any(|word| title.contains(word))
}

/// Returns the day from which a sentence says that the call is gone.
pub(super) fn retired_on(sentence: &str) -> Option<String> {
    static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b(20\d\d)[-/.](\d\d)[-/.](\d\d)\b").ok());
    let lower = sentence.to_lowercase();
    let tells = ["deprecat", "retire", "decommission", "offline", "removed", "下线", "废弃", "弃用", "停用"];
    // A parameter may go while the call stays.
    let is_whole = ["endpoint", "interface", "this api", "this will", "this call", "接口"];
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if !says(&tells) || !says(&is_whole) {
        return None;
    }
    let captures = DATE.as_ref()?.captures(&lower)?;
    Some(format!("{}-{}-{}", &captures[1], &captures[2], &captures[3]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_read_in_every_spelling() {
        let cases = [
            ("GET `/papi/v1/um/exampleOrders`", Some((Method::Get, "/papi/v1/um/exampleOrders"))),
            ("`GET /papi/v1/um/exampleOrders `", Some((Method::Get, "/papi/v1/um/exampleOrders"))),
            ("POST/papi/v1/um/exampleOrder", Some((Method::Post, "/papi/v1/um/exampleOrder"))),
            (
                "delete https://papi.example.com/papi/v1/um/exampleOrder/",
                Some((Method::Delete, "/papi/v1/um/exampleOrder")),
            ),
            ("see above", None),
        ];
        for (text, call) in cases {
            let found = find(&Text { text: text.to_owned(), line: 1 });
            assert_eq!(found.as_ref().map(|(method, path)| (*method, path.as_str())), call, "{text}");
        }
    }

    #[test]
    fn the_security_word_is_read_in_every_spelling() {
        let cases = [
            ("Query Example Orders(USER_DATA)", Some(Access::UserData)),
            ("Query Example Orders (USER-DATA)", Some(Access::UserData)),
            ("查询示例订单(USER\\_DATA)", Some(Access::UserData)),
            ("New Example Order（TRADE）", Some(Access::Trade)),
            ("New Example Order (TRADE) (Deprecated)", Some(Access::Trade)),
            ("Start Example (USER STREAM)", Some(Access::UserStream)),
            ("New Example Order (Deprecated)", None),
            ("New Example Order", None),
        ];
        for (title, word) in cases {
            assert_eq!(access(title), word, "{title}");
        }
        assert!(is_deprecated("New Example Order (Deprecated)") && !is_deprecated("New Example Order(TRADE)"));
        assert_eq!(retired_on("This endpoint will be retired on 2026-04-28").as_deref(), Some("2026-04-28"));
        assert_eq!(retired_on("该接口将于 2026-04-28 下线").as_deref(), Some("2026-04-28"));
        assert_eq!(retired_on("The parameter `page` will be removed on 2026-10-28"), None);
        assert_eq!(retired_on("Since 2026-04-28 there is more"), None);
    }
}
