//! The network between a process and the exchange: carries each message as its fate says.

use crate::clocks::Steady;
use crate::fate::{End, Fate, rubbish};
use crate::record::{Copy, Life};
use crate::world::World;
use papi_runtime::simulation::{Delivery, Network, SentRequest};
use papi_sandbox::simulation::Handled;
use tokio::sync::oneshot;

/// Returns the network as one life of a process sees it.
pub(crate) fn network(world: World, life: Life) -> Network {
    Network::new(move |request| deliver(world.clone(), life, request))
}

async fn deliver(world: World, life: Life, request: SentRequest) -> Delivery {
    let (number, fate) = world.depart(life, &request);
    let sent_at = world.clocks.steady();
    let (tell, told) = oneshot::channel();
    // On its way a message no longer belongs to its sender, who may give up or die.
    tokio::spawn(carry(world.clone(), (number, request, sent_at), fate, tell));
    let delivery = told.await.unwrap_or(Delivery::Lost);
    note_closing(&world, &delivery);
    delivery
}

async fn carry(world: World, message: (u64, SentRequest, Steady), fate: Fate, tell: oneshot::Sender<Delivery>) {
    let (number, request, sent_at) = message;
    tokio::time::sleep(fate.there).await;
    match fate.end {
        End::NeverSent | End::LostBefore => {
            world.note("network", format_args!("loses message {number} ({:?})", fate.end));
            let _ = tell.send(if fate.end == End::NeverSent { Delivery::NeverSent } else { Delivery::Lost });
            return;
        }
        End::HangsBefore => {
            world.note("network", format_args!("swallows message {number}"));
            return tell_nothing(tell).await;
        }
        End::GarbageBefore(number_of_rubbish) => {
            world.note("network", format_args!("answers message {number} with rubbish in the place of the exchange"));
            let _ = tell.send(garbage(number_of_rubbish));
            return;
        }
        End::Answered | End::LostAfter | End::HangsAfter | End::Cut(_) | End::Garbage(_) => {}
    }
    let handled = world.arrive((number, &request), (sent_at, Copy::Original), &fate);
    // Only what was executed arrives again: a copy of something else would act in its sender's name against what it was told.
    if let Some(pause) = fate.again.filter(|_| handled.executed) {
        let (world, fate, request) = (world.clone(), fate.clone(), request.clone());
        tokio::spawn(async move {
            tokio::time::sleep(pause).await;
            if world.would_refuse_a_copy(&request) {
                world.arrive((number, &request), (sent_at, Copy::Duplicate), &fate);
            }
        });
    }
    tokio::time::sleep(fate.back).await;
    let delivery = match fate.end {
        End::LostAfter => {
            world.note("network", format_args!("loses the answer to message {number}"));
            Delivery::Lost
        }
        End::HangsAfter => {
            world.note("network", format_args!("swallows the answer to message {number}"));
            return tell_nothing(tell).await;
        }
        End::Garbage(number_of_rubbish) => {
            world.note("network", format_args!("puts rubbish in the place of the answer to message {number}"));
            garbage(number_of_rubbish)
        }
        End::Cut(part) => {
            let length = u64::try_from(handled.body.len()).unwrap_or(0);
            let kept = usize::try_from(length * part / 1_000).unwrap_or(0);
            world.note("network", format_args!("cuts the answer to message {number} after {kept} of {length} bytes"));
            answer(handled, Some(kept))
        }
        _ => answer(handled, None),
    };
    let _ = tell.send(delivery);
}

/// Waits until the sender gives up.
async fn tell_nothing(mut tell: oneshot::Sender<Delivery>) {
    tell.closed().await;
}

/// Notes an answer that says in seconds for how long to stay away, when its sender gets it. One that names the moment is more
/// exact than those.
fn note_closing(world: &World, delivery: &Delivery) {
    let Delivery::Answered { status: 429 | 418, headers, body, is_cut: false } = delivery else { return };
    let retry_after = headers.iter().find(|(name, _)| name == "retry-after");
    if let Some(seconds) = retry_after.and_then(|(_, text)| text.parse().ok())
        && !String::from_utf8_lossy(body).contains("banned until")
    {
        world.told_to_stay_away(seconds);
    }
}

fn answer(handled: Handled, kept: Option<usize>) -> Delivery {
    let Handled { status, headers, body, .. } = handled;
    let mut body = body.into_bytes();
    let whole = body.len();
    body.truncate(kept.unwrap_or(whole));
    Delivery::Answered { status, headers, body, is_cut: kept.is_some() }
}

fn garbage(number: u64) -> Delivery {
    Delivery::Answered { status: 200, headers: Vec::new(), body: rubbish(number), is_cut: false }
}
