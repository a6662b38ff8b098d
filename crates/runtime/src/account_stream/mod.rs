//! The account's events as they happen, and a word whenever some may be missing.
//!
//! ```no_run
//! # async fn follow(client: binance_papi::Client) -> Result<(), binance_papi::Error> {
//! use binance_papi::account_stream::StreamItem;
//!
//! let mut stream = client.account_stream().open().await?;
//! while let Some(item) = stream.next().await {
//!     match item {
//!         StreamItem::Event(event) => println!("{event:?}"),
//!         StreamItem::Gap { from, reason, .. } => println!("ask for what happened since {from}: {reason}"),
//!         StreamItem::Ended { error } => return Err(error),
//!         other => println!("{other:?}"),
//!     }
//! }
//! # Ok(()) }
//! ```
//!
//! A stream keeps itself alive: it keeps its listen key, pings the exchange, and connects anew when a connection is dead. What it
//! cannot do is to hear what the exchange said meanwhile. So it promises this:
//!
//! - Events of one kind come in the order of the exchange, each once.
//! - Whenever events may be missing, a [`Gap`](StreamItem::Gap) says from when on, as soon as it is known; a
//!   [`Resumed`](StreamItem::Resumed) says until when. Between the two the stream is down and being made anew. No item and
//!   no gap means that nothing happened, but for the time that it takes to notice that a connection or a key is dead: 90 s and
//!   20 minutes with the default options. The gap then reaches back.
//! - Connections that the exchange is going to cut are replaced without a gap.
//! - A consumer that is too slow gets a gap instead of what was dropped, and memory stays bounded.
//!
//! Whether a listen key is still the account's is asked every 20 minutes. It lives on when the stream is dropped, for up to
//! an hour, because closing it ends the streams of all programs of the account: [`AccountStream::close_for_all`].

mod connect;
mod connection_budget;
mod drive;
mod duplicates;
mod frame;
mod item;
mod listen_key;
mod options;
mod proxy;
mod queue;
mod session;
#[cfg(papi_simulation)]
pub(crate) mod simulated;
mod socket;
mod stream_place;

pub use item::{GapReason, StreamItem};
pub use options::StreamOptions;
pub(crate) use stream_place::StreamPlace;

use crate::client::Client;
use crate::error::Error;
use drive::Drive;
use queue::Queue;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::oneshot;

/// A stream that is not open yet: see [`Client::account_stream`].
#[derive(Debug, Clone)]
#[must_use]
pub struct AccountStreamBuilder {
    client: Client,
    options: StreamOptions,
}

impl Client {
    /// Returns the stream of the account's events, to be opened. See [`account_stream`](crate::account_stream).
    pub fn account_stream(&self) -> AccountStreamBuilder {
        AccountStreamBuilder { client: self.clone(), options: StreamOptions::default() }
    }

    /// Returns where the stream of the account's events is, without the listen key.
    pub fn stream_url(&self) -> &str {
        self.shared.stream_place.url()
    }
}

impl AccountStreamBuilder {
    /// Sets how the stream is kept alive.
    pub fn options(mut self, options: StreamOptions) -> Self {
        self.options = options;
        self
    }

    /// Opens the stream: asks for the account's listen key, connects, and waits for the first sign of life. Nothing is
    /// tried a second time beyond the attempts of the calls, so that whatever is wrong is said at once.
    ///
    /// The exchange limits how often an address connects. A client and its clones connect 60 times in five minutes at most,
    /// for all streams together; beyond that, connecting waits.
    ///
    /// # Errors
    ///
    /// As [`Client::send`] for the listen key: invalid without credentials, rejected when they have no right to a stream.
    /// Not sent when the stream's host cannot be connected to; rejected when it refuses.
    pub async fn open(self) -> Result<AccountStream, Error> {
        let Self { client, options } = self;
        client.shared.fit_runtime.require()?;
        let queue = Queue::new(&options);
        let (opened, is_opened) = oneshot::channel();
        let (is_wanted, dropped) = oneshot::channel();
        let seed = options.jitter_seed.unwrap_or_else(any_seed);
        let stream = AccountStream { queue: queue.clone(), client: client.clone(), _is_wanted: is_wanted };
        tokio::spawn(Drive::new(client, options, queue, opened).run(seed, dropped));
        match is_opened.await {
            Ok(result) => result.map(|()| stream),
            Err(_) => Err(Error::no_stream("the runtime was shut down")),
        }
    }
}

/// Returns another seed each time, so that many programs do not reconnect at the same moments.
#[expect(clippy::disallowed_types, reason = "the seeds of hash maps are what is wanted here")]
fn any_seed() -> u64 {
    std::hash::BuildHasher::hash_one(&std::hash::RandomState::new(), ())
}

/// The events of an account. See [the module](self).
///
/// A task of the tokio runtime keeps it alive until it is dropped.
pub struct AccountStream {
    queue: Queue,
    client: Client,
    /// Its end tells the task that nobody listens any more.
    _is_wanted: oneshot::Sender<()>,
}

impl AccountStream {
    /// Waits for the next item; none after the end.
    pub async fn next(&mut self) -> Option<StreamItem> {
        self.next_with_text().await.map(|(item, _)| item)
    }

    /// Waits for the next item as [`next`](Self::next) does. An event comes with its text, byte for byte as the exchange sent
    /// it, for programs that keep what they were told. The text may hold a listen key, which is a secret.
    pub async fn next_with_text(&mut self) -> Option<(StreamItem, Option<String>)> {
        poll_fn(|context| self.queue.poll(context)).await
    }

    /// Closes the account's listen key, which ends the streams of all programs of the account, this one among them. The
    /// others are not told, unless they are kept alive as this one is.
    ///
    /// # Errors
    ///
    /// As [`Client::send`]. When it fails, the key dies by itself within the hour.
    pub async fn close_for_all(self) -> Result<(), Error> {
        let client = self.client.clone();
        // First, or it would open a new key in place of the one that is closed.
        drop(self);
        listen_key::close_for_all(&client).await
    }
}

impl futures_core::Stream for AccountStream {
    type Item = StreamItem;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.queue.poll(context).map(|item| item.map(|(item, _)| item))
    }
}

impl fmt::Debug for AccountStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccountStream").field("url", &self.client.stream_url()).finish_non_exhaustive()
    }
}
