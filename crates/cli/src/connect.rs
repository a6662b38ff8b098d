//! Makes a client from the global options: which exchange, which credentials, which limit.

use crate::failure::Failure;
use crate::global_options::GlobalOptions;
use crate::stderr;
use binance_papi::{Call, Client, ClientBuilder, Credentials, Limits};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET, Sandbox};

/// The variable with the address of the exchange, for when `--base-url` is not given.
pub(crate) const BASE_URL_VARIABLE: &str = "PAPI_BASE_URL";

/// The seed of the embedded exchange.
const SANDBOX_SEED: u64 = 1;

/// What a command needs in order to call the exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// Nothing: no call is sent.
    Nothing,
    /// The host: the call is sent without an API key.
    Host,
    /// The host and an API key.
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
        let (sandbox, builder) = embedded_exchange(builder).await?;
        stderr::plain(&format!("sandbox exchange on {}, demo account (seed {SANDBOX_SEED})", sandbox.base_url()));
        return Ok(Connection { client: builder.build()?, _sandbox: Some(sandbox) });
    }
    // A variable that is set but empty was most likely forgotten: better refused than taken for production.
    // So is one that is not text.
    let base_url = match (&options.base_url, std::env::var_os(BASE_URL_VARIABLE)) {
        (Some(base_url), _) => Some(base_url.clone()),
        (None, None) => None,
        (None, Some(value)) => {
            let not_text = |_| Failure::bad_input(format!("{BASE_URL_VARIABLE} is not text"));
            Some(value.into_string().map_err(not_text)?)
        }
    };
    if let Some(base_url) = base_url {
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

/// Starts the exchange inside this program, and sets the client up to call it as its demo account.
pub(crate) async fn embedded_exchange(builder: ClientBuilder) -> Result<(Sandbox, ClientBuilder), Failure> {
    let sandbox = Sandbox::builder().seed(SANDBOX_SEED).start().await?;
    let builder = builder.base_url(sandbox.base_url()).credentials(Credentials::new(DEMO_KEY, DEMO_SECRET)?);
    Ok((sandbox, builder))
}

/// Refuses options that name two exchanges.
pub(crate) fn refuse_two_hosts(options: &GlobalOptions) -> Result<(), Failure> {
    if options.sandbox && options.base_url.is_some() {
        return Err(Failure::bad_input("--sandbox and --base-url cannot be given together"));
    }
    Ok(())
}

/// Returns the API key that signed calls are made with; empty when there is none. It must not be printed.
pub(crate) fn api_key(options: &GlobalOptions) -> String {
    if options.sandbox { DEMO_KEY.to_owned() } else { std::env::var("BINANCE_API_KEY").unwrap_or_default() }
}

fn no_credentials() -> Failure {
    Failure::bad_input("not sent: this call needs an API key, and none is set").hint(
        "set BINANCE_API_KEY and BINANCE_API_SECRET (or BINANCE_PRIVATE_KEY) in the environment, or add --sandbox to play \
         with a demo account",
    )
}
