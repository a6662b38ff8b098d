//! A call that is about to leave, typed or raw: what there is to show, to check and to send about it.

use crate::exit_code::ExitCode;
use crate::failure::{Failure, join};
use crate::output::json::Json;
use crate::{settle, stderr, time_text};
use binance_papi::{
    Client, ClientOrderId, Cost, Effect, Endpoint, EndpointInfo, Error, Kind, Meta, Method, Pending, Query, RawCall,
    Timestamp, Value,
};

/// The table of endpoints.
pub(crate) type Endpoints = &'static [&'static EndpointInfo];

/// A request, ready to be shown or sent.
#[derive(Debug)]
pub(crate) struct Outgoing {
    method: Method,
    path: String,
    params: Vec<(String, String)>,
    query: Query,
    effect: Effect,
    cost: Cost,
    needs_key: bool,
    info: Option<&'static EndpointInfo>,
    body: Body,
}

#[derive(Debug)]
enum Body {
    Typed(Box<dyn Endpoint>),
    Raw(RawCall),
}

/// A reply, and what came with it.
pub(crate) struct Answer {
    pub(crate) reply: Json,
    pub(crate) meta: Meta,
}

impl Outgoing {
    /// Reads texts into the endpoint's request and applies its rules.
    pub(crate) fn typed(
        info: &'static EndpointInfo,
        pairs: &[(String, String)],
        now: Timestamp,
    ) -> Result<Self, Failure> {
        let mut pairs = with_times_in_millis(info, pairs, now)?;
        // Made here rather than by the client, so that an interrupted call can be asked for as well.
        for name in info.client_ids {
            if !pairs.iter().any(|(given, _)| given == name) {
                pairs.push(((*name).to_owned(), ClientOrderId::generate().to_string()));
            }
        }
        let borrowed: Vec<_> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let request = (info.parse)(&borrowed)?;
        request.check(now)?;

        let mut params = Vec::new();
        request.each(&mut |param, value| {
            if matches!(value, Value::Word { known: false, .. }) {
                stderr::note(&format!(
                    "`{}` is {value}, which is none of the documented words ({}); sending it anyway",
                    param.name,
                    param.words.join(", ")
                ));
            }
            params.push((param.name.to_owned(), value.to_string()));
        });
        if let Some(retired) = info.retired {
            stderr::note(&format!(
                "{} {} is retired since {}: use {}",
                info.method, info.path, retired.since, retired.instead
            ));
        }
        let mut query = Query::new();
        request.encode(&mut query);
        Ok(Self {
            method: info.method,
            path: info.path.to_owned(),
            params,
            query,
            effect: info.effect,
            cost: request.cost(),
            needs_key: info.access.needs_key(),
            info: Some(info),
            body: Body::Typed(request),
        })
    }

    /// A call as it was typed, without a type. `nature` says what the table, or the caller, knows about it.
    pub(crate) fn raw(method: Method, path: String, params: Vec<(String, String)>, nature: &RawNature) -> Self {
        let mut call = RawCall::new(method, path.clone()).access(nature.access).effect(nature.effect).cost(nature.cost);
        let mut query = Query::new();
        for (name, value) in &params {
            call = call.param(name, value);
            query.push_display(name, value);
        }
        Self {
            method,
            path,
            params,
            query,
            effect: nature.effect,
            cost: nature.cost,
            needs_key: nature.access.needs_key(),
            info: nature.info,
            body: Body::Raw(call),
        }
    }

    pub(crate) fn method(&self) -> Method {
        self.method
    }

    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// The parameters as they are sent, before percent-encoding.
    pub(crate) fn params(&self) -> &[(String, String)] {
        &self.params
    }

    /// The query without timestamp and signature.
    pub(crate) fn query(&self) -> &str {
        self.query.as_str()
    }

    pub(crate) fn effect(&self) -> Effect {
        self.effect
    }

    pub(crate) fn cost(&self) -> Cost {
        self.cost
    }

    pub(crate) fn needs_key(&self) -> bool {
        self.needs_key
    }

    /// The field of the reply that holds its rows, where the endpoint's description names one.
    pub(crate) fn rows_field(&self) -> Option<&'static str> {
        self.info?.paging?.rows
    }

    /// Sends it. A failure of unknown outcome ends with the command that asks what became of it.
    pub(crate) async fn send(&self, client: &Client) -> Result<Answer, Failure> {
        let sent = match &self.body {
            Body::Typed(request) => client.send_dyn(request.as_ref()).await.map(|reply| (reply.data, reply.meta)),
            Body::Raw(call) => {
                client.send_raw(call).await.map(|reply| (String::from_utf8_lossy(&reply.data).into_owned(), reply.meta))
            }
        };
        let (text, meta) = sent.map_err(|error| failure(error, client))?;
        match Json::parse(&text) {
            Ok(reply) => Ok(Answer { reply, meta }),
            Err(error) => Err(self.unreadable(&text, &error.to_string())),
        }
    }

    /// What is said when the call was interrupted while it was under way.
    pub(crate) fn interrupted(&self, client: &Client) -> Failure {
        let failure = Failure::new(ExitCode::Unknown, format!("{self}: outcome unknown: interrupted while under way"));
        match (&self.body, self.effect) {
            (_, Effect::Read) => Failure::new(ExitCode::Other, "interrupted"),
            (Body::Typed(request), _) => with_command(failure, &Pending::new(request.as_ref(), client.now()), client),
            (Body::Raw(_), _) => failure.hint("it may have been executed: look at the account before sending it again"),
        }
    }

    /// A success that is no JSON: for a call that acts, nobody knows what it did. Only calls without a type get here.
    fn unreadable(&self, text: &str, why: &str) -> Failure {
        let (exit, phase) = match self.effect {
            Effect::Once => (ExitCode::Unknown, "outcome unknown"),
            Effect::Read | Effect::Idempotent => (ExitCode::Unreadable, "answer not readable"),
        };
        Failure::new(exit, format!("{self}: {phase}: the answer is not JSON, {why}; it was {}", excerpt(text)))
    }
}

fn failure(error: Error, client: &Client) -> Failure {
    let pending = error.pending().cloned();
    let failure = Failure::from(error);
    match pending {
        Some(pending) => with_command(failure, &pending, client),
        None => failure,
    }
}

/// Ends with the command that asks, or with the call that shows it.
fn with_command(failure: Failure, pending: &Pending, client: &Client) -> Failure {
    match (pending.info().settle.is_empty(), pending.info().shown_by) {
        (false, _) => failure.hint(format!("ask what became of it: {}", settle::command(pending, client.base_url()))),
        (true, Some(call)) => {
            failure.hint(format!("{call} shows it if it was executed; sent at {}", pending.sent_at().to_utc_text()))
        }
        (true, None) => failure.hint("it may have been executed: look at the account before sending it again"),
    }
}

impl std::fmt::Display for Outgoing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// What has to be known about a raw call.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RawNature {
    pub(crate) access: binance_papi::Access,
    pub(crate) effect: Effect,
    pub(crate) cost: Cost,
    pub(crate) info: Option<&'static EndpointInfo>,
}

/// Turns every way to write a time into milliseconds. All texts that are none are reported at once.
fn with_times_in_millis(
    info: &EndpointInfo,
    pairs: &[(String, String)],
    now: Timestamp,
) -> Result<Vec<(String, String)>, Failure> {
    let mut problems = Vec::new();
    let converted = pairs
        .iter()
        .map(|(name, value)| {
            let is_time = info.param(name).is_some_and(|param| param.kind == Kind::Time);
            let value = match time_text::to_millis(value, now) {
                Some(millis) if is_time => millis.to_string(),
                None if is_time => {
                    problems.push(format!("`{name}` must be {}, not {value:?}", time_text::FORMS));
                    String::new()
                }
                _ => value.clone(),
            };
            (name.clone(), value)
        })
        .collect();
    if problems.is_empty() {
        Ok(converted)
    } else {
        Err(Failure::bad_input(format!("not sent, invalid: {}", join(&problems))))
    }
}

/// The beginning of an answer for people, however long it is.
fn excerpt(text: &str) -> String {
    const SHOWN: usize = 200;
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return "an empty body".to_owned();
    }
    let shown: String = trimmed.chars().take(SHOWN).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if shown.len() < trimmed.len() { format!("`{shown}` … ({} bytes)", text.len()) } else { format!("`{shown}`") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_bounded() {
        assert_eq!(excerpt(" \n"), "an empty body");
        assert_eq!(excerpt("<html>\n</html>"), "`<html> </html>`");
        assert!(excerpt(&"ä".repeat(100_000)).chars().count() < 230);
    }
}
