//! `papi endpoints`: the endpoint table, for people as a list and for programs as JSON.

use crate::args::GlobalOptions;
use crate::endpoint_commands::command_words;
use crate::failure::Failure;
use crate::output::json::Json;
use crate::output::{Format, Output};
use crate::request::Endpoints;
use binance_papi::{Bound, EndpointInfo, Kind, Limit, ParamInfo, RETIRED, Retired, RetiredCall, Weight};
use clap::Args;

/// List the endpoints.
///
/// The table shows method, path, command, effect, weight and purpose. The other formats tell everything that is known
/// about an endpoint, parameters and rules included.
#[derive(Debug, Clone, Args)]
pub(crate) struct EndpointsCommand {
    /// Only endpoints with this text in path, command, type or purpose.
    filter: Option<String>,
}

impl EndpointsCommand {
    pub(crate) fn run(&self, global: &GlobalOptions, endpoints: Endpoints) -> Result<(), Failure> {
        let output = Output::new(global.format);
        let row = if output.format() == Format::Table { overview } else { description };
        let filter = self.filter.as_deref().unwrap_or_default().to_lowercase();
        let mut rows: Vec<Json> =
            endpoints.iter().filter(|info| matches(info, &filter)).map(|info| row(info)).collect();
        let row = if output.format() == Format::Table { retired_overview } else { retired_description };
        let is_asked = |call: &&RetiredCall| format!("{} {}", call.method, call.path).to_lowercase().contains(&filter);
        rows.extend(RETIRED.iter().filter(is_asked).map(row));
        output.print(&Json::List(rows), None)
    }
}

fn matches(info: &EndpointInfo, filter: &str) -> bool {
    let method_and_path = format!("{} {}", info.method, info.path);
    [method_and_path, command_words(info), info.type_path(), info.doc.to_owned()]
        .iter()
        .any(|text| text.to_lowercase().contains(filter))
}

/// A line for people.
fn overview(info: &EndpointInfo) -> Json {
    let doc = match info.retired {
        Some(retired) => format!("Retired since {}, use {}. {}", retired.since, retired.instead, info.doc),
        None => info.doc.to_owned(),
    };
    Json::object([
        ("method", Json::text(info.method.as_str())),
        ("path", Json::text(info.path)),
        ("command", Json::text(command_words(info))),
        ("effect", Json::text(info.effect.as_str())),
        ("weight", Json::text(info.weight.to_string())),
        ("doc", Json::text(doc)),
    ])
}

/// A line for people about a call that has no type any more.
fn retired_overview(call: &RetiredCall) -> Json {
    let doc = format!("Retired since {}, use {}.", call.retired.since, call.retired.instead);
    Json::object([
        ("method", Json::text(call.method.as_str())),
        ("path", Json::text(call.path)),
        ("command", Json::text("")),
        ("effect", Json::text("")),
        ("weight", Json::text("")),
        ("doc", Json::text(doc)),
    ])
}

/// The same for programs, with the keys that every row has.
fn retired_description(call: &RetiredCall) -> Json {
    Json::object([
        ("method", Json::text(call.method.as_str())),
        ("path", Json::text(call.path)),
        ("name", Json::Null),
        ("access", Json::Null),
        ("effect", Json::Null),
        ("weight", Json::Null),
        ("order_cost", Json::Null),
        ("params", Json::List(Vec::new())),
        ("rules", Json::List(Vec::new())),
        ("retired", retired(Some(call.retired))),
    ])
}

/// Everything, for programs.
fn description(info: &EndpointInfo) -> Json {
    Json::object([
        ("method", Json::text(info.method.as_str())),
        ("path", Json::text(info.path)),
        ("name", Json::text(info.type_path())),
        ("access", Json::text(info.access.as_str())),
        ("effect", Json::text(info.effect.as_str())),
        ("weight", weight(info.weight)),
        ("order_cost", Json::number(info.order_cost)),
        ("params", Json::List(info.params.iter().map(param).collect())),
        ("rules", Json::List(info.constraints.iter().map(|rule| Json::text(rule.to_string())).collect())),
        ("retired", retired(info.retired)),
    ])
}

fn retired(retired: Option<Retired>) -> Json {
    retired.map_or(Json::Null, |Retired { since, instead }| {
        Json::object([("since", Json::text(since)), ("instead", Json::text(instead))])
    })
}

fn weight(weight: Weight) -> Json {
    match weight {
        Weight::Fixed(weight) => Json::number(weight),
        Weight::ByParam { with, otherwise } => {
            let with = with.iter().map(|&(param, weight)| (param.to_owned(), Json::number(weight))).collect();
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
        ("required", Json::Bool(param.required)),
        ("default", param.default.map_or(Json::Null, |text| value(param.kind, text))),
        ("min", param.min.map_or(Json::Null, |min| bound(min, "above"))),
        ("max", param.max.map_or(Json::Null, |max| bound(max, "below"))),
        (
            "enum",
            if is_word { Json::List(param.words.iter().map(|word| Json::text(*word)).collect()) } else { Json::Null },
        ),
    ])
}

/// A documented value: numbers and switches as such, everything else as text.
fn value(kind: Kind, text: &str) -> Json {
    match kind {
        Kind::Integer | Kind::Decimal | Kind::Time | Kind::Bool => bare(text),
        _ => Json::text(text),
    }
}

/// The end of a range: a number that belongs to the range stands as such; what is relative or outside is said.
fn bound(bound: Bound, outside: &str) -> Json {
    match bound {
        Bound::Closed(Limit::Number(number)) => bare(&number.to_string()),
        Bound::Closed(_) => Json::text(bound.to_string()),
        Bound::Open(_) => Json::text(format!("{outside} {bound}")),
    }
}

fn bare(text: &str) -> Json {
    match Json::parse(text) {
        Ok(value @ (Json::Number(_) | Json::Bool(_))) => value,
        _ => Json::text(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::json::Layout;
    use binance_papi::Decimal;

    #[test]
    fn a_weight_is_a_number_or_says_on_what_it_depends() {
        assert_eq!(weight(Weight::Fixed(5)), Json::number(5u32));
        let by_param = Weight::ByParam { with: &[("symbol", 20)], otherwise: 50 };
        assert_eq!(weight(by_param).print(Layout::Compact), r#"{"with":{"symbol":20},"otherwise":50}"#);
    }

    #[test]
    fn an_edge_says_when_it_is_outside_or_relative() {
        for (given, printed) in [
            (Bound::Closed(Limit::Number(Decimal::ONE)), "1"),
            (Bound::Closed(Limit::Number(Decimal::new(10, 2))), "0.10"),
            (Bound::Open(Limit::Number(Decimal::new(9, 0))), r#""below 9""#),
            (Bound::Open(Limit::FromNow(binance_papi::spec::minutes(10))), r#""below now + 10 minutes""#),
            (Bound::Closed(Limit::FromNow(binance_papi::spec::days(1))), r#""now + 1 day""#),
        ] {
            assert_eq!(bound(given, "below").print(Layout::Compact), printed);
        }
    }

    #[test]
    fn a_filter_finds_path_command_type_and_purpose() {
        let info = binance_papi::um::ForceOrders::INFO;
        for text in ["um/forceorders", "get /papi", "um force-orders", "um::force", "liquidation", ""] {
            assert!(matches(info, text), "{text}");
        }
        assert!(!matches(info, "margin call"));
    }
}
