//! A history that was walked to its end has all rows of its period, each once, but for the spans of which the client said that
//! they may be missing.

use crate::claim::{HistoryClaim, Row};
use crate::historian::FORCE_ORDERS;
use papi_sandbox::rows::GivenRows;
use std::collections::BTreeSet;

pub(super) fn broken(claims: &[HistoryClaim], rows: &GivenRows) -> Vec<String> {
    let world: BTreeSet<Row> =
        FORCE_ORDERS.iter().flat_map(|path| rows.rows_of(path)).filter_map(|row| read(&row)).collect();
    claims.iter().filter_map(|claim| wrong(claim, &world)).collect()
}

fn wrong(claim: &HistoryClaim, world: &BTreeSet<Row>) -> Option<String> {
    let mut seen = BTreeSet::new();
    for row in &claim.rows {
        if !seen.insert(row) {
            return Some(format!("a history handed out the row {row:?} twice"));
        }
        if !world.contains(row) {
            return Some(format!("a history handed out the row {row:?}, which the exchange does not have"));
        }
    }
    if !claim.is_whole {
        return None;
    }
    let is_doubted = |time: i64| claim.doubted.iter().any(|(from, to)| (*from..=*to).contains(&time));
    let expected = world.iter().filter(|(_, _, time)| (claim.from..=claim.to).contains(time) && !is_doubted(*time));
    let missing = expected.filter(|row| !seen.contains(row)).collect::<Vec<_>>();
    let first = missing.first()?;
    Some(format!("a history said that it is complete, and lacks {} rows, the first of them {first:?}", missing.len()))
}

/// Reads symbol, number and time of a row.
fn read(row: &str) -> Option<Row> {
    let row: serde_json::Value = serde_json::from_str(row).ok()?;
    Some((row["symbol"].as_str()?.to_owned(), row["orderId"].as_i64()?, row["time"].as_i64()?))
}
