//! The promises of the records: unique keys, rows within the asked range, edges included, pages that fit together.

use super::*;
use papi_types::spec::Paging;
use papi_types::{ENDPOINTS, EndpointInfo};
use std::collections::BTreeSet;

const DAY: i64 = 86_400_000;
const NOW: i64 = 1_790_000_012_345;

fn histories() -> impl Iterator<Item = &'static EndpointInfo> {
    ENDPOINTS.iter().copied().filter(|info| crate::routes::is_derived(info))
}

fn ask(info: &'static EndpointInfo, params: &[(&str, &str)]) -> (Vec<Json>, Option<i64>) {
    let request = Request { info, params: params.to_vec() };
    let reply = list(&request, &mut Account::new(7), Timestamp::from_millis(NOW)).unwrap();
    assert!((info.reprint)(reply.as_bytes()).is_ok(), "{}: {reply}", info.type_path());
    let reply = Json::parse(&reply).unwrap();
    let paging = info.paging.unwrap();
    let rows = paging.rows.map_or(Some(&reply), |field| reply.get(field)).unwrap().rows().to_vec();
    (rows, paging.total.and_then(|field| reply.get(field)?.integer()))
}

fn key(row: &Json, paging: &Paging) -> Vec<String> {
    paging.key.iter().map(|field| row.get(field).unwrap().scalar().unwrap().to_owned()).collect()
}

/// Parameters for a range of time, with the largest page.
fn within(info: &'static EndpointInfo, from: i64, to: i64) -> Vec<(&'static str, String)> {
    let paging = info.paging.unwrap();
    let window = paging.window.unwrap();
    let mut params = vec![(window.from, from.to_string()), (window.to, to.to_string())];
    if let Some(Some(papi_types::spec::Bound::Closed(papi_types::spec::Limit::Number(most)))) =
        paging.cap.map(|cap| info.param(cap).unwrap().max)
    {
        params.push((paging.cap.unwrap(), most.to_string()));
    }
    params
}

fn borrowed<'a>(params: &'a [(&'static str, String)]) -> Vec<(&'static str, &'a str)> {
    params.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

#[test]
fn all_histories_but_those_of_orders_are_records() {
    let names: BTreeSet<String> = histories().map(EndpointInfo::type_path).collect();
    for name in ["um::Trades", "um::IncomeHistory", "cm::Trades", "margin::Loans", "account::InterestHistory"] {
        assert!(names.contains(name), "{name}: {names:?}");
    }
    assert!(!names.iter().any(|name| name.contains("Order")), "{names:?}");
}

#[test]
fn rows_lie_in_the_range_and_are_told_apart_by_their_keys() {
    for info in histories() {
        let paging = info.paging.unwrap();
        let time = |row: &Json| row.get(paging.time.unwrap()).unwrap().integer().unwrap();
        let (from, to) = (NOW - 20 * DAY, NOW - DAY);
        let (rows, _) = ask(info, &borrowed(&within(info, from, to)));
        assert!(rows.len() > 20, "{}: {}", info.type_path(), rows.len());
        assert!(rows.iter().all(|row| (from..=to).contains(&time(row))), "{}", info.type_path());
        let keys: BTreeSet<_> = rows.iter().map(|row| key(row, &paging)).collect();
        assert_eq!(keys.len(), rows.len(), "{}", info.type_path());

        let edge = time(&rows[rows.len() / 2]);
        let (at_edge, _) = ask(info, &borrowed(&within(info, edge, edge)));
        let expected = rows.iter().filter(|row| time(row) == edge).count();
        assert_eq!(at_edge.len(), expected, "{}", info.type_path());
        assert_eq!(ask(info, &borrowed(&within(info, from, to))).0, rows, "the same again");
    }
}

#[test]
fn pages_are_disjoint_and_complete() {
    let in_pages = histories().filter(|info| info.paging.unwrap().page.is_some());
    for info in in_pages {
        let paging = info.paging.unwrap();
        let range = within(info, NOW - 20 * DAY, NOW);
        let (whole, total) = ask(info, &borrowed(&range));
        let mut pages = Vec::new();
        for page in ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"] {
            let mut params = borrowed(&range);
            params.retain(|(name, _)| Some(*name) != paging.cap);
            params.extend([(paging.page.unwrap(), page), (paging.cap.unwrap(), "10")]);
            let (rows, counted) = ask(info, &params);
            assert_eq!(counted, total);
            pages.extend(rows);
        }
        assert_eq!(pages, whole, "{}", info.type_path());
        assert_eq!(total, i64::try_from(whole.len()).ok());
    }
}

#[test]
fn a_number_starts_the_search_wherever_it_is() {
    for info in histories().filter(|info| info.paging.unwrap().from_id.is_some()) {
        let (rows, _) = ask(info, &borrowed(&within(info, NOW - 30 * DAY, NOW - 20 * DAY)));
        let number = rows[3].get("id").unwrap().scalar().unwrap();
        let (found, _) = ask(info, &[("fromId", number), ("limit", "2")]);
        assert_eq!(found, rows[3..5], "{}", info.type_path());
    }
}

#[test]
fn symbols_and_kinds_select() {
    let income = histories().find(|info| info.type_path() == "um::IncomeHistory").unwrap();
    let all = within(income, NOW - 60 * DAY, NOW);
    for (name, value) in [("symbol", "币安人生USDT"), ("incomeType", "FUNDING_FEE")] {
        let mut params = borrowed(&all);
        params.push((name, value));
        let (rows, _) = ask(income, &params);
        assert!(
            !rows.is_empty() && rows.iter().all(|row| row.get(name).unwrap().scalar().unwrap() == value),
            "{value}"
        );
    }
    assert!(ask(income, &[("symbol", "NOSUCHUSDT")]).0.is_empty());
}

#[test]
fn a_pair_selects_its_contracts() {
    let trades = histories().find(|info| info.type_path() == "cm::Trades").unwrap();
    let mut symbols = BTreeSet::new();
    for day in 1..20 {
        let mut params = within(trades, NOW - day * DAY, NOW - (day - 1) * DAY);
        params.push(("pair", "BTCUSD".to_owned()));
        let (rows, _) = ask(trades, &borrowed(&params));
        symbols.extend(rows.iter().map(|row| row.get("symbol").unwrap().scalar().unwrap().to_owned()));
    }
    assert_eq!(symbols.into_iter().collect::<Vec<_>>(), ["BTCUSD_261225", "BTCUSD_PERP"]);
}

#[test]
fn a_loan_is_found_by_its_number_alone() {
    let loans = histories().find(|info| info.type_path() == "margin::Loans").unwrap();
    let (rows, _) = ask(loans, &[("asset", "USDT"), ("startTime", "1787000000000"), ("endTime", "1788000000000")]);
    let number = rows[0].get("txId").unwrap().scalar().unwrap();
    assert_eq!(ask(loans, &[("asset", "USDT"), ("txId", number)]), (rows[..1].to_vec(), Some(1)));
}

#[test]
fn each_forced_close_of_futures_has_its_income() {
    let text = |row: &Json, name: &str| row.get(name).unwrap().scalar().unwrap().to_owned();
    for (name, product) in [("um::IncomeHistory", Product::Um), ("cm::IncomeHistory", Product::Cm)] {
        let income = histories().find(|info| info.type_path() == name).unwrap();
        let mut liquidations = 0;
        for day in 1..60 {
            let (from, to) = (NOW - day * DAY, NOW - (day - 1) * DAY - 1);
            let (rows, _) = ask(income, &borrowed(&within(income, from, to)));
            assert!(rows.iter().is_sorted_by_key(|row| row.get("time").and_then(Json::integer)), "{name}");
            let range = [from, to].map(Timestamp::from_millis);
            let closes = Account::new(7).seeded_rows.between(product, range[0], range[1]);
            for close in closes.iter().filter(|close| close.update_time <= range[1]) {
                let time = close.update_time.as_millis().to_string();
                let of_close: BTreeSet<_> = rows
                    .iter()
                    .filter(|row| text(row, "symbol") == close.symbol && text(row, "time") == time)
                    .map(|row| text(row, "incomeType"))
                    .collect();
                let is_liquidation = close.cause == crate::rows::Cause::Liquidation;
                liquidations += u32::from(is_liquidation);
                for (kind, is_there) in
                    [("REALIZED_PNL", true), ("COMMISSION", true), ("INSURANCE_CLEAR", is_liquidation)]
                {
                    assert!(!is_there || of_close.contains(kind), "{name}: {kind} of {close:?} in {of_close:?}");
                }
            }
        }
        assert!(liquidations > 20, "{name}: {liquidations}");
    }
}
