//! A call that is about to be sent, typed or raw: what there is to show, to check and to send about it.

use super::{unknown_outcome, words};
use crate::connect::Connection;
use crate::exit_code::ExitCode;
use crate::failure::{Failure, join};
use crate::{stderr, time_text};
use binance_papi::json::Json;
use binance_papi::spec::{Kind, Value};
use binance_papi::{Access, Cost, Effect, Endpoint, EndpointInfo, Meta, Method, Pending, Query, RawCall, Timestamp};
use papi_runtime::{excerpt, missing_client_ids};

/// Whether the constraints of a request are applied, and its words compared with the documented ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rules {
    Applied,
    Skipped,
}

/// A request, ready to be shown or sent.
#[derive(Debug)]
pub(crate) struct Outgoing {
    pub(crate) method: Method,
    pub(crate) path: String,
    /// The parameters as they are sent, before percent-encoding.
    pub(crate) params: Vec<(String, String)>,
    pub(crate) access: Access,
    pub(crate) effect: Effect,
    pub(crate) cost: Cost,
    /// The description of the endpoint, where the table has one.
    pub(crate) info: Option<&'static EndpointInfo>,
    /// The request in its type. Without one the call is sent raw: as it was typed.
    pub(crate) typed: Option<Box<dyn Endpoint>>,
    pub(crate) rules: Rules,
}

impl Outgoing {
    /// Reads texts into the endpoint's request, and checks it unless that is to be skipped.
    pub(crate) fn typed(
        info: &'static EndpointInfo,
        pairs: &[(String, String)],
        rules: Rules,
        now: Timestamp,
    ) -> Result<Self, Failure> {
        let mut pairs = with_times_in_millis(info, pairs, now)?;
        if rules == Rules::Applied {
            words::write_as_documented(info, &mut pairs)?;
        }
        // Made here rather than by the client: an interrupted call must be known by its id as well.
        for (name, id) in missing_client_ids(info, |name| pairs.iter().any(|(given, _)| given == name)) {
            pairs.push((name.to_owned(), id));
        }
        let borrowed: Vec<_> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let request = (info.parse)(&borrowed)?;
        if rules == Rules::Applied {
            request.check(now)?;
        }

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
        Ok(Self {
            method: info.method,
            path: info.path.to_owned(),
            params,
            access: info.access,
            effect: info.effect,
            cost: request.cost(),
            info: Some(info),
            typed: Some(request),
            rules,
        })
    }

    /// Returns the query without timestamp and signature.
    pub(crate) fn query(&self) -> Query {
        let mut query = Query::new();
        for (name, value) in &self.params {
            query.push_display(name, value);
        }
        query
    }

    /// Sends it and returns the reply with what came beside it. A failure of unknown outcome ends with the command that
    /// asks what became of it.
    pub(crate) async fn send(&self, connection: &Connection) -> Result<(Json, Meta), Failure> {
        let client = &connection.client;
        let sent = if let Some(request) = &self.typed {
            let sent = match self.rules {
                Rules::Applied => client.send_dyn(request.as_ref()).await,
                Rules::Skipped => client.send_dyn_unchecked(request.as_ref()).await,
            };
            sent.map(|reply| (reply.data, reply.meta))
        } else {
            let call = RawCall::new(self.method, &self.path).access(self.access).effect(self.effect).cost(self.cost);
            let call = self.params.iter().fold(call, |call, (name, value)| call.param(name, value));
            client.send_raw(&call).await.map(|reply| (String::from_utf8_lossy(&reply.data).into_owned(), reply.meta))
        };
        let (text, meta) = sent.map_err(|error| unknown_outcome::failure(error, connection))?;
        let reply = Json::parse(&text).map_err(|error| self.unreadable(&text, &error.to_string()))?;
        Ok((reply, meta))
    }

    /// Says that the call was interrupted while it was under way.
    pub(crate) fn interrupted(&self, connection: &Connection) -> Failure {
        if self.effect == Effect::Read {
            return Failure::new(ExitCode::Other, "interrupted");
        }
        let failure = Failure::new(ExitCode::Unknown, format!("{self}: outcome unknown: interrupted while under way"));
        match &self.typed {
            Some(request) => {
                let pending = Pending::new(request.as_ref(), connection.client.now());
                unknown_outcome::with_question(failure, &pending, connection)
            }
            None => unknown_outcome::with_intent(failure.hint(unknown_outcome::LOOK), connection),
        }
    }

    /// Says that a success is not JSON: of a call that acts, it does not show what the call did. Only calls without a type
    /// get here.
    fn unreadable(&self, text: &str, why: &str) -> Failure {
        let (exit, phase) = match self.effect {
            Effect::Once | Effect::Idempotent => (ExitCode::Unknown, "outcome unknown"),
            Effect::Read => (ExitCode::Unreadable, "answer not readable"),
        };
        Failure::new(
            exit,
            format!("{self}: {phase}: the answer is not JSON, {why}; it was {}", excerpt(text.as_bytes())),
        )
    }
}

impl std::fmt::Display for Outgoing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// Turns times into milliseconds, in whichever form they are written. Reports all texts that are not times at once.
fn with_times_in_millis(
    info: &EndpointInfo,
    pairs: &[(String, String)],
    now: Timestamp,
) -> Result<Vec<(String, String)>, Failure> {
    let mut problems = Vec::new();
    let mut converted = pairs.to_vec();
    for (name, value) in &mut converted {
        if info.param(name).is_none_or(|param| param.kind != Kind::Time) {
            continue;
        }
        match time_text::to_millis(value, now) {
            Ok(millis) => *value = millis.to_string(),
            Err(why) => problems.push(format!("`{name}` {why}")),
        }
    }
    if problems.is_empty() {
        Ok(converted)
    } else {
        Err(Failure::bad_input(format!("not sent, invalid: {}", join(&problems))))
    }
}
