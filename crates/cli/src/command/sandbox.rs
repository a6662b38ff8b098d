//! `papi sandbox`: the loopback exchange as a program of its own, for clients in any language.

use crate::choice::one_of;
use crate::exit_code::ExitCode;
use crate::failure::Failure;
use crate::profile::BASE_URL_VARIABLE;
use crate::time_text::to_duration;
use crate::{output, stderr};
use clap::Args;
use clap::builder::TypedValueParser;
use papi_sandbox::{DEMO_KEY, DEMO_SECRET, FAULTS_EXAMPLE, Fault, FaultKind, Limits, Metering, Sandbox, Scenario};
use std::fmt::Display;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

/// Run an exchange for tests until Ctrl-C.
///
/// It answers like Portfolio Margin, with a history of liquidations that follows from the seed, and forgets everything
/// when it stops. Its address and the credentials of its demo account are printed as lines for a shell.
///
/// It can also fail as the exchange does: in a named scenario, by a script of faults, or by what is sent to it.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = help_on_faults())]
pub(crate) struct SandboxCommand {
    /// Port to listen on; any free one when 0.
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,

    /// The seed of the account's history.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,

    /// Address to listen on; only those of this machine are accepted.
    #[arg(long, value_name = "IP", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    addr: IpAddr,

    /// Request weight that the exchange lets through in a window [default: 6000]
    // It replaces the global option of this name, which limits what a client uses.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    weight_limit: Option<u32>,

    /// Orders that the exchange lets through in a window [default: 1200]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    order_limit: Option<u32>,

    /// Length of the window that weight and orders are counted in, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    window: u64,

    /// Whether a new window begins with the minutes of the clock, or at every moment.
    #[arg(long, value_name = "HOW", default_value = "aligned", value_parser = meterings())]
    metering: Metering,

    /// Milliseconds that the exchange's clock is ahead of this machine's; behind it when negative.
    #[arg(long, value_name = "MS", default_value_t = 0, allow_negative_numbers = true)]
    skew: i64,

    /// Play a day of the account on its stream, to whoever opens it: trading, a cluster of liquidations and ADL, a gap. It
    /// begins with the first connection and takes this long.
    #[arg(long, value_name = "SPAN", value_parser = to_duration, num_args = 0..=1, default_missing_value = "20s")]
    play_day: Option<Duration>,

    /// A situation in which calls fail for one reason.
    #[arg(long, value_name = "NAME", value_parser = scenarios())]
    scenario: Option<Scenario>,

    /// A file with faults as JSON; see below.
    #[arg(long, value_name = "FILE")]
    faults: Option<PathBuf>,
}

fn scenarios() -> impl TypedValueParser<Value = Scenario> {
    one_of(Scenario::all().map(|scenario| (scenario.name(), scenario.about(), scenario)))
}

fn meterings() -> impl TypedValueParser<Value = Metering> {
    one_of([
        ("aligned", "With the minutes of the clock", Metering::Aligned),
        ("rolling", "At every moment", Metering::Rolling),
    ])
}

fn help_on_faults() -> String {
    let kinds: String = FaultKind::all().map(|kind| format!("  {:<22}{}\n", kind.name(), kind.about())).collect();
    format!("{ON_FAULTS}\n\nFaults:\n{kinds}\nExample of a script:\n{}", FAULTS_EXAMPLE.trim_end())
}

const ON_FAULTS: &str = "\
A script is a JSON list of faults, each a name or an object. Beside its name (fault) an object says

  method, path, client_order_id   which requests it is about; without any of them all but /fapi/v1/time and /pm/ws
  times                           how often it comes: a number, or \"always\"; once when absent, always with percent
  percent                         with which chance; the same seed makes the same choices
  acts                            \"before\": the request is executed, then its answer spoiled; \"never\": it is not executed
  reveal_after_ms                 what is placed is not found by queries before; for faults that act before
  for_ms                          how long refuse lasts
  hold_ms                         how long a stall holds the connection, or server-shutdown waits; 30000 when absent
  after_ms                        how long events-late waits; and a fault of the stream, once a connection is open
  count                           how many events event-burst tells
  retry_after                     seconds that 429 (1 when absent), 418 and 418-until (120) say
  status, headers                 what answer answers, with either code and message or body

The first fault that meets a request counts. Opening a connection of the user data stream is a request for /pm/ws, which events-first,
events-late, event-cut and late-reveal are not about; from half-open to key-deleted faults are of the stream: they meet no request
and happen on all its connections. While it runs, the same goes by HTTP, to localhost or a loopback address:

  POST, GET, DELETE /sandbox/faults     adds faults, lists those to come, clears them
  POST, GET /sandbox/events             tells the event, or the list of events, in the body; lists those told
  GET /sandbox/journal                  requests and executions, by call and by client order id
  x-sandbox-fault: <name or object>     as a header of a request: this one";

impl SandboxCommand {
    pub(crate) async fn run(self) -> Result<(), Failure> {
        let addr = SocketAddr::new(self.addr, self.port);
        let builder = Sandbox::builder().addr(addr).seed(self.seed).skew(self.skew).limits(self.limits());
        let mut builder = builder.faults(self.script()?);
        if let Some(scenario) = self.scenario {
            builder = builder.scenario(scenario);
        }
        if let Some(within) = self.play_day {
            builder = builder.play_day(within);
        }
        let sandbox = builder.start().await?;
        output::to_stdout(&format!(
            "export {}={}\nexport BINANCE_API_KEY={DEMO_KEY}\nexport BINANCE_API_SECRET={DEMO_SECRET}\n",
            BASE_URL_VARIABLE,
            sandbox.base_url(),
        ))?;
        stderr::plain(&format!(
            "sandbox exchange on {}, demo account (seed {}); Ctrl-C stops it",
            sandbox.base_url(),
            self.seed
        ));
        tokio::signal::ctrl_c()
            .await
            .map_err(|error| Failure::new(ExitCode::Other, format!("cannot wait for Ctrl-C: {error}")))?;
        sandbox.shutdown().await;
        Ok(())
    }

    fn limits(&self) -> Limits {
        let documented = Limits::default();
        Limits {
            weight: self.weight_limit.unwrap_or(documented.weight),
            orders: self.order_limit.unwrap_or(documented.orders),
            window: Duration::from_secs(self.window),
            metering: self.metering,
        }
    }

    fn script(&self) -> Result<Vec<Fault>, Failure> {
        let Some(file) = &self.faults else { return Ok(Vec::new()) };
        let said = |error: &dyn Display| Failure::bad_input(format!("{}: {error}", file.display()));
        let text = std::fs::read_to_string(file).map_err(|error| said(&error))?;
        Fault::script(&text)
            .map_err(|error| said(&error).hint("`papi sandbox --help` lists the faults, with an example"))
    }
}
