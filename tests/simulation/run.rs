//! One run: a world from a seed, all that act in it, the calm in the end, and what the oracle says.

use crate::historian;
use crate::notebook::Notebook;
use crate::oracle::broken_promises;
use crate::plan::Plan;
use crate::process::Process;
use crate::seed::Seed;
use crate::stream;
use crate::world::World;
use papi_tests::NOON;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// What came of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// Sentences about promises that were broken.
    pub(crate) broken: Vec<String>,
    pub(crate) timeline: String,
    /// How often clients said what, and how many orders they sent.
    pub(crate) said: BTreeMap<String, u64>,
}

/// The name of the number of orders among what clients said.
pub(crate) const ORDERS_SENT: &str = "orders sent";

/// When no message is under way any more, and every ban is over.
const CALM: Duration = Duration::from_secs(60 * 60);

/// What of a seed is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Whole,
    /// All but the account's stream, which takes most of the time.
    Orders,
}

/// Runs a seed. All its time is virtual.
pub(crate) fn run(seed: Seed, part: Part) -> Outcome {
    let plan = Plan::of(seed);
    let folder = tempfile::tempdir().expect("a folder for the ledger");
    papi_types::simulation::seed_client_ids(seed.0);
    let mut outcome = in_virtual_time(play(seed, plan, folder.path()));
    if part == Part::Orders {
        return outcome;
    }
    let stream = stream::run(seed);
    outcome.broken.extend(stream.broken);
    outcome.timeline.push_str("\nThe account's stream, in a world and a time of its own:\n\n");
    outcome.timeline.push_str(&stream.timeline);
    outcome.said.extend(stream.said);
    outcome
}

/// Does work whose waiting takes no time.
pub(crate) fn in_virtual_time<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.expect("a runtime").block_on(work)
}

async fn play(seed: Seed, plan: Plan, folder: &Path) -> Outcome {
    let rows = historian::rows(seed, &plan);
    let world = World::new(seed, &plan, rows.clone(), folder);
    world.plug_disk();
    world.note("seed", format_args!("{}; its time 0 is {NOON} on a clock that is right", seed.0));
    for line in plan.told() {
        world.note("plan", format_args!("{line}"));
    }
    let process = |number| Process {
        world: world.clone(),
        seed,
        plan: plan.clone(),
        number,
        folder: folder.to_owned(),
        notebook: Notebook::default(),
    };
    let processes: Vec<_> = (0..plan.processes).map(|number| Arc::new(process(number))).collect();
    let (mut lives, mut panics) = (JoinSet::new(), Vec::new());
    for process in &processes {
        let process = process.clone();
        lives.spawn(async move { process.live().await });
    }
    let troubles = tokio::spawn(crate::world::trouble(world.clone(), seed, plan.clone()));
    while let Some(ended) = lives.join_next().await {
        panics.extend(ended.err().map(|error| format!("a process ended by itself: {error}")));
    }
    troubles.abort();
    world.calm();
    tokio::time::sleep(CALM).await;
    let mut unknown = Vec::new();
    for process in &processes {
        unknown.extend(process.settle_all().await);
    }
    world.state().secrets.written(folder);
    let mut state = world.state();
    let mut broken = broken_promises(&state, &plan, &rows);
    broken.extend(panics);
    let is_order = |act: &&String| act.starts_with("place ");
    broken.extend(
        unknown
            .iter()
            .filter(is_order)
            .map(|act| format!("`{act}` is unknown, and asking a calm exchange does not settle it")),
    );
    let timeline = std::mem::take(&mut state.timeline).into_text();
    let mut said = BTreeMap::new();
    let histories = state.histories.iter().map(|history| format!("History, whole: {}", history.is_whole));
    for words in state.claims.iter().map(|claim| format!("{:?}", claim.verdict)).chain(histories) {
        *said.entry(words).or_default() += 1;
    }
    said.insert(ORDERS_SENT.to_owned(), state.record.orders_sent());
    Outcome { broken, timeline, said }
}
