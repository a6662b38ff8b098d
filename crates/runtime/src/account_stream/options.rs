//! How a stream is kept alive: how often it is looked after, and how long to wait for what.

use std::time::Duration;

/// The options of one stream. The defaults suit the exchange; tests shorten them.
///
/// ```
/// use binance_papi::account_stream::StreamOptions;
/// use std::time::Duration;
///
/// let options = StreamOptions { ping_every: Duration::from_secs(10), ..StreamOptions::default() };
/// assert_eq!(options.missed_pongs, 2);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StreamOptions {
    /// The pause between two pings. Default 30 s.
    pub ping_every: Duration,
    /// How many pings in a row may go without any frame from the exchange before the connection counts as dead; at
    /// least 1. Default 2: a dead connection is noticed within 90 s.
    pub missed_pongs: u32,
    /// How long each step to a connection may take: TCP with the proxy, TLS, and the websocket handshake. Default 10 s.
    pub connect_timeout: Duration,
    /// How long a new connection may take to answer its first ping. Default 10 s.
    pub first_pong_timeout: Duration,
    /// The pause between two calls that keep the listen key alive, at most; chance shortens it by up to a tenth.
    /// Default 20 min: three of them within the hour that a key lives.
    pub keep_every: Duration,
    /// The age at which a connection is replaced by a new one without a gap; chance shortens it by up to a fiftieth.
    /// Default 23 h: the exchange cuts it after 24.
    pub rotate_every: Duration,
    /// How long the old connection stays open beside the new one that replaces it. Default 10 s.
    pub overlap: Duration,
    /// How many items wait for a consumer that is slower than the exchange, at least 16. Default 16,384. What comes beyond
    /// is dropped, and a gap says so.
    pub queue_items: usize,
    /// How many bytes of text the waiting items may have together. Default 16 MiB.
    pub queue_bytes: usize,
    /// The seed of what is left to chance: pauses and times. Default none: another one for each stream.
    pub jitter_seed: Option<u64>,
}

impl Default for StreamOptions {
    fn default() -> Self {
        Self {
            ping_every: Duration::from_secs(30),
            missed_pongs: 2,
            connect_timeout: Duration::from_secs(10),
            first_pong_timeout: Duration::from_secs(10),
            keep_every: Duration::from_secs(20 * 60),
            rotate_every: Duration::from_secs(23 * 60 * 60),
            overlap: Duration::from_secs(10),
            queue_items: 16_384,
            queue_bytes: 16 << 20,
            jitter_seed: None,
        }
    }
}
