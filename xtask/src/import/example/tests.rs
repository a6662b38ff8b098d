//! Each way in which examples of pages are no JSON.

use super::{ReadExample, RepairKind, read};
use crate::import::facts::Json;
use crate::import::page::Example;

fn all(text: &str) -> Vec<ReadExample> {
    read(&Example { line: 10, text: text.to_owned(), is_reprinted: false })
}

fn one(text: &str) -> ReadExample {
    let mut all = all(text);
    assert_eq!(all.len(), 1, "{all:#?}");
    all.remove(0)
}

fn json(text: &str) -> String {
    written(&one(text).json)
}

/// JSON without blanks.
fn written(json: &Json) -> String {
    match json {
        Json::Null => "null".to_owned(),
        Json::Bool(value) => value.to_string(),
        Json::Number(digits) => digits.clone(),
        Json::Text(text) => format!("\"{text}\""),
        Json::List(items) => format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(",")),
        Json::Object(fields) => {
            let fields = fields.iter().map(|(key, value)| format!("\"{key}\":{}", written(value)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
        }
    }
}

fn repairs(text: &str) -> Vec<(usize, RepairKind)> {
    one(text).repairs.into_iter().map(|repair| (repair.line, repair.kind)).collect()
}

fn comments(text: &str) -> Vec<(String, String)> {
    one(text).comments
}

fn pair(path: &str, text: &str) -> (String, String) {
    (path.to_owned(), text.to_owned())
}

#[test]
fn json_needs_no_repair() {
    let text = "[\n  { \"id\": 4123456789012345678, \"price\": \"0.10\", \"rate\": 1.10, \"e\": -1e-7, \"a\": [true, null, {}] }\n]";
    assert_eq!(
        json(text),
        "[{\"id\":4123456789012345678,\"price\":\"0.10\",\"rate\":1.10,\"e\":-1e-7,\"a\":[true,null,{}]}]"
    );
    assert!(repairs(text).is_empty());
    assert_eq!(json("{}"), "{}");
    assert_eq!(json("[]"), "[]");
    assert_eq!(json("\"done\""), "\"done\"");
}

#[test]
fn keys_without_quotes_and_commas_at_ends() {
    let text = "[  \n  { exampleId: 41, kind: \"ALPHA\", },  \n]";
    assert_eq!(json(text), "[{\"exampleId\":41,\"kind\":\"ALPHA\"}]");
    assert_eq!(
        repairs(text),
        [
            (11, RepairKind::UnquotedKey("exampleId".into())),
            (11, RepairKind::UnquotedKey("kind".into())),
            (11, RepairKind::ExtraComma),
            (12, RepairKind::ExtraComma),
        ]
    );
}

#[test]
fn missing_commas_values_and_colons() {
    let text = "{\n\"a\": 1\n\"b\": 2 // second\n\"c\": ,\n\"d\":\n\"e\" 5\n}";
    assert_eq!(json(text), "{\"a\":1,\"b\":2,\"c\":null,\"d\":\"e\"}");
    assert_eq!(json("{ \"a\": , \"b\": }"), "{\"a\":null,\"b\":null}");
    assert_eq!(json("{ \"a\":\n \"b\": 2 }"), "{\"a\":null,\"b\":2}");
    assert_eq!(json("{ \"a\" 1, \"b\" {} }"), "{\"a\":1,\"b\":{}}");
    assert_eq!(json("[1 2\n3]"), "[1,3]");
    assert_eq!(json("[{\"a\": 1}\n{\"a\": 2}]"), "[{\"a\":1},{\"a\":2}]");
    let kinds: Vec<RepairKind> = repairs("{ \"a\": 1 \"b\": , }").into_iter().map(|(_, kind)| kind).collect();
    assert_eq!(kinds, [RepairKind::MissingComma, RepairKind::MissingValue("b".into()), RepairKind::ExtraComma]);
}

#[test]
fn quotes_and_commas_of_other_alphabets() {
    let text = "{ “kind”: “ALPHA”， 'b': 'it', \"c\": “x\", \"d\": \"y”, \"updateTime\": 17，\"note\": \"一，二\"， \"e\"：1 }，";
    assert_eq!(
        json(text),
        "{\"kind\":\"ALPHA\",\"b\":\"it\",\"c\":\"x\",\"d\":\"y\",\"updateTime\":17,\"note\":\"一，二\",\"e\":1}"
    );
    assert_eq!(json("{\u{a0}\"a\":\u{a0}1,\t\"b\": 2\u{3000}}  "), "{\"a\":1,\"b\":2}");
}

#[test]
fn comments_tell_of_fields() {
    let text = "[ // all of them\n  {\n    \"id\": 1, // the number\n    // which kind\n    // enum: A, B\n    \"kind\": \"A\",\n    \"legs\": [   // 各腿\n      \
                { \"price\": \"1\" /* the\n price */ },\n    ] // no more legs\n  } # end\n]\n// over";
    assert_eq!(
        comments(text),
        [
            pair("", "all of them"),
            pair("[].id", "the number"),
            pair("[].kind", "which kind"),
            pair("[].kind", "enum: A, B"),
            pair("[].legs", "各腿"),
            pair("[].legs[].price", "the price"),
            pair("[].legs", "no more legs"),
            pair("[]", "end"),
            pair("", "over"),
        ]
    );
}

#[test]
fn a_comment_goes_on_below_itself() {
    let text =
        "{\n  \"a\": 1,  // one\n             // and more\n             // and more still\n  // two\n  \"b\": 2\n}";
    let told = [pair("a", "one"), pair("a", "and more"), pair("a", "and more still"), pair("b", "two")];
    assert_eq!(comments(text), told);
}

#[test]
fn an_address_is_no_comment() {
    let text = "{\"url\":\"https://x/y\", \"a\": \"//\"} // https://z";
    assert_eq!(json(text), "{\"url\":\"https://x/y\",\"a\":\"//\"}");
    assert_eq!(comments(text), [pair("", "https://z")]);
}

#[test]
fn a_clip_has_all_on_one_line() {
    let text = "{   \"exampleId\": \"41\",   // number of the order   \"kind\": \"ALPHA\"   // \"ALPHA\", \"BETA\" {x}   \"legs\": [ // all   { price: 1, // p   \
                side: 2 } ],   \"updateTime\": 17 // last change }";
    assert_eq!(
        json(text),
        "{\"exampleId\":\"41\",\"kind\":\"ALPHA\",\"legs\":[{\"price\":1,\"side\":2}],\"updateTime\":17}"
    );
    assert_eq!(
        comments(text),
        [
            pair("exampleId", "number of the order"),
            pair("kind", "\"ALPHA\", \"BETA\" {x}"),
            pair("legs", "all"),
            pair("legs[].price", "p"),
            pair("updateTime", "last change"),
        ]
    );
}

#[test]
fn several_examples_in_one_block() {
    for text in [
        "{ \"a\": 1 }\n{ \"a\": 2 }",
        "{ \"a\": 1 }\nOR\n{ \"a\": 2 }",
        "{ \"a\": 1 },\n或\n{ \"a\": 2 }",
        "{ \"a\": 1\n{ \"a\": 2 }",
    ] {
        let read = all(text);
        let read: Vec<String> = read.iter().map(|read| written(&read.json)).collect();
        assert_eq!(read, ["{\"a\":1}", "{\"a\":2}"], "{text}");
    }
    let read = all("When symbol is sent:\n{ \"a\": 1 }\nOtherwise:\n[{ \"a\": 2 }]");
    assert_eq!(read.len(), 2);
    assert_eq!(read[0].comments, [pair("", "When symbol is sent")]);
    assert_eq!(read[1].comments, [pair("", "Otherwise")]);
}

#[test]
fn dots_stand_for_what_is_left_out() {
    assert_eq!(json("[ { \"a\": 1 }, ... ]"), "[{\"a\":1}]");
    assert_eq!(json("[ 1, \"...\" ]"), "[1]");
    assert_eq!(json("{ \"a\": 1, … }"), "{\"a\":1}");
    assert_eq!(json("{ \"a\": ... }"), "{\"a\":null}");
}

#[test]
fn brackets_that_are_not_closed() {
    assert_eq!(json("[{ \"a\": 1, \"b\": [1, 2 }"), "[{\"a\":1,\"b\":[1,2]}]");
    assert_eq!(json("[{ \"a\": 1 ]"), "[{\"a\":1}]");
    assert_eq!(json("{ \"a\": [ \"b\": 1 ] }"), "{\"a\":[{\"b\":1}]}");
    assert_eq!(json("{ { \"a\": 1 }, { \"a\": 2 } }"), "[{\"a\":1},{\"a\":2}]");
    assert_eq!(json("{ \"a\": 1 } ]"), "{\"a\":1}");
    assert_eq!(json("{ \"a\": \"open,\n \"b\": 2 }"), "{\"a\":\"open\",\"b\":2}");
    let deep = "[".repeat(100_000);
    assert!(all(&deep)[0].repairs.iter().any(|repair| repair.kind == RepairKind::TooDeep));
}

#[test]
fn words_after_a_value_are_a_comment() {
    let text = "{ \"side\": \"BUY\" or \"SELL\",\n \"n\": 5 minutes,\n \"x\": LONG,\n \"t\": True, \"p\": NONE, \"q\": None,\n \"n2\": 007 }";
    assert_eq!(
        json(text),
        "{\"side\":\"BUY\",\"n\":5,\"x\":\"LONG\",\"t\":true,\"p\":\"NONE\",\"q\":null,\"n2\":\"007\"}"
    );
    assert_eq!(comments(text), [pair("side", "or \"SELL\""), pair("n", "minutes")]);
}

#[test]
fn a_repeated_key_counts_once() {
    assert_eq!(json("{ \"a\": 1, \"a\": 2 }"), "{\"a\":1}");
    assert_eq!(repairs("{ \"a\": 1, \"a\": 2 }"), [(10, RepairKind::RepeatedKey("a".into()))]);
}

#[test]
fn long_numbers_of_a_scraper_may_be_rounded() {
    let read =
        read(&Example { line: 1, text: "{ \"id\": 4123456789012345000, \"t\": 17 }".into(), is_reprinted: true });
    assert_eq!(written(&read[0].json), "{\"id\":4123456789012345000,\"t\":17}");
    assert_eq!(read[0].repairs.len(), 1);
    assert_eq!(read[0].repairs[0].kind, RepairKind::MayBeRounded("4123456789012345000".into()));
}

#[test]
fn text_without_json_is_no_example() {
    assert!(all("curl -X GET https://HOST/papi/v1/ping").is_empty());
    assert!(all("").is_empty());
    assert!(all("// nothing").is_empty());
}

#[test]
fn a_word_in_a_comment_that_prose_explains_is_no_key() {
    let text = r#"{ "isOn": true // "true": Alpha is on; "false": Alpha is off }"#;
    assert_eq!(json(text), r#"{"isOn":true}"#);
    let text = r#"{     //number of the order     "orderId": 7 // of "kind": spot   "kind": 1 }"#;
    assert_eq!(json(text), r#"{"orderId":7,"kind":1}"#);
    assert_eq!(comments(text)[0], ("orderId".to_owned(), "number of the order".to_owned()));
}

#[test]
fn a_long_line_takes_no_longer_than_many_short_ones() {
    let fields: Vec<String> = (0..20_000).map(|at| format!("\"key{at}\": \"{at}\"")).collect();
    let objects: Vec<String> = fields.chunks(10).map(|fields| format!("{{{}}}", fields.join(","))).collect();
    assert_eq!(one(&format!("[{}]", objects.join(","))).repairs, []);
    assert_eq!(all(&format!("{{ // {}", " ".repeat(100_000))).len(), 1);
}
