//! Where a call goes is never a surprise.

mod common;

use common::{command, finish};

#[test]
fn an_empty_base_url_is_refused_and_not_taken_for_production() {
    let mut command = command(&["um", "force-orders"]);
    command.env("PAPI_BASE_URL", "").env("BINANCE_API_KEY", "k").env("BINANCE_API_SECRET", "s");
    finish(command).expect(2, &["the base URL is not one, such as https://papi.binance.com"]);
}

#[cfg(unix)]
#[test]
fn a_base_url_that_is_not_text_is_refused_and_not_taken_for_production() {
    use std::os::unix::ffi::OsStringExt as _;
    let mut command = command(&["um", "force-orders"]);
    command.env("PAPI_BASE_URL", std::ffi::OsString::from_vec(vec![0xff, 0x41]));
    command.env("BINANCE_API_KEY", "k").env("BINANCE_API_SECRET", "s");
    finish(command).expect(2, &["PAPI_BASE_URL is not text"]);
}
