//! From an order to a reply: the documented example with the facts of the order in its fields.

use super::book::{Amendment, Fact, Order};
use crate::json::Json;

/// The example with the facts of an order; what is not known of it stays as the page shows it.
///
/// An example that is a list stands for a reply with one row.
pub(super) fn written(example: &Json, order: &Order) -> Json {
    match example {
        Json::Object(fields) => {
            let told = fields.iter().filter_map(|(name, value)| match order.fact(name) {
                Fact::Is(text) => Some((name.clone(), value.like(&text))),
                Fact::LeftOut => None,
                Fact::Unknown => Some((name.clone(), value.clone())),
            });
            Json::Object(told.collect())
        }
        Json::List(rows) => Json::List(rows.first().map(|row| written(row, order)).into_iter().collect()),
        Json::Scalar(_) => example.clone(),
    }
}

/// A list with a row for each order, like the first one of the example.
pub(super) fn listed<'a>(example: &Json, orders: impl IntoIterator<Item = &'a Order>) -> Json {
    let Some(row) = example.rows().first() else { return example.clone() };
    Json::List(orders.into_iter().map(|order| written(row, order)).collect())
}

/// The row of an amendment; `count` says how many the order had with this one.
pub(super) fn amended(example: &Json, order: &Order, amendment: &Amendment, count: i64) -> Json {
    let changed = |(before, after): &(String, String)| {
        Json::object([("before", Json::text(before)), ("after", Json::text(after))])
    };
    let mut row = written(example, order);
    row.replace("time", Json::number(amendment.time.as_millis()));
    row.replace("amendmentId", Json::number(amendment.number));
    let mut terms = vec![
        ("price".to_owned(), changed(&amendment.price)),
        ("origQty".to_owned(), changed(&amendment.quantity)),
        ("count".to_owned(), Json::number(count)),
    ];
    if let Some(number) = &amendment.modify_id {
        terms.push(("modifyId".to_owned(), Json::Scalar(number.clone())));
    }
    row.replace("amendment", Json::Object(terms));
    row
}
