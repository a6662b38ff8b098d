//! Calls about the key of the user data stream.

use super::documented;
use crate::account::Account;
use crate::refusal::Refusal;
use crate::request::Request;
use papi_types::Timestamp;
use papi_types::json::Json;

/// Opens the stream, or gives the key of the open one another hour.
pub(crate) fn open(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let mut reply = request.example()?;
    reply.replace("listenKey", Json::text(account.listen_key.open(account.seed, now)));
    Ok(reply.to_string())
}

/// Keeps the open stream open.
pub(crate) fn keep_alive(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    account.listen_key.keep_alive(now)?;
    documented::answer(request, account, now)
}

/// Closes the stream.
pub(crate) fn close(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    account.listen_key.close(now)?;
    documented::answer(request, account, now)
}
