//! Asks for everything that the doctor needs to know, one question after the other. It only reads, and only decides which
//! question comes next.

use super::cause::{Cause, words};
use super::facts::{
    AddressFault, Facts, Failed, Host, IntentContent, IntentFile, Key, KeyFault, LedgerFacts, LedgerUse, Offset,
    Origin, Place, ProfileKey, Proxy, ServerLedger, Skip, Step, StreamFacts, Target, TimeSource, UnsettledCalls,
    UsedProfile, Weight,
};
use crate::connect::start_embedded;
use crate::exit_code::ExitCode;
use crate::export::parent;
use crate::failure::Failure;
use crate::global_options::GlobalOptions;
use crate::profile::{FoundKey, KEY_VARIABLES, KeyOrigin, LedgerPlace, SetBy, Settings, of_environment, settings};
use crate::stderr;
use binance_papi::account_stream::StreamOptions;
use binance_papi::{
    Call, Client, ClientBuilder, Clock as _, Credentials, Endpoint, Error, KeyType, Limits, PRODUCTION_URL,
    SharedAmount, SystemClock, account, intents, market,
};
use papi_runtime::{is_secret, shown_path};
use papi_sandbox::Sandbox;
use std::env;
use std::path::Path;
use std::time::Duration;
use tokio::time::timeout;

/// How long one call may take; with three calls, two seconds for the clock and the stream, all take 22 seconds at most.
const PATIENCE: Duration = Duration::from_secs(4);

/// What the calls with a key weigh together.
const WEIGHT_TO_COME: u32 = 22;

/// The client must not wait for budget: the exchange's own count decides here, and is looked at between the calls.
const NO_LIMIT: u32 = 1_000_000;

const PROXY_VARIABLES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/// Finds out everything.
pub(super) async fn facts(options: &GlobalOptions) -> Result<Facts, Failure> {
    let settings = settings(options)?;
    let mut builder = Client::builder()
        .defaults(Call { attempts: 1, attempt_timeout: PATIENCE, deadline: PATIENCE, ..Call::default() })
        .limits(Limits { weight: NO_LIMIT, ..Limits::default() });
    let mut sandbox = None;
    let (key, origin, base_url) = if options.sandbox {
        let (running, at_sandbox) = start_embedded(Sandbox::builder(), builder).await?;
        builder = at_sandbox;
        let base_url = sandbox.insert(running).base_url().to_owned();
        (Key::Usable { key_type: KeyType::Hmac, secret: None }, Origin::Sandbox, base_url)
    } else {
        let (key, credentials) = key(&settings);
        builder = credentials.into_iter().fold(builder, ClientBuilder::credentials);
        let (origin, base_url) = address(&settings);
        (key, origin, base_url)
    };
    let nothing = Facts {
        target: Target::Unusable { origin, fault: AddressFault::Empty },
        key,
        profile: used_profile(&settings),
        ledger: server_ledger(&settings, &builder).await.map(Box::new),
        intents: settings.intents.value.as_deref().map(|path| Box::new(intent_file(path))),
        proxy: proxy(&settings),
        ping: Step::Skipped(Skip::NoHost),
        time: time_source(settings.time_url.value.as_deref().unwrap_or_default()),
        clock: Step::Skipped(Skip::NoHost),
        access: Step::Skipped(Skip::NoHost),
        account: Step::Skipped(Skip::NoHost),
        stream: StreamFacts { url: String::new(), opened: Step::Skipped(Skip::NoHost) },
        weight: Weight { used: None, limit: settings.weight.value },
        now: SystemClock.now(),
    };
    let mut builder = builder.base_url(&base_url);
    let mut client = builder.clone().build().map_err(|error| address_fault(&base_url, &error));
    if let Some(proxy) = &settings.proxy.value {
        builder = builder.proxy(proxy);
        client = client.and_then(|_| builder.clone().build().map_err(|_| AddressFault::OfTheProxy));
    }
    let client = client.and_then(|client| match &settings.time_url.value {
        None => Ok(client),
        Some(url) => builder.time_url(url).build().map_err(|_| AddressFault::OfTheClock),
    });
    match client {
        Ok(client) => {
            let time = time_source(client.time_url().unwrap_or_default());
            Ok(ask(&client, Facts { target: Target::Usable(host(&client, origin)), time, ..nothing }).await)
        }
        Err(fault) => Ok(Facts { target: Target::Unusable { origin, fault }, ..nothing }),
    }
}

fn time_source(url: &str) -> TimeSource {
    TimeSource { host: host_of(url).to_owned(), url: url.to_owned() }
}

/// Returns the host of an address, without its port.
fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or_default();
    match host.rsplit_once(':') {
        Some((name, port)) if port.parse::<u16>().is_ok() => name,
        _ => host,
    }
}

/// Asks the host, from the call that needs least to the one that needs most.
async fn ask(client: &Client, nothing: Facts) -> Facts {
    let mut used = None;
    progress("asking: host");
    let ping = send(client, &market::Ping::new(), &mut used, |_| ()).await;
    let closed = match &ping {
        Step::Failed(Failed { cause: Cause::Throttled { .. } | Cause::Banned { .. }, .. }) => Some(Skip::Closed),
        _ => None,
    };

    progress(", clock");
    let clock = match closed {
        Some(skip) => Step::Skipped(skip),
        None => clock(client).await,
    };

    progress(", key");
    let weight = Weight { used, ..nothing.weight };
    let access = match closed.or_else(|| why_not(&ping, &nothing.key, weight)) {
        Some(skip) => Step::Skipped(skip),
        None => send(client, &account::OrderRateLimits::new(), &mut used, |_| ()).await,
    };

    let no_access = match &access {
        Step::Done(()) => None,
        Step::Failed(_) => Some(Skip::KeyFailed),
        Step::Skipped(skip) => Some(*skip),
    };

    progress(", account");
    let account = match no_access {
        Some(skip) => Step::Skipped(skip),
        None => send(client, &account::Summary::new(), &mut used, |summary| summary.account_status).await,
    };

    progress(", stream");
    let opened = match no_access {
        Some(skip) => Step::Skipped(skip),
        None => stream(client).await,
    };
    let stream = StreamFacts { url: client.stream_url().to_owned(), opened };
    progress("\n\n");

    let weight = Weight { used, ..nothing.weight };
    Facts { ping, clock, access, account, stream, weight, now: client.now(), ..nothing }
}

/// Returns why a call with a key is not to be sent.
fn why_not(ping: &Step<()>, key: &Key, weight: Weight) -> Option<Skip> {
    match (ping, key) {
        // Something else may be answering there: it must not see the key.
        (Step::Failed(_) | Step::Skipped(_), _) => Some(Skip::HostFailed),
        (_, Key::Missing | Key::Unusable { .. } | Key::NotFetched { .. } | Key::Malformed(_)) => Some(Skip::NoKey),
        _ if weight.used.is_some_and(|used| used + WEIGHT_TO_COME > weight.limit) => Some(Skip::WeightUsed),
        _ => None,
    }
}

/// Sends one request, and reads from its reply what is wanted.
async fn send<E: Endpoint, T>(
    client: &Client,
    request: &E,
    used: &mut Option<u32>,
    read: fn(E::Reply) -> T,
) -> Step<T> {
    match client.send(request).await {
        Ok(reply) => {
            *used = reply.meta.used_weight.or(*used);
            Step::Done(read(reply.data))
        }
        Err(error) => Step::Failed(Failed { cause: Cause::of(&error), exit: error.kind().into() }),
    }
}

/// Opens the stream and closes it again; its listen key stays, because others may listen with it.
async fn stream(client: &Client) -> Step<()> {
    let options = StreamOptions { connect_timeout: PATIENCE, first_pong_timeout: PATIENCE, ..StreamOptions::default() };
    let opened = timeout(2 * PATIENCE, client.account_stream().options(options).open()).await;
    match opened {
        Ok(Ok(_)) => Step::Done(()),
        Ok(Err(error)) => Step::Failed(Failed { cause: Cause::of(&error), exit: error.kind().into() }),
        Err(_) => Step::Failed(Failed { cause: Cause::NoAnswer, exit: ExitCode::NotSent }),
    }
}

async fn clock(client: &Client) -> Step<Offset> {
    match client.sync_clock().await {
        Ok(offset) => Step::Done(Offset { millis: offset.millis, bound: offset.bound }),
        Err(error) => Step::Failed(Failed { cause: Cause::Other(words(&error)), exit: error.kind().into() }),
    }
}

fn address(settings: &Settings) -> (Origin, String) {
    let origin = match settings.base_url.set_by {
        SetBy::Argument(_) => Origin::Option,
        SetBy::Variable(_) => Origin::Variable,
        SetBy::Profile(_) => Origin::Profile,
        SetBy::DefaultProfile | SetBy::Default => Origin::Default,
    };
    (origin, settings.base_url.value.clone().unwrap_or_else(|| PRODUCTION_URL.to_owned()))
}

fn used_profile(settings: &Settings) -> Option<UsedProfile> {
    let (profile, named_by) = settings.profile.as_ref()?;
    let key = match &settings.key.value {
        KeyOrigin::Profile(sources) => {
            ProfileKey::Used(sources.parts().iter().map(|(part, source)| format!("{part} from {source}")).collect())
        }
        KeyOrigin::Environment if profile.key.is_some() => ProfileKey::Overridden(settings.key.set_by.to_string()),
        _ => ProfileKey::None,
    };
    let (name, file) = (profile.name.clone(), settings.configuration.shown_path());
    Some(UsedProfile { name, named_by: named_by.to_string(), file, key })
}

/// Looks at the shared ledger on its server, with the key that the client has. Nothing is asked of the exchange.
async fn server_ledger(settings: &Settings, builder: &ClientBuilder) -> Option<ServerLedger> {
    let Some(LedgerPlace::Server(_)) = &settings.ledger.value else { return None };
    let limits = settings.limits();
    let store = match settings.ledger_store() {
        Ok(store) => store?,
        Err(failure) => {
            let (reason, next) = failure.into_parts();
            return Some(ServerLedger::Unusable { reason, next });
        }
    };
    let unusable = |error: &Error| ServerLedger::Unusable { reason: words(error), next: Vec::new() };
    let client = match builder.clone().limits(limits).shared_ledger(store).build() {
        Ok(client) => client,
        Err(error) => return Some(unusable(&error)),
    };
    let status = match client.ledger_status().await {
        Ok(status) => status?,
        Err(error) => return Some(unusable(&error)),
    };
    let of = |amount: Option<SharedAmount>, limit| match amount {
        Some(SharedAmount { used, leases, waiting, hosts, .. }) => LedgerUse { used, limit, leases, waiting, hosts },
        None => LedgerUse { limit, ..LedgerUse::default() },
    };
    Some(ServerLedger::Read(LedgerFacts {
        weight: of(status.weight, limits.weight),
        orders: status.is_of_account.then(|| of(status.orders, limits.orders)),
        server: status.server,
        version: status.version,
        round_trip: status.round_trip,
        exit: status.exit,
        is_exit_of_this_host: status.is_exit_of_this_host,
        closed_for: status.closed_for,
    }))
}

/// Reads a file of intents without becoming its owner.
fn intent_file(path: &Path) -> IntentFile {
    let content = match intents::read(path) {
        Ok(listing) => IntentContent::Read(UnsettledCalls {
            count: listing.intents.len(),
            oldest: listing.intents.first().and_then(|intent| intent.sent_at().last().copied()),
            damage: listing.findings.iter().map(ToString::to_string).collect(),
            owner: intents::owner(path).map(|owner| owner.to_string()),
        }),
        Err(_) if is_to_be_made(path) => IntentContent::Missing,
        Err(error) => IntentContent::Unusable(words(&error)),
    };
    // A name that leads to nothing may be a word that is not to be shown.
    let shown = if path.exists() && !may_be_secret(path) { Some(path.display().to_string()) } else { shown_path(path) };
    IntentFile { path: shown.unwrap_or_else(|| "the file that is named".to_owned()), content }
}

/// Whether there is a folder for a file, and not yet the file.
fn is_to_be_made(path: &Path) -> bool {
    // Of what may be a secret no file is ever made.
    !path.exists() && parent(path).is_dir() && path.file_name().is_some() && !may_be_secret(path)
}

fn may_be_secret(path: &Path) -> bool {
    path.to_str().is_some_and(is_secret)
}

fn host(client: &Client, origin: Origin) -> Host {
    Host {
        base_url: client.base_url().to_owned(),
        name: client.host().to_owned(),
        origin,
        place: if client.is_loopback() { Place::ThisMachine } else { Place::Elsewhere },
    }
}

/// Says what is wrong with an address, without repeating it: there may be a password in it.
fn address_fault(base_url: &str, error: &Error) -> AddressFault {
    match base_url {
        "" => AddressFault::Empty,
        _ if base_url.starts_with("http://") && !base_url.contains('@') => AddressFault::PlainHttp,
        _ => AddressFault::Malformed(words(error)),
    }
}

fn proxy(settings: &Settings) -> Proxy {
    match PROXY_VARIABLES.into_iter().find(|name| is_set(name)) {
        _ if settings.proxy.value.is_some() => Proxy::Used,
        Some(name) => Proxy::NotUsed(name),
        None => Proxy::None,
    }
}

fn is_set(name: &str) -> bool {
    env::var_os(name).is_some_and(|value| !value.is_empty())
}

/// Fetches the key from the profile or the environment.
fn key(settings: &Settings) -> (Key, Option<Credentials>) {
    if let KeyOrigin::Profile(sources) = &settings.key.value {
        return match sources.fetch(&settings.profile_name(), &|name: &str| env::var_os(name)) {
            Ok(found) => usable(found),
            Err(failure) => {
                let (reason, next) = failure.into_parts();
                (Key::NotFetched { reason, next }, None)
            }
        };
    }
    match of_environment() {
        Ok(None) => (Key::Missing, None),
        Err(error) => {
            let set = KEY_VARIABLES.into_iter().filter(|name| is_set(name)).collect();
            (Key::Unusable { set, reason: words(&error) }, None)
        }
        Ok(Some(found)) => usable(found),
    }
}

fn usable(found: FoundKey) -> (Key, Option<Credentials>) {
    if let Some(fault) = key_fault(&found.api_key) {
        return (Key::Malformed(fault), None);
    }
    let secret = found.api_secret.as_deref().and_then(|secret| key_fault(secret));
    (Key::Usable { key_type: found.credentials.key_type(), secret }, Some(found.credentials))
}

/// Returns why a text does not look like a key or a secret.
fn key_fault(text: &str) -> Option<KeyFault> {
    const LENGTH: usize = 64;
    match text.chars().count() {
        LENGTH if text.chars().all(|character| character.is_ascii_alphanumeric()) => None,
        LENGTH => Some(KeyFault::Characters),
        other => Some(KeyFault::Length(other)),
    }
}

/// Tells a person who waits what is being asked.
fn progress(text: &str) {
    if stderr::is_terminal() {
        stderr::ask(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use binance_papi::PRODUCTION_TIME_URL;
    use papi_sandbox::DEMO_KEY;

    #[test]
    fn an_address_has_one_host() {
        for (url, host) in [
            (PRODUCTION_TIME_URL, "fapi.binance.com"),
            ("http://127.0.0.1:8080/fapi/v1/time", "127.0.0.1"),
            ("http://[::1]:8080", "[::1]"),
            ("https://[::1]/", "[::1]"),
            ("", ""),
        ] {
            assert_eq!(host_of(url), host);
        }
    }

    #[test]
    fn a_key_has_64_letters_and_digits() {
        assert_eq!(key_fault(DEMO_KEY), None);
        assert_eq!(key_fault(&DEMO_KEY[1..]), Some(KeyFault::Length(63)));
        assert_eq!(key_fault(&format!("{}-", &DEMO_KEY[1..])), Some(KeyFault::Characters));
    }
}
