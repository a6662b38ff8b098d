//! Merges segments into one sequence of rows, in order and each once. It holds one row of each segment, and no more.

use super::journal::SegmentNote;
use super::segment::{Content, Entry, SegmentReader};
use binance_papi::history::Identity;
use serde::Deserialize;
use std::fs::File;
use std::io;
use std::path::Path;

/// The rows of several segments in order. Of two readings of a row the one that changed later counts, and of equal ones that
/// of the later segment; one that reads counts more than one that does not.
#[derive(Debug)]
pub(crate) struct Merge {
    /// Each segment with its next row; none at its end.
    segments: Vec<(SegmentReader<File>, Option<Entry>)>,
    /// Whose rows come next.
    lead: Option<Lead>,
}

/// A segment whose rows come next, as long as they stand before those of all others: segments mostly follow each other.
#[derive(Debug)]
struct Lead {
    segment: usize,
    /// The first row of the others; none when they are at their end.
    before: Option<Identity>,
}

impl Merge {
    /// Opens segments of a folder, the earlier reading first.
    pub(crate) fn open<'a>(folder: &Path, notes: impl IntoIterator<Item = &'a SegmentNote>) -> io::Result<Self> {
        let open = |note: &SegmentNote| {
            let mut segment = SegmentReader::open(folder, note)?;
            let next = segment.next()?;
            Ok((segment, next))
        };
        Ok(Self { segments: notes.into_iter().map(open).collect::<io::Result<_>>()?, lead: None })
    }

    /// Returns the next row, or none at the end, when every segment has proven to be whole.
    pub(crate) fn next(&mut self) -> io::Result<Option<Entry>> {
        if let Some(Lead { segment, before }) = &self.lead {
            let (segment, next) = &mut self.segments[*segment];
            if let Some(entry) = next.take_if(|entry| before.as_ref().is_none_or(|before| entry.key < *before)) {
                *next = segment.next()?;
                return Ok(Some(entry));
            }
        }
        let heads = self.segments.iter().enumerate();
        let mut heads: Vec<_> = heads.filter_map(|(at, (_, next))| Some((&next.as_ref()?.key, at))).collect();
        heads.sort_unstable();
        let Some((key, segment)) = heads.first().copied() else { return Ok(None) };
        let key = key.clone();
        // What more than one of them has is decided below.
        self.lead = Some(Lead { segment, before: heads.get(1).map(|(key, _)| (*key).clone()) });
        let mut kept: Option<Content> = None;
        for (segment, next) in &mut self.segments {
            let Some(Entry { content, .. }) = next.take_if(|entry| entry.key == key) else { continue };
            *next = segment.next()?;
            if kept.as_ref().is_none_or(|earlier| supersedes(&content, earlier)) {
                kept = Some(content);
            }
        }
        Ok(kept.map(|content| Entry { key, content }))
    }

    /// Returns why a row that was read cannot be used: its segment may be damaged, which shows at the end.
    pub(crate) fn reason(&mut self, error: io::Error) -> io::Error {
        loop {
            match self.next() {
                Ok(Some(_)) => {}
                Ok(None) => return error,
                Err(damage) => return damage,
            }
        }
    }
}

/// Returns whether a later reading of a row takes the place of an earlier one.
pub(super) fn supersedes(later: &Content, earlier: &Content) -> bool {
    match (later, earlier) {
        (Content::Good { row: later, .. }, Content::Good { row: earlier, .. }) => {
            later == earlier || changed_at(later) >= changed_at(earlier)
        }
        (Content::Bad(_), Content::Good { .. }) => false,
        _ => true,
    }
}

/// Returns when a row last changed, as the row itself says.
fn changed_at(row: &str) -> Option<i64> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Changed {
        update_time: Option<i64>,
        updated_time: Option<i64>,
    }
    let changed: Changed = serde_json::from_str(row).ok()?;
    changed.update_time.or(changed.updated_time)
}

#[cfg(test)]
mod tests {
    use super::super::segment::{self, BadRow};
    use super::*;
    use binance_papi::Timestamp;

    fn good(time: i64, row: &str) -> Entry {
        let content = Content::Good { row: row.to_owned(), raw: None };
        Entry { key: Identity::new(Some(Timestamp::from_millis(time)), ["k"], 0), content }
    }

    fn bad(time: i64) -> Entry {
        let bad = BadRow { path: ".".into(), reason: "r".into(), raw: "x".into() };
        Entry { key: Identity::new(Some(Timestamp::from_millis(time)), ["k"], 0), content: Content::Bad(bad) }
    }

    fn merged(segments: &[Vec<Entry>]) -> Vec<Entry> {
        let folder = tempfile::tempdir().expect("a folder");
        let note = |index: usize| SegmentNote { file: index.to_string(), level: 0, seal: None };
        let notes: Vec<_> = (0..segments.len()).map(note).collect();
        for (note, entries) in notes.iter().zip(segments) {
            let mut text = Vec::new();
            for entry in entries {
                segment::write(&mut text, entry).expect("printable");
            }
            std::fs::write(folder.path().join(&note.file), text).expect("written");
        }
        let mut merge = Merge::open(folder.path(), &notes).expect("readable");
        std::iter::from_fn(|| merge.next().expect("readable")).collect()
    }

    #[test]
    fn rows_come_in_order_and_each_once() {
        let (a, b, c, d) = (good(1, "{}"), good(2, "{}"), good(3, "{}"), good(4, "{}"));
        let segments = [vec![a.clone(), d.clone()], vec![], vec![b.clone(), c.clone()], vec![c.clone(), d.clone()]];
        assert_eq!(merged(&segments), [a, b, c, d]);
    }

    #[test]
    fn the_later_reading_counts_unless_the_row_changed_back() {
        let row = |status: &str, at: i64| good(1, &format!("{{\"status\":\"{status}\",\"updateTime\":{at}}}"));
        assert_eq!(merged(&[vec![row("NEW", 1)], vec![row("FILLED", 2)]]), [row("FILLED", 2)]);
        assert_eq!(merged(&[vec![row("FILLED", 2)], vec![row("NEW", 1)]]), [row("FILLED", 2)]);
        assert_eq!(merged(&[vec![row("A", 2)], vec![row("B", 2)], vec![row("C", 2)]]), [row("C", 2)]);
        assert_eq!(merged(&[vec![good(1, "{\"a\":1}")], vec![good(1, "{\"a\":2}")]]), [good(1, "{\"a\":2}")]);
    }

    #[test]
    fn a_row_that_reads_counts_more_than_one_that_does_not() {
        assert_eq!(merged(&[vec![bad(1)], vec![good(1, "{}")]]), [good(1, "{}")]);
        assert_eq!(merged(&[vec![good(1, "{}")], vec![bad(1)]]), [good(1, "{}")]);
    }
}
