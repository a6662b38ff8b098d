//! The socket side: accepts connections, takes requests apart and puts answers together. What an answer says and how it
//! is carried is decided in [`crate::exchange`]; here it is only carried, well or badly.

mod carried;
mod connection;
mod door;

use crate::answer::Answer;
use crate::exchange::{Asked, Exchange};
use crate::faults::Fault;
use crate::scenario::Scenario;
use connection::serve_connection;
pub(crate) use door::Door;
use papi_types::{Clock, Timestamp};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// How long to wait after a failed accept, which is most often a lack of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(20);

/// How often to look at the clock while connections are refused. It may be set by hand, so nothing tells of its time.
const CLOCK_PAUSE: Duration = Duration::from_millis(2);

/// What all connections share.
#[derive(Debug)]
pub(crate) struct Shared {
    exchange: Mutex<Exchange>,
    clock: Arc<dyn Clock>,
    /// Milliseconds that the exchange's clock is ahead of `clock`.
    skew: i64,
    door: Door,
}

impl Shared {
    pub(crate) fn new(exchange: Exchange, clock: Arc<dyn Clock>, skew: i64, door: Door) -> Self {
        let shared = Self { exchange: Mutex::new(exchange), clock, skew, door };
        shared.follow();
        shared
    }

    /// The exchange. A panic in another connection does not make it unusable: it is never left half changed for long,
    /// and a test should see its own failure rather than this one.
    pub(crate) fn exchange(&self) -> MutexGuard<'_, Exchange> {
        self.exchange.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts the exchange into a situation.
    pub(crate) fn enter(&self, scenario: Scenario) {
        self.exchange().enter(scenario, self.now());
    }

    /// Lets something go wrong.
    pub(crate) fn inject(&self, fault: Fault) {
        self.exchange().inject(fault, self.now());
        self.follow();
    }

    /// Lets nothing go wrong any more.
    pub(crate) fn clear_faults(&self) {
        self.exchange().clear_faults();
        self.follow();
    }

    fn answer(&self, asked: &Asked) -> Answer {
        let answer = self.exchange().answer(asked, self.now());
        self.follow();
        answer
    }

    /// Opens or closes the port as the exchange wants it.
    fn follow(&self) {
        // Held while the port changes, so that it ends up as whoever came last wanted it.
        let exchange = self.exchange();
        self.door.set_open(!exchange.is_refusing(self.now()));
    }

    /// Exchange time.
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.clock.now().as_millis().saturating_add(self.skew))
    }
}

/// Serves until told to stop; open connections end with it.
pub(crate) async fn serve(shared: Arc<Shared>, mut stop: watch::Receiver<()>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            // Told to stop, or nobody is left who could tell.
            _ = stop.changed() => break,
            accepted = shared.door.accept() => match accepted {
                Some(Ok(arrival)) => {
                    connections.spawn(serve_connection(arrival, Arc::clone(&shared)));
                }
                Some(Err(_)) => tokio::time::sleep(ACCEPT_PAUSE).await,
                None => {
                    tokio::time::sleep(CLOCK_PAUSE).await;
                    shared.follow();
                }
            },
            Some(_) = connections.join_next() => {}
        }
    }
    connections.shutdown().await;
}
