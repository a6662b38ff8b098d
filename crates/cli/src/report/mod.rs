//! `papi report`: one page about the forced closes of an account. Rows are read, figures are computed from them by pure
//! functions, and the figures are shown.

mod command;
mod input;
mod json;
mod markdown;
mod model;
mod output;
mod page;
mod svg;
mod words;

pub(crate) use command::ReportCommand;
