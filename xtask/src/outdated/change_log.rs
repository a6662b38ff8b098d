//! Reads the vendor's saved change log: which calls it speaks of on which day, and which of them it takes away. It is the earliest
//! sign of a change, and no page of a call.

use papi_spec::Method;

/// One line of a change log that names calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Announcement {
    /// The day of the entry: `2026-04-14`.
    pub(crate) day: String,
    /// The line as it stands there, without markup.
    pub(crate) text: String,
    /// Counted from 1.
    pub(crate) line: usize,
    /// Paths, each with its method where one stands before it.
    pub(crate) calls: Vec<(Option<Method>, String)>,
    /// The day from which these calls are gone, when it says that they go.
    pub(crate) retired_on: Option<String>,
}

/// Words that say that something goes.
const GOES: [&str; 17] = [
    "remove",
    "retire",
    "deprecat",
    "discontinu",
    "decommission",
    "offline",
    "sunset",
    "no longer",
    "will be closed",
    "shut down",
    "下线",
    "移除",
    "废弃",
    "弃用",
    "停用",
    "不再",
    "删除",
];

/// What else than a call may go.
const NO_CALL: [&str; 14] = [
    "parameter",
    "field",
    "enum",
    "value",
    "stream",
    "event",
    "header",
    "参数",
    "字段",
    "枚举",
    "数据流",
    "推送",
    "取值",
    "返回",
];

/// Returns what a change log says of calls; none when the text is no change log: it has days as headings, and no section of a
/// request.
pub(crate) fn read(text: &str) -> Option<Vec<Announcement>> {
    let text = without_tags(text);
    let lines: Vec<(usize, String)> = text
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, plain(line)))
        .filter(|(_, line)| !line.is_empty())
        .collect();
    let is_request = |line: &str| {
        let heading = line.trim_end_matches([':', '：']).to_lowercase().replace(' ', "");
        heading == "httprequest" || heading == "http请求"
    };
    if !lines.iter().any(|(_, line)| day_heading(line).is_some()) || lines.iter().any(|(_, line)| is_request(line)) {
        return None;
    }
    let mut announcements = Vec::new();
    let mut day: Option<String> = None;
    // The sentence that stands before a list of calls says what becomes of them.
    let mut before = String::new();
    for (number, line) in &lines {
        if let Some(found) = day_heading(line) {
            day = Some(found);
            before.clear();
            continue;
        }
        let calls = calls_in(line);
        let Some(day) = &day else { continue };
        if calls.is_empty() {
            before.clone_from(line);
            continue;
        }
        let own = without_calls(line);
        let goes = if says_that_calls_go(&own) {
            Some(own.as_str())
        } else {
            says_that_calls_go(&before).then_some(before.as_str())
        };
        let retired_on = goes.map(|sentence| day_in(sentence).unwrap_or_else(|| day.clone()));
        announcements.push(Announcement { day: day.clone(), text: line.clone(), line: *number, calls, retired_on });
    }
    Some(announcements)
}

fn says_that_calls_go(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    GOES.iter().any(|word| lower.contains(word)) && !NO_CALL.iter().any(|word| lower.contains(word))
}

/// The text of a saved page, with each block on a line of its own.
fn without_tags(text: &str) -> String {
    if !text.trim_start().starts_with('<') || text.trim_start().starts_with("<!--") {
        return text.to_owned();
    }
    let mut plain = String::new();
    for (index, part) in text.split('<').enumerate() {
        let Some((tag, rest)) = part.split_once('>').filter(|_| index > 0) else {
            plain.push_str(part);
            continue;
        };
        let name = tag
            .trim_start_matches('/')
            .split(|letter: char| !letter.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        if ["p", "li", "ul", "ol", "br", "div", "h1", "h2", "h3", "h4", "h5", "tr", "hr"].contains(&name) {
            plain.push('\n');
        }
        plain.push_str(rest);
    }
    plain
}

/// A line without the marks of Markdown and what nobody sees.
fn plain(line: &str) -> String {
    let line = match line.find("](") {
        // The anchor behind a heading.
        Some(at) if line.trim_start().starts_with('#') => {
            line[..at].rsplit_once('[').map_or(line, |(before, _)| before)
        }
        _ => line,
    };
    let marks = |letter: char| letter.is_whitespace() || "#*->+`_\u{200B}\u{FEFF}\u{A0}".contains(letter);
    let shown: String = line.chars().filter(|letter| !"*`\\\u{200B}\u{FEFF}\0".contains(*letter)).collect();
    shown.trim_matches(marks).to_owned()
}

/// The day of a line that has nothing else, but for a word such as `Time:`.
fn day_heading(line: &str) -> Option<String> {
    let text = line.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    if line.len() - text.len() > 12 {
        return None;
    }
    let day = day_in(text)?;
    let rest: String = text.chars().filter(|letter| letter.is_alphanumeric() && !"年月日".contains(*letter)).collect();
    (rest.len() <= 8).then_some(day)
}

/// The first day in a text: `2026-04-14`, `2026/4/14` or `2026年4月14日`.
fn day_in(text: &str) -> Option<String> {
    let starts = text.char_indices().filter(|(at, letter)| {
        letter.is_ascii_digit() && !text[..*at].ends_with(|before: char| before.is_ascii_digit())
    });
    starts.map(|(at, _)| &text[at..]).find_map(|rest| {
        let mut parts = rest.split(|letter: char| !letter.is_ascii_digit());
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let separators: String = rest.chars().filter(|letter| !letter.is_ascii_digit()).take(2).collect();
        let is_day = ["--", "//", "年月"].contains(&separators.as_str());
        let (number, month, day) = (year.parse::<u32>().ok()?, month.parse::<u32>().ok()?, day.parse::<u32>().ok()?);
        let is_real = (2015..2100).contains(&number) && (1..=12).contains(&month) && (1..=31).contains(&day);
        (is_day && is_real).then(|| format!("{number}-{month:02}-{day:02}"))
    })
}

/// The paths of the product in a line, each with the method before it.
fn calls_in(line: &str) -> Vec<(Option<Method>, String)> {
    let mut calls: Vec<(Option<Method>, String)> = Vec::new();
    for (at, _) in line.match_indices("/papi/v") {
        let path: String =
            line[at..].chars().take_while(|letter| letter.is_ascii_alphanumeric() || "/-_".contains(*letter)).collect();
        let before = line[..at].trim_end_matches(|letter: char| !letter.is_ascii_alphabetic());
        let word = before.rsplit(|letter: char| !letter.is_ascii_alphabetic()).next().unwrap_or_default();
        let is_near = line[..at].len() - before.len() <= 3;
        let method = Method::ALL.into_iter().find(|method| is_near && method.as_str() == word);
        let call = (method, path.trim_end_matches(['/', '-']).to_owned());
        if !calls.contains(&call) {
            calls.push(call);
        }
    }
    calls
}

/// The words of a line between its paths, so that the name of a call says nothing of its fate.
fn without_calls(line: &str) -> String {
    let is_call = |word: &&str| word.contains("/papi/v");
    line.split_whitespace().filter(|word| !is_call(word)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Announcement, day_heading, read};
    use papi_spec::Method;

    fn log(text: &str) -> Vec<Announcement> {
        read(text).expect("a change log")
    }

    #[test]
    fn a_day_is_a_heading_in_each_way_of_writing_it() {
        for heading in ["2026-04-14", "Time: 2026-4-14", "2026/04/14", "2026年4月14日", "时间：2026-04-14"] {
            assert_eq!(day_heading(heading).as_deref(), Some("2026-04-14"), "{heading}");
        }
        for other in ["From 2026-04-14 on", "2026-04-14 the limits of orders change", "1.2.3", "2026-13-01"] {
            assert_eq!(day_heading(other), None, "{other}");
        }
    }

    #[test]
    fn calls_of_a_list_go_when_the_sentence_before_it_says_so() {
        let text = "# Change Log\n\n## 2026-04-14[\u{200B}](#x \"y\")\n\nThese calls will be removed on **2026-04-28**:\n\n\
                    * `POST /papi/v1/um/exampleOrder`\n* GET /papi/v1/um/exampleOrders\n\n## 2026-04-01\n\n\
                    * `GET /papi/v1/um/other` has the parameter `kind`, and the parameter `sort` is removed\n";
        let announced = log(text);
        let days: Vec<_> = announced.iter().map(|one| (one.day.as_str(), one.retired_on.as_deref())).collect();
        let gone = ("2026-04-14", Some("2026-04-28"));
        assert_eq!(days, [gone, gone, ("2026-04-01", None)]);
        assert_eq!(announced[0].calls, [(Some(Method::Post), "/papi/v1/um/exampleOrder".to_owned())]);
    }

    #[test]
    fn saved_html_and_chinese_are_read_as_well() {
        let html = "<!doctype html><h2 id=x>2026-04-14<a href=y>#</a></h2><ul><li>以下接口将于2026年4月28日下线：</li>\
                    <li><code>GET /papi/v1/um/exampleOrders</code></li></ul>";
        assert_eq!(log(html)[0].retired_on.as_deref(), Some("2026-04-28"));
    }

    #[test]
    fn a_page_of_a_call_is_no_change_log() {
        assert_eq!(read("# A call\n\n2026-04-14\n\n## HTTP Request\n\nGET `/papi/v1/um/exampleOrders`\n"), None);
        assert_eq!(read("# Terms\n\nNo day, no call.\n"), None);
    }
}
