//! What a client and its clones share.

#[cfg(feature = "account-stream")]
use crate::account_stream::StreamPlace;
use crate::clock::ExchangeClock;
use crate::credentials::Credentials;
use crate::hook::Hook;
use crate::intents::IntentLog;
use crate::notice::Notice;
use crate::rate_limit::RateLimiter;
use crate::reading::Reading;
use crate::tokio_runtime::FitRuntime;
use crate::transport::Transport;

/// The connections, the credentials, the limits, the intents, the clock, and how replies are read.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) transport: Transport,
    pub(crate) credentials: Option<Credentials>,
    pub(crate) limiter: RateLimiter,
    pub(crate) intents: Option<IntentLog>,
    pub(crate) reading: Reading,
    pub(crate) clock: ExchangeClock,
    pub(crate) on_notice: Hook<Notice>,
    pub(crate) fit_runtime: FitRuntime,
    #[cfg(feature = "account-stream")]
    pub(crate) stream_place: StreamPlace,
}
