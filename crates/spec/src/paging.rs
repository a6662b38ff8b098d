//! How a list that comes in parts is walked, as data.

use crate::{Route, Span};

/// How the rows of a list that comes in parts are walked. The fields that are set decide it.
///
/// ```
/// use papi_spec::{Paging, days};
///
/// const ROWS: Paging = Paging::by_key(&["symbol", "orderId"]).window("startTime", "endTime", days(7)).cap("limit");
/// assert_eq!(ROWS.cap, Some("limit"));
/// ```
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
#[must_use]
pub struct Paging {
    /// The windows of time to walk through.
    pub window: Option<PagingWindow>,
    /// The parameter that caps the rows of one reply; none when there is no cap.
    pub cap: Option<&'static str>,
    /// The parameter that starts at an id.
    pub from_id: Option<&'static str>,
    /// The parameter that numbers pages, counted from 1.
    pub page: Option<&'static str>,
    /// The field of the reply that holds the rows; none when the reply is the list.
    pub rows: Option<&'static str>,
    /// The field of the reply that counts all rows.
    pub total: Option<&'static str>,
    /// The fields that identify a row.
    pub key: &'static [&'static str],
    /// The field with a row's time.
    pub time: Option<&'static str>,
    /// Parameters that split a page further.
    pub narrow_by: &'static [&'static str],
    /// The call of the account whose reply lists values of the parameters in [`narrow_by`](Self::narrow_by), in fields of
    /// their names.
    pub names: Option<Route>,
}

/// The windows of time in which a history is walked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PagingWindow {
    /// The parameter with the first millisecond.
    pub from: &'static str,
    /// The parameter with the last millisecond.
    pub to: &'static str,
    /// The longest window.
    pub step: Span,
}

impl Paging {
    /// Says which fields identify a row.
    pub const fn by_key(fields: &'static [&'static str]) -> Self {
        Self {
            window: None,
            cap: None,
            from_id: None,
            page: None,
            rows: None,
            total: None,
            key: fields,
            time: None,
            narrow_by: &[],
            names: None,
        }
    }

    /// Says which parameters are the ends of a window of time, and how long the longest is.
    pub const fn window(self, from: &'static str, to: &'static str, step: Span) -> Self {
        Self { window: Some(PagingWindow { from, to, step }), ..self }
    }

    /// Says which parameter caps the rows of one reply.
    pub const fn cap(self, param: &'static str) -> Self {
        Self { cap: Some(param), ..self }
    }

    /// Says which parameter starts at an id.
    pub const fn from_id(self, param: &'static str) -> Self {
        Self { from_id: Some(param), ..self }
    }

    /// Says which parameter numbers pages.
    pub const fn page(self, param: &'static str) -> Self {
        Self { page: Some(param), ..self }
    }

    /// Says which field of the reply holds the rows.
    pub const fn rows(self, field: &'static str) -> Self {
        Self { rows: Some(field), ..self }
    }

    /// Says which field of the reply counts all rows.
    pub const fn total(self, field: &'static str) -> Self {
        Self { total: Some(field), ..self }
    }

    /// Says which field has a row's time.
    pub const fn time(self, field: &'static str) -> Self {
        Self { time: Some(field), ..self }
    }

    /// Says which parameters split a page further.
    pub const fn narrow_by(self, params: &'static [&'static str]) -> Self {
        Self { narrow_by: params, ..self }
    }

    /// Says which call lists values of the parameters that split a page.
    pub const fn names(self, call: &'static str) -> Self {
        Self { names: Some(Route::or_empty(call)), ..self }
    }
}
