//! How far an export is, on stderr: on a terminal one line that changes, elsewhere a line now and then.

use crate::notices::{self, Notices};
use crate::stderr;
use binance_papi::Notice;
use binance_papi::history::Progress;
use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use papi_runtime::counted;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Lines come no more often than this.
const BETWEEN_LINES: Duration = Duration::from_secs(5);

/// How often the line on a terminal is drawn, so that a pause is seen to pass.
const BETWEEN_DRAWINGS: Duration = Duration::from_millis(500);

/// The limits hold for this long.
const WINDOW: Duration = Duration::from_secs(60);

/// Shows how far an export is, and why it pauses.
#[derive(Debug)]
pub(crate) struct Meter {
    /// The weight that may be used in a window.
    weight_limit: u64,
    state: Arc<Mutex<State>>,
    shown: Shown,
}

#[derive(Debug)]
enum Shown {
    Bar(ProgressBar),
    /// When the last line was written, and what was said beside.
    Lines(Mutex<Instant>, Notices),
}

/// What is known of a walk.
#[derive(Debug, Clone)]
struct State {
    began: Instant,
    /// The last that the walk told, and when.
    told: Option<(Progress, Instant)>,
    /// Why nothing is sent, and until when.
    pause: Option<(Pause, Instant)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pause {
    Weight,
    Retry,
}

impl Meter {
    pub(crate) fn new(weight_limit: u64) -> Self {
        let now = Instant::now();
        let state = Arc::new(Mutex::new(State { began: now, told: None, pause: None }));
        let shown = if stderr::is_terminal() {
            Shown::Bar(bar(state.clone(), weight_limit))
        } else {
            Shown::Lines(Mutex::new(now), Notices::default())
        };
        Self { weight_limit, state, shown }
    }

    /// Notes that a walk begins.
    pub(crate) fn begin(&self) {
        *locked(&self.state) = State { began: Instant::now(), told: None, pause: None };
        if let Shown::Bar(bar) = &self.shown {
            bar.enable_steady_tick(BETWEEN_DRAWINGS);
        }
    }

    /// Shows the present state of the walk.
    pub(crate) fn show(&self, progress: &Progress) {
        let now = Instant::now();
        let mut state = locked(&self.state);
        state.told = Some((*progress, now));
        let text = state.text(now, self.weight_limit);
        // Drawing reads the state.
        drop(state);
        match &self.shown {
            Shown::Bar(bar) => {
                bar.set_length(progress.windows_total);
                bar.set_position(progress.windows_done);
            }
            Shown::Lines(last, _) => {
                let mut last = locked(last);
                if now.duration_since(*last) >= BETWEEN_LINES {
                    *last = now;
                    stderr::plain(&text);
                }
            }
        }
    }

    /// Shows what the client reports: on a terminal a pause is a part of the line.
    pub(crate) fn notice(&self, notice: &Notice) {
        match &self.shown {
            Shown::Lines(_, notices) => notices.tell(notice),
            Shown::Bar(bar) => match notices::pause(notice) {
                Some(pause) => {
                    let why = if matches!(notice, Notice::Waiting { .. }) { Pause::Weight } else { Pause::Retry };
                    let until = Instant::now() + pause;
                    let mut state = locked(&self.state);
                    if state.pause.is_none_or(|(_, earlier)| earlier < until) {
                        state.pause = Some((why, until));
                    }
                }
                None => bar.suspend(|| stderr::note(&notice.to_string())),
            },
        }
    }

    /// Removes the line from the terminal.
    pub(crate) fn end(&self) {
        if let Shown::Bar(bar) = &self.shown {
            bar.finish_and_clear();
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn bar(state: Arc<Mutex<State>>, weight_limit: u64) -> ProgressBar {
    let text = move |_: &ProgressState, out: &mut dyn fmt::Write| {
        let text = locked(&state).text(Instant::now(), weight_limit);
        let _ = out.write_str(&text);
    };
    let style = ProgressStyle::with_template("{wide_bar} {state}").unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(0).with_style(style.with_key("state", text))
}

impl State {
    /// Returns the state in words.
    fn text(&self, now: Instant, weight_limit: u64) -> String {
        let pause = self.pause.map(|(why, until)| (why, until.saturating_duration_since(now)));
        let pause = pause.filter(|(_, left)| !left.is_zero());
        let mut parts = Vec::new();
        if let Some((progress, _)) = &self.told {
            parts.push(format!("{} of {}", progress.windows_done, counted(progress.windows_total, "window")));
            parts.push(counted(progress.rows, "row"));
            parts.push(format!("weight {}", progress.weight));
            if progress.retries > 0 {
                parts.push(counted(progress.retries, "retry"));
            }
        }
        match pause {
            Some((Pause::Weight, left)) => parts.push(format!("waits {} for weight", words(left))),
            Some((Pause::Retry, left)) => parts.push(format!("sends again in {}", words(left))),
            None => {}
        }
        let left = self.told.as_ref().and_then(|(progress, at)| {
            let paused = pause.map_or(Duration::ZERO, |(_, left)| left);
            time_to_go(progress, *at - self.began, now - *at, paused, weight_limit)
        });
        parts.extend(left.map(|left| format!("{} to go", words(left))));
        parts.join(", ")
    }
}

/// Returns how long the rest of a walk takes. `walked_for` is how long it had been under way when it told its progress, and
/// `since` how long that is ago.
///
/// Two things bound it. What was walked took its time; and the weight of all requests has to fit into windows of the limit. The
/// second one counts most while a fresh budget is used up in some seconds, after which most of a minute is spent waiting.
fn time_to_go(
    progress: &Progress,
    walked_for: Duration,
    since: Duration,
    paused: Duration,
    weight_limit: u64,
) -> Option<Duration> {
    let by_pace = progress.time_left?;
    let walked = walked_for.as_millis().max(1);
    let weight_left = u128::from(progress.weight).saturating_mul(by_pace.as_millis()) / walked;
    let weight = u128::from(progress.weight).saturating_add(weight_left);
    let windows = weight.saturating_sub(1) / u128::from(weight_limit.max(1));
    let whole = WINDOW.saturating_mul(u32::try_from(windows).unwrap_or(u32::MAX));
    let by_weight = whole.saturating_sub(walked_for + since);
    Some(by_pace.saturating_sub(since).max(by_weight).max(paused))
}

/// Returns a length of time in the unit that suits it.
fn words(length: Duration) -> String {
    match length.as_millis().div_ceil(1_000) {
        seconds @ ..120 => format!("{seconds} s"),
        seconds @ ..7_200 => format!("{} min", seconds.div_ceil(60)),
        seconds => format!("{} h", seconds.div_ceil(3_600)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: u64 = 6_000;

    fn secs(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    /// The progress of a walk that has used so much weight and takes so long by its pace.
    fn progress(weight: u64, time_left: Duration) -> Progress {
        let mut progress = Progress::default();
        (progress.weight, progress.time_left) = (weight, Some(time_left));
        (progress.windows_done, progress.windows_total, progress.rows) = (1, 10, 600);
        progress
    }

    #[test]
    fn the_weight_that_is_left_counts_when_a_budget_goes_in_seconds() {
        // A tenth is walked, with all of a minute's weight in five seconds: nine more minutes, not 45 seconds.
        let told = progress(6_000, secs(45));
        assert_eq!(time_to_go(&told, secs(5), secs(0), secs(55), LIMIT), Some(secs(535)));
        assert_eq!(time_to_go(&told, secs(5), secs(30), secs(25), LIMIT), Some(secs(505)), "it passes while it waits");
        // The last minutes.
        assert_eq!(time_to_go(&progress(54_000, secs(60)), secs(540), secs(0), secs(0), LIMIT), Some(secs(60)));
        // A pause is a part of it, and a walk that is never short of weight takes what it took.
        assert_eq!(time_to_go(&progress(500, secs(3)), secs(10), secs(0), secs(40), LIMIT), Some(secs(40)));
        assert_eq!(time_to_go(&progress(500, secs(30)), secs(10), secs(0), secs(0), LIMIT), Some(secs(30)));
        let mut early = progress(500, secs(1));
        early.time_left = None;
        assert_eq!(time_to_go(&early, secs(1), secs(0), secs(0), LIMIT), None);
    }

    #[test]
    fn the_line_says_how_long_a_pause_still_is() {
        let began = Instant::now();
        let at = |seconds| began + secs(seconds);
        let state =
            State { began, told: Some((progress(6_000, secs(45)), at(5))), pause: Some((Pause::Weight, at(60))) };
        assert_eq!(
            state.text(at(5), LIMIT),
            "1 of 10 windows, 600 rows, weight 6000, waits 55 s for weight, 9 min to go"
        );
        assert!(state.text(at(50), LIMIT).contains("waits 10 s for weight"));
        assert!(!state.text(at(61), LIMIT).contains("waits"));
        let silent = State { told: None, pause: Some((Pause::Retry, at(3))), began };
        assert_eq!(silent.text(at(1), LIMIT), "sends again in 2 s");
    }
}
