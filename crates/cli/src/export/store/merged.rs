//! The files of an output, written from all segments and put in place together.

use super::super::disk::{Disk, Settled};
use super::super::exported::Export;
use super::super::files::ExportFiles;
use super::super::format::row_writer;
use super::super::journal::Journal;
use super::super::latest;
use super::super::merge::Merge;
use super::super::seal::{Hasher, Seal, Tally};
use super::super::segment::{self, Content};
use super::super::totals::{Counter, Totals};
use std::io::{self, Write as _};

/// The files of an output, which are durable and have no names yet.
#[derive(Debug)]
pub(super) struct Merged {
    base: Settled,
    quarantine: Settled,
    output: Settled,
    pub(super) base_seal: Seal,
    /// None when there is no row for it.
    pub(super) quarantine_seal: Option<Seal>,
    pub(super) output_seal: Seal,
    pub(super) totals: Totals,
}

impl Merged {
    /// Writes them from all segments: all that can fail because a segment is damaged or the disk is full happens here.
    pub(super) fn write(export: &Export, journal: &Journal, disk: &Disk, base_name: &str) -> io::Result<Self> {
        let Export { files, format, dataset, .. } = export;
        let folder = &files.folder;
        let latest = latest::of(dataset, folder, journal.segments())?;
        let mut base = disk.draft(folder, &folder.join(base_name), Hasher::xxh3())?;
        let mut quarantine = disk.draft(folder, &files.quarantine, Hasher::sha256())?;
        let mut output = row_writer(*format, dataset, disk.draft(folder, &files.out, Hasher::sha256())?)?;
        let (mut all, mut good, mut bad) = (Tally::default(), Tally::default(), Tally::default());
        let mut counter = Counter::new(dataset);
        let mut merge = Merge::open(folder, journal.segments())?;
        while let Some(entry) = merge.next()? {
            if latest.as_ref().is_some_and(|latest| !latest.is_latest(&entry.key)) {
                continue;
            }
            segment::write(&mut base, &entry)?;
            all.note(&entry.key);
            match &entry.content {
                Content::Good { row, raw } => {
                    let cells = match dataset.cells(row, raw.as_deref()) {
                        Ok(cells) => cells,
                        Err(misfit) => return Err(merge.reason(misfit.into())),
                    };
                    counter.row(&cells);
                    output.row(&cells)?;
                    good.note(&entry.key);
                }
                Content::Bad(row) => {
                    serde_json::to_writer(&mut quarantine, row)?;
                    quarantine.write_all(b"\n")?;
                    bad.note(&entry.key);
                }
            }
        }
        let (base, quarantine, output) = (base.settle()?, quarantine.settle()?, output.finish()?.settle()?);
        let totals = counter.finish(bad.rows());
        let quarantine_seal = (bad.rows() > 0).then(|| bad.sealed(quarantine.checksum.clone()));
        let (base_seal, output_seal) = (all.sealed(base.checksum.clone()), good.sealed(output.checksum.clone()));
        Ok(Self { base, quarantine, output, base_seal, quarantine_seal, output_seal, totals })
    }

    /// Gives them their names, one after the other.
    pub(super) fn publish(self, files: &ExportFiles, disk: &Disk) -> io::Result<()> {
        self.base.publish()?;
        match self.quarantine_seal {
            Some(_) => self.quarantine.publish()?,
            None => disk.remove(&files.quarantine)?,
        }
        self.output.publish()
    }
}
