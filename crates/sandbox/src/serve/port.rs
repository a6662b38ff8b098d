//! The port: open, or closed so that connections are refused, and opened again under the same number.

use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::runtime::Handle;
use tokio::sync::watch;

/// A connection, and a counter that grows whenever the port is closed.
pub(super) type Arrival = (TcpStream, watch::Receiver<u64>);

/// How many connections may wait to be accepted.
const BACKLOG: u32 = 1_024;

/// The port. It opens and closes at once.
#[derive(Debug)]
pub(crate) struct Port {
    addr: SocketAddr,
    /// The runtime of the sockets; the port may be opened from outside of it.
    runtime: Handle,
    state: Mutex<PortState>,
    closings: watch::Sender<u64>,
}

#[derive(Debug)]
struct PortState {
    socket: Socket,
    /// The task that waits for a connection.
    waiting: Option<Waker>,
}

#[derive(Debug)]
enum Socket {
    Open(TcpListener),
    /// Closed, and kept from others by a socket that does not listen.
    Kept(TcpSocket),
    /// Closed, and not kept.
    Left,
}

impl Port {
    /// Opens a port. Must be called where the connections will be served.
    pub(crate) async fn open(addr: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(addr).await?;
        Ok(Self {
            addr: listener.local_addr()?,
            runtime: Handle::current(),
            state: Mutex::new(PortState { socket: Socket::Open(listener), waiting: None }),
            closings: watch::Sender::new(0),
        })
    }

    /// Returns its address.
    pub(crate) fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Opens or closes the port. One that cannot be opened now stays closed.
    pub(super) fn set_open(&self, open: bool) {
        let mut state = self.state();
        let changed = match (&state.socket, open) {
            (Socket::Open(_), false) => {
                // The listener must be gone before the port can be kept.
                state.socket = Socket::Left;
                state.socket = self.reserved().map_or(Socket::Left, Socket::Kept);
                self.closings.send_modify(|count| *count += 1);
                true
            }
            (Socket::Kept(_) | Socket::Left, true) => {
                let kept = match std::mem::replace(&mut state.socket, Socket::Left) {
                    Socket::Kept(socket) => Ok(socket),
                    _ => self.reserved(),
                };
                let _inside = self.runtime.enter();
                state.socket = kept.and_then(|socket| socket.listen(BACKLOG)).map_or(Socket::Left, Socket::Open);
                true
            }
            _ => false,
        };
        if changed && let Some(waiting) = state.waiting.take() {
            waiting.wake();
        }
    }

    /// Returns the next connection; none when the port is closed.
    pub(super) async fn accept(&self) -> Option<io::Result<Arrival>> {
        poll_fn(|cx| {
            let mut state = self.state();
            state.waiting = Some(cx.waker().clone());
            match &state.socket {
                Socket::Open(listener) => {
                    // Under the lock, so that no closing goes unnoticed.
                    let arrival = |(stream, _)| (stream, self.closings.subscribe());
                    listener.poll_accept(cx).map(|accepted| Some(accepted.map(arrival)))
                }
                Socket::Kept(_) | Socket::Left => Poll::Ready(None),
            }
        })
        .await
    }

    /// Returns a socket that has the port and does not listen, so that connections are refused.
    fn reserved(&self) -> io::Result<TcpSocket> {
        let socket = if self.addr.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
        // Connections that are open, or were a moment ago, have the port as well. On Windows the option means another
        // thing.
        #[cfg(unix)]
        socket.set_reuseaddr(true)?;
        socket.bind(self.addr)?;
        Ok(socket)
    }

    fn state(&self) -> MutexGuard<'_, PortState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
