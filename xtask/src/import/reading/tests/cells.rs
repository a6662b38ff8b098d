//! Each kind of description in a row of the table of parameters.

use super::{facts, page};
use crate::import::facts::{CallFacts, ParamFacts, RuleKind};

/// The facts of a page whose parameter `kind` has this type and description.
fn read(ty: &str, cell: &str) -> CallFacts {
    let rows = format!(
        "| kind | {ty} | NO | {cell} |\n| price | DECIMAL | NO | |\n| type | ENUM | NO | `LIMIT`/`MARKET` |\n\
         | positionSide | ENUM | NO | `BOTH`/`LONG`/`SHORT` |\n| startTime | LONG | NO | |\n| endTime | LONG | NO | |"
    );
    facts(&page(&rows, ""))
}

fn kind(facts: &CallFacts) -> &ParamFacts {
    facts.params.as_ref().and_then(|params| params.first()).expect("the parameter")
}

#[test]
fn words_are_read_in_every_form_of_a_list() {
    let cases: [(&str, &str, &[&str]); 22] = [
        ("ENUM", "示例类型\"ALPHA\", \"BETA\"或\"GAMMA\"", &["ALPHA", "BETA", "GAMMA"]),
        ("STRING", "Default: `true`", &["true", "false"]),
        ("ENUM", "`ALPHA`: 甲类, `BETA`: 乙类.", &["ALPHA", "BETA"]),
        ("ENUM", "`LIQUIDATION`: 强平单, `ADL`: ADL 减仓单.", &["LIQUIDATION", "ADL"]),
        ("ENUM", "`ALPHA` for alpha orders, `BETA` for beta orders.", &["ALPHA", "BETA"]),
        ("ENUM", "ALPHA, BETA", &["ALPHA", "BETA"]),
        ("ENUM", "\"ALPHA\", \"BETA\", and \"GAMMA\"", &["ALPHA", "BETA", "GAMMA"]),
        ("ENUM", "can be set to `ALPHA`/`BETA`/ `GAMMA`: /`DELTA`", &["ALPHA", "BETA", "GAMMA", "DELTA"]),
        ("ENUM", "Only support ALPHA", &["ALPHA"]),
        ("ENUM", "stopPrice triggered by: \"ALPHA\", \"BETA\"", &["ALPHA", "BETA"]),
        ("STRING", "\"true\" or \"false\"", &["true", "false"]),
        ("STRING", "\"true\": Fee Discount On; \"false\": Fee Discount Off", &["true", "false"]),
        ("STRING", "\"TO_UM\",\"FROM_UM\"", &["TO_UM", "FROM_UM"]),
        ("ENUM", "Valid values are ALPHA/BETA", &["ALPHA", "BETA"]),
        ("ENUM", "目前仅支持 ALPHA", &["ALPHA"]),
        ("ENUM", "`ALPHA`, `BETA` 或 `GAMMA`", &["ALPHA", "BETA", "GAMMA"]),
        ("ENUM", "`isolated`, `crossed`", &["isolated", "crossed"]),
        ("ENUM", "方向 `ALPHA`, `BETA`", &["ALPHA", "BETA"]),
        ("STRING", "类型 \"ALPHA\"，\"BETA\" 及 \"GAMMA\"", &["ALPHA", "BETA", "GAMMA"]),
        ("ENUM", "For `GAMMA` type, `ALPHA`/`BETA` as order type", &["ALPHA", "BETA"]),
        ("ENUM", "触发类型: `ALPHA`(甲), `BETA`(乙). 默认 `BETA`", &["ALPHA", "BETA"]),
        ("STRING", "`CONDITIONAL`", &["CONDITIONAL"]),
    ];
    for (ty, cell, words) in cases {
        let facts = read(ty, cell);
        assert_eq!(kind(&facts).words.as_deref().unwrap_or_default(), words, "{cell}");
        assert_eq!(facts.notes, [], "{cell}");
    }
}

#[test]
fn prose_with_words_in_it_is_no_list() {
    for (ty, cell) in [
        ("ENUM", "Only when ALPHA or BETA order takes effect"),
        ("ENUM", "详见枚举定义：示例类型"),
        ("ENUM", ""),
        ("STRING", "Name of the asset such as USDX"),
        ("DECIMAL", "Used with ALPHA orders"),
        ("ENUM", "The MARKET and LIMIT order types default to FULL"),
        ("ENUM", "Used with ALPHA, BETA"),
        ("STRING", "当前使用 ALPHA, BETA"),
    ] {
        let facts = read(ty, cell);
        assert_eq!(kind(&facts).words, None, "{cell}");
    }
}

#[test]
fn defaults_and_bounds_are_read_in_every_wording() {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    for (ty, cell, default, min, max) in [
        ("INT", "Default 30; max 60.", "30", "", "60"),
        ("INT", "默认 30；最大 60.", "30", "", "60"),
        ("INT", "Default Value: 500; Max Value: 1000", "500", "", "1000"),
        ("INT", "默认值: 500; 最大值: 1000", "500", "", "1000"),
        ("INT", "Default:10 Max:100", "10", "", "100"),
        ("INT", "默认:10 最大:100", "10", "", "100"),
        ("LONG", "The value cannot be greater than 60000", "", "", "60000"),
        ("LONG", "赋值不能超过 `60000`", "", "", "60000"),
        ("LONG", "赋值不能大于60000", "", "", "60000"),
        ("LONG", "Start from 1. Default:1", "1", "1", ""),
        ("LONG", "开始值 1. 默认:1", "1", "1", ""),
        ("DECIMAL", "min 0.1, max 5 where 1 for 1%", "", "0.1", "5"),
        ("INT", "int from 1 to 125", "", "1", "125"),
        ("INT", "1 到 125 整数", "", "1", "125"),
        ("ENUM", "`ALPHA`, `BETA`, default `BETA`", "BETA", "", ""),
        ("ENUM", "\"ALPHA\", \"BETA\", 默认 \"BETA\"", "BETA", "", ""),
        ("STRING", "\"true\" or \"false\". default \"false\".", "false", "", ""),
        ("BOOLEAN", "The default is true", "true", "", ""),
        ("ENUM", "`ALPHA`, `BETA`. Default: `ALPHA`", "ALPHA", "", ""),
        ("ENUM", "`ALPHA`/`BETA`；默认：`ALPHA`", "ALPHA", "", ""),
        ("ENUM", "Default ALPHA for One-way Mode ; BETA or GAMMA for Hedge Mode.", "ALPHA", "", ""),
    ] {
        let facts = read(ty, cell);
        let param = kind(&facts);
        assert_eq!((&param.default, &param.min, &param.max), (&some(default), &some(min), &some(max)), "{cell}");
        assert_eq!(facts.notes, [], "{cell}");
    }
    for (cell, left) in
        [("返回的行数 默认值:30 最大值:60", "返回的行数"), ("返回的行数 默认 30；最大 60", "返回的行数")]
    {
        let facts = read("INT", cell);
        assert_eq!((kind(&facts).default.as_deref(), kind(&facts).max.as_deref()), (Some("30"), Some("60")), "{cell}");
        assert_eq!(facts.notes.iter().map(|note| note.text.as_str()).collect::<Vec<_>>(), [left], "{cell}");
    }
    for cell in ["target initial leverage: int from 1 to 125", "目标杠杆倍数：1 到 125 整数"] {
        let facts = read("INT", cell);
        assert_eq!((kind(&facts).min.as_deref(), kind(&facts).max.as_deref()), (Some("1"), Some("125")), "{cell}");
        assert_eq!(facts.notes.len(), 1, "{cell}");
    }
    let default = kind(&read("ENUM", "Default ALPHA for One-way Mode ; BETA or GAMMA for Hedge Mode.")).words.clone();
    assert_eq!(default.unwrap_or_default(), ["ALPHA", "BETA", "GAMMA"]);
    for (ty, cell, default, max) in [
        ("INT", "Number of rows Default: 30 Max: 60", Some("30"), Some("60")),
        ("INT", "返回的数量 默认值:30 最大值:60", Some("30"), Some("60")),
        ("DECIMAL", "比例，可取值范围[0.1, 5],其中 1代表1% ,仅`LIMIT` 需要此参数", None, Some("5")),
        (
            "ENUM",
            "方向，单向持仓模式下非必填，默认且仅可填`ALPHA`;在双向持仓模式下必填,且仅可选择 `BETA` 或 `GAMMA`",
            Some("ALPHA"),
            None,
        ),
        ("STRING", "`true`, `false`; 非双开模式下默认`false`；双开模式下不接受此参数", Some("false"), None),
    ] {
        let facts = read(ty, cell);
        assert_eq!((kind(&facts).default.as_deref(), kind(&facts).max.as_deref()), (default, max), "{cell}");
    }
    for cell in [
        "MARKET and LIMIT order types default to FULL, all other orders default to ACK",
        "Default gets most recent rows.",
        "default as the mark price",
        "MARKET and LIMIT default to FULL",
    ] {
        assert_eq!(kind(&read("STRING", cell)).default, None, "{cell}");
    }
}

#[test]
fn patterns_lists_and_times_are_read() {
    let cell = "A unique id among open orders. Automatically generated if not sent. Can only be string following the rule: \
        `^[\\.A-Z\\:/a-z0-9_-]{1,32}$`";
    let facts = read("STRING", cell);
    assert_eq!(kind(&facts).pattern.as_deref(), Some("^[\\.A-Z\\:/a-z0-9_-]{1,32}$"));
    assert_eq!(facts.notes.len(), 2);
    let facts = read("STRING", "用户自定义的订单号。必须满足正则规则 `^[\\.A-Z\\:/a-z0-9_-]{1,36}$`");
    assert_eq!(kind(&facts).pattern.as_deref(), Some("^[\\.A-Z\\:/a-z0-9_-]{1,36}$"));
    for cell in ["separated by commas", "Can be added in batch, separated by commas", "多资产用逗号分隔"] {
        assert!(kind(&read("STRING", cell)).is_comma_list, "{cell}");
    }
    for cell in [
        "The kind timestamp must be greater than the current time plus 600 seconds and smaller than 253402300799000",
        "时间戳需大于当前时间+600s且小于253402300799000",
    ] {
        let facts = read("LONG", cell);
        let (min, max) = (kind(&facts).min.as_deref(), kind(&facts).max.as_deref());
        assert_eq!((min, max), (Some("> now + 600000 ms"), Some("< 253402300799000")), "{cell}");
    }
}

#[test]
fn the_row_is_the_subject_of_its_rules() {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let kind = || "kind".to_owned();
    let cases = [
        ("Can't be passed together with `price`", vec![], RuleKind::AtMostOne(names(&["kind", "price"]))),
        ("不能与price同时传", vec![], RuleKind::AtMostOne(names(&["kind", "price"]))),
        ("If provided, `price` is required.", vec![(kind(), vec![])], RuleKind::Need(names(&["price"]))),
        ("如果提供，须配合提交price", vec![(kind(), vec![])], RuleKind::Need(names(&["price"]))),
        ("仅支持配合price使用", vec![(kind(), vec![])], RuleKind::Need(names(&["price"]))),
        (
            "mandatory when type set to LIMIT",
            vec![("type".to_owned(), names(&["LIMIT"]))],
            RuleKind::Need(names(&["kind"])),
        ),
        ("当type为LIMIT时必传", vec![("type".to_owned(), names(&["LIMIT"]))], RuleKind::Need(names(&["kind"]))),
        ("Required for `LIMIT` orders", vec![("type".to_owned(), names(&["LIMIT"]))], RuleKind::Need(names(&["kind"]))),
        (
            "Cannot be sent in Hedge Mode",
            vec![("positionSide".to_owned(), names(&["LONG", "SHORT"]))],
            RuleKind::Forbid(names(&["kind"])),
        ),
        (
            "Cannot be sent with type=MARKET",
            vec![("type".to_owned(), names(&["MARKET"]))],
            RuleKind::Forbid(names(&["kind"])),
        ),
        (
            "Used with LIMIT orders.",
            vec![(kind(), vec![])],
            RuleKind::Only { param: "type".to_owned(), values: names(&["LIMIT"]) },
        ),
        (
            "only avaliable for LIMIT/STOP order",
            vec![(kind(), vec![])],
            RuleKind::Only { param: "type".to_owned(), values: names(&["LIMIT"]) },
        ),
    ];
    for (cell, when, requirement) in cases {
        let facts = read("DECIMAL", cell);
        let found: Vec<_> = facts.rules.iter().map(|rule| (rule.when.clone(), rule.requirement.clone())).collect();
        assert_eq!(found, [(when, requirement)], "{cell}");
        assert_eq!(facts.notes, [], "{cell}");
    }
    // What a sentence begins with takes nothing from the statement behind it, and a list is read whole or not at all.
    let facts = read("LONG", "到期时间， 当type为LIMIT时必传");
    let when = vec![("type".to_owned(), names(&["LIMIT"]))];
    let found: Vec<_> = facts.rules.iter().map(|rule| (rule.when.clone(), rule.requirement.clone())).collect();
    assert_eq!(found, [(when, RuleKind::Need(names(&["kind"])))]);
    let facts = read("DECIMAL", "Used with `LIMIT`, `MARKET`, and `STOP` to create a hidden order");
    let only = RuleKind::Only { param: "type".to_owned(), values: names(&["LIMIT", "MARKET"]) };
    assert_eq!(facts.rules.iter().map(|rule| rule.requirement.clone()).collect::<Vec<_>>(), [only]);
    let facts = read("DECIMAL", "Used with `LIMIT`, `MARKET`, and `STOP` as the desk says");
    assert_eq!((facts.rules.len(), facts.notes.len()), (0, 1));
    let of_mode = read("ENUM", "默认且仅可填`ALPHA`；在双向持仓模式下必填,且仅可选择 `BETA` 或 `GAMMA`");
    let words = of_mode.params.iter().flatten().next().and_then(|param| param.words.clone());
    assert_eq!(words.unwrap_or_default(), ["ALPHA", "BETA", "GAMMA"]);
    assert_eq!(of_mode.notes.len(), 1);
    // A list that is cut by its commas would say less than the page.
    let facts = read("DECIMAL", "Used with `LIMIT`, `MARKET`, and `STOP` in some cases");
    assert_eq!((facts.rules.as_slice(), facts.notes.len()), (&[][..], 1));
    let facts = read("DECIMAL", "触发价, 仅 `LIMIT`, `MARKET` 需要此参数");
    assert_eq!((facts.rules.len(), facts.notes[0].text.as_str()), (1, "触发价"));
    for cell in
        ["If supplied, neither startTime or endTime can be provided", "提供该项后, startTime 和 endTime 都不可提供"]
    {
        let facts = read("LONG", cell);
        let found: Vec<_> = facts.rules.iter().map(|rule| rule.requirement.clone()).collect();
        let pair = |other| RuleKind::AtMostOne(names(&["kind", other]));
        assert_eq!(found, [pair("startTime"), pair("endTime")], "{cell}");
    }
}
