//! `papi endpoints`: the endpoint table, for people as a list and for programs as JSON.

use crate::exit_code::ExitCode;
use crate::failure::Failure;
use crate::global_options::GlobalOptions;
use crate::kebab::{command_words, dataset_name, kebab};
use crate::output::{Output, ReplyDescription};
use crate::request::Endpoints;
use binance_papi::json::Json;
use binance_papi::spec::{Bound, Kind, Limit, ParamInfo, Retired, RetiredCall, Weight, nearest};
use binance_papi::{EndpointInfo, Method, RETIRED};
use clap::Args;

/// List the endpoints.
///
/// The table shows method, path, command, effect, weight, purpose, and the dataset of `papi export` that has all rows. The other
/// formats tell everything that is known about an endpoint, parameters and constraints included. The exit code is 1 when no
/// endpoint has the text.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  papi endpoints force
  papi endpoints um --columns command,weight,dataset
  papi endpoints POST --format jsonl")]
pub(crate) struct EndpointsCommand {
    /// Only endpoints with this text in path, command, type or purpose.
    filter: Option<String>,
}

impl EndpointsCommand {
    pub(crate) fn run(&self, global: &GlobalOptions, endpoints: Endpoints) -> Result<(), Failure> {
        let output = Output::of(global);
        let print = if output.format().is_for_people() { overview } else { description };
        let filter = self.filter.as_deref().unwrap_or_default();
        let folded = filter.to_lowercase();
        let rows = endpoints.iter().map(|info| Row::of(info)).chain(RETIRED.iter().map(Row::of_retired));
        let found: Vec<_> = rows.filter(|row| row.matches(&folded)).map(|row| print(&row)).collect();
        if found.is_empty() {
            return Err(nothing_found(filter, endpoints));
        }
        let table = Json::List(found);
        output.check_columns_of(&table)?;
        output.print(&table, ReplyDescription::default())
    }
}

/// Says that no endpoint has a text, and which name was probably meant.
fn nothing_found(filter: &str, endpoints: Endpoints) -> Failure {
    let names: Vec<_> = endpoints.iter().flat_map(|info| [kebab(info.name), command_words(info)]).collect();
    let wire_names = endpoints.iter().flat_map(|info| [info.path.rsplit('/').next().unwrap_or_default(), info.path]);
    let near = nearest(filter, names.iter().map(String::as_str).chain(wire_names));
    Failure::new(ExitCode::Other, format!("no endpoint has {filter:?} in path, command, type or purpose"))
        .hints(near.map(|name| format!("did you mean {name:?}?")))
        .hint("`papi endpoints` lists all")
}

/// A row of the table: an endpoint, or a call that has no type any more.
struct Row {
    method: Method,
    path: &'static str,
    info: Option<&'static EndpointInfo>,
    retired: Option<Retired>,
}

impl Row {
    fn of(info: &'static EndpointInfo) -> Self {
        Self { method: info.method, path: info.path, info: Some(info), retired: info.retired }
    }

    fn of_retired(call: &RetiredCall) -> Self {
        Self { method: call.method, path: call.path, info: None, retired: Some(call.retired) }
    }

    fn matches(&self, filter: &str) -> bool {
        if filter.is_empty() {
            return true;
        }
        let mut texts = vec![format!("{} {}", self.method, self.path)];
        texts.extend(
            self.info.into_iter().flat_map(|info| [command_words(info), info.type_path(), info.doc.to_owned()]),
        );
        texts.iter().any(|text| text.to_lowercase().contains(filter))
    }
}

/// Returns a row for people.
fn overview(row: &Row) -> Json {
    let text = |of: fn(&EndpointInfo) -> String| Json::text(row.info.map(of).unwrap_or_default());
    let retired = row.retired.map(|Retired { since, instead }| format!("Retired since {since}, use {instead}."));
    let doc: Vec<_> = retired.into_iter().chain(row.info.map(|info| info.doc.to_owned())).collect();
    Json::object([
        ("method", Json::text(row.method.as_str())),
        ("path", Json::text(row.path)),
        ("command", text(command_words)),
        ("effect", text(|info| info.effect.to_string())),
        ("weight", text(|info| info.weight.to_string())),
        ("dataset", text(|info| dataset_name(info).unwrap_or_default())),
        ("doc", Json::text(doc.join(" "))),
    ])
}

/// Returns everything about a row, for programs: every row has all keys.
fn description(row: &Row) -> Json {
    let known = |of: fn(&EndpointInfo) -> Json| row.info.map_or(Json::null(), of);
    let list = |of: fn(&EndpointInfo) -> Vec<Json>| Json::List(row.info.map(of).unwrap_or_default());
    Json::object([
        ("method", Json::text(row.method.as_str())),
        ("path", Json::text(row.path)),
        ("group", known(|info| Json::text(info.group.as_str()))),
        ("name", known(|info| Json::text(info.type_path()))),
        ("command", known(|info| Json::text(command_words(info)))),
        ("doc", known(|info| Json::text(info.doc))),
        ("doc_url", known(|info| Json::text(info.doc_url))),
        ("access", known(|info| Json::text(info.access.as_str()))),
        ("effect", known(|info| Json::text(info.effect.as_str()))),
        ("weight", known(|info| weight(info.weight))),
        ("order_cost", known(|info| Json::number(info.order_cost))),
        ("dataset", known(|info| dataset_name(info).map_or(Json::null(), Json::text))),
        ("params", list(|info| info.params.iter().map(param).collect())),
        (
            "constraints",
            list(|info| info.constraints.iter().map(|constraint| Json::text(constraint.to_string())).collect()),
        ),
        ("retired", retired(row.retired)),
    ])
}

fn retired(retired: Option<Retired>) -> Json {
    retired.map_or(Json::null(), |Retired { since, instead }| {
        Json::object([("since", Json::text(since)), ("instead", Json::text(instead))])
    })
}

fn weight(weight: Weight) -> Json {
    match weight {
        Weight::Fixed(weight) => Json::number(weight),
        Weight::ByParam { with, otherwise } => {
            let with = with.iter().map(|&(param, weight)| (param.into(), Json::number(weight))).collect();
            Json::object([("with", Json::Object(with)), ("otherwise", Json::number(otherwise))])
        }
        other => Json::text(other.to_string()),
    }
}

fn param(param: &ParamInfo) -> Json {
    let is_word = param.kind == Kind::Word;
    Json::object([
        ("name", Json::text(param.name)),
        ("type", Json::text(param.type_name)),
        ("required", Json::bool(param.required)),
        ("default", param.default.map_or(Json::null(), |text| value(param.kind, text))),
        ("min", param.min.map_or(Json::null(), |min| bound(min, "above"))),
        ("max", param.max.map_or(Json::null(), |max| bound(max, "below"))),
        (
            "enum",
            if is_word { Json::List(param.words.iter().map(|word| Json::text(*word)).collect()) } else { Json::null() },
        ),
    ])
}

/// Returns a documented value: numbers and switches as such, everything else as text.
fn value(kind: Kind, text: &str) -> Json {
    match kind {
        Kind::Integer | Kind::Decimal | Kind::Time | Kind::Bool => bare(text),
        _ => Json::text(text),
    }
}

/// Returns the end of a range: a number where it belongs to the range; otherwise a text that says what it is.
fn bound(bound: Bound, outside: &str) -> Json {
    match bound {
        Bound::Closed(Limit::Number(number)) => bare(&number.to_string()),
        Bound::Closed(_) => Json::text(bound.to_string()),
        Bound::Open(_) => Json::text(format!("{outside} {bound}")),
    }
}

fn bare(text: &str) -> Json {
    match Json::parse(text) {
        Ok(value @ Json::Raw(_)) if value != Json::null() => value,
        _ => Json::text(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use binance_papi::Decimal;
    use binance_papi::spec::{days, minutes};

    #[test]
    fn a_weight_is_a_number_or_says_on_what_it_depends() {
        assert_eq!(weight(Weight::Fixed(5)), Json::number(5u32));
        let by_param = Weight::ByParam { with: &[("symbol", 20)], otherwise: 50 };
        assert_eq!(weight(by_param).to_string(), r#"{"with":{"symbol":20},"otherwise":50}"#);
    }

    #[test]
    fn a_bound_says_when_it_is_outside_or_relative() {
        for (given, printed) in [
            (Bound::Closed(Limit::Number(Decimal::ONE)), "1"),
            (Bound::Closed(Limit::Number(Decimal::new(10, 2))), "0.10"),
            (Bound::Open(Limit::Number(Decimal::new(9, 0))), r#""below 9""#),
            (Bound::Open(Limit::FromNow(minutes(10))), r#""below now + 10 minutes""#),
            (Bound::Closed(Limit::FromNow(days(1))), r#""now + 1 day""#),
        ] {
            assert_eq!(bound(given, "below").to_string(), printed);
        }
    }

    #[test]
    fn a_filter_finds_path_command_type_and_purpose() {
        let info = Row::of(binance_papi::um::ForceOrders::INFO);
        for text in ["um/forceorders", "get /papi", "um force-orders", "um::force", "liquidation", ""] {
            assert!(info.matches(text), "{text}");
        }
        assert!(!info.matches("margin call"));
    }
}
