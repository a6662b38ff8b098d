//! Income beside closes: which rows of income belong to closes, and what of either side has no counterpart.

use super::amount::{Amount, TooLarge};
use super::close::{Close, Part};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The kinds of income that a forced close has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum IncomeKind {
    RealizedPnl,
    Commission,
    InsuranceClear,
}

impl IncomeKind {
    pub(crate) const ALL: [Self; 3] = [Self::RealizedPnl, Self::Commission, Self::InsuranceClear];

    pub(crate) fn of_word(word: &str) -> Option<Self> {
        match word {
            "REALIZED_PNL" => Some(Self::RealizedPnl),
            "COMMISSION" => Some(Self::Commission),
            "INSURANCE_CLEAR" => Some(Self::InsuranceClear),
            _ => None,
        }
    }

    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::RealizedPnl => "Realised profit and loss",
            Self::Commission => "Fees",
            Self::InsuranceClear => "Insurance clearance",
        }
    }
}

/// A row of income.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Income {
    pub(crate) kind: IncomeKind,
    pub(crate) symbol: Arc<str>,
    pub(crate) asset: Arc<str>,
    pub(crate) amount: Amount,
    pub(crate) time: i64,
    pub(crate) transaction: String,
}

/// Income and closes beside each other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Reconciliation {
    pub(crate) lines: Vec<Line>,
    /// Futures closes with a fill that have no row of realised profit or loss.
    pub(crate) closes_without_income: Vec<LonelyClose>,
    /// Rows of income in the period of the closes that are at no close.
    pub(crate) income_without_close: Vec<LonelyIncome>,
    /// Rows of income from before or after that period.
    pub(crate) outside_of_period: u64,
}

/// The income of one kind and asset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Line {
    pub(crate) kind: IncomeKind,
    pub(crate) asset: String,
    pub(crate) rows: u64,
    pub(crate) sum: Amount,
    pub(crate) rows_at_closes: u64,
    pub(crate) at_closes: Amount,
    /// What the two sums differ by: income at no close.
    pub(crate) difference: Amount,
}

/// A close without income.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct LonelyClose {
    pub(crate) part: Part,
    pub(crate) symbol: String,
    pub(crate) order_id: i64,
    pub(crate) time: i64,
}

/// A row of income without a close.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct LonelyIncome {
    pub(crate) kind: IncomeKind,
    pub(crate) symbol: String,
    pub(crate) asset: String,
    pub(crate) amount: Amount,
    pub(crate) time: i64,
    pub(crate) transaction: String,
}

impl Reconciliation {
    /// Returns whether each side has its counterpart.
    pub(crate) fn agrees(&self) -> bool {
        self.closes_without_income.is_empty() && self.income_without_close.is_empty()
    }

    /// Returns the income of a kind at closes, by asset.
    pub(crate) fn at_closes(&self, kind: IncomeKind) -> impl Iterator<Item = (&str, Amount)> {
        let lines = self.lines.iter().filter(move |line| line.kind == kind && line.rows_at_closes > 0);
        lines.map(|line| (line.asset.as_str(), line.at_closes))
    }
}

/// Lays income beside closes. A row is at a close when it has the symbol and its time lies between that of the order and that
/// of the order's last change; an insurance clearance may follow up to `gap` milliseconds later. Closes of margin have no
/// income of this kind.
pub(crate) fn reconciled(
    closes: &[Close],
    income: &[Income],
    (from, to): (i64, i64),
    gap: i64,
) -> Result<Reconciliation, TooLarge> {
    let mut by_symbol: BTreeMap<&str, OfSymbol<'_>> = BTreeMap::new();
    for close in closes.iter().filter(|close| close.part != Part::Margin) {
        by_symbol.entry(&close.symbol).or_default().add(close);
    }
    let (mut lines, mut found): (BTreeMap<_, Line>, _) = (BTreeMap::new(), Reconciliation::default());
    for row in income {
        let of_symbol = by_symbol.get_mut(row.symbol.as_ref());
        let is_at_close = of_symbol.is_some_and(|of_symbol| of_symbol.claim(row, gap));
        // The income of the last closes may come after the period.
        if !is_at_close && !(from..=to).contains(&row.time) {
            found.outside_of_period += 1;
            continue;
        }
        let line = lines.entry((row.kind, row.asset.clone())).or_insert_with(|| Line {
            kind: row.kind,
            asset: row.asset.to_string(),
            rows: 0,
            sum: Amount::ZERO,
            rows_at_closes: 0,
            at_closes: Amount::ZERO,
            difference: Amount::ZERO,
        });
        line.rows += 1;
        line.sum = line.sum.plus(row.amount)?;
        if is_at_close {
            line.rows_at_closes += 1;
            line.at_closes = line.at_closes.plus(row.amount)?;
        } else {
            line.difference = line.difference.plus(row.amount)?;
            found.income_without_close.push(LonelyIncome {
                kind: row.kind,
                symbol: row.symbol.to_string(),
                asset: row.asset.to_string(),
                amount: row.amount,
                time: row.time,
                transaction: row.transaction.clone(),
            });
        }
    }
    found.lines = lines.into_values().collect();
    let all = by_symbol.into_values().flat_map(|of_symbol| of_symbol.closes);
    let mut lonely: Vec<_> = all.filter(|(close, has_income)| !has_income && close.average.is_some()).collect();
    lonely.sort_by(|(a, _), (b, _)| a.place().cmp(&b.place()));
    found.closes_without_income = lonely
        .into_iter()
        .map(|(close, _)| LonelyClose {
            part: close.part,
            symbol: close.symbol.to_string(),
            order_id: close.order_id,
            time: close.time,
        })
        .collect();
    Ok(found)
}

/// The closes of one symbol, in the order of time.
#[derive(Debug, Default)]
struct OfSymbol<'a> {
    /// Each with whether it has realised profit or loss.
    closes: Vec<(&'a Close, bool)>,
    /// The longest time from an order to its last change: a close from further back has nothing to do with a row.
    longest: i64,
}

impl<'a> OfSymbol<'a> {
    fn add(&mut self, close: &'a Close) {
        self.longest = self.longest.max(close.updated.saturating_sub(close.time));
        self.closes.push((close, false));
    }

    /// Returns whether a row of income is at one of the closes. Each close that it may belong to counts as one with income.
    fn claim(&mut self, row: &Income, gap: i64) -> bool {
        let late = if row.kind == IncomeKind::InsuranceClear { gap } else { 0 };
        let end = self.closes.partition_point(|(close, _)| close.time <= row.time);
        let mut is_found = false;
        for (close, has_income) in self.closes[..end].iter_mut().rev() {
            if row.time.saturating_sub(close.time) > self.longest.saturating_add(late) {
                break;
            }
            if row.time <= close.updated.saturating_add(late) {
                is_found = true;
                *has_income |= row.kind == IncomeKind::RealizedPnl;
            }
        }
        is_found
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::close;
    use super::*;

    fn income(kind: IncomeKind, symbol: &str, amount: &str, time: i64) -> Income {
        let amount = Amount::read(amount).expect("a number");
        Income { kind, symbol: symbol.into(), asset: "USDT".into(), amount, time, transaction: time.to_string() }
    }

    #[test]
    fn income_belongs_to_the_closes_of_its_symbol_and_moment() {
        let closes = [Close { updated: 1_100, ..close("A", 1_000, 1) }, close("B", 2_000, 2)];
        let rows = [
            income(IncomeKind::RealizedPnl, "A", "-5.5", 1_100),
            income(IncomeKind::Commission, "A", "-0.25", 1_050),
            income(IncomeKind::InsuranceClear, "B", "-1", 2_500),
            income(IncomeKind::RealizedPnl, "A", "3", 1_101),
            income(IncomeKind::RealizedPnl, "A", "9", 10),
        ];
        let found = reconciled(&closes, &rows, (1_000, 2_000), 600).expect("fits");
        let lines: Vec<_> = found
            .lines
            .iter()
            .map(|line| format!("{:?} {} {} {}", line.kind, line.sum, line.at_closes, line.difference))
            .collect();
        assert_eq!(lines, ["RealizedPnl -2.5 -5.5 3", "Commission -0.25 -0.25 0", "InsuranceClear -1 -1 0"]);
        assert_eq!(found.outside_of_period, 1);
        assert_eq!(found.closes_without_income.iter().map(|close| close.order_id).collect::<Vec<_>>(), [2]);
        assert_eq!(found.income_without_close.iter().map(|row| row.time).collect::<Vec<_>>(), [1_101]);
        assert!(!found.agrees());
    }

    #[test]
    fn each_close_with_its_income_agrees_and_margin_needs_none() {
        let closes = [close("A", 1, 1), Close { part: Part::Margin, ..close("M", 1, 2) }];
        let rows = [income(IncomeKind::RealizedPnl, "A", "-5", 1)];
        assert!(reconciled(&closes, &rows, (0, 5), 0).expect("fits").agrees());
    }
}
