//! What a forced close of futures does to the wallet, as rows of the income history: realised profit or loss, the fee, and for
//! a liquidation what the insurance fund takes.

use super::cause::Cause;
use super::row::ForceOrder;
use crate::rng::Rng;
use papi_types::Decimal;
use papi_types::json::Json;

/// Shares of the value are counted in hundredths of a percent.
const WHOLE: i64 = 10_000;

/// What is taken as a fee, and by the insurance fund.
const FEE: i64 = 5;
const CLEARANCE: i64 = 125;

/// Digits after the point, as the wallet has them.
const SCALE: u32 = 8;

impl ForceOrder {
    /// Returns the rows of income with the fields in the documented order. They come when the order has ended.
    pub(crate) fn income(&self, seed: u64) -> Vec<Json> {
        let instruments = self.product.instruments();
        let found = (0..).zip(instruments).find(|(_, instrument)| instrument.symbol == self.symbol);
        let Some((index, instrument)) = found else { return Vec::new() };
        let time = self.update_time;
        // As many as are told apart of one symbol within a millisecond.
        let number = time.as_millis() * 1_000_000 + index * 100_000 + self.order_id % 100_000;
        let mut rng = Rng::new(seed, &[self.product.number(), self.order_id, time.as_millis()]);
        // Who is liquidated loses, and only a position with a profit is deleveraged.
        let profit = match self.cause {
            Cause::Liquidation => -rng.between(200, 1_200),
            Cause::Adl => rng.between(100, 900),
            Cause::Settlement | Cause::Delivery => rng.between(-400, 400),
        };
        let clearance = (self.cause == Cause::Liquidation).then_some(("INSURANCE_CLEAR", -CLEARANCE));
        let shares = [("REALIZED_PNL", profit), ("COMMISSION", -FEE)].into_iter().chain(clearance);
        let row = |(kind, share)| {
            Json::object([
                ("symbol", Json::text(self.symbol)),
                ("incomeType", Json::text(kind)),
                ("income", Json::text(self.share_of_value(share).to_string())),
                ("asset", Json::text(instrument.asset)),
                ("info", Json::text(kind)),
                ("time", Json::number(time.as_millis())),
                ("tranId", Json::text(number.to_string())),
                ("tradeId", Json::text(self.order_id.to_string())),
            ])
        };
        shares.map(row).collect()
    }

    fn share_of_value(&self, share: i64) -> Decimal {
        let mut amount = (self.value * Decimal::from(share) / Decimal::from(WHOLE)).trunc_with_scale(SCALE);
        amount.rescale(SCALE);
        amount
    }
}
