//! Walks through histories of all kinds, against an exchange in memory.

mod histories;
mod hostile;
mod requests;
mod server;
mod walks;
