//! `papi settle`: finds out what became of a call that reported an unknown outcome. That report ends with the whole
//! command.

use super::patience::PatienceOptions;
use crate::connect::{Need, connect};
use crate::exit_code::ExitCode;
use crate::failure::{Failure, join};
use crate::global_options::GlobalOptions;
use crate::output::{Output, ReplyDescription};
use crate::profile::{Settings, settings};
use crate::request::{Endpoints, find, full_path, pair};
use crate::{stderr, time_text};
use binance_papi::error::{Invalid, Violation, ViolationKind};
use binance_papi::intents::{self, Intent};
use binance_papi::json::Json;
use binance_papi::spec::{LostCall, Question};
use binance_papi::{Call, Clock as _, EndpointInfo, Found, Method, Pending, Settlement, SystemClock, Timestamp};
use clap::Args;
use std::time::Duration;

/// Find out what became of a call whose outcome is unknown. It only asks, and sends nothing anew.
///
/// `papi` prints the whole command beside an unknown outcome. What is not found is called absent only when it is still not
/// found, twice, after the exchange can no longer have taken it and the margin has passed.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  papi settle papi-6hq0m2v8c1kx4t9zr3w5n7d0bj POST um/order symbol=BTCUSDT --sent-at 1792000000000
  papi settle DELETE um/order symbol=BTCUSDT origClientOrderId=my-order-7 --sent-at 5m

Prints `outcome` (accepted, absent, unknown) and what the exchange shows. Exit codes: 0 it was executed, 8 it was not and
will not be, 6 still unknown.")]
pub(crate) struct SettleCommand {
    /// The client id of what was to be placed, then method and path of the lost call and its parameters.
    #[arg(value_name = "ID METHOD PATH [NAME=VALUE]", required = true, num_args = 1..)]
    words: Vec<String>,

    /// When it was sent, at the latest: milliseconds, RFC 3339, or a time ago such as 5m.
    #[arg(long, value_name = "TIME", required = true)]
    sent_at: String,

    /// The recv window it was sent with, in milliseconds.
    #[arg(long, value_name = "MS", default_value_t = 5_000, value_parser = clap::value_parser!(u64).range(1..=60_000))]
    recv_window: u64,

    #[command(flatten)]
    patience: PatienceOptions,
}

impl SettleCommand {
    pub(crate) async fn run(self, global: &GlobalOptions, endpoints: Endpoints) -> Result<(), Failure> {
        let (info, params) = lost_call(&self.words, endpoints)?;
        let sent_at = time_text::to_millis(&self.sent_at, SystemClock.now())
            .map(Timestamp::from_millis)
            .map_err(|why| Failure::bad_input(format!("--sent-at {why}")))?;
        let borrowed: Vec<_> = params.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let pending = Pending::from_params(info, &borrowed, sent_at, Duration::from_millis(self.recv_window))?;
        require_askable(info, &borrowed, sent_at)?;
        let settings = settings(global)?;
        let need = need(&settings);
        let connection = connect(global, settings, Call::default(), need).await?;
        let unsettled = connection.client.unsettled();
        let pending = intent_of(&pending, &borrowed, &unsettled).unwrap_or(&pending);
        stderr::note(&format!(
            "asking what became of {} {}, for {} s at most",
            info.method, info.path, self.patience.timeout
        ));
        let settlement = tokio::select! {
            settlement = connection.client.settle(pending, self.patience.patience()) => settlement?,
            Ok(()) = tokio::signal::ctrl_c() => return Err(Failure::new(ExitCode::Unknown, "interrupted: still unknown")),
        };
        report(&settlement, &Output::new(global.format))
    }
}

/// Only one process can have the file of intents, and what became of the call can be told without it.
fn need(settings: &Settings) -> Need {
    let Some(path) = settings.intents.value.as_deref().filter(|path| path.exists()) else { return Need::HostAndKey };
    let Some(owner) = intents::owner(path) else { return Need::HostKeyAndIntents };
    stderr::note(&format!("{} belongs to {owner}, so the outcome is not written down there", path.display()));
    Need::HostAndKey
}

/// Finds the intent of a lost call: it knows every parameter and attempt, and gets its end when it is settled itself.
fn intent_of<'a>(pending: &Pending, given: &[(&str, &str)], unsettled: &'a [Intent]) -> Option<&'a Pending> {
    let call = format!("{} {}", pending.info().method, pending.info().path);
    let is_it = |intent: &&Intent| {
        let params = intent.params();
        let is_sent = |(name, value): &(&str, &str)| params.iter().any(|(sent, as_)| sent == name && as_ == value);
        let is_in_time = intent.sent_at().last().is_some_and(|last| *last <= pending.sent_at());
        intent.why_not_asked().is_none() && intent.call() == call && is_in_time && given.iter().all(is_sent)
    };
    let mut found = unsettled.iter().filter(is_it);
    // Of two calls with the same parameters only the caller knows which one is meant.
    let only = found.next().filter(|_| found.next().is_none());
    only.and_then(Intent::pending)
}

/// Returns what the exchange shows of an executed call; as a text where it is not JSON.
pub(super) fn shown(found: &Found) -> Json {
    Json::parse(found.json()).unwrap_or_else(|_| Json::text(found.json()))
}

fn report(settlement: &Settlement, output: &Output) -> Result<(), Failure> {
    match settlement {
        Settlement::Accepted(found) => output.print(
            &Json::object([("outcome", Json::text("accepted")), ("found", shown(found))]),
            ReplyDescription::default(),
        ),
        Settlement::Absent => {
            output.print(&Json::object([("outcome", Json::text("absent"))]), ReplyDescription::default())?;
            Err(Failure::new(ExitCode::NotExecuted, "it was not executed and will not be; sending it anew is safe"))
        }
        Settlement::StillUnknown(doubt) => {
            output.print(&Json::object([("outcome", Json::text("unknown"))]), ReplyDescription::default())?;
            Err(Failure::new(ExitCode::Unknown, format!("still unknown: {doubt}"))
                .hint("do not send it anew before you know; run the same command again, or look at the account"))
        }
        _ => Err(Failure::new(ExitCode::Unknown, "still unknown")),
    }
}

/// Refuses a lost call of which so little is given that the exchange cannot be asked about it.
fn require_askable(info: &EndpointInfo, params: &[(&str, &str)], sent_at: Timestamp) -> Result<(), Failure> {
    let lost = LostCall::from_pairs(params);
    let mut lacking: Option<(&Question, Invalid)> = None;
    for question in info.settle.iter().filter(|question| question.each.is_none()) {
        let Some(asked) = EndpointInfo::of(question.route) else { return Ok(()) };
        for pairs in lost.requests(question, None) {
            let pairs: Vec<_> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
            match (asked.parse)(&pairs).and_then(|request| request.check(sent_at)) {
                Ok(()) => return Ok(()),
                Err(invalid) => {
                    lacking.get_or_insert((question, invalid));
                }
            }
        }
    }
    let Some((question, invalid)) = lacking else { return Ok(()) };
    let problem = |violation: &Violation| {
        let lacks = |asked: &str, ours: &str| match violation.kind() {
            ViolationKind::Missing => asked == violation.param(),
            // One of those that are not given would do.
            ViolationKind::Combination => lost.param(ours).is_none(),
            _ => false,
        };
        let missing = question.with.iter().filter(|(asked, ours)| lacks(asked, ours));
        let missing: Vec<_> = missing.map(|(_, ours)| format!("`{ours}`")).collect();
        if missing.is_empty() { violation.to_string() } else { format!("{} is missing", missing.join(" or ")) }
    };
    let problems: Vec<_> = invalid.violations().iter().map(problem).collect();
    Err(Failure::bad_input(format!("not asked: {}; {} is what is asked", join(&problems), question.route))
        .hint("give what the lost call sent as NAME=VALUE, such as symbol=BTCUSDT"))
}

/// The endpoint of a lost call, and what is given of its parameters.
type GivenCall = (&'static EndpointInfo, Vec<(String, String)>);

/// Reads the lost call and the parameters to ask with from the words of the command line.
fn lost_call(words: &[String], endpoints: Endpoints) -> Result<GivenCall, Failure> {
    let (id, rest) = match words {
        [first, ..] if first.parse::<Method>().is_ok() => (None, words),
        [first, rest @ ..] => (Some(first), rest),
        [] => (None, words),
    };
    let [method, path, params @ ..] = rest else {
        return Err(Failure::bad_input(
            "the id alone does not tell where to look: method, path and symbol are missing",
        )
        .hint("the report of the unknown outcome ends with the whole command")
        .hint("for example: papi settle ID POST um/order symbol=BTCUSDT --sent-at 5m"));
    };
    let method = method.parse::<Method>().map_err(|error| Failure::bad_input(format!("{method:?} is not {error}")))?;
    let info = find(method, &full_path(path)?, endpoints)?;
    let mut pairs = params
        .iter()
        .map(|text| pair(text).map_err(|error| Failure::bad_input(format!("{error}, not {text:?}"))))
        .collect::<Result<Vec<_>, _>>()?;
    if let Some(id) = id {
        let name = info.client_ids.first().ok_or_else(|| {
            Failure::bad_input(format!("{method} {} places nothing under an id", info.path))
                .hint("give what it was about as NAME=VALUE, such as origClientOrderId=..")
        })?;
        pairs.insert(0, ((*name).to_owned(), id.clone()));
    }
    Ok((info, pairs))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::settle_command;
    use binance_papi::{ENDPOINTS, PRODUCTION_URL, Quantity, Side, um};

    fn words(line: &str) -> Vec<String> {
        line.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn the_printed_command_reads_back() {
        let quantity: Quantity = "1".parse().expect("decimal");
        let order = um::NewOrder::market("BTCUSDT", Side::Buy, quantity).new_client_order_id("a:b/7");
        let pending = Pending::new(&order, Timestamp::from_millis(1_792_000_000_000));
        let line = settle_command(&pending, PRODUCTION_URL, None);
        assert_eq!(line, "papi settle a:b/7 POST um/order symbol=BTCUSDT --sent-at 1792000000000");
        let given = line.strip_prefix("papi settle ").and_then(|line| line.split_once(" --sent-at")).expect("both").0;
        let (info, params) = lost_call(&words(given), ENDPOINTS).expect("valid");
        assert_eq!(info.path, "/papi/v1/um/order");
        assert_eq!(params, [("newClientOrderId".into(), "a:b/7".into()), ("symbol".into(), "BTCUSDT".into())]);
    }

    #[test]
    fn what_the_question_needs_is_named_when_it_is_missing() {
        let refusal = |line: &str| {
            let (info, params) = lost_call(&words(line), ENDPOINTS).expect("valid");
            let params: Vec<_> = params.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let asked = require_askable(info, &params, Timestamp::from_millis(1_792_000_000_000));
            asked.err().map(|failure| format!("{failure:?}"))
        };
        for (line, said) in [
            ("some-id POST um/order", "not asked: `symbol` is missing; GET /papi/v1/um/order is what is asked"),
            ("POST um/order symbol=BTCUSDT", "`newClientOrderId` is missing"),
            ("DELETE um/order origClientOrderId=x", "`symbol` is missing"),
            ("DELETE um/order symbol=BTCUSDT", "`orderId` or `origClientOrderId` is missing"),
        ] {
            let refusal = refusal(line).expect(line);
            assert!(refusal.contains(said), "{line}: {refusal}");
        }
        assert_eq!(refusal("some-id POST um/order symbol=BTCUSDT"), None);
        assert_eq!(refusal("POST bnb-transfer"), None, "what no question tells is said by the library");
    }

    #[test]
    fn the_id_alone_is_not_enough() {
        assert!(lost_call(&words("some-id"), ENDPOINTS).is_err());
        assert!(lost_call(&words("some-id POST um/order"), ENDPOINTS).is_ok());
        assert!(lost_call(&words("some-id DELETE um/order"), ENDPOINTS).is_err(), "a cancel has no id of its own");
    }
}
