//! How replies are read: strictly, or giving the good rows of a list that has bad ones. What is unknown in them is reported.

use crate::hook::Hook;
use papi_types::error::{BadRow, DecodeError, Drift, find_drift};
use papi_types::{Effect, Endpoint, EndpointInfo, decode};
use std::borrow::Cow;

/// The client's way of reading.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reading {
    pub(crate) on_bad_row: Hook<BadRow>,
    pub(crate) on_drift: Hook<Drift>,
    pub(crate) drift: DriftRule,
}

/// What unknown fields and words do to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum DriftRule {
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

    /// Reports what is new in an event of the account's stream.
    #[cfg(feature = "account-stream")]
    pub(crate) fn compare_event(&self, text: &str) {
        if self.on_drift.is_set() {
            for unknown in find_drift(text.as_bytes(), &<papi_types::AccountEvent as papi_types::Wire>::SCHEMA) {
                self.on_drift.tell(&unknown);
            }
        }
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
        let result = result.or_else(|error| {
            let good = self.on_bad_row.is_set().then(|| good_rows(&error)).flatten();
            good.inspect(|_| error.bad_rows().iter().for_each(|row| self.on_bad_row.tell(row))).ok_or(error)
        });
        let refuses = self.drift == DriftRule::Refuse && info.effect != Effect::Once;
        if !self.on_drift.is_set() && !refuses {
            return result;
        }
        let drift = readable.map(|readable| find_drift(&readable, &info.reply)).unwrap_or_default();
        for unknown in &drift {
            self.on_drift.tell(unknown);
        }
        match DecodeError::of_drift(&drift) {
            Some(error) if refuses && result.is_ok() => Err(error),
            _ => result,
        }
    }
}
