//! From the global options to a client: which exchange, with whose credentials, within which limit.

use crate::args::GlobalOptions;
use crate::failure::Failure;
use crate::stderr;
use binance_papi::{Call, Client, Credentials, Limits};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET, Sandbox};

/// The variable with the address of the exchange, for when `--base-url` is not given.
pub(crate) const BASE_URL_VARIABLE: &str = "PAPI_BASE_URL";

/// The seed of the embedded exchange.
pub(crate) const SANDBOX_SEED: u64 = 1;

/// Whether the call at hand is going to be sent, and with what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// Nothing will be sent, so nothing has to be known.
    Nothing,
    /// It is sent without an API key.
    Host,
    /// It is sent with an API key.
    HostAndKey,
}

/// A client and what it depends on.
#[derive(Debug)]
pub(crate) struct Connection {
    pub(crate) client: Client,
    /// The embedded exchange runs as long as this is kept.
    _sandbox: Option<Sandbox>,
}

/// Sets up the client, and the embedded exchange if it was asked for. Nothing is sent yet.
pub(crate) async fn connect(options: &GlobalOptions, call: Call, need: Need) -> Result<Connection, Failure> {
    refuse_two_hosts(options)?;
    let mut builder = Client::builder().defaults(call).on_notice(|notice| stderr::note(&notice.to_string()));
    if let Some(weight) = options.weight_limit {
        builder = builder.limits(Limits { weight, ..Limits::default() });
    }
    if let Some(time_url) = &options.time_url {
        builder = builder.time_url(time_url);
    }
    if options.sandbox {
        let sandbox = Sandbox::builder().seed(SANDBOX_SEED).start().await?;
        let base_url = sandbox.base_url().to_owned();
        stderr::plain(&format!("sandbox exchange on {base_url}, demo account (seed {SANDBOX_SEED})"));
        let client = builder.base_url(base_url).credentials(Credentials::new(DEMO_KEY, DEMO_SECRET)?).build()?;
        return Ok(Connection { client, _sandbox: Some(sandbox) });
    }
    // Set but empty is most likely a variable that somebody forgot: better refused than taken for production.
    let from_env = || std::env::var(BASE_URL_VARIABLE).ok();
    if let Some(base_url) = options.base_url.clone().or_else(from_env) {
        builder = builder.base_url(base_url);
    }
    if let Some(ledger) = &options.ledger {
        builder = builder.shared_ledger(ledger);
    }
    if need == Need::HostAndKey {
        let credentials = Credentials::from_env()?.ok_or_else(no_credentials)?;
        builder = builder.credentials(credentials);
    }
    Ok(Connection { client: builder.build()?, _sandbox: None })
}

/// Refuses options that name two exchanges.
pub(crate) fn refuse_two_hosts(options: &GlobalOptions) -> Result<(), Failure> {
    if options.sandbox && options.base_url.is_some() {
        return Err(Failure::bad_input("--sandbox and --base-url cannot be given together"));
    }
    Ok(())
}

/// The API key that signed calls are made with; empty when there is none. Whoever asks must not print it.
pub(crate) fn api_key(options: &GlobalOptions) -> String {
    if options.sandbox { DEMO_KEY.to_owned() } else { std::env::var("BINANCE_API_KEY").unwrap_or_default() }
}

fn no_credentials() -> Failure {
    Failure::bad_input("not sent: this call needs an API key, and none is set").hint(
        "set BINANCE_API_KEY and BINANCE_API_SECRET (or BINANCE_PRIVATE_KEY) in the environment, or add --sandbox to play \
         with a demo account",
    )
}
