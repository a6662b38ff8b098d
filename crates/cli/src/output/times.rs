//! Times for people: the schema of a reply says which numbers are instants, and they are printed in UTC.

use binance_papi::Timestamp;
use binance_papi::json::Json;
use binance_papi::spec::Schema;
use clap::Args;
use std::borrow::Cow;

/// How formats for people show times. The other formats have the milliseconds of the reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Times {
    Utc,
    Millis,
}

/// The option of commands that print replies with times.
// `papi call` has another option of this name, so this one cannot be of all commands.
#[derive(Debug, Clone, Args)]
pub(crate) struct TimeOptions {
    /// Print times in milliseconds, as in JSON and CSV; table, records and wide have them in UTC when absent.
    #[arg(long)]
    raw: bool,
}

impl TimeOptions {
    pub(crate) fn times(&self) -> Times {
        if self.raw { Times::Millis } else { Times::Utc }
    }
}

/// Returns a reply with each instant as a text in UTC.
pub(super) fn in_utc(value: &Json, schema: Schema) -> Json {
    let each = |rows: &[Json], schema| Json::List(rows.iter().map(|row| in_utc(row, schema)).collect());
    match (value, schema) {
        (_, Schema::Time) => instant(value),
        (Json::List(rows), Schema::List(of) | Schema::OneOrMany(of)) => each(rows, *of),
        (_, Schema::OneOrMany(of)) => in_utc(value, *of),
        (Json::Object(_), Schema::Either { kinds, otherwise }) => {
            let kind = kinds.iter().find(|(key, _)| value.get(key).is_some());
            in_utc(value, kind.map_or(*otherwise, |(_, schema)| *schema))
        }
        (Json::Object(members), Schema::Object(_) | Schema::Map(_)) => {
            let of = |name: &str| if let Schema::Map(of) = schema { Some(*of) } else { schema.field(name) };
            let member = |(name, value): &(Cow<'static, str>, Json)| {
                (name.clone(), of(name).map_or_else(|| value.clone(), |schema| in_utc(value, schema)))
            };
            Json::Object(members.iter().map(member).collect())
        }
        _ => value.clone(),
    }
}

fn instant(value: &Json) -> Json {
    let text = value.integer().and_then(|millis| Timestamp::from_millis(millis).to_rfc3339());
    text.map_or_else(|| value.clone(), Json::text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use binance_papi::spec::Field;
    use binance_papi::um;

    #[test]
    fn only_what_the_schema_calls_a_time_becomes_one() {
        let reply =
            Json::parse(r#"[{"orderId":1596107620044,"time":1596107620044,"new":1596107620044}]"#).expect("valid");
        let shown = in_utc(&reply, um::ForceOrders::INFO.reply).to_string();
        assert_eq!(shown, r#"[{"orderId":1596107620044,"time":"2020-07-30T11:13:40.044Z","new":1596107620044}]"#);
    }

    #[test]
    fn times_are_found_at_any_depth() {
        const ROW: Schema = Schema::Object(&[field("at", Schema::Time)]);
        const LIST: Schema = Schema::Object(&[field("rows", Schema::List(&ROW))]);
        const SCHEMA: Schema =
            Schema::Either { kinds: &[("rows", LIST)], otherwise: &Schema::Map(&Schema::OneOrMany(&ROW)) };
        for (reply, shown) in [
            (r#"{"rows":[{"at":0},{"at":null}]}"#, r#"{"rows":[{"at":"1970-01-01T00:00:00.000Z"},{"at":null}]}"#),
            (
                r#"{"a":[{"at":0}],"b":{"at":253402300800000}}"#,
                r#"{"a":[{"at":"1970-01-01T00:00:00.000Z"}],"b":{"at":253402300800000}}"#,
            ),
        ] {
            assert_eq!(in_utc(&Json::parse(reply).expect("valid"), SCHEMA).to_string(), shown);
        }
    }

    const fn field(name: &'static str, schema: Schema) -> Field {
        Field { name, schema }
    }
}
