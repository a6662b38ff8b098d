//! Writing intents: many calls that begin at the same time share one forcing of the disk, and none leaves before its intent
//! is durable.
//!
//! Whoever begins puts a line into the queue and waits to be told. Unless somebody does so already, a thread that may wait
//! takes the whole queue, writes it, forces it to the disk once and tells all that waited; then it takes what has come
//! meanwhile. So nobody's giving up disturbs others.

use super::content::Finding;
use super::disk;
use super::file::{IntentFile, Opened};
use super::open_intents::OpenIntents;
use super::record::{EndOfIntent, IntentRecord, Record};
use crate::pending::Pending;
use papi_types::{EndpointInfo, Timestamp};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use tokio::sync::oneshot;

/// The intents of one client and its clones.
#[derive(Debug)]
pub(super) struct IntentWriter {
    path: PathBuf,
    /// Held while bytes are written, not while the disk is waited for. Taken before `state`, never after it.
    file: Mutex<IntentFile>,
    state: Mutex<State>,
    /// How often the disk was waited for.
    syncs: AtomicU64,
}

#[derive(Debug)]
struct State {
    intents: OpenIntents,
    queued: Batch,
    /// Ends, which nobody waits for.
    ends: Vec<u8>,
    turn: Turn,
}

/// Lines that become durable together, and those who wait for that.
#[derive(Debug, Default)]
struct Batch {
    lines: Vec<u8>,
    waiting: Vec<oneshot::Sender<Result<(), Failure>>>,
}

/// Whether somebody empties the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Free,
    Taken,
}

/// Why lines are not durable, for each of those who waited.
#[derive(Debug, Clone)]
struct Failure {
    kind: io::ErrorKind,
    reason: String,
}

impl IntentWriter {
    pub(super) fn open(path: &Path) -> io::Result<(Self, Vec<Finding>)> {
        let Opened { file, content, findings } = IntentFile::open(path)?;
        let state = State {
            intents: OpenIntents::read(content.next, content.open),
            queued: Batch::default(),
            ends: Vec::new(),
            turn: Turn::Free,
        };
        let path = file.path().to_owned();
        let writer = Self { path, file: Mutex::new(file), state: Mutex::new(state), syncs: AtomicU64::new(0) };
        Ok((writer, findings))
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Looks at the intents without an end.
    pub(super) fn look<T>(&self, at: impl FnOnce(&OpenIntents) -> T) -> T {
        at(&self.state().intents)
    }

    /// Notes a call that is going to be sent. It gets a number, and is not durable before [`Durable::wait`] says so.
    pub(super) fn begin(self: &Arc<Self>, record: IntentRecord, info: Option<&'static EndpointInfo>) -> (u64, Durable) {
        let mut state = self.state();
        let record = state.intents.begin(record, info).clone();
        let number = record.number;
        (number, self.queue(state, &Record::Intent(record)))
    }

    /// Notes a further attempt of a call.
    pub(super) fn stamp(self: &Arc<Self>, number: u64, sent_at: Timestamp) -> Durable {
        let mut state = self.state();
        state.intents.stamp(number, sent_at);
        self.queue(state, &Record::Attempt { number, sent_at })
    }

    /// Takes back what did not become durable, so that it did not leave.
    pub(super) fn take_back(&self, number: u64, attempt: Option<Timestamp>) {
        let mut state = self.state();
        match attempt {
            Some(sent_at) => state.intents.unstamp(number, sent_at),
            None => {
                state.intents.remove(number);
            }
        }
    }

    /// Notes that a call is no longer being sent, without an end.
    pub(super) fn leave(&self, number: u64) {
        self.state().intents.leave(number);
    }

    /// Notes the end of an intent. It is not forced to the disk: an end that is lost only has the exchange asked once more.
    pub(super) fn end(&self, number: u64, how: EndOfIntent, at: Timestamp) {
        {
            let mut state = self.state();
            if !state.intents.remove(number) {
                return;
            }
            Record::End { number, how, at }.write_line(&mut state.ends);
        }
        match self.file.try_lock() {
            Ok(mut file) => self.write_ends(&mut file),
            Err(TryLockError::Poisoned(poisoned)) => self.write_ends(&mut poisoned.into_inner()),
            // Who writes at this moment writes them as well, or the next one does.
            Err(TryLockError::WouldBlock) => {}
        }
    }

    /// Notes the end of an intent and makes that durable. None when there is no such intent.
    pub(super) fn end_durably(self: &Arc<Self>, number: u64, how: EndOfIntent, at: Timestamp) -> Option<Durable> {
        let mut state = self.state();
        let is_removed = state.intents.remove(number);
        is_removed.then(|| self.queue(state, &Record::End { number, how, at }))
    }

    /// Notes what the exchange has said about a call, if an intent of it is open.
    pub(super) fn settle(&self, pending: &Pending, how: EndOfIntent, at: Timestamp) {
        let number = self.state().intents.of(pending);
        if let Some(number) = number {
            self.end(number, how, at);
        }
    }

    fn queue(self: &Arc<Self>, mut state: MutexGuard<'_, State>, record: &Record) -> Durable {
        let (tell, told) = oneshot::channel();
        record.write_line(&mut state.queued.lines);
        state.queued.waiting.push(tell);
        if state.turn == Turn::Free {
            state.turn = Turn::Taken;
            drop(state);
            let turn = FlushTurn { writer: self.clone(), is_over: false };
            where_waiting_is_allowed(move || turn.flush());
        }
        Durable(told)
    }

    /// Writes lines and waits until they are on the disk.
    fn write(&self, lines: &[u8]) -> io::Result<()> {
        let mut file = self.file();
        self.syncs.fetch_add(1, Ordering::Relaxed);
        if file.is_to_be_rewritten() {
            let mut state = self.state();
            state.ends.clear();
            let (next, records): (_, Vec<_>) = (state.intents.next(), state.intents.records().cloned().collect());
            drop(state);
            file.rewrite(next, records.iter())?;
            self.write_ends(&mut file);
            return Ok(());
        }
        let written = file.append(lines)?;
        self.write_ends(&mut file);
        drop(file);
        disk::force(&written, File::sync_data).inspect_err(|_| self.file().distrust())
    }

    /// Writes the ends that nobody waits for. When that fails the file is written anew before anything is sent, and without
    /// what has ended.
    fn write_ends(&self, file: &mut IntentFile) {
        let ends = std::mem::take(&mut self.state().ends);
        if !ends.is_empty() && file.is_trusted() {
            let _ = file.append(&ends);
        }
    }

    /// How often the disk was waited for.
    #[cfg(test)]
    pub(super) fn syncs(&self) -> u64 {
        self.syncs.load(Ordering::Relaxed)
    }

    #[cfg(test)]
    pub(super) fn break_with(&self, file: std::fs::File) {
        self.file().break_with(file);
    }

    fn file(&self) -> MutexGuard<'_, IntentFile> {
        // A panic in the middle of writing leaves a file that is not trusted.
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Every change under the lock is a plain one.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends that came while others wrote are not left to be asked for again.
impl Drop for IntentWriter {
    fn drop(&mut self) {
        self.write_ends(&mut self.file());
    }
}

/// The turn of emptying the queue.
#[derive(Debug)]
struct FlushTurn {
    writer: Arc<IntentWriter>,
    is_over: bool,
}

impl FlushTurn {
    fn flush(mut self) {
        let Some(mut batch) = self.next_batch() else { return };
        loop {
            let failure = |error: io::Error| Failure { kind: error.kind(), reason: error.to_string() };
            let result = self.writer.write(&batch.lines).map_err(failure);
            let Some(next) = self.next_batch() else {
                // Who is told may drop the client and open the file anew: so it is let go before.
                drop(self);
                return batch.tell(&result);
            };
            batch.tell(&result);
            batch = next;
        }
    }

    /// Everything that is queued; none when the turn is over.
    fn next_batch(&mut self) -> Option<Batch> {
        let mut state = self.writer.state();
        if state.queued.waiting.is_empty() {
            (state.turn, self.is_over) = (Turn::Free, true);
            return None;
        }
        Some(std::mem::take(&mut state.queued))
    }
}

impl Batch {
    fn tell(self, result: &Result<(), Failure>) {
        for waiting in self.waiting {
            // Who has given up waits no longer.
            let _ = waiting.send(result.clone());
        }
    }
}

/// A turn that ends otherwise, because its runtime was shut down or it panicked, must not let others wait for ever.
impl Drop for FlushTurn {
    fn drop(&mut self) {
        if !self.is_over {
            self.writer.file().distrust();
            let mut state = self.writer.state();
            (state.queued, state.turn) = (Batch::default(), Turn::Free);
        }
    }
}

/// Waits until what was queued is on the disk.
#[derive(Debug)]
pub(super) struct Durable(oneshot::Receiver<Result<(), Failure>>);

impl Durable {
    pub(super) async fn wait(self) -> io::Result<()> {
        match self.0.await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(Failure { kind, reason })) => Err(io::Error::new(kind, reason)),
            Err(_) => Err(io::Error::other("the runtime was shut down")),
        }
    }
}

/// Does what may wait for the disk. The only place where this module leaves the thread of its caller.
fn where_waiting_is_allowed(work: impl FnOnce() + Send + 'static) {
    if cfg!(papi_simulation) {
        // There is one thread, and no other order of things than that of the seed.
        work();
    } else {
        drop(tokio::task::spawn_blocking(work));
    }
}
