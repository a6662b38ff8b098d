//! Files of intents: a line counts when its checksum is right, and not otherwise; no intent without an end is forgotten, whatever
//! else stands in the file, where it is cut, and when it is written anew.

use papi_runtime::__fuzz::intents::{ReadFile, begin_two, list, read};
use ring::digest::{SHA256, digest};
use serde_json::Value;
use std::collections::BTreeSet;

/// Reads the bytes of a file as they are, then with a right checksum before each record, then a part of that.
///
/// # Panics
///
/// When what a file holds is read as something else, or is lost when it is written anew.
pub fn intents(data: &[u8]) {
    look_through(data);
    let lines: Vec<Vec<u8>> = data.split(|byte| *byte == b'\n').map(sealed).collect();
    let sealed = lines.join(&b'\n');
    look_through(&sealed);
    let cut = data.iter().map(|byte| usize::from(*byte)).sum::<usize>() % (sealed.len() + 1);
    look_through(&sealed[..cut]);
}

fn look_through(bytes: &[u8]) {
    let found = read(bytes);
    if let Some(slow) = SlowFile::read(bytes) {
        assert_eq!(slow.is_ours(bytes), found.is_some(), "whether it holds intents: {slow:?}");
        if let Some(found) = &found {
            assert_eq!(slow.open, found.open.keys().copied().collect(), "the intents without an end");
            assert_eq!((slow.next, slow.damaged), (found.next, found.damaged.len()), "the rest of the file");
        }
    }
    let Some(found) = found else { return };
    assert_eq!(list(bytes).len(), found.open.len(), "what is listed");
    for finding in &found.findings {
        assert!(!finding.to_string().chars().any(char::is_control), "it is shown on a terminal: {finding:?}");
    }
    stays_when_it_is_written_anew(&found);
    if let Some(numbers) = begin_two(bytes) {
        let are_free = numbers.iter().all(|number| !found.open.contains_key(number)) && numbers[0] != numbers[1];
        assert!(are_free, "a number is given twice: {numbers:?}");
    }
}

fn stays_when_it_is_written_anew(found: &ReadFile) {
    let Some(again) = read(&found.rewritten) else { panic!("it reads only once") };
    let kept = |file: &ReadFile| (file.open.clone(), file.next, file.damaged.clone(), file.rewritten.clone());
    assert!(kept(&again) == kept(found), "written anew it is another one");
    assert!(again.findings.len() <= 1, "written anew it has a torn end: {:?}", again.findings);
}

/// Puts the right checksum before what a line calls its record.
fn sealed(line: &[u8]) -> Vec<u8> {
    let name = br#""record":"#;
    let begins = line.windows(name.len()).position(|part| part == name).map(|at| at + name.len());
    match begins.zip(line.iter().rposition(|byte| *byte == b'}')) {
        Some((from, to)) if from <= to => line_of(&line[from..to]),
        _ => line.to_owned(),
    }
}

fn line_of(json: &[u8]) -> Vec<u8> {
    let check: String = digest(&SHA256, json).as_ref()[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    [br#"{"check":""#, check.as_bytes(), br#"","record":"#, json, b"}"].concat()
}

/// What a slow reader makes of a file.
#[derive(Debug, Default)]
struct SlowFile {
    open: BTreeSet<u64>,
    next: u64,
    damaged: usize,
    records: usize,
    /// Whether a later version has written it.
    is_later: bool,
}

impl SlowFile {
    /// Reads a file; none when a record in it is none that this version writes, so that nothing is said of it here.
    fn read(bytes: &[u8]) -> Option<Self> {
        let mut file = Self { next: 1, ..Self::default() };
        let mut lines: Vec<_> = bytes.split(|byte| *byte == b'\n').collect();
        // What stands behind the last end of a line counts when it is whole, and is no damage when it is not.
        let tail = lines.pop().unwrap_or_default();
        for line in &lines {
            if !file.take(line)? {
                file.damaged += 1;
            }
        }
        file.take(tail)?;
        Some(file)
    }

    /// Takes a line; false when it is damaged.
    fn take(&mut self, line: &[u8]) -> Option<bool> {
        let json = line.get(LINE_HEAD..line.len().saturating_sub(1)).unwrap_or_default();
        if line_of(json) != line {
            return Some(false);
        }
        let Ok(record) = serde_json::from_slice::<Value>(json) else { return Some(false) };
        let printed = canonical(&record).filter(|printed| printed.as_bytes() == json)?;
        let number = |kind: &str, name: &str| record[kind][name].as_u64();
        let numbers = [number("numbering", "next"), number("intent", "number"), number("end", "number")];
        self.records += 1;
        self.is_later |= !record["header"].is_null() && printed != HEADER;
        match numbers {
            [Some(next), ..] => self.next = self.next.max(next),
            [_, Some(intent), _] => {
                self.next = self.next.max(intent.saturating_add(1));
                self.open.insert(intent);
            }
            [.., Some(end)] => {
                self.next = self.next.max(end.saturating_add(1));
                self.open.remove(&end);
            }
            _ => {}
        }
        Some(true)
    }

    /// Whether it is a file of intents, or becomes one.
    fn is_ours(&self, bytes: &[u8]) -> bool {
        let header = [line_of(HEADER.as_bytes()), b"\n".to_vec()].concat();
        !self.is_later && (self.records > 0 || header.starts_with(bytes))
    }
}

/// How many bytes of a line stand before its record.
const LINE_HEAD: usize = 37;

const HEADER: &str = r#"{"header":{"format":"intents of binance-papi","version":1}}"#;

/// Prints a record as this version writes it; none when something in it is of another type, or missing.
fn canonical(record: &Value) -> Option<String> {
    let (kind, fields) = record.as_object()?.iter().next()?;
    let number = |name: &str| fields.get(name)?.as_u64();
    let time = |name: &str| fields.get(name)?.as_i64();
    let text = |name: &str| Some(Value::String(fields.get(name)?.as_str()?.to_owned()));
    let printed = match kind.as_str() {
        "header" => {
            format!(r#"{{"format":{},"version":{}}}"#, text("format")?, u32::try_from(number("version")?).ok()?)
        }
        "numbering" => format!(r#"{{"next":{}}}"#, number("next")?),
        "attempt" => format!(r#"{{"number":{},"sent_at":{}}}"#, number("number")?, time("sent_at")?),
        "end" => {
            let ends = ["accepted", "refused", "not_sent", "settled_accepted", "settled_absent", "forgotten"];
            let how = fields.get("how")?.as_str().filter(|how| ends.contains(how))?;
            format!(r#"{{"number":{},"how":"{how}","at":{}}}"#, number("number")?, time("at")?)
        }
        "intent" => {
            let form = fields.get("form")?.as_str().filter(|form| ["typed", "raw"].contains(form))?;
            let stamps: Option<Vec<_>> = fields.get("sent_at")?.as_array()?.iter().map(Value::as_i64).collect();
            let stamps: Vec<_> = stamps?.iter().map(ToString::to_string).collect();
            format!(
                r#"{{"number":{},"method":{},"path":{},"query":{},"form":"{form}","account":{},"host":{},"sent_at":[{}],"recv_window_ms":{}}}"#,
                number("number")?,
                text("method")?,
                text("path")?,
                text("query")?,
                text("account")?,
                text("host")?,
                stamps.join(","),
                number("recv_window_ms")?
            )
        }
        _ => return None,
    };
    Some(format!(r#"{{"{kind}":{printed}}}"#))
}

/// Files with and without calls, ends, damage and a torn end.
pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let intent = |number: u64, method: &str, path: &str, query: &str| {
        format!(
            r#"{{"intent":{{"number":{number},"method":"{method}","path":"/papi/v1/{path}","query":"{query}","form":"typed","account":"00000000000000a1","host":"papi.binance.com","sent_at":[1792000000000],"recv_window_ms":5000}}}}"#
        )
    };
    let order = "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.010&newClientOrderId=mine%2F1";
    let (first, second) =
        (intent(1, "POST", "um/order", order), intent(2, "POST", "marginLoan", "asset=USDT&amount=1"));
    let raw = intent(3, "DELETE", "um/order", "origClientOrderId=mine").replace("typed", "raw");
    let (attempt, end) = (
        r#"{"attempt":{"number":1,"sent_at":1792000000400}}"#.to_owned(),
        r#"{"end":{"number":2,"how":"settled_absent","at":1792000000500}}"#.to_owned(),
    );
    let file = |records: &[&str]| {
        let lines = records.iter().flat_map(|record| [line_of(record.as_bytes()), b"\n".to_vec()]);
        lines.collect::<Vec<_>>().concat()
    };
    let all = file(&[HEADER, &first, &second, &attempt, &raw, &end]);
    let numbered = file(&[HEADER, r#"{"numbering":{"next":9}}"#, &raw]);
    let damaged = [&all[..200], b"*", &all[201..]].concat();
    let torn = [&numbered[..], &all[80..120]].concat();
    vec![Vec::new(), file(&[HEADER]), all, numbered, damaged, torn]
}
