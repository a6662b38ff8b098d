//! `papi sandbox`: the loopback exchange as a program of its own, for clients in any language.

use crate::exit_code::ExitCode;
use crate::failure::Failure;
use crate::{connect, output, stderr};
use clap::{Args, ValueEnum};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET, Limits, Metering, Sandbox};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

/// Run an exchange for tests until Ctrl-C.
///
/// It answers like Portfolio Margin, with a history of liquidations that follows from the seed, and forgets everything
/// when it stops. Its address and the credentials of its demo account are printed as lines for a shell.
#[derive(Debug, Clone, Args)]
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
    // It stands in for the global option of this name, which is about what a client may use.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    weight_limit: Option<u32>,

    /// Orders that the exchange lets through in a window [default: 1200]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    order_limit: Option<u32>,

    /// Length of the window that weight and orders are counted in, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    window: u64,

    /// Whether a new window begins with the minutes of the clock, or at every moment.
    #[arg(long, value_name = "HOW", default_value = "aligned")]
    metering: MeteringChoice,

    /// Milliseconds that the exchange's clock is ahead of this machine's; behind it when negative.
    #[arg(long, value_name = "MS", default_value_t = 0, allow_negative_numbers = true)]
    skew: i64,
}

/// Where windows begin.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum MeteringChoice {
    /// With the minutes of the clock.
    Aligned,
    /// At every moment.
    Rolling,
}

impl From<MeteringChoice> for Metering {
    fn from(choice: MeteringChoice) -> Self {
        match choice {
            MeteringChoice::Aligned => Self::Aligned,
            MeteringChoice::Rolling => Self::Rolling,
        }
    }
}

impl SandboxCommand {
    pub(crate) async fn run(self) -> Result<(), Failure> {
        let addr = SocketAddr::new(self.addr, self.port);
        let builder = Sandbox::builder().addr(addr).seed(self.seed).skew(self.skew).limits(self.limits());
        let sandbox = builder.start().await?;
        output::to_stdout(&format!(
            "export {}={}\nexport BINANCE_API_KEY={DEMO_KEY}\nexport BINANCE_API_SECRET={DEMO_SECRET}\n",
            connect::BASE_URL_VARIABLE,
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
            metering: self.metering.into(),
        }
    }
}
