//! One situation a test: what happens to a stream, and what its user is told.

use super::exchange::{DAY, Ending, Fault, HOUR, MINUTE, SECOND, StreamingExchange};
use crate::account_stream::item::StreamItem;
use crate::account_stream::options::StreamOptions;

/// A quiet account: an event every ten seconds or so.
fn exchange() -> StreamingExchange {
    StreamingExchange::new(StreamOptions::default(), 11, 10 * SECOND)
}

/// A stream that is up for an hour before the fault, and two hours afterwards.
fn after(fault: Fault) -> StreamingExchange {
    let mut exchange = exchange();
    exchange.fault_at(HOUR + 5 * MINUTE, fault);
    exchange.run_until(3 * HOUR);
    exchange.check_promises_of_opened();
    assert!(!exchange.is_down(), "{fault:?}");
    exchange
}

impl StreamingExchange {
    fn check_promises_of_opened(&mut self) {
        assert!(self.is_opened && self.ended.is_none());
        let settled = self.time().as_millis() - 2_000;
        // The stream begins a moment after the exchange.
        let begin = super::exchange::START + 10_000;
        self.events.retain(|event| (begin..settled).contains(event));
        self.check_promises();
    }

    /// How long the gaps are together, in milliseconds.
    fn missed(&self) -> i64 {
        self.gaps().iter().map(|(from, to)| to - from).sum()
    }
}

#[test]
fn nothing_happens_for_three_days_and_no_connection_grows_old() {
    let mut exchange = exchange();
    exchange.run_until(3 * DAY);
    exchange.check_promises_of_opened();
    assert_eq!(exchange.story(), [""; 0]);
    // One, and three that replaced it.
    assert_eq!(exchange.connects, 4);
    // A keeping and a question every 18 to 20 minutes, and a question for each connection.
    assert!((432..=490).contains(&exchange.key_calls), "{}", exchange.key_calls);
}

#[test]
fn an_hourly_expiry_costs_seconds_for_three_days() {
    let mut exchange = exchange();
    for hour in 1..72 {
        exchange.fault_at(hour * HOUR, Fault::Expire { words: 1 });
    }
    exchange.run_until(3 * DAY);
    exchange.check_promises_of_opened();
    assert_eq!(exchange.story(), ["KeyExpired", "resumed"].repeat(71));
    assert!(exchange.missed() < 71 * 10_000, "{}", exchange.missed());
}

#[test]
fn an_expiry_that_is_said_once_or_twice_is_one_gap() {
    for words in [1, 2] {
        let exchange = after(Fault::Expire { words });
        assert_eq!(exchange.story(), ["KeyExpired", "resumed"], "{words}");
        assert!(exchange.missed() < 15_000, "{}", exchange.missed());
    }
}

#[test]
fn a_key_that_dies_in_silence_is_found_by_the_next_keeping() {
    for fault in [Fault::Expire { words: 0 }, Fault::Delete] {
        let exchange = after(fault);
        assert_eq!(exchange.story(), ["KeyExpired", "resumed"]);
        assert!(exchange.missed() < 21 * 60_000, "{}", exchange.missed());
    }
}

#[test]
fn a_key_that_another_program_replaced_is_found_although_keeping_succeeds() {
    let exchange = after(Fault::Replace);
    assert_eq!(exchange.story(), ["KeyReplaced", "resumed"]);
    assert!(exchange.missed() < 21 * 60_000, "{}", exchange.missed());
}

#[test]
fn a_keeping_that_is_refused_makes_a_new_connection_even_with_the_same_key() {
    let exchange = after(Fault::KeepRefused);
    assert_eq!(exchange.story(), ["KeyExpired", "resumed"]);
    assert_eq!(exchange.connects, 2);
}

#[test]
fn calls_that_fail_for_half_an_hour_cost_nothing() {
    let exchange = after(Fault::NoRest(30 * MINUTE));
    assert_eq!(exchange.story(), [""; 0]);
    assert!(exchange.retries > 0);
}

#[test]
fn a_key_that_could_not_be_kept_for_an_hour_is_dead() {
    let exchange = after(Fault::NoRest(80 * MINUTE));
    assert_eq!(exchange.story(), ["KeyExpired", "resumed"]);
}

#[test]
fn a_half_open_connection_is_found_by_its_pongs() {
    let exchange = after(Fault::HalfOpen);
    assert_eq!(exchange.story(), ["Silent", "resumed"]);
    assert!(exchange.missed() < 130_000, "{}", exchange.missed());
}

#[test]
fn a_cut_is_a_gap_of_seconds() {
    for ending in [Ending::Announced, Ending::Broken] {
        let exchange = after(Fault::Cut(ending));
        assert_eq!(exchange.story(), ["Disconnected", "resumed"]);
        assert!(exchange.missed() < 45_000, "{}", exchange.missed());
    }
}

#[test]
fn a_shutdown_that_is_announced_costs_nothing() {
    assert_eq!(after(Fault::ShutDown).story(), [""; 0]);
}

#[test]
fn events_keep_their_order_when_the_old_connection_is_behind_the_new_one() {
    for seed in 0..20 {
        let mut exchange = StreamingExchange::new(StreamOptions::default(), seed, 100);
        exchange.fault_at(10 * MINUTE, Fault::Slow);
        exchange.fault_at(11 * MINUTE, Fault::ShutDown);
        exchange.run_until(15 * MINUTE);
        exchange.check_promises_of_opened();
        assert_eq!(exchange.story(), [""; 0], "seed {seed}");
    }
}

#[test]
fn a_word_of_the_end_that_was_long_under_way_hides_no_gap() {
    for seed in 0..20 {
        let mut exchange = StreamingExchange::new(StreamOptions::default(), seed, 100);
        exchange.fault_at(10 * MINUTE, Fault::Slow);
        exchange.fault_at(11 * MINUTE, Fault::ShutDown);
        exchange.fault_at(11 * MINUTE + 100 * (seed + 1), Fault::Cut(Ending::Announced));
        exchange.run_until(15 * MINUTE);
        exchange.check_promises_of_opened();
    }
}

#[test]
fn a_stream_that_cannot_be_reached_is_tried_with_growing_pauses() {
    let mut exchange = exchange();
    exchange.fault_at(HOUR, Fault::NoStream(HOUR));
    exchange.fault_at(HOUR + 1, Fault::Cut(Ending::Broken));
    exchange.run_until(HOUR + 30 * MINUTE);
    assert!(exchange.is_down());
    exchange.run_until(3 * HOUR);
    exchange.check_promises_of_opened();
    assert_eq!(exchange.story(), ["Disconnected", "resumed"]);
    assert!((60..=130).contains(&exchange.connects), "{}", exchange.connects);
}

#[test]
fn while_calls_fail_a_connection_is_made_with_the_key_that_is_there() {
    let mut exchange = exchange();
    exchange.fault_at(HOUR, Fault::NoRest(10 * MINUTE));
    exchange.fault_at(HOUR + 1, Fault::Cut(Ending::Broken));
    exchange.run_until(HOUR + MINUTE);
    assert!(!exchange.is_down());
    exchange.run_until(2 * HOUR);
    exchange.check_promises_of_opened();
}

#[test]
fn a_malformed_event_is_handed_out_and_the_stream_goes_on() {
    let exchange = after(Fault::Garbage);
    assert_eq!(exchange.story(), ["malformed"]);
}

#[test]
fn a_gap_is_told_before_it_is_over() {
    let mut exchange = exchange();
    exchange.fault_at(HOUR, Fault::NoStream(20 * MINUTE));
    exchange.fault_at(HOUR + 1, Fault::HalfOpen);
    exchange.run_until(HOUR + 91 * SECOND);
    assert!(matches!(exchange.told.last(), Some(StreamItem::Gap { to: None, .. })), "{:?}", exchange.told.last());
}

#[test]
fn a_stream_that_never_was_there_fails_at_once() {
    for fault in [Fault::NoRest(HOUR), Fault::NoStream(HOUR)] {
        let mut exchange = exchange();
        exchange.strike_at_once(fault);
        exchange.run_until(MINUTE);
        assert!(exchange.ended.is_some() && !exchange.is_opened, "{fault:?}");
        assert!(exchange.connects <= 1);
    }
}
