//! What the library promises, each promise a file. What can be seen only through a real socket is seen there, with the
//! sandbox at its other end.

mod every_feature;
mod facts;
mod histories;
mod orders;
mod outside_use;
mod refusals;
mod replies;
mod requests;
mod shared_budget;
