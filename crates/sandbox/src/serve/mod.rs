//! The socket side: accepts connections, takes requests apart and puts answers together. [`crate::exchange`] decides
//! what an answer says and how it is delivered.

mod connection;
mod port;
mod response_body;
mod shared;
mod stream_socket;
mod streams;

use connection::serve_connection;
pub(crate) use port::Port;
pub(crate) use shared::Shared;
use std::sync::Arc;
use std::time::Duration;
pub use streams::StreamTiming;
pub(crate) use streams::Streams;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// How long to wait after a failed accept, which is most often a lack of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(20);

/// How often to look at the clock while connections are refused. A test may set the clock by hand, so no timer can wait
/// for its time.
const CLOCK_PAUSE: Duration = Duration::from_millis(2);

/// Serves until told to stop; open connections end with it.
pub(crate) async fn serve(shared: Arc<Shared>, mut stop: watch::Receiver<()>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            // Told to stop, or the sandbox is gone and cannot tell.
            _ = stop.changed() => break,
            accepted = shared.port.accept() => match accepted {
                Some(Ok(arrival)) => {
                    connections.spawn(serve_connection(arrival, Arc::clone(&shared)));
                }
                Some(Err(_)) => tokio::time::sleep(ACCEPT_PAUSE).await,
                None => {
                    tokio::time::sleep(CLOCK_PAUSE).await;
                    shared.follow();
                }
            },
            () = shared.streams.pause() => shared.follow(),
            Some(_) = connections.join_next() => {}
        }
    }
    connections.shutdown().await;
}
