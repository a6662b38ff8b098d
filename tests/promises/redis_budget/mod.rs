//! Hosts that share a ledger on Redis keep to one limit together while the server answers, use nearly all of it, and go on
//! with their shares while it does not. With a real server.

mod many_hosts;
mod one_client;
mod server;
