//! The key of the user data stream: made, kept alive for an hour at a time, and closed. No stream is served.

use crate::account::Account;
use crate::history::dice::Dice;
use crate::json::Json;
use crate::reads;
use crate::refusal::{NO_STREAM, Refusal};
use crate::routes::Request;
use papi_types::Timestamp;

/// How long a key lives from the last time it was asked for or kept alive.
const LIFE: i64 = 3_600_000;

const KEY_LENGTH: usize = 64;
const KEY_CHARS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";

/// The key that is active, if one is.
#[derive(Debug, Default)]
pub(crate) struct Stream {
    active: Option<(String, Timestamp)>,
    opened: i64,
}

impl Stream {
    fn active(&mut self, now: Timestamp) -> Option<&mut (String, Timestamp)> {
        self.active.as_mut().filter(|(_, until)| *until > now)
    }
}

fn an_hour_after(now: Timestamp) -> Timestamp {
    Timestamp::from_millis(now.as_millis().saturating_add(LIFE))
}

/// Gives the active key, or a new one, an hour to live.
pub(crate) fn open(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let mut reply = request.example()?;
    let key = if let Some((key, _)) = account.stream.active(now) {
        key.clone()
    } else {
        account.stream.opened += 1;
        new_key(account.seed, account.stream.opened)
    };
    reply.replace("listenKey", Json::text(&key));
    account.stream.active = Some((key, an_hour_after(now)));
    Ok(reply.to_string())
}

/// Gives the active key another hour.
pub(crate) fn keep(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let (_, until) = account.stream.active(now).ok_or_else(|| NO_STREAM.plain())?;
    *until = an_hour_after(now);
    reads::documented(request, account, now)
}

/// Forgets the active key.
pub(crate) fn close(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    account.stream.active(now).ok_or_else(|| NO_STREAM.plain())?;
    account.stream.active = None;
    reads::documented(request, account, now)
}

fn new_key(seed: u64, number: i64) -> String {
    let mut dice = Dice::new(seed, &[number]);
    (0..KEY_LENGTH).map(|_| char::from(*dice.pick(KEY_CHARS).unwrap_or(&b'0'))).collect()
}
