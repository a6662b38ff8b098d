//! Makes a client from the settings: which exchange, which credentials, which limit, which file of intents.

use crate::failure::Failure;
use crate::global_options::GlobalOptions;
use crate::notices::Notices;
use crate::profile::{Settings, settings};
use crate::shell_word::shell_word;
use crate::stderr;
use binance_papi::{Call, Client, ClientBuilder, Credentials, Notice, PRODUCTION_URL};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET, Sandbox, SandboxBuilder};
use secrecy::SecretString;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

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
    /// The host, an API key, and the file of intents where one is named: only one process at a time can have it.
    HostKeyAndIntents,
}

/// A client and what it depends on.
#[derive(Debug)]
pub(crate) struct Connection {
    pub(crate) client: Client,
    /// The API key that signed calls are made with; empty when there is none. It must not be printed.
    pub(crate) api_key: SecretString,
    /// The columns that the profile has for people to read, by the words of the command.
    pub(crate) columns: BTreeMap<String, Vec<String>>,
    /// The profile that was named on the command line.
    pub(crate) profile_argument: Option<String>,
    /// The file that the client keeps intents in.
    pub(crate) intents: Option<PathBuf>,
    /// The embedded exchange runs as long as this is kept.
    sandbox: Option<Sandbox>,
}

impl Connection {
    /// Returns whether the embedded exchange has played its day to the end; never with another exchange.
    pub(crate) fn is_day_over(&self) -> bool {
        self.sandbox.as_ref().is_some_and(Sandbox::is_day_over)
    }
}

/// Sets up the client with a key. The embedded exchange, if it was asked for, plays a day that takes this long.
pub(crate) async fn connect_and_play(options: &GlobalOptions, day: Duration) -> Result<Connection, Failure> {
    let notices = Notices::default();
    let exchange = Sandbox::builder().play_day(day);
    let tell = move |notice: &Notice| notices.tell(notice);
    connect_to(exchange, options, settings(options)?, Call::default(), Need::HostAndKey, tell).await
}

/// Sets up the client, and the embedded exchange if it was asked for. Nothing is sent yet.
pub(crate) async fn connect(
    options: &GlobalOptions,
    settings: Settings,
    call: Call,
    need: Need,
) -> Result<Connection, Failure> {
    let notices = Notices::default();
    connect_with(options, settings, call, need, move |notice| notices.tell(notice)).await
}

/// Does the same as [`connect`], and tells what the client reports to `on_notice`.
pub(crate) async fn connect_with(
    options: &GlobalOptions,
    settings: Settings,
    call: Call,
    need: Need,
    on_notice: impl Fn(&Notice) + Send + Sync + 'static,
) -> Result<Connection, Failure> {
    connect_to(Sandbox::builder(), options, settings, call, need, on_notice).await
}

/// Does the same with this exchange as the embedded one.
async fn connect_to(
    exchange: SandboxBuilder,
    options: &GlobalOptions,
    settings: Settings,
    call: Call,
    need: Need,
    on_notice: impl Fn(&Notice) + Send + Sync + 'static,
) -> Result<Connection, Failure> {
    let mut builder = with_settings(Client::builder().defaults(call).on_notice(on_notice), &settings)?;
    let profile_argument = options.profile.clone();
    let columns = settings.profile.as_ref().map(|(profile, _)| profile.columns.clone()).unwrap_or_default();
    let intents = settings.intents.value.clone().filter(|_| need == Need::HostKeyAndIntents);
    builder = intents.iter().fold(builder, ClientBuilder::intents);
    if options.sandbox {
        let (sandbox, builder) = start_embedded(exchange, builder).await?;
        stderr::plain(&format!("sandbox exchange on {}, demo account (seed {SANDBOX_SEED})", sandbox.base_url()));
        let (client, api_key) = (builder.build()?, DEMO_KEY.into());
        return Ok(Connection { client, api_key, columns, profile_argument, intents, sandbox: Some(sandbox) });
    }
    let mut api_key = SecretString::default();
    if matches!(need, Need::HostAndKey | Need::HostKeyAndIntents) {
        let key = settings.fetch_key()?;
        api_key = key.api_key.as_str().into();
        builder = builder.credentials(key.credentials);
    }
    let client = builder.build().map_err(|error| Failure::from(error).hints(settings.of_profile()))?;
    Ok(Connection { client, api_key, columns, profile_argument, intents, sandbox: None })
}

/// Sets up address, clock, proxy, limits and ledger.
pub(crate) fn with_settings(mut builder: ClientBuilder, settings: &Settings) -> Result<ClientBuilder, Failure> {
    builder = builder.limits(settings.limits());
    if let Some(base_url) = &settings.base_url.value {
        builder = builder.base_url(base_url);
    }
    if let Some(time_url) = &settings.time_url.value {
        builder = builder.time_url(time_url);
    }
    if let Some(proxy) = &settings.proxy.value {
        builder = builder.proxy(proxy);
    }
    if let Some(ledger) = settings.ledger_store()? {
        builder = builder.shared_ledger(ledger);
    }
    Ok(builder)
}

/// Returns the options that lead another command to this exchange, and to the account of the profile that was named.
pub(crate) fn exchange_options(base_url: &str, profile: Option<&str>) -> impl Iterator<Item = String> {
    let profile = profile.map(|name| format!("--profile {}", shell_word(name)));
    let base_url = Some(base_url).filter(|url| *url != PRODUCTION_URL);
    profile.into_iter().chain(base_url.map(|url| format!("--base-url {}", shell_word(url))))
}

/// Starts the exchange inside this program, and sets the client up to call it as its demo account.
pub(crate) async fn start_embedded(
    exchange: SandboxBuilder,
    builder: ClientBuilder,
) -> Result<(Sandbox, ClientBuilder), Failure> {
    let sandbox = exchange.seed(SANDBOX_SEED).start().await?;
    let builder = builder.base_url(sandbox.base_url()).credentials(Credentials::new(DEMO_KEY, DEMO_SECRET)?);
    Ok((sandbox, builder))
}
