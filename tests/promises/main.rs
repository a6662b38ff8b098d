//! What the library promises, each promise a file. What can be seen only through a real socket is seen there, with the
//! sandbox at its other end.

mod blocking;
mod chaos;
mod durable_intents;
mod every_feature;
mod facts;
mod fault_matrix;
mod given_histories;
mod histories;
mod keys;
mod orders;
mod outside_use;
mod processes;
mod redis_budget;
mod refusals;
mod replies;
mod requests;
mod secrets;
mod settle;
mod shared_budget;
mod shared_ledger;
mod whole_histories;
