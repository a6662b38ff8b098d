//! Where the rows of histories come from: forced closes and their income follow from a seed, all other rows are derived
//! from a documented example, and a test may give rows of its own instead of either.

pub(crate) mod derived;
mod given;
mod seeded;

pub(crate) use given::Filter;
pub use given::{GivenRows, GivenRowsError};
pub use seeded::{Cause, ForceOrder, Product, SeededRows};
