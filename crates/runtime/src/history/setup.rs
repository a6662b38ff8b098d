//! What is walked: an endpoint, what the caller fixed, and what follows from the spec.

use super::period::Period;
use super::question::{IgnoredWindow, WalkConfig, WindowRequest};
use super::saturated_instant::Dimension;
use super::shape::{Shape, highest};
use crate::error::Error;
use crate::plural::counted;
use papi_types::error::Invalid;
use papi_types::spec::{Condition, Kind, Paging, PagingWindow, ReprintReply, Span};
use papi_types::{Endpoint, EndpointInfo, Timestamp};
use std::collections::BTreeSet;
use std::time::Duration;

/// What walking a period takes at least, known before anything is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Plan {
    /// The first millisecond that will be asked for; later than the period's when the exchange keeps nothing that old.
    pub from: Timestamp,
    /// The last one.
    pub to: Timestamp,
    /// How many windows cover the period. Full pages make them more.
    pub windows: u64,
    /// The fewest requests: one for each window.
    pub requests: u64,
    /// Their weight.
    pub weight: u64,
}

/// The walk of one request.
#[derive(Debug)]
pub(crate) struct Setup {
    pub(crate) info: &'static EndpointInfo,
    pub(crate) paging: Paging,
    pub(crate) window: PagingWindow,
    pub(crate) shape: Shape,
    /// The parameters that the caller fixed, and the cap.
    base: Vec<(&'static str, String)>,
    pub(crate) dimensions: Vec<Dimension>,
    /// How far back the exchange keeps rows; none when no rule says so.
    reach: Option<Span>,
    reprint_row: ReprintReply,
}

/// How much later than the oldest millisecond a window begins at least, for the way to the exchange.
const MARGIN: Duration = Duration::from_secs(60);

impl Setup {
    pub(crate) fn of(request: &dyn Endpoint, now: Timestamp) -> Result<Self, Error> {
        let info = request.info();
        let walked = info.paging.and_then(|paging| Some((paging, paging.window?, Shape::of(info)?, info.reprint_row?)));
        let Some((paging, window, shape, reprint_row)) = walked else {
            return Err(Error::invalid(format!("{} has no history to walk", info.type_path())));
        };
        let mut base = Vec::new();
        request.each(&mut |param, value| base.push((param.name, value.to_string())));
        let ours = [Some(window.from), Some(window.to), paging.page, paging.cap, paging.from_id];
        // What the constructor insists on counts for nothing here.
        let insisted = |name: &&str| ours.contains(&Some(name)) && info.param(name).is_some_and(|param| param.required);
        base.retain(|(name, _)| !insisted(name));
        let set: Vec<&str> = base.iter().map(|(name, _)| *name).filter(|name| ours.contains(&Some(name))).collect();
        if !set.is_empty() {
            return Err(Error::invalid(format!("leave out {}: walking the history sets it", set.join(" and "))));
        }
        let fixed: Vec<&str> = base.iter().map(|(name, _)| *name).collect();
        let open = paging.narrow_by.iter().filter(|name| !fixed.contains(name)).filter_map(|name| info.param(name));
        let dimensions = open
            .map(|param| {
                let words = if param.kind == Kind::Word { param.words } else { &[] };
                Dimension { param: param.name, values: words.iter().map(|word| (*word).to_owned()).collect() }
            })
            .collect();
        let reach = reach(info, &base);
        base.extend(paging.cap.and_then(|cap| Some((cap, highest(info, cap)?.to_string()))));
        let setup = Self { info, paging, window, shape, base, dimensions, reach, reprint_row };
        // Before anything is sent it is known whether the caller's part of the request is valid.
        let first = setup.first_request(now.as_millis().saturating_sub(1), now.as_millis());
        first.and_then(|request| request.check(now)).map_err(Error::rules)?;
        Ok(setup)
    }

    fn first_request(&self, from: i64, to: i64) -> Result<Box<dyn Endpoint>, Invalid> {
        self.request(&WindowRequest { page: self.paging.page.map(|_| 1), ..WindowRequest::new(from, to) })
    }

    /// The request for a window.
    pub(crate) fn request(&self, window: &WindowRequest) -> Result<Box<dyn Endpoint>, Invalid> {
        let (from, to) = (window.from.to_string(), window.to.to_string());
        let page = window.page.map(|page| page.to_string());
        let mut pairs: Vec<(&str, &str)> = self.base.iter().map(|(name, value)| (*name, value.as_str())).collect();
        pairs.extend([(self.window.from, from.as_str()), (self.window.to, to.as_str())]);
        pairs.extend(self.paging.page.zip(page.as_deref()));
        let filter = window.filter.iter();
        pairs.extend(filter.filter_map(|(index, value)| Some((self.dimensions.get(*index)?.param, value.as_str()))));
        (self.info.parse)(&pairs)
    }

    /// The oldest millisecond that may be asked for.
    pub(crate) fn oldest(&self, now: Timestamp) -> Option<i64> {
        Some(self.reach?.before(now).plus(MARGIN).as_millis())
    }

    /// The names of a row's fields that a walk looks at: time, key, and what narrows.
    pub(crate) fn fields(&self) -> Vec<&'static str> {
        let narrow = self.dimensions.iter().map(|dimension| dimension.param);
        self.paging.time.into_iter().chain(self.paging.key.iter().copied()).chain(narrow).collect()
    }

    /// The call that lists names, where there is one that is known and something to be named.
    pub(crate) fn names(&self) -> Option<&'static EndpointInfo> {
        EndpointInfo::of(self.paging.names.filter(|_| !self.dimensions.is_empty())?)
    }

    /// The end of a walk whose windows the exchange does not look at.
    pub(crate) fn ignored(&self, IgnoredWindow { from, to, rows }: IgnoredWindow) -> Error {
        let (method, path, rows) = (self.info.method, self.info.path, counted(rows as u64, "row"));
        Error::incomplete(format!(
            "{method} {path}: a full page of {rows}, asked for from {from} to {to}, has no row of that time; \
             the exchange does not keep to the window, and the walk ends here"
        ))
    }

    pub(crate) fn config(&self, concurrency: usize, named: &[(String, BTreeSet<String>)]) -> WalkConfig {
        let mut dimensions = self.dimensions.clone();
        for (param, names) in named {
            for dimension in dimensions.iter_mut().filter(|dimension| dimension.param == param) {
                dimension.values.extend(names.iter().cloned());
            }
        }
        WalkConfig {
            shape: self.shape.clone(),
            dimensions,
            has_names: self.names().is_some(),
            concurrency,
            reprint: self.reprint_row,
        }
    }

    pub(crate) fn plan(&self, period: Period, now: Timestamp) -> Plan {
        let (from, to) = (period.begin(now).as_millis(), period.end(now).as_millis());
        let from = self.oldest(now).map_or(from, |oldest| from.max(oldest));
        let windows = if from > to { 0 } else { self.shape.windows(from, to) };
        let weight = self.first_request(from, from).map_or(0, |request| request.cost().weight);
        Plan {
            from: Timestamp::from_millis(from),
            to: Timestamp::from_millis(to),
            windows,
            requests: windows,
            weight: windows * u64::from(weight),
        }
    }
}

/// How far back there are rows, by the rules that apply to what the caller fixed.
fn reach(info: &EndpointInfo, base: &[(&'static str, String)]) -> Option<Span> {
    let holds = |condition: &Condition| {
        let sent = base.iter().find(|(name, _)| *name == condition.param);
        condition.holds_for(sent.map(|(_, value)| value.as_str()))
    };
    let mut reaches = info.windows().filter(|(when, _)| when.iter().all(holds)).filter_map(|(_, window)| window.reach);
    reaches.find(|reach| !reach.unless.iter().any(holds)).map(|reach| reach.span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use papi_types::{cm, margin, um};

    const NOW: Timestamp = Timestamp::from_millis(1_792_000_000_000);
    const DAY: Duration = Duration::from_secs(86_400);

    #[test]
    fn a_plan_tells_windows_and_weight_of_what_the_exchange_keeps() {
        let all = Setup::of(&um::ForceOrders::new(), NOW).expect("a history");
        let plan = all.plan(Period::last(90 * DAY), NOW);
        assert_eq!((plan.windows, plan.requests, plan.weight), (13, 13, 650));
        assert_eq!(plan.from.as_millis(), NOW.as_millis() - 90 * 86_400_000 + 60_000);
        assert_eq!(all.plan(Period::last(400 * DAY), NOW), plan);
        let one = Setup::of(&um::ForceOrders::new().symbol("BTCUSDT"), NOW).expect("a history");
        assert_eq!(one.plan(Period::last(90 * DAY), NOW).weight, 13 * 20);
        let gone = Period::between(Timestamp::from_millis(0), Timestamp::from_millis(1));
        assert_eq!(one.plan(gone, NOW).requests, 0);
    }

    #[test]
    fn a_request_has_the_cap_its_window_and_what_the_caller_fixed() {
        let setup = Setup::of(&margin::Loans::new("USDT").archived(true), NOW).expect("a history");
        let sent = WindowRequest { from: 5, to: 6, page: Some(3), filter: Vec::new() };
        let request = setup.request(&sent).expect("a request");
        let mut query = papi_types::Query::new();
        request.encode(&mut query);
        assert_eq!(query.as_str(), "asset=USDT&startTime=5&endTime=6&current=3&size=100&archived=true");
        assert_eq!(setup.oldest(NOW), None, "archived rows are kept for good");
        assert!(Setup::of(&margin::Loans::new("USDT"), NOW).expect("a history").oldest(NOW).is_some());
    }

    #[test]
    fn what_the_walk_sets_and_what_breaks_rules_is_refused_before_anything_is_sent() {
        let refused = |request: &dyn Endpoint| Setup::of(request, NOW).expect_err("refused").to_string();
        let text = refused(&um::ForceOrders::new().start_time(NOW).limit(5));
        assert!(text.contains("startTime and limit"), "{text}");
        assert!(refused(&um::Account::new()).contains("no history"));
        assert!(refused(&cm::Trades::new()).contains("pair"), "either symbol or pair");
    }

    #[test]
    fn words_and_names_that_narrow_come_from_the_spec() {
        let setup = Setup::of(&um::ForceOrders::new(), NOW).expect("a history");
        let values: Vec<_> = setup.dimensions.iter().map(|found| (found.param, found.values.len())).collect();
        assert_eq!(values, [("autoCloseType", 2), ("symbol", 0)]);
        assert_eq!(setup.names().map(|info| info.path), Some("/papi/v1/um/account"));
        assert_eq!(setup.fields(), ["time", "symbol", "orderId", "autoCloseType", "symbol"]);
        let fixed =
            Setup::of(&um::ForceOrders::new().auto_close_type("ADL").symbol("BTCUSDT"), NOW).expect("a history");
        assert!(fixed.dimensions.is_empty() && fixed.names().is_none());
    }
}
