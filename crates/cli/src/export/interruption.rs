//! What ends an export from outside: Ctrl-C, or a polite request of the system.

use crate::exit_code::ExitCode;
use crate::failure::Failure;
use std::path::Path;

/// Waits until the process is asked to end, and says so. What was found by then is on the disk, if it goes to a file.
pub(super) async fn interruption(file: Option<&Path>) -> Failure {
    let code = asked_to_end().await;
    Failure::new(
        code,
        match file {
            Some(_) => "interrupted; run the same command again to go on",
            None => "interrupted",
        },
    )
}

/// Waits until the process is asked to end, and returns the exit code for that.
#[cfg(unix)]
pub(crate) async fn asked_to_end() -> ExitCode {
    use tokio::signal::unix::{SignalKind, signal};
    // Without a way to notice it, the system ends the process by itself.
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return std::future::pending().await };
    tokio::select! {
        Ok(()) = tokio::signal::ctrl_c() => ExitCode::Interrupted,
        Some(()) = terminate.recv() => ExitCode::Terminated,
        else => std::future::pending().await,
    }
}

/// Waits until the process is asked to end, and returns the exit code for that.
#[cfg(not(unix))]
pub(crate) async fn asked_to_end() -> ExitCode {
    match tokio::signal::ctrl_c().await {
        Ok(()) => ExitCode::Interrupted,
        Err(_) => std::future::pending().await,
    }
}
