//! What the library promises, each promise a file, all through a real socket to the sandbox.

mod every_feature;
mod histories;
mod orders;
mod outside_use;
mod refusals;
mod shared_budget;
