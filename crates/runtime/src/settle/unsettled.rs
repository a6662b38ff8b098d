//! Asking for everything that a file of intents has no end of.

use super::{Patience, Settlement};
use crate::client::Client;
use crate::error::Error;
use crate::intents::{EndOfIntent, Intent, IntentLog, WhyNotAsked};
use tokio::task::JoinSet;

/// How many intents are asked for at once.
const AT_ONCE: usize = 8;

/// What became of an intent when the exchange was asked.
#[derive(Debug)]
#[non_exhaustive]
pub struct SettledIntent {
    /// The intent.
    pub intent: Intent,
    /// What became of it.
    pub end: IntentEnd,
}

/// What became of an intent when the exchange was asked.
#[derive(Debug)]
#[non_exhaustive]
pub enum IntentEnd {
    /// The exchange has answered. Unless it is still unknown, the intent has its end now.
    Settled(Settlement),
    /// Asking has failed. The intent has no end.
    Failed(Error),
    /// It was not asked for. The intent has no end.
    NotAsked(WhyNotAsked),
}

impl Client {
    /// Returns the calls that act and of which no end is known, oldest first: those of earlier processes, and those of this
    /// client and its clones whose outcome is unknown or whose future was dropped. Calls that are being sent at this moment
    /// are not among them. None without [`ClientBuilder::intents`](crate::ClientBuilder::intents). Nothing is asked and
    /// nothing read for it.
    pub fn unsettled(&self) -> Vec<Intent> {
        self.shared.intents.as_ref().map(IntentLog::unsettled).unwrap_or_default()
    }

    /// Asks the exchange for each of the [`unsettled`](Self::unsettled) calls, some at a time, and notes the ends. Returns
    /// what became of each, oldest first. Those that nothing can be asked about, and those of another account or host, are
    /// among them and were not asked for.
    ///
    /// `patience` is that for each of them. None is sent again. See [`settle`](Self::settle) for what an answer proves.
    ///
    /// ```no_run
    /// # async fn run(client: binance_papi::Client) -> Result<(), binance_papi::Error> {
    /// use binance_papi::{Patience, intents::IntentEnd};
    ///
    /// for settled in client.settle_all(Patience::default()).await? {
    ///     match settled.end {
    ///         IntentEnd::Settled(settlement) => println!("{:?}: {settlement:?}", settled.intent),
    ///         IntentEnd::Failed(error) => println!("{:?}: ask again later: {error}", settled.intent),
    ///         other => println!("{:?}: look at the account: {other:?}", settled.intent),
    ///     }
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// Invalid for a client without [`intents`](crate::ClientBuilder::intents). What fails for one call is told in its
    /// place.
    pub async fn settle_all(&self, patience: Patience) -> Result<Vec<SettledIntent>, Error> {
        self.intent_log()?;
        self.shared.fit_runtime.require()?;
        let (mut settled, mut asking) = (Vec::new(), JoinSet::new());
        for intent in self.unsettled() {
            if asking.len() >= AT_ONCE {
                settled.extend(asking.join_next().await.and_then(Result::ok));
            }
            let client = self.clone();
            asking.spawn(async move {
                let end = client.ask_for(&intent, patience).await;
                SettledIntent { intent, end }
            });
        }
        while let Some(done) = asking.join_next().await {
            settled.extend(done);
        }
        settled.sort_by_key(|settled| settled.intent.number());
        Ok(settled)
    }

    async fn ask_for(&self, intent: &Intent, patience: Patience) -> IntentEnd {
        let pending = match (intent.why_not_asked(), intent.pending()) {
            (None, Some(pending)) => pending,
            (why, _) => return IntentEnd::NotAsked(why.unwrap_or(WhyNotAsked::NotKnownHere)),
        };
        // `settle` notes the end.
        self.settle(pending, patience).await.map_or_else(IntentEnd::Failed, IntentEnd::Settled)
    }

    /// Ends an intent that is to be asked for no more, after somebody has looked at the account. It no longer is among the
    /// [`unsettled`](Self::unsettled) ones, and that is on the disk when this returns.
    ///
    /// # Errors
    ///
    /// Invalid for a client without [`intents`](crate::ClientBuilder::intents), when there is no such intent without an end,
    /// and when the file cannot be written.
    pub async fn forget(&self, intent: &Intent) -> Result<(), Error> {
        let log = self.intent_log()?;
        self.shared.fit_runtime.require()?;
        log.forget(intent.number(), self.now()).await
    }

    /// Notes in the intents what the exchange has said about a call.
    pub(super) fn note_settlement(&self, pending: &crate::Pending, settlement: &Settlement) {
        let how = match settlement {
            Settlement::Accepted(_) => EndOfIntent::SettledAccepted,
            Settlement::Absent => EndOfIntent::SettledAbsent,
            Settlement::StillUnknown(_) => return,
        };
        if let Some(log) = &self.shared.intents {
            log.settle(pending, how, self.now());
        }
    }

    fn intent_log(&self) -> Result<&IntentLog, Error> {
        let missing = "this client keeps no intents: name a file with `ClientBuilder::intents`";
        self.shared.intents.as_ref().ok_or_else(|| Error::invalid(missing))
    }
}
