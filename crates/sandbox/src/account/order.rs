//! One order: what is the same for every kind, and its other fields by their wire names.

use super::order_kind::OrderKind;
use papi_types::spec::Span;
use papi_types::{Decimal, Timestamp};

pub(crate) const NEW: &str = "NEW";
pub(crate) const FILLED: &str = "FILLED";
pub(crate) const EXPIRED: &str = "EXPIRED";
pub(crate) const CANCELED: &str = "CANCELED";

/// An order of any kind. What all orders have is a field here; everything else is in `fields` by its wire name.
#[derive(Debug, Clone)]
pub(crate) struct Order {
    pub(crate) kind: OrderKind,
    pub(crate) number: i64,
    pub(crate) client_id: String,
    pub(crate) symbol: String,
    pub(crate) status: &'static str,
    pub(crate) placed: Timestamp,
    pub(crate) updated: Timestamp,
    /// Until when queries and lists do not know it.
    pub(crate) hidden_until: Option<Timestamp>,
    /// The order list it belongs to.
    pub(crate) list: Option<i64>,
    pub(crate) fields: Fields,
    pub(crate) amendments: Vec<Amendment>,
}

/// Fields of an order by wire name. A field without a value is left out of replies.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields(Vec<(&'static str, Option<String>)>);

/// A list of two orders that cancel each other; its orders have its number in [`Order::list`].
#[derive(Debug, Clone)]
pub(crate) struct OrderList {
    pub(crate) number: i64,
    pub(crate) client_id: String,
    pub(crate) symbol: String,
}

/// A change of an open order, as `(before, after)`.
#[derive(Debug, Clone)]
pub(crate) struct Amendment {
    pub(crate) number: i64,
    pub(crate) time: Timestamp,
    pub(crate) price: (String, String),
    pub(crate) quantity: (String, String),
    pub(crate) modify_id: Option<String>,
}

/// What is known of one field.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum FieldValue {
    /// It has this value.
    Known(String),
    /// Replies about this order do not have the field.
    LeftOut,
    /// The order does not decide it.
    Unknown,
}

impl FieldValue {
    /// Returns the value, if there is one.
    pub(crate) fn known(self) -> Option<String> {
        match self {
            Self::Known(value) => Some(value),
            Self::LeftOut | Self::Unknown => None,
        }
    }
}

impl Fields {
    fn get(&self, name: &str) -> FieldValue {
        match self.0.iter().find(|(each, _)| *each == name) {
            Some((_, Some(value))) => FieldValue::Known(value.clone()),
            Some((_, None)) => FieldValue::LeftOut,
            None => FieldValue::Unknown,
        }
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(each, _)| *each == name)
    }

    pub(crate) fn set(&mut self, name: &'static str, value: impl Into<String>) {
        self.put(name, Some(value.into()));
    }

    /// Leaves the field out of replies.
    pub(crate) fn leave_out(&mut self, name: &'static str) {
        self.put(name, None);
    }

    pub(crate) fn put(&mut self, name: &'static str, value: Option<String>) {
        match self.0.iter_mut().find(|(each, _)| *each == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name, value)),
        }
    }
}

impl Order {
    pub(crate) fn is_open(&self) -> bool {
        self.status == NEW
    }

    /// Returns whether queries and lists do not know it yet.
    pub(crate) fn is_hidden(&self, now: Timestamp) -> bool {
        self.hidden_until.is_some_and(|until| now < until)
    }

    /// Returns whether it ended without a fill and was placed longer ago than `kept`.
    pub(crate) fn is_forgotten(&self, kept: Option<Span>, now: Timestamp) -> bool {
        let was_filled = self.text("executedQty").parse().is_ok_and(|filled: Decimal| !filled.is_zero());
        matches!(self.status, CANCELED | EXPIRED)
            && !was_filled
            && kept.is_some_and(|kept| self.placed < kept.before(now))
    }

    /// Returns the value of a field of replies about the order.
    pub(crate) fn field(&self, field: &str) -> FieldValue {
        let names = self.kind.names();
        let known = match field {
            "symbol" => self.symbol.clone(),
            "updateTime" => self.updated.as_millis().to_string(),
            "transactTime" => self.placed.as_millis().to_string(),
            "orderListId" => self.list.unwrap_or(-1).to_string(),
            _ if field == names.number => self.number.to_string(),
            _ if field == names.client_id => self.client_id.clone(),
            _ if field == names.status => self.status.to_owned(),
            _ if field == names.placed => self.placed.as_millis().to_string(),
            _ => return self.fields.get(field),
        };
        FieldValue::Known(known)
    }

    /// Returns the text of a field; empty when it is not known.
    pub(crate) fn text(&self, field: &str) -> String {
        self.field(field).known().unwrap_or_default()
    }
}
