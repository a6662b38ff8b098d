//! A trader: places orders, amends and cancels some of them, and asks about each call whose outcome is unknown before it goes on.

use crate::claim::Verdict;
use crate::notebook::{Intent, Market, Notebook, Open, quantity};
use crate::plan::Memory;
use crate::record::{Act, Life, act_of};
use crate::seed::Rng;
use crate::world::World;
use binance_papi::intents::IntentEnd;
use binance_papi::{Client, ClientOrderId, Error, ErrorKind, Patience, Settlement, Side, um};
use std::time::Duration;

/// One trader of a process.
pub(crate) struct Trader {
    pub(crate) world: World,
    pub(crate) life: Life,
    pub(crate) client: Client,
    pub(crate) notebook: Notebook,
    pub(crate) memory: Memory,
    pub(crate) chance: Rng,
}

impl Trader {
    /// Trades: so many orders, one after the other.
    pub(crate) async fn trade(mut self, orders: u64) {
        for _ in 0..orders {
            tokio::time::sleep(self.chance.millis(0, 3_000)).await;
            self.one_order().await;
        }
    }

    async fn one_order(&mut self) {
        if self.chance.per_mille(100) {
            return self.nameless_order().await;
        }
        let id = ClientOrderId::from_random(self.chance.bits());
        let market = self.chance.pick(&[Market::Um, Market::Um, Market::Um, Market::Cm, Market::Margin, Market::Algo]);
        // Market orders are those for which a second sending would be a second execution.
        let price = self.price();
        let price = Some(price).filter(|_| self.chance.per_mille(600));
        let placed = self.act(Intent::place(market, id.as_str(), price.as_deref())).await;
        if placed != Outcome::Executed || (price.is_none() && market != Market::Algo) {
            return;
        }
        if market == Market::Um && self.chance.per_mille(400) {
            tokio::time::sleep(self.chance.millis(0, 1_000)).await;
            let price = self.price();
            self.act(Intent::amend(id.as_str(), &price)).await;
        }
        if self.chance.per_mille(600) {
            tokio::time::sleep(self.chance.millis(0, 1_000)).await;
            self.act(Intent::cancel(market, id.as_str())).await;
        }
    }

    /// Places an order that the client has to name, read as its own type.
    async fn nameless_order(&mut self) {
        let sent = self.client.send(&um::NewOrder::market("BTCUSDT", Side::Buy, quantity())).await;
        let id = match &sent {
            Ok(reply) => reply.meta.client_order_id.clone(),
            Err(error) => error.client_order_id().cloned(),
        };
        let Some(id) = id else { return };
        let intent = Intent::place(Market::Um, id.as_str(), None);
        self.notebook.begin(&intent);
        let number = sent.map(|reply| Some(reply.data.order_id.get()));
        self.ended(intent, number).await;
    }

    /// Returns a price below the market's that no other order of the run is likely to have.
    fn price(&mut self) -> String {
        format!("{}.{}", self.chance.between(10_000, 60_000), self.chance.between(0, 9))
    }

    async fn act(&mut self, intent: Intent) -> Outcome {
        self.notebook.begin(&intent);
        // Some programs lose their patience, and drop a call whatever has become of it.
        let patience =
            if self.chance.per_mille(50) { self.chance.millis(0, 15_000) } else { Duration::from_secs(86_400) };
        let sending = self.client.send_dyn(&*intent.request);
        match tokio::time::timeout(patience, sending).await {
            Ok(sent) => self.ended(intent, sent.map(|reply| number_in(&reply.data))).await,
            Err(_) => self.dropped(intent).await,
        }
    }

    /// Finds out about a call that was dropped: by its intent, where the client keeps one, and without one it did not leave.
    async fn dropped(&self, intent: Intent) -> Outcome {
        self.world.claim(self.life, &intent.act, (Verdict::Unknown, None), "the program has dropped it");
        let pending = if self.memory.keeps_intent_of(&intent.act) {
            let unsettled = self.client.unsettled();
            let Some(listed) = unsettled.iter().find(|listed| act_of_intent(listed).as_ref() == Some(&intent.act))
            else {
                return self.said(&intent.act, Verdict::NotExecuted, None, "it was dropped and has no intent");
            };
            listed.pending().cloned()
        } else {
            None
        };
        self.settle(Open { intent, pending }, Patience::default()).await
    }

    /// Takes what the client said of a call, and asks for it when that is that nobody knows.
    async fn ended(&mut self, intent: Intent, sent: Result<Option<i64>, Error>) -> Outcome {
        let error = match sent {
            Ok(number) => return self.said(&intent.act, Verdict::Executed, number, "done"),
            Err(error) => error,
        };
        self.world.state().secrets.printed(&format!("{error:?} {error:#?} {error}"));
        match verdict(&error) {
            Verdict::Unknown => {
                self.world.claim(self.life, &intent.act, (Verdict::Unknown, None), &error);
                let pending = error.pending().cloned().unwrap_or_else(|| intent.pending(self.client.now()));
                self.notebook.keep(&intent.act, &pending);
                // Some programs do not ask at once.
                if self.chance.per_mille(200) {
                    tokio::time::sleep(self.chance.millis(0, 20_000)).await;
                }
                self.settle(Open { intent, pending: Some(pending) }, Patience::default()).await
            }
            verdict => self.said(&intent.act, verdict, None, &error),
        }
    }

    fn said(&self, act: &Act, verdict: Verdict, number: Option<i64>, words: impl std::fmt::Display) -> Outcome {
        self.world.claim(self.life, act, (verdict, number), words);
        self.notebook.end(act);
        match verdict {
            Verdict::Executed | Verdict::SettledAccepted => Outcome::Executed,
            _ => Outcome::Other,
        }
    }

    /// Asks what became of a call.
    pub(crate) async fn settle(&self, open: Open, patience: Patience) -> Outcome {
        let act = open.intent.act.clone();
        let still_unknown = |words: String| {
            self.world.claim(self.life, &act, (Verdict::StillUnknown, None), words);
            Outcome::Other
        };
        let pending = if let Some(pending) = open.pending {
            pending
        } else {
            // Written down by a life that ended: it was sent at the latest now, in the exchange's time.
            if self.client.sync_clock().await.is_err() {
                return still_unknown("the time is not known".to_owned());
            }
            open.intent.pending(self.client.now())
        };
        match self.client.settle(&pending, patience).await {
            Ok(Settlement::Accepted(found)) => {
                self.said(&act, Verdict::SettledAccepted, number_in(found.json()), "found")
            }
            Ok(Settlement::Absent) => self.said(&act, Verdict::SettledAbsent, None, "not there"),
            Ok(other) => still_unknown(format!("{other:?}")),
            Err(error) => still_unknown(error.to_string()),
        }
    }

    /// Asks for each call of which the client's file of intents has no end, one after the other: what becomes of one is told in
    /// the moment in which the file learns it, whenever the process dies.
    pub(crate) async fn settle_intents(&self, patience: Patience) {
        for intent in self.client.unsettled() {
            self.world.state().secrets.printed(&format!("{intent:?}"));
            if let (Some(pending), None) = (intent.pending(), intent.why_not_asked()) {
                let settled = self.client.settle(pending, patience).await;
                self.took_end(&intent, settled.map_or_else(IntentEnd::Failed, IntentEnd::Settled));
            }
        }
    }

    /// Asks for all of them at once. Returns what is unknown even then.
    pub(crate) async fn settle_all_intents(&self, patience: Patience) -> Vec<String> {
        // A client without a file of intents refuses.
        let settled = self.client.settle_all(patience).await.unwrap_or_default();
        settled.into_iter().filter_map(|settled| self.took_end(&settled.intent, settled.end)).collect()
    }

    /// Says what became of an intent. Returns the call when that is not known.
    fn took_end(&self, intent: &binance_papi::intents::Intent, end: IntentEnd) -> Option<String> {
        self.world.state().secrets.printed(&format!("{end:?}"));
        let act = act_of_intent(intent)?;
        match end {
            IntentEnd::Settled(Settlement::Accepted(found)) => {
                self.said(&act, Verdict::SettledAccepted, number_in(found.json()), "its intent was found");
                None
            }
            IntentEnd::Settled(Settlement::Absent) => {
                self.said(&act, Verdict::SettledAbsent, None, "its intent is not there");
                None
            }
            other => {
                self.world.claim(self.life, &act, (Verdict::StillUnknown, None), format!("{other:?}"));
                Some(act.to_string())
            }
        }
    }

    /// Reads what costs weight, so that budget gets scarce.
    pub(crate) async fn read(mut self, reads: u64) {
        for _ in 0..reads {
            tokio::time::sleep(self.chance.millis(0, 1_000)).await;
            let read = if self.chance.per_mille(500) {
                self.client.send(&um::AdlQuantiles::new()).await.map(drop)
            } else {
                self.client.send(&um::OpenOrders::new().symbol("BTCUSDT")).await.map(drop)
            };
            if let Err(error) = read {
                self.world.state().secrets.printed(&format!("{error:?} {error}"));
            }
        }
    }

    /// Waits before the first step, so that the order of all that act follows from the seed.
    pub(crate) async fn wait(&mut self) {
        tokio::time::sleep(Duration::from_millis(self.chance.between(0, 500))).await;
    }
}

/// Returns what the call of an intent was to do.
fn act_of_intent(intent: &binance_papi::intents::Intent) -> Option<Act> {
    let call = intent.call();
    let (method, path) = call.split_once(' ')?;
    act_of(method.parse().ok()?, path, intent.query())
}

/// Whether a trader may build on a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Executed,
    Other,
}

/// Returns what an error says of execution, by its documentation.
fn verdict(error: &Error) -> Verdict {
    match error.kind() {
        ErrorKind::Invalid | ErrorKind::NotSent | ErrorKind::Rejected | ErrorKind::Throttled => Verdict::NotExecuted,
        ErrorKind::Decode => Verdict::Executed,
        _ => Verdict::Unknown,
    }
}

/// Returns the exchange's number of an order in a reply.
fn number_in(reply: &str) -> Option<i64> {
    let reply: serde_json::Value = serde_json::from_str(reply).ok()?;
    ["orderId", "algoId"].iter().find_map(|name| reply[name].as_i64())
}
