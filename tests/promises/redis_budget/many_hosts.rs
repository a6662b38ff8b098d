//! Eight processes on four hosts, and what becomes of clients and server.

use super::server::{Keeps, Server};
use crate::processes::Processes;
use binance_papi::{Client, LedgerStore, Limits};
use papi_sandbox::{Metering, Sandbox, Usage};
use std::time::{Duration, Instant};
use tokio::time::sleep;

const WEIGHT: u32 = 600;

/// A client asks once a second whether its server is back.
const UNTIL_ALL_ARE_BACK: Duration = Duration::from_secs(2);

/// A server, an exchange, and processes that ask for all they can get.
struct Desk {
    server: Server,
    sandbox: Sandbox,
    processes: Processes,
    weight: u32,
    window: Duration,
}

impl Desk {
    /// Starts all of them, on an exchange that allows this much in a window, and waits until their demand is spread over it.
    /// None where there is no server.
    async fn start(keeps: Keeps, weight: u32, allowed: u32, window: Duration) -> Option<Self> {
        let server = Server::start(keeps)?;
        // The first client finds no ledger: reads wait for a window.
        let limits = Limits { weight, window, order_share: Some(0), ..Limits::default() };
        let store = LedgerStore::redis(&server.url("desk", "first")).expect("an address");
        Client::builder().limits(limits).shared_ledger(store).build().expect("a client");
        sleep(window).await;
        let limits = papi_sandbox::Limits {
            weight: allowed,
            window,
            metering: Metering::Rolling,
            ..papi_sandbox::Limits::default()
        };
        let sandbox = Sandbox::builder().limits(limits).start().await.expect("a free port");
        let processes = Processes::start((0..8).map(|each| arguments(&server, &sandbox, weight, window, each)));
        sleep(window.mul_f64(1.25)).await;
        Some(Self { server, sandbox, processes, weight, window })
    }

    /// The part of the limit that is used while so many windows pass.
    async fn use_during(&self, windows: f64) -> f64 {
        let (start, before) = (Instant::now(), self.usage().total_weight);
        sleep(self.window.mul_f64(windows)).await;
        let used = u32::try_from(self.usage().total_weight - before).expect("not that much");
        f64::from(used) / f64::from(self.weight) / start.elapsed().div_duration_f64(self.window)
    }

    /// The most that is used in any window of so many that pass.
    async fn most_during(&self, windows: f64) -> u64 {
        let (start, mut samples) = (Instant::now(), Vec::new());
        while start.elapsed() < self.window.mul_f64(windows) {
            samples.push((Instant::now(), self.usage().total_weight));
            sleep(Duration::from_millis(20)).await;
        }
        let (mut end, mut most) = (0, 0);
        for (begin, before) in &samples {
            while samples.get(end + 1).is_some_and(|(at, _)| *at - *begin <= self.window) {
                end += 1;
            }
            most = most.max(samples[end].1 - before);
        }
        most
    }

    fn usage(&self) -> Usage {
        self.sandbox.usage()
    }

    fn assert_kept_to_the_limit(&mut self) {
        let usage = self.usage();
        assert!(self.processes.all_run(), "one was not answered as it should be, {usage:?}");
        assert!(usage.peak_weight <= self.weight && usage.throttled == 0, "{usage:?}");
    }
}

/// Two processes a host, each host with a clock of its own.
fn arguments(server: &Server, sandbox: &Sandbox, weight: u32, window: Duration, number: usize) -> [String; 5] {
    let hours_off = [0, -5, 3, 7][number % 4];
    let ledger = server.url("desk", &format!("host-{}", number % 4));
    let (weight, window, clock) = (weight.to_string(), window.as_secs().to_string(), (hours_off * 60).to_string());
    [sandbox.base_url().to_owned(), ledger, weight, window, clock]
}

/// Eight processes use the limit together and never more. The exchange counts windows that roll. The variable `PAPI_MINUTES`
/// takes the exchange's own limit and window in place of short ones, for as many minutes.
async fn processes_share() -> Option<Desk> {
    let minutes = std::env::var("PAPI_MINUTES").ok().map(|minutes| minutes.parse().expect("a number of minutes"));
    let (weight, window, windows) = minutes
        .map_or((WEIGHT, Duration::from_secs(6), 2), |minutes: u32| (10 * WEIGHT, Duration::from_secs(60), minutes));
    let mut desk = Desk::start(Keeps::Nothing, weight, weight, window).await?;
    let together = desk.use_during(windows.into()).await;
    desk.assert_kept_to_the_limit();
    println!("{together:.4} of {weight} were used in {windows} windows of {window:?}, {:?}", desk.usage());
    assert!(together >= 0.95, "{together} of the limit was used, {:?}", desk.usage());
    Some(desk)
}

/// The ledger is emptied, and 200 clients are killed in the middle of their calls, while others go on.
async fn clients_die(mut desk: Desk) {
    for number in 0..200 {
        let arguments = arguments(&desk.server, &desk.sandbox, desk.weight, desk.window, number);
        desk.processes.replace_oldest(arguments);
        if number == 100 {
            assert_eq!(desk.server.command("FLUSHALL"), "+OK");
        }
        sleep(Duration::from_millis(30)).await;
    }
    desk.assert_kept_to_the_limit();
    // Their leases end after three seconds, and a window later their cost is free again.
    sleep(Duration::from_secs(3) + desk.window).await;
    let afterwards = desk.use_during(1.0).await;
    desk.assert_kept_to_the_limit();
    assert!(afterwards >= 0.85, "{afterwards} of the limit is used when all leases have ended, {:?}", desk.usage());
}

/// What becomes of a server, and how long it is away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outage {
    Paused,
    Stopped,
    /// It ends as in a crash and begins anew, with what it keeps.
    Crash(Keeps),
}

impl Outage {
    async fn happen(self, server: &mut Server) {
        let away = Duration::from_secs(2);
        match self {
            Self::Paused => {
                assert_eq!(server.command(&format!("CLIENT PAUSE {}", away.as_millis())), "+OK");
                sleep(away).await;
            }
            Self::Stopped => {
                server.signal("STOP");
                sleep(away).await;
                server.signal("CONT");
            }
            Self::Crash(_) => {
                server.kill();
                sleep(away).await;
                server.revive();
            }
        }
    }
}

/// While the server is away the hosts use no more than twice the limit in any window, which is the worst case; when all have
/// found it again, they keep to the limit once more.
async fn hosts_go_on_alone_and_come_back(outage: Outage) {
    let keeps = if let Outage::Crash(keeps) = outage { keeps } else { Keeps::Nothing };
    let window = Duration::from_secs(3);
    let Some(mut desk) = Desk::start(keeps, WEIGHT, 2 * WEIGHT, window).await else { return };
    let before = desk.usage();
    assert!(before.peak_weight <= WEIGHT, "{outage:?}: {before:?}");
    outage.happen(&mut desk.server).await;
    let while_away = desk.usage().total_weight - before.total_weight;
    assert!(while_away > u64::from(WEIGHT) / 10, "{outage:?}: only {while_away} was used while the server was away");
    sleep(UNTIL_ALL_ARE_BACK + window).await;
    let clients = desk.server.number("INFO clients", "connected_clients:");
    assert!(clients >= 8, "{outage:?}: {clients} of eight are back");
    let most = desk.most_during(2.0).await;
    let usage = desk.usage();
    assert!(
        most <= WEIGHT.into() && most > u64::from(WEIGHT) / 2,
        "{outage:?}: {most} in a window afterwards, {usage:?}"
    );
    assert!(usage.peak_weight <= 2 * WEIGHT && desk.processes.all_run(), "{outage:?}: {usage:?}");
    println!("{outage:?}: at most {} of {WEIGHT} in a window, {most} afterwards", usage.peak_weight);
}

/// One test in two parts: the second mostly waits, but the first measures what is used, and needs the processors for itself.
#[tokio::test]
async fn eight_processes_of_four_hosts_keep_to_one_limit_and_use_it_whatever_becomes_of_clients_and_server() {
    let Some(desk) = processes_share().await else { return };
    tokio::join!(
        clients_die(desk),
        hosts_go_on_alone_and_come_back(Outage::Paused),
        hosts_go_on_alone_and_come_back(Outage::Stopped),
        hosts_go_on_alone_and_come_back(Outage::Crash(Keeps::Nothing)),
        hosts_go_on_alone_and_come_back(Outage::Crash(Keeps::Log)),
    );
}
