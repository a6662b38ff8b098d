//! A process and its lives: traders, a reader and a historian with one client, dropped all together at any await when it dies, and
//! begun anew on what is on the disk.

use crate::historian;
use crate::network::network;
use crate::notebook::Notebook;
use crate::plan::{Memory, Plan};
use crate::record::Life;
use crate::seed::{Rng, Seed};
use crate::trader::Trader;
use crate::world::{LIVES, World, process_name};
use binance_papi::{Client, Credentials, Limits, Patience, intents};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// A process of a run.
pub(crate) struct Process {
    pub(crate) world: World,
    pub(crate) seed: Seed,
    pub(crate) plan: Plan,
    pub(crate) number: u64,
    pub(crate) folder: PathBuf,
    pub(crate) notebook: Notebook,
}

impl Process {
    /// Lives until all is done, with as many deaths as planned.
    pub(crate) async fn live(&self) {
        let mut chance = self.seed.stream("process", self.number);
        for round in 0..=self.plan.deaths {
            let life = self.life(round);
            let polls = if round < self.plan.deaths { Some(chance.between(1, 400)) } else { None };
            self.world.note(&process_name(life), format_args!("begins"));
            match Mortal::new(self.work(life, round), polls).await {
                End::Done => return self.world.note(&process_name(life), format_args!("is done")),
                End::Died => self.world.note(&process_name(life), format_args!("dies")),
            }
            // Tasks of the dead that still hold its files, such as one that waits for the exchange's time, end before the next life
            // begins.
            tokio::time::sleep(chance.millis(1, 5_000)).await;
            while intents::owner(self.world.intents_of(life)).is_some() {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            self.world.tear(&self.world.intents_of(life), &mut self.chance("tear", life));
        }
    }

    fn life(&self, round: u64) -> Life {
        usize::try_from(self.number).unwrap_or_default() * LIVES + usize::try_from(round).unwrap_or_default()
    }

    fn chance(&self, name: &str, life: Life) -> Rng {
        self.seed.stream(name, u64::try_from(life).unwrap_or_default())
    }

    /// All that one life does at once.
    fn work(&self, life: Life, round: u64) -> Vec<Work> {
        let client = self.client(life);
        let trader = |name: &str| Trader {
            world: self.world.clone(),
            life,
            client: client.clone(),
            notebook: self.notebook.clone(),
            memory: self.plan.memory,
            chance: self.chance(name, life),
        };
        let mut work: Vec<Work> = Vec::new();
        let (mut first, mut second, mut reader) = (trader("first trader"), trader("second trader"), trader("reader"));
        let Plan { orders_each, reads_each, history_rows, memory, .. } = self.plan;
        work.push(Box::pin(async move {
            first.wait().await;
            first.settle_intents(Patience::default()).await;
            for open in first.notebook.unsettled_without_intent(memory) {
                first.settle(open, Patience::default()).await;
            }
            first.trade(orders_each).await;
        }));
        work.push(Box::pin(async move {
            second.wait().await;
            second.trade(orders_each / 2).await;
        }));
        work.push(Box::pin(async move {
            reader.wait().await;
            reader.read(reads_each).await;
        }));
        if history_rows > 0 && self.number == 0 && round == self.plan.deaths {
            let chance = self.chance("historian", life);
            work.push(Box::pin(historian::walk(self.world.clone(), life, client.clone(), self.plan.clone(), chance)));
        }
        work
    }

    /// Asks for all that is still unknown, when the network is calm. Returns what cannot be known even then.
    pub(crate) async fn settle_all(&self) -> Vec<String> {
        let life = self.life(self.plan.deaths + 1);
        let trader = Trader {
            world: self.world.clone(),
            life,
            client: self.client(life),
            notebook: self.notebook.clone(),
            memory: self.plan.memory,
            chance: self.chance("last", life),
        };
        let patience = Patience { deadline: Duration::from_secs(600), ..Patience::default() };
        let mut unknown = trader.settle_all_intents(patience).await;
        let memory = self.plan.memory;
        for open in self.notebook.unsettled_without_intent(memory) {
            let act = open.intent.act.clone();
            trader.settle(open, patience).await;
            if self.notebook.unsettled_without_intent(memory).iter().any(|open| open.intent.act == act) {
                unknown.push(act.to_string());
            }
        }
        unknown
    }

    fn client(&self, life: Life) -> Client {
        let credentials = Credentials::new(DEMO_KEY, DEMO_SECRET).expect("plain text");
        let limits = Limits {
            weight: self.plan.weight,
            orders: self.plan.orders,
            window: self.plan.window,
            ..Limits::default()
        };
        let world = self.world.clone();
        let builder = match self.plan.memory {
            Memory::Notebook => Client::builder(),
            Memory::IntentsOfOnce => Client::builder().intents(self.world.intents_of(life)),
            Memory::IntentsOfAll => {
                Client::builder().intents(self.world.intents_of(life)).intents_of_idempotent_calls()
            }
        };
        let client = builder
            .credentials(credentials)
            .limits(limits)
            .clock(self.world.clocks.clone())
            .shared_ledger(ledger(&self.folder))
            .defaults(self.plan.call)
            .on_notice(move |notice| {
                let words = notice.to_string();
                world.state().secrets.printed(&format!("{words} {notice:?}"));
                world.note(&process_name(life), format_args!("notices: {words}"));
            })
            .simulated(network(self.world.clone(), life))
            .build()
            .expect("a client");
        self.world.state().secrets.printed(&format!("{client:?}"));
        client
    }
}

fn ledger(folder: &Path) -> PathBuf {
    folder.join("ledger")
}

type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

/// How a life ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Done,
    Died,
}

/// Futures that are polled together and, after so many polls, dropped together: at whatever await each of them is.
struct Mortal {
    work: Vec<Work>,
    polls_left: Option<u64>,
}

impl Mortal {
    fn new(work: Vec<Work>, polls_left: Option<u64>) -> Self {
        Self { work, polls_left }
    }
}

impl Future for Mortal {
    type Output = End;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<End> {
        if self.polls_left == Some(0) {
            self.work.clear();
            return Poll::Ready(End::Died);
        }
        self.polls_left = self.polls_left.map(|left| left - 1);
        self.work.retain_mut(|work| work.as_mut().poll(context).is_pending());
        if self.work.is_empty() { Poll::Ready(End::Done) } else { Poll::Pending }
    }
}
