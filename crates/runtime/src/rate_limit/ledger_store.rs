//! Where a ledger is kept that many clients share, as users name it.

#[cfg(feature = "redis")]
use crate::error::Error;
#[cfg(feature = "redis")]
use crate::rate_limit::redis_ledger::RedisAddress;
use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// Where clients keep the ledger that they share, for [`ClientBuilder::shared_ledger`](crate::ClientBuilder::shared_ledger).
///
/// A path stands for [`LedgerStore::file`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerStore(pub(super) Place);

/// The store itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    File(PathBuf),
    #[cfg(feature = "redis")]
    Redis(RedisAddress),
}

impl LedgerStore {
    /// A file on a disk of this machine, for all processes of this machine that name it.
    ///
    /// It is made when it is not there; its folder is not. It holds weights, times and a hash of each API key, never a key.
    /// Each change locks the file. A file that fails later costs nothing but the sharing: the client keeps to its own
    /// budget from then on, and [`on_notice`](crate::ClientBuilder::on_notice) hears of it once. A file of an older version is
    /// replaced when nobody has used it for half an hour, and refused before. Every process needs this machine's clock.
    /// Deleting the file is safe when no process uses it.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self(Place::File(path.into()))
    }

    /// A Redis or Valkey server, for all hosts that can reach it: `redis://[[USER]:PASSWORD@]HOST[:PORT][/DATABASE]`, with
    /// TLS `rediss://..`, or a socket of this machine, `redis+unix:///PATH[?db=DATABASE]`. Needs the cargo feature `redis`.
    ///
    /// ```
    /// # fn main() -> Result<(), binance_papi::Error> {
    /// use binance_papi::LedgerStore;
    ///
    /// let store = LedgerStore::redis("redis://10.0.0.7/0?exit=tokyo-nat")?;
    /// # drop(store);
    /// # Ok(()) }
    /// ```
    ///
    /// Weight and bans belong to an IP address, so they are shared by all clients that give the same `?exit=NAME`: give one
    /// name to all hosts behind one address, and another to each other address. Without it the host's own name counts, its
    /// weight is not shared with other hosts, and [`on_notice`](crate::ClientBuilder::on_notice) says so. Orders are shared
    /// by all clients of an account, whatever their exits; a hash of the API key stands for it. `&host=NAME` tells hosts
    /// apart where the name of the machine does not, as in containers.
    ///
    /// A certificate of a server with TLS is checked as those of the exchange are; further roots come from
    /// [`root_certificates`](crate::ClientBuilder::root_certificates). It must be one server, or what stands before several
    /// as one; no cluster is asked where a key is. Connecting when the client is built takes a second at most.
    ///
    /// **While the server answers**, no window of the limit's length sees more than the limit, wherever it starts. Only the
    /// server's clock counts. A call asks once, in one round trip, before it is sent; what it used is told without waiting
    /// for an answer. What a process reserved and then ended is free again a window after its attempt would have timed out.
    ///
    /// **A ledger that is not there**, because it is used for the first time, was emptied or not used for eight days, begins
    /// as if reads had just used all that they may: they wait for one window, and the order share is there for trading. So
    /// does one whose server began anew, because it may lack what was changed last.
    ///
    /// **A server that is away, takes longer than 250 ms or refuses** cannot keep the bound. A notice says so once, and each
    /// host goes on by itself with its share: with N hosts in the last window (2 at least) an Nth of the limits, divided by
    /// the clients of that host; an eighth when the client never learned how many there are. A call that is heavier than the
    /// share goes when no other one of the client counts. Cancels and other calls that may be repeated always pass, unless
    /// the exchange has closed itself. What the exchange says of its own count holds all of them to the limit as far as it is
    /// told. One task asks every second whether the server is back; then the client tells what it used meanwhile, and shares
    /// again.
    ///
    /// The worst case: a window in which the server goes away, or comes back to some hosts and not yet to others, holds what
    /// was used by the ledger and the shares beside it. That is twice the limit when the clients knew of each other. A client
    /// that had met no other host adds half a limit, and one that never asked an eighth.
    ///
    /// # Errors
    ///
    /// Invalid when it is not such an address. The password is part of no message.
    #[cfg(feature = "redis")]
    #[cfg_attr(docsrs, doc(cfg(feature = "redis")))]
    pub fn redis(url: &str) -> Result<Self, Error> {
        RedisAddress::parse(url, None).map(|address| Self(Place::Redis(address)))
    }

    /// The same as [`redis`](Self::redis), with a password that stands elsewhere than in the address.
    ///
    /// # Errors
    ///
    /// As for [`redis`](Self::redis); invalid as well when the address has a password.
    #[cfg(feature = "redis")]
    #[cfg_attr(docsrs, doc(cfg(feature = "redis")))]
    pub fn redis_with_password(url: &str, password: impl Into<String>) -> Result<Self, Error> {
        RedisAddress::parse(url, Some(password.into().into())).map(|address| Self(Place::Redis(address)))
    }
}

impl<T: AsRef<OsStr> + ?Sized> From<&T> for LedgerStore {
    fn from(path: &T) -> Self {
        Self::file(path)
    }
}

impl From<PathBuf> for LedgerStore {
    fn from(path: PathBuf) -> Self {
        Self::file(path)
    }
}

impl From<Box<Path>> for LedgerStore {
    fn from(path: Box<Path>) -> Self {
        Self::file(path)
    }
}

impl From<Cow<'_, Path>> for LedgerStore {
    fn from(path: Cow<'_, Path>) -> Self {
        Self::file(path)
    }
}

impl From<OsString> for LedgerStore {
    fn from(path: OsString) -> Self {
        Self::file(path)
    }
}

impl From<String> for LedgerStore {
    fn from(path: String) -> Self {
        Self::file(path)
    }
}
