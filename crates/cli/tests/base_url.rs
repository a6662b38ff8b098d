//! Where a call goes is never a surprise.

mod common;

use common::{command, finish};

#[test]
fn an_empty_base_url_is_refused_and_not_taken_for_production() {
    let mut command = command(&["um", "force-orders"]);
    command.env("PAPI_BASE_URL", "").env("BINANCE_API_KEY", "k").env("BINANCE_API_SECRET", "s");
    finish(command).expect(2, &["the base URL is not one, such as https://papi.binance.com"]);
}
