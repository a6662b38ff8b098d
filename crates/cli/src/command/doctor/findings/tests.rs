//! The report of every situation, as a person sees it.

use super::super::cause::{Cause, ConnectError};
use super::super::facts::{
    AddressFault, Facts, Failed, Host, IntentContent, IntentFile, Key, KeyFault, LedgerFacts, LedgerUse, Offset,
    Origin, Place, ProfileKey, Proxy, ServerLedger, Skip, Step, StreamFacts, Target, TimeSource, UnsettledCalls,
    UsedProfile, Weight,
};
use super::super::report::text;
use super::finding::Check;
use super::*;
use crate::exit_code::ExitCode;
use binance_papi::{AccountStatus, ErrorCode, KeyType, PRODUCTION_URL, Timestamp};
use std::time::Duration;

const NOW: Timestamp = Timestamp::from_millis(1_792_742_400_000);

/// All is well, at the exchange itself.
fn well() -> Facts {
    Facts {
        target: at(PRODUCTION_URL, Origin::Default, Place::Elsewhere),
        key: Key::Usable { key_type: KeyType::Hmac, secret: None },
        profile: None,
        ledger: None,
        intents: None,
        proxy: Proxy::None,
        ping: Step::Done(()),
        time: clock_of("fapi.binance.com"),
        clock: Step::Done(Offset { millis: -212, bound: Duration::from_millis(18) }),
        access: Step::Done(()),
        account: Step::Done(AccountStatus::Normal),
        stream: stream(Step::Done(())),
        weight: Weight { used: Some(22), limit: 6_000 },
        now: NOW,
    }
}

fn stream(opened: Step<()>) -> StreamFacts {
    StreamFacts { url: "wss://fstream.binance.com/pm".to_owned(), opened }
}

/// All is well but the stream.
fn no_stream(cause: Cause, exit: ExitCode) -> Facts {
    Facts { stream: stream(failed(cause, exit)), ..well() }
}

fn clock_of(host: &str) -> TimeSource {
    TimeSource { url: format!("https://{host}/fapi/v1/time"), host: host.to_owned() }
}

fn at(base_url: &str, origin: Origin, place: Place) -> Target {
    let name = base_url.rsplit('/').next().and_then(|rest| rest.split(':').next()).expect("a name").to_owned();
    Target::Usable(Host { base_url: base_url.to_owned(), name, origin, place })
}

fn failed<T>(cause: Cause, exit: ExitCode) -> Step<T> {
    Step::Failed(Failed { cause, exit })
}

/// The ping failed, and nothing else was asked but the time.
fn no_ping(cause: Cause, exit: ExitCode) -> Facts {
    Facts {
        ping: failed(cause, exit),
        access: Step::Skipped(Skip::HostFailed),
        account: Step::Skipped(Skip::HostFailed),
        stream: stream(Step::Skipped(Skip::HostFailed)),
        weight: Weight { used: None, limit: 6_000 },
        ..well()
    }
}

fn no_connection(failure: ConnectError) -> Facts {
    no_ping(Cause::NoConnection(failure), ExitCode::NotSent)
}

fn no_network(failure: ConnectError) -> Facts {
    Facts { clock: failed(Cause::Other("no answer".to_owned()), ExitCode::NotSent), ..no_connection(failure) }
}

fn elsewhere(base_url: &str, facts: Facts) -> Facts {
    asked_there(at(base_url, Origin::Variable, Place::Elsewhere), facts)
}

fn here(base_url: &str, facts: Facts) -> Facts {
    asked_there(at(base_url, Origin::Option, Place::ThisMachine), facts)
}

/// Another host than the exchange is asked for the time as well.
fn asked_there(target: Target, facts: Facts) -> Facts {
    let Target::Usable(host) = &target else { panic!("a host") };
    Facts { time: clock_of(&host.name), target, ..facts }
}

fn closed(cause: Cause) -> Facts {
    Facts {
        clock: Step::Skipped(Skip::Closed),
        access: Step::Skipped(Skip::Closed),
        account: Step::Skipped(Skip::Closed),
        stream: stream(Step::Skipped(Skip::Closed)),
        ..no_ping(cause, ExitCode::Throttled)
    }
}

fn nowhere(origin: Origin, fault: AddressFault) -> Facts {
    Facts {
        target: Target::Unusable { origin, fault },
        ping: Step::Skipped(Skip::NoHost),
        clock: Step::Skipped(Skip::NoHost),
        access: Step::Skipped(Skip::NoHost),
        account: Step::Skipped(Skip::NoHost),
        stream: stream(Step::Skipped(Skip::NoHost)),
        weight: Weight { used: None, limit: 6_000 },
        ..well()
    }
}

fn no_key(key: Key) -> Facts {
    Facts {
        key,
        access: Step::Skipped(Skip::NoKey),
        account: Step::Skipped(Skip::NoKey),
        stream: stream(Step::Skipped(Skip::NoKey)),
        ..well()
    }
}

fn code(code: ErrorCode, message: &str) -> Cause {
    Cause::Code { code, message: message.to_owned(), advice: None }
}

fn refused(of: ErrorCode, message: &str) -> Facts {
    Facts {
        access: failed(code(of, message), ExitCode::Rejected),
        account: Step::Skipped(Skip::KeyFailed),
        stream: stream(Step::Skipped(Skip::KeyFailed)),
        ..well()
    }
}

fn reports(situations: &[(&str, Facts)]) -> String {
    let report = |facts| text(&findings(facts));
    situations.iter().map(|(name, facts)| format!("== {name}\n\n{}\n", report(facts))).collect()
}

#[test]
#[expect(clippy::large_stack_arrays, reason = "one table of all situations")]
fn what_is_said_of_the_host() {
    let until = Some(NOW.plus(Duration::from_secs(540)));
    let test_host = "https://testnet.binancefuture.com";
    let said = reports(&[
        ("all is well", well()),
        ("empty variable", nowhere(Origin::Variable, AddressFault::Empty)),
        ("plain http", nowhere(Origin::Option, AddressFault::PlainHttp)),
        ("no address", nowhere(Origin::Variable, AddressFault::Malformed("the base URL is not one".to_owned()))),
        ("no clock", nowhere(Origin::Default, AddressFault::OfTheClock)),
        ("no proxy", nowhere(Origin::Default, AddressFault::OfTheProxy)),
        ("no such name", elsewhere("https://papi.binance.cm", no_network(ConnectError::NoSuchName))),
        (
            "no network, and a proxy",
            Facts { proxy: Proxy::NotUsed("HTTPS_PROXY"), ..no_network(ConnectError::NoSuchName) },
        ),
        ("no connection through a proxy", Facts { proxy: Proxy::Used, ..no_network(ConnectError::NoSuchName) }),
        ("a proxy that lets all pass", Facts { proxy: Proxy::Used, ..well() }),
        ("a proxy that is not needed", Facts { proxy: Proxy::NotUsed("HTTPS_PROXY"), ..well() }),
        ("refused here", here("http://127.0.0.1:8080", no_network(ConnectError::Refused))),
        ("refused elsewhere", no_connection(ConnectError::Refused)),
        ("silence", no_network(ConnectError::TimedOut)),
        ("no route", no_network(ConnectError::NoRoute)),
        ("no TLS here", here("https://127.0.0.1:8080", no_network(ConnectError::NotTls))),
        ("no TLS elsewhere", no_connection(ConnectError::NotTls)),
        ("unknown issuer", no_connection(ConnectError::UnknownIssuer)),
        ("certificate of another", elsewhere("https://10.0.0.1:8443", no_connection(ConnectError::OtherName))),
        ("certificate out of date", no_connection(ConnectError::NotValidNow)),
        ("no connection otherwise", no_connection(ConnectError::Other("handshake failed".to_owned()))),
        ("no answer", no_ping(Cause::NoAnswer, ExitCode::Unknown)),
        ("cut off", here("http://127.0.0.1:8080", no_ping(Cause::Broken, ExitCode::Unknown))),
        ("throttled", closed(Cause::Throttled { until: Some(NOW.plus(Duration::from_secs(41))) })),
        ("banned", closed(Cause::Banned { until })),
        ("firewall", no_ping(Cause::Firewall, ExitCode::Rejected)),
        ("restricted", no_ping(Cause::Restricted, ExitCode::Rejected)),
        ("redirect", no_ping(Cause::Redirect(302), ExitCode::Rejected)),
        ("test host", elsewhere(test_host, no_ping(Cause::NotPortfolioMargin(202), ExitCode::Unreadable))),
        (
            "other host",
            elsewhere("https://fapi.binance.com", no_ping(Cause::NotPortfolioMargin(404), ExitCode::Rejected)),
        ),
        ("login page", no_ping(Cause::NotPortfolioMargin(200), ExitCode::Unreadable)),
        ("maintenance", no_ping(Cause::Server(502), ExitCode::Unknown)),
    ]);
    insta::assert_snapshot!(said);
}

#[test]
fn what_is_said_of_the_profile() {
    let with = |key, of_key| {
        let (name, named_by, file) = ("main".to_owned(), "PAPI_PROFILE".to_owned(), "/home/me/config.toml".to_owned());
        Facts { profile: Some(UsedProfile { name, named_by, file, key }), ..of_key }
    };
    let used = || {
        let parts = ["api_key from the variable MAIN_KEY", "api_secret from the command `pass ..`"];
        ProfileKey::Used(parts.map(ToOwned::to_owned).to_vec())
    };
    let short_secret = Key::Usable { key_type: KeyType::Hmac, secret: Some(KeyFault::Length(63)) };
    let (reason, next) = ("api_secret of profile main: the command `pass ..` was not found", "is it installed?");
    let not_fetched = Key::NotFetched { reason: reason.to_owned(), next: vec![next.to_owned()] };
    let said = reports(&[
        ("its key", with(used(), well())),
        ("no key", with(ProfileKey::None, well())),
        ("another key", with(ProfileKey::Overridden("BINANCE_API_KEY".to_owned()), well())),
        ("a key that is not found", with(used(), no_key(not_fetched))),
        ("a short key", with(used(), no_key(Key::Malformed(KeyFault::Length(63))))),
        ("a short secret", with(used(), Facts { key: short_secret, ..well() })),
        ("an address that cannot be used", with(ProfileKey::None, nowhere(Origin::Profile, AddressFault::PlainHttp))),
    ]);
    insta::assert_snapshot!(said);
}

#[test]
fn what_is_said_of_the_key() {
    let unusable = |set: &[&'static str], reason: &str| Key::Unusable { set: set.to_vec(), reason: reason.to_owned() };
    let rsa = Key::Usable { key_type: KeyType::Rsa { bits: 2_048 }, secret: None };
    let short_secret = Key::Usable { key_type: KeyType::Hmac, secret: Some(KeyFault::Length(63)) };
    let seen = "Invalid API-key, IP, or permissions for action, request ip: 203.0.113.7";
    let rejected = code(ErrorCode::REJECTED_MBX_KEY, seen);
    let said = reports(&[
        ("none", no_key(Key::Missing)),
        ("two", no_key(unusable(&["BINANCE_API_KEY", "BINANCE_API_SECRET", "BINANCE_PRIVATE_KEY"], "both are set"))),
        ("half", no_key(unusable(&["BINANCE_API_KEY"], "there is no secret"))),
        ("the other half", no_key(unusable(&["BINANCE_PRIVATE_KEY"], "there is no key"))),
        ("no private key", no_key(unusable(&["BINANCE_API_KEY", "BINANCE_PRIVATE_KEY"], "the file cannot be read"))),
        ("short key", no_key(Key::Malformed(KeyFault::Length(63)))),
        ("quoted key", no_key(Key::Malformed(KeyFault::Characters))),
        ("RSA", Facts { key: rsa.clone(), ..well() }),
        ("Ed25519", Facts { key: Key::Usable { key_type: KeyType::Ed25519, secret: None }, ..well() }),
        ("refused", refused(ErrorCode::REJECTED_MBX_KEY, seen)),
        ("refused without an address", refused(ErrorCode::REJECTED_MBX_KEY, "Invalid API-key")),
        ("no format", refused(ErrorCode::BAD_API_KEY_FMT, "API-key format invalid.")),
        ("wrong secret", Facts { key: short_secret, ..refused(ErrorCode::INVALID_SIGNATURE, "Not valid.") }),
        ("wrong private key", Facts { key: rsa, ..refused(ErrorCode::INVALID_SIGNATURE, "Not valid.") }),
        ("wrong time", refused(ErrorCode::INVALID_TIMESTAMP, "Outside of the recvWindow.")),
        ("another code", refused(ErrorCode::new(-1102), "Mandatory parameter was not sent.")),
        ("no permission", Facts { account: failed(rejected, ExitCode::Rejected), ..well() }),
        (
            "no Portfolio Margin",
            Facts { account: failed(code(ErrorCode::USER_IS_NOT_UNIACCOUNT, "x"), ExitCode::Rejected), ..well() },
        ),
        ("stream without a right", no_stream(code(ErrorCode::REJECTED_MBX_KEY, "No."), ExitCode::Rejected)),
        ("stream of no name", no_stream(Cause::NoConnection(ConnectError::NoSuchName), ExitCode::NotSent)),
        ("stream behind a closed port", no_stream(Cause::NoConnection(ConnectError::Refused), ExitCode::NotSent)),
        ("stream that is silent", no_stream(Cause::NoAnswer, ExitCode::NotSent)),
        ("stream behind a gateway", no_stream(Cause::Server(502), ExitCode::Rejected)),
        ("margin call", Facts { account: Step::Done(AccountStatus::MarginCall), ..well() }),
        ("liquidation", Facts { account: Step::Done(AccountStatus::ForceLiquidation), ..well() }),
    ]);
    insta::assert_snapshot!(said);
}

#[test]
fn what_is_said_of_clock_and_weight() {
    let offset = |millis| Step::Done(Offset { millis, bound: Duration::from_millis(31) });
    let used = |used| Weight { used: Some(used), limit: 6_000 };
    let no_time = || failed(Cause::Other("no answer in time".to_owned()), ExitCode::NotSent);
    let said = reports(&[
        ("behind", Facts { clock: offset(90_000), ..well() }),
        ("ahead", Facts { clock: offset(-2_340), ..well() }),
        ("by hours", Facts { clock: offset(7_200_000), ..well() }),
        ("the time is not told", Facts { clock: no_time(), ..well() }),
        (
            "the time is not told, and it is wrong",
            Facts { clock: no_time(), ..refused(ErrorCode::INVALID_TIMESTAMP, "Outside of the recvWindow.") },
        ),
        ("80 %", Facts { weight: used(4_800), ..well() }),
        ("95 %", Facts { weight: used(5_700), ..well() }),
        (
            "all of it",
            Facts {
                weight: used(5_990),
                access: Step::Skipped(Skip::WeightUsed),
                account: Step::Skipped(Skip::WeightUsed),
                stream: stream(Step::Skipped(Skip::WeightUsed)),
                ..well()
            },
        ),
        ("not told", Facts { weight: Weight { used: None, limit: 6_000 }, ..well() }),
    ]);
    insta::assert_snapshot!(said);
}

#[test]
fn what_is_said_of_intents() {
    let with =
        |content| Facts { intents: Some(Box::new(IntentFile { path: "desk.intents".to_owned(), content })), ..well() };
    let read = |count, damage: &[&str], owner: Option<&str>| {
        let oldest = (count > 0).then(|| NOW.plus(Duration::from_secs(60)));
        let damage = damage.iter().map(ToString::to_string).collect();
        with(IntentContent::Read(UnsettledCalls { count, oldest, damage, owner: owner.map(ToOwned::to_owned) }))
    };
    let damage = ["2 damaged lines cannot be read and may have been an intent without an end; look at the account"];
    let said = reports(&[
        ("none is named", well()),
        ("not there yet", with(IntentContent::Missing)),
        ("of another program", with(IntentContent::Unusable("it holds something else than intents".to_owned()))),
        ("all have their end", read(0, &[], None)),
        ("in use", read(0, &[], Some("process 4711"))),
        ("one", read(1, &[], None)),
        ("some, and in use", read(3, &[], Some("process 4711"))),
        ("damage", read(0, &damage, None)),
        ("some, and damage", read(2, &damage, None)),
    ]);
    // What is well of the rest stands in other tables.
    let of_intents = said.lines().filter(|line| !line.starts_with("ok ") || line.contains("intents"));
    insta::assert_snapshot!(of_intents.collect::<Vec<_>>().join("\n"));
}

#[test]
fn what_is_said_of_a_ledger_on_a_server() {
    let used = |used, limit, hosts: &[&str]| {
        let hosts = hosts.iter().map(ToString::to_string).collect();
        LedgerUse { used, limit, leases: 2, waiting: 0, hosts }
    };
    let read = LedgerFacts {
        server: "redis://10.0.0.7:6379/0".to_owned(),
        version: "Redis 7.0.15".to_owned(),
        round_trip: Duration::from_micros(420),
        exit: "tokyo-nat".to_owned(),
        is_exit_of_this_host: false,
        closed_for: Duration::ZERO,
        weight: used(230, 6_000, &["a", "b", "c"]),
        orders: Some(used(4, 1_200, &["a"])),
    };
    let with = |ledger| Facts { ledger: Some(Box::new(ledger)), ..well() };
    let own_exit = LedgerFacts { exit: "a".to_owned(), is_exit_of_this_host: true, orders: None, ..read.clone() };
    let waiting = LedgerUse { waiting: 3, hosts: Vec::new(), ..read.weight.clone() };
    let closed = LedgerFacts { closed_for: Duration::from_secs(90), weight: waiting, ..read.clone() };
    let reason = "the shared ledger on redis://10.0.0.7:6379/0 cannot be used: it refuses the password".to_owned();
    let said = reports(&[
        ("none is on a server", well()),
        ("in use", with(ServerLedger::Read(read))),
        ("without a named exit", with(ServerLedger::Read(own_exit))),
        ("closed", with(ServerLedger::Read(closed))),
        ("not to be used", with(ServerLedger::Unusable { reason, next: vec!["Set it.".to_owned()] })),
    ]);
    // What is well of the rest stands in other tables.
    let of_ledger = said.lines().filter(|line| !line.starts_with("ok ") || line.contains("ledger"));
    insta::assert_snapshot!(of_ledger.collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_second_is_tolerated_and_not_a_millisecond_more() {
    let verdict = |millis| {
        let facts = Facts { clock: Step::Done(Offset { millis, bound: Duration::ZERO }), ..well() };
        findings(&facts).iter().find(|finding| finding.check == Check::Clock).map(|finding| finding.verdict)
    };
    for (millis, expected) in
        [(1_000, Verdict::Ok), (-1_000, Verdict::Ok), (1_001, Verdict::Warning), (i64::MIN, Verdict::Warning)]
    {
        assert_eq!(verdict(millis), Some(expected), "{millis}");
    }
}
