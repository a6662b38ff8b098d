//! The positions in futures contracts and the wallets that collect their profit, as far as fills move them.

use crate::instruments::{contract_size, instruments, pair_of};
use papi_types::{Decimal, Group};
use std::collections::BTreeMap;

/// The positions and wallets of USDⓈ-M and COIN-M futures. All begin at zero, as the wallets of the exchange do.
#[derive(Debug, Default)]
pub(crate) struct Positions {
    held: BTreeMap<(&'static str, String, String), Position>,
    wallets: BTreeMap<(&'static str, &'static str), Decimal>,
}

/// A position in a contract.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Position {
    /// Quantity; negative when short.
    pub(crate) amount: Decimal,
    /// Average price at which it was entered; 0 when there is none.
    pub(crate) entry: Decimal,
    /// All profit that was ever realized in it.
    pub(crate) realized: Decimal,
}

/// What a fill did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moved {
    pub(crate) position: Position,
    /// The profit that it realized.
    pub(crate) realized: Decimal,
    /// The asset of the profit, and how much of it the wallet has now.
    pub(crate) asset: &'static str,
    pub(crate) wallet: Decimal,
}

impl Positions {
    /// Moves a position by a fill: `bought` is negative for a sale.
    pub(crate) fn fill(&mut self, group: Group, symbol: &str, side: &str, bought: Decimal, price: Decimal) -> Moved {
        let part = group.as_str();
        let held = self.held.entry((part, symbol.to_owned(), side.to_owned())).or_default();
        let reduces = !held.amount.is_zero() && held.amount.is_sign_negative() != bought.is_sign_negative();
        let closed = if reduces { held.amount.abs().min(bought.abs()) } else { Decimal::ZERO };
        let realized = profit(group, symbol, held.amount.is_sign_negative(), closed, held.entry, price);
        let before = held.amount;
        held.amount += bought;
        held.realized += realized;
        held.entry = match (reduces, held.amount.is_zero()) {
            (_, true) => Decimal::ZERO,
            (true, _) if before.abs() > bought.abs() => held.entry,
            (true, _) => price,
            (false, _) => average(held.entry, before.abs(), price, bought.abs()),
        };
        let position = *held;
        let asset = asset(group, symbol);
        let wallet = self.wallets.entry((part, asset)).or_default();
        *wallet += realized;
        Moved { position, realized, asset, wallet: *wallet }
    }
}

impl Moved {
    /// Returns the profit that closing the position at a price would realize.
    pub(crate) fn unrealized(&self, group: Group, symbol: &str, price: Decimal) -> Decimal {
        let Position { amount, entry, .. } = self.position;
        profit(group, symbol, amount.is_sign_negative(), amount.abs(), entry, price)
    }
}

/// Returns the asset in which profit and fees of a contract are counted.
pub(crate) fn asset(group: Group, symbol: &str) -> &'static str {
    let listed = instruments(group).iter().find(|each| each.symbol == symbol).or(instruments(group).first());
    listed.map_or("USDT", |instrument| instrument.asset)
}

fn average(entry: Decimal, held: Decimal, price: Decimal, added: Decimal) -> Decimal {
    let value = held.checked_mul(entry).zip(added.checked_mul(price)).and_then(|(old, new)| old.checked_add(new));
    let average = value.and_then(|value| value.checked_div(held + added)).unwrap_or(price);
    average.trunc_with_scale(8).normalize()
}

fn profit(group: Group, symbol: &str, was_short: bool, closed: Decimal, entry: Decimal, price: Decimal) -> Decimal {
    if closed.is_zero() || entry.is_zero() || price.is_zero() {
        return Decimal::ZERO;
    }
    let profit = if group == Group::Cm {
        let worth = contract_size(pair_of(symbol)).checked_mul(closed);
        let each = Decimal::ONE.checked_div(entry).zip(Decimal::ONE.checked_div(price));
        worth.zip(each).and_then(|(worth, (before, after))| worth.checked_mul(before - after))
    } else {
        closed.checked_mul(price - entry)
    };
    let profit = profit.unwrap_or_default().trunc_with_scale(8).normalize();
    if was_short { -profit } else { profit }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn fills_move_the_position_and_the_wallet() {
        let mut positions = Positions::default();
        let mut fill = |bought: &str, price: &str| {
            let moved = positions.fill(Group::Um, "BTCUSDT", "BOTH", number(bought), number(price));
            [moved.position.amount, moved.position.entry, moved.realized, moved.wallet]
                .map(|number| number.normalize().to_string())
        };
        assert_eq!(fill("2", "100"), ["2", "100", "0", "0"]);
        assert_eq!(fill("2", "110"), ["4", "105", "0", "0"], "the average of both prices");
        assert_eq!(fill("-1", "115"), ["3", "105", "10", "10"], "what remains keeps its price");
        assert_eq!(fill("-5", "100"), ["-2", "100", "-15", "-5"], "turned around at the price of the fill");
        assert_eq!(fill("2", "90"), ["0", "0", "20", "15"]);
    }

    #[test]
    fn coin_margined_profit_is_in_the_coin() {
        let mut positions = Positions::default();
        positions.fill(Group::Cm, "BTCUSD_PERP", "BOTH", number("10"), number("50000"));
        let moved = positions.fill(Group::Cm, "BTCUSD_PERP", "BOTH", number("-10"), number("62500"));
        // 10 contracts of 100 dollars were 0.02 BTC and are 0.016 BTC now.
        assert_eq!((moved.asset, moved.realized.to_string().as_str()), ("BTC", "0.004"));
    }
}
