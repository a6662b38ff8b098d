//! Finds whether the right host can be reached and answers, and why not.

use super::super::cause::{Cause, ConnectError};
use super::super::facts::{AddressFault, Facts, Failed, Host, Origin, Place, Proxy, Step, Target};
use super::finding::{Check, Finding, Verdict};
use super::limits;
use crate::exit_code::ExitCode;
use crate::profile::{BASE_URL_VARIABLE, PROXY_VARIABLE};
use binance_papi::PRODUCTION_URL;

/// Finds whether address, connection and TLS are right, and who answers.
pub(super) fn host(facts: &Facts) -> Finding {
    let host = match &facts.target {
        Target::Unusable { origin, fault } => return unusable(*origin, fault),
        Target::Usable(host) => host,
    };
    match &facts.ping {
        Step::Done(()) => Finding::ok(Check::Host, answers(host)),
        Step::Failed(failed) => failed_call(Check::Host, failed, host, facts),
        Step::Skipped(skip) => Finding::skipped(Check::Host, *skip),
    }
}

fn answers(host: &Host) -> String {
    match host.origin {
        Origin::Sandbox => format!("The sandbox inside this program answers on {}.", host.base_url),
        _ => format!("{} answers.", host.base_url),
    }
}

fn unusable(origin: Origin, fault: &AddressFault) -> Finding {
    let name = match (origin, fault) {
        (_, AddressFault::OfTheClock) => "--time-url, PAPI_TIME_URL or the profile's time_url",
        (_, AddressFault::OfTheProxy) => "--proxy or PAPI_PROXY",
        (Origin::Option, _) => "--base-url",
        (Origin::Profile, _) => "The profile's base_url",
        _ => BASE_URL_VARIABLE,
    };
    let problem = |sentence: String| Finding::new(Check::Host, Verdict::Problem(ExitCode::BadInput), sentence);
    let finding = match fault {
        AddressFault::Empty => problem(format!("{name} is empty. Papi does not take that for the exchange itself.")),
        AddressFault::PlainHttp => {
            problem(format!("{name} is an http:// address of another machine: key and signature would be readable."))
                .next("Write it with https://; only this machine itself may be asked without.")
        }
        AddressFault::Malformed(reason) => problem(format!("{name} cannot be used: {reason}.")),
        AddressFault::OfTheProxy => {
            return problem(format!("{name} is not the address of an HTTP proxy."))
                .next("Write it as http://HOST:PORT.");
        }
        AddressFault::OfTheClock => {
            return problem(format!("{name} is not the https:// address of a clock."))
                .next("Leave it out, or `unset PAPI_TIME_URL`: the usual clock is found without.");
        }
    };
    finding.then(to_the_exchange(origin))
}

/// Tells how to ask the exchange itself.
fn to_the_exchange(origin: Origin) -> Option<String> {
    match origin {
        Origin::Variable => Some(format!("`unset {BASE_URL_VARIABLE}` to ask the exchange itself, {PRODUCTION_URL}.")),
        Origin::Option => Some(format!("Leave --base-url out to ask the exchange itself, {PRODUCTION_URL}.")),
        Origin::Profile => {
            Some(format!("Take base_url out of the profile to ask the exchange itself, {PRODUCTION_URL}."))
        }
        Origin::Default | Origin::Sandbox => None,
    }
}

/// Tells of a proxy: the one that papi was given, or one in the environment, which is not used.
pub(super) fn proxy(facts: &Facts) -> Option<Finding> {
    let Target::Usable(host) = &facts.target else { return None };
    let no_connection = matches!(&facts.ping, Step::Failed(Failed { cause: Cause::NoConnection(_), .. }));
    let stands_between = no_connection && host.place == Place::Elsewhere;
    let name = match facts.proxy {
        Proxy::None => return None,
        Proxy::Used if stands_between => {
            let sentence = "Papi goes through the proxy that --proxy or PAPI_PROXY names. It may be why.";
            let warning = Finding::warning(Check::Proxy, sentence.to_owned());
            return Some(
                warning.next(format!("Let the proxy take `CONNECT {}:443`, as it does for any https.", host.name)),
            );
        }
        Proxy::Used => {
            let sentence = "Calls and stream go through the proxy that --proxy or PAPI_PROXY names.";
            return Some(Finding::ok(Check::Proxy, sentence.to_owned()));
        }
        Proxy::NotUsed(name) => name,
    };
    Some(if stands_between {
        Finding::warning(
            Check::Proxy,
            format!("{name} is set, and papi does not use it. If this network needs the proxy, that is why."),
        )
        .next(format!("Let this machine connect to {} and {} directly.", host.name, facts.time.host))
        .next(format!("Or let papi use the proxy: `export {PROXY_VARIABLE}=\"${name}\"`, or --proxy URL."))
    } else {
        Finding::ok(Check::Proxy, format!("{name} is set and not used: papi connects directly."))
    })
}

/// Explains a call that failed for a reason that is not about the key.
pub(super) fn failed_call(check: Check, failed: &Failed, host: &Host, facts: &Facts) -> Finding {
    let problem = |sentence: String| Finding::new(check, Verdict::Problem(failed.exit), sentence);
    let name = &host.name;
    match &failed.cause {
        Cause::NoConnection(error) => not_connected(problem, error, host, facts),
        Cause::NoAnswer => problem(format!("{name} takes the request and does not answer in time."))
            .next("`papi doctor` again in a minute: the exchange may be busy.")
            .next("Is the line slow or overloaded? A ping should take less than a second."),
        Cause::Broken => problem(format!("The connection to {name} breaks before the whole answer is there."))
            .next("`papi doctor` again in a minute; if it stays, something on the way cuts connections.")
            .then(with_tls(host))
            .then(to_the_exchange(host.origin)),
        Cause::Throttled { until } => limits::throttled(problem, *until, facts.now),
        Cause::Banned { until } => limits::banned(problem, *until, facts.now),
        Cause::Firewall => problem(format!("A firewall before {name} refuses this machine (HTTP 403)."))
            .next("Wait some minutes without any call: it closes for a while when calls are too many or odd.")
            .next("If it stays: a VPN, a proxy or a data centre's address is refused more often than others."),
        Cause::Restricted => problem(format!("{name} does not serve the place that this machine is in (HTTP 451)."))
            .next("The exchange goes by the IP address: a VPN, a proxy or a cloud region may stand in a restricted country.")
            .next("Where the exchange is not allowed to serve you, no setting helps."),
        Cause::Redirect(status) => problem(format!("{name} sends us elsewhere (HTTP {status}), and papi does not follow."))
            .next("Does this network want a login first? Open any page in a browser.")
            .then(to_the_exchange(host.origin)),
        Cause::NotPortfolioMargin(status) => other_host(problem, *status, host),
        Cause::Server(status) => problem(format!("{name} answers with an error of its own (HTTP {status})."))
            .next("`papi doctor` again in a minute; the exchange may be under maintenance."),
        Cause::Code { code, message, advice } => {
            problem(format!("The exchange refuses with code {code}: {}.", message.trim_end_matches('.')))
                .then(advice.map(sentence))
        }
        Cause::Other(text) => problem(format!("{name} gives no usable answer: {text}.")),
    }
}

fn not_connected(problem: impl FnOnce(String) -> Finding, error: &ConnectError, host: &Host, facts: &Facts) -> Finding {
    let Host { base_url, name, .. } = host;
    match error {
        ConnectError::NoSuchName => problem(format!("The name {name} does not resolve."))
            .next(format!("`nslookup {name}` shows whether this machine finds it; is it spelt right?"))
            .then(the_network(facts))
            .then(to_the_exchange(host.origin)),
        ConnectError::Refused if host.place == Place::ThisMachine => {
            let option = port(base_url).map(|port| format!(" --port {port}")).unwrap_or_default();
            problem(format!("No program listens at {base_url}."))
                .next(format!("`papi sandbox{option}` starts an exchange for tests there."))
                .then(to_the_exchange(host.origin))
        }
        ConnectError::Refused => problem(format!("No program listens at {base_url}, or a firewall refuses the connection."))
            .then(the_network(facts))
            .then(to_the_exchange(host.origin)),
        ConnectError::TimedOut => problem(format!("No connection to {name}: nothing comes back."))
            .then(the_network(facts))
            .then(to_the_exchange(host.origin)),
        ConnectError::NoRoute => problem(format!("There is no way from this machine to {name}.")).then(the_network(facts)),
        ConnectError::NotTls if host.place == Place::ThisMachine => problem(format!("{base_url} does not speak TLS."))
            .next(format!("`papi doctor --base-url {}`", base_url.replacen("https", "http", 1))),
        ConnectError::NotTls => problem(format!("A program answers at {base_url}, and does not speak TLS."))
            .next("Does this network want a login first, or a proxy? Open any page in a browser.")
            .then(to_the_exchange(host.origin)),
        ConnectError::UnknownIssuer => {
            problem(format!("The certificate of {name} is signed by an issuer that papi does not trust: something reads along, or it is not the exchange."))
                .next(format!("`{}` shows who signed it.", show_certificate(host)))
                .next("A company's proxy or a virus scanner that opens TLS has to leave this host alone.")
                .next("Programs that use the library can trust it: `ClientBuilder::root_certificates`.")
        }
        ConnectError::OtherName => problem(format!("The certificate at {base_url} is of another host."))
            .next(format!("`{}` shows which one.", show_certificate(host)))
            .then(to_the_exchange(host.origin)),
        ConnectError::NotValidNow => problem(format!("The certificate of {name} is not valid now."))
            .next("`date -u` shows the date of this machine; is it right?")
            .next(format!("`{}` shows the dates of the certificate.", show_certificate(host))),
        ConnectError::Other(text) => {
            problem(format!("No connection to {name}: {text}.")).then(the_network(facts)).then(to_the_exchange(host.origin))
        }
    }
}

/// Tells what the host of the clock shows about the network, if it is another host.
fn the_network(facts: &Facts) -> Option<String> {
    let Target::Usable(host) = &facts.target else { return None };
    let other = &facts.time.host;
    match facts.clock {
        _ if *other == host.name => None,
        Step::Done(_) => {
            Some(format!("The network works: {other} answers. Does a firewall stand before this host alone?"))
        }
        Step::Failed(_) => {
            Some(format!("{other} does not answer either: is this machine connected, without a firewall before it?"))
        }
        Step::Skipped(_) => None,
    }
}

fn other_host(problem: impl FnOnce(String) -> Finding, status: u16, host: &Host) -> Finding {
    let name = &host.name;
    match (host.origin, status) {
        (Origin::Default, _) => problem(format!("Something else answers in the place of {name} (HTTP {status})."))
            .next("Does this network want a login first? Open any page in a browser.")
            .next(format!("`nslookup {name}` shows where this machine looks for it.")),
        (_, 202) => problem(format!("{name} is not a host of Portfolio Margin: its answers are empty (HTTP 202)."))
            .next("The test host of futures does this. Portfolio Margin has none: `papi --sandbox` is one.")
            .then(to_the_exchange(host.origin)),
        _ => problem(format!("{name} is not a host of Portfolio Margin (HTTP {status} for a ping)."))
            .next("Other products of the exchange have other hosts (api, fapi, dapi); Portfolio Margin has this one only: papi.")
            .then(to_the_exchange(host.origin)),
    }
}

/// Tells how to try TLS: plain HTTP to a server that wants TLS fails in this way.
fn with_tls(host: &Host) -> Option<String> {
    let address = host.base_url.strip_prefix("http://")?;
    Some(format!("`papi doctor --base-url https://{address}`, if that server wants TLS."))
}

fn port(base_url: &str) -> Option<u16> {
    base_url.rsplit_once(':').and_then(|(_, port)| port.parse().ok())
}

fn show_certificate(host: &Host) -> String {
    let port = port(&host.base_url).unwrap_or(443);
    format!("openssl s_client -connect {}:{port} -showcerts </dev/null", host.name)
}

/// Turns advice of the library into a sentence.
fn sentence(advice: &str) -> String {
    let mut letters = advice.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
