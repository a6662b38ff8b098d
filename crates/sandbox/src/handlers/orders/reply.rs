//! From an order to a reply: the documented example with the values of the order in its fields.

use crate::account::{Amendment, FieldValue, Order};
use crate::template::like;
use papi_types::json::Json;

/// Returns the example with the values of an order; fields that the order does not decide stay as the page shows them.
///
/// An example that is a list stands for a reply with one row.
pub(super) fn written(example: &Json, order: &Order) -> Json {
    match example {
        Json::Object(fields) => {
            let shown = fields.iter().filter_map(|(name, value)| match order.field(name) {
                FieldValue::Known(text) => Some((name.clone(), like(value, &text))),
                FieldValue::LeftOut => None,
                FieldValue::Unknown => Some((name.clone(), value.clone())),
            });
            Json::Object(shown.collect())
        }
        Json::List(rows) => Json::List(rows.first().map(|row| written(row, order)).into_iter().collect()),
        Json::Text(_) | Json::Raw(_) => example.clone(),
    }
}

/// Returns a list with a row for each order, like the first one of the example.
pub(super) fn listed<'a>(example: &Json, orders: impl IntoIterator<Item = &'a Order>) -> Json {
    let Some(row) = example.rows().first() else { return example.clone() };
    Json::List(orders.into_iter().map(|order| written(row, order)).collect())
}

/// Returns the row of an amendment; `count` is the number of amendments up to this one.
pub(super) fn amended(example: &Json, order: &Order, amendment: &Amendment, count: i64) -> Json {
    let changed = |(before, after): &(String, String)| {
        Json::object([("before", Json::text(before)), ("after", Json::text(after))])
    };
    let mut row = written(example, order);
    row.replace("time", Json::number(amendment.time.as_millis()));
    row.replace("amendmentId", Json::number(amendment.number));
    let mut terms = vec![
        ("price".into(), changed(&amendment.price)),
        ("origQty".into(), changed(&amendment.quantity)),
        ("count".into(), Json::number(count)),
    ];
    if let Some(number) = &amendment.modify_id {
        terms.push(("modifyId".into(), Json::Raw(number.clone().into())));
    }
    row.replace("amendment", Json::Object(terms));
    row
}
