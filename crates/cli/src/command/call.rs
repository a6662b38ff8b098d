//! `papi call`: any endpoint by method and path, typed when this version knows it, raw when it does not.

use crate::choice::one_of;
use crate::failure::Failure;
use crate::global_options::GlobalOptions;
use crate::output::Times;
use crate::request::{Endpoints, Outgoing, Rules, SendOptions, find, full_path, pair, send};
use binance_papi::spec::RUNTIME_PARAMS;
use binance_papi::{Access, Clock as _, Cost, Effect, EndpointInfo, Method, SystemClock, percent_encode};
use clap::Args;
use clap::builder::TypedValueParser;

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

    /// Send path and parameters as they are, and print the reply as it is, times in milliseconds.
    #[arg(long, conflicts_with = "unchecked", help_heading = RAW)]
    raw: bool,

    /// What happens when the call arrives twice; the table's word for a path it has, otherwise `once`.
    #[arg(long, requires = "raw", help_heading = RAW, value_parser = effects())]
    effect: Option<Effect>,

    /// Which credentials the call takes; the table's word for a path it has, otherwise key and signature.
    #[arg(long, requires = "raw", help_heading = RAW, value_parser = accesses())]
    access: Option<Access>,

    /// The request weight of the call; the table's for a path it has, otherwise 1.
    #[arg(long, requires = "raw", value_name = "N", help_heading = RAW)]
    weight: Option<u32>,

    #[command(flatten)]
    send: SendOptions,
}

const RAW: &str = "Without a type";

fn effects() -> impl TypedValueParser<Value = Effect> {
    one_of([
        ("read", "It changes nothing", Effect::Read),
        ("idempotent", "The second arrival changes nothing more", Effect::Idempotent),
        ("once", "Every arrival acts", Effect::Once),
    ])
}

fn accesses() -> impl TypedValueParser<Value = Access> {
    one_of([
        ("none", "None at all", Access::None),
        ("key", "The API key alone", Access::UserStream),
        ("signed", "Key and signature", Access::UserData),
    ])
}

impl CallCommand {
    pub(crate) async fn run(self, global: &GlobalOptions, endpoints: Endpoints) -> Result<(), Failure> {
        let path = full_path(&self.path)?;
        let info = find(self.method, &path, endpoints);
        let outgoing = if self.raw {
            self.raw(path, info.ok())?
        } else {
            Outgoing::typed(info?, &self.params, self.send.rules(), SystemClock.now())?
        };
        send(outgoing, &self.send, Times::Utc, global).await
    }

    fn raw(&self, path: String, info: Option<&'static EndpointInfo>) -> Result<Outgoing, Failure> {
        let is_sent = |name: &str| self.params.iter().any(|(sent, _)| sent == name);
        let access = self.access.unwrap_or_else(|| info.map_or(Access::UserData, |info| info.access));
        let effect = self.effect.unwrap_or_else(|| info.map_or(Effect::Once, |info| info.effect));
        let weight = self.weight.unwrap_or_else(|| info.map_or(1, |info| info.weight.of(is_sent)));
        let cost = Cost::new(weight, info.map_or(0, |info| info.order_cost));
        for (name, _) in &self.params {
            // Names are written into the query without encoding.
            if percent_encode(name) != *name {
                return Err(Failure::bad_input(format!("not sent: {name:?} cannot be the name of a parameter")));
            }
        }
        if let Some(name) = RUNTIME_PARAMS.into_iter().find(|name| access.is_signed() && is_sent(name)) {
            return Err(Failure::bad_input(format!("not sent: `{name}` is added when the call is signed"))
                .hint("--recv-window sets the recvWindow"));
        }
        Ok(Outgoing {
            method: self.method,
            path,
            params: self.params.clone(),
            access,
            effect,
            cost,
            info,
            typed: None,
            rules: Rules::Skipped,
        })
    }
}
