//! Six shapes of replies, a hundred rows each: read by ours, and by serde's derive.

use crate::{Outcome, derived, samples};
use binance_papi::{OneOrMany, UmOrder, Wire, account, um};
use serde::de::DeserializeOwned;
use std::hint::black_box;

const ROWS: usize = 100;

/// Reads replies, if that is what the work is.
pub(crate) fn repeat(work: &str, count: u32) -> Option<Outcome> {
    Some(match work {
        "force-orders" => ours::<Vec<um::ForceOrder>>(&samples::force_orders(ROWS), count),
        "orders" => ours::<Vec<UmOrder>>(&samples::orders(ROWS), count),
        "balances" => ours::<OneOrMany<account::AssetBalance>>(&samples::balances(ROWS), count),
        "positions" => ours::<Vec<um::Position>>(&samples::positions(ROWS), count),
        "trades" => ours::<Vec<um::Trade>>(&samples::trades(ROWS), count),
        "brackets" => ours::<Vec<um::SymbolBrackets>>(&samples::brackets(ROWS), count),
        "derived-force-orders" => derived::<Vec<derived::ForceOrder>>(&samples::force_orders(ROWS), count),
        "derived-orders" => derived::<Vec<derived::Order>>(&samples::orders(ROWS), count),
        "derived-balances" => derived::<Vec<derived::Balance>>(&samples::balances(ROWS), count),
        "derived-positions" => derived::<Vec<derived::Position>>(&samples::positions(ROWS), count),
        "derived-trades" => derived::<Vec<derived::Trade>>(&samples::trades(ROWS), count),
        "derived-brackets" => derived::<Vec<derived::SymbolBrackets>>(&samples::brackets(ROWS), count),
        _ => return None,
    })
}

fn ours<T: Wire>(body: &str, count: u32) -> Outcome {
    for _ in 0..count {
        black_box(papi_types::decode::<T>(black_box(body.as_bytes()))?);
    }
    Ok(())
}

fn derived<T: DeserializeOwned>(body: &str, count: u32) -> Outcome {
    for _ in 0..count {
        black_box(serde_json::from_slice::<T>(black_box(body.as_bytes()))?);
    }
    Ok(())
}
