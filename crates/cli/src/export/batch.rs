//! Batches of a walk on their way into the store: rows are judged once, before any of them is kept, and neighbours are gathered.

use super::dataset::{Dataset, Misfit};
use super::segment::{BadRow, Content, Entry};
use binance_papi::history::{Identity, SpanIssue};
use std::time::Duration;
use tokio::time::Instant;

/// A finished batch of the range that is being walked.
#[derive(Debug, Clone)]
pub(crate) struct Batch {
    /// Where the walk goes on when this batch was the last one of a run.
    pub(crate) resume_at: i64,
    pub(crate) rows: Vec<Entry>,
    pub(crate) issues: Vec<SpanIssue>,
}

/// Batches that go to the disk together, because making a file durable takes longer than filling it. A run that dies loses
/// what it has waiting here, which is little, and asks for it again.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    batch: Option<Batch>,
    batches: usize,
    /// When they go to the disk at the latest.
    due: Option<Instant>,
}

impl Gathered {
    /// So many batches go to the disk together at most.
    const MOST_BATCHES: usize = 16;

    /// With so many rows they go to the disk at once: they take some megabytes of memory.
    const ENOUGH_ROWS: usize = 2_000;

    /// How long rows wait.
    const WAIT: Duration = Duration::from_millis(250);

    /// Adds the batch that follows.
    pub(crate) fn add(&mut self, batch: Batch, now: Instant) {
        self.batches += 1;
        self.due.get_or_insert(now + Self::WAIT);
        match &mut self.batch {
            None => self.batch = Some(batch),
            Some(earlier) => {
                earlier.resume_at = batch.resume_at;
                earlier.rows.extend(batch.rows);
                earlier.issues.extend(batch.issues);
            }
        }
    }

    /// Returns when they go to the disk at the latest; none when there is nothing.
    pub(crate) fn due(&self) -> Option<Instant> {
        self.due
    }

    /// Returns whether they go to the disk now.
    pub(crate) fn is_due(&self, now: Instant) -> bool {
        let rows = self.batch.as_ref().map_or(0, |batch| batch.rows.len());
        self.batches >= Self::MOST_BATCHES || rows >= Self::ENOUGH_ROWS || self.due.is_some_and(|due| due <= now)
    }

    /// Takes all of them out, as one batch.
    pub(crate) fn take(&mut self) -> Option<Batch> {
        std::mem::take(self).batch
    }
}

/// Returns what is kept of a row. `printed` is the row as its type prints it, or where it does not read and why.
///
/// A row that has no place in the columns is bad in every format, so that all formats hold the same rows.
pub(crate) fn entry(dataset: &Dataset, key: Identity, raw: &str, printed: Result<String, Misfit>) -> Entry {
    let content = match printed.and_then(|row| dataset.misfit(&row).map_or(Ok(row), Err)) {
        Ok(row) => Content::Good { row, raw: dataset.has_raw().then(|| raw.to_owned()) },
        Err(Misfit { path, reason }) => Content::Bad(BadRow { path, reason, raw: raw.to_owned() }),
    };
    Entry { key, content }
}

#[cfg(test)]
mod tests {
    use super::*;
    use binance_papi::history::SpanIssueKind;

    fn batch(at: i64, rows: usize) -> Batch {
        let entry = |index: usize| Entry {
            key: Identity::new(None, [index.to_string()], 0),
            content: Content::Good { row: "{}".to_owned(), raw: None },
        };
        let issues = vec![SpanIssue::new(SpanIssueKind::Unproven, at, at)];
        Batch { resume_at: at, rows: (0..rows).map(entry).collect(), issues }
    }

    #[test]
    fn batches_that_are_gathered_are_one_that_ends_where_the_last_one_does() {
        let (mut gathered, now) = (Gathered::default(), Instant::now());
        assert!(gathered.take().is_none() && !gathered.is_due(now));
        gathered.add(batch(1, 2), now);
        gathered.add(batch(2, 3), now);
        let one = gathered.take().expect("two batches");
        assert_eq!((one.resume_at, one.rows.len()), (2, 5));
        assert_eq!(one.issues, [1, 2].map(|at| SpanIssue::new(SpanIssueKind::Unproven, at, at)));
        assert!(gathered.take().is_none() && gathered.due().is_none());
    }

    #[test]
    fn they_are_due_when_they_are_many_or_have_waited() {
        let now = Instant::now();
        let mut gathered = Gathered::default();
        gathered.add(batch(1, 1), now);
        gathered.add(batch(2, 1), now + Gathered::WAIT / 2);
        assert!(!gathered.is_due(now + Gathered::WAIT / 2) && gathered.is_due(now + Gathered::WAIT));
        assert_eq!(gathered.due(), Some(now + Gathered::WAIT));
        gathered.add(batch(3, Gathered::ENOUGH_ROWS), now);
        assert!(gathered.is_due(now));
        let mut gathered = Gathered::default();
        for at in 0..16 {
            assert!(!gathered.is_due(now));
            gathered.add(batch(at, 0), now);
        }
        assert!(gathered.is_due(now));
    }
}
