//! A slow way to read a reply: `serde_json` splits the text, and each value is read and printed alone, as its schema says. It
//! shares nothing with the reader of `papi_types::json`, so that the two can be compared.

use papi_types::spec::{Field, Schema, exact_decimal};
use papi_types::{EndpointInfo, account, um};
use serde::de::{Error as _, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::fmt;

/// What a reply looks like beyond what its schema says.
pub(crate) struct Shape {
    pub(crate) info: &'static EndpointInfo,
    /// Fields that may be absent.
    pub(crate) optional: &'static [&'static str],
    /// Whole numbers without a sign, of 32 bits; all others have a sign and 64 bits.
    pub(crate) counts: &'static [&'static str],
}

/// Six shapes that have all kinds of values among them.
pub(crate) const SHAPES: [Shape; 6] = [
    Shape { info: um::ForceOrders::INFO, optional: &["timeInForce", "reduceOnly", "origType"], counts: &[] },
    Shape {
        info: um::AllOrders::INFO,
        optional: &[
            "origType",
            "timeInForce",
            "reduceOnly",
            "priceMatch",
            "cumQty",
            "avgPrice",
            "cumQuote",
            "selfTradePreventionMode",
            "goodTillDate",
            "time",
            "modifyId",
        ],
        counts: &[],
    },
    Shape { info: account::Balance::INFO, optional: &["crossMarginAsset", "cmUnrealizedPNL"], counts: &[] },
    Shape { info: um::PositionRisk::INFO, optional: &["breakEvenPrice"], counts: &["leverage"] },
    Shape { info: um::Trades::INFO, optional: &["marginAsset"], counts: &[] },
    Shape { info: um::LeverageBrackets::INFO, optional: &[], counts: &["bracket", "initialLeverage"] },
];

impl Shape {
    /// Reads a body and prints it back; none when it cannot be read.
    pub(crate) fn reprint(&self, body: &[u8]) -> Option<String> {
        let body = std::str::from_utf8(body).ok()?;
        serde_json::from_str::<IgnoredAny>(body).ok()?;
        self.value(serde_json::from_str(body).ok()?, &self.info.reply, "")
    }

    fn value(&self, raw: &RawValue, schema: &Schema, name: &str) -> Option<String> {
        match schema {
            Schema::Object(known) => self.object(raw, known),
            Schema::OneOrMany(one) if !raw.get().starts_with('[') => self.value(raw, one, name),
            Schema::List(row) | Schema::OneOrMany(row) => {
                let rows: Vec<&RawValue> = serde_json::from_str(raw.get()).ok()?;
                let rows: Option<Vec<_>> = rows.into_iter().map(|raw| self.value(raw, row, name)).collect();
                Some(format!("[{}]", rows?.join(",")))
            }
            scalar => self.scalar(&text(raw).ok()??, scalar, name),
        }
    }

    fn object(&self, raw: &RawValue, known: &[Field]) -> Option<String> {
        let Fields(fields) = serde_json::from_str(raw.get()).ok()?;
        let mut printed = Vec::new();
        for Field { name, schema } in known {
            let mut values = fields.iter().filter(|(each, _)| each == name).map(|(_, raw)| *raw);
            let (value, again) = (values.next(), values.next());
            let is_absent = match value {
                Some(raw) if self.optional.contains(name) => {
                    text(raw).ok()?.is_none_or(|text| text.is_empty() || text == "null")
                }
                Some(_) => false,
                None if self.optional.contains(name) => true,
                None => return None,
            };
            if again.is_some() {
                return None;
            }
            if let Some(raw) = value.filter(|_| !is_absent) {
                printed.push(format!("\"{name}\":{}", self.value(raw, schema, name)?));
            }
        }
        Some(format!("{{{}}}", printed.join(",")))
    }

    fn scalar(&self, text: &str, schema: &Schema, name: &str) -> Option<String> {
        match schema {
            Schema::Decimal => Some(format!("\"{}\"", exact_decimal(text)?)),
            Schema::Integer if self.counts.contains(&name) => Some(text.parse::<u32>().ok()?.to_string()),
            Schema::Integer | Schema::Time => Some(text.parse::<i64>().ok()?.to_string()),
            Schema::Bool => match text {
                "true" | "TRUE" | "True" => Some("true".to_owned()),
                "false" | "FALSE" | "False" => Some("false".to_owned()),
                _ => None,
            },
            _ => serde_json::to_string(text).ok(),
        }
    }
}

/// The text of a scalar, none for `null`.
fn text(raw: &RawValue) -> Result<Option<String>, serde_json::Error> {
    match raw.get() {
        "null" => Ok(None),
        other if other.starts_with(['{', '[']) => Err(serde_json::Error::custom("no scalar")),
        quoted if quoted.starts_with('"') => serde_json::from_str(quoted).map(Some),
        bare => Ok(Some(bare.to_owned())),
    }
}

/// The fields of an object in their order, with all that stand twice.
pub(crate) struct Fields<'a>(pub(crate) Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = entries.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        from.deserialize_map(Collect)
    }
}
