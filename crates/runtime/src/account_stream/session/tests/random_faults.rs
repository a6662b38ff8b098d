//! Whatever happens in whatever order: no event is lost without a gap, none comes twice, and the stream comes back.

use super::exchange::{Ending, Fault, HOUR, MINUTE, SECOND, START, StreamingExchange};
use crate::account_stream::options::StreamOptions;
use std::time::Duration;

/// How many days of faults are lived through.
const SEEDS: u64 = 40;

fn any_fault(exchange: &mut StreamingExchange) -> Fault {
    let length = exchange.random(90 * MINUTE);
    match exchange.random(13) {
        0 => Fault::Expire { words: 0 },
        1 => Fault::Expire { words: 1 },
        2 => Fault::Expire { words: 2 },
        3 => Fault::Delete,
        4 => Fault::Replace,
        5 => Fault::KeepRefused,
        6 => Fault::HalfOpen,
        7 => Fault::Cut(Ending::Announced),
        8 => Fault::Cut(Ending::Broken),
        9 => Fault::ShutDown,
        10 => Fault::Slow,
        11 => Fault::NoRest(length),
        _ => Fault::NoStream(length),
    }
}

#[test]
fn no_event_is_lost_without_a_gap_and_none_comes_twice() {
    for seed in 0..SEEDS {
        // Connections are replaced often, so that faults strike while two are open.
        let options = StreamOptions { rotate_every: Duration::from_secs(60 * (1 + seed % 40)), ..Default::default() };
        let mut exchange = StreamingExchange::new(options, seed, 5 * SECOND);
        exchange.run_until(MINUTE);
        assert!(exchange.is_opened, "seed {seed}");
        let mut at = MINUTE;
        for _ in 0..20 {
            let pause = if exchange.random(3) == 0 { 20 * SECOND } else { 40 * MINUTE };
            at += exchange.random(pause);
            let fault = any_fault(&mut exchange);
            exchange.fault_at(at, fault);
        }
        let quiet = at + 2 * HOUR;
        exchange.run_until(quiet + 10 * MINUTE);
        assert!(!exchange.is_down() && exchange.ended.is_none(), "seed {seed}");
        let end = exchange.time().as_millis() - 2_000;
        exchange.events.retain(|event| (START + 10_000..end).contains(event));
        exchange.check_promises();
    }
}
