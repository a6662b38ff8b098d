//! Kinds of histories, and the fewest windows that each of them needs.

use super::server::{DAY, HOUR, START};
use proptest::prelude::*;
use proptest::strategy::Union;

/// The fewest windows below cap and step that cover a span, when all rows are known: each one as long as possible. A
/// millisecond that fills a page by itself counts as one.
pub(super) fn fewest(times: &[i64], cap: usize, step: i64, from: i64, to: i64) -> u64 {
    let (mut windows, mut start) = (0, from);
    while start <= to {
        windows += 1;
        let first = times.partition_point(|at| *at < start);
        let end = to.min(start + step);
        start = match times.get(first + cap - 1) {
            Some(beyond) if *beyond <= end => (*beyond).max(start + 1),
            _ => end + 1,
        };
    }
    windows
}

/// Something that happens in a history, as times.
fn event(length: i64, step: i64) -> impl Strategy<Value = Vec<i64>> {
    let anywhere = START..START + length;
    let few = prop::collection::vec(anywhere.clone(), 0..40);
    let crowded_hour = (anywhere.clone(), 90_usize..400, 1..2 * HOUR)
        .prop_perturb(|(at, count, span), mut chance| (0..count).map(|_| at + chance.random_range(0..span)).collect());
    let near_the_cap = (0..length / step, 97_usize..104).prop_perturb(move |(window, count), mut chance| {
        (0..count).map(|_| START + window * step + chance.random_range(0..step)).collect()
    });
    let one_millisecond = (anywhere.clone(), 2_usize..60).prop_map(|(at, count)| vec![at; count]);
    let neighbours = (anywhere, 1_usize..70, 1_usize..70, 1_usize..70)
        .prop_map(|(at, a, b, c)| [vec![at; a], vec![at + 1; b], vec![at + 2; c]].concat());
    let edges = (0..=length / step, 1_usize..12).prop_map(move |(window, count)| {
        let edge = (START + window * step).min(START + length);
        [vec![edge - 1; count], vec![edge; count], vec![edge + 1; count]].concat()
    });
    let everywhere = (100_usize..1_500)
        .prop_perturb(move |count, mut chance| (0..count).map(|_| START + chance.random_range(0..=length)).collect());
    Union::new_weighted(vec![
        (3, few.boxed()),
        (2, crowded_hour.boxed()),
        (2, near_the_cap.boxed()),
        (2, one_millisecond.boxed()),
        (1, neighbours.boxed()),
        (2, edges.boxed()),
        (1, everywhere.boxed()),
    ])
}

/// Histories of quiet and busy times.
pub(super) fn histories(length: i64, step: i64) -> impl Strategy<Value = Vec<i64>> {
    prop::collection::vec(event(length, step), 0..6).prop_map(move |events| {
        let mut times = events.concat();
        times.retain(|at| (START..=START + length).contains(at));
        times.sort_unstable();
        times
    })
}

/// Numbers that look random and are always the same.
pub(super) fn scattered(count: usize, from: i64, to: i64, seed: u64) -> Vec<i64> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        i64::try_from(state >> 2).unwrap_or(0)
    };
    let mut times: Vec<i64> = (0..count).map(|_| from + next() % (to - from + 1)).collect();
    times.sort_unstable();
    times
}

/// The five histories whose requests are counted, 90 days each: name, times, and the bound to requests in hundredths of
/// the fewest windows.
pub(super) fn measured() -> Vec<(&'static str, Vec<i64>, u64)> {
    let end = START + 90 * DAY;
    let mut quiet = scattered(260, START, end, 1);
    quiet.extend(vec![START + 40 * DAY; 40]);
    let mut one_burst = scattered(260, START, end, 2);
    one_burst.extend(scattered(250, START + 33 * DAY, START + 33 * DAY + HOUR, 3));
    let mut near_the_cap = Vec::new();
    for (week, count) in (0..12).zip([99, 100, 101, 100].into_iter().cycle()) {
        near_the_cap.extend(scattered(
            count,
            START + week * 7 * DAY,
            START + (week + 1) * 7 * DAY,
            4 + week.cast_unsigned(),
        ));
    }
    let mut busy = scattered(1_500, START, end, 20);
    for burst in 0..12 {
        let at = START + burst * 7 * DAY + 2 * DAY;
        busy.extend(scattered(250, at, at + HOUR, 21 + burst.cast_unsigned()));
    }
    let mut huge = scattered(60_000, START, end, 40);
    huge.extend(scattered(40_000, START + 50 * DAY, START + 51 * DAY, 41));
    let mut measured = vec![
        ("quiet weeks, 40 rows in one millisecond", quiet, 115),
        ("quiet weeks, 250 rows in one hour", one_burst, 115),
        ("99, 100 and 101 rows a week", near_the_cap, 220),
        ("busy weeks, 250 rows in one hour of each", busy, 220),
        ("100,000 rows, 40,000 of them in one day", huge, 220),
    ];
    for (_, times, _) in &mut measured {
        times.sort_unstable();
    }
    measured
}
