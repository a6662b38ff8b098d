//! Holds what clients said against what the exchange did. It shares no code with the client, and each promise that is broken
//! becomes one sentence.

mod budget;
mod executions;
mod histories;
mod intents;
mod secrets;

use crate::plan::Plan;
use crate::world::State;
pub(crate) use intents::is_on_disk;
use papi_sandbox::rows::GivenRows;
pub(crate) use secrets::Secrets;

/// Returns the promises that were broken in a run, each in a sentence.
pub(crate) fn broken_promises(state: &State, plan: &Plan, rows: &GivenRows) -> Vec<String> {
    let State { record, claims, histories, secrets, .. } = state;
    let mut broken = executions::broken(record, claims, plan.call.attempts, &state.exchange.orders());
    broken.extend(intents::broken(record, claims, state.calm_at));
    broken.extend(budget::broken(record, plan));
    broken.extend(histories::broken(histories, rows));
    broken.extend(secrets.leaks().iter().cloned());
    broken
}
