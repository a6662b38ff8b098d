//! Faults as text: a name, or JSON with further words.

use super::canned::CannedBody;
use super::fault::Times;
use super::{Acts, CannedAnswer, Fault, FaultKind};
use crate::raw_request::STREAM_PATH;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// A script that shows all words about faults.
pub const FAULTS_EXAMPLE: &str = include_str!("example.json");

/// Why the text of a fault or of a script cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultError(String);

impl FaultError {
    fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for FaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for FaultError {}

/// A fault as it is written.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct FaultText {
    fault: String,
    method: Option<String>,
    path: Option<String>,
    client_order_id: Option<String>,
    times: Option<Value>,
    percent: Option<u8>,
    acts: Option<String>,
    for_ms: Option<u64>,
    hold_ms: Option<u64>,
    reveal_after_ms: Option<u64>,
    retry_after: Option<u64>,
    after_ms: Option<u64>,
    count: Option<u32>,
    status: Option<u16>,
    code: Option<i64>,
    message: Option<String>,
    body: Option<String>,
    headers: BTreeMap<String, String>,
}

impl FromStr for Fault {
    type Err = FaultError;

    /// Reads a name, such as `503-unknown`, or a JSON object.
    fn from_str(text: &str) -> Result<Self, FaultError> {
        let text = text.trim();
        if text.starts_with('{') {
            from_json(&serde_json::from_str(text).map_err(|error| FaultError::new(error.to_string()))?)
        } else {
            named(text)
        }
    }
}

fn named(name: &str) -> Result<Fault, FaultError> {
    FaultText { fault: name.to_owned(), ..FaultText::default() }.read()
}

fn from_json(value: &Value) -> Result<Fault, FaultError> {
    match value {
        Value::String(name) => named(name),
        Value::Object(_) => FaultText::deserialize(value).map_err(|error| FaultError::new(error.to_string()))?.read(),
        _ => Err(FaultError::new("a fault is a name or an object")),
    }
}

impl Fault {
    /// Reads a list of faults, each a name or an object as [`FromStr`] reads it, or a single one: the content of a
    /// script.
    ///
    /// ```
    /// let faults = papi_sandbox::Fault::script(papi_sandbox::FAULTS_EXAMPLE).unwrap();
    /// # assert!(faults.len() > 3);
    /// ```
    pub fn script(text: &str) -> Result<Vec<Self>, FaultError> {
        let value: Value = serde_json::from_str(text).map_err(|error| FaultError::new(error.to_string()))?;
        match &value {
            Value::Array(list) => (1..)
                .zip(list)
                .map(|(number, value)| {
                    from_json(value).map_err(|error| FaultError(format!("fault {number} of the list: {error}")))
                })
                .collect(),
            Value::Object(_) | Value::String(_) => from_json(&value).map(|fault| vec![fault]),
            _ => Err(FaultError::new("a script is a list of faults, or one fault")),
        }
    }

    /// Returns the fault as JSON that [`FromStr`] reads, with how often it is still to come.
    pub(crate) fn written(&self, left: Option<u64>) -> Value {
        let millis = |span: Option<Duration>| span.map(|span| u64::try_from(span.as_millis()).unwrap_or(u64::MAX));
        let (mut code, mut message, mut body) = (None, None, None);
        match self.answer.as_ref().map(|answer| answer.body.clone()) {
            Some(CannedBody::Refusal { code: number, message: text }) => (code, message) = (Some(number), Some(text)),
            Some(CannedBody::Text(text)) => body = Some(text),
            None => {}
        }
        let text = FaultText {
            fault: self.kind.name().to_owned(),
            method: self.method.clone(),
            path: self.path.clone(),
            client_order_id: self.client_order_id.clone(),
            times: Some(left.map_or_else(|| ALWAYS.into(), Value::from)),
            percent: self.percent,
            acts: self.acts.map(|acts| word(acts).to_owned()),
            for_ms: millis(self.span),
            hold_ms: millis(self.hold),
            reveal_after_ms: millis(self.reveal_after),
            retry_after: self.retry_after,
            after_ms: millis(self.after),
            count: self.count,
            status: self.answer.as_ref().map(|answer| answer.status),
            code,
            message,
            body,
            headers: self.answer.iter().flat_map(|answer| answer.headers.clone()).collect(),
        };
        Value::Object(text.words())
    }
}

const ALWAYS: &str = "always";

const fn word(acts: Acts) -> &'static str {
    match acts {
        Acts::Before => "before",
        Acts::Never => "never",
    }
}

impl FaultText {
    /// Returns the words that are there, with their values.
    fn words(&self) -> Map<String, Value> {
        let Ok(Value::Object(mut words)) = serde_json::to_value(self) else { return Map::new() };
        words.retain(|_, value| !value.is_null() && value.as_object().is_none_or(|headers| !headers.is_empty()));
        words
    }

    fn read(self) -> Result<Fault, FaultError> {
        let kind = self.kind()?;
        let times = self.times()?;
        if self.percent.is_some_and(|percent| !(1..=100).contains(&percent)) {
            return Err(FaultError::new("`percent` is a whole number from 1 to 100"));
        }
        let acts = self.acts(kind)?;
        self.check_belonging(kind)?;
        Ok(Fault {
            method: self.method.as_ref().map(|method| method.to_ascii_uppercase()),
            path: self.path.clone(),
            client_order_id: self.client_order_id.clone(),
            times,
            percent: self.percent,
            acts,
            span: self.for_ms.map(Duration::from_millis),
            hold: self.hold_ms.map(Duration::from_millis),
            reveal_after: self.reveal_after_ms.map(Duration::from_millis),
            retry_after: self.retry_after,
            after: self.after_ms.map(Duration::from_millis),
            count: self.count,
            answer: if kind == FaultKind::Answer { Some(self.answer()?) } else { None },
            ..Fault::new(kind)
        })
    }

    fn kind(&self) -> Result<FaultKind, FaultError> {
        FaultKind::named(&self.fault).ok_or_else(|| {
            let names: Vec<_> = FaultKind::all().map(FaultKind::name).collect();
            let what = if self.fault.is_empty() {
                "`fault` is missing".to_owned()
            } else {
                format!("no fault is named {:?}", self.fault)
            };
            FaultError::new(format!("{what}; there are {}", names.join(", ")))
        })
    }

    fn times(&self) -> Result<Option<Times>, FaultError> {
        match &self.times {
            None => Ok(None),
            Some(Value::String(text)) if text == ALWAYS => Ok(Some(Times::Always)),
            Some(value) => match value.as_u64() {
                Some(times) if times > 0 => Ok(Some(Times::Exactly(times))),
                _ => Err(FaultError::new("`times` is a whole number from 1, or \"always\"")),
            },
        }
    }

    fn acts(&self, kind: FaultKind) -> Result<Option<Acts>, FaultError> {
        match self.acts.as_deref() {
            None => Ok(None),
            Some("never") => Ok(Some(Acts::Never)),
            Some("before") if kind.may_act() => Ok(Some(Acts::Before)),
            Some("before") => Err(FaultError::new(format!("{} leaves nothing to act before it", kind.name()))),
            Some(_) => Err(FaultError::new("`acts` is \"before\" or \"never\"")),
        }
    }

    /// Refuses words that would have no effect: they are a mistake in the script.
    fn check_belonging(&self, kind: FaultKind) -> Result<(), FaultError> {
        let name = kind.name();
        if !kind.is_of_stream() && !kind.meets_opening() && self.path.as_deref() == Some(STREAM_PATH) {
            let of_stream: Vec<_> = FaultKind::all().filter(|kind| kind.is_of_stream()).map(FaultKind::name).collect();
            let names = of_stream.join(", ");
            return Err(FaultError::new(format!(
                "{name} is about a call, and {STREAM_PATH} opens a connection; on those happen {names}"
            )));
        }
        let acts = self.acts.as_deref().map_or(kind.acts() == Acts::Before, |acts| acts == "before");
        for word in self.words().keys() {
            let belongs = match word.as_str() {
                "fault" => true,
                "after_ms" => kind.is_of_stream() || kind == FaultKind::EventsLate,
                "count" => kind == FaultKind::EventBurst,
                "method" | "path" | "client_order_id" | "percent" | "acts" if kind.is_of_stream() => false,
                "acts" => !kind.is_of_events(),
                "for_ms" => kind == FaultKind::Refuse,
                "hold_ms" => kind.holds(),
                "retry_after" => kind.waits(),
                "reveal_after_ms" => acts,
                "status" | "code" | "message" | "body" | "headers" => kind == FaultKind::Answer,
                _ => kind != FaultKind::Refuse,
            };
            if !belongs {
                return Err(FaultError::new(format!("`{word}` has no meaning for {name}")));
            }
        }
        let needed = match kind {
            FaultKind::Refuse if self.for_ms.is_none() => "for_ms",
            FaultKind::EventsLate if self.after_ms.is_none() => "after_ms",
            FaultKind::LateReveal if self.reveal_after_ms.is_none() => "reveal_after_ms",
            FaultKind::Answer if self.status.is_none() => "status",
            _ => return Ok(()),
        };
        Err(FaultError::new(format!("{name} needs `{needed}`")))
    }

    fn answer(&self) -> Result<CannedAnswer, FaultError> {
        let status = self.status.unwrap_or_default();
        if !(200..=599).contains(&status) {
            return Err(FaultError::new("`status` is a number from 200 to 599"));
        }
        let is_name =
            |name: &String| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if let Some(name) = self.headers.keys().find(|name| !is_name(name)) {
            return Err(FaultError::new(format!("{name:?} is no name of a header")));
        }
        let answer = match (self.code, &self.message, &self.body) {
            (Some(code), message, None) => CannedAnswer::refusal(status, code, message.as_deref().unwrap_or_default()),
            (None, None, body) => CannedAnswer::text(status, body.as_deref().unwrap_or_default()),
            _ => return Err(FaultError::new("an answer has either `code` and `message`, or `body`")),
        };
        Ok(self.headers.iter().fold(answer, |answer, (name, value)| answer.header(name, value)))
    }
}
