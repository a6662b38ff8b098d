//! Whether calls can be made where a future is polled: tokio panics in the middle of a call when its runtime is missing or
//! lacks timers or IO.

use crate::error::Error;
use std::panic::catch_unwind;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::runtime::{Handle, Id};

/// The runtime that was found fit last, so that each is examined once.
#[derive(Debug, Default)]
pub(crate) struct FitRuntime(Mutex<Option<Id>>);

impl FitRuntime {
    /// Fails unless a tokio runtime with timers and IO polls the caller.
    ///
    /// # Errors
    ///
    /// Invalid, with what to do.
    pub(crate) fn require(&self) -> Result<(), Error> {
        let missing = "no tokio runtime is running here";
        let here = Handle::try_current().map_err(|_| unfit(missing))?.id();
        let mut fit = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if *fit == Some(here) {
            return Ok(());
        }
        if !has_timers() {
            return Err(unfit("the tokio runtime that is running here has no timers"));
        }
        // A simulation has no sockets to try it with.
        if !cfg!(papi_simulation) && !has_io() {
            return Err(unfit("the tokio runtime that is running here has no IO"));
        }
        *fit = Some(here);
        Ok(())
    }
}

fn unfit(reason: &str) -> Error {
    Error::invalid(format!(
        "{reason}: use `#[tokio::main]` or a runtime that is built with `enable_all`, or `binance_papi::blocking`, which \
         has its own (cargo feature `blocking`)"
    ))
}

/// Tokio has no question for it; it panics when something that needs timers is made.
fn has_timers() -> bool {
    catch_unwind(|| drop(tokio::time::sleep(Duration::ZERO))).is_ok()
}

/// As for timers, with a socket that nothing is sent through. Where none can be had, the call will say why.
fn has_io() -> bool {
    let Ok(socket) = std::net::UdpSocket::bind("127.0.0.1:0") else { return true };
    if socket.set_nonblocking(true).is_err() {
        return true;
    }
    catch_unwind(|| drop(tokio::net::UdpSocket::from_std(socket))).is_ok()
}
