//! What happens to a request before it is sent, without IO.

use crate::Outcome;
use binance_papi::{Endpoint as _, Price, Quantity, Query, Side, TimeInForce, Timestamp, um};
use std::error::Error;
use std::hint::black_box;

fn order() -> Result<um::NewOrder, Box<dyn Error>> {
    let (quantity, price): (Quantity, Price) = ("0.010".parse()?, "20000.10".parse()?);
    Ok(um::NewOrder::limit("BTCUSDT", Side::Buy, quantity, price, TimeInForce::Gtc))
}

pub(crate) fn check(count: u32) -> Outcome {
    let order = order()?;
    for _ in 0..count {
        black_box(&order).check(Timestamp::from_millis(1_792_000_000_000))?;
    }
    Ok(())
}

pub(crate) fn encode(count: u32) -> Outcome {
    let order = order()?;
    for _ in 0..count {
        let mut query = Query::new();
        black_box(&order).encode(&mut query);
        black_box(query);
    }
    Ok(())
}
