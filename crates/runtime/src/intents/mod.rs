//! Intents: calls that act are written down and made durable before they leave, so that none is forgotten when the process ends
//! between sending and reading.
//!
//! [`ClientBuilder::intents`](crate::ClientBuilder::intents) names the file. `Client::unsettled` lists what has no end,
//! `Client::settle_all` asks for it, [`read`] lists a file that another process uses, and [`owner`]
//! says which process that is.
//!
//! - `record`: one record and its line. `content`: what the lines of a file mean. `open_intents`: the same in memory. All pure.
//! - `file`: the file on its disk: rights, appending, rewriting. `disk`: what is asked of the disk itself. `owner`: the one process
//!   that uses it. `writer`: one forcing of the disk for many calls.
//! - `under_way`: the intent of a call that is being sent. `intent`: what users see of one.
//! - `fuzzed`: a file of intents as fuzzing sees it.

mod content;
mod disk;
mod file;
pub mod fuzzed;
mod intent;
mod open_intents;
mod owner;
mod record;
#[cfg(test)]
mod tests;
mod under_way;
mod writer;

pub use content::Finding;
pub use intent::{Intent, Listing, WhyNotAsked, read};
pub use owner::{Owner, owner};
pub(crate) use record::EndOfIntent;
pub(crate) use under_way::UnderWay;

use crate::error::Error;
use crate::pending::Pending;
use crate::prepared::Prepared;
use crate::rate_limit::Account;
use crate::secret_shape::{self, path_in_message};
use papi_types::{Effect, Timestamp};
use record::{CallForm, IntentRecord};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use writer::IntentWriter;

/// How a client keeps intents.
#[derive(Debug, Clone, Default)]
pub(crate) struct IntentSettings {
    /// The file; none when no intents are kept.
    pub(crate) path: Option<PathBuf>,
    pub(crate) kept: KeptCalls,
}

/// The calls whose intents are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum KeptCalls {
    /// Those that act on every arrival.
    #[default]
    Once,
    /// Those that may be repeated as well.
    All,
}

/// The intents of a client and its clones.
#[derive(Debug)]
pub(crate) struct IntentLog {
    writer: Arc<IntentWriter>,
    kept: KeptCalls,
    account: Account,
    host: String,
}

impl IntentLog {
    /// Opens the file and becomes its owner; none when the client keeps no intents.
    ///
    /// # Errors
    ///
    /// Invalid when the file cannot be used.
    pub(crate) fn open(
        settings: IntentSettings,
        account: Account,
        host: &str,
    ) -> Result<Option<(Self, Vec<Finding>)>, Error> {
        let Some(path) = settings.path else { return Ok(None) };
        let unusable = |error| unusable(&path, error);
        require_path(&path)?;
        let (writer, findings) = IntentWriter::open(&path).map_err(unusable)?;
        let log = Self { writer: Arc::new(writer), kept: settings.kept, account, host: host.to_owned() };
        Ok(Some((log, findings)))
    }

    pub(crate) fn path(&self) -> &Path {
        self.writer.path()
    }

    /// Whether the intents of such calls are kept.
    pub(crate) fn keeps(&self, effect: Effect) -> bool {
        match effect {
            Effect::Read => false,
            Effect::Once => true,
            Effect::Idempotent => self.kept == KeptCalls::All,
        }
    }

    /// Makes the intent of a call durable that is going to be stamped so.
    pub(crate) async fn begin(
        &self,
        call: &Prepared<'_>,
        sent_at: Timestamp,
        recv_window: Duration,
    ) -> io::Result<UnderWay> {
        let record = IntentRecord {
            number: 0,
            method: call.method.as_str().to_owned(),
            path: call.path.to_owned(),
            query: call.query.as_str().to_owned(),
            form: if call.is_typed() { CallForm::Typed } else { CallForm::Raw },
            account: self.account.to_string(),
            host: self.host.clone(),
            sent_at: vec![sent_at],
            recv_window_ms: u64::try_from(recv_window.as_millis()).unwrap_or(u64::MAX),
        };
        let (number, durable) = self.writer.begin(record, call.info);
        UnderWay::begin(self.writer.clone(), number, durable).await
    }

    /// The intents without an end that no future of this client is sending, oldest first.
    pub(crate) fn unsettled(&self) -> Vec<Intent> {
        let account = self.account.to_string();
        self.writer
            .look(|intents| intents.left().map(|left| Intent::of(left).for_client(&account, &self.host)).collect())
    }

    /// Notes what the exchange has said about a call.
    pub(crate) fn settle(&self, pending: &Pending, how: EndOfIntent, at: Timestamp) {
        self.writer.settle(pending, how, at);
    }

    /// Ends an intent that is to be asked for no more, durably.
    ///
    /// # Errors
    ///
    /// Invalid when it has no intent of this number without an end, or it cannot be written.
    pub(crate) async fn forget(&self, number: u64, at: Timestamp) -> Result<(), Error> {
        let is_left = self.writer.look(|intents| intents.left().any(|intent| intent.record.number == number));
        let durable = is_left.then(|| self.writer.end_durably(number, EndOfIntent::Forgotten, at)).flatten();
        let Some(durable) = durable else {
            let path = self.path().display();
            return Err(Error::invalid(format!("{path} has no intent {number} without an end; list them first")));
        };
        durable.wait().await.map_err(|error| unusable(self.path(), error))
    }
}

fn require_path(path: &Path) -> Result<(), Error> {
    secret_shape::require_path("the file of intents", path)
}

fn unusable(path: &Path, error: io::Error) -> Error {
    let shown = path_in_message(path);
    Error::setting(format!("the file of intents {shown} cannot be used: {error}"), error)
}
