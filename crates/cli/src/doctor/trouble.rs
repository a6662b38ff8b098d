//! What a failed call tells about the host, the way to it and the key, apart from its words.

#[cfg(test)]
mod tests;

use binance_papi::{Error, ErrorCode, ErrorKind, Timestamp};
use rustls::CertificateError;
use std::error::Error as StdError;
use std::io;

/// Why a call failed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Trouble {
    NoConnection(Obstacle),
    /// Connected, and no whole answer in time.
    NoAnswer,
    /// Connected, and no whole answer.
    Broken,
    /// Too much was asked (429, -1003).
    Throttled {
        until: Option<Timestamp>,
    },
    /// Too much was asked for too long (418).
    Banned {
        until: Option<Timestamp>,
    },
    /// 403 without a code: a firewall before the exchange.
    Firewall,
    /// 451: not for this country.
    Restricted,
    /// 3xx, which is never followed.
    Redirect(u16),
    /// An answer that Portfolio Margin does not give, by its status.
    NotPortfolioMargin(u16),
    /// 5xx.
    Server(u16),
    /// Refused with a code.
    Code {
        code: ErrorCode,
        message: String,
        advice: Option<&'static str>,
    },
    /// Anything else, in words.
    Other(String),
}

/// What stood in the way of a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Obstacle {
    /// The name of the host does not resolve.
    NoSuchName,
    /// Nobody listens there.
    Refused,
    /// Nothing came back.
    TimedOut,
    /// There is no way to that address.
    NoRoute,
    /// Somebody listens, and does not speak TLS.
    NotTls,
    /// The certificate is signed by nobody known.
    UnknownIssuer,
    /// The certificate is of another name.
    OtherName,
    /// The certificate is not valid now.
    NotValidNow,
    /// Anything else, in words.
    Other(String),
}

impl Trouble {
    pub(super) fn of(error: &Error) -> Self {
        let until = error.retry_after();
        match (error.kind(), error.status(), error.code()) {
            (ErrorKind::NotSent, ..) => Self::NoConnection(Obstacle::of(error)),
            (ErrorKind::Throttled, Some(418), _) => Self::Banned { until },
            (ErrorKind::Throttled, ..) => Self::Throttled { until },
            (ErrorKind::Unknown, None, _) => lost(error),
            (_, Some(451), _) => Self::Restricted,
            (_, Some(status @ 300..=399), _) => Self::Redirect(status),
            (_, Some(403), None) => Self::Firewall,
            (_, Some(status @ 500..), _) => Self::Server(status),
            (_, _, Some(code)) => {
                Self::Code { code, message: error.message().unwrap_or_default().to_owned(), advice: error.advice() }
            }
            (_, Some(status @ (202 | 404)), None) => Self::NotPortfolioMargin(status),
            (ErrorKind::Decode, Some(status), None) if !is_json(error) => Self::NotPortfolioMargin(status),
            _ => Self::Other(words(error)),
        }
    }
}

fn lost(error: &Error) -> Trouble {
    let timed_out = chain(error).any(is_timeout);
    if timed_out { Trouble::NoAnswer } else { Trouble::Broken }
}

fn is_json(error: &Error) -> bool {
    error.body().is_some_and(|body| serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok())
}

impl Obstacle {
    /// The first cause that says it. TLS and the operating system have types for it; the rest has only words.
    fn of(error: &(dyn StdError + 'static)) -> Self {
        chain(error)
            .find_map(Self::of_cause)
            .unwrap_or_else(|| Self::Other(chain(error).last().map(ToString::to_string).unwrap_or_default()))
    }

    fn of_cause(cause: &(dyn StdError + 'static)) -> Option<Self> {
        if let Some(tls) = cause.downcast_ref::<rustls::Error>() {
            return Some(Self::of_tls(tls));
        }
        if cause.to_string() == "dns error" {
            return Some(Self::NoSuchName);
        }
        if is_timeout(cause) {
            return Some(Self::TimedOut);
        }
        match cause.downcast_ref::<io::Error>()?.kind() {
            io::ErrorKind::ConnectionRefused => Some(Self::Refused),
            io::ErrorKind::NetworkUnreachable | io::ErrorKind::HostUnreachable => Some(Self::NoRoute),
            _ => None,
        }
    }

    fn of_tls(error: &rustls::Error) -> Self {
        match error {
            rustls::Error::InvalidMessage(_) => Self::NotTls,
            rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer) => Self::UnknownIssuer,
            rustls::Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            ) => Self::OtherName,
            rustls::Error::InvalidCertificate(
                CertificateError::Expired
                | CertificateError::ExpiredContext { .. }
                | CertificateError::NotValidYet
                | CertificateError::NotValidYetContext { .. },
            ) => Self::NotValidNow,
            other => Self::Other(other.to_string()),
        }
    }
}

/// An error and its causes. What an I/O error wraps is no cause of it, so it is taken out.
fn chain<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |error| {
        let error: &'a (dyn StdError + 'static) = *error;
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        wrapped.map(|wrapped| wrapped as &(dyn StdError + 'static)).or_else(|| error.source())
    })
}

fn is_timeout(error: &(dyn StdError + 'static)) -> bool {
    let of_the_system = error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::TimedOut);
    of_the_system || ["operation timed out", "deadline has elapsed"].contains(&error.to_string().as_str())
}

/// An error in words, without the phase that the client puts before it.
pub(super) fn words(error: &Error) -> String {
    let text = error.to_string();
    let text = text.strip_prefix("not sent, invalid: ").or_else(|| text.strip_prefix("not sent: ")).unwrap_or(&text);
    match chain(error).last().map(ToString::to_string) {
        Some(cause) if !error.to_string().contains(&cause) => format!("{text} ({cause})"),
        _ => text.to_owned(),
    }
}
