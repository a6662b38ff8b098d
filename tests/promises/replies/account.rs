//! What the wire does in replies about the account as a whole.

use super::Reply;

const ACCOUNT: &str = "GET /papi/v1/account";
const BALANCE: &str = "GET /papi/v1/balance";

#[test]
fn numbers_of_the_account_are_empty_texts() {
    let reply = Reply::to(ACCOUNT).with("totalAvailableBalance", "\"\"").with("totalMarginOpenLoss", "\"\"");
    reply.reads();
    reply.with("totalAvailableBalance", "\"0.5\"").with("totalMarginOpenLoss", "null").reads();
}

#[test]
fn account_equity_and_actual_equity_are_swapped() {
    Reply::to(ACCOUNT).with("accountEquity", "\"122607.35\"").with("actualEquity", "\"73.47\"").reads();
    Reply::to(ACCOUNT).with("accountEquity", "\"73.47\"").with("actualEquity", "\"122607.35\"").reads();
}

#[test]
fn balances_are_one_object_or_a_list() {
    let row = r#"{"asset":"USDT","totalWalletBalance":"126.7","crossMarginAsset":"103.0","crossMarginBorrowed":"10.0",
        "crossMarginFree":"100.0","crossMarginInterest":"0.7","crossMarginLocked":"3.0","umWalletBalance":"0.0",
        "umUnrealizedPNL":"23.7","cmWalletBalance":"23.7","cmUnrealizedPNL":"0.1","updateTime":1617939110373,
        "negativeBalance":"0"}"#;
    Reply::new(BALANCE, row).reads();
    Reply::new(BALANCE, &format!("[{row},{row}]")).reads();
    Reply::new(BALANCE, "[]").reads();
}

#[test]
fn a_single_balance_has_no_cross_margin_asset() {
    Reply::to(BALANCE).without("[].crossMarginAsset").reads();
}

#[test]
fn the_cm_profit_of_a_balance_is_an_empty_text() {
    Reply::to(BALANCE).with("[].cmUnrealizedPNL", "\"\"").reads();
}

#[test]
fn the_update_time_of_a_balance_is_0_as_text() {
    Reply::to(BALANCE).with("[].updateTime", "\"0\"").reads();
    Reply::to(BALANCE).with("[].updateTime", "0").reads();
}

#[test]
fn an_account_status_that_no_page_lists_is_kept() {
    Reply::to(ACCOUNT).with("accountStatus", "\"SOMETHING_NEW\"").reads();
}

#[test]
fn an_answer_without_what_a_reply_needs_is_an_error() {
    for call in [ACCOUNT, BALANCE] {
        Reply::new(call, r#"{"code":-1003,"msg":"Too many requests."}"#).is_refused();
        Reply::new(call, "null").is_refused();
        Reply::new(call, "\"\"").is_refused();
    }
}
