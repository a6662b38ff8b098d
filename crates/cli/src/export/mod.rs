//! `papi export`: a whole history as a file. What the walk finds is kept in segments beside the output until it is whole;
//! one merge then writes the output, so that a reader never sees half of it.

mod batch;
mod catalog;
mod cell;
mod command;
mod damage;
mod dataset;
mod disk;
mod exported;
mod files;
mod fingerprint;
mod format;
mod interruption;
mod journal;
mod latest;
mod merge;
mod options;
mod progress;
mod range;
mod remedy;
mod rerun;
mod row_text;
mod seal;
mod segment;
mod store;
mod summary;
mod to_stdout;
mod totals;
mod trouble;
mod walk;

pub(crate) use catalog::hint as export_hint;
pub(crate) use options::ExportCommand;
