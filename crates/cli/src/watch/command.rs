//! `papi watch` from its options to its exit code.

use super::entry::{Entry, Told};
use super::filter::Filter;
use super::line::line;
use super::options::{Shown, WatchCommand};
use super::recording::Recording;
use super::replay::{Wanted, replay};
use crate::connect::{Connection, connect_and_play};
use crate::exit_code::ExitCode;
use crate::export::asked_to_end;
use crate::failure::Failure;
use crate::global_options::GlobalOptions;
use crate::stderr;
use binance_papi::account_stream::AccountStream;
use binance_papi::{Clock as _, ErrorKind, SystemClock};
use papi_runtime::counted;
use std::io::{self, Write as _};
use std::time::Duration;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until};

/// How often the recording is forced to the disk, and the day of the sandbox is looked at.
const TICK: Duration = Duration::from_millis(250);

/// What the run has seen.
#[derive(Debug)]
struct Watched {
    filter: Filter,
    shown: Shown,
    /// How many events are still to be shown; none for any number.
    left: Option<u64>,
    events: u64,
    gaps: u64,
    malformed: u64,
    /// Whether events are missing at this moment.
    is_down: bool,
}

impl WatchCommand {
    pub(crate) async fn run(self, global: &GlobalOptions) -> Result<(), Failure> {
        let mut watched = Watched {
            filter: self.filter(),
            shown: Self::shown(global)?,
            left: self.count.map(Into::into),
            events: 0,
            gaps: 0,
            malformed: 0,
            is_down: false,
        };
        let result =
            if self.replay.is_empty() { self.listen(global, &mut watched).await } else { self.read_back(&mut watched) };
        result?;
        stderr::plain(&watched.summary());
        Ok(())
    }

    fn read_back(&self, watched: &mut Watched) -> Result<(), Failure> {
        for path in &self.replay {
            if replay(path, |entry| watched.take(entry))? == Wanted::No {
                break;
            }
        }
        Ok(())
    }

    async fn listen(&self, global: &GlobalOptions, watched: &mut Watched) -> Result<(), Failure> {
        // First: a file that cannot be written is said before anything is sent.
        let mut recording = self.recording()?;
        let connection = connect_and_play(global, self.day).await?;
        let opening = connection.client.account_stream().options(self.stream_options()).open();
        let stream = tokio::select! {
            stream = opening => stream.map_err(not_opened)?,
            code = asked_to_end() => return Err(Failure::new(code, "interrupted")),
        };
        if global.sandbox {
            stderr::plain("it plays a day of the demo account: trading, liquidations and auto-deleveraging, a gap");
        }
        let result = self.follow(&connection, stream, watched, recording.as_mut()).await;
        match recording.as_mut().map(Recording::sync) {
            Some(Err(failure)) => result.and(Err(failure)),
            _ => result,
        }
    }

    async fn follow(
        &self,
        connection: &Connection,
        mut stream: AccountStream,
        watched: &mut Watched,
        mut recording: Option<&mut Recording>,
    ) -> Result<(), Failure> {
        let end = self.length.map(|length| Instant::now() + length);
        let mut ticks = interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let asked = asked_to_end();
        tokio::pin!(asked);
        let mut is_quiet = false;
        loop {
            tokio::select! {
                // In this order: a run that is to end, ends, however much comes.
                biased;
                code = &mut asked => {
                    stderr::plain(&watched.summary());
                    return Err(Failure::new(code, "interrupted"));
                }
                () = sleep_until(end.unwrap_or_else(Instant::now)), if end.is_some() => return Ok(()),
                _ = ticks.tick() => {
                    if let Some(recording) = recording.as_deref_mut() {
                        recording.sync()?;
                    }
                    let is_over = connection.is_day_over() && !watched.is_down;
                    if is_over && is_quiet {
                        return Ok(());
                    }
                    is_quiet = is_over;
                }
                item = stream.next_with_text() => {
                    let Some((item, text)) = item else { return Ok(()) };
                    is_quiet = false;
                    let entry = Entry::of(item, text, SystemClock.now()).map_err(not_opened)?;
                    let Some(entry) = entry else { continue };
                    if let Some(recording) = recording.as_deref_mut() {
                        recording.append(&entry)?;
                        if !matches!(entry.told, Told::Event { .. }) {
                            recording.sync()?;
                        }
                    }
                    if watched.take(&entry)? == Wanted::No {
                        return Ok(());
                    }
                }
            }
        }
    }

    fn recording(&self) -> Result<Option<Recording>, Failure> {
        let Some(path) = &self.record else { return Ok(None) };
        let (recording, torn) = Recording::open(path, self.rotate.get())?;
        if torn > 0 {
            stderr::note(&format!(
                "{}: a line that was half written was cut off ({})",
                path.display(),
                counted(torn, "byte")
            ));
        }
        Ok(Some(recording))
    }
}

impl Watched {
    /// Counts what came, and shows it if it is wanted. Nothing more is wanted when the reader has gone.
    fn take(&mut self, entry: &Entry) -> Result<Wanted, Failure> {
        match &entry.told {
            Told::Event { .. } => {}
            Told::Malformed { .. } => self.malformed += 1,
            Told::Gap { to, .. } => {
                self.gaps += 1;
                self.is_down = self.is_down || to.is_none();
            }
            Told::Resumed { .. } => self.is_down = false,
        }
        if !self.filter.lets_pass(entry) {
            return Ok(Wanted::Yes);
        }
        let text = match self.shown {
            Shown::Json => entry.to_line(),
            Shown::Lines => line(entry),
        };
        let mut out = io::stdout().lock();
        match writeln!(out, "{text}").and_then(|()| out.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(Wanted::No),
            Err(error) => {
                return Err(Failure::new(ExitCode::Other, format!("the events cannot be written: {error}")));
            }
            Ok(()) => {}
        }
        if matches!(entry.told, Told::Event { .. }) {
            self.events += 1;
            if self.left.is_some_and(|left| self.events >= left) {
                return Ok(Wanted::No);
            }
        }
        Ok(Wanted::Yes)
    }

    fn summary(&self) -> String {
        let [events, gaps] = [(self.events, "event"), (self.gaps, "gap")].map(|(number, what)| counted(number, what));
        format!("{events} shown, {gaps}, {} malformed", self.malformed)
    }
}

/// Says why there is no stream, and what to do.
fn not_opened(error: binance_papi::Error) -> Failure {
    let hint = match (error.kind(), error.status()) {
        (ErrorKind::Rejected, Some(418 | 429)) => "this address connects too often: try again in five minutes",
        (ErrorKind::Rejected, Some(400..=499)) => {
            "the key may be wrong, or lack the right to Portfolio Margin; `papi doctor` tells which"
        }
        (ErrorKind::NotSent, _) => {
            "is the host reachable, and does a proxy on the way let CONNECT pass? `papi doctor` looks at each step"
        }
        _ => "a proxy or firewall on the way may not let websockets pass; `papi doctor` looks at each step",
    };
    Failure::from(error).hint(hint)
}
