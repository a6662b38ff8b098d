//! Prices of fills beside other prices: how much better or worse each one was, and what that came to.

use super::amount::{Amount, TooLarge};
use super::close::{Close, Part};
use super::unit::Sums;
use binance_papi::Decimal;
use serde::Serialize;

/// How fills compare with another price: positive is better for the account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Spread {
    /// Fills that could be compared.
    pub(crate) fills: u64,
    pub(crate) better: u64,
    pub(crate) equal: u64,
    pub(crate) worse: u64,
    /// Fills without a price to compare with.
    pub(crate) not_compared: u64,
    /// The least, the middle one and the most, in hundredths of a basis point of the other price, rounded.
    pub(crate) least: i64,
    pub(crate) median: i64,
    pub(crate) most: i64,
    /// What the difference came to: price difference times quantity. Not for COIN-M, whose contract size rows do not tell.
    pub(crate) gain: Sums,
    /// How many fills lie in each step of the comparison.
    pub(crate) steps: Vec<Step>,
}

/// The fills whose difference lies in a step, in hundredths of a basis point: from the first one to below the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Step {
    pub(crate) from: i64,
    pub(crate) below: i64,
    pub(crate) fills: u64,
}

/// Basis points are counted in hundredths.
pub(crate) const BASIS_POINT: i64 = 100;

/// A picture has no more steps than this.
const MOST_STEPS: i64 = 24;

/// Compares the average price of each fill with the price that a function gives for it.
pub(crate) fn spread(closes: &[Close], other: impl Fn(&Close) -> Option<Decimal>) -> Result<Spread, TooLarge> {
    let (mut spread, mut points) = (Spread::default(), Vec::new());
    for close in closes.iter().filter(|close| close.average.is_some()) {
        let compared = other(close).zip(close.average).zip(sign_of(&close.side));
        let Some(((other, average), sign)) = compared else {
            spread.not_compared += 1;
            continue;
        };
        let Some(point) = hundredths(average, other).map(|point| point * sign) else {
            spread.not_compared += 1;
            continue;
        };
        let difference = Amount::from(average).minus(other.into())?.times(Amount::new(sign.into(), 0))?;
        spread.fills += 1;
        *if difference.is_zero() {
            &mut spread.equal
        } else if difference.is_negative() {
            &mut spread.worse
        } else {
            &mut spread.better
        } += 1;
        if close.part != Part::Cm {
            spread.gain.add(&close.units.value, difference.times(close.executed.into())?)?;
        }
        points.push(point);
    }
    points.sort_unstable();
    if let (Some(least), Some(most)) = (points.first(), points.last()) {
        (spread.least, spread.most) = (*least, *most);
        spread.median = points[points.len() / 2];
        spread.steps = steps(&points, *least, *most);
    }
    Ok(spread)
}

/// Returns whether a higher price is better for the account; none for a side that is not known.
fn sign_of(side: &str) -> Option<i64> {
    match side {
        "SELL" => Some(1),
        "BUY" => Some(-1),
        _ => None,
    }
}

/// Returns the difference in hundredths of a basis point of the other price, rounded to the nearest.
fn hundredths(average: Decimal, other: Decimal) -> Option<i64> {
    let ratio = average.checked_sub(other)?.checked_div(other)?;
    let point = ratio.checked_mul(Decimal::from(10_000 * BASIS_POINT))?.round();
    i64::try_from(point.mantissa()).ok()
}

fn steps(points: &[i64], least: i64, most: i64) -> Vec<Step> {
    let width = width(most.saturating_sub(least));
    let first = least.div_euclid(width) * width;
    let mut steps: Vec<Step> = Vec::new();
    for point in points {
        let index = usize::try_from((point - first) / width).unwrap_or(0);
        while steps.len() <= index {
            let from = first + width * i64::try_from(steps.len()).unwrap_or(0);
            steps.push(Step { from, below: from + width, fills: 0 });
        }
        steps[index].fills += 1;
    }
    steps
}

/// Returns a round width with which so many steps are enough.
fn width(range: i64) -> i64 {
    let round = (0..17).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_i64.pow(power)));
    round.into_iter().find(|width| range / width < MOST_STEPS - 1).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::samples::{close, decimal};
    use super::*;

    #[test]
    fn a_sale_above_the_limit_is_better_and_a_purchase_above_it_is_worse() {
        let sale = Close { average: Some(decimal("101")), ..close("BTCUSDT", 0, 1) };
        let purchase = Close { side: "BUY".into(), ..sale.clone() };
        let at_limit = close("BTCUSDT", 0, 2);
        let unknown = Close { side: "HOLD".into(), ..sale.clone() };
        let unfilled = Close { average: None, ..sale.clone() };
        let found = spread(&[sale, purchase, at_limit, unknown, unfilled], |close| close.limit).expect("fits");
        assert_eq!((found.fills, found.better, found.equal, found.worse, found.not_compared), (3, 1, 1, 1, 1));
        assert_eq!((found.least, found.median, found.most), (-10_000, 0, 10_000));
        assert_eq!(found.gain.iter().map(|(_, amount)| amount.to_string()).collect::<Vec<_>>(), ["0"]);
    }

    #[test]
    fn every_fill_is_in_one_of_few_steps_of_a_round_width() {
        let points: Vec<_> = (-50..50).map(|point| point * 37).collect();
        let found = steps(&points, points[0], points[99]);
        assert_eq!(found.iter().map(|step| step.fills).sum::<u64>(), 100);
        assert!(found.len() <= 24 && found.iter().all(|step| step.below - step.from == 200), "{found:?}");
        assert_eq!(steps(&[7], 7, 7), [Step { from: 7, below: 8, fills: 1 }]);
    }
}
