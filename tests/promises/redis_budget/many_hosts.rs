//! Eight processes on four hosts, and what becomes of clients and server.

use super::server::{Keeps, Server};
use crate::processes::Processes;
use binance_papi::{Client, LedgerStore, Limits};
use papi_sandbox::{Metering, Sandbox, Usage};
use std::time::{Duration, Instant};

const WEIGHT: u32 = 600;
const WINDOW: Duration = Duration::from_secs(6);

/// A server, an exchange, and processes that ask for all they can get.
struct Desk {
    server: Server,
    sandbox: Sandbox,
    processes: Processes,
}

impl Desk {
    /// Starts all of them; none where there is no server. The exchange allows this much.
    async fn start(keeps: Keeps, metering: Metering, allowed: u32) -> Option<Self> {
        let server = Server::start(keeps)?;
        // The first client finds no ledger: reads wait for a window.
        let limits = Limits { weight: WEIGHT, window: WINDOW, order_share: Some(0), ..Limits::default() };
        let store = LedgerStore::redis(&server.url("desk", "first")).expect("an address");
        Client::builder().limits(limits).shared_ledger(store).build().expect("a client");
        tokio::time::sleep(WINDOW).await;
        let limits =
            papi_sandbox::Limits { weight: allowed, window: WINDOW, metering, ..papi_sandbox::Limits::default() };
        let sandbox = Sandbox::builder().limits(limits).start().await.expect("a free port");
        let processes = Processes::start((0..8).map(|each| arguments(&server, &sandbox, each)));
        Some(Self { server, sandbox, processes })
    }

    /// The part of the limit that is used while so many windows pass.
    async fn use_during(&self, windows: f64) -> f64 {
        let (start, before) = (Instant::now(), self.usage().total_weight);
        tokio::time::sleep(WINDOW.mul_f64(windows)).await;
        let used = u32::try_from(self.usage().total_weight - before).expect("not that much");
        f64::from(used) / f64::from(WEIGHT) / start.elapsed().div_duration_f64(WINDOW)
    }

    fn usage(&self) -> Usage {
        self.sandbox.usage()
    }

    fn assert_kept_to_the_limit(&mut self) {
        let usage = self.usage();
        assert!(self.processes.all_run(), "one was not answered as it should be, {usage:?}");
        assert!(usage.peak_weight <= WEIGHT && usage.throttled == 0, "{usage:?}");
    }
}

/// Two processes a host, each host with a clock of its own.
fn arguments(server: &Server, sandbox: &Sandbox, number: usize) -> [String; 4] {
    let hours_off = [0, -5, 3, 7][number % 4];
    let ledger = server.url("desk", &format!("host-{}", number % 4));
    [sandbox.base_url().to_owned(), ledger, WINDOW.as_secs().to_string(), (hours_off * 60).to_string()]
}

async fn eight_processes_share(metering: Metering) {
    let Some(mut desk) = Desk::start(Keeps::Nothing, metering, WEIGHT).await else { return };
    // They start at different moments, and spread their demand over the first window.
    tokio::time::sleep(WINDOW.mul_f64(1.25)).await;
    let together = desk.use_during(2.0).await;
    desk.assert_kept_to_the_limit();
    assert!(together >= 0.95, "{together} of the limit was used, {:?}", desk.usage());
}

#[tokio::test]
async fn eight_processes_of_four_hosts_keep_to_one_aligned_limit_and_use_it() {
    eight_processes_share(Metering::Aligned).await;
}

#[tokio::test]
async fn eight_processes_of_four_hosts_keep_to_one_rolling_limit_and_use_it() {
    eight_processes_share(Metering::Rolling).await;
}
