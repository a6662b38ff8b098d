//! `papi sandbox`: the loopback exchange as a program of its own, for clients in any language.

use crate::exit_code::ExitCode;
use crate::failure::Failure;
use crate::{connect, output, stderr};
use clap::Args;
use papi_sandbox::{DEMO_KEY, DEMO_SECRET, Sandbox};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

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
}

impl SandboxCommand {
    pub(crate) async fn run(self) -> Result<(), Failure> {
        let sandbox = Sandbox::builder().addr(SocketAddr::new(self.addr, self.port)).seed(self.seed).start().await?;
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
}
