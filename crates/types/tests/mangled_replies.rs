//! Replies that are not what they should be: whatever is wrong with one, reading it never panics, says where it fails,
//! and keeps every row of a list that reads.

use papi_types::error::DecodeError;
use papi_types::{ENDPOINTS, EndpointInfo};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any};
use proptest::prop_oneof;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

const CASES: u32 = 64;

/// A way to spoil a value.
#[derive(Debug, Clone)]
enum Mangle {
    /// Puts another value in its place.
    Replace(Value),
    /// Turns a number into a text, a text into a switch, a switch into a number.
    Flip,
    /// Wraps it in a list or an object.
    InList,
    InObject,
    /// Takes the value out of a list or an object: the first, if it has any.
    Unwrap,
    /// Adds a field to an object.
    AddField,
    /// Takes a field out of an object.
    DropField(Index),
}

fn mangle() -> impl Strategy<Value = Mangle> {
    let others = [json!(null), json!(""), json!("null"), json!("NO_SUCH_WORD"), json!("1,5"), json!({}), json!([])];
    let numbers = [json!(-1), json!(1e300), json!(u64::MAX), json!("99999999999999999999999999999999"), json!(0.1)];
    let replace = others.into_iter().chain(numbers).map(|value| Just(Mangle::Replace(value)).boxed());
    prop_oneof![
        4 => proptest::strategy::Union::new(replace),
        2 => Just(Mangle::Flip),
        1 => prop_oneof![Just(Mangle::InList), Just(Mangle::InObject), Just(Mangle::Unwrap)],
        1 => Just(Mangle::AddField),
        3 => any::<Index>().prop_map(Mangle::DropField),
    ]
}

fn apply(mangle: &Mangle, value: &mut Value) {
    let old = value.take();
    *value = match (mangle, old) {
        (Mangle::Replace(new), _) => new.clone(),
        (Mangle::Flip, Value::Number(number)) => Value::String(number.to_string()),
        (Mangle::Flip, Value::String(text)) => Value::Bool(text.is_empty()),
        (Mangle::Flip, Value::Bool(on)) => json!(i32::from(on)),
        (Mangle::InList, old) => json!([old]),
        (Mangle::InObject, old) => json!({ "inner": old }),
        (Mangle::Unwrap, Value::Array(list)) => list.into_iter().next().unwrap_or_default(),
        (Mangle::Unwrap, Value::Object(fields)) => fields.into_iter().next().map_or(Value::Null, |(_, value)| value),
        (Mangle::AddField, Value::Object(fields)) => with_field(fields),
        (Mangle::DropField(which), Value::Object(fields)) => without_field(fields, *which),
        (_, old) => old,
    };
}

fn with_field(mut fields: Map<String, Value>) -> Value {
    fields.insert("noSuchField".to_owned(), json!({ "a": [1, null] }));
    Value::Object(fields)
}

fn without_field(mut fields: Map<String, Value>, which: Index) -> Value {
    if !fields.is_empty() {
        let name = fields.keys().nth(which.index(fields.len())).cloned().unwrap_or_default();
        fields.remove(&name);
    }
    Value::Object(fields)
}

/// The pointers of a value and of everything in it.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(index, value)| pointers(value, &format!("{at}/{index}"), found));
        }
        Value::Object(fields) => {
            let escaped = |name: &str| name.replace('~', "~0").replace('/', "~1");
            fields.iter().for_each(|(name, value)| pointers(value, &format!("{at}/{}", escaped(name)), found));
        }
        _ => {}
    }
}

/// Spoils a place somewhere in a value.
fn spoil(value: &mut Value, place: Index, mangle: &Mangle) {
    let mut found = Vec::new();
    pointers(value, "", &mut found);
    let at = found[place.index(found.len())].clone();
    if let Some(part) = value.pointer_mut(&at) {
        apply(mangle, part);
    }
}

/// Runs a property on every documented reply, with the same cases in every run.
fn on_every_example<S: Strategy>(cases: &S, property: impl Fn(&EndpointInfo, &str, S::Value) -> Result<(), String>) {
    for info in ENDPOINTS {
        for example in info.examples {
            let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
            let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
            let outcome = runner.run(cases, |case| property(info, example, case).map_err(TestCaseError::fail));
            outcome.unwrap_or_else(|error| panic!("{}: {error}", info.type_path()));
        }
    }
}

fn parsed(json: &str) -> Value {
    serde_json::from_str(json).expect("JSON")
}

/// Reads a reply in each of the ways there are; they agree on whether it reads.
fn read(info: &EndpointInfo, body: &[u8]) -> Result<Result<String, DecodeError>, String> {
    let (reply, drift) = ((info.reprint)(body), info.find_drift(body));
    match (&reply, &drift) {
        (Ok(_), Ok(_)) => {}
        (Err(error), Err(other)) if error.to_string() == other.to_string() => {
            let empty = error.path().is_empty() || error.reason().is_empty();
            let (names_path, shown) = (format!("at {}: {}", error.path(), error.reason()), error.to_string());
            if empty || !shown.starts_with(&names_path) {
                return Err(format!("does not say where and why: {shown:?}"));
            }
        }
        _ => return Err(format!("{reply:?}, but {drift:?}")),
    }
    Ok(reply)
}

#[test]
fn a_spoilt_reply_reads_or_says_where_it_does_not() {
    on_every_example(&vec((any::<Index>(), mangle()), 1..4), |info, example, mangles| {
        let mut body = parsed(example);
        for (place, mangle) in &mangles {
            spoil(&mut body, *place, mangle);
        }
        match read(info, body.to_string().as_bytes())? {
            // What reads prints into something that reads, to the same end.
            Ok(printed) => match (info.reprint)(printed.as_bytes()) {
                Ok(again) if again == printed => Ok(()),
                other => Err(format!("{body} prints as {printed}, and that as {other:?}")),
            },
            Err(error) => match error.good_json() {
                Some(good) if (info.reprint)(good.as_bytes()).is_err() => Err(format!("the good part is bad: {good}")),
                Some(_) if error.bad_rows().is_empty() => Err(format!("no bad row in {error}")),
                None if !error.bad_rows().is_empty() => Err(format!("bad rows without good ones in {error}")),
                _ => Ok(()),
            },
        }
    });
}

#[test]
fn a_reply_that_is_cut_off_at_any_byte_does_not_read() {
    for info in ENDPOINTS {
        for example in info.examples {
            let body = example.as_bytes();
            for end in 0..body.len() {
                let error =
                    read(info, &body[..end]).unwrap_or_else(|problem| panic!("{}: {problem}", info.type_path()));
                let error = error.expect_err("is cut off");
                assert!(error.bad_rows().is_empty() && error.good_json().is_none(), "{}: {end}", info.type_path());
            }
        }
    }
}

#[test]
fn bytes_that_are_no_text_do_not_read() {
    on_every_example(&(any::<Index>(), any::<u8>()), |info, example, (place, byte)| {
        let mut body = example.as_bytes().to_vec();
        let place = place.index(body.len());
        body[place] = byte;
        read(info, &body).map(drop)
    });
}

/// The places of a reply's outermost lists: the reply itself, or fields of it.
fn lists(body: &Value) -> Vec<String> {
    match body {
        Value::Array(_) => vec![String::new()],
        Value::Object(fields) => {
            let lists = fields.iter().filter(|(_, value)| value.as_array().is_some_and(|list| !list.is_empty()));
            lists.map(|(name, _)| format!("/{name}")).collect()
        }
        _ => Vec::new(),
    }
}

/// A reply with other rows in one of its lists.
fn with_rows(body: &Value, list: &str, rows: &[Value]) -> Value {
    let mut body = body.clone();
    *body.pointer_mut(list).expect("the list") = Value::Array(rows.to_vec());
    body
}

#[test]
fn rows_that_read_are_kept_and_the_others_are_listed() {
    let cases = (any::<Index>(), vec((any::<Index>(), any::<Index>(), mangle()), 1..5));
    on_every_example(&cases, |info, example, (which, mangles)| {
        let body = parsed(example);
        let lists = lists(&body);
        if lists.is_empty() {
            return Ok(());
        }
        let list = &lists[which.index(lists.len())];
        let documented = body.pointer(list).and_then(Value::as_array).expect("a list");
        if documented.is_empty() {
            return Ok(());
        }
        let mut rows: Vec<Value> = documented.iter().cycle().take(6).cloned().collect();
        let mut touched = BTreeSet::new();
        for (row, place, mangle) in &mangles {
            let row = row.index(rows.len());
            spoil(&mut rows[row], *place, mangle);
            touched.insert(row);
        }
        let reads = |row: &Value| {
            let alone = with_rows(&body, list, std::slice::from_ref(row));
            (info.reprint)(alone.to_string().as_bytes()).is_ok()
        };
        let bad: Vec<usize> = touched.into_iter().filter(|row| !reads(&rows[*row])).collect();
        check_rows(info, &body, list, &rows, &bad)
    });
}

/// Whether a reply with these rows reads but for the bad ones, which are told with their place and text.
fn check_rows(info: &EndpointInfo, body: &Value, list: &str, rows: &[Value], bad: &[usize]) -> Result<(), String> {
    let text = with_rows(body, list, rows).to_string();
    let error = match (info.reprint)(text.as_bytes()) {
        Ok(_) if bad.is_empty() => return Ok(()),
        Ok(_) => return Err(format!("reads in spite of {bad:?}: {text}")),
        Err(error) => error,
    };
    let told: Vec<usize> = error.bad_rows().iter().map(|row| row.index).collect();
    if told != bad {
        return Err(format!("bad are {bad:?}, told are {told:?} by {error}: {text}"));
    }
    let prefix = list.trim_start_matches('/');
    for row in error.bad_rows() {
        if parsed(&row.raw) != rows[row.index] || !row.path.starts_with(&format!("{prefix}[{}]", row.index)) {
            return Err(format!("{row:?} is not row {}", row.index));
        }
    }
    let good = rows.iter().enumerate().filter(|(index, _)| !bad.contains(index)).map(|(_, row)| row.clone());
    let good = with_rows(body, list, &good.collect::<Vec<_>>());
    match error.good_json().map(parsed) {
        Some(kept) if kept == good => Ok(()),
        kept => Err(format!("kept are {kept:?} of {text}")),
    }
}
