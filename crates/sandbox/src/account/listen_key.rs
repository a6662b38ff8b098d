//! The key of the user data stream, which lives for an hour at a time.

use crate::refusal::{NO_STREAM, Refusal};
use crate::rng::Rng;
use papi_types::Timestamp;
use std::time::Duration;

/// How long a key lives from the last time it was asked for or kept alive.
const LIFE: Duration = Duration::from_secs(3_600);

const KEY_LENGTH: usize = 64;
const KEY_CHARS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";

/// The key that is active, if one is.
#[derive(Debug, Default)]
pub(crate) struct ListenKey {
    active: Option<(String, Timestamp)>,
    opened: i64,
}

impl ListenKey {
    /// Gives the active key, or a new one, an hour to live. Returns the key.
    pub(crate) fn open(&mut self, seed: u64, now: Timestamp) -> String {
        let key = if let Ok((key, _)) = self.active(now) {
            key.clone()
        } else {
            self.opened += 1;
            new_key(seed, self.opened)
        };
        self.active = Some((key.clone(), now.plus(LIFE)));
        key
    }

    /// Gives the active key another hour.
    pub(crate) fn keep_alive(&mut self, now: Timestamp) -> Result<(), Refusal> {
        let (_, until) = self.active(now)?;
        *until = now.plus(LIFE);
        Ok(())
    }

    /// Forgets the active key.
    pub(crate) fn close(&mut self, now: Timestamp) -> Result<(), Refusal> {
        self.active(now)?;
        self.active = None;
        Ok(())
    }

    /// Returns the active key; every event goes to the sockets that were opened with it.
    pub(crate) fn current(&self, now: Timestamp) -> Option<&str> {
        self.active.as_ref().filter(|(_, until)| *until > now).map(|(key, _)| key.as_str())
    }

    /// Forgets the key when its time is over. Returns the key, once.
    pub(crate) fn expire(&mut self, now: Timestamp) -> Option<String> {
        self.active.take_if(|(_, until)| *until <= now).map(|(key, _)| key)
    }

    /// Forgets the key before its time, if there is one. Returns the key.
    pub(crate) fn end(&mut self) -> Option<String> {
        self.active.take().map(|(key, _)| key)
    }

    fn active(&mut self, now: Timestamp) -> Result<&mut (String, Timestamp), Refusal> {
        self.active.as_mut().filter(|(_, until)| *until > now).ok_or_else(|| NO_STREAM.plain())
    }
}

fn new_key(seed: u64, number: i64) -> String {
    let mut rng = Rng::new(seed, &[number]);
    (0..KEY_LENGTH).map(|_| char::from(*rng.pick(KEY_CHARS).unwrap_or(&b'0'))).collect()
}
