//! `papi watch`: the account's events as they happen, as lines for people or as JSON lines, recorded and read back.

mod command;
mod entry;
mod filter;
mod line;
mod options;
mod recording;
mod replay;
mod symbols;

pub(crate) use options::WatchCommand;
