//! The port: open, or closed so that connections are refused, and opened again under the same number.

use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::runtime::Handle;
use tokio::sync::watch;

/// A connection, and what changes whenever the port is closed after it came.
pub(super) type Arrival = (TcpStream, watch::Receiver<u64>);

/// How many connections may wait to be accepted.
const BACKLOG: u32 = 1_024;

/// The port. It opens and closes at once, whoever says so.
#[derive(Debug)]
pub(crate) struct Door {
    addr: SocketAddr,
    /// Whose sockets they are; whoever opens the port need not be in it.
    runtime: Handle,
    state: Mutex<State>,
    closings: watch::Sender<u64>,
}

#[derive(Debug)]
struct State {
    port: Port,
    /// Who waits for a connection.
    waiting: Option<Waker>,
}

#[derive(Debug)]
enum Port {
    Open(TcpListener),
    /// Closed, and kept from others by a socket that does not listen.
    Kept(TcpSocket),
    /// Closed, and not kept.
    Left,
}

impl Door {
    /// Opens a port. Must be called where the connections will be served.
    pub(crate) async fn open_at(addr: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(addr).await?;
        Ok(Self {
            addr: listener.local_addr()?,
            runtime: Handle::current(),
            state: Mutex::new(State { port: Port::Open(listener), waiting: None }),
            closings: watch::Sender::new(0),
        })
    }

    /// Where it is.
    pub(crate) fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Opens or closes the port. One that cannot be opened now stays closed.
    pub(super) fn set_open(&self, open: bool) {
        let mut state = self.state();
        let changed = match (&state.port, open) {
            (Port::Open(_), false) => {
                // The listener must be gone before the port can be kept.
                state.port = Port::Left;
                state.port = self.reserved().map_or(Port::Left, Port::Kept);
                self.closings.send_modify(|count| *count += 1);
                true
            }
            (Port::Kept(_) | Port::Left, true) => {
                let kept = match std::mem::replace(&mut state.port, Port::Left) {
                    Port::Kept(socket) => Ok(socket),
                    _ => self.reserved(),
                };
                let _inside = self.runtime.enter();
                state.port = kept.and_then(|socket| socket.listen(BACKLOG)).map_or(Port::Left, Port::Open);
                true
            }
            _ => false,
        };
        if changed && let Some(waiting) = state.waiting.take() {
            waiting.wake();
        }
    }

    /// The next connection; none when the port is closed.
    pub(super) async fn accept(&self) -> Option<io::Result<Arrival>> {
        poll_fn(|cx| {
            let mut state = self.state();
            state.waiting = Some(cx.waker().clone());
            match &state.port {
                Port::Open(listener) => {
                    // Under the lock, so that no closing goes unnoticed.
                    let arrival = |(stream, _)| (stream, self.closings.subscribe());
                    listener.poll_accept(cx).map(|accepted| Some(accepted.map(arrival)))
                }
                Port::Kept(_) | Port::Left => Poll::Ready(None),
            }
        })
        .await
    }

    /// A socket that has the port and does not listen: whoever connects is refused.
    fn reserved(&self) -> io::Result<TcpSocket> {
        let socket = if self.addr.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
        // Connections that are open or were a moment ago have the port as well. Elsewhere this means something else.
        #[cfg(unix)]
        socket.set_reuseaddr(true)?;
        socket.bind(self.addr)?;
        Ok(socket)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
