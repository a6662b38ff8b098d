//! Each kind of sentence about the whole call, in the wordings that pages have.

use super::{facts, page};
use crate::import::facts::{Remark, RuleKind, Strictness, WindowFacts};
use papi_spec::{Span, days, hours, months};

const ROWS: &str = "| symbol | STRING | NO | |\n| pair | STRING | NO | |\n| orderId | LONG | NO | |\n\
    | origClientOrderId | STRING | NO | |\n| fromId | LONG | NO | |\n| type | ENUM | NO | `LIMIT`, `MARKET` |\n\
    | price | DECIMAL | NO | |\n| quantity | DECIMAL | NO | |\n| startTime | LONG | NO | |\n| endTime | LONG | NO | |\n\
    | limit | INT | NO | |\n| timestamp | LONG | YES | |";

/// The rules that a note alone states, written short.
fn rules(note: &str) -> Vec<String> {
    let facts = facts(&page(ROWS, &format!("> * {note}")));
    assert_eq!(facts.notes, [], "{note}");
    facts
        .rules
        .iter()
        .map(|rule| {
            let when: String = rule.when.iter().map(|(param, words)| format!("{param}={} ", words.join("/"))).collect();
            let text = match &rule.requirement {
                RuleKind::AtLeastOne(names) => format!("at least one {}", names.join(" ")),
                RuleKind::ExactlyOne(names) => format!("exactly one {}", names.join(" ")),
                RuleKind::AtMostOne(names) => format!("at most one {}", names.join(" ")),
                RuleKind::Together(names) => format!("together {}", names.join(" ")),
                RuleKind::Need(names) => format!("need {}", names.join(" ")),
                RuleKind::Forbid(names) => format!("forbid {}", names.join(" ")),
                RuleKind::Only { param, values } => format!("only {param} {}", values.join("/")),
                RuleKind::Window(window) => format!("window {}", window.from),
            };
            format!("{when}{text}")
        })
        .collect()
}

#[test]
fn at_least_one_is_read_in_every_wording() {
    for note in [
        "Either `orderId` or `origClientOrderId` must be sent.",
        "EitherorderId or origClientOrderId must be sent",
        "Either `orderId` or `origClientOrderId` must be provided",
        "orderId or origClientOrderId must be sent.",
        "At least one of orderId and origClientOrderId must be sent",
        "`orderId` 或 `origClientOrderId` 必须至少发送一个",
        "orderId 与 origClientOrderId 之一必须发送。",
        "`orderId` 与 `origClientOrderId` 中的一个为必填参数",
        "orderId 或 origClientOrderId 必须被提供",
        "orderId 或 origClientOrderId 其中一个必传",
        "至少需要发送 orderId 与 origClientOrderId 中的一个",
        "orderId 或 origClientOrderId 必须发送一个",
        "orderId 或 origClientOrderId 必须传其一",
        "必须发送orderId 或 origClientOrderId",
        "Either order id or orig client order id must be sent",
    ] {
        assert_eq!(rules(note), ["at least one orderId origClientOrderId"], "{note}");
    }
}

#[test]
fn who_prevails_is_a_remark_beside_the_rule() {
    for note in [
        "Either `orderId` or `origClientOrderId` must be sent, and the `orderId` will prevail if both are sent.",
        "orderId or origClientOrderId must be sent. orderId takes precedence.",
        "orderId 或 origClientOrderId 必须至少发送一个，同时发送则以 orderId 为准",
        "必须发送orderId 或 origClientOrderId，orderId 优先",
    ] {
        assert_eq!(rules(note), ["at least one orderId origClientOrderId"], "{note}");
        let facts = facts(&page(ROWS, &format!("> * {note}")));
        assert_eq!(facts.remarks, [Remark::Prevails("orderId".to_owned())], "{note}");
    }
}

#[test]
fn choices_and_exclusions_are_read_in_every_wording() {
    let cases: [(&str, &[&str]); 29] = [
        ("symbol 和 pair 不要同时提供", &["at most one symbol pair"]),
        ("`symbol` 或 `pair` 必须传一个,不能同时传", &["exactly one symbol pair"]),
        ("Either symbol or pair must be sent. Symbol and pair cannot be sent together", &["exactly one symbol pair"]),
        ("Exactly one of symbol and pair must be sent", &["exactly one symbol pair"]),
        ("Both quantity and price must be sent", &["need quantity price"]),
        ("quantity 与 price 均必须发送", &["need quantity price"]),
        ("quantity 和 price 必须全部发送", &["need quantity price"]),
        ("Pair and fromId cannot be sent together", &["at most one pair fromId"]),
        ("pair 和 fromId 不能同时传", &["at most one pair fromId"]),
        ("pair或fromId 不能同时传。", &["at most one pair fromId"]),
        (
            "The parameter `fromId` cannot be sent with `startTime` or `endTime`.",
            &["at most one fromId startTime", "at most one fromId endTime"],
        ),
        ("参数fromId不能和startTime或endTime一起发送", &["at most one fromId startTime", "at most one fromId endTime"]),
        ("price and quantity are mutually exclusive", &["at most one price quantity"]),
        ("OrderId can only be sent together with symbol", &["orderId= need symbol"]),
        ("orderId must be sent with symbol", &["orderId= need symbol"]),
        ("orderId必须和symbol一起提供", &["orderId= need symbol"]),
        ("If price is sent, quantity is required", &["price= need quantity"]),
        ("如果传price，必须同时传quantity", &["price= need quantity"]),
        ("price and quantity must be sent together", &["together price quantity"]),
        ("price 和 quantity 必须同时发送", &["together price quantity"]),
        ("When `type` is `LIMIT`, price and quantity are required", &["type=LIMIT need price quantity"]),
        ("当type为LIMIT时，price必传", &["type=LIMIT need price"]),
        ("If type is MARKET, price can not be sent", &["type=MARKET forbid price"]),
        ("price is mandatory when type is set to LIMIT", &["type=LIMIT need price"]),
        ("limit cannot be sent with type=MARKET", &["type=MARKET forbid limit"]),
        ("不能同时传fromId与startTime 或 endTime", &["at most one fromId startTime", "at most one fromId endTime"]),
        ("orderId 必须要和参数symbol一起传", &["orderId= need symbol"]),
        ("quantity and price are both required", &["need quantity price"]),
        ("pair and fromId can not both be sent", &["at most one pair fromId"]),
    ];
    for (note, expected) in cases {
        assert_eq!(rules(note), expected, "{note}");
    }
}

/// The only window that a note states.
fn window(note: &str) -> WindowFacts {
    let facts = facts(&page(ROWS, &format!("> * {note}")));
    assert_eq!(facts.notes, [], "{note}");
    match facts.rules.as_slice() {
        [rule] => match &rule.requirement {
            RuleKind::Window(window) => window.clone(),
            other => panic!("{note}: {other:?}"),
        },
        other => panic!("{note}: {other:?}"),
    }
}

#[test]
fn the_longest_range_is_read_in_every_wording() {
    let most = |span| Some((span, Strictness::AtMost));
    let under = |span| Some((span, Strictness::Under));
    for (note, span) in [
        ("The time between `startTime` and `endTime` can not be longer than 7 days", most(days(7))),
        ("The time between startTime and endTime cannot be longer than 1 year", most(months(12))),
        ("The max interval between startTime and endTime is 30 days.", most(days(30))),
        ("The interval between startTime and endTime can not exceed 24 hours", most(hours(24))),
        ("Less than 24 hours between startTime and endTime", under(hours(24))),
        ("The query time period must be less then 7 days", under(days(7))),
        ("startTime 和 endTime 的最大间隔为30天", most(days(30))),
        ("startTime与endTime间隔不能超过3个月", most(months(3))),
        ("startTime 和 endTime 的间隔需要小于24小时", under(hours(24))),
        ("查询时间范围最大不得超过7天", most(days(7))),
        ("查询时间范围最大不得超过7天，这是保证数据正确性所必需的", most(days(7))),
        (
            "The max interval between startTime and endTime is 30 days. It is a must to ensure data correctness",
            most(days(30)),
        ),
        ("The time between startTime and endTime must be less than 7 days", under(days(7))),
    ] {
        assert_eq!(window(note).span, span, "{note}");
    }
    for note in [
        "The query time period must be less then 7 days( default as the recent 7 days).",
        "查询时间范围最大不得超过 7 天(默认查询最近 7 天内的数据)",
    ] {
        let window = window(note);
        assert!(window.span.is_some_and(|(span, _)| span == days(7)) && window.default == Some(days(7)), "{note}");
    }
}

#[test]
fn what_is_searched_without_times_is_read_in_every_wording() {
    for note in [
        "If startTime and endTime not sent, return records of the last 7 days by default.",
        "If `startTime` and `endTime` are both not sent, then the last '7 days' data will be returned.",
        "If neither startTime nor endTime is sent, the recent 7-day data will be returned.",
        "若startTime和endTime没传，则默认返回最近7天数据",
        "startTime 和 endTime 均未发送, 只会返回最近7天的数据",
        "均不填，默认返回最近7天数据",
        "默认查询最近7天内的数据",
        "如果startTime 和 endTime 均未发送, 只会返回最近7天的数据。",
        "两者都没有发送，返回最近7天的数据",
        "By default, data of the last 7 days is returned",
        "Query data for the last 7 days if startTime and endTime are not sent",
        "If both startTime and endTime are not sent, the recent 7-day data will be returned",
    ] {
        let window = window(note);
        assert_eq!((window.default, window.default_to), (Some(days(7)), None), "{note}");
    }
    for note in [
        "If startTime is not sent, data within 7 days before endTime can be queried",
        "如果没有传`startTime`, 只会返回`endTime`之前 7 天内的数据",
        "`startTime` 未发送时，返回 `endTime` 之前7天的数据",
    ] {
        let window = window(note);
        // It is said of one end only.
        assert_eq!((window.default, window.default_to), (None, Some(days(7))), "{note}");
    }
    let both = window("`startTime` set as `endTime - 7days` by default, `endTime` set as current time by default");
    assert_eq!((both.default, both.default_to), (Some(days(7)), Some(days(7))));
    for note in [
        "If startTime is not sent and endTime is sent, the records of the 7 days before endTime is returned.",
        "如果没有发送startTime而发送了endTime，则返回endTime之前7天的记录",
        "如果没有发送startTime而发送了endTime，则返回endTime之前7天的利息历史记录",
    ] {
        let window = window(note);
        assert_eq!((window.default, window.default_to), (None, Some(days(7))), "{note}");
    }
    for note in [
        "If startTime is sent and endTime is not sent, the records from startTime to the present will be returned; if \
         startTime is more than 30 days ago, the past 30 days will be returned.",
        "发送了startTime且未发送endTime，则返回startTime到现在的记录；若startTime至今超过30天，则返回过去30天的记录",
        "发送了startTime且未发送endTime，则返回startTime到现在的的还款记录；若startTime至今超过30天，则返回过去30天的还款记录",
    ] {
        assert_eq!(window(note).default_from, Some(days(30)), "{note}");
    }
}

#[test]
fn how_far_back_there_is_data_is_read_in_every_wording() {
    let cases: [(&str, Span); 5] = [
        ("Only support querying data in the past 90 days", days(90)),
        ("Income history only contains data for the last three months", months(3)),
        ("仅保留最近3个月的数据", months(3)),
        ("仅支持查询最近90天的数据", days(90)),
        ("Only support querying orders in the past 90 days", days(90)),
    ];
    for (note, span) in cases {
        assert_eq!(window(note).history, Some(span), "{note}");
    }
}

#[test]
fn remarks_and_caps_are_read_in_every_wording() {
    let all = |name: &str| vec![Remark::AllWithout(name.to_owned())];
    let cases = [
        ("If symbol is not sent, orders of all symbols will be returned in an array", all("symbol")),
        ("If the symbol is not sent, orders for all symbols will be returned in an array.", all("symbol")),
        ("如果没有传`type`，两种订单都会被返回", all("type")),
        ("不带symbol参数，会返回所有交易对的挂单", all("symbol")),
        (
            "If orderId is set, it will get orders >= that orderId. Otherwise most recent orders are returned.",
            vec![Remark::RowsFrom("orderId".to_owned())],
        ),
        ("如设置 orderId, 订单量将 >= orderId。否则将返回最新的订单。", vec![Remark::RowsFrom("orderId".to_owned())]),
        ("返回该orderId及之后的订单, 缺省返回最近的订单", vec![Remark::RowsFrom("orderId".to_owned())]),
        (
            "如果设置 `orderId` , 获取订单 id >= `orderId`， 否则返回近期订单。",
            vec![Remark::RowsFrom("orderId".to_owned())],
        ),
        ("Response in descending order", vec![Remark::NewestFirst]),
        ("响应返回为降序排列", vec![Remark::NewestFirst]),
    ];
    for (note, remarks) in cases {
        let facts = facts(&page(ROWS, &format!("> * {note}")));
        assert_eq!(facts.remarks, remarks, "{note}");
        assert_eq!(facts.notes, [], "{note}");
    }
    for (note, calls, per) in [
        ("Request Limitation is 5 times per month, shared by front end download page and rest api", 5, months(1)),
        ("You can only use this function 500 times per hour in a rolling manner.", 500, hours(1)),
        ("The endpoint can only be called 10 times per 10 minutes in a rolling manner", 10, papi_spec::minutes(10)),
        ("存在每月5次的请求限制", 5, months(1)),
        ("滚动每小时仅能调用500次", 500, hours(1)),
        ("每10分钟只能调用10次", 10, papi_spec::minutes(10)),
    ] {
        let facts = facts(&page(ROWS, &format!("> * {note}")));
        assert_eq!(facts.caps.iter().map(|cap| (cap.calls, cap.per)).collect::<Vec<_>>(), [(calls, per)], "{note}");
        assert_eq!(facts.notes, [], "{note}");
    }
}

#[test]
fn older_data_behind_a_parameter_is_read_in_every_wording() {
    let rows = format!("{ROWS}\n| archived | STRING | NO | Default `false` |");
    let in_cell = |cell: &str| facts(&page(&format!("{ROWS}\n| archived | STRING | NO | {cell} |"), ""));
    let in_note = |note: &str| facts(&page(&rows, &format!("> * {note}")));
    for facts in [
        in_cell("Default: `false`. Set to `true` for archived data from 4 months ago"),
        in_cell("默认: `false`. 查询4个月以前的数据，需要设为 `true`"),
        in_note("Set `archived` to `true` to query data from 4 months ago"),
        in_note("如果要查询4个月以前数据，设置 archived 为 true"),
    ] {
        assert_eq!(facts.notes, []);
        let window = facts.rules.iter().find_map(|rule| match &rule.requirement {
            RuleKind::Window(window) => Some(window),
            _ => None,
        });
        let unless = ("archived".to_owned(), "true".to_owned());
        assert_eq!(
            window.map(|window| (window.history, window.history_unless.clone())),
            Some((Some(months(4)), Some(unless)))
        );
        let archived = facts.params.iter().flatten().find(|param| param.name == "archived").expect("the parameter");
        assert_eq!(archived.words.as_deref().unwrap_or_default(), ["true", "false"]);
    }
}

#[test]
fn what_no_pattern_covers_is_a_note_and_no_fact() {
    for note in [
        "If the order is old, either orderId or origClientOrderId must be sent.",
        "When the account has loans, pair and fromId cannot be sent together",
        "Download link expiration: 24 hours",
        "Values update every 30s",
        "GET /fapi/v1/exampleOrders tells more",
        "Only when `LIMIT` or `MARKET` order takes effect",
        "Either exampleId or otherId must be sent",
    ] {
        let facts = facts(&page(ROWS, &format!("> * {note}")));
        assert_eq!(facts.notes.len(), 1, "{note}: {facts:?}");
        assert_eq!((facts.rules.as_slice(), facts.remarks.as_slice()), (&[][..], &[][..]), "{note}");
        assert!(note.starts_with(&facts.notes[0].text), "{note}");
    }
}
