//! Says when the page of one call is full, so that nobody takes the first rows for all rows, and names the command that
//! gets all of them.

use super::outgoing::Outgoing;
use crate::connect::exchange_options;
use crate::global_options::GlobalOptions;
use crate::kebab::dataset_name;
use crate::shell_word::shell_word;
use binance_papi::json::Json;
use binance_papi::spec::Paging;
use binance_papi::{Client, Timestamp};

/// Returns what to say when a reply has as many rows as its call allows, and may lack some; none for other replies.
/// `exchange` are the flags that lead an export to the same exchange.
pub(super) fn full_page(outgoing: &Outgoing, reply: &Json, exchange: &[String]) -> Option<String> {
    outgoing.typed.as_ref()?;
    let info = outgoing.info?;
    let (dataset, paging) = (dataset_name(info)?, info.paging?);
    let sent = |name: &str| outgoing.params.iter().find(|(each, _)| each == name).map(|(_, value)| value.as_str());
    let cap = info.param(paging.cap?)?;
    let most: usize = sent(cap.name).or(cap.default)?.parse().ok()?;
    let list = paging.rows.map_or(Some(reply), |field| reply.get(field));
    let rows = list.map_or(0, |list| list.rows().len());
    let total =
        paging.total.and_then(|field| reply.get(field)?.integer()).and_then(|total| usize::try_from(total).ok());
    if rows < most || total.is_some_and(|total| total <= rows) {
        return None;
    }
    let mut command = vec![format!("papi export {dataset}")];
    command.extend(export_flags(paging, &outgoing.params));
    command.push(format!("--out {dataset}.csv"));
    command.extend_from_slice(exchange);
    Some(format!(
        "the page is full: {rows} rows are all that `{}` allows, and there may be more; this gets every row: {}",
        cap.name,
        command.join(" ")
    ))
}

/// Returns the flags with which an export asks for what the call asked for.
fn export_flags(paging: Paging, params: &[(String, String)]) -> Vec<String> {
    let is_of_page = |name: &str| [paging.cap, paging.page, paging.from_id].contains(&Some(name));
    let mut flags = Vec::new();
    for (name, value) in params.iter().filter(|(name, _)| !is_of_page(name)) {
        let flag = match (paging.window, name.as_str()) {
            (Some(window), name) if name == window.from => format!("--from {}", utc(value, 0)),
            // An export ends before its end, a call with it.
            (Some(window), name) if name == window.to => format!("--to {}", utc(value, 1)),
            (_, "symbol") => format!("--symbol {}", shell_word(value)),
            _ => format!("--param {}", shell_word(&format!("{name}={value}"))),
        };
        flags.push(flag);
    }
    flags
}

fn utc(millis: &str, more: i64) -> String {
    millis
        .parse::<i64>()
        .map_or_else(|_| shell_word(millis), |millis| Timestamp::from_millis(millis.saturating_add(more)).to_string())
}

/// Returns the flags that lead another command to the exchange and the account of this one.
pub(super) fn exchange_flags(global: &GlobalOptions, client: &Client) -> Vec<String> {
    if global.sandbox {
        return vec!["--sandbox".to_owned()];
    }
    exchange_options(client.base_url(), global.profile.as_deref()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::outgoing::Rules;
    use super::*;
    use binance_papi::{EndpointInfo, account, margin, um};

    const NOW: Timestamp = Timestamp::from_millis(1_792_742_400_000);

    fn note(info: &'static EndpointInfo, params: &[(&str, &str)], reply: &str) -> Option<String> {
        let pairs: Vec<_> = params.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
        let outgoing = Outgoing::typed(info, &pairs, Rules::Applied, NOW).expect("valid");
        full_page(&outgoing, &Json::parse(reply).expect("valid"), &["--sandbox".to_owned()])
    }

    #[test]
    fn a_full_page_names_the_export_with_what_the_call_asked_for() {
        let params = [
            ("symbol", "BTCUSDT"),
            ("autoCloseType", "ADL"),
            ("startTime", "2026-10-20"),
            ("endTime", "2026-10-21T00:00:00"),
            ("limit", "2"),
        ];
        let said = note(um::ForceOrders::INFO, &params, "[{},{}]").expect("full");
        let command = "papi export um-force-orders --symbol BTCUSDT --param autoCloseType=ADL \
                       --from 2026-10-20T00:00:00.000Z --to 2026-10-21T00:00:00.001Z --out um-force-orders.csv --sandbox";
        assert!(said.contains("2 rows are all that `limit` allows") && said.ends_with(command), "{said}");
        assert_eq!(note(um::ForceOrders::INFO, &params, "[{}]"), None);
    }

    #[test]
    fn a_page_is_full_with_the_documented_default_and_not_with_all_rows_there_are() {
        let rows = |count: usize| vec!["{}"; count].join(",");
        assert!(note(um::ForceOrders::INFO, &[], &format!("[{}]", rows(50))).is_some());
        assert_eq!(note(um::ForceOrders::INFO, &[], &format!("[{}]", rows(49))), None);
        let paged = |total: usize| format!("{{\"rows\":[{}],\"total\":{total}}}", rows(3));
        assert!(note(margin::ForceOrders::INFO, &[("size", "3")], &paged(4)).is_some());
        assert_eq!(note(margin::ForceOrders::INFO, &[("size", "3")], &paged(3)), None);
    }

    #[test]
    fn a_list_that_no_export_walks_is_offered_none() {
        assert_eq!(note(account::Balance::INFO, &[], "[{},{}]"), None);
    }
}
