//! Why the server could not be used, in words that hold neither an address nor a password.

use redis::RedisError;
use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::time::Duration;

/// What is wrong with a server, or with what it holds.
#[derive(Debug)]
pub(super) enum Trouble {
    /// It did not answer within this time.
    Slow(Duration),
    /// It cannot be reached.
    Unreachable(io::Error),
    /// It refuses the password, or wants one.
    Login(RedisError),
    /// What stands under a key of the ledger is something else.
    NoLedger,
    /// It refuses, or the connection broke.
    Refused(RedisError),
}

impl From<RedisError> for Trouble {
    fn from(error: RedisError) -> Self {
        let text = error.to_string();
        // What a script raises comes wrapped, in other words with each version of the server.
        if text.contains("NOLEDGER") || text.contains("WRONGTYPE") {
            return Self::NoLedger;
        }
        let is_of_login = error.kind() == redis::ErrorKind::AuthenticationFailed
            || ["WRONGPASS", "NOAUTH", "AUTH <password> called"].iter().any(|word| text.contains(word));
        if is_of_login { Self::Login(error) } else { Self::Refused(error) }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Slow(limit) => write!(f, "it did not answer within {} ms", limit.as_millis()),
            Self::Unreachable(error) => write!(f, "it cannot be reached: {error}"),
            Self::Login(_) => f.write_str("it refuses the password, or wants another one or none"),
            Self::NoLedger => f.write_str(
                "the key of the ledger holds something else, or a ledger of another version: use another database, or delete \
                 the keys `papi:{budget}:*` when nobody uses them",
            ),
            Self::Refused(error) => write!(f, "it refuses, or the connection broke: {error}"),
        }
    }
}

impl StdError for Trouble {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Unreachable(error) => Some(error),
            Self::Login(error) | Self::Refused(error) => Some(error),
            Self::Slow(_) | Self::NoLedger => None,
        }
    }
}
