//! Refuses symbols and pairs that are not traded here, as the exchange does.

use crate::account::Account;
use crate::instruments::{instruments, pair_of};
use crate::refusal::{BAD_PAIR, BAD_SYMBOL, Refusal};
use crate::request::Request;

/// Checks the symbol and the pair of a request, when it has them.
///
/// Known are the instruments of the request's part of the account and the symbols in rows that were given for it.
pub(crate) fn check(request: &Request<'_>, account: &mut Account) -> Result<(), Refusal> {
    let group = request.info.group;
    let listed = || instruments(group).iter().map(|instrument| instrument.symbol);
    if let Some(symbol) = request.sent("symbol")
        && !listed().any(|each| each == symbol)
        && !account.given_rows.mention(group, "symbol", symbol)
    {
        return Err(BAD_SYMBOL.plain());
    }
    if let Some(pair) = request.sent("pair")
        && !listed().any(|each| pair_of(each) == pair)
        && !account.given_rows.mention(group, "pair", pair)
    {
        return Err(BAD_PAIR.plain());
    }
    Ok(())
}
