//! How far an export is, on stderr: a bar on a terminal, a line now and then elsewhere.

use crate::stderr;
use binance_papi::history::Progress;
use indicatif::{ProgressBar, ProgressStyle};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Lines come no more often than this.
const BETWEEN_LINES: Duration = Duration::from_secs(5);

/// Shows how far an export is.
#[derive(Debug)]
pub(crate) struct Meter {
    began: Instant,
    shown: Shown,
}

#[derive(Debug)]
enum Shown {
    Bar(ProgressBar),
    /// When the last line was written.
    Lines(Mutex<Instant>),
}

impl Meter {
    pub(crate) fn new() -> Self {
        let began = Instant::now();
        let shown = if stderr::is_terminal() { Shown::Bar(bar()) } else { Shown::Lines(Mutex::new(began)) };
        Self { began, shown }
    }

    /// Shows the present state.
    pub(crate) fn show(&self, progress: &Progress) {
        let now = Instant::now();
        let text = line(progress, now - self.began);
        match &self.shown {
            Shown::Bar(bar) => {
                bar.set_length(progress.windows_total);
                bar.set_position(progress.windows_done);
                bar.set_message(text);
            }
            Shown::Lines(last) => {
                let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
                if now.duration_since(*last) >= BETWEEN_LINES {
                    *last = now;
                    stderr::plain(&text);
                }
            }
        }
    }

    /// Removes the bar.
    pub(crate) fn end(&self) {
        if let Shown::Bar(bar) = &self.shown {
            bar.finish_and_clear();
        }
    }
}

fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{wide_bar} {msg}").unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(0).with_style(style)
}

/// Returns a state in words.
fn line(progress: &Progress, elapsed: Duration) -> String {
    let minutes = elapsed.as_secs().max(1).saturating_add(59) / 60;
    let mut text = format!(
        "{} of {} windows, {} rows, weight {} ({} a minute)",
        progress.windows_done,
        progress.windows_total,
        progress.rows,
        progress.weight,
        progress.weight / minutes
    );
    if progress.retries > 0 {
        text.push_str(&format!(", {} retries", progress.retries));
    }
    if let Some(left) = progress.time_left {
        text.push_str(&format!(", {} s to go", left.as_secs()));
    }
    text
}
