//! The asking: rounds of questions until an answer is clear, two late ones agree that there is nothing, or time is up.

use super::proof::Proof;
use super::{Doubt, DoubtReason, Found, Patience, Settlement};
use crate::call::Call;
use crate::client::Client;
use crate::deadline::{after, left};
use crate::error::Error;
use crate::pending::Pending;
use crate::retry::{Purpose, RetryDecision, SendProgress, decide};
use papi_types::spec::{Evidence, EvidenceRule, Question, Retention};
use papi_types::{EndpointInfo, ErrorCode, Timestamp};
use std::time::Duration;
use tokio::time::Instant;

/// How often the pause between two rounds doubles.
const DOUBLINGS: u32 = 3;

/// The result of one round of questions.
enum Round {
    /// The exchange showed something: what it means, and the text of the reply.
    Seen(Evidence, String),
    /// It knows nothing of what was asked for. This says what that means.
    Missing(Evidence),
    /// The call did not send what has to be asked with.
    NotAskable,
    /// No answer this time.
    Failed(String),
}

impl Client {
    /// Asks the exchange what became of a call, until it is clear or `patience` is over.
    ///
    /// "Not found" is believed when it is said twice, both times after the exchange can no longer have taken the call and
    /// a margin has passed, and never of something older than the asked call remembers: then the answer stays
    /// [`Settlement::StillUnknown`]. It speaks of the state that the call was to bring about: when two callers cancel
    /// one order, it does not tell whose cancel it was. The weight of the asking counts as that of orders.
    ///
    /// Where the call has an [intent](crate::ClientBuilder::intents) without an end, what is found out is noted as its end.
    ///
    /// ```no_run
    /// # async fn run(client: binance_papi::Client, order: binance_papi::um::NewOrder) -> Result<(), binance_papi::Error> {
    /// use binance_papi::{Patience, Settlement, UmOrder};
    ///
    /// let error = match client.send(&order).await {
    ///     Ok(_) => return Ok(()),
    ///     Err(error) => error,
    /// };
    /// let Some(pending) = error.pending() else { return Err(error) };
    /// match client.settle(pending, Patience::default()).await? {
    ///     Settlement::Accepted(found) => println!("it is there: {:?}", found.read::<UmOrder>()),
    ///     Settlement::Absent => println!("it never arrived; sending it anew is safe"),
    ///     other => println!("still unknown: {other:?}"),
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// When the exchange refuses to be asked, for want of a permission for example, or its answer cannot be read.
    /// What fails for a moment is asked again.
    pub async fn settle(&self, pending: &Pending, patience: Patience) -> Result<Settlement, Error> {
        let settlement = self.ask_until_clear(pending, patience).await?;
        self.note_settlement(pending, &settlement);
        Ok(settlement)
    }

    async fn ask_until_clear(&self, pending: &Pending, patience: Patience) -> Result<Settlement, Error> {
        let doubt = |reason| {
            let shown_by = pending.info().shown_by.map(|call| call.to_string());
            Ok(Settlement::StillUnknown(Doubt { reason, shown_by }))
        };
        let Some(last_taken) = pending.lost().last_taken() else { return doubt(DoubtReason::CannotBeAsked) };
        let deadline = after(patience.deadline);
        let (mut absent, mut nowhere) =
            (Proof::new(last_taken, patience.margin), Proof::new(last_taken, patience.margin));
        let (mut pause, mut trouble) = (patience.pause, None);
        loop {
            let asked_at = self.now();
            let bound = self.clock_offset().map_or(Duration::ZERO, |offset| offset.bound);
            match self.ask_all(pending, asked_at, deadline).await? {
                Round::Seen(Evidence::Acted, json) => return Ok(Settlement::Accepted(Found { json })),
                Round::Seen(Evidence::TooLate, _) => return Ok(Settlement::Absent),
                Round::Seen(Evidence::NotYet, _) | Round::Missing(Evidence::NotYet) => absent.add(asked_at, bound),
                Round::Missing(_) => nowhere.add(asked_at, bound),
                Round::Seen(..) => {}
                Round::NotAskable => return doubt(DoubtReason::CannotBeAsked),
                Round::Failed(reason) => trouble = Some(reason),
            }
            if absent.is_complete() {
                return Ok(Settlement::Absent);
            }
            if nowhere.is_complete() {
                return doubt(nowhere_because(pending, asked_at));
            }
            if left(deadline) <= pause {
                return doubt(DoubtReason::OutOfTime { trouble });
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(patience.pause * 2u32.pow(DOUBLINGS));
        }
    }

    /// Asks the questions of the endpoint in order, until an answer is clear.
    async fn ask_all(&self, pending: &Pending, asked_at: Timestamp, deadline: Instant) -> Result<Round, Error> {
        let mut before: Option<String> = None;
        let mut round = Round::NotAskable;
        for question in pending.info().settle {
            let answer = self.ask(question, pending, before.as_deref(), asked_at, deadline).await?;
            match answer {
                Round::Seen(Evidence::Unclear, json) => {
                    before = Some(json.clone());
                    round = Round::Seen(Evidence::Unclear, json);
                }
                // What was seen but did not tell is more than what is missing elsewhere.
                Round::Missing(Evidence::Unclear) if matches!(round, Round::Seen(..)) => {}
                Round::Missing(Evidence::Unclear) | Round::NotAskable => round = answer,
                clear => return Ok(clear),
            }
        }
        Ok(round)
    }

    /// Asks one question, which may take several requests; then their answers must agree.
    async fn ask(
        &self,
        question: &Question,
        pending: &Pending,
        before: Option<&str>,
        asked_at: Timestamp,
        deadline: Instant,
    ) -> Result<Round, Error> {
        let lost = pending.lost();
        let Some(info) = EndpointInfo::of(question.route) else { return Ok(Round::NotAskable) };
        let patient = self.with(Call { deadline: left(deadline), ..self.call });
        let mut all: Option<(Evidence, String)> = None;
        for pairs in lost.requests(question, before.map(str::as_bytes)) {
            let pairs: Vec<_> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let Ok(request) = (info.parse)(&pairs) else { return Ok(Round::NotAskable) };
            if request.check(asked_at).is_err() {
                return Ok(Round::NotAskable);
            }
            let (evidence, json) = match patient.ask_urgently(request.as_ref()).await {
                Ok(json) => (lost.judge(question, json.as_bytes()), json),
                Err(error) if error.code().is_some_and(ErrorCode::says_no_such_order) && error.is_rejected() => {
                    return Ok(Round::Missing(lost.judge_missing(question, asked_at)));
                }
                Err(error) => match decide(Purpose::Settle, error.execution_status(), &SendProgress::ENDLESS) {
                    RetryDecision::Stop => return Err(error),
                    RetryDecision::Again(_) | RetryDecision::Restamp => return Ok(Round::Failed(error.to_string())),
                },
            };
            all = Some(match all {
                None => (evidence, json),
                Some((earlier, _)) => (earlier.and(evidence), json),
            });
        }
        Ok(all.map_or(Round::NotAskable, |(evidence, json)| Round::Seen(evidence, json)))
    }
}

/// Why "not found" proved nothing.
fn nowhere_because(pending: &Pending, asked_at: Timestamp) -> DoubtReason {
    let mut keeps = pending.info().settle.iter().filter_map(|question| match question.shows {
        EvidenceRule::Found { keeps } => Some(keeps),
        _ => None,
    });
    let made = pending.lost().first_taken().unwrap_or(asked_at);
    match keeps.next_back() {
        Some(Retention::For(span)) if !Retention::For(span).reaches(made, asked_at) => {
            DoubtReason::TooOld { keeps: span }
        }
        _ => DoubtReason::NotShown,
    }
}
