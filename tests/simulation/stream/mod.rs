//! Plays an account's stream from one seed: a source that emits events and has every trouble that is known, a stream, and its
//! consumer. All its time is virtual.

mod consumer;
mod faults;
mod oracle;
mod plan;
mod source;
mod wire;

use crate::clocks::Clocks;
use crate::run::{Outcome, in_virtual_time};
use crate::seed::Seed;
use binance_papi::{Client, Credentials};
use consumer::{NoteState, Notes, Pauses, consume};
use oracle::{Evidence, HEALTHY_WITHIN, Said};
use papi_runtime::simulation::{Network, StreamNetwork};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET};
use plan::{StreamPlan, Trouble};
use source::{MINUTE, SECOND, Source};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// Runs the stream of a seed.
pub(crate) fn run(seed: Seed) -> Outcome {
    in_virtual_time(play(seed, StreamPlan::of(seed)))
}

async fn play(seed: Seed, plan: StreamPlan) -> Outcome {
    let source = Source::new(Arc::new(Clocks::new(0, 0, 0)), seed.stream("stream source", 0));
    for line in plan.told() {
        source.note("plan", format_args!("{line}"));
    }
    let notes = Notes::default();
    let tasks = || tokio::runtime::Handle::current().metrics().num_alive_tasks();
    let tasks_before = tasks();
    let client = client(&source, &notes);
    let opening = client.account_stream().options(plan.options).open().await;
    let stream = match opening {
        Ok(stream) => stream,
        Err(error) => return failed(&source, format!("the stream did not open on a calm exchange: {error}")),
    };
    let from = source.clocks.exchange_now().as_millis();
    let troubled_until = source.clocks.steady() + u64::try_from(plan.troubled.as_millis()).unwrap_or_default();
    let pauses = Pauses { per_mille: plan.pauses, until: troubled_until };
    let chance = seed.stream("consumer", 0);
    let consumer = tokio::spawn(consume(stream, source.clone(), notes.clone(), chance, pauses));
    trouble(&source, &plan, troubled_until).await;
    let mut calm_at = None;
    if !plan.leaves_early {
        faults::calm(&source);
        if plan.loses_right {
            source.state().refusals = u64::MAX;
            source.note("source", format_args!("takes away the right to streams"));
        } else {
            let still_banned = source.state().banned_until.saturating_sub(source.clocks.steady());
            calm_at = Some(source.clocks.exchange_now().as_millis() + still_banned.cast_signed());
        }
        emit_until(&source, source.clocks.steady() + 3 * HEALTHY_WITHIN).await;
        // What is under way arrives, and what is held beside a connection that is replaced.
        tokio::time::sleep(Duration::from_secs(30)).await;
    }
    let end = source.clocks.exchange_now().as_millis();
    let until = if calm_at.is_some() { end } else { end - 4 * HEALTHY_WITHIN.cast_signed() };
    source.note("consumer", format_args!("drops the stream"));
    consumer.abort();
    let ended = consumer.await;
    tokio::time::sleep(Duration::from_secs(15)).await;
    let state = notes.0.lock().expect("no panic");
    let mut broken = broken(&source, &state, &plan, (from, until, calm_at));
    if ended.is_err_and(|error| error.is_panic()) {
        broken.push("the consumer of the stream panicked".to_owned());
    }
    if source.open_connections() > 0 || tasks() > tasks_before {
        let (connections, left) = (source.open_connections(), tasks() - tasks_before);
        broken.push(format!("{connections} connections and {left} tasks are left of a stream that was dropped"));
    }
    let mut said = BTreeMap::new();
    for told in &state.told {
        let words = match told.said {
            Said::Event { .. } => "Stream: event",
            Said::Gap { is_lag: true, .. } => "Stream: lag",
            Said::Gap { .. } => "Stream: gap",
            Said::Resumed { .. } => "Stream: resumed",
            Said::Ended => "Stream: ended",
        };
        *said.entry(words.to_owned()).or_default() += 1;
    }
    let timeline = std::mem::take(&mut source.state().timeline).into_text();
    Outcome { broken, timeline, said }
}

fn failed(source: &Source, sentence: String) -> Outcome {
    let timeline = std::mem::take(&mut source.state().timeline).into_text();
    Outcome { broken: vec![sentence], timeline, said: BTreeMap::new() }
}

fn client(source: &Source, notes: &Notes) -> Client {
    let (calls, connections, notes) = (source.clone(), source.clone(), notes.clone());
    Client::builder()
        .credentials(Credentials::new(DEMO_KEY, DEMO_SECRET).expect("credentials"))
        .clock(source.clocks.clone())
        .trust_clock()
        .on_notice(move |notice| {
            notes.0.lock().expect("no panic").printed.push(format!("{notice} {notice:?}"));
        })
        .simulated(Network::new(move |request| calls.clone().answer(request)))
        .simulated_stream(StreamNetwork::new(move |key| connections.clone().connect(key)))
        .build()
        .expect("a client")
}

/// Emits events, and lets what is planned happen.
async fn trouble(source: &Source, plan: &StreamPlan, until: u64) {
    match plan.trouble {
        Trouble::Any(per_mille) => {
            while source.clocks.steady() < until {
                step(source).await;
                let happens = source.state().chance.per_mille(per_mille);
                if happens {
                    faults::any(source);
                }
            }
        }
        Trouble::HourlyExpiries => {
            for hour in 0..until / (60 * MINUTE) {
                emit_until(source, (hour + 1) * 60 * MINUTE).await;
                if !(24..50).contains(&hour) {
                    source.state().expire(source.clocks.steady(), hour % 3);
                }
            }
        }
    }
}

async fn emit_until(source: &Source, until: u64) {
    while source.clocks.steady() < until {
        step(source).await;
    }
}

/// Lets some time pass and something happen on the account: now and then a lot at once.
async fn step(source: &Source) {
    let (pause, events) = {
        let mut state = source.state();
        let longest = state.chance.pick(&[500, 20 * SECOND, 40 * SECOND]);
        let events = if state.chance.per_mille(10) { state.chance.between(20, 100) } else { 1 };
        (state.chance.millis(1, longest), events)
    };
    tokio::time::sleep(pause).await;
    source.tick();
    (0..events).for_each(|_| source.emit());
}

fn broken(
    source: &Source,
    notes: &NoteState,
    plan: &StreamPlan,
    (from, until, calm_at): (i64, i64, Option<i64>),
) -> Vec<String> {
    let state = source.state();
    let is_rotated = plan.options.rotate_every < Duration::from_secs(24 * 60 * 60);
    let quiet = (plan.trouble == Trouble::HourlyExpiries && is_rotated).then_some((25 * 60 * MINUTE, 50 * 60 * MINUTE));
    oracle::broken(&Evidence {
        emitted: &state.emitted,
        told: &notes.told,
        printed: &notes.printed,
        keys: &state.keys,
        attempts: &state.attempts,
        from,
        until,
        calm_at,
        quiet,
        queue_items: plan.options.queue_items,
        most_waiting: notes.most_waiting,
        queue_bytes: plan.options.queue_bytes,
        most_waiting_bytes: notes.most_waiting_bytes,
        loses_right: plan.loses_right && !plan.leaves_early,
    })
}
