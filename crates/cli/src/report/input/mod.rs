//! Where the rows of a report come from: files of exports, or the account itself.

mod account;
mod close_row;
mod files;
mod gathered;
mod income_row;
mod marks;
mod recognise;
mod table;
mod value;

pub(crate) use account::ask_account;
pub(crate) use files::read_files;
