//! The code that answers valid requests, one file for each kind of call. Handlers read and change the account and know
//! no socket. [`crate::routes`] says which of them answers which call.

pub(crate) mod derived_rows;
pub(crate) mod documented;
pub(crate) mod force_orders;
pub(crate) mod given_rows;
pub(crate) mod listen_key;
pub(crate) mod loans;
pub(crate) mod orders;
pub(crate) mod settings;
