//! Plays client, network and exchange from one seed, in virtual time, and holds what the client said against what the exchange
//! really did. `cargo xtask simulate` builds it with `--cfg papi_simulation`; without that it does nothing.

#[cfg(papi_simulation)]
mod claim;
#[cfg(papi_simulation)]
mod clocks;
#[cfg(papi_simulation)]
mod command;
#[cfg(papi_simulation)]
mod disk;
#[cfg(papi_simulation)]
mod fate;
#[cfg(papi_simulation)]
mod historian;
#[cfg(papi_simulation)]
mod network;
#[cfg(papi_simulation)]
mod notebook;
#[cfg(papi_simulation)]
mod oracle;
#[cfg(papi_simulation)]
mod plan;
#[cfg(papi_simulation)]
mod process;
#[cfg(papi_simulation)]
mod record;
#[cfg(papi_simulation)]
mod run;
#[cfg(papi_simulation)]
mod seed;
#[cfg(papi_simulation)]
mod stream;
#[cfg(papi_simulation)]
mod timeline;
#[cfg(papi_simulation)]
mod trader;
#[cfg(papi_simulation)]
mod world;

#[cfg(papi_simulation)]
fn main() -> std::process::ExitCode {
    command::run_from_arguments()
}

/// Says nothing, because runners of tests ask every test program for a list of its tests.
#[cfg(not(papi_simulation))]
fn main() {}
