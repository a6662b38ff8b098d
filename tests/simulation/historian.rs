//! A historian: walks a history of which the world knows every row.

use crate::claim::{HistoryClaim, Row};
use crate::plan::Plan;
use crate::record::Life;
use crate::seed::{Rng, Seed};
use crate::world::{World, process_name};
use binance_papi::history::{History, Period, RowError};
use binance_papi::{Client, Error, OrderId, Symbol, Timestamp, cm, um};
use papi_sandbox::rows::{GivenRows, Product};
use papi_tests::NOON;

/// The histories that are walked: forced closes of futures, USDⓈ-M and COIN-M.
pub(crate) const FORCE_ORDERS: [&str; 2] = ["/papi/v1/um/forceOrders", "/papi/v1/cm/forceOrders"];

const DAY: i64 = 86_400_000;

/// Returns the forced closes of a world: some alone, some in crowds of one millisecond.
pub(crate) fn rows(seed: Seed, plan: &Plan) -> GivenRows {
    let mut rng = seed.stream("history", 0);
    let mut times = Vec::new();
    let count = usize::try_from(plan.history_rows).unwrap_or_default();
    while times.len() < count {
        let at = NOON.as_millis() - rng.between_signed(DAY / 24, 20 * DAY);
        let crowd = rng.pick(&[1, 1, 1, 3, 20, 60, 120]);
        let spread = rng.pick(&[0, 0, 5, 1_000]);
        times.extend((0..crowd).map(|_| at + rng.between_signed(0, spread)));
        // What comes right after a crowd is the first that a walk past it may lose.
        let behind = if rng.per_mille(300) { rng.between(1, 3) } else { 0 };
        times.extend((0..behind).map(|_| at + spread + 1));
    }
    GivenRows::new().force_orders(product(plan), times)
}

fn product(plan: &Plan) -> Product {
    if plan.history_rows.is_multiple_of(2) { Product::Um } else { Product::Cm }
}

/// Walks the forced closes of some days.
pub(crate) async fn walk(world: World, life: Life, client: Client, plan: Plan, mut chance: Rng) {
    tokio::time::sleep(chance.millis(0, 2_000)).await;
    let days = chance.between_signed(1, 20);
    let (from, to) = (NOON.as_millis() - days * DAY, NOON.as_millis() - chance.between_signed(0, days * DAY / 2));
    let period = Period::between(Timestamp::from_millis(from), Timestamp::from_millis(to));
    let concurrency = usize::try_from(chance.between(1, 4)).unwrap_or(1);
    let key = |number: OrderId, symbol: &Symbol, time: Timestamp| (symbol.to_string(), number.get(), time.as_millis());
    if product(&plan) == Product::Cm {
        let history = client.history(&cm::ForceOrders::new(), period).map(|all| all.concurrency(concurrency));
        rows_of(world, life, history, |row| key(row.order_id, &row.symbol, row.time)).await;
    } else {
        let history = client.history(&um::ForceOrders::new(), period).map(|all| all.concurrency(concurrency));
        rows_of(world, life, history, |row| key(row.order_id, &row.symbol, row.time)).await;
    }
}

async fn rows_of<T>(world: World, life: Life, history: Result<History<T>, Error>, key: impl Fn(&T) -> Row) {
    let mut history = match history {
        Ok(history) => history,
        Err(error) => return world.note(&process_name(life), format_args!("has no history: {error}")),
    };
    let (mut rows, mut is_whole) = (Vec::new(), true);
    while let Some(row) = history.next().await {
        match row {
            Ok(row) => rows.push(key(&row)),
            Err(RowError::Bad(_)) => is_whole = false,
            Err(error) => {
                let RowError::Ended(ended) = &error else { continue };
                is_whole = ended.is_incomplete();
                world.state().secrets.printed(&format!("{error} {error:?}"));
                world.note(&process_name(life), format_args!("ends its history: {error}"));
            }
        }
    }
    let report = history.report();
    let issues = [&report.unproven, &report.incomplete, &report.lost, &report.noted];
    let doubted = issues.into_iter().flatten().map(|issue| (issue.from.as_millis(), issue.to.as_millis())).collect();
    world.note(&process_name(life), format_args!("has walked {} rows in {} requests", rows.len(), report.requests));
    let (from, to) = (report.from.as_millis(), report.to.as_millis());
    world.state().histories.push(HistoryClaim { rows, from, to, doubted, is_whole });
}
