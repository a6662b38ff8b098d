//! `papi call`: any endpoint by method and path, typed when this version knows it, raw when it does not.

use crate::args::GlobalOptions;
use crate::failure::Failure;
use crate::request::{Endpoints, Outgoing, RawNature};
use crate::send::{self, SendOptions};
use binance_papi::spec::RUNTIME_PARAMS;
use binance_papi::{
    Access, Clock as _, Cost, Effect, EndpointInfo, Method, RETIRED, Retired, SystemClock, percent_encode,
};
use clap::{Args, ValueEnum};

/// Call an endpoint by method and path.
///
/// The parameters are read into the endpoint's request and checked; the reply is read into its type and printed again.
/// With --raw nothing is checked or read, and the path may be one that this version does not know.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  papi call GET um/forceOrders symbol=BTCUSDT limit=5
  papi call GET um/forceOrders startTime=2026-10-01 endTime=2026-10-07 --dry-run
  papi call GET um/positionRisk --raw --effect read --weight 5")]
pub(crate) struct CallCommand {
    /// GET, POST, PUT or DELETE.
    method: Method,

    /// The path, from the root or from /papi/v1/ on.
    path: String,

    /// Parameters by their names on the wire, such as symbol=BTCUSDT.
    #[arg(value_name = "NAME=VALUE", value_parser = pair)]
    params: Vec<(String, String)>,

    /// Send path and parameters as they are, and print the reply as it is.
    #[arg(long, help_heading = RAW)]
    raw: bool,

    /// What happens when the call arrives twice; the table's word for a path it has, otherwise `once`.
    #[arg(long, requires = "raw", help_heading = RAW)]
    effect: Option<RawEffect>,

    /// Which credentials the call takes; the table's word for a path it has, otherwise key and signature.
    #[arg(long, requires = "raw", help_heading = RAW)]
    access: Option<RawAccess>,

    /// The request weight of the call; the table's for a path it has, otherwise 1.
    #[arg(long, requires = "raw", value_name = "N", help_heading = RAW)]
    weight: Option<u32>,

    #[command(flatten)]
    send: SendOptions,
}

const RAW: &str = "Without a type";

/// What happens when a call arrives twice.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum RawEffect {
    /// It changes nothing.
    Read,
    /// The second arrival changes nothing more.
    Idempotent,
    /// Every arrival acts.
    Once,
}

/// Which credentials a call takes.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum RawAccess {
    /// None at all.
    None,
    /// The API key alone.
    Key,
    /// Key and signature.
    Signed,
}

impl CallCommand {
    pub(crate) async fn run(self, global: &GlobalOptions, endpoints: Endpoints) -> Result<(), Failure> {
        let path = full_path(&self.path)?;
        let info = find(self.method, &path, endpoints);
        let outgoing = if self.raw {
            self.raw(path, info.ok())?
        } else {
            Outgoing::typed(info?, &self.params, SystemClock.now())?
        };
        send::run(outgoing, &self.send, global).await
    }

    fn raw(&self, path: String, info: Option<&'static EndpointInfo>) -> Result<Outgoing, Failure> {
        let is_sent = |name: &str| self.params.iter().any(|(sent, _)| sent == name);
        let access = match self.access {
            Some(RawAccess::None) => Access::None,
            Some(RawAccess::Key) => Access::UserStream,
            Some(RawAccess::Signed) => Access::UserData,
            None => info.map_or(Access::UserData, |info| info.access),
        };
        let effect = match self.effect {
            Some(RawEffect::Read) => Effect::Read,
            Some(RawEffect::Idempotent) => Effect::Idempotent,
            Some(RawEffect::Once) => Effect::Once,
            None => info.map_or(Effect::Once, |info| info.effect),
        };
        let weight = self.weight.unwrap_or_else(|| info.map_or(1, |info| info.weight.of(is_sent)));
        let cost = Cost::new(weight, info.map_or(0, |info| info.order_cost));
        for (name, _) in &self.params {
            // Names go into the query as they are.
            if percent_encode(name) != *name {
                return Err(Failure::bad_input(format!("not sent: {name:?} cannot be the name of a parameter")));
            }
        }
        if let Some(name) = RUNTIME_PARAMS.into_iter().find(|name| access.is_signed() && is_sent(name)) {
            return Err(Failure::bad_input(format!("not sent: `{name}` is added when the call is signed"))
                .hint("--recv-window sets the recvWindow"));
        }
        let nature = RawNature { access, effect, cost, info };
        Ok(Outgoing::raw(self.method, path, self.params.clone(), &nature))
    }
}

/// Reads `NAME=VALUE`.
pub(crate) fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("a parameter is given as NAME=VALUE".to_owned()),
    }
}

/// The endpoint with this method and path, or why there is none.
pub(crate) fn find(method: Method, path: &str, endpoints: Endpoints) -> Result<&'static EndpointInfo, Failure> {
    let info = endpoints.iter().copied().find(|info| info.method == method && info.path == path);
    info.ok_or_else(|| unknown(method, path, endpoints))
}

/// The path from the root. Paths that an address would not carry unchanged are refused.
pub(crate) fn full_path(given: &str) -> Result<String, Failure> {
    const BASE: &str = "/papi/v1/";
    let path = match given {
        _ if given.starts_with('/') => given.to_owned(),
        _ if given.starts_with("papi/") => format!("/{given}"),
        _ if given.starts_with("v1/") || given.starts_with("v2/") => format!("/papi/{given}"),
        _ => format!("{BASE}{given}"),
    };
    let is_plain = |segment: &str| percent_encode(segment) == segment && !matches!(segment, "" | "." | "..");
    if path.split('/').skip(1).all(is_plain) {
        return Ok(path);
    }
    let failure = Failure::bad_input(format!("not sent: {given:?} is not a path such as um/forceOrders"));
    Err(if given.contains('?') { failure.hint("parameters follow the path, as in symbol=BTCUSDT") } else { failure })
}

fn unknown(method: Method, path: &str, endpoints: Endpoints) -> Failure {
    if let Some(call) = RETIRED.iter().find(|call| call.method == method && call.path == path) {
        let Retired { since, instead } = call.retired;
        return Failure::bad_input(format!("not sent: the exchange took {method} {path} away on {since}"))
            .hint(format!("call {instead} instead"));
    }
    let same_path: Vec<_> =
        endpoints.iter().filter(|info| info.path == path).map(|info| info.method.as_str()).collect();
    let text = if same_path.is_empty() {
        format!("not sent: {method} {path} is not an endpoint that this version knows")
    } else {
        format!("not sent: {path} takes {}, not {method}", same_path.join(" and "))
    };
    let near = endpoints
        .iter()
        .map(|info| (strsim::jaro_winkler(&info.path.to_lowercase(), &path.to_lowercase()), info))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|(likeness, _)| *likeness > 0.9 && same_path.is_empty());
    let failure = Failure::bad_input(text);
    let failure = match near {
        Some((_, info)) => failure.hint(format!("did you mean {} {}?", info.method, info.path)),
        None => failure,
    };
    failure.hint("`papi endpoints` lists what there is; --raw sends a path without a type")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_completed_and_never_changed() {
        for (given, full) in [
            ("um/forceOrders", "/papi/v1/um/forceOrders"),
            ("papi/v1/um/forceOrders", "/papi/v1/um/forceOrders"),
            ("/papi/v1/um/forceOrders", "/papi/v1/um/forceOrders"),
            ("v2/um/account", "/papi/v2/um/account"),
            ("/fapi/v1/time", "/fapi/v1/time"),
        ] {
            assert_eq!(full_path(given).expect("a path"), full);
        }
        for bad in
            ["", "/", "um/../margin", "um//x", "um/x?a=1", "um/x#a", "um/x y", "um/%41", "https://host/x", "um/x/"]
        {
            assert!(full_path(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_pair_splits_at_the_first_equals_sign() {
        assert_eq!(pair("a=b=c"), Ok(("a".to_owned(), "b=c".to_owned())));
        assert_eq!(pair("a="), Ok(("a".to_owned(), String::new())));
        assert!(pair("a").is_err() && pair("=b").is_err());
    }
}
