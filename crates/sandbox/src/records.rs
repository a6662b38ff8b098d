//! The histories of the account: rows that follow from the seed and the day, made of the documented example and walked
//! as the endpoint's paging says.

use crate::account::Account;
use crate::history::dice::Dice;
use crate::json::Json;
use crate::refusal::Refusal;
use crate::routes::Request;
use crate::template;
use crate::venues::{Venue, venues};
use crate::windows::searched;
use papi_types::{EndpointInfo, Kind, Paging, Span, Timestamp};

/// How far back rows are kept where the rules do not say.
pub(crate) const KEPT: Span = papi_types::spec::months(12);

const DAY: i64 = 86_400_000;
const HOUR: i64 = 3_600_000;

/// More than a day has rows, so that numbers grow from day to day.
const NUMBERS_PER_DAY: i64 = 1_000;

/// What numbers are counted from where the example's number is beyond what a double can hold.
const BEYOND_DOUBLES: i64 = 4_611_875_000_000_000_000;
const DOUBLE_HOLDS: i64 = 9_007_199_254_740_992;

/// Fields with an asset that a row is about.
const ASSETS: [&str; 4] = ["asset", "rawAsset", "marginAsset", "commissionAsset"];

/// Numbers of other things that a row refers to.
const REFERENCES: [&str; 2] = ["orderId", "tradeId"];

/// Answers a history with the rows that were asked for.
///
/// Pages stand newest first, as the lists of margin do; everything else oldest first.
pub(crate) fn walk(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let reply = request.example()?;
    let Some(paging) = request.info.paging else { return Ok(reply.to_string()) };
    let examples = paging.rows.map_or(Some(&reply), |rows| reply.get(rows)).map(Json::rows).unwrap_or_default();
    let past = Past { seed: account.seed, info: request.info, paging, examples };
    let (from, to) = range(request, &paging, now, KEPT);
    let mut rows = past.between(from, to);
    rows.retain(|row| is_asked_for(row, request, &paging));

    let total = rows.len();
    let rows = account.pages.page(rows, request);
    Ok(listed(reply, Json::List(rows), total, &paging).to_string())
}

/// The documented reply with other rows, and with another number of all rows where it has one.
pub(crate) fn listed(mut reply: Json, rows: Json, total: usize, paging: &Paging) -> Json {
    let Some(field) = paging.rows else { return rows };
    reply.replace(field, rows);
    if let Some(field) = paging.total
        && let Some(shown) = reply.get(field)
    {
        let total = shown.like(&total.to_string());
        reply.replace(field, total);
    }
    reply
}

/// The range of time to search. Whoever asks for a number, or from a number on, asks for it whenever it was.
pub(crate) fn range(request: &Request<'_>, paging: &Paging, now: Timestamp, kept: Span) -> (Timestamp, Timestamp) {
    let by_number = paging.from_id.is_some_and(|name| request.sent(name).is_some())
        || paging.key.iter().any(|name| is_number(name, paging) && request.sent(name).is_some());
    if by_number { (kept.before(now), now) } else { searched(request, now, kept) }
}

/// Whether a field of the key is a number that the exchange gives.
fn is_number(name: &str, paging: &Paging) -> bool {
    Some(name) != paging.time && name.to_ascii_lowercase().ends_with("id")
}

/// Every parameter that is a field of the rows selects by it; one that starts at a number leaves out what is before it.
pub(crate) fn is_asked_for(row: &Json, request: &Request<'_>, paging: &Paging) -> bool {
    let has = |name: &str, sent: &str| row.get(name).and_then(Json::told).is_none_or(|told| told == sent);
    let window = paging.window.map(|window| [window.from, window.to]).unwrap_or_default();
    let selects = |name: &str| !window.contains(&name) && Some(name) != paging.from_id;
    let from = paging.from_id.and_then(|name| request.number(name));
    let number = paging.key.iter().rfind(|name| is_number(name, paging)).and_then(|name| row.get(name)?.whole());
    request.params.iter().filter(|(name, _)| selects(name)).all(|(name, sent)| has(name, sent))
        && from.is_none_or(|from| number.is_none_or(|number| number >= from))
}

/// The past of one endpoint.
struct Past<'a> {
    seed: u64,
    info: &'static EndpointInfo,
    paging: Paging,
    examples: &'a [Json],
}

impl Past<'_> {
    /// The rows from one instant to another, both included, oldest first.
    fn between(&self, from: Timestamp, to: Timestamp) -> Vec<Json> {
        let (from, to) = (from.as_millis(), to.as_millis());
        let mut rows = Vec::new();
        for day in from.div_euclid(DAY)..=to.div_euclid(DAY) {
            let moments = (0..).zip(self.moments(day)).filter(|(_, at)| (from..=to).contains(at));
            rows.extend(moments.filter_map(|(index, at)| self.row(day, index, at)));
        }
        rows
    }

    fn dice(&self, numbers: [i64; 2]) -> Dice {
        // The path names the endpoint, and nothing else does so for good.
        let path = self.info.path.bytes().fold(0_i64, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
        Dice::new(self.seed, &[path, numbers[0], numbers[1]])
    }

    /// When something happened on a day. Where rows are told apart by their time it happened in different hours;
    /// elsewhere some share a millisecond. Once a week it happened in the first and the last one of the day.
    fn moments(&self, day: i64) -> Vec<i64> {
        let mut dice = self.dice([day, -1]);
        let apart = self.paging.time.is_some_and(|time| self.paging.key.contains(&time));
        let mut moments: Vec<i64> = (0..dice.between(0, 7)).map(|_| dice.between(0, DAY)).collect();
        if apart {
            for at in &mut moments {
                *at -= *at % HOUR;
            }
        } else if dice.chance(40)
            && let Some(first) = moments.first().copied()
        {
            moments.push(first);
        }
        if day.rem_euclid(7) == 0 {
            moments.extend([0, DAY - 1]);
        }
        moments.sort_unstable();
        if apart {
            moments.dedup();
        }
        moments.iter().map(|at| day * DAY + at).collect()
    }

    fn row(&self, day: i64, index: i64, at: i64) -> Option<Json> {
        let mut dice = self.dice([day, index]);
        let mut row = dice.pick(self.examples)?.clone();
        let venue = dice.pick(venues(self.info.group))?;
        let time = self.paging.time?;
        let was = row.get(time)?.whole()?;
        template::shift(&mut row, at - was);
        about(&mut row, venue);
        self.choose_words(&mut row, &mut dice);
        let number = day * NUMBERS_PER_DAY + index;
        for name in self.paging.key.iter().filter(|name| is_number(name, &self.paging)).chain(&REFERENCES) {
            if let Some(shown) = row.get(name)
                && let Some(documented) = shown.whole()
            {
                let base = if documented > DOUBLE_HOLDS { BEYOND_DOUBLES } else { 0 };
                let value = shown.like(&(base + number).to_string());
                row.replace(name, value);
            }
        }
        Some(row)
    }

    /// A row about a symbol may be of any kind that can be asked for, except those which are about none.
    fn choose_words(&self, row: &mut Json, dice: &mut Dice) {
        let about_none = |row: &Json| row.get("symbol").and_then(Json::told).is_some_and(|symbol| symbol.is_empty());
        if about_none(row) {
            return;
        }
        for param in self.info.params.iter().filter(|param| param.kind == Kind::Word) {
            let taken: Vec<_> = self
                .examples
                .iter()
                .filter(|row| about_none(row))
                .filter_map(|row| row.get(param.name)?.told())
                .collect();
            let words: Vec<_> = param.words.iter().filter(|word| taken.iter().all(|taken| taken != *word)).collect();
            if let Some(word) = dice.pick(&words) {
                row.replace(param.name, Json::text(word));
            }
        }
    }
}

/// Makes a row be about a symbol and its assets; what is empty stays empty.
fn about(row: &mut Json, venue: &Venue) {
    row.each_field(&mut |name, value| {
        let text = match name {
            "symbol" => venue.symbol,
            "pair" => template::pair_of(venue.symbol),
            _ if ASSETS.contains(&name) => venue.asset,
            _ => return,
        };
        if value.told().is_some_and(|told| !told.is_empty()) {
            *value = value.like(text);
        }
    });
}

#[cfg(test)]
mod tests;
