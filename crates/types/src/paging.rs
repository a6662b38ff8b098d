//! How a list that comes in parts is walked, as data.

use crate::{Method, ReprintReply, Span};

/// How the rows of a list that comes in parts are walked. Which fields are set tells the way.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Paging {
    /// Walk through windows of time.
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
    pub names: Option<(Method, &'static str)>,
    /// Reads one row into its type and prints it back as JSON.
    pub reprint_row: ReprintReply,
}

impl Paging {
    #[doc(hidden)]
    pub const fn __new(
        key: &'static [&'static str],
        narrow_by: &'static [&'static str],
        reprint_row: ReprintReply,
    ) -> Self {
        Self {
            window: None,
            cap: None,
            from_id: None,
            page: None,
            rows: None,
            total: None,
            key,
            time: None,
            narrow_by,
            names: None,
            reprint_row,
        }
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __window(mut self, from: &'static str, to: &'static str, step: Span) -> Self {
        self.window = Some(PagingWindow { from, to, step });
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __cap(mut self, param: &'static str) -> Self {
        self.cap = Some(param);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __from_id(mut self, param: &'static str) -> Self {
        self.from_id = Some(param);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __page(mut self, param: &'static str) -> Self {
        self.page = Some(param);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __rows(mut self, field: &'static str) -> Self {
        self.rows = Some(field);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __total(mut self, field: &'static str) -> Self {
        self.total = Some(field);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __time(mut self, field: &'static str) -> Self {
        self.time = Some(field);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __names(mut self, method: Method, path: &'static str) -> Self {
        self.names = Some((method, path));
        self
    }
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
