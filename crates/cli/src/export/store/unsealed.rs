//! Exports from before there were seals: order and count of their rows are all that can be checked.

use super::super::damage::{Damage, Part};
use super::super::exported::Export;
use super::super::format;
use super::super::journal::{Journal, SegmentNote};
use super::super::latest;
use super::super::merge::Merge;
use super::super::seal::{Seal, Tally, sha256};
use super::super::segment::{self, Content};
use papi_runtime::counted;
use std::fs::File;
use std::io;
use std::path::Path;

/// Reads such an export, gives its journal the seals of what is there, and returns what is wrong with it. Nothing is written.
pub(super) fn seal(export: &Export, journal: &mut Journal) -> io::Result<Vec<Damage>> {
    let folder = &export.files.folder;
    let (mut seals, mut damages) = (Vec::new(), Vec::new());
    for note in journal.segments() {
        match segment::check(folder, note)? {
            Ok(seal) => seals.push(seal),
            Err(damage) => damages.push(damage),
        }
    }
    if !damages.is_empty() {
        return Ok(damages);
    }
    // A run that died may have replaced the output and not have said so.
    let counts = [count(export, journal.base.iter())?, count(export, journal.segments())?];
    let (output, damage) = part(folder, (Part::Output, &export.files.out), counts.map(|count| count.good), |file| {
        export.format.count_rows(file)
    })?;
    damages.extend(damage);
    let lines = counts.map(|count| count.bad);
    let (quarantine, damage) = part(folder, (Part::Quarantine, &export.files.quarantine), lines, format::count_lines)?;
    damages.extend(damage);
    journal.upgrade(seals, output, quarantine);
    Ok(damages)
}

/// How many rows an output has, and its quarantine.
#[derive(Debug, Clone, Copy, Default)]
struct RowCounts {
    good: u64,
    bad: u64,
}

/// Counts the rows of the output that segments give.
fn count<'a>(export: &Export, notes: impl Iterator<Item = &'a SegmentNote> + Clone) -> io::Result<RowCounts> {
    let folder = &export.files.folder;
    let latest = latest::of(&export.dataset, folder, notes.clone())?;
    let (mut merge, mut count) = (Merge::open(folder, notes)?, RowCounts::default());
    while let Some(entry) = merge.next()? {
        if latest.as_ref().is_none_or(|latest| latest.is_latest(&entry.key)) {
            match entry.content {
                Content::Good { .. } => count.good += 1,
                Content::Bad(_) => count.bad += 1,
            }
        }
    }
    Ok(count)
}

/// Returns the seal of a file that follows from the segments, and what is wrong when it has not as many rows as they give.
fn part(
    folder: &Path,
    (part, path): (Part, &Path),
    expected: [u64; 2],
    count: impl FnOnce(File) -> io::Result<u64>,
) -> io::Result<(Option<Seal>, Option<Damage>)> {
    let mut file = match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((None, None)),
        file => file?,
    };
    let seal = Tally::default().sealed(sha256(&mut file)?);
    let damage = |part, path: &Path, what| Some(Damage { part, path: path.to_owned(), what, times: None });
    let Ok(rows) = File::open(path).and_then(count) else {
        return Ok((None, damage(part, path, "it cannot be read".to_owned())));
    };
    let most = expected.into_iter().max().unwrap_or_default();
    let damage = if expected.contains(&rows) {
        None
    } else if rows > most {
        let what = format!("its segments have {}, and {} has {rows}", counted(most, "row"), path.display());
        damage(Part::Segment, folder, what)
    } else {
        damage(part, path, format!("it has {} of {most}", counted(rows, "row")))
    };
    // Another output is not sealed: the next run writes it anew.
    Ok((damage.is_none().then_some(Seal { rows, ..seal }), damage))
}
