//! Which code answers which call: one table, with two mechanisms for all calls that it leaves out.

use crate::account::Account;
use crate::handlers::{derived_rows, documented, force_orders, given_rows, listen_key, loans, orders, settings};
use crate::refusal::Refusal;
use crate::request::Request;
use papi_types::{EndpointInfo, Timestamp, account, cm, margin, stream, um};

/// Answers a valid request with the text of a reply.
pub(crate) type Handler = fn(&Request<'_>, &mut Account, Timestamp) -> Result<String, Refusal>;

const HANDLERS: &[(&EndpointInfo, Handler)] = &[
    (um::ForceOrders::INFO, force_orders::list),
    (cm::ForceOrders::INFO, force_orders::list),
    (margin::ForceOrders::INFO, force_orders::list),
    (um::NewOrder::INFO, orders::place),
    (cm::NewOrder::INFO, orders::place),
    (margin::NewOrder::INFO, orders::place),
    (um::NewAlgoOrder::INFO, orders::place),
    (cm::NewConditionalOrder::INFO, orders::place),
    (um::Order::INFO, orders::one),
    (cm::Order::INFO, orders::one),
    (margin::Order::INFO, orders::one),
    (um::AlgoOrder::INFO, orders::one),
    (cm::ConditionalOrder::INFO, orders::one),
    (um::OpenOrder::INFO, orders::one_open),
    (cm::OpenOrder::INFO, orders::one_open),
    (cm::OpenConditionalOrder::INFO, orders::one_open),
    (um::OpenOrders::INFO, orders::all_open),
    (cm::OpenOrders::INFO, orders::all_open),
    (margin::OpenOrders::INFO, orders::all_open),
    (um::OpenAlgoOrders::INFO, orders::all_open),
    (cm::OpenConditionalOrders::INFO, orders::all_open),
    (um::AllOrders::INFO, orders::all),
    (cm::AllOrders::INFO, orders::all),
    (margin::AllOrders::INFO, orders::all),
    (um::AllAlgoOrders::INFO, orders::all),
    (cm::AllConditionalOrders::INFO, orders::all),
    (um::AmendOrder::INFO, orders::amend),
    (cm::AmendOrder::INFO, orders::amend),
    (um::Amendments::INFO, orders::amendments),
    (cm::Amendments::INFO, orders::amendments),
    (um::CancelOrder::INFO, orders::cancel),
    (cm::CancelOrder::INFO, orders::cancel),
    (margin::CancelOrder::INFO, orders::cancel),
    (um::CancelAlgoOrder::INFO, orders::cancel),
    (cm::CancelConditionalOrder::INFO, orders::cancel),
    (um::CancelAllOrders::INFO, orders::cancel_all),
    (cm::CancelAllOrders::INFO, orders::cancel_all),
    (um::CancelAllAlgoOrders::INFO, orders::cancel_all),
    (cm::CancelAllConditionalOrders::INFO, orders::cancel_all),
    (margin::CancelAllOrders::INFO, orders::oco::cancel_all),
    (margin::NewOco::INFO, orders::oco::place),
    (margin::OrderList::INFO, orders::oco::one),
    (margin::OpenOrderLists::INFO, orders::oco::all_open),
    (margin::AllOrderLists::INFO, orders::oco::all),
    (margin::CancelOrderList::INFO, orders::oco::cancel),
    (um::SetPositionMode::INFO, settings::set),
    (cm::SetPositionMode::INFO, settings::set),
    (um::SetLeverage::INFO, settings::set),
    (cm::SetLeverage::INFO, settings::set),
    (um::SetFeeBurn::INFO, settings::set),
    (account::SetFuturesAutoRepay::INFO, settings::set),
    (margin::Borrow::INFO, loans::borrow),
    (margin::Repay::INFO, loans::repay),
    (margin::RepayDebt::INFO, loans::repay),
    (stream::OpenStream::INFO, listen_key::open),
    (stream::KeepStreamAlive::INFO, listen_key::keep_alive),
    (stream::CloseStream::INFO, listen_key::close),
];

/// Returns the code that is written for this endpoint, if there is some.
fn own(info: &EndpointInfo) -> Option<Handler> {
    let is_same = |each: &EndpointInfo| each.method == info.method && each.path == info.path;
    HANDLERS.iter().find(|(each, _)| is_same(each)).map(|(_, handler)| *handler)
}

/// Returns the code that answers an endpoint: its own, that of all histories, or that of everything else.
pub(crate) fn handler(info: &EndpointInfo) -> Handler {
    match own(info) {
        Some(handler) => handler,
        None if info.paging.is_some() => derived_rows::list,
        None => documented::answer,
    }
}

/// Returns the code that answers a history with rows that a test gave.
pub(crate) fn given_handler(info: &EndpointInfo) -> Handler {
    if is_derived(info) { given_rows::list_records } else { given_rows::list_orders }
}

/// Returns whether an endpoint is a history whose rows are derived from its documented example.
pub(crate) fn is_derived(info: &EndpointInfo) -> bool {
    info.paging.is_some() && own(info).is_none()
}
