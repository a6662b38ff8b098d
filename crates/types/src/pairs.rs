//! Reads texts into a typed request, for the command line, the sandbox and stored requests.

use crate::EndpointInfo;
use crate::error::{Invalid, Violation, ViolationKind};
use crate::spec::{ParamInfo, ParamValue, nearest};

/// Name and value pairs being read into a request. Problems are collected, so that all of them are reported at once.
#[derive(Debug)]
pub struct Pairs<'a> {
    info: &'static EndpointInfo,
    given: &'a [(&'a str, &'a str)],
    violations: Vec<Violation>,
}

impl<'a> Pairs<'a> {
    /// Starts reading; unknown and repeated names are noted at once.
    pub fn new(info: &'static EndpointInfo, pairs: &'a [(&'a str, &'a str)]) -> Self {
        let mut violations = Vec::new();
        for (index, (name, _)) in pairs.iter().enumerate() {
            if info.param(name).is_none() {
                violations.push(Violation::new(ViolationKind::Unknown, name, unknown(info, name)));
            } else if pairs[..index].iter().any(|(earlier, _)| earlier == name) {
                violations.push(Violation::new(ViolationKind::Duplicate, name, format!("`{name}` is given twice")));
            }
        }
        Self { info, given: pairs, violations }
    }

    /// Reads an optional parameter. Returns none when it is absent or cannot be read.
    pub fn optional<T: ParamValue>(&mut self, param: &'static ParamInfo) -> Option<T> {
        let (_, text) = self.given.iter().find(|(name, _)| *name == param.name)?;
        if text.is_empty() {
            let text = format!("`{}` must not be empty", param.name);
            self.violations.push(Violation::new(ViolationKind::Empty, param.name, text));
            return None;
        }
        match T::from_text(text) {
            Ok(value) => Some(value),
            Err(expected) => {
                let text = format!("`{}` must be {expected}, not {text:?}", param.name);
                self.violations.push(Violation::new(ViolationKind::Malformed, param.name, text));
                None
            }
        }
    }

    /// Reads a required parameter. Returns none when it is absent or cannot be read.
    pub fn required<T: ParamValue>(&mut self, param: &'static ParamInfo) -> Option<T> {
        if !self.given.iter().any(|(name, _)| *name == param.name) {
            let text = format!("`{}` is required", param.name);
            self.violations.push(Violation::new(ViolationKind::Missing, param.name, text));
        }
        self.optional(param)
    }

    /// Returns the request, when everything was read and nothing was wrong.
    pub fn finish<T>(self, request: Option<T>) -> Result<T, Invalid> {
        let refusal = Invalid::new(self.info.doc_url, self.violations);
        request.filter(|_| refusal.violations().is_empty()).ok_or(refusal)
    }
}

fn unknown(info: &EndpointInfo, name: &str) -> String {
    if let Some(removed) = info.removed.iter().find(|removed| removed.name == name) {
        return removed.to_string();
    }
    match nearest(name, info.params.iter().map(|param| param.name)) {
        Some(near) => format!("`{name}` is not a parameter of {}, did you mean `{near}`?", info.name),
        None if info.params.is_empty() => format!("`{name}` is not a parameter of {}, which has none", info.name),
        None => {
            let names: Vec<_> = info.params.iter().map(|param| param.name).collect();
            format!("`{name}` is not a parameter of {}, which has {}", info.name, names.join(", "))
        }
    }
}
