//! The key that a stream is opened with: opened, kept alive, and closed by REST. All that knows of listen keys calls this.

use crate::call::Call;
use crate::client::Client;
use crate::error::{Error, ErrorKind};
use papi_types::ErrorCode;
use papi_types::stream::{CloseStream, KeepStreamAlive, OpenStream};
use secrecy::{ExposeSecret as _, SecretString};
use std::time::Duration;

/// The calls are small, and a stream that is down waits for them.
const CALL: Call = Call {
    deadline: Duration::from_secs(20),
    recv_window: Duration::from_secs(5),
    attempts: 2,
    attempt_timeout: Duration::from_secs(8),
};

/// The key of an account's stream. Whoever has it can read the stream, so it never prints.
#[derive(Debug, Clone)]
pub(super) struct ListenKey(SecretString);

impl ListenKey {
    pub(super) fn new(text: &str) -> Self {
        Self(SecretString::from(text))
    }

    pub(super) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl PartialEq for ListenKey {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

/// Why a call about the key failed.
#[derive(Debug)]
pub(super) enum KeyFailure {
    /// There is no such key any more.
    Dead(Error),
    /// The exchange does not let these credentials have a stream.
    Refused(Error),
    /// It may succeed later.
    Passing(Error),
}

impl KeyFailure {
    fn of(error: Error) -> Self {
        match error.code() {
            Some(ErrorCode::INVALID_LISTEN_KEY) => Self::Dead(error),
            Some(
                ErrorCode::REJECTED_MBX_KEY
                | ErrorCode::BAD_API_KEY_FMT
                | ErrorCode::UNAUTHORIZED
                | ErrorCode::USER_IS_NOT_UNIACCOUNT,
            ) => Self::Refused(error),
            _ if error.kind() == ErrorKind::Invalid => Self::Refused(error),
            _ => Self::Passing(error),
        }
    }
}

/// Returns the account's key and keeps it alive for another hour; makes one when there is none.
pub(super) async fn open(client: &Client) -> Result<ListenKey, KeyFailure> {
    let opened = client.with(CALL).send(&OpenStream::new()).await.map_err(KeyFailure::of)?;
    Ok(ListenKey::new(opened.data.listen_key.as_str()))
}

/// Keeps the account's key alive for another hour.
pub(super) async fn keep(client: &Client) -> Result<(), KeyFailure> {
    client.with(CALL).send(&KeepStreamAlive::new()).await.map(drop).map_err(KeyFailure::of)
}

/// Ends the streams of all programs of the account.
pub(super) async fn close_for_all(client: &Client) -> Result<(), Error> {
    client.send(&CloseStream::new()).await.map(drop)
}
