//! The session against an exchange in memory, in virtual time.

mod exchange;
mod random_faults;
mod situations;
