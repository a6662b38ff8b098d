//! One world: the exchange, the clocks, what is known of each message, and what clients said. All of it belongs to one run and
//! one thread.

use crate::claim::{Claim, HistoryClaim, Verdict};
use crate::clocks::{Clocks, Steady};
use crate::disk::Disk;
use crate::fate::Fate;
use crate::oracle::{Secrets, is_on_disk};
use crate::plan::{Memory, Plan, Usage, Weather};
use crate::record::{Act, Arrival, Closing, Copy, Departure, IntentOnDisk, Life, Record, act, asked_for};
use crate::seed::{Rng, Seed};
use crate::timeline::Timeline;
use papi_runtime::simulation::SentRequest;
use papi_sandbox::Limits;
use papi_sandbox::rows::GivenRows;
use papi_sandbox::simulation::{ArrivedRequest, Handled, SimulatedExchange};
use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A world, shared by all that act in it.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) clocks: Arc<Clocks>,
    folder: Arc<Path>,
    state: Arc<Mutex<State>>,
}

pub(crate) struct State {
    pub(crate) exchange: SimulatedExchange,
    pub(crate) record: Record,
    pub(crate) claims: Vec<Claim>,
    pub(crate) histories: Vec<HistoryClaim>,
    pub(crate) timeline: Timeline,
    pub(crate) secrets: Secrets,
    pub(crate) disk: Disk,
    pub(crate) disk_chance: Rng,
    /// When all trouble ended.
    pub(crate) calm_at: Steady,
    memory: Memory,
    usage: Usage,
    weather: Weather,
    chance: Rng,
    messages: u64,
    /// The orders that a lagging copy has been asked for.
    lagged: BTreeSet<String>,
}

/// The answer of a copy of the orders that lags.
const LAGGING: &str = r#"{"fault":"answer","status":400,"code":-2013,"message":"Order does not exist."}"#;

impl World {
    pub(crate) fn new(seed: Seed, plan: &Plan, rows: GivenRows, folder: &Path) -> Self {
        let clocks = Clocks::new(plan.host_ahead, plan.exchange_ahead, plan.drift);
        let limits = Limits { weight: plan.weight, orders: plan.orders, window: plan.window, metering: plan.metering };
        let state = State {
            exchange: SimulatedExchange::new(limits, seed.0, rows, plan.selection, plan.row_order),
            record: Record::default(),
            claims: Vec::new(),
            histories: Vec::new(),
            timeline: Timeline::default(),
            secrets: Secrets::default(),
            disk: Disk::default(),
            disk_chance: seed.stream("disk", 0),
            calm_at: Steady::MAX,
            memory: plan.memory,
            usage: plan.usage,
            weather: plan.weather,
            chance: seed.stream("network", 0),
            messages: 0,
            lagged: BTreeSet::new(),
        };
        Self { clocks: Arc::new(clocks), folder: folder.into(), state: Arc::new(Mutex::new(state)) }
    }

    /// Returns the file of intents of the process that has this life.
    pub(crate) fn intents_of(&self, life: Life) -> PathBuf {
        self.folder.join(format!("intents-{}", life / LIVES + 1))
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the folder of the run out of a text: it has another name each time.
    fn without_folder(&self, text: &str) -> String {
        text.replace(&format!("{}/", self.folder.display()), "")
    }

    pub(crate) fn note(&self, who: &str, what: fmt::Arguments<'_>) {
        let what = self.without_folder(&what.to_string());
        self.state().timeline.note(self.clocks.steady(), who, format_args!("{what}"));
    }

    /// Ends all trouble of the network.
    pub(crate) fn calm(&self) {
        let at = self.clocks.steady();
        let mut state = self.state();
        (state.weather, state.calm_at) = (Weather::default(), at);
        drop(state);
        self.note("network", format_args!("is calm from now on"));
    }

    /// Notes that a message leaves. Returns its number and what will befall it.
    pub(crate) fn depart(&self, life: Life, request: &SentRequest) -> (u64, Fate) {
        let at = self.clocks.steady();
        let mut state = self.state();
        state.secrets.sent(request);
        state.messages += 1;
        let number = state.messages;
        let weather = state.weather;
        let is_for_time = request.path.ends_with("/time");
        let mut fate = Fate::of(weather, request.method, is_for_time, &mut state.chance);
        // A lagging copy of the orders answers once at most: twice is what nobody can tell from the truth.
        if let Some(id) = asked_for(request)
            && fate.trouble.is_none()
            && state.chance.per_mille(weather.lagging)
            && state.lagged.insert(id)
        {
            fate.trouble = Some(LAGGING.to_owned());
        }
        let act = act(request);
        let intent = match &act {
            Some(act) if state.memory.keeps_intent_of(act) => {
                let durable = state.disk.durable(&self.intents_of(life));
                if is_on_disk(&durable, request) { IntentOnDisk::Durable } else { IntentOnDisk::Missing }
            }
            _ => IntentOnDisk::NotKept,
        };
        let what = act.as_ref().map_or_else(|| format!("{} {}", request.method, request.path), ToString::to_string);
        state.record.departures.push(Departure { at, life, path: request.path.clone(), act, intent });
        state.timeline.note(at, &process_name(life), format_args!("sends message {number}: {what}"));
        (number, fate)
    }

    /// Lets a message arrive at the exchange.
    pub(crate) fn arrive(
        &self,
        (number, request): (u64, &SentRequest),
        (sent_at, copy): (Steady, Copy),
        fate: &Fate,
    ) -> Handled {
        let (at, now) = (self.clocks.steady(), self.clocks.exchange_now());
        let arrived = ArrivedRequest {
            method: request.method,
            path: request.path.clone(),
            query: request.query.clone(),
            key: request.key.clone(),
            fault: fate.trouble.clone().filter(|_| copy == Copy::Original),
            reveal_after: fate.hidden.filter(|_| copy == Copy::Original),
        };
        let mut state = self.state();
        let mut handled = state.exchange.handle(&arrived, now);
        if state.usage == Usage::Untold {
            handled.headers.retain(|(name, _)| !name.to_ascii_lowercase().starts_with("x-mbx-"));
        }
        let executed = if handled.executed { ", executed" } else { "" };
        let again = if copy == Copy::Duplicate { " again" } else { "" };
        let told = if handled.status == 200 { String::new() } else { format!(": {}", first_line(&handled.body)) };
        state.timeline.note(
            at,
            "exchange",
            format_args!(
                "gets message {number}{again}, counts {} of weight and {} orders, answers {}{executed}{told}",
                handled.weight, handled.orders, handled.status
            ),
        );
        state.record.arrivals.push(Arrival {
            sent_at,
            at,
            timeout: u64::try_from(request.timeout.as_millis()).unwrap_or(u64::MAX),
            copy,
            act: act(request),
            executed: handled.executed,
            weight: handled.weight,
            orders: handled.orders.into(),
        });
        handled
    }

    /// Returns whether a copy of a request places nothing anew: the exchange refuses a second open order of the same name, and takes
    /// one whose first is over. No client can keep a network from that.
    pub(crate) fn would_refuse_a_copy(&self, request: &SentRequest) -> bool {
        let Some(Act::Place { id }) = act(request) else { return true };
        self.state().exchange.orders().iter().any(|order| order.client_order_id == id && order.status == "NEW")
    }

    /// Notes that a sender was told to stay away.
    pub(crate) fn told_to_stay_away(&self, seconds: u64) {
        let at = self.clocks.steady();
        self.state().record.closings.push(Closing { at, length: seconds * 1_000 });
    }

    /// Notes what a client said of a call.
    pub(crate) fn claim(
        &self,
        life: Life,
        act: &Act,
        (verdict, number): (Verdict, Option<i64>),
        words: impl fmt::Display,
    ) {
        let at = self.clocks.steady();
        let words = self.without_folder(&words.to_string());
        let mut state = self.state();
        state.secrets.printed(&words);
        state.timeline.note(
            at,
            &process_name(life),
            format_args!("says of {act}: {verdict:?}: {}", first_line(&words)),
        );
        state.claims.push(Claim { at, act: act.clone(), verdict, number, words });
    }
}

impl State {
    pub(crate) fn weather(&self) -> Weather {
        self.weather
    }
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Place { id } => write!(f, "place {id}"),
            Self::Amend { id, price } => write!(f, "amend {id} to {price}"),
            Self::Cancel { id } => write!(f, "cancel {id}"),
        }
    }
}

/// How many lives a process has at most.
pub(crate) const LIVES: Life = 10;

/// Returns the name of a process and, as a letter, of its life: `process 2a` is the second process before its first death.
pub(crate) fn process_name(life: Life) -> String {
    let letter = u8::try_from(life % LIVES).map_or('z', |round| char::from(b'a' + round));
    format!("process {}{letter}", life / LIVES + 1)
}

fn first_line(text: &str) -> String {
    text.chars().take_while(|letter| *letter != '\n').take(160).collect()
}

/// What happens to the world beside the calls: clocks are set, others use weight, the address is banned.
pub(crate) async fn trouble(world: World, seed: Seed, plan: Plan) {
    let mut chance = seed.stream("trouble", 0);
    let mut jumps = plan.clock_jumps;
    let mut bans = plan.bans;
    loop {
        tokio::time::sleep(chance.millis(200, 8_000)).await;
        let at = world.clocks.steady();
        if jumps > 0 && chance.per_mille(500) {
            jumps -= 1;
            if chance.per_mille(500) {
                let millis = chance.between_signed(-60_000, 60_000);
                world.clocks.set_host_forward(millis);
                world.state().record.host_jumps.push((at, millis));
                world.note("host", format_args!("sets its clock by {millis} ms"));
            } else {
                // An exchange whose clock goes back by much takes orders that are long over: nobody can rely on that.
                let millis = chance.between_signed(-800, 5_000);
                world.clocks.set_exchange_forward(millis);
                world.note("exchange", format_args!("sets its clock by {millis} ms"));
            }
        }
        if plan.others > 0 {
            let weight = u64::from(plan.weight) * plan.others / 1_000;
            let now = world.clocks.exchange_now();
            world.state().exchange.spend_by_others(u32::try_from(weight).unwrap_or(u32::MAX), now);
            world.note("others", format_args!("use {weight} of weight"));
        }
        if bans > 0 && chance.per_mille(200) {
            bans -= 1;
            let length = chance.millis(1_000, 60_000);
            let until = world.clocks.exchange_now().plus(length);
            world.state().exchange.ban(until);
            world.note("exchange", format_args!("bans the address for {} ms", length.as_millis()));
        }
    }
}
