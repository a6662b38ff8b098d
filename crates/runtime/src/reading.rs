//! How replies are read: strictly, or giving the good rows of a list that has bad ones; and who is told what is new.

use papi_types::{BadRow, DecodeError, Drift, Effect, Endpoint, EndpointInfo, decode, find_drift};
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// Who is told of one thing.
pub(crate) struct Report<T>(pub(crate) Arc<dyn Fn(&T) + Send + Sync>);

impl<T> Clone for Report<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> fmt::Debug for Report<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Report(..)")
    }
}

/// The client's way of reading.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reading {
    pub(crate) on_bad_row: Option<Report<BadRow>>,
    pub(crate) report_drift: Option<Report<Drift>>,
    pub(crate) drift: OnDrift,
}

/// What unknown fields and words do to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum OnDrift {
    #[default]
    Accept,
    Refuse,
}

impl Reading {
    /// Reads a reply into its type.
    pub(crate) fn typed<E: Endpoint>(&self, request: &E, body: &[u8]) -> Result<E::Reply, DecodeError> {
        self.read(request.info(), body, decode::<E::Reply>(body), DecodeError::good_rows)
    }

    /// Reads a reply into a type that only its endpoint knows, and prints it back.
    pub(crate) fn json(&self, request: &dyn Endpoint, body: &[u8]) -> Result<String, DecodeError> {
        let info = request.info();
        let good = |error: &DecodeError| (info.reprint)(error.good_json()?.as_bytes()).ok();
        self.read(info, body, (info.reprint)(body), good)
    }

    /// Hands on a reply that was read in another way than into its type; what is new in it is reported all the same.
    pub(crate) fn untyped<T>(
        &self,
        info: &EndpointInfo,
        body: &[u8],
        result: Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        self.read(info, body, result, |_| None)
    }

    fn read<T>(
        &self,
        info: &EndpointInfo,
        body: &[u8],
        result: Result<T, DecodeError>,
        good_rows: impl FnOnce(&DecodeError) -> Option<T>,
    ) -> Result<T, DecodeError> {
        // Of a reply with bad rows, the good ones are compared with the schema.
        let readable = match &result {
            Ok(_) => Some(Cow::Borrowed(body)),
            Err(error) => error.good_json().map(|good| Cow::Owned(good.as_bytes().to_owned())),
        };
        let result = match (result, &self.on_bad_row) {
            (Err(error), Some(report)) => match good_rows(&error) {
                Some(good) => {
                    for row in error.bad_rows() {
                        (report.0)(row);
                    }
                    Ok(good)
                }
                None => Err(error),
            },
            (result, _) => result,
        };
        let refuses = self.drift == OnDrift::Refuse && info.effect != Effect::Once;
        if self.report_drift.is_none() && !refuses {
            return result;
        }
        let drift = readable.map(|readable| find_drift(&readable, &info.reply)).unwrap_or_default();
        if let Some(report) = &self.report_drift {
            for unknown in &drift {
                (report.0)(unknown);
            }
        }
        match DecodeError::of_drift(&drift) {
            Some(error) if refuses && result.is_ok() => Err(error),
            _ => result,
        }
    }
}
