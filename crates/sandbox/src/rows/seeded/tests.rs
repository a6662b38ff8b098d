//! The promises of the history, held against several seeds and many clocks.

use super::calendar::DAY;
use super::*;
use papi_types::Decimal;
use std::collections::{BTreeMap, BTreeSet};

const SEEDS: [u64; 6] = [0, 1, 2, 7, 42, u64::MAX];
const PRODUCTS: [Product; 3] = [Product::Um, Product::Cm, Product::Margin];
const HOUR: i64 = 3_600_000;

/// Clocks at odd times of day, spread over more than one whole cycle and a year.
fn clocks() -> impl Iterator<Item = i64> {
    let start = 1_790_000_000_000;
    (0..50).map(move |step| start + step * DAY + step * 1_234_567).chain([start + 400 * DAY, 1_596_107_620_044])
}

fn last_90_days(seed: u64, product: Product, now: i64) -> Vec<ForceOrder> {
    between(seed, product, now - 90 * DAY, now)
}

fn between(seed: u64, product: Product, from: i64, to: i64) -> Vec<ForceOrder> {
    SeededRows::new(seed).between(product, Timestamp::from_millis(from), Timestamp::from_millis(to))
}

/// The size of the largest group of rows with the same key.
fn most_alike(rows: &[ForceOrder], key: impl Fn(&ForceOrder) -> i64) -> usize {
    let mut counts = BTreeMap::new();
    for row in rows {
        *counts.entry(key(row)).or_insert(0) += 1;
    }
    counts.into_values().max().unwrap_or(0)
}

fn millis(row: &ForceOrder) -> i64 {
    row.time.as_millis()
}

/// The longest time without a row that satisfies `counts`, ends of the range included.
fn longest_silence(rows: &[ForceOrder], from: i64, to: i64, counts: impl Fn(&ForceOrder) -> bool) -> i64 {
    let mut last = from;
    let mut longest = 0;
    for row in rows.iter().filter(|row| counts(row)) {
        longest = longest.max(millis(row) - last);
        last = millis(row);
    }
    longest.max(to - last)
}

#[test]
fn any_90_days_have_every_awkward_situation() {
    for seed in SEEDS {
        for now in clocks() {
            let context = format!("seed {seed}, now {now}");
            let um = last_90_days(seed, Product::Um, now);
            let cm = last_90_days(seed, Product::Cm, now);
            let margin = last_90_days(seed, Product::Margin, now);

            assert!((1_500..=2_500).contains(&um.len()), "{context}: {}", um.len());
            assert!((200..=900).contains(&cm.len()), "{context}: {}", cm.len());
            assert!((60..=400).contains(&margin.len()), "{context}: {}", margin.len());

            assert!(most_alike(&um, |row| millis(row) / HOUR) >= 250, "{context}: busy hour");
            assert!(most_alike(&cm, |row| millis(row) / HOUR) >= 130, "{context}: busy hour");
            assert!(most_alike(&um, millis) >= 40, "{context}: one millisecond");
            assert!(most_alike(&cm, millis) >= 40, "{context}: one millisecond");

            let from = now - 90 * DAY;
            let others = longest_silence(&um, from, now, |row| row.symbol != "BTCUSDT");
            assert!(others >= 7 * DAY, "{context}: quiet UM week, {others}");
            assert!(longest_silence(&cm, from, now, |_| true) >= 14 * DAY, "{context}: quiet CM weeks");
            assert!(longest_silence(&margin, from, now, |_| true) >= 7 * DAY, "{context}: quiet margin week");

            for rows in [&um, &cm, &margin] {
                assert!(rows.iter().any(|row| millis(row) % DAY == 0), "{context}: first millisecond");
                assert!(rows.iter().any(|row| millis(row) % DAY == DAY - 1), "{context}: last millisecond");
            }
            let causes: BTreeSet<Cause> = um.iter().map(|row| row.cause).collect();
            assert_eq!(causes.len(), 3, "{context}: {causes:?}");
            assert!(cm.iter().any(|row| row.cause == Cause::Delivery), "{context}: delivery");
            assert!(um.iter().any(|row| !row.symbol.is_ascii()), "{context}: a symbol beyond ASCII");
        }
    }
}

#[test]
fn days_that_just_fill_a_page_exist() {
    let now = 1_790_000_000_000;
    for seed in SEEDS {
        let mut days = BTreeMap::new();
        for row in last_90_days(seed, Product::Um, now) {
            *days.entry(millis(&row) / DAY).or_insert(0) += 1;
        }
        for wanted in [99, 100, 101] {
            assert!(days.values().any(|count| *count == wanted), "seed {seed}: a day with {wanted}");
        }
    }
}

#[test]
fn btcusdt_has_rows_in_any_seven_days() {
    for seed in SEEDS {
        for now in clocks() {
            let rows = between(seed, Product::Um, now - 7 * DAY, now);
            assert!(rows.iter().filter(|row| row.symbol == "BTCUSDT").count() >= 2, "seed {seed}, now {now}");
        }
        // The tightest place: from just after one of the fixed rows to just before the next of its kind.
        for day in 20_000..20_050 {
            for edge in [day * DAY + 1, day * DAY + 12 * HOUR + 1, day * DAY + 12 * HOUR + 7_001] {
                let rows = between(seed, Product::Um, edge, edge + 7 * DAY - 2);
                assert!(rows.iter().any(|row| row.symbol == "BTCUSDT"), "seed {seed}, from {edge}");
            }
        }
    }
}

#[test]
fn a_history_does_not_depend_on_how_it_is_cut() {
    let start = 20_700 * DAY;
    for seed in SEEDS {
        for product in PRODUCTS {
            let whole = between(seed, product, start, start + 60 * DAY);
            let mut pieces = Vec::new();
            let mut from = start;
            for length in [1, DAY, 3 * HOUR, 7 * DAY, 20 * DAY + 17, 60 * DAY] {
                let to = (from + length - 1).min(start + 60 * DAY);
                pieces.extend(between(seed, product, from, to));
                from = to + 1;
            }
            assert_eq!(whole, pieces, "seed {seed}, {product:?}");
            assert!(whole.is_sorted_by_key(|row| row.time));
        }
    }
    assert_ne!(between(1, Product::Um, start, start + 60 * DAY), between(2, Product::Um, start, start + 60 * DAY));
}

#[test]
fn windows_that_start_at_midnight_have_rows_on_their_edges() {
    for seed in SEEDS {
        for start in (20_700..20_707).map(|day| day * DAY) {
            let times: BTreeSet<i64> = between(seed, Product::Um, start, start + 90 * DAY).iter().map(millis).collect();
            let mut edges = (1..=12).map(|week| start + week * 7 * DAY);
            assert!(edges.clone().any(|edge| times.contains(&edge)), "seed {seed}, from {start}: on an edge");
            assert!(edges.any(|edge| times.contains(&(edge - 1))), "seed {seed}, from {start}: just before an edge");
        }
    }
}

#[test]
fn an_empty_range_has_no_rows() {
    assert!(between(1, Product::Um, 5, 4).is_empty());
    assert!(between(1, Product::Um, 20_700 * DAY, 20_600 * DAY).is_empty());
}

#[test]
fn order_ids_grow_with_time_within_a_symbol_and_coincide_between_symbols() {
    for seed in SEEDS {
        for product in PRODUCTS {
            let mut last = BTreeMap::new();
            let mut ids = BTreeSet::new();
            let rows = last_90_days(seed, product, 1_790_000_000_000);
            for row in &rows {
                let before = last.insert(row.symbol, row.order_id);
                assert!(before.is_none_or(|before| before < row.order_id), "seed {seed}, {row:?}");
                ids.insert(row.order_id);
            }
            assert!(ids.len() < rows.len(), "{product:?}: ids of different symbols coincide");
            assert!(ids.last().is_some_and(|id| *id > 1 << 53), "{product:?}: an id beyond doubles");
        }
    }
}

#[test]
fn the_numbers_of_a_row_agree() {
    for seed in SEEDS {
        for product in PRODUCTS {
            for row in last_90_days(seed, product, 1_790_000_000_000) {
                assert!(row.executed <= row.quantity && row.executed > Decimal::ZERO, "{row:?}");
                assert_eq!(row.status == "FILLED", row.executed == row.quantity, "{row:?}");
                match row.side {
                    "SELL" => assert!(row.average_price >= row.price && row.position_side != "SHORT", "{row:?}"),
                    _ => assert!(row.average_price <= row.price && row.position_side != "LONG", "{row:?}"),
                }
                assert!(row.update_time > row.time, "{row:?}");
                match product {
                    Product::Cm => {
                        assert!(row.symbol.starts_with(row.pair), "{row:?}");
                        assert!(row.value > Decimal::ZERO && row.value.scale() <= 8, "{row:?}");
                    }
                    _ => assert_eq!(row.value, row.average_price * row.executed, "{row:?}"),
                }
                let beginning = match row.cause {
                    Cause::Liquidation => "autoclose-",
                    Cause::Adl => "adl_autoclose",
                    Cause::Settlement => "settlement_autoclose-",
                    Cause::Delivery => "delivery_autoclose-",
                };
                assert!(row.client_order_id.starts_with(beginning), "{row:?}");
            }
        }
    }
}
