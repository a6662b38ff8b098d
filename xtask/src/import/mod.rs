//! `cargo xtask import`: from saved pages of the vendor to drafts of specs. A page becomes a [`page::Page`], whatever layout it
//! was saved in; facts are read from that alone, and drafts are written from facts.

mod command;
pub(crate) mod draft;
pub(crate) mod example;
pub(crate) mod facts;
pub(crate) mod page;
pub(crate) mod reading;
mod summary;

#[cfg(test)]
pub(crate) mod tests;

pub(crate) use command::{Options, Refused, run};
