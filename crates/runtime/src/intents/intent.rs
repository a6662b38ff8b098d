//! What users see of an intent, and of a file of them.

use super::content::Finding;
use super::open_intents::OpenIntent;
use super::record::{CallForm, IntentRecord, params_of};
use super::{file, require_path, unusable};
use crate::credentials::Credentials;
use crate::error::Error;
use crate::pending::Pending;
use papi_types::{ClientOrderId, EndpointInfo, Timestamp};
use std::fmt;
use std::path::Path;
use std::time::Duration;

/// A call that acts, that was going to be sent, and of which no end is known. It may have been executed or not.
#[derive(Clone)]
pub struct Intent {
    record: IntentRecord,
    info: Option<&'static EndpointInfo>,
    pending: Option<Pending>,
    why_not_asked: Option<WhyNotAsked>,
}

/// Why the exchange is not asked for an intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WhyNotAsked {
    /// No call of the exchange answers for this one; [`Intent::shown_by`] may tell where it shows.
    NothingAnswers,
    /// It was sent without a type, so nobody knows what its parameters mean.
    NoType,
    /// This version does not know the call, or it is of a part of the library that is switched off.
    NotKnownHere,
    /// Another API key has sent it.
    OtherAccount,
    /// It went to another host.
    OtherHost,
}

impl fmt::Display for WhyNotAsked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NothingAnswers => "no call of the exchange answers for this one",
            Self::NoType => "it was sent without a type, so nobody knows what its parameters mean",
            Self::NotKnownHere => "this version does not know the call",
            Self::OtherAccount => "another API key has sent it",
            Self::OtherHost => "it went to another host",
        })
    }
}

impl Intent {
    pub(super) fn of(open: &OpenIntent) -> Self {
        let pending = open.pending();
        let why_not_asked = match (&pending, open.record.form, open.info) {
            (_, CallForm::Raw, _) => Some(WhyNotAsked::NoType),
            (_, _, None) | (None, ..) => Some(WhyNotAsked::NotKnownHere),
            (Some(_), _, Some(info)) => info.settle.is_empty().then_some(WhyNotAsked::NothingAnswers),
        };
        Self { record: open.record.clone(), info: open.info, pending, why_not_asked }
    }

    /// The same as a client of this account and host sees it, which must not ask for what another one has sent.
    pub(super) fn for_client(mut self, account: &str, host: &str) -> Self {
        if self.record.account != account {
            self.why_not_asked = Some(WhyNotAsked::OtherAccount);
        } else if self.record.host != host {
            self.why_not_asked = Some(WhyNotAsked::OtherHost);
        }
        self
    }

    /// Returns its number, which no other intent of the file has had.
    pub fn number(&self) -> u64 {
        self.record.number
    }

    /// Returns the call, such as `POST /papi/v1/um/order`.
    pub fn call(&self) -> String {
        format!("{} {}", self.record.method, self.record.path)
    }

    /// Returns the endpoint that was called; none when this version does not know it.
    pub fn info(&self) -> Option<&'static EndpointInfo> {
        self.info
    }

    /// Returns the parameters as they were sent, percent-encoded, without `recvWindow`, `timestamp` and signature.
    pub fn query(&self) -> &str {
        &self.record.query
    }

    /// Returns the parameters as they were sent, before percent-encoding.
    pub fn params(&self) -> Vec<(String, String)> {
        params_of(self.query())
    }

    /// Returns the caller's id of what was to be placed.
    pub fn client_order_id(&self) -> Option<ClientOrderId> {
        let name = self.info?.client_ids.first()?;
        let mut params = self.params().into_iter();
        params.find(|(each, _)| each == name).map(|(_, id)| ClientOrderId::new(id))
    }

    /// Returns the host it was sent to.
    pub fn host(&self) -> &str {
        &self.record.host
    }

    /// Returns whether the key of these credentials has sent it.
    pub fn is_of(&self, credentials: &Credentials) -> bool {
        self.record.account == credentials.account().to_string()
    }

    /// Returns the timestamp of each attempt, in exchange time, oldest first. The last one may not have left.
    pub fn sent_at(&self) -> &[Timestamp] {
        &self.record.sent_at
    }

    /// Returns the recv window that each attempt carried.
    pub fn recv_window(&self) -> Duration {
        Duration::from_millis(self.record.recv_window_ms)
    }

    /// Returns what [`Client::settle`](crate::Client::settle) needs; none for a call without a type, and for one that this
    /// version does not know. Ask only when [`why_not_asked`](Self::why_not_asked) has nothing against it.
    pub fn pending(&self) -> Option<&Pending> {
        self.pending.as_ref()
    }

    /// Returns why `settle_all` does not ask the exchange for it; none when it does. What was [read](read) without a client
    /// is not held against any account or host.
    pub fn why_not_asked(&self) -> Option<WhyNotAsked> {
        self.why_not_asked
    }

    /// Returns the call whose rows show it if it was executed, such as `GET /papi/v1/margin/marginLoan`: look there for
    /// the time it was sent.
    pub fn shown_by(&self) -> Option<String> {
        Some(self.info?.shown_by?.to_string())
    }
}

impl fmt::Debug for Intent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sent_at: Vec<_> = self.sent_at().iter().map(ToString::to_string).collect();
        f.debug_struct("Intent")
            .field("number", &self.number())
            .field("call", &format_args!("{}", self.call()))
            .field("sent", &self.query())
            .field("host", &self.host())
            .field("sent_at", &format_args!("{}", sent_at.join(", ")))
            .field("recv_window", &self.recv_window())
            .field("why_not_asked", &format_args!("{:?}", self.why_not_asked))
            .finish_non_exhaustive()
    }
}

/// What stands in a file of intents.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Listing {
    /// The intents without an end, oldest first. Those that the owner of the file is sending at this moment are among them.
    pub intents: Vec<Intent>,
    /// What is not as it was written.
    pub findings: Vec<Finding>,
}

/// Reads a file of intents, without becoming its owner: nothing is written, and another process may be using it.
///
/// # Errors
///
/// Invalid when it cannot be read, or holds something else.
pub fn read(path: impl AsRef<Path>) -> Result<Listing, Error> {
    let path = path.as_ref();
    require_path(path)?;
    let content = file::read(path).map_err(|error| unusable(path, error))?;
    let findings = content.findings();
    let intents = content.open.into_values().map(|record| Intent::of(&OpenIntent::read(record)));
    Ok(Listing { intents: intents.collect(), findings })
}
