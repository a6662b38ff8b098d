//! The life of a call on one screen: limit, sign, exchange, verdict, read.

use crate::client::Client;
use crate::clock::Age;
use crate::error::Earlier;
use crate::exchange::{Answer, Attempt, Outcome, exchange};
use crate::limit::{Ask, Closing, NoRoom, Reservation};
use crate::prepared::{Prepared, Typed};
use crate::reply::{is_json, order_count, used_weight};
use crate::retry::{Fate, Progress, Stamp, Verdict, fate, verdict};
use crate::sign::seal;
use crate::story::Story;
use crate::{Call, Credentials, Error, ErrorKind, Meta, Notice, Reply};
use papi_types::{Access, Cost, DecodeError, Effect, Endpoint, Timestamp};
use std::time::Duration;
use tokio::time::Instant;

/// Reads the body of an answer.
pub(crate) type Read<'a, T> = &'a (dyn Fn(&[u8]) -> Result<T, DecodeError> + Sync);

/// What is known about a call while it is being sent.
#[derive(Debug)]
struct Sending {
    deadline: Instant,
    /// The timestamp of each attempt.
    stamps: Vec<Timestamp>,
    stamp: Stamp,
    /// Whether an attempt before the last one may have acted: then no later failure proves that nothing happened.
    earlier: Earlier,
}

impl Client {
    /// A read on behalf of an order, as JSON: it may use the weight that is kept for orders.
    pub(crate) async fn ask_urgently(&self, request: &dyn Endpoint) -> Result<String, Error> {
        let prepared = Prepared { spends_as: Effect::Idempotent, ..Prepared::of(request) };
        Ok(self.run(&prepared, &|body| self.shared().reading.json(request, body)).await?.data)
    }

    /// Sends a prepared call until there is a reply or an error that is worth handing out.
    pub(crate) async fn run<T>(&self, prepared: &Prepared<'_>, read: Read<'_, T>) -> Result<Reply<T>, Error> {
        let deadline = after(self.call().deadline);
        let mut sending = Sending { deadline, stamps: Vec::new(), stamp: Stamp::First, earlier: Earlier::Nothing };
        let result = self.attempt_until_done(prepared, read, &mut sending).await;
        result.map_err(|error| {
            error.after(sending.earlier).of_call(Story {
                call: prepared.name(),
                effect: prepared.effect,
                typed: prepared.typed.clone(),
                stamps: sending.stamps,
                recv_window: self.call().recv_window,
            })
        })
    }

    async fn attempt_until_done<T>(
        &self,
        prepared: &Prepared<'_>,
        read: Read<'_, T>,
        sending: &mut Sending,
    ) -> Result<Reply<T>, Error> {
        let Call { attempts, recv_window, attempt_timeout, .. } = *self.call();
        let credentials = self.credentials_for(prepared.access)?;
        if prepared.access.is_signed() {
            self.know_the_time().await;
        }
        loop {
            let reservation = self.wait_for_budget(prepared, sending.deadline).await?;
            let now = self.now();
            sending.stamps.push(now);
            let query = match credentials.filter(|_| prepared.access.is_signed()) {
                Some(credentials) => seal(&prepared.query, credentials, recv_window, now),
                None => prepared.query.as_str().to_owned(),
            };
            let outcome = exchange(
                &self.shared().transport,
                &Attempt {
                    method: prepared.method,
                    path: prepared.path,
                    query: &query,
                    key: credentials.map(Credentials::key),
                    timeout: attempt_timeout.min(left(sending.deadline)),
                },
            )
            .await;
            let closed_until = self.settle_budget(reservation, &outcome).await;
            let (fate, result) = conclude(prepared.effect, outcome, closed_until, read);
            let progress = Progress {
                attempt: sending.made(),
                attempts,
                stamp: sending.stamp,
                closed_for: closed_until.map_or(Duration::ZERO, |until| until.since(self.now())),
                left: left(sending.deadline),
            };
            let verdict = verdict(prepared.effect, fate, &progress);
            #[cfg(feature = "tracing")]
            crate::trace::attempt(prepared, sending.made(), fate, verdict);
            let error = match result {
                Ok((data, answer)) => return Ok(Reply { data, meta: sending.meta(prepared, &answer) }),
                Err(error) => error,
            };
            match verdict {
                Verdict::Stop => return Err(error),
                Verdict::Restamp => {
                    sending.stamp = Stamp::Mended;
                    self.synchronise().await;
                }
                Verdict::Again(pause) => {
                    if prepared.effect != Effect::Read && matches!(fate, Fate::Unknown | Fate::Garbled) {
                        sending.earlier = Earlier::MayHaveActed;
                    }
                    let (call, reason) = (prepared.name(), error.to_string());
                    self.tell(&Notice::Retrying { call, attempts: sending.made(), reason, pause });
                    tokio::time::sleep(pause).await;
                }
            }
        }
    }

    /// Knows the exchange's time before the first signature, and learns it anew beside the calls later on.
    pub(crate) async fn know_the_time(&self) {
        match self.shared().clock.age() {
            Age::Never => {
                self.synchronise().await;
            }
            Age::Old => {
                let client = self.clone();
                tokio::spawn(async move { client.synchronise().await });
            }
            Age::Fresh => {}
        }
    }

    fn credentials_for(&self, access: Access) -> Result<Option<&Credentials>, Error> {
        match &self.shared().credentials {
            _ if !access.needs_key() => Ok(None),
            Some(credentials) => Ok(Some(credentials)),
            None => Err(Error::invalid(
                "this call needs an API key: give the client credentials, or set BINANCE_API_KEY and BINANCE_API_SECRET",
            )),
        }
    }

    /// Waits for room in the budget, no longer than the deadline. A call that acts on every arrival waits no longer
    /// than its recv window either: an order that is late is worse than one that is refused.
    async fn wait_for_budget(&self, prepared: &Prepared<'_>, deadline: Instant) -> Result<Reservation, Error> {
        let patience = match prepared.effect {
            Effect::Once => deadline.min(after(self.call().recv_window)),
            Effect::Read | Effect::Idempotent => deadline,
        };
        let ask = Ask { cost: prepared.cost, effect: prepared.spends_as, timeout: self.call().attempt_timeout };
        let until = |wait| self.now().plus(wait);
        let on_wait = |pause| self.tell(&Notice::Waiting { call: prepared.name(), until: until(pause), pause });
        self.shared().budget.reserve(ask, patience, &on_wait).await.map_err(|no_room| match no_room {
            NoRoom::Never(why) => Error::invalid(why),
            NoRoom::Closed(wait) => Error::budget("the exchange lets nobody at this address in", Some(until(wait))),
            NoRoom::UsedUp(wait) => Error::budget("the budget for this minute is used up", Some(until(wait))),
        })
    }

    /// Settles what was reserved by what the exchange says about the budget. Answers until when it is closed, if it is.
    async fn settle_budget(&self, reservation: Reservation, outcome: &Outcome) -> Option<Timestamp> {
        let (used, closing) = match outcome {
            Outcome::Answered(answer) => {
                let (weight, orders) = (used_weight(&answer.headers), order_count(&answer.headers));
                let closing = (fate(outcome) == Fate::Throttled).then(|| Closing::of(answer, self.now()));
                (Cost::new(weight.unwrap_or_default(), orders.unwrap_or_default()), closing)
            }
            Outcome::NeverSent(_) | Outcome::Lost(_) => (Cost::default(), None),
        };
        let closed_for = reservation.settle(used, closing).await?;
        Some(self.now().plus(closed_for))
    }
}

impl Sending {
    /// How often the call was sent.
    fn made(&self) -> u32 {
        u32::try_from(self.stamps.len()).unwrap_or(u32::MAX)
    }

    fn meta(&self, prepared: &Prepared<'_>, answer: &Answer) -> Meta {
        Meta {
            status: answer.status.as_u16(),
            used_weight: used_weight(&answer.headers),
            order_count: order_count(&answer.headers),
            attempts: self.made(),
            sent_at: self.stamps.last().copied().unwrap_or_default(),
            client_order_id: prepared.typed.as_ref().and_then(Typed::client_order_id),
        }
    }
}

/// Turns an outcome into what was asked for, or an error that names the phase; and says what the outcome means for
/// whether the exchange acted.
fn conclude<T>(
    effect: Effect,
    outcome: Outcome,
    closed_until: Option<Timestamp>,
    read: Read<'_, T>,
) -> (Fate, Result<(T, Answer), Error>) {
    let fate = fate(&outcome);
    let answer = match outcome {
        Outcome::NeverSent(error) => return (fate, Err(Error::not_sent(error))),
        Outcome::Lost(error) => return (fate, Err(Error::lost(error))),
        Outcome::Answered(answer) => answer,
    };
    let kind = match fate {
        Fate::Done => match read(&answer.body) {
            Ok(data) => return (fate, Ok((data, answer))),
            Err(error) => {
                let fate = if is_json(&answer.body) { fate } else { Fate::Garbled };
                let kind = if effect == Effect::Once { ErrorKind::Unknown } else { ErrorKind::Decode };
                return (fate, Err(Error::unreadable(kind, answer, error)));
            }
        },
        Fate::Throttled => ErrorKind::Throttled,
        Fate::Failed | Fate::TurnedAway | Fate::Mistimed => ErrorKind::Rejected,
        Fate::Foreign if effect == Effect::Read => ErrorKind::Rejected,
        Fate::Foreign | Fate::NeverSent | Fate::Unknown | Fate::Garbled => ErrorKind::Unknown,
    };
    (fate, Err(Error::answered(kind, answer, closed_until)))
}

/// The instant this long from now; a wait without end is one of a year.
pub(crate) fn after(wait: Duration) -> Instant {
    const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);
    Instant::now() + wait.min(YEAR)
}

pub(crate) fn left(deadline: Instant) -> Duration {
    deadline.saturating_duration_since(Instant::now())
}
