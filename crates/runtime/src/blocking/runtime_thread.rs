//! The thread with the runtime of a blocking client, and how other threads wait for what goes on there.
//!
//! A future is polled by the thread that waits for it, so that it may borrow what it sends. The runtime on the other thread
//! has its sockets and timers, and the tasks that it starts. Nothing here asks the runtime of the caller to block, which
//! tokio would refuse with a panic.

use crate::error::Error;
use std::convert::Infallible;
use std::io;
use std::pin::pin;
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, ThreadId};
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

/// The thread ends when this is dropped, and nobody waits for that.
#[derive(Debug)]
pub(super) struct RuntimeThread {
    handle: Handle,
    thread: ThreadId,
    /// Nothing is ever sent: that it is dropped tells the thread to end.
    _alive: oneshot::Sender<Infallible>,
}

impl RuntimeThread {
    pub(super) fn start() -> Result<Self, Error> {
        let failed = |error: io::Error| Error::setting("the thread of a blocking client cannot be started", error);
        let (alive, dropped) = oneshot::channel();
        let (tell, told) = sync_channel(1);
        // The runtime is made and dropped there: tokio lets nobody drop one inside of another.
        let run = move || match Builder::new_current_thread().enable_all().build() {
            Ok(runtime) => {
                let _ = tell.send(Ok(runtime.handle().clone()));
                let _ = runtime.block_on(dropped);
                runtime.shutdown_background();
            }
            Err(error) => drop(tell.send(Err(error))),
        };
        let thread = thread::Builder::new().name("binance-papi".to_owned()).spawn(run).map_err(failed)?;
        let handle = told.recv().unwrap_or_else(|error| Err(io::Error::other(error))).map_err(failed)?;
        Ok(Self { handle, thread: thread.thread().id(), _alive: alive })
    }

    /// Polls a future until it is done.
    ///
    /// # Errors
    ///
    /// Invalid on the thread itself, which would wait for its own work.
    pub(super) fn wait<F: Future>(&self, future: F) -> Result<F::Output, Error> {
        if thread::current().id() == self.thread {
            return Err(Error::invalid(
                "a blocking client cannot be used on its own thread, where its hooks are called: use another thread",
            ));
        }
        let _sockets_and_timers = self.handle.enter();
        let signal = Arc::new(Signal::default());
        let waker = Waker::from(signal.clone());
        let mut context = Context::from_waker(&waker);
        // The task around this call, if there is one, has a budget that is filled only when it yields; this never does.
        let mut future = pin!(tokio::task::unconstrained(future));
        loop {
            match future.as_mut().poll(&mut context) {
                Poll::Ready(output) => return Ok(output),
                Poll::Pending => signal.wait(),
            }
        }
    }
}

/// Wakes a waiting thread. Not by `unpark`: an executor around this call may count on that for itself.
#[derive(Debug, Default)]
struct Signal {
    is_given: Mutex<bool>,
    given: Condvar,
}

impl Signal {
    fn wait(&self) {
        let is_given = self.is_given.lock().unwrap_or_else(PoisonError::into_inner);
        *self.given.wait_while(is_given, |is_given| !*is_given).unwrap_or_else(PoisonError::into_inner) = false;
    }
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        *self.is_given.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.given.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    #[test]
    fn the_runtime_ends_when_nobody_needs_it() {
        let thread = RuntimeThread::start().expect("a thread");
        let (held, dropped) = channel::<Infallible>();
        thread.handle.spawn(async move {
            std::future::pending::<()>().await;
            drop(held);
        });
        drop(thread);
        assert!(dropped.recv().is_err(), "its tasks end with it");
    }
}
